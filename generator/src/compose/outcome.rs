//! What an operation may answer: one type where that is enough, an enum by status and media type where
//! it is not.

use super::Context;
use super::status;
use crate::docs::{Writer, code};
use crate::ir::{self, Response, Status};
use crate::model::{Arm, Outcome, OutcomeEnum, OutcomeVariant, Reading, Row, Unread, Verdict};
use crate::name::{Role, Scope};
use proc_macro2::Ident;

/// The types and the status table of one operation.
pub(super) struct Outcomes {
    pub success: Outcome,
    pub failure: Outcome,
    pub rows: Vec<Row>,
    pub enums: Vec<OutcomeEnum>,
}

/// A response and the bodies that it may have, of which there is at least one.
struct Declared<'r> {
    status: Status,
    response: &'r Response,
    bodies: Vec<(Vec<String>, Reading)>,
}

impl Outcomes {
    /// Decides them. `default` stands for successes too where no success is declared.
    pub fn of(
        context: &Context<'_>,
        operation: &ir::Operation,
        name: &str,
        types: &mut Scope,
    ) -> Self {
        let declared = &operation.responses;
        let has_success = declared.iter().any(|response| is_success(response.status));
        let succeeds = |status: Status| {
            is_success(status)
                || !has_success && matches!(status, Status::Exact(300..=399) | Status::Range(3))
        };
        let mut success: Vec<Declared<'_>> = Vec::new();
        let mut failure: Vec<Declared<'_>> = Vec::new();
        for response in declared {
            let on = |status, is_success| Declared {
                status,
                response,
                bodies: bodies(context, response, is_success),
            };
            match response.status {
                Status::Exact(100..=199) | Status::Range(1) => {}
                status if succeeds(status) => success.push(on(status, true)),
                Status::Default if !has_success && success.is_empty() => {
                    success.push(on(Status::Range(2), true));
                    failure.push(on(Status::Default, false));
                }
                status => failure.push(on(status, false)),
            }
        }
        let mut outcomes = Self {
            success: Outcome::Undocumented,
            failure: Outcome::Undocumented,
            rows: Vec::new(),
            enums: Vec::new(),
        };
        outcomes.success = outcomes.side(&success, true, &format!("{name} outcome"), types);
        outcomes.failure = outcomes.side(&failure, false, &format!("{name} error"), types);
        outcomes.rows.sort_by_key(|row| row.status);
        outcomes
    }

    /// What the executor must know: all rows of successes, if there is a body among them that is
    /// read later.
    pub fn unread(&self) -> Vec<Unread> {
        let rows = || {
            let rows = self.rows.iter();
            rows.filter(|row| row.verdict == Verdict::Success)
        };
        let is_left = |row: &Row| row.arms.iter().any(|arm| arm.reading.is_left());
        if !rows().any(is_left) {
            return Vec::new();
        }
        rows()
            .map(|row| {
                let all = || row.arms.iter();
                let left = all().filter(|arm| arm.reading.is_left());
                Unread {
                    status: row.status,
                    media: all().flat_map(|arm| arm.media.clone()).collect(),
                    left: left.flat_map(|arm| arm.media.clone()).collect(),
                }
            })
            .collect()
    }

    fn side(
        &mut self,
        declared: &[Declared<'_>],
        success: bool,
        name: &str,
        types: &mut Scope,
    ) -> Outcome {
        let mut all = declared.iter().flat_map(|declared| &declared.bodies);
        let Some((_, first)) = all.next() else {
            return Outcome::Undocumented;
        };
        let one = all.all(|(_, reading)| reading == first);
        let ident = (!one).then(|| types.ident(name));
        let is_alone = declared.len() == 1;
        let mut scope = Scope::new(Role::Variant);
        let mut variants = Vec::new();
        for declared in declared {
            let mut arms = Vec::new();
            for (media, reading) in &declared.bodies {
                let variant = ident
                    .clone()
                    .map(|ident| (ident, scope.ident(&words(declared, media, is_alone))));
                if let Some((_, variant)) = &variant {
                    variants.push(variant_of(declared, media, reading, variant));
                }
                arms.push(Arm {
                    media: media.clone(),
                    reading: reading.clone(),
                    variant,
                });
            }
            self.rows.push(Row {
                status: model_status(declared.status),
                verdict: verdict(declared.status, success),
                arms,
            });
        }
        match ident {
            None => Outcome::One(first.clone()),
            Some(ident) => {
                self.enums.push(OutcomeEnum {
                    docs: Writer::new()
                        .paragraph(&enum_words(is_alone, success))
                        .docs(),
                    ident: ident.clone(),
                    variants,
                });
                Outcome::Enum(ident)
            }
        }
    }
}

/// The variant for a body of a declared response.
fn variant_of(
    declared: &Declared<'_>,
    media: &[String],
    reading: &Reading,
    ident: &Ident,
) -> OutcomeVariant {
    let docs = variant_docs(declared, media);
    let media = match declared.bodies.as_slice() {
        [_] => Vec::new(),
        _ => media.to_vec(),
    };
    OutcomeVariant {
        docs,
        ident: ident.clone(),
        reading: reading.clone(),
        status: model_status(declared.response.status),
        media,
    }
}

/// The bodies of a response; media types stand apart where they are read differently.
fn bodies(
    context: &Context<'_>,
    response: &Response,
    is_success: bool,
) -> Vec<(Vec<String>, Reading)> {
    let any = || vec!["*/*".to_owned()];
    let bodies = response.bodies.iter();
    let bodies: Vec<_> = bodies
        .map(|body| {
            (
                body.media.clone(),
                reading(context, &body.reading, is_success),
            )
        })
        .collect();
    let Some((_, first)) = bodies.first() else {
        return vec![(any(), Reading::Empty)];
    };
    if bodies.iter().any(|(_, reading)| reading != first) {
        return bodies;
    }
    let media = match first.is_of_items() {
        true => bodies.iter().flat_map(|(media, _)| media.clone()).collect(),
        false => any(),
    };
    vec![(media, first.clone())]
}

fn reading(context: &Context<'_>, reading: &ir::Reading, is_success: bool) -> Reading {
    match reading {
        ir::Reading::Json(used) => Reading::Json(context.ty(used)),
        ir::Reading::Form(used) => Reading::Form(context.ty(used)),
        ir::Reading::Text => Reading::Text,
        ir::Reading::Stream if is_success => Reading::Stream,
        ir::Reading::Events(used) if is_success => Reading::Events(context.ty(used)),
        ir::Reading::TextEvents if is_success => Reading::TextEvents,
        ir::Reading::EventObjects(used) if is_success => Reading::EventObjects(context.ty(used)),
        ir::Reading::Items(used) if is_success => Reading::Items(context.ty(used)),
        // The body of an error is read at once: it is short, and the call is over.
        ir::Reading::Stream
        | ir::Reading::Events(_)
        | ir::Reading::TextEvents
        | ir::Reading::EventObjects(_)
        | ir::Reading::Items(_) => Reading::Bytes,
    }
}

fn enum_words(is_alone: bool, success: bool) -> String {
    let what = if success {
        "a success"
    } else {
        "a declared error"
    };
    let by = if is_alone { "media type" } else { "status" };
    format!("What {what} may be, by {by}.")
}

fn variant_docs(declared: &Declared<'_>, media: &[String]) -> crate::model::Docs {
    let mut line = status::phrase(declared.status).unwrap_or_else(|| "Any other status".to_owned());
    if declared.bodies.len() > 1 {
        let names: Vec<_> = media.iter().map(|name| code(name)).collect();
        line = format!("{line}, as {}", names.join(" or "));
    }
    Writer::new()
        .paragraph(&format!("{line}."))
        .untrusted(&declared.response.description)
        .docs()
}

/// What a variant is called: by its status, its media type, or both.
fn words(declared: &Declared<'_>, media: &[String], is_alone: bool) -> String {
    let status = status::words(declared.status);
    if declared.bodies.len() < 2 {
        return status;
    }
    let media = media_words(media.first().map(String::as_str).unwrap_or_default());
    if is_alone {
        return media;
    }
    format!("{status} {media}")
}

/// `text/csv` is `csv`, and `application/vnd.api+json; version=2` is `vnd api json version 2`.
pub(super) fn media_words(name: &str) -> String {
    if let Some((essence, parameters)) = name.split_once(';') {
        return format!("{} {parameters}", media_words(essence));
    }
    match name {
        "*/*" | "application/*" | "" => return "other".to_owned(),
        "application/octet-stream" => return "bytes".to_owned(),
        "application/x-www-form-urlencoded" => return "form".to_owned(),
        "multipart/form-data" => return "multipart".to_owned(),
        "text/plain" => return "text".to_owned(),
        "text/event-stream" => return "events".to_owned(),
        _ => {}
    }
    let (kind, subtype) = name.split_once('/').unwrap_or(("", name));
    match subtype {
        "*" => kind.to_owned(),
        other => other.strip_prefix("x-").unwrap_or(other).to_owned(),
    }
}

fn verdict(status: Status, success: bool) -> Verdict {
    match status {
        _ if success => Verdict::Success,
        Status::Exact(300..=399) => Verdict::Other,
        _ => Verdict::Failure,
    }
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Exact(200..=299) | Status::Range(2))
}

fn model_status(status: Status) -> crate::model::Status {
    match status {
        Status::Exact(code) => crate::model::Status::Exact(code),
        Status::Range(class) => crate::model::Status::Range(class),
        Status::Default => crate::model::Status::Default,
    }
}
