//! What the generator has to say about a document: every problem has a code, a place and a way out.
//!
//! A diagnostic points into the document by file and JSON pointer. Line and column are looked up
//! only when somebody wants to see them (see [`crate::locate`]), so a clean run pays nothing.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The output is right, but says less than the document does. `--strict` makes it an error.
    Warning,
    /// The output would be wrong, so there is none.
    Error,
}

/// Room for a segment of a pointer: few are longer.
const SEGMENT: usize = 24;

/// A place in the source set: a file, and a JSON pointer (RFC 6901) into it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer {
    /// Index of the file in the source set; 0 is the entry document.
    pub file: usize,
    /// RFC 6901 pointer, `""` for the whole document.
    pub path: String,
}

impl Pointer {
    /// The root of the entry document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// The place of a member of the object, or an item of the array, at this place.
    #[must_use]
    pub fn child(&self, segment: impl fmt::Display) -> Self {
        let mut path = String::with_capacity(self.path.len() + SEGMENT);
        path.push_str(&self.path);
        path.push('/');
        let start = path.len();
        // Writing to a string does not fail.
        let _ = write!(path, "{segment}");
        if path
            .get(start..)
            .is_some_and(|key| key.contains(['~', '/']))
        {
            let key = path.split_off(start);
            path.push_str(&key.replace('~', "~0").replace('/', "~1"));
        }
        Self {
            file: self.file,
            path,
        }
    }
}

/// A segment of a JSON pointer as the key that it stands for.
pub(crate) fn unescaped(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{}", self.path)
    }
}

/// Where in the text a diagnostic points: a node, or a byte offset for text that could not be parsed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The value at a pointer.
    Value(Pointer),
    /// The key of the member at a pointer.
    Key(Pointer),
    /// The first of several equal keys; [`Place::Key`] is the one that counts, the last.
    FirstKey(Pointer),
    /// A byte offset into the text of a file: syntax errors have no node.
    Offset {
        /// Index of the file in the source set.
        file: usize,
        /// Bytes from the start of the text.
        offset: usize,
    },
    /// A whole file, where nothing more exact is known.
    File(usize),
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable identifier, explained in the documentation.
    pub code: Code,
    /// Warning or error.
    pub severity: Severity,
    /// One sentence, without a full stop: what is wrong.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What the marked text is, in a few words; may be empty.
    pub label: String,
    /// Other places that take part, each with its own label.
    pub related: Vec<(Place, String)>,
    /// How to fix it, or what the generator did instead.
    pub help: String,
}

/// Everything found so far, in the order of finding.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Nothing found yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem; its severity is the one of its code.
    pub fn report(
        &mut self,
        code: Code,
        place: impl Into<Place>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.list.push(Diagnostic {
            code,
            severity: code.severity(),
            message: message.into(),
            place: place.into(),
            label: String::new(),
            related: Vec::new(),
            help: String::new(),
        });
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    /// Whether anything forbids output.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Leads every place found after the first `known` problems back to the text of the document. A
    /// node that stands in several places by then has its problems once.
    pub(crate) fn trace_back(&mut self, known: usize, origin: impl Fn(&Pointer) -> Pointer) {
        let trace = |place: &mut Place| match place {
            Place::Value(pointer) | Place::Key(pointer) | Place::FirstKey(pointer) => {
                *pointer = origin(pointer);
            }
            Place::Offset { .. } | Place::File(_) => {}
        };
        for diagnostic in self.list.iter_mut().skip(known) {
            trace(&mut diagnostic.place);
            diagnostic
                .related
                .iter_mut()
                .for_each(|(place, _)| trace(place));
        }
        let found = self.list.split_off(known.min(self.list.len()));
        let mut seen = BTreeSet::new();
        self.list.extend(found.into_iter().filter(|diagnostic| {
            let Diagnostic {
                code,
                place,
                message,
                ..
            } = diagnostic;
            seen.insert((*code, place.clone(), message.clone()))
        }));
    }

    /// Adds what another run of finding has found.
    pub fn append(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// Makes every warning an error (`--strict`).
    pub fn deny_warnings(&mut self) {
        for diagnostic in &mut self.list {
            diagnostic.severity = Severity::Error;
        }
    }

    /// All of them, in the order of finding.
    #[must_use]
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.list
    }
}

impl Diagnostic {
    /// Says what the marked text is.
    pub fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = label.into();
        self
    }

    /// Says how to fix it, or what was done instead.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = help.into();
        self
    }

    /// Shows another place that takes part.
    pub fn related(&mut self, place: impl Into<Place>, label: impl Into<String>) -> &mut Self {
        self.related.push((place.into(), label.into()));
        self
    }
}

impl From<Pointer> for Place {
    fn from(pointer: Pointer) -> Self {
        Self::Value(pointer)
    }
}

impl From<&Pointer> for Place {
    fn from(pointer: &Pointer) -> Self {
        Self::Value(pointer.clone())
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $code:literal, $severity:ident;)*) => {
        /// Every kind of problem, with its stable code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)*
        }

        impl Code {
            /// All codes, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// `SW0101` and so on.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// Whether problems of this kind forbid output.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// What problems of this kind are, in a sentence or two.
            #[must_use]
            pub const fn summary(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),+),)* }
            }
        }
    };
}

// 01xx: reading. 02xx: the shape of the document. 03xx: references. 04xx: schemas.
// 05xx: operations. 06xx: configuration.
codes! {
    /// The text is not JSON or YAML.
    Syntax = "SW0101", Error;
    /// The document is too large or too deeply nested to be read safely.
    Limit = "SW0102", Error;
    /// A key stands twice in one mapping; the last one counts.
    DuplicateKey = "SW0103", Warning;
    /// The document does not say that it is OpenAPI, or is of a version that is not supported.
    Version = "SW0201", Error;
    /// A required part of the document is missing; a stand-in was used or the node was left out.
    Missing = "SW0202", Warning;
    /// A node is not what the specification says it must be, and was repaired or left out.
    Malformed = "SW0203", Warning;
    /// The document uses something that is valid but not supported yet; it was left out or widened.
    Unsupported = "SW0204", Warning;
    /// The document cannot be held although nothing in particular is wrong with it: a defect of the generator.
    Unreadable = "SW0205", Error;
    /// The generator printed something that is not what it meant to print: a defect of its own.
    Internal = "SW0901", Error;
    /// A reference leads nowhere.
    DanglingReference = "SW0301", Warning;
    /// A reference leads out of the files that may be read.
    ExternalReference = "SW0302", Warning;
    /// References lead in a circle without anything in between.
    CircularReference = "SW0303", Warning;
    /// A schema became a free-form JSON value although the document says more.
    Widened = "SW0401", Warning;
    /// The parts of an `allOf` contradict each other.
    AllOfConflict = "SW0402", Warning;
    /// A `default` or an enum value is not of the declared type.
    ValueType = "SW0403", Warning;
    /// `required` names a property that the schema does not have.
    RequiredUnknown = "SW0404", Warning;
    /// A discriminator and the schemas that it chooses between contradict each other.
    Discriminator = "SW0405", Warning;
    /// A keyword constrains values in a way that no type says; the type allows more than the schema.
    Constraint = "SW0410", Warning;
    /// An operation has no `operationId`; a name was derived from method and path.
    MissingOperationId = "SW0501", Warning;
    /// Two operations have the same `operationId`; names were made unique.
    DuplicateOperationId = "SW0502", Warning;
    /// The path template and the path parameters do not match.
    PathParameter = "SW0503", Warning;
    /// A parameter cannot be sent as the document says, and was left out.
    ParameterDropped = "SW0504", Warning;
    /// An operation names a security scheme that the document does not define.
    UnknownSecurityScheme = "SW0505", Warning;
    /// The configuration names something that the document does not have.
    ConfigUnmatched = "SW0601", Error;
}
