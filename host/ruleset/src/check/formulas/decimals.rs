//! Whether an amount of a line can have more decimals than its currency. On a payslip it would be an error
//! instead of an amount: rounding is the law's, in the formula.
//!
//! What formulas make of their own accord, by a product or a quotient, refuses the version. What depends on
//! what callers hand in, or is not known, is a warning.

use std::collections::BTreeMap;

use stele_engine::contract::{Description, Field, ScalarKind, Shape};
use stele_formulas::document::decimals::{Bound, Digits, Given, Most, of_lines};

use super::rows::number;
use crate::defect::Defect;
use crate::formula_text::FormulaText;
use crate::manifest::Manifest;
use crate::outcome::Money;
use crate::package::FORMULAS_FILE;
use crate::parameters::{Content, Parameters};

/// What was found.
#[derive(Default)]
pub(crate) struct Found {
    /// What refuses the version.
    pub(crate) errors: Vec<Defect>,
    /// What its publisher should look at.
    pub(crate) warnings: Vec<Defect>,
    /// How many lines are money.
    pub(crate) lines: usize,
}

/// Looks at every line that is money.
pub(crate) fn of(
    formulas: &FormulaText,
    manifest: &Manifest,
    description: &Description,
    parameters: &Parameters,
) -> Found {
    let mut found = Found::default();
    let (Some(program), Some(currency)) = (formulas.program(), &manifest.currency) else {
        return found;
    };
    let money = Money::new(description, manifest);
    let decimals = u32::from(manifest.decimals);
    let given = Given {
        facts: description.facts.iter().map(declared).collect(),
        parameters: (description.parameters.iter().enumerate())
            .map(|(position, field)| written(field, parameters, position))
            .collect(),
        undeclared: decimals,
    };
    let mut undeclared: BTreeMap<u32, &str> = BTreeMap::new();
    for (item, most) in of_lines(&program, &given) {
        let position = item as usize;
        let Some(item) = description.items.get(position).filter(|_| money.is_money(position))
        else {
            continue;
        };
        found.lines += 1;
        if most.digits > Bound::AtMost(decimals) {
            let rounding = format!("`round half up(…, {decimals})`");
            let expected = format!(
                "at most {decimals} decimals in the line {}, as {currency} has: {rounding}, or as \
                 the law rounds",
                item.name
            );
            let (place, text) = match formulas.place(most.node) {
                Some(place) => (Some(place.defect("", "").key), format!("`{}`", place.text)),
                None => (None, "a formula".to_owned()),
            };
            let place = place.unwrap_or_else(|| format!("line {}", item.name));
            let defect = |said: String| {
                Defect::new(FORMULAS_FILE, place, expected, format!("{text}, {said}"))
            };
            match most.digits {
                Bound::AtMost(digits) => {
                    found.errors.push(defect(format!("which can have {digits}")));
                }
                Bound::AsManyAsFit => {
                    found.errors.push(defect("which can have as many as fit".to_owned()));
                }
                Bound::Unknown => {
                    found.warnings.push(defect("of which it is not known".to_owned()));
                }
            }
        } else if let Most { undeclared: Some(fact), .. } = most {
            undeclared.entry(fact).or_insert(&item.name);
        }
    }
    if !undeclared.is_empty() {
        let facts = undeclared.iter().filter_map(|(fact, item)| {
            let field = description.facts.get(*fact as usize)?;
            Some(format!("{} (in the line {item})", field.name))
        });
        let facts = facts.collect::<Vec<_>>().join(", ");
        let expected = format!(
            "`decimals = {decimals}` where a line uses a fact without rounding it: whoever hands in \
             more gets an error and no amount of {currency}"
        );
        found.warnings.push(Defect::new(
            FORMULAS_FILE,
            "facts",
            expected,
            format!("none at {facts}"),
        ));
    }
    found
}

/// The decimals that a fact may have.
fn declared(field: &Field) -> Digits {
    let of = |kind: &ScalarKind| match kind {
        ScalarKind::Decimal(bounds) => bounds.decimals.map(u32::from),
        ScalarKind::Integer(_) => Some(0),
        _ => None,
    };
    match &field.shape {
        Shape::Scalar(kind) => Digits::One(of(kind)),
        Shape::Table(table) => {
            Digits::Columns(table.columns.iter().map(|column| of(&column.kind)).collect())
        }
    }
}

/// The most decimals that the values of a parameter have.
fn written(field: &Field, parameters: &Parameters, position: usize) -> Digits {
    let entries = parameters.series(position).map_or(&[][..], |series| series.entries());
    match &field.shape {
        Shape::Scalar(_) => {
            let values = entries.iter().filter_map(|entry| match &entry.content {
                Content::Scalar(value) => number(value),
                Content::Rows(_) => None,
            });
            Digits::One(Some(values.map(|number| number.normalize().scale()).max().unwrap_or(0)))
        }
        Shape::Table(table) => {
            let mut most = vec![0; table.columns.len()];
            for row in entries.iter().flat_map(|entry| entry.rows()) {
                for (most, cell) in most.iter_mut().zip(row) {
                    *most = number(cell).map_or(0, |number| number.normalize().scale()).max(*most);
                }
            }
            Digits::Columns(most.into_iter().map(Some).collect())
        }
    }
}
