//! Where in a file something is wrong: the line, and a pointer into it.

use stele_ruleset::FieldError;

use crate::people::{
    file::{Form, Row, column},
    name::AttributeName,
    statement::{About, Statement},
    wrong::Wrong,
};

/// The line of a statement about an attribute, as it is kept, or of the attribute as a whole, and the pointer to
/// what lies `inside` of it: `/value/0/start`, `/from`.
pub(super) fn place_of(
    row: &Row,
    attribute: &str,
    statement: Option<&Statement>,
    inside: &str,
) -> (u64, String) {
    let in_object = AttributeName::of(attribute).pointer();
    match (row.form, statement) {
        (Form::Ndjson, Some(Statement { line, position, .. })) => {
            (*line, format!("{in_object}/{position}{inside}"))
        }
        (Form::Ndjson, None) => (row.line, in_object),
        (Form::Csv, statement) => {
            let line = statement.map_or(row.line, |statement| statement.line);
            // A cell is a value.
            let inside = inside.strip_prefix("/value").unwrap_or_default();
            (line, format!("{}{inside}", column(attribute)))
        }
    }
}

/// Finds the place of what is wrong with the employee of a row.
pub(super) fn place(row: &Row, wrong: Wrong) -> (u64, FieldError) {
    let Wrong { attribute, from, inside, mut error } = wrong;
    let Some(attribute) = attribute else { return (row.line, error) };
    let dated = match row.statements.get(&attribute) {
        Some(about @ About::Dated(_)) => from.and_then(|from| about.of(from)),
        Some(About::Nothing) | None => None,
    };
    if let (Some(from), None) = (from, dated) {
        error.message.push_str(&format!(", in the value from {from} that is known already"));
    }
    let (line, pointer) = place_of(row, &attribute, dated, &inside);
    (line, FieldError { pointer, ..error })
}
