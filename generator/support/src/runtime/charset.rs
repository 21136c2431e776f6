//! Text in the character set that a response names.

use super::media;
use bytes::Bytes;
use http::HeaderMap;

/// The text that bytes are. Without a character set they are UTF-8.
pub(super) fn decode(headers: &HeaderMap, bytes: &Bytes) -> Result<String, String> {
    let charset = media::parameter(headers, "charset").unwrap_or_default();
    match charset.as_str() {
        "" | "utf-8" | "utf8" | "us-ascii" | "ascii" => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err("the text is not UTF-8".to_owned()),
        },
        "iso-8859-1" | "latin1" | "iso8859-1" | "iso_8859-1" | "l1" => {
            Ok(bytes.iter().copied().map(char::from).collect())
        }
        "utf-16" | "utf-16le" | "utf-16be" => utf_16(bytes, charset == "utf-16le"),
        _ => Err("the text is in a character set that is not supported".to_owned()),
    }
}

/// UTF-16: what its mark says, else what the name says, else most significant byte first.
fn utf_16(bytes: &[u8], is_little: bool) -> Result<String, String> {
    let (bytes, is_little) = match bytes {
        [0xff, 0xfe, rest @ ..] => (rest, true),
        [0xfe, 0xff, rest @ ..] => (rest, false),
        _ => (bytes, is_little),
    };
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| match is_little {
        true => u16::from_le_bytes(*pair),
        false => u16::from_be_bytes(*pair),
    });
    let text: Result<String, _> = char::decode_utf16(units).collect();
    match text {
        Ok(text) if rest.is_empty() => Ok(text),
        Ok(_) | Err(_) => Err("the text is not UTF-16".to_owned()),
    }
}
