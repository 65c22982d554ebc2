//! The compatibility kit of DMN: single expressions without facts and their results, against the
//! language of formulas. What lies outside of the language is data, with its reason.

mod outside;
mod value;

use anyhow::Context;
use serde::Deserialize;
use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use stele_formulas::expression::check;

pub(crate) use outside::Language;

/// Differences that are shown.
const SHOWN: usize = 10;

/// A row of the kit.
#[derive(Deserialize)]
struct Row {
    id: String,
    expression: String,
    expected: Json,
    /// The expression is wrong, and its result therefore null.
    error: bool,
}

/// What came of a row.
enum Found {
    /// The kit's result, or none where the kit has none.
    Same,
    /// Another value.
    Value(String),
    /// No value, though the kit has one.
    Nothing(String),
}

/// Where the kit lies: in the folder of the sources, or in `feel` beside it.
pub(crate) fn source(folder: &Path, language: &Language) -> Option<PathBuf> {
    let within = folder.join(&language.source);
    let beside = folder.join("../feel").join(&language.source);
    [within, beside].into_iter().find(|path| path.exists())
}

/// Compares all rows and prints what came of them: whether enough are within the language, and all
/// of these give the kit's results.
pub(crate) fn compare(path: &Path, language: &Language) -> anyhow::Result<bool> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let (mut rows, mut same) = (0_usize, 0_usize);
    let mut outside: Vec<usize> = vec![0; language.outside.len()];
    let mut differences = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let row: Row = serde_json::from_str(line).with_context(|| line.to_owned())?;
        rows += 1;
        let difference = match found(&row) {
            Found::Same => {
                same += 1;
                continue;
            }
            Found::Value(value) => match language.reason(&row.id, &row.expression, true) {
                Some(reason) => {
                    outside[reason] += 1;
                    continue;
                }
                None => format!("found {value}"),
            },
            Found::Nothing(why) => match language.reason(&row.id, &row.expression, false) {
                Some(reason) => {
                    outside[reason] += 1;
                    continue;
                }
                None => why,
            },
        };
        differences.push(format!(
            "{}: `{}`: expected {}: {difference}",
            row.id, row.expression, row.expected
        ));
    }
    let holds = differences.is_empty() && language.enough(same, rows);
    let away: usize = outside.iter().sum();
    println!(
        "{:<34} {:<6} {rows:>6} rows {same:>6} the same {away:>9} outside  {}",
        language.source,
        "feel",
        if holds { "ok" } else { "BELOW ITS BOUND" }
    );
    for (reason, count) in language.outside.iter().zip(&outside) {
        if *count > 0 {
            println!("    outside: {count:>4}: {}", reason.reason);
        }
    }
    for difference in differences.iter().take(SHOWN) {
        println!("    {difference}");
    }
    Ok(holds)
}

fn found(row: &Row) -> Found {
    let none_expected = row.error || row.expected.is_null();
    let value = check(&row.expression).and_then(|checked| {
        checked.value(|value| {
            let mut text = String::new();
            stele_formula_program::evaluate::write_value(value, &mut text);
            (value::is(value, &row.expected), text)
        })
    });
    match value {
        Ok((true, _)) => Found::Same,
        Ok((false, text)) => Found::Value(text),
        Err(_) if none_expected => Found::Same,
        Err(why) => Found::Nothing(why.to_string()),
    }
}
