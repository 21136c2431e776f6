//! The runtime as text, and what it takes to compile it.

/// A module of the runtime, to be copied to `runtime/` of a generated crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name of the file, for instance `client.rs`.
    pub file: &'static str,
    /// Its text.
    pub text: &'static str,
    /// When it is copied. Where it is not, the lines of `mod.rs` that end in `// optional: `
    /// and the name of the need are left out.
    pub need: Need,
}

/// A dependency of the runtime, or of types that generated crates use beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The name of the package.
    pub name: &'static str,
    /// The version requirement.
    pub version: &'static str,
    /// Whether its default features are wanted.
    pub default_features: bool,
    /// The features that are wanted.
    pub features: &'static [&'static str],
    /// Whether a feature of the generated crate enables it.
    pub optional: bool,
    /// When it is needed.
    pub need: Need,
}

/// A feature of a generated crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub docs: &'static str,
    /// What it enables.
    pub enables: &'static [&'static str],
}

/// When a module or a dependency is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// Always.
    Always,
    /// For the feature `reqwest`, which every generated crate has.
    Reqwest,
    /// For `format: date-time` or `date`.
    Jiff,
    /// For `format: uuid`.
    Uuid,
    /// For `format: byte`.
    Base64,
    /// For `with_defaults` methods.
    Defaults,
    /// For `validate` methods.
    Validate,
    /// For responses that are forms.
    Forms,
    /// For bodies of several parts.
    Multipart,
    /// For OAuth 2 client credentials.
    OAuth2,
    /// For values in whose place an empty string may stand.
    OrEmpty,
    /// For operations with pages.
    Pages,
    /// For responses that are streams of items.
    Streams,
    /// For strings in whose place a value may stand.
    StringOr,
    /// For `validate` methods that compare texts with patterns.
    Pattern,
}

macro_rules! sources {
    ($($file:literal: $need:ident),* $(,)?) => {
        &[$(Source {
            file: $file,
            text: include_str!(concat!("runtime/", $file)),
            need: Need::$need,
        }),*]
    };
}

/// The modules of the runtime, in the order of their names.
pub const SOURCES: &[Source] = sources![
    "additional.rs": Always,
    "again.rs": Always,
    "answer.rs": Always,
    "api.rs": Always,
    "base64.rs": Base64,
    "blocking.rs": Always,
    "body.rs": Always,
    "budget.rs": Always,
    "builder.rs": Always,
    "call.rs": Always,
    "charset.rs": Always,
    "checks.rs": Validate,
    "client.rs": Always,
    "client_credentials.rs": OAuth2,
    "clock.rs": Always,
    "constants.rs": Always,
    "credential.rs": Always,
    "decode.rs": Always,
    "defaults.rs": Defaults,
    "enums.rs": Always,
    "error.rs": Always,
    "events.rs": Streams,
    "execute.rs": Always,
    "expected.rs": Always,
    "fetch.rs": Reqwest,
    "file.rs": Multipart,
    "fits.rs": Always,
    "form.rs": Forms,
    "form_reader.rs": Forms,
    "form_reply.rs": Forms,
    "formatted.rs": Always,
    "framing.rs": Always,
    "header.rs": Always,
    "hooks.rs": Always,
    "idempotency.rs": Always,
    "items.rs": Streams,
    "json_path.rs": Always,
    "key.rs": Always,
    "limit.rs": Always,
    "literals.rs": Always,
    "loopback.rs": Always,
    "media.rs": Always,
    "members.rs": Always,
    "mocks.rs": Always,
    "mod.rs": Always,
    "multipart.rs": Multipart,
    "native.rs": Reqwest,
    "nullable.rs": Always,
    "or_empty.rs": OrEmpty,
    "pages.rs": Pages,
    "paging.rs": Pages,
    "parameter.rs": Always,
    "park.rs": Always,
    "parts.rs": Multipart,
    "path.rs": Always,
    "pattern.rs": Pattern,
    "payload.rs": Always,
    "pieces.rs": Streams,
    "plain.rs": Always,
    "prepared.rs": Always,
    "provider.rs": Always,
    "reader.rs": Always,
    "reading.rs": Always,
    "redirect.rs": Always,
    "reply.rs": Always,
    "request.rs": Always,
    "request_scope.rs": Always,
    "reqwest.rs": Reqwest,
    "response.rs": Always,
    "response_future.rs": Always,
    "rest.rs": Always,
    "retry.rs": Always,
    "secret.rs": Always,
    "stream_reply.rs": Streams,
    "string_or.rs": StringOr,
    "style.rs": Always,
    "temporal.rs": Jiff,
    "testing.rs": Always,
    "tower.rs": Always,
    "trace.rs": Always,
    "transport.rs": Always,
    "tree.rs": Always,
    "unions.rs": Always,
    "url.rs": Always,
    "validate.rs": Validate,
    "whole.rs": Always,
    "wire.rs": Always,
    "written.rs": Always,
];

/// The files of the contract test, by their names: they are copied to `tests/contract`.
pub const CONTRACT: &[(&str, &str)] = &[
    ("bodies.rs", include_str!("contract/bodies.rs")),
    ("compare.rs", include_str!("contract/compare.rs")),
    ("media.rs", include_str!("contract/media.rs")),
    ("parts.rs", include_str!("contract/parts.rs")),
    ("received.rs", include_str!("contract/received.rs")),
    ("run.rs", include_str!("contract/run.rs")),
    ("seen.rs", include_str!("contract/seen.rs")),
    ("server.rs", include_str!("contract/server.rs")),
    ("styles.rs", include_str!("contract/styles.rs")),
];

/// The features of every generated crate; the first is a default one.
pub const FEATURES: &[Feature] = &[
    Feature {
        name: "reqwest",
        docs: "The default transport, and its timer.",
        enables: &["dep:reqwest", "dep:tokio"],
    },
    Feature {
        name: "gzip",
        docs: "Responses in gzip, with the default transport.",
        enables: &["reqwest", "reqwest/gzip"],
    },
    Feature {
        name: "brotli",
        docs: "Responses in brotli, with the default transport.",
        enables: &["reqwest", "reqwest/brotli"],
    },
    Feature {
        name: "zstd",
        docs: "Responses in zstd, with the default transport.",
        enables: &["reqwest", "reqwest/zstd"],
    },
    Feature {
        name: "tracing",
        docs: "A span of the library `tracing` for each call.",
        enables: &["dep:tracing"],
    },
    Feature {
        name: "blocking",
        docs: "Calls without async, with a runtime of the client's own.",
        enables: &["dep:tokio", "tokio/rt-multi-thread"],
    },
    Feature {
        name: "tower",
        docs: "Any `tower` service as a transport.",
        enables: &["dep:tokio", "dep:tower-service"],
    },
    Feature {
        name: "wasm",
        docs: "What a browser needs (`wasm32-unknown-unknown`): its clock, and `fetch` for the default transport.",
        enables: &[
            "dep:gloo-timers",
            "dep:js-sys",
            "dep:send_wrapper",
            "dep:web-time",
            "reqwest?/stream",
        ],
    },
    Feature {
        name: "testing",
        docs: "A mock server that answers with values of this crate's types.",
        enables: &[],
    },
];

const fn always(name: &'static str, version: &'static str) -> Dependency {
    Dependency {
        name,
        version,
        default_features: true,
        features: &[],
        optional: false,
        need: Need::Always,
    }
}

/// What a generated crate depends on, in the order of the names.
pub const DEPENDENCIES: &[Dependency] = &[
    Dependency {
        default_features: false,
        features: &["std"],
        need: Need::Base64,
        ..always("base64", "0.23")
    },
    always("bytes", "1.12"),
    Dependency {
        default_features: false,
        ..always("futures-core", "0.3")
    },
    Dependency {
        features: &["futures"],
        optional: true,
        ..always("gloo-timers", "0.4")
    },
    always("http", "1.5"),
    always("http-body", "1.1"),
    always("httpdate", "1.0"),
    Dependency {
        default_features: false,
        features: &["std", "serde"],
        need: Need::Jiff,
        ..always("jiff", "1.0")
    },
    Dependency {
        optional: true,
        ..always("js-sys", "0.3")
    },
    always("percent-encoding", "2.3"),
    Dependency {
        need: Need::Pattern,
        ..always("regex-lite", "0.1")
    },
    Dependency {
        default_features: false,
        features: &["rustls", "http2", "system-proxy"],
        optional: true,
        need: Need::Reqwest,
        ..always("reqwest", "0.13")
    },
    Dependency {
        features: &["futures"],
        optional: true,
        ..always("send_wrapper", "0.6")
    },
    Dependency {
        default_features: false,
        features: &["std"],
        ..always("serde", "1.0")
    },
    Dependency {
        default_features: false,
        features: &["std"],
        ..always("serde_json", "1.0")
    },
    Dependency {
        default_features: false,
        features: &["time"],
        optional: true,
        need: Need::Reqwest,
        ..always("tokio", "1.54")
    },
    Dependency {
        optional: true,
        ..always("tower-service", "0.3")
    },
    Dependency {
        default_features: false,
        features: &["std"],
        optional: true,
        ..always("tracing", "0.1")
    },
    Dependency {
        default_features: false,
        features: &["std", "serde"],
        need: Need::Uuid,
        ..always("uuid", "1.29")
    },
    Dependency {
        optional: true,
        ..always("web-time", "1.1")
    },
];
