//! Formatting adds white space only, whatever the document says.

mod emit_builder;

use emit_builder::*;
use proc_macro2::{TokenStream, TokenTree};
use specwright::emit::{EmittedFile, emit};
use specwright::format::format;
use specwright::model::*;

/// Texts that would end a comment, a literal or a line elsewhere, were they not kept in theirs.
const HOSTILE: &[&str] = &[
    "*/ fn evil() {} /*",
    "//! not a comment",
    "/ slash first",
    "\"quoted\" and \\escaped\\ and \\u{41}",
    "] #[cfg(evil)]",
    "    four spaces, and behind   ",
    "\ttab",
    "r#\"raw\"#",
    "{braces} } { ; , $name",
    "é 日本 \u{1f980} 'quote' b\"x\"",
    "",
];

/// A crate with a text in every place that has one.
fn crate_with(line: &str) -> Crate {
    let docs = Docs {
        lines: vec![line.to_owned(), "second".to_owned()],
    };
    let mut thing_field = field(FieldKind::Optional, "field", line, map(vec(Type::String)));
    thing_field.docs = docs.clone();
    let thing = Struct {
        docs: docs.clone(),
        ..structure("Thing", vec![thing_field])
    };
    let mut color = string_enum("Color", &[("Red", line)]);
    color.docs = docs.clone();
    let mut get = operation("get", "Get", line);
    get.docs = docs.clone();
    get.arguments = vec![parameter(Location::Path, "a", line, Type::String)];
    get.id = line.to_owned();
    get.server = Some(line.to_owned());
    get.security = vec![vec![line.to_owned(); 4]; 4];
    let servers = servers(vec![Server {
        ident: ident("Only"),
        docs: docs.clone(),
        pieces: vec![UrlPiece::Text(line.to_owned())],
        variables: Vec::new(),
    }]);
    Crate {
        docs: docs.clone(),
        client: ClientModel {
            base_url: line.to_owned(),
            servers,
            ..client()
        },
        type_files: vec![type_file(
            "thing",
            vec![Item::Struct(thing), Item::StringEnum(color)],
        )],
        operation_files: vec![operation_file("things", vec![get])],
        headers: vec![HeaderKey {
            docs,
            ident: ident("HEADER"),
            wire: line.to_owned(),
            ty: Type::String,
        }],
        ..api()
    }
}

/// All tokens but commas before a closing delimiter, each as text.
fn flat(stream: TokenStream, into: &mut Vec<String>) {
    for tree in stream {
        match tree {
            TokenTree::Group(group) => {
                into.push(format!("open {:?}", group.delimiter()));
                flat(group.stream(), into);
                into.pop_if(|last| last == ",");
                into.push("close".to_owned());
            }
            tree => into.push(tree.to_string()),
        }
    }
}

#[test]
fn text_reads_back_as_the_tokens() {
    for line in HOSTILE {
        let files: Vec<_> = emit(&crate_with(line)).collect();
        let texts = format(files.clone()).expect("formats");
        for EmittedFile { path, docs, items } in files {
            let text = &texts[&path];
            syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
            let mut expected = Vec::new();
            for item in items {
                flat(item, &mut expected);
            }
            let mut printed = Vec::new();
            flat(text.parse().expect("lexes"), &mut printed);
            let inner_docs = docs.len() * "# ! [ doc = \"\" ]".split(' ').count();
            assert_eq!(expected, printed[inner_docs..], "{path}");
        }
    }
}

#[test]
fn what_would_not_read_back_is_refused() {
    for line in [
        "two\nlines",
        "bare\rreturn",
        "\u{202e}reversed",
        "\0nul",
        "\u{2066}isolate",
    ] {
        let api = Crate {
            docs: docs("d"),
            ..crate_with("fine")
        };
        let mut files: Vec<_> = emit(&api).collect();
        files.push(EmittedFile {
            path: "src/bad.rs".to_owned(),
            docs: vec![line.to_owned()],
            items: Vec::new(),
        });
        let problem = format(files).expect_err(line);
        assert!(problem.starts_with("src/bad.rs: "), "{problem}");
    }
}

#[test]
fn missing_documentation_is_never_missing() {
    let nothing = Docs {
        lines: vec![" ".to_owned(), String::new()],
    };
    let thing = Struct {
        docs: nothing,
        ..structure("Thing", Vec::new())
    };
    let text = types_text(vec![Item::Struct(thing)]);
    assert!(
        text.contains("/// The document does not describe it.\n#[derive"),
        "{text}"
    );
}

#[test]
fn wide_code_breaks_like_rustfmt() {
    let long = "a_name_that_is_long_enough_to_need_a_line_of_its_own_in_most_places";
    let mut get = operation("get", "Get", "/");
    get.arguments = vec![
        parameter(Location::Query, long, long, Type::String),
        array(
            ArrayStyle::Exploded,
            parameter(Location::Query, "b", long, named("Color")),
        ),
    ];
    get.security = vec![vec![long.to_owned()], vec![long.to_owned(), "b".to_owned()]];
    insta::assert_snapshot!(operations_text(vec![get]));
}

/// The independent printer, of what was emitted and of what was formatted, prints the same: so the
/// two are the same Rust, whatever our own printer did to the white space.
#[test]
fn prettyplease_finds_the_same_rust() {
    for line in HOSTILE {
        let model = crate_with(line);
        let files = format(emit(&model)).expect("a proof");
        for EmittedFile {
            path,
            docs: _,
            items,
        } in emit(&model)
        {
            let emitted = syn::parse2(items.into_iter().collect()).expect("emitted Rust");
            let mut formatted = syn::parse_file(&files[&path]).expect("formatted Rust");
            // The header and the documentation of the file are not among the items.
            formatted
                .attrs
                .retain(|attribute| !attribute.path().is_ident("doc"));
            assert_eq!(
                prettyplease::unparse(&emitted),
                prettyplease::unparse(&formatted),
                "{path}, {line:?}"
            );
        }
    }
}
