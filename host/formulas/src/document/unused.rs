//! What is declared and used by nothing.

use crate::document::declarations::Declarations;
use crate::document::reading::Piece;
use crate::error::{Error, Kind};
use std::collections::BTreeSet;

/// Facts, parameters, functions and figures whose names no formula has.
pub(super) fn unused(declarations: &Declarations, used: &BTreeSet<String>) -> Vec<Error> {
    let selecting: BTreeSet<&str> = declarations
        .parameters
        .iter()
        .flat_map(|parameter| &parameter.columns)
        .filter_map(|column| column.selected_by.as_ref())
        .map(|by| by.text.as_str())
        .collect();
    let facts = declarations
        .facts
        .iter()
        .filter(|fact| !selecting.contains(fact.name.text.as_str()))
        .map(|fact| ("the fact", &fact.name));
    let parameters = declarations.parameters.iter().map(|of| ("the parameter", &of.name));
    let functions = declarations.functions.iter().map(|of| ("the function", &of.name));
    let figures = declarations.figures.iter().map(|of| ("the figure", &of.name));
    let unused = |(_, name): &(&str, &Piece)| !used.contains(&name.text);
    facts
        .chain(parameters)
        .chain(functions)
        .chain(figures)
        .filter(unused)
        .map(|(what, name)| {
            Error::new(Kind::Unused, name.span, "", format!("{what} `{}`", name.text))
        })
        .collect()
}
