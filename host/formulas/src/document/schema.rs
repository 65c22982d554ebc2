//! JSON Schema (2020-12) of `formulas.toml`, for editors: what may stand where, with its meaning. What
//! it can't say, such as whether a formula is right, `compile` does.

use serde_json::{Map, Value as Json, json};

use crate::document::declarations::FIELD_KINDS;

/// A name as the reader takes it: `snake_case` of ASCII letters and digits.
const NAME: &str = "^[a-z][a-z0-9]*(_[a-z0-9]+)*$";

/// The longest name that the reader takes.
const LONGEST_NAME: u32 = 64;

/// An exact number in a text.
const NUMBER: &str = "^-?[0-9][0-9_]*(\\.[0-9_]+)?$";

/// The schema of a document.
#[must_use]
pub fn schema() -> Json {
    let mut whole = table(
        "A ruleset whose computation is text.",
        &[],
        &[
            ("name", text("What the rule calls itself; its ruleset's name counts.")),
            ("title", text("What the ruleset is called, in English.")),
            ("meaning", text("What it computes, in a sentence.")),
            ("fact", tables("What must be known.", "field")),
            (
                "parameter",
                tables("Numbers of the law, whose values are in parameters.toml.", "field"),
            ),
            ("function", tables("Functions of its own, which do not call themselves.", "function")),
            ("figure", tables("Values with a name that are no lines.", "figure")),
            ("line", tables("Lines, in the order in which they are shown.", "line")),
            ("finding", tables("What may be found.", "finding")),
            ("refusal", tables("What is refused, and why.", "refusal")),
        ],
    );
    let definitions = json!({
        "field": field("A fact or a parameter.", Part::Field),
        "column": field("A column of a table.", Part::Column),
        "argument": field("A parameter of a function.", Part::Argument),
        "function": function(),
        "figure": figure(),
        "line": line(),
        "finding": finding(),
        "refusal": refusal(),
    });
    whole.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    whole.insert("title".to_owned(), json!("formulas.toml"));
    whole.insert("$defs".to_owned(), definitions);
    Json::Object(whole)
}

/// What a field is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Field,
    Column,
    Argument,
}

fn field(meaning: &str, part: Part) -> Json {
    let of_tables = part == Part::Field;
    let kinds = FIELD_KINDS.iter().map(|(name, _)| *name);
    let kinds = kinds.filter(|name| of_tables || *name != "rows");
    let kinds: Vec<String> = kinds.flat_map(|name| [name.to_owned(), format!("{name}?")]).collect();
    let kind =
        json!({ "enum": kinds, "description": "Its type; with `?` where it may be missing." });
    let mut properties = vec![
        ("name", name("Its name.")),
        ("type", kind),
        ("unit", text("What a number counts, such as KES/month.")),
        ("label", text("What people call it, in English.")),
        ("meaning", text("What it is, in a sentence.")),
        ("minimum", number("The smallest value.")),
        ("maximum", number("The largest value.")),
        ("decimals", count("Most digits after the point.")),
        ("maximum_length", count("Most characters of a text.")),
        (
            "choices",
            json!({
                "type": "object",
                "additionalProperties": { "type": "string" },
                "description": "The names of a choice, each with its English label.",
            }),
        ),
    ];
    match part {
        Part::Field => {
            properties.push(("columns", tables("The columns of a table.", "column")));
            properties.push(("maximum_rows", count("Most rows of a table.")));
            properties.push((
                "origin",
                json!({
                    "const": "calculation date",
                    "description": "The host fills a fact of this origin; facts only.",
                }),
            ));
        }
        Part::Column => {
            properties.push((
                "key",
                json!({
                    "type": "boolean",
                    "description": "Rows are dated one by one under such columns; parameters only.",
                }),
            ));
            properties.push(("selected_by", name("The fact that selects rows by this column.")));
        }
        Part::Argument => {}
    }
    let mut schema = table(meaning, &["name", "type"], &properties);
    let is =
        |kind: &str| json!({ "properties": { "type": { "enum": [kind, format!("{kind}?")] } } });
    let mut rules = Vec::new();
    if of_tables {
        rules.push(json!({ "if": is("rows"), "then": { "required": ["columns"] } }));
    }
    let choices =
        json!({ "anyOf": [{ "required": ["choices"] }, { "required": ["selected_by"] }] });
    rules.push(json!({ "if": is("choice"), "then": choices }));
    schema.insert("allOf".to_owned(), Json::Array(rules));
    Json::Object(schema)
}

fn function() -> Json {
    let properties = [
        ("name", name("Its name.")),
        ("meaning", text("What it is, in a sentence.")),
        ("citation", text("The provision that it rests on.")),
        ("parameters", tables("What it takes.", "argument")),
        ("formula", formula("What it gives.")),
    ];
    Json::Object(table("A function of the ruleset's own.", &["name", "formula"], &properties))
}

fn figure() -> Json {
    let properties = [
        ("name", name("Its name.")),
        ("label", text("What people call it, in English.")),
        ("meaning", text("What it is, in a sentence.")),
        ("unit", text("What it counts; the currency where nothing is said of money.")),
        ("citation", text("The provision that it rests on.")),
        ("formula", formula("What it is.")),
    ];
    Json::Object(table("A value with a name that is no line.", &["name", "formula"], &properties))
}

fn line() -> Json {
    let properties = [
        ("item", name("Its name.")),
        ("label", text("What people call it, in English.")),
        ("meaning", text("What it is, in a sentence.")),
        ("category", text("Its group, such as earning, tax or total.")),
        ("unit", text("What it counts, where it is no money.")),
        ("citation", text("The provision that it rests on.")),
        ("each", formula("`entry in entries`: a line for each of them.")),
        ("when", formula("The line is there only where this is true.")),
        ("subject", formula("What tells lines of the same item apart.")),
        ("formula", formula("Its amount.")),
    ];
    let required = ["item", "category", "formula"];
    Json::Object(table("A line of the outcome.", &required, &properties))
}

fn finding() -> Json {
    let severity = json!({
        "enum": ["breach", "warning", "note"],
        "description": "How grave it is.",
    });
    let properties = [
        ("name", name("Its name.")),
        ("severity", severity),
        ("label", text("What people call it, in English.")),
        (
            "meaning",
            text("The sentence, in which {actual}, {limit}, {subject} and {on} are filled in."),
        ),
        ("unit", text("What limit and actual value count.")),
        ("citation", text("The provision that it rests on.")),
        ("each", formula("`entry in entries`: perhaps a finding for each of them.")),
        ("when", formula("It is found where this is true.")),
        ("subject", formula("What it is about.")),
        ("on", formula("The day that it concerns.")),
        ("limit", formula("What is allowed.")),
        ("actual", formula("What was found.")),
    ];
    let required = ["name", "severity", "when"];
    Json::Object(table("A breach, a warning or a note.", &required, &properties))
}

fn refusal() -> Json {
    let properties = [
        ("fact", name("The fact that is at fault.")),
        ("parameter", name("The parameter that is at fault, in the place of a fact.")),
        ("when", formula("It is refused where this is true.")),
        ("message", text("What is said.")),
        ("citation", text("The provision that demands it.")),
    ];
    let mut schema = table("What is refused.", &["when", "message"], &properties);
    schema.insert("not".to_owned(), json!({ "required": ["fact", "parameter"] }));
    Json::Object(schema)
}

/// A table with these fields and no others.
fn table(meaning: &str, required: &[&str], properties: &[(&str, Json)]) -> Map<String, Json> {
    let properties: Map<String, Json> =
        properties.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("description".to_owned(), json!(meaning));
    schema.insert("properties".to_owned(), Json::Object(properties));
    schema.insert("required".to_owned(), json!(required));
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema
}

fn tables(meaning: &str, of: &str) -> Json {
    let items = json!({ "$ref": format!("#/$defs/{of}") });
    json!({ "type": "array", "items": items, "description": meaning })
}

fn text(meaning: &str) -> Json {
    json!({ "type": "string", "description": meaning })
}

fn formula(meaning: &str) -> Json {
    let meaning = format!("{meaning} An expression in FEEL; see docs/formula-language.md.");
    json!({ "type": "string", "minLength": 1, "description": meaning })
}

fn name(meaning: &str) -> Json {
    json!({ "type": "string", "pattern": NAME, "maxLength": LONGEST_NAME, "description": meaning })
}

fn number(meaning: &str) -> Json {
    let exact = json!({ "type": "string", "pattern": NUMBER });
    json!({ "anyOf": [{ "type": "number" }, exact], "description": meaning })
}

fn count(meaning: &str) -> Json {
    json!({ "type": "integer", "minimum": 0, "description": meaning })
}
