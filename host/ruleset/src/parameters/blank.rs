//! `parameters.toml` with everything still to be written: what the rule takes, in the form in which
//! it is written, without a number that anybody could take for the law.

use jiff::civil::Date;
use stele_engine::contract::{Description, Field, ScalarKind, Shape};
use toml_edit::Value;

use crate::scalar::expectation;
use crate::texts::UNWRITTEN;

/// The file. Every value and every source begins with [`UNWRITTEN`], which no publication accepts.
pub(super) fn blank(description: &Description, from: Date) -> String {
    let mut file = format!(
        "# The numbers of the law, each with the day from which it holds and where it stands. \
         What is still\n# \"{UNWRITTEN}\" is refused by `stele ruleset test` and by every publication.\n"
    );
    for field in &description.parameters {
        file.push('\n');
        file.push_str(&entry(field, from));
    }
    file
}

fn entry(field: &Field, from: Date) -> String {
    let meaning = field.meaning.split_whitespace().collect::<Vec<_>>().join(" ");
    let (content, may_be_absent) = match &field.shape {
        Shape::Scalar(kind) => {
            let value = to_be_written(&takes(kind, field.unit.as_deref()));
            (format!("value = {value}"), !field.required)
        }
        Shape::Table(table) => {
            let cells = table.columns.iter().map(|column| {
                let cell = to_be_written(&takes(&column.kind, column.unit.as_deref()));
                format!("{} = {cell}", column.name)
            });
            let row = format!("{{ {} }}", cells.collect::<Vec<_>>().join(", "));
            // A table with a key is dated row by row; for a key without a row there is none.
            let keyed = table.columns.iter().any(|column| column.key);
            let content =
                if keyed { format!("row = {row}") } else { format!("rows = [\n  {row},\n]") };
            (content, keyed || !field.required)
        }
    };
    let without = match may_be_absent {
        true => "# Remove it where the law has none.\n",
        false => "",
    };
    let source = to_be_written("law, article or publication");
    format!(
        "# {meaning}\n{without}[[{}]]\nfrom = {from}\n{content}\nsource = {source}\n",
        field.name
    )
}

/// What a value may be: `a decimal from 0 to 24, at most 28 digits, in hours`.
fn takes(kind: &ScalarKind, unit: Option<&str>) -> String {
    let expected = expectation(kind);
    match unit {
        Some(unit) => format!("{expected}, in {unit}"),
        None => expected,
    }
}

fn to_be_written(what: &str) -> Value {
    Value::from(format!("{UNWRITTEN}: {what}"))
}
