//! Formats: parsed once, here, and an unknown one is its base type.

use super::facets::JsonType;
use crate::beside;
use crate::ir::Scalar;
use serde_json::Value;
use std::collections::BTreeMap;

/// The scalar of a type and format; `None` for objects and arrays.
pub(super) fn scalar(json_type: JsonType, format: Option<&str>) -> Option<Scalar> {
    match json_type {
        JsonType::String => Some(string(format)),
        JsonType::Integer => Some(integer(format).unwrap_or(Scalar::I64)),
        // The registry of formats allows the integer formats on `number` as well.
        JsonType::Number => Some(integer(format).unwrap_or(Scalar::F64)),
        JsonType::Boolean => Some(Scalar::Bool),
        JsonType::Object | JsonType::Array => None,
    }
}

fn string(format: Option<&str>) -> Scalar {
    match format {
        Some("date-time" | "dateTime" | "datetime") => Scalar::Timestamp,
        Some("date") => Scalar::Date,
        Some("uuid" | "UUID" | "uuid4") => Scalar::Uuid,
        Some("byte" | "base64") => Scalar::Base64,
        Some("password") => Scalar::Secret,
        // JSON numbers lose digits in some languages, so that their servers send them as strings.
        other => match integer(other) {
            Some(Scalar::I8 | Scalar::I16 | Scalar::I32 | Scalar::I64) => Scalar::TextI64,
            Some(Scalar::U8 | Scalar::U16 | Scalar::U32 | Scalar::U64) => Scalar::TextU64,
            // Beyond that, and decimals: every digit of the text counts.
            _ => Scalar::String,
        },
    }
}

fn integer(format: Option<&str>) -> Option<Scalar> {
    Some(match format? {
        "int8" => Scalar::I8,
        "int16" | "short" => Scalar::I16,
        "int32" => Scalar::I32,
        "int64" | "int" | "integer" | "long" => Scalar::I64,
        "uint8" | "u-int8" => Scalar::U8,
        "uint16" | "u-int16" => Scalar::U16,
        "uint32" | "u-int32" => Scalar::U32,
        "uint64" | "u-int64" | "uint" | "unsigned" | "ulong" => Scalar::U64,
        "int128" | "bigint" | "big-integer" | "biginteger" => Scalar::I128,
        "uint128" | "u-int128" => Scalar::U128,
        _ => return None,
    })
}

/// The type of an integer without a format: `i64`, or where the document says that this will not
/// do, the first of `u64` and `i128` that holds its bounds.
///
/// Bounds are compared as floats, since many documents have those of `i64` as JavaScript rounds
/// them.
pub(super) fn by_bounds(extensions: &BTreeMap<&str, &Value>) -> Scalar {
    const SIGNED: f64 = 9_223_372_036_854_775_808.0;
    const UNSIGNED: f64 = 18_446_744_073_709_551_616.0;
    let bound = |key: &str| extensions.get(key)?.as_str()?.parse::<f64>().ok();
    let minimum = bound(beside::MINIMUM).unwrap_or(0.0);
    match bound(beside::MAXIMUM).unwrap_or(0.0) {
        _ if minimum < -SIGNED => Scalar::I128,
        maximum if maximum <= SIGNED => Scalar::I64,
        maximum if maximum <= UNSIGNED && minimum >= 0.0 => Scalar::U64,
        _ => Scalar::I128,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds() {
        for (minimum, maximum, expected) in [
            (None, None, Scalar::I64),
            (None, Some("9223372036854776000"), Scalar::I64),
            (None, Some("18446744073709551615"), Scalar::U64),
            (None, Some("18446744073709551616000"), Scalar::I128),
            (Some("-9223372036854776000"), None, Scalar::I64),
            (Some("-92233720368547760000"), None, Scalar::I128),
        ] {
            let (low, high) = (minimum.map(Value::from), maximum.map(Value::from));
            let bounds = [(beside::MINIMUM, &low), (beside::MAXIMUM, &high)];
            let bounds = bounds
                .into_iter()
                .filter_map(|(key, bound)| Some((key, bound.as_ref()?)))
                .collect();
            assert_eq!(by_bounds(&bounds), expected, "{minimum:?} {maximum:?}");
        }
    }

    #[test]
    fn formats() {
        let cases = [
            (JsonType::String, None, Some(Scalar::String)),
            (JsonType::String, Some("date-time"), Some(Scalar::Timestamp)),
            (JsonType::String, Some("date"), Some(Scalar::Date)),
            (JsonType::String, Some("uuid"), Some(Scalar::Uuid)),
            (JsonType::String, Some("byte"), Some(Scalar::Base64)),
            (JsonType::String, Some("binary"), Some(Scalar::String)),
            (JsonType::String, Some("password"), Some(Scalar::Secret)),
            (
                JsonType::String,
                Some("no-such-format"),
                Some(Scalar::String),
            ),
            (JsonType::String, Some("decimal"), Some(Scalar::String)),
            (JsonType::String, Some("int64"), Some(Scalar::TextI64)),
            (JsonType::String, Some("uint32"), Some(Scalar::TextU64)),
            (JsonType::String, Some("bigint"), Some(Scalar::String)),
            (JsonType::Integer, Some("bigint"), Some(Scalar::I128)),
            (JsonType::Integer, Some("u-int16"), Some(Scalar::U16)),
            (JsonType::Integer, Some("unix-time"), Some(Scalar::I64)),
            (JsonType::Number, Some("decimal"), Some(Scalar::F64)),
            (JsonType::Integer, None, Some(Scalar::I64)),
            (JsonType::Integer, Some("int32"), Some(Scalar::I32)),
            (JsonType::Integer, Some("uint8"), Some(Scalar::U8)),
            (JsonType::Integer, Some("uint64"), Some(Scalar::U64)),
            (JsonType::Integer, Some("no-such-format"), Some(Scalar::I64)),
            (JsonType::Number, None, Some(Scalar::F64)),
            (JsonType::Number, Some("float"), Some(Scalar::F64)),
            (JsonType::Number, Some("double"), Some(Scalar::F64)),
            (JsonType::Number, Some("int64"), Some(Scalar::I64)),
            (JsonType::Boolean, None, Some(Scalar::Bool)),
            (JsonType::Object, None, None),
            (JsonType::Array, None, None),
        ];
        for (json_type, format, expected) in cases {
            assert_eq!(
                scalar(json_type, format),
                expected,
                "{json_type:?} {format:?}"
            );
        }
    }
}
