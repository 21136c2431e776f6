//! A poisoned document, with every hostile text in every place: whatever it says stays text.

use crate::case::{files, options, run};
use serde_json::{Value, json};
use specwright::FileSet;

/// Texts that want to be code, markup, a path, or another line.
const TEXTS: &[&str] = &[
    "```\nfn evil() { std::process::exit(66) }\n```",
    "```rust\nevil()\n```\n~~~\nevil()\n~~~\n````\n```\nevil()\n",
    "Before.\n\n    std::process::exit(66);\n\n\tevil()\n",
    "> ```\n> evil()\n> ```\n\n- ```\n  evil()\n  ```\n1.     evil()",
    "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "[click](javascript:alert(1)) [x] [`Client`] [a]: http://evil.example",
    "*/ fn evil() {} /* // \u{202e}back\u{202c} \u{200f}\u{2066}",
    "one\rtwo\r\nthree\u{0}four\u{7}\u{1b}[31m\u{85}\u{2028}\u{feff}",
    "\"; fn evil() {} const X: &str = \"",
    "\"##; evil!() r#\"",
    "{} {0} {:?} {name} {{ }} %s %n $x ${y} #{z}",
    "'\\u{110000}' \\x00 \\",
    "../x",
    "/etc/passwd",
    "C:\\con.rs",
    "con",
    "mod",
    "Option",
    "Result",
    "self",
    "Self",
    "crate",
    "new",
    "client",
    "unwrap",
    "_",
    "",
    " ",
    "9",
    "1e5",
    "\u{1f980}\u{1f980}",
    "ﬁ\u{301}\u{130}ß",
    "a\u{200d}b",
    "r#type",
    "'static",
    "#![feature(x)]",
    "$crate",
    "std::process::exit(66)",
    "A `tick`, and <script>evil()</script> or [x] # or <b> - and <i> 1. or > and <img src=x>, <script> <script> <script> <script> <script>",
];

#[test]
fn documents_full_of_hostile_texts() {
    for text in TEXTS {
        check(text, &files("openapi.json", &poisoned(text).to_string()));
    }
}

/// All at once: names then compete for the same identifiers.
#[test]
fn hostile_names_beside_each_other() {
    let object: Value = TEXTS
        .iter()
        .map(|text| (*text, json!({"type": "string"})))
        .collect();
    let schemas: Value = TEXTS
        .iter()
        .map(|text| {
            (
                *text,
                json!({"type": "object", "properties": object, "required": ["", "self"]}),
            )
        })
        .chain([("Values", json!({"type": "string", "enum": TEXTS}))])
        .collect();
    let mut paths = json!({});
    for (index, text) in TEXTS.iter().enumerate() {
        let parameters: Vec<_> = TEXTS
            .iter()
            .map(|name| json!({"name": name, "in": "query", "schema": {"type": "string"}}))
            .collect();
        paths[format!("/{index}")] = json!({"get": {
            "operationId": text, "tags": [text], "parameters": parameters,
            "responses": {"204": {"description": text}},
        }});
    }
    let document = json!({
        "openapi": "3.0.3", "info": {"title": "t", "version": "1"},
        "paths": paths, "components": {"schemas": schemas},
    });
    check("all", &files("openapi.json", &document.to_string()));
}

/// What the document says never reaches the manifest.
#[test]
fn the_manifest_is_not_made_from_the_document() {
    let options = specwright::Options {
        manifest: true,
        ..options()
    };
    let manifests: Vec<_> = ["plain", "\"\n[dependencies]\nevil = \"1\""]
        .iter()
        .map(|text| {
            let outcome = run("openapi.json", &poisoned(text).to_string(), &options);
            outcome.files.expect("there is output")["Cargo.toml"].clone()
        })
        .collect();
    assert_eq!(manifests[0], manifests[1]);
}

/// A document with a text in every place that takes one.
fn poisoned(text: &str) -> Value {
    let secret = json!({"type": "string", "description": text, "title": text, "default": text, "example": text, "format": text, "pattern": text});
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}, "example": text}});
    let parameter = |place: &str, name: &str| {
        json!({"name": name, "in": place, "required": place == "path", "description": text,
            "schema": {"type": "string", "default": text, "enum": [text]}})
    };
    json!({
        "openapi": "3.0.3",
        "info": {"title": text, "version": text, "description": text},
        "servers": [{"url": format!("https://example.com/{text}"), "description": text},
            {"url": "https://{host}/", "variables": {"host": {"default": text, "enum": [text], "description": text}}}],
        "tags": [{"name": text, "description": text}],
        "security": [{text: []}],
        "paths": {
            "/things/{id}": {"post": {
                "operationId": text, "tags": [text], "summary": text, "description": text,
                "parameters": [parameter("path", "id"), parameter("query", text), parameter("header", text)],
                "requestBody": {"description": text, "required": true, "content": content},
                "responses": {
                    "200": {"description": text, "content": content, "headers": {text: {"description": text, "schema": {"type": "string"}}}},
                    "201": {"description": text, "content": {text: {"schema": {"type": "string"}}}},
                    "404": {"description": text, "content": content},
                    "default": {"description": text},
                },
            }},
            format!("/{text}/{{{text}}}"): {"get": {"responses": {"204": {"description": text}}}},
        },
        "components": {
            "schemas": {
                "Thing": {
                    "type": "object", "description": text, "title": text, "required": [text],
                    "x-rust-type": text,
                    "properties": {text: secret, "plain": secret, "inner": {"type": "object", "description": text, "properties": {text: secret}}},
                },
                text: {"type": "string", "description": text, "enum": [text, "other"], "default": text,
                    "x-enum-varnames": [text, text], "x-enum-descriptions": [text, text]},
                "Numbers": {"type": "integer", "enum": [1, 2], "x-enum-varnames": [text, text], "x-enum-descriptions": [text]},
                "Union": {"description": text, "oneOf": [{"$ref": "#/components/schemas/Thing"}, {"type": "integer"}],
                    "discriminator": {"propertyName": text, "mapping": {text: "#/components/schemas/Thing"}}},
            },
            "securitySchemes": {
                text: {"type": "apiKey", "in": "header", "name": text, "description": text},
                "query": {"type": "apiKey", "in": "query", "name": text, "description": text},
                "token": {"type": "http", "scheme": "bearer", "description": text},
            },
        },
    })
}

fn check(what: &str, files: &FileSet) {
    for (path, text) in files {
        check_path(path);
        check_characters(what, path, text);
        check_documentation(what, path, text);
        if path.ends_with(".rs") {
            let parsed = syn::parse_file(text);
            let parsed = parsed.unwrap_or_else(|error| panic!("{what:?}: {path}: {error}\n{text}"));
            for item in parsed.items {
                let evil = matches!(&item, syn::Item::Fn(function) if function.sig.ident == "evil");
                assert!(!evil, "{what:?}: {path}");
            }
        }
    }
}

/// Files are below `src`, under names that every system takes and that mean nothing.
fn check_path(path: &str) {
    let inside = path.strip_prefix("src/").expect("everything is below src");
    for name in inside.split('/') {
        let stem = name.strip_suffix(".rs").unwrap_or(name);
        let safe = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        assert!(
            !stem.is_empty() && stem.len() < 100 && stem.bytes().all(safe),
            "{path}"
        );
        let devices = ["con", "prn", "aux", "nul"];
        assert!(!devices.contains(&stem), "{path}");
    }
}

/// Nothing that a terminal, an editor or a compiler would act on.
fn check_characters(what: &str, path: &str, text: &str) {
    let acts = |character: char| {
        character.is_control() && character != '\n'
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    if let Some(found) = text.chars().find(|character| acts(*character)) {
        panic!("{what:?}: {path} has {found:?}");
    }
}

/// Code blocks are `text` or the generator's own examples, and nothing is HTML or an own link.
fn check_documentation(what: &str, path: &str, text: &str) {
    let is_runtime = path.starts_with("src/runtime/");
    let mut open: Option<String> = None;
    let mut block = String::new();
    for line in text.lines() {
        let comment = line.trim_start().strip_prefix("///");
        let comment = comment.or(line.strip_prefix("//!")).unwrap_or_default();
        let line = comment.strip_prefix(' ').unwrap_or(comment);
        let at = format!("{what:?}: {path}: {line}");
        let mark = line.trim_start_matches([' ', '>', '-', '*']);
        let rest = mark.trim_start_matches('`');
        let fence = &mark[..mark.len() - rest.len()];
        if let Some(end) = &open {
            if fence.len() >= end.len() && rest.trim().is_empty() {
                open = None;
            }
        } else if fence.len() >= 3 && !rest.contains('`') {
            let own = fence == "```" && rest == "no_run";
            assert!(rest == "text" || own || is_runtime, "{at}");
            open = Some(fence.to_owned());
        } else {
            assert!(!mark.starts_with("~~~"), "{at}");
            assert!(!line.starts_with("    ") && !line.starts_with('\t'), "{at}");
            if line.is_empty() || starts_block(line) {
                check_block(what, path, &block);
                block.clear();
            }
            block += line;
            block.push('\n');
        }
    }
    check_block(what, path, &block);
    assert_eq!(open, None, "{what:?}: {path}: a block of code does not end");
}

/// Whether a line ends the paragraph before it, and with it any code that began there.
fn starts_block(line: &str) -> bool {
    let number = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let numbered = number.len() < line.len() && number.starts_with(['.', ')']);
    let marks = ["# ", "- ", "* ", "+ ", ">", "<", "==", "--", "|"];
    numbered || marks.iter().any(|mark| line.starts_with(mark))
}

/// Outside of code, what would be markup is escaped.
fn check_block(what: &str, path: &str, block: &str) {
    let plain = without_code(block);
    for markup in ["<script", "<img", "<b>", "<i>", "](javascript", "[x]"] {
        let unescaped = plain.replace(&format!("\\{markup}"), "");
        assert!(!unescaped.contains(markup), "{what:?}: {path}: {block}");
    }
}

/// A block without the code in it.
fn without_code(block: &str) -> String {
    let mut plain = String::new();
    let mut rest = block;
    while let Some(start) = rest.find('`') {
        let escaped = rest[..start].ends_with('\\');
        plain.push_str(&rest[..start]);
        let code = &rest[start..];
        let fence = if escaped { 1 } else { backticks(code) };
        let end = (!escaped).then(|| end(code, fence)).flatten();
        rest = &code[end.unwrap_or(fence)..];
    }
    plain + rest
}

/// Where code ends that starts with so many backticks.
fn end(code: &str, fence: usize) -> Option<usize> {
    let mut index = fence;
    while let Some(next) = code[index..].find('`') {
        let length = backticks(&code[index + next..]);
        index += next + length;
        if length == fence {
            return Some(index);
        }
    }
    None
}

/// How many backticks a text starts with.
fn backticks(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// A document of a few kilobytes that would take for ever if every way to a part were followed.
#[test]
fn diamonds_and_chains_take_no_time() {
    let schemas: Vec<String> = (0..60)
        .map(|level| {
            let next = format!("{{$ref: '#/components/schemas/S{:02}'}}", level + 1);
            format!("    S{level:02}: {{allOf: [{next}, {next}]}}")
        })
        .collect();
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Test, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{}\n    S60: {{type: object, properties: {{a: {{type: string}}}}}}\n",
        schemas.join("\n")
    );
    let sources = specwright::SourceSet {
        files: vec![specwright::SourceFile {
            path: "diamond.yaml".to_owned(),
            text,
        }],
    };
    let options = specwright::Options {
        crate_name: "diamond".to_owned(),
        ..specwright::Options::default()
    };
    let start = std::time::Instant::now();
    let outcome = specwright::generate(&sources, &options, &mut |_| {});
    assert!(outcome.files.is_some());
    assert!(start.elapsed() < std::time::Duration::from_secs(20));
}
