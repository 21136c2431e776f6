//! Media types: whether what is sent is what is declared.

/// The name of a media type without its parameters, in lower case.
pub fn essence(media: &str) -> String {
    let essence = media.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type is a declared one; which of a range it is, is not said.
pub fn is_of(sent: &str, declared: &str) -> bool {
    let is_range = declared.contains('*') || declared.is_empty();
    is_range || is_same(sent, declared)
}

/// Whether two media types are the same.
pub fn is_same(one: &str, other: &str) -> bool {
    essence(one) == essence(other) && parameters(one) == parameters(other)
}

/// The parameters by which media types differ: how text is encoded, and where parts end, is the
/// sender's to say.
fn parameters(media: &str) -> Vec<(String, &str)> {
    let parameters = media.split(';').skip(1);
    let parameters = parameters.filter_map(|parameter| parameter.split_once('='));
    let parameters = parameters.map(|(name, value)| {
        (
            name.trim().to_ascii_lowercase(),
            value.trim().trim_matches('"'),
        )
    });
    let is_telling = |(name, _): &(String, &str)| name != "charset" && name != "boundary";
    let mut parameters: Vec<_> = parameters.filter(is_telling).collect();
    parameters.sort();
    parameters
}
