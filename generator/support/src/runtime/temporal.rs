//! Dates and times as strings of a format.

use super::formatted::Format;
use jiff::Timestamp;
use jiff::civil::Date;

impl Format for Timestamp {
    const EXPECTED: &'static str = "a date and time";

    /// RFC 3339 only: of the other forms that can be parsed, some would lose what they say.
    fn read(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let separated = matches!(bytes.get(10), Some(b'T' | b't'));
        let leap = bytes.get(17..19) == Some(b"60");
        let offset = matches!(
            bytes,
            [.., b'Z' | b'z'] | [.., b'+' | b'-', _, _, b':', _, _]
        );
        (separated && offset && !leap).then(|| text.parse().ok())?
    }
}

impl Format for Date {
    const EXPECTED: &'static str = "a date";

    /// As a date is written only: a time that follows it would be lost.
    fn read(text: &str) -> Option<Self> {
        let value: Self = text.parse().ok()?;
        (value.to_string() == text).then_some(value)
    }
}
