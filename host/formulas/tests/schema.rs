//! The JSON Schema of `formulas.toml` takes what the reader takes and refuses what it refuses.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde_json::Value as Json;
use stele_formulas::document::compile;
use stele_formulas::document::schema::schema;

fn validator() -> Validator {
    jsonschema::validator_for(&schema()).unwrap()
}

/// A document as an editor sees it.
fn document(text: &str) -> Json {
    let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
    serde_json::to_value(table).unwrap()
}

fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            documents(&path, found);
        } else if path.file_name().unwrap() == "formulas.toml" {
            found.push(path);
        }
    }
}

#[test]
fn every_document_of_the_repository_is_valid() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    for folder in ["rulesets", "tests/cn-formulas/ruleset"] {
        documents(&root.join(folder), &mut found);
    }
    assert!(found.len() >= 12, "{found:?}");
    let validator = validator();
    for path in found {
        let document = document(&std::fs::read_to_string(&path).unwrap());
        let wrong: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| format!("{}: {}: {error}", path.display(), error.instance_path))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

const RIGHT: &str = r#"
meaning = "A test."
fact = [{ name = "gross", type = "money", unit = "KES/month", minimum = "0", maximum = 1000.5 }]
parameter = [{ name = "bands", type = "rows", columns = [{ name = "rate", type = "rate?" }] }]
[[figure]]
name = "whole"
formula = "gross"
[[line]]
item = "pay"
category = "earning"
formula = "whole * count(bands)"
[[refusal]]
fact = "gross"
when = "gross > 5"
message = "too much"
"#;

#[test]
fn what_the_reader_refuses_of_a_documents_shape_the_schema_refuses() {
    let validator = validator();
    assert!(validator.is_valid(&document(RIGHT)));
    compile("test", RIGHT).unwrap();
    for (from, to) in [
        ("type = \"money\"", "type = \"mony\""),
        ("type = \"money\"", "type = 5"),
        ("name = \"gross\"", "name = \"Gross\""),
        ("name = \"gross\", ", ""),
        ("unit = ", "units = "),
        ("minimum = \"0\"", "minimum = \"none\""),
        ("columns = [{ name = \"rate\", type = \"rate?\" }]", "label = \"Bands\""),
        ("type = \"rate?\"", "type = \"rows\""),
        ("type = \"rate?\"", "type = \"choice\""),
        ("category = \"earning\"\n", ""),
        ("item = \"pay\"", "item = [\"pay\"]"),
        ("fact = \"gross\"\nwhen", "fact = \"gross\"\nparameter = \"bands\"\nwhen"),
        ("message = \"too much\"", "message = \"too much\"\nseverity = \"breach\""),
        ("[[figure]]", "[[figures]]"),
    ] {
        assert!(RIGHT.contains(from), "{from}");
        let wrong = RIGHT.replacen(from, to, 1);
        assert!(!validator.is_valid(&document(&wrong)), "the schema takes {to}");
        assert!(compile("test", &wrong).is_err(), "the reader takes {to}");
    }
}

/// The fields of each table are those that the reader names where it finds another.
#[test]
fn the_schema_has_the_fields_that_the_reader_knows() {
    let schema = schema();
    let wrong = "unknown_to_all = 1";
    for (place, text) in [
        ("", format!("{wrong}\n")),
        ("/$defs/field", format!("[[fact]]\nname = \"a\"\ntype = \"money\"\n{wrong}\n")),
        (
            "/$defs/column",
            format!(
                "[[fact]]\nname = \"a\"\ntype = \"rows\"\n[[fact.columns]]\nname = \"b\"\ntype = \"money\"\n{wrong}\n"
            ),
        ),
        (
            "/$defs/argument",
            format!(
                "[[function]]\nname = \"a\"\nformula = \"1\"\n[[function.parameters]]\nname = \"b\"\ntype = \"money\"\n{wrong}\n"
            ),
        ),
        ("/$defs/function", format!("[[function]]\nname = \"a\"\nformula = \"1\"\n{wrong}\n")),
        ("/$defs/figure", format!("[[figure]]\nname = \"a\"\nformula = \"1\"\n{wrong}\n")),
        (
            "/$defs/line",
            format!("[[line]]\nitem = \"a\"\ncategory = \"b\"\nformula = \"1\"\n{wrong}\n"),
        ),
        (
            "/$defs/finding",
            format!("[[finding]]\nname = \"a\"\nseverity = \"note\"\nwhen = \"true\"\n{wrong}\n"),
        ),
        ("/$defs/refusal", format!("[[refusal]]\nwhen = \"true\"\nmessage = \"no\"\n{wrong}\n")),
    ] {
        let errors = compile("test", &text).unwrap_err();
        let error = errors.iter().find(|error| error.span.of(&text) == "unknown_to_all").unwrap();
        let message = error.message();
        let known = message.split_once("expected one of ").unwrap().1;
        let known: BTreeSet<&str> =
            known.split([',', ';']).map(str::trim).filter(|name| !name.contains(' ')).collect();
        let declared = schema.pointer(&format!("{place}/properties")).unwrap();
        let declared: BTreeSet<&str> =
            declared.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(declared, known, "{place}");
    }
}
