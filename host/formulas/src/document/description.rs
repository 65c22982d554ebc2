//! What a document says of its rule, in the contract's words.

use crate::document::declarations::{Declarations, Field, FieldKind, Severity};
use crate::document::explanation::Explained;
use crate::document::formulas::{Shown, choices_of};
use crate::types::Quantity;
use rust_decimal::Decimal;
use stele_formula_writer::contract;

/// Most characters of a text where the document says none.
const TEXT_LENGTH: u32 = 256;
/// Most rows of a table where the document says none.
const ROWS: u32 = 1_000;

/// The description of the rule; `values` say what each figure, then each line is.
pub(super) fn describe(
    name: &str,
    declarations: &Declarations,
    values: &[Shown],
    explained: Explained,
) -> contract::Description {
    let field = |field: &Field| self::field(field, declarations);
    contract::Description {
        name: name.to_owned(),
        meaning: declarations.meaning.clone(),
        facts: declarations.facts.iter().map(field).collect(),
        parameters: declarations.parameters.iter().map(field).collect(),
        items: declarations
            .lines
            .iter()
            .map(|line| contract::Item {
                name: line.item.text.clone(),
                meaning: line.meaning.clone(),
                category: line.category.clone(),
                unit: line.unit.clone(),
                citation: line.citation.clone(),
            })
            .collect(),
        figures: declarations
            .figures
            .iter()
            .zip(values)
            .map(|(figure, shown)| contract::Figure {
                name: figure.name.text.clone(),
                meaning: figure.meaning.clone(),
                unit: figure.unit.clone().or_else(|| unit(shown.quantity).map(str::to_owned)),
                citation: figure.citation.clone(),
            })
            .collect(),
        findings: declarations
            .findings
            .iter()
            .map(|finding| contract::FindingKind {
                name: finding.name.text.clone(),
                meaning: finding.meaning.clone(),
                severity: match finding.severity {
                    Severity::Breach => contract::Severity::Breach,
                    Severity::Warning => contract::Severity::Warning,
                    Severity::Note => contract::Severity::Note,
                },
                unit: finding.unit.clone(),
                citation: finding.citation.clone(),
            })
            .collect(),
        steps: explained.kinds,
    }
}

/// What a figure without a unit of its own counts; none is the ruleset's currency.
fn unit(quantity: Option<Quantity>) -> Option<&'static str> {
    match quantity {
        Some(Quantity::Money | Quantity::Written) => None,
        Some(Quantity::Rate) => Some("fraction"),
        Some(Quantity::Hours) => Some("hours"),
        Some(Quantity::Days) => Some("days"),
        Some(Quantity::Plain) => Some("number"),
        None => Some("value"),
    }
}

fn field(field: &Field, declarations: &Declarations) -> contract::Field {
    let shape = match field.kind {
        FieldKind::Rows => contract::Shape::Table(contract::TableShape {
            columns: field.columns.iter().map(|of| column(of, declarations)).collect(),
            maximum_rows: field.maximum_rows.unwrap_or(ROWS),
        }),
        _ => contract::Shape::Scalar(kind(field, declarations)),
    };
    contract::Field {
        name: field.name.text.clone(),
        meaning: field.meaning.clone(),
        unit: counted(field),
        required: !field.optional,
        origin: match field.calculation_date {
            true => contract::Origin::CalculationDate,
            false => contract::Origin::Caller,
        },
        shape,
    }
}

fn column(field: &Field, declarations: &Declarations) -> contract::Column {
    let selected_by = field.selected_by.as_ref().and_then(|by| {
        let position = declarations.facts.iter().position(|fact| fact.name.text == by.text)?;
        u32::try_from(position).ok()
    });
    contract::Column {
        name: field.name.text.clone(),
        meaning: field.meaning.clone(),
        unit: counted(field),
        required: !field.optional,
        kind: kind(field, declarations),
        key: field.key,
        selected_by,
    }
}

/// The unit of a field: its own, or that of its type.
fn counted(field: &Field) -> Option<String> {
    let of_type = match field.kind {
        FieldKind::Rate => Some("fraction"),
        FieldKind::Hours => Some("hours"),
        FieldKind::Days => Some("days"),
        _ => None,
    };
    field.unit.clone().or_else(|| of_type.map(str::to_owned))
}

fn kind(field: &Field, declarations: &Declarations) -> contract::ScalarKind {
    match field.kind {
        FieldKind::Money
        | FieldKind::Rate
        | FieldKind::Number
        | FieldKind::Hours
        | FieldKind::Days => contract::ScalarKind::Decimal(contract::DecimalBounds {
            minimum: field.minimum.map(decimal),
            maximum: field.maximum.map(decimal),
            decimals: field.decimals.and_then(|decimals| u8::try_from(decimals).ok()),
        }),
        FieldKind::Integer => contract::ScalarKind::Integer(contract::IntegerBounds {
            minimum: field.minimum.and_then(|bound| i64::try_from(bound).ok()),
            maximum: field.maximum.and_then(|bound| i64::try_from(bound).ok()),
        }),
        FieldKind::Date => contract::ScalarKind::Date,
        FieldKind::Moment => contract::ScalarKind::DateTime,
        FieldKind::Boolean => contract::ScalarKind::Boolean,
        FieldKind::Choice => {
            let choices = choices_of(field, declarations).unwrap_or_default();
            contract::ScalarKind::Choice(
                choices
                    .iter()
                    .map(|(name, label)| contract::Choice {
                        name: name.text.clone(),
                        meaning: label.clone(),
                    })
                    .collect(),
            )
        }
        // Rows are no scalar; a field of them has its columns.
        FieldKind::Text | FieldKind::Rows => {
            contract::ScalarKind::Text(field.maximum_length.unwrap_or(TEXT_LENGTH))
        }
    }
}

/// A number as the contract has it.
pub(super) fn decimal(number: Decimal) -> contract::Decimal {
    let parts = number.unpack();
    let low = u64::from(parts.mid) << 32 | u64::from(parts.lo);
    contract::Decimal {
        negative: parts.negative && !number.is_zero(),
        // At most 28 by the type's own invariant.
        scale: parts.scale as u8,
        high: parts.hi,
        low,
    }
}
