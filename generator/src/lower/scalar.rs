//! Formats: parsed once, here, and an unknown one is its base type.

use super::facets::JsonType;
use crate::ir::Scalar;

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
        Some("date-time") => Scalar::Timestamp,
        Some("date") => Scalar::Date,
        Some("uuid" | "UUID") => Scalar::Uuid,
        Some("byte") => Scalar::Base64,
        Some("password") => Scalar::Secret,
        _ => Scalar::String,
    }
}

fn integer(format: Option<&str>) -> Option<Scalar> {
    Some(match format? {
        "int8" => Scalar::I8,
        "int16" => Scalar::I16,
        "int32" => Scalar::I32,
        "int64" | "int" | "integer" | "long" => Scalar::I64,
        "uint8" => Scalar::U8,
        "uint16" => Scalar::U16,
        "uint32" => Scalar::U32,
        "uint64" | "uint" => Scalar::U64,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
