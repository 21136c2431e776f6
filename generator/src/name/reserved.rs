//! Names that a scope does not give out.

/// Names of the prelude and of the runtime that generated files use without a path.
pub(super) const TYPES: &[&str] = &[
    "AdditionalProperties",
    "AsRef",
    "BTreeMap",
    "Base64",
    "Box",
    "Call",
    "Client",
    "ClientBuilder",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Display",
    "Drop",
    "Eq",
    "Err",
    "Error",
    "File",
    "Fn",
    "FnMut",
    "FnOnce",
    "Formatted",
    "From",
    "FromIterator",
    "Hash",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Nullable",
    "Ok",
    "Option",
    "OrEmpty",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Request",
    "Response",
    "Result",
    "Secret",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "StringOr",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unmatched",
    "Unpin",
    "Vec",
];

/// Methods that every request has, and locals of the functions that make one.
pub(super) const PARAMETERS: &[&str] = &[
    "body",
    "client",
    "header",
    "into_future",
    "new",
    "request",
    "retry",
    "send",
    "send_blocking",
    "timeout",
];

/// Methods of the runtime's client, and of every value.
pub(super) const OPERATIONS: &[&str] = &[
    "base_url",
    "blocking",
    "borrow",
    "builder",
    "call",
    "clone",
    "clone_into",
    "drop",
    "eq",
    "fmt",
    "from",
    "from_env",
    "into",
    "new",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
];

/// Methods of the client's builder.
pub(super) const BUILDER: &[&str] = &[
    "attempt_timeout",
    "base_url",
    "build",
    "clone",
    "credential",
    "credential_provider",
    "default_header",
    "default_headers",
    "environment",
    "environment_from",
    "fmt",
    "from_env",
    "header",
    "idle_timeout",
    "max_response_bytes",
    "new",
    "on_request",
    "on_response",
    "retry",
    "retry_budget",
    "server",
    "server_url",
    "timeout",
    "transport",
    "user_agent",
];

/// Files that mean something to Cargo or to an operating system.
pub(super) const MODULES: &[&str] = &[
    "aux", "client", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con",
    "lib", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "main", "mod",
    "nul", "prn",
];

/// Strict and reserved keywords of edition 2024.
pub(super) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "Self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::{BUILDER, OPERATIONS, PARAMETERS, TYPES};
    use specwright_support::SOURCES;

    /// A type that is called like what its file imports would be defined there twice.
    #[test]
    fn whatever_a_file_of_types_imports_is_reserved() {
        let uses = include_str!("../emit/uses.rs");
        let (in_types, _) = uses
            .split_once("fn operation(")
            .expect("what types name comes before what operations name");
        let imports = in_types.split("runtime.insert(\"").skip(1);
        let imports = imports.filter_map(|rest| rest.split('"').next());
        // Macros and modules are in lower case, and no type is.
        let mut types: Vec<_> = imports
            .filter(|name| name.starts_with(|first: char| first.is_ascii_uppercase()))
            .collect();
        assert!(types.len() > 5, "{types:?}");
        types.retain(|name| !TYPES.contains(name));
        assert_eq!(types, Vec::<&str>::new());
    }

    /// What is called like a function of the runtime, on the same type, would not compile: not even where that
    /// function is private.
    #[test]
    fn every_method_of_the_runtime_is_reserved() {
        let cases: [(&str, usize, &[&str]); 3] = [
            ("ClientBuilder", 15, BUILDER),
            ("Client", 3, OPERATIONS),
            ("Request", 5, PARAMETERS),
        ];
        for (ty, least, reserved) in cases {
            let mut methods = methods(ty);
            assert!(methods.len() >= least, "{ty}: {methods:?}");
            methods.retain(|name| !reserved.contains(name));
            assert_eq!(methods, Vec::<&str>::new(), "{ty}");
        }
    }

    /// The functions of a type of the runtime, without those of traits.
    fn methods(ty: &str) -> Vec<&'static str> {
        let mut methods = Vec::new();
        for source in SOURCES {
            let mut is_inside = false;
            for line in source.text.lines() {
                is_inside &= line != "}";
                is_inside |= line.starts_with("impl") && !line.contains(" for ") && is_of(line, ty);
                let method = line.split_once("fn ").map(|(_, rest)| rest);
                let name = method.and_then(|rest| rest.split(['(', '<']).next());
                methods.extend(name.filter(|_| is_inside && is_member(line)));
            }
        }
        methods
    }

    /// Whether this line, which begins an implementation, is for this type.
    fn is_of(line: &str, ty: &str) -> bool {
        line.ends_with(&format!(" {ty} {{")) || line.contains(&format!(" {ty}<"))
    }

    /// Whether this line begins a function of an implementation, and not one inside of it.
    fn is_member(line: &str) -> bool {
        line.starts_with("    ") && !line.starts_with("     ")
    }
}
