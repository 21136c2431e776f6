//! Request bodies: an argument of one type, or of an enum by media type.

use super::Context;
use super::outcome::media_words;
use crate::docs::{Writer, code};
use crate::ir;
use crate::media::telling;
use crate::model::{self, BodyEnum};
use crate::name::{Role, Scope};

impl Context<'_> {
    pub(super) fn body(&self, body: &ir::Body, name: &str, types: &mut Scope) -> model::Body {
        let contents: Vec<model::Content> = body
            .choices
            .iter()
            .map(|choice| self.content(&choice.content))
            .collect();
        let mut variants = Scope::new(Role::Variant);
        let choices = body.choices.iter().zip(&contents);
        let choices = choices.map(|(choice, content)| {
            let same = contents.iter().filter(|other| other.ty() == content.ty());
            model::Choice {
                docs: Writer::new()
                    .paragraph(&format!("As {}.", code(&choice.media_type)))
                    .docs(),
                ident: variants.ident(&variant_words(&choice.media_type, &body.choices)),
                content_type: choice.media_type.clone(),
                content: content.clone(),
                is_unique: same.count() == 1,
            }
        });
        let choice = (body.choices.len() > 1).then(|| BodyEnum {
            docs: Writer::new()
                .paragraph("What the body may be, by media type.")
                .docs(),
            ident: types.ident(&format!("{name} body")),
        });
        model::Body {
            docs: Writer::new()
                .untrusted_or(body.description.as_deref(), "Sets the body.")
                .docs(),
            // Every other parameter called `body` is called something else: see the reserved names.
            ident: Scope::fixed("body"),
            required: body.required,
            choices: choices.collect(),
            choice,
        }
    }

    fn content(&self, content: &ir::Content) -> model::Content {
        match content {
            ir::Content::Json(used) => model::Content::Json(self.ty(used)),
            ir::Content::Items(used) => model::Content::Items(self.ty(used)),
            ir::Content::Form(used, encodings) => {
                model::Content::Form(self.ty(used), encodings.clone())
            }
            ir::Content::Multipart(used, content_types) => model::Content::Multipart(
                used.as_ref().map(|used| self.ty(used)),
                content_types.clone(),
            ),
            ir::Content::Text => model::Content::Text,
            ir::Content::Bytes => model::Content::Bytes,
        }
    }
}

/// What a choice is called: by its media type, with the parameters where another one has the same.
fn variant_words(media_type: &str, all: &[ir::Choice]) -> String {
    let all = all.iter().map(|choice| choice.media_type.as_str());
    media_words(&telling(media_type, all))
}
