use super::origin::Origins;
use crate::diagnostic::Diagnostics;
use serde_json::Value;
pub(super) fn convert(value: Value, _origins: &mut Origins, _diagnostics: &mut Diagnostics) -> Value { value }
