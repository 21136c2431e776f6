//! What the answers to an operation mean: a row for each status, and the types of what comes of it.

use super::{Docs, Type};
use proc_macro2::Ident;

/// A row of the table of bodies that are left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Which statuses.
    pub status: Status,
    /// The declared media types; where there is but one kind of body, `*/*`.
    pub media: Vec<String>,
    /// Those whose bodies are left.
    pub left: Vec<String>,
}

/// The type of all successes, or of all declared errors, of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// None declared.
    Undocumented,
    /// Always this.
    One(Reading),
    /// An enum of the same file.
    Enum(Ident),
}

/// A row of the status table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which statuses.
    pub status: Status,
    /// What the status means.
    pub verdict: Verdict,
    /// What the body may be: one arm, or several between which the media type decides.
    pub arms: Vec<Arm>,
}

/// What a status means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A success.
    Success,
    /// An error.
    Failure,
    /// Neither: a 304, or a redirect that was not followed. It is matched as an error.
    Other,
}

/// A body of a row.
#[derive(Clone, Debug)]
pub struct Arm {
    /// Its media types.
    pub media: Vec<String>,
    /// How it is read.
    pub reading: Reading,
    /// The variant of the outcome's enum, where it is one.
    pub variant: Option<(Ident, Ident)>,
}

/// Which statuses a row is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One.
    Exact(u16),
    /// `4XX` is 4.
    Range(u8),
    /// `default`
    Default,
}

impl Status {
    /// What the document calls it.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Exact(code) => code.to_string(),
            Self::Range(class) => format!("{class}XX"),
            Self::Default => "default".to_owned(),
        }
    }

    /// The first and the last of them.
    #[must_use]
    pub fn bounds(self) -> [u16; 2] {
        match self {
            Self::Exact(code) => [code, code],
            Self::Range(hundreds) => [0, 99].map(|code| u16::from(hundreds) * 100 + code),
            Self::Default => [0, u16::MAX],
        }
    }
}

/// An enum over the bodies of several statuses and media types.
#[derive(Clone, Debug)]
pub struct OutcomeEnum {
    /// Documentation.
    pub docs: Docs,
    /// Type name.
    pub ident: Ident,
    /// One variant per distinct declared response.
    pub variants: Vec<OutcomeVariant>,
}

/// A variant of an [`OutcomeEnum`].
#[derive(Clone, Debug)]
pub struct OutcomeVariant {
    /// Documentation.
    pub docs: Docs,
    /// Variant name.
    pub ident: Ident,
    /// Its payload; none for `Reading::Empty`.
    pub reading: Reading,
    /// The response that it is, as the document declares it.
    pub status: Status,
    /// Its media types, where the response has others that are other variants.
    pub media: Vec<String>,
}

/// How the body of a response is read, and into what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// JSON of this type.
    Json(Type),
    /// The pairs of a form, of this type.
    Form(Type),
    /// Text.
    Text,
    /// Bytes that have been collected.
    Bytes,
    /// Bytes as they arrive.
    Stream,
    /// Events whose data is of this type.
    Events(Type),
    /// Events whose data is text.
    TextEvents,
    /// Events that are objects of this type.
    EventObjects(Type),
    /// JSON values of this type, one after the other.
    Items(Type),
    /// There is none.
    Empty,
}

impl Reading {
    /// Whether it is a stream of items, which only a body of its own media type is.
    #[must_use]
    pub const fn is_of_items(&self) -> bool {
        self.is_left() && !matches!(self, Self::Stream)
    }

    /// Whether the body is left to be read later.
    #[must_use]
    pub const fn is_left(&self) -> bool {
        match self {
            Self::Stream
            | Self::Events(_)
            | Self::TextEvents
            | Self::EventObjects(_)
            | Self::Items(_) => true,
            Self::Json(_) | Self::Form(_) | Self::Text | Self::Bytes | Self::Empty => false,
        }
    }

    /// The type of what is decoded.
    #[must_use]
    pub const fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty)
            | Self::Form(ty)
            | Self::Events(ty)
            | Self::EventObjects(ty)
            | Self::Items(ty) => Some(ty),
            Self::Text | Self::Bytes | Self::Stream | Self::TextEvents | Self::Empty => None,
        }
    }
}
