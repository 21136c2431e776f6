//! The rows as text, and their totals.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::row::{Compiled, Examples, Row, Share, Verdict};

/// A column: its title, and the cell of a row.
type Column = (&'static str, fn(&Row) -> String);

const COLUMNS: &[Column] = &[
    ("document", |row| row.document.clone()),
    ("result", |row| verdict(row.verdict).to_owned()),
    ("operations", |row| share(row.operations)),
    ("apart", |row| number(row.apart)),
    ("typed %", |row| per_cent(row.places)),
    ("untyped", |row| number(row.places.total - row.places.done)),
    ("lines", |row| number(row.lines)),
    ("CPU ms", |row| figure(row.cpu_ms)),
    ("MB", |row| figure(row.peak_mb)),
    ("check s", |row| {
        figure(row.compiled.as_ref().and_then(|compiled| compiled.cpu_s))
    }),
    ("check MB", |row| {
        figure(row.compiled.as_ref().and_then(|compiled| compiled.peak_mb))
    }),
    ("compiles", |row| {
        row.compiled.as_ref().map_or("", good).to_owned()
    }),
    ("values", |row| {
        row.examples.as_ref().map_or_else(String::new, values)
    }),
    ("warnings", |row| codes(&row.codes)),
];

/// The table, its totals, and why documents did not become crates.
pub(super) fn table(rows: &[Row]) -> String {
    let total = total(rows);
    let is_shown = |title: &str| match title {
        "check s" | "check MB" | "compiles" => total.compiled.is_some(),
        "values" => total.examples.is_some(),
        _ => true,
    };
    let shown = COLUMNS.iter().filter(|(title, _)| is_shown(title));
    let shown: Vec<_> = shown.collect();
    let titles: Vec<_> = shown.iter().map(|(title, _)| (*title).to_owned()).collect();
    let cells = |row: &Row| shown.iter().map(|(_, cell)| cell(row)).collect::<Vec<_>>();

    let mut lines = vec![titles];
    lines.extend(rows.iter().map(cells));
    let mut last = cells(&total);
    let good = rows.iter().filter(|row| row.verdict == Verdict::Generated);
    if let Some(result) = last.get_mut(1) {
        *result = format!("{}/{}", good.count(), rows.len());
    }
    lines.push(last);
    let mut text = aligned(&lines);
    for row in rows.iter().filter(|row| row.verdict != Verdict::Generated) {
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            text,
            "\n{}: {}: {}",
            row.document,
            verdict(row.verdict),
            crate::visible::lines(&row.message)
        );
    }
    for row in rows {
        let compiled = row.compiled.iter().filter(|compiled| !compiled.good);
        let messages = compiled.flat_map(|compiled| compiled.messages.first());
        let examples = row.examples.iter().map(|examples| &examples.message);
        for message in messages.chain(examples.filter(|message| !message.is_empty())) {
            let message = crate::visible::lines(message);
            let _ = writeln!(text, "\n{}: {message}", row.document);
        }
    }
    text
}

/// All rows added up; of memory, the most.
pub(super) fn total(rows: &[Row]) -> Row {
    let mut total = Row {
        document: "total".to_owned(),
        ..Row::default()
    };
    for row in rows {
        total.bytes += row.bytes;
        total.operations += row.operations;
        total.apart += row.apart;
        total.places += row.places;
        total.places_apart += row.places_apart;
        total.lines += row.lines;
        total.cpu_ms = added(total.cpu_ms, row.cpu_ms);
        total.peak_mb = most(total.peak_mb, row.peak_mb);
        if let Some(compiled) = &row.compiled {
            let known = total.compiled.get_or_insert_with(|| Compiled {
                good: true,
                ..Compiled::default()
            });
            known.good &= compiled.good;
            known.cpu_s = added(known.cpu_s, compiled.cpu_s);
            known.peak_mb = most(known.peak_mb, compiled.peak_mb);
        }
        if let Some(examples) = &row.examples {
            let known = total.examples.get_or_insert_default();
            known.valid += examples.valid;
            known.survived += examples.survived;
        }
        for (code, count) in &row.codes {
            *total.codes.entry(code.clone()).or_default() += count;
        }
    }
    total
}

fn added(left: Option<f64>, right: Option<f64>) -> Option<f64> {
    Some(left.unwrap_or_default() + right?).or(left)
}

fn most(left: Option<f64>, right: Option<f64>) -> Option<f64> {
    [left, right].into_iter().flatten().reduce(f64::max)
}

/// The first column to the left, figures to the right, the last one as it is.
fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.first().map_or(0, Vec::len);
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..columns).map(width).collect();
    let mut text = String::new();
    for line in lines {
        let mut shown = String::new();
        for (index, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let _ = match index {
                0 | 1 => write!(shown, "{cell:width$}  "),
                index if index + 1 == columns => write!(shown, "{cell}"),
                _ => write!(shown, "{cell:>width$}  "),
            };
        }
        text.push_str(shown.trim_end());
        text.push('\n');
    }
    text
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Generated => "generated",
        Verdict::Refused => "refused",
        Verdict::Panicked => "panicked",
        Verdict::Crashed => "crashed",
        Verdict::Timeout => "timeout",
    }
}

fn good(compiled: &Compiled) -> &'static str {
    if compiled.good { "yes" } else { "NO" }
}

/// `survived/valid`
fn values(examples: &Examples) -> String {
    if examples.message.is_empty() {
        format!("{}/{}", examples.survived, examples.valid)
    } else {
        "NO TEST".to_owned()
    }
}

fn number(number: usize) -> String {
    number.to_string()
}

fn share(share: Share) -> String {
    format!("{}/{}", share.done, share.total)
}

/// Never rounded up to 100.
fn per_cent(share: Share) -> String {
    format!("{:.2}", (share.per_cent() * 100.0).floor() / 100.0)
}

fn figure(figure: Option<f64>) -> String {
    figure.map_or_else(String::new, |figure| format!("{figure:.1}"))
}

/// `SW0203×4 SW0301`
fn codes(codes: &BTreeMap<String, usize>) -> String {
    let shown = codes.iter().map(|(code, count)| match count {
        1 => code.clone(),
        count => format!("{code}×{count}"),
    });
    shown.collect::<Vec<_>>().join(" ")
}
