//! Bounds of numbers: exclusive ones, and those of integers.

use super::grammar::Members;
use super::keywords::Kind;
use super::scalar;
use super::walk::Walker;
use crate::beside;
use crate::diagnostic::Code;
use crate::parse::trail::Trail;
use serde_json::{Number, Value};
use std::cmp::Ordering;

/// `exclusiveMinimum: 5`, the way of JSON Schema and 3.1, becomes `minimum: 5` that is exclusive.
/// Of two bounds on one side, the tighter one stays.
pub(super) fn exclusive(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    let sides = [
        ("exclusiveMinimum", "minimum", Ordering::Greater),
        ("exclusiveMaximum", "maximum", Ordering::Less),
    ];
    for (exclusive, bound, tighter) in sides {
        let at = Trail::Key(trail, exclusive);
        match schema.get_mut(exclusive) {
            None | Some(Value::Bool(_)) => {}
            Some(Value::Number(number)) => {
                let number = number.clone();
                if !walker.modern {
                    let message = format!("`{exclusive}` must be `true` or `false` in OpenAPI 3.0");
                    walker
                        .report(Code::Malformed, &at, message)
                        .help("it was read as OpenAPI 3.1 reads it");
                }
                let inclusive = schema.get(bound).and_then(Value::as_number);
                if inclusive.is_some_and(|inclusive| compare(inclusive, &number) == tighter) {
                    schema.shift_remove(exclusive);
                } else {
                    schema.insert(bound.to_owned(), Value::Number(number));
                    schema.insert(exclusive.to_owned(), Value::Bool(true));
                }
            }
            Some(other) => {
                if !scalar::flag(walker, other, &at) {
                    schema.shift_remove(exclusive);
                }
            }
        }
    }
}

/// Integers are compared exactly, everything else as floats are.
fn compare(one: &Number, other: &Number) -> Ordering {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => one
            .as_f64()
            .partial_cmp(&other.as_f64())
            .unwrap_or(Ordering::Equal),
    }
}

/// Bounds of an integer are integers of 64 bits with a sign in `openapiv3`; larger ones stand
/// beside, so that the type can be as wide as they need.
pub(super) fn integral(
    walker: &mut Walker<'_>,
    schema: &mut Members,
    kind: Kind,
    trail: &Trail<'_>,
) {
    if kind != Kind::Integer {
        return;
    }
    for (keyword, wide) in [
        ("minimum", Some(beside::MINIMUM)),
        ("maximum", Some(beside::MAXIMUM)),
        ("multipleOf", None),
    ] {
        let Some(Value::Number(number)) = schema.get_mut(keyword) else {
            continue;
        };
        if number.is_i64() {
            continue;
        }
        if let Some(whole) = scalar::whole(number).filter(Number::is_i64) {
            *number = whole;
            continue;
        }
        let exact = wide.and_then(|wide| Some((wide, decimal(number)?)));
        if let Some((wide, exact)) = exact {
            schema.shift_remove(keyword);
            schema.insert(wide.to_owned(), Value::String(exact));
            continue;
        }
        let message = format!("`{keyword}` is not an integer: {number}");
        walker
            .report(Code::Malformed, &Trail::Key(trail, keyword), message)
            .help("it was ignored");
        schema.shift_remove(keyword);
    }
    // A type that holds the upper bound has to hold negative numbers too.
    let minimum = schema.get("minimum").and_then(Value::as_i64);
    if let Some(minimum) = minimum.filter(|minimum| *minimum < 0)
        && schema.contains_key(beside::MAXIMUM)
    {
        let minimum = Value::String(minimum.to_string());
        schema.insert(beside::MINIMUM.to_owned(), minimum);
    }
}

/// An integer of up to 128 bits as decimal text. A float stands for the integer that it is next
/// to: `1.8446744073709552e19` is what is left of 2^64 - 1.
fn decimal(number: &Number) -> Option<String> {
    /// 2^127, and 2^128
    const SIGNED: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;
    if number.is_i64() || number.is_u64() {
        return Some(number.to_string());
    }
    let float = number.as_f64().filter(|float| float.fract() == 0.0)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number in range; the cast saturates"
    )]
    if (-SIGNED..0.0).contains(&float) {
        Some((float as i128).to_string())
    } else if (0.0..=2.0 * SIGNED).contains(&float) {
        Some((float as u128).to_string())
    } else {
        None
    }
}
