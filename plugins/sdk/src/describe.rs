//! The rule's declarations in the contract's form.

use crate::contract;
use crate::declaration::{
    Attributes, ColumnDeclaration, FieldDeclaration, FigureDeclaration, FindingDeclaration,
    ItemDeclaration, Kind, Shape,
};
use crate::exact;
use crate::names::{names_agree, position_of};
use crate::rule::{Facts, Figures, Findings, Items, Parameters, Rule, Steps};
use crate::steps::step;
use rust_decimal::Decimal;

/// What a rule takes and yields, as the host sees it.
pub fn describe<R: Rule>() -> contract::Description {
    const { names_agree::<R>() };
    let facts = <R::Facts as Facts>::FIELDS;
    let parameters = <R::Parameters as Parameters>::FIELDS;
    contract::Description {
        name: R::NAME.to_owned(),
        meaning: R::MEANING.to_owned(),
        facts: facts.iter().map(|declared| field(declared, facts)).collect(),
        parameters: parameters.iter().map(|declared| field(declared, facts)).collect(),
        items: <R::Item as Items>::ITEMS.iter().map(item).collect(),
        figures: <R::Figure as Figures>::FIGURES.iter().map(figure).collect(),
        findings: <R::Finding as Findings>::FINDINGS.iter().map(finding).collect(),
        steps: <R::Step as Steps>::STEPS
            .iter()
            .map(|declared| step(declared, facts, parameters))
            .collect(),
    }
}

fn field(declared: &FieldDeclaration, facts: &[FieldDeclaration]) -> contract::Field {
    let attributes = &declared.attributes;
    let (required, shape) = match declared.shape {
        Shape::Scalar { kind, required } => {
            (required, contract::Shape::Scalar(scalar_kind(&kind, attributes)))
        }
        Shape::Table(columns) => {
            let table = contract::TableShape {
                columns: columns.iter().map(|declared| column(declared, facts)).collect(),
                maximum_rows: attributes.maximum_rows.unwrap_or(Attributes::DEFAULT_MAXIMUM_ROWS),
            };
            (!attributes.optional, contract::Shape::Table(table))
        }
    };
    contract::Field {
        name: declared.name.to_owned(),
        meaning: declared.meaning.to_owned(),
        unit: attributes.unit.or(declared.unit_of_type).map(str::to_owned),
        required,
        origin: match attributes.calculation_date {
            true => contract::Origin::CalculationDate,
            false => contract::Origin::Caller,
        },
        shape,
    }
}

fn column(declared: &ColumnDeclaration, facts: &[FieldDeclaration]) -> contract::Column {
    let attributes = &declared.attributes;
    contract::Column {
        name: declared.name.to_owned(),
        meaning: declared.meaning.to_owned(),
        unit: attributes.unit.or(declared.unit_of_type).map(str::to_owned),
        required: declared.required,
        kind: scalar_kind(&declared.kind, attributes),
        key: attributes.key,
        selected_by: attributes.selected_by.and_then(|name| position(facts, name)),
    }
}

fn scalar_kind(kind: &Kind, attributes: &Attributes) -> contract::ScalarKind {
    match *kind {
        Kind::Boolean => contract::ScalarKind::Boolean,
        Kind::Integer { minimum, maximum } => {
            contract::ScalarKind::Integer(contract::IntegerBounds {
                minimum: integer(attributes.minimum).max(minimum),
                maximum: match (integer(attributes.maximum), maximum) {
                    (Some(declared), Some(of_type)) => Some(declared.min(of_type)),
                    (declared, of_type) => declared.or(of_type),
                },
            })
        }
        Kind::Decimal => contract::ScalarKind::Decimal(contract::DecimalBounds {
            minimum: decimal(attributes.minimum),
            maximum: decimal(attributes.maximum),
            decimals: attributes.decimals,
        }),
        Kind::Text => contract::ScalarKind::Text(
            attributes.maximum_length.unwrap_or(Attributes::DEFAULT_MAXIMUM_LENGTH),
        ),
        Kind::Date => contract::ScalarKind::Date,
        Kind::DateTime => contract::ScalarKind::DateTime,
        Kind::Choice(choices) => contract::ScalarKind::Choice(
            choices
                .iter()
                .map(|choice| contract::Choice {
                    name: choice.name.to_owned(),
                    meaning: choice.meaning.to_owned(),
                })
                .collect(),
        ),
    }
}

// The macros let only numbers through that these two can read.
fn integer(number: Option<&str>) -> Option<i64> {
    number?.parse().ok()
}

fn decimal(number: Option<&str>) -> Option<contract::Decimal> {
    Decimal::from_str_exact(number?).ok().map(exact::contract_decimal)
}

fn item(declared: &ItemDeclaration) -> contract::Item {
    contract::Item {
        name: declared.name.to_owned(),
        meaning: declared.meaning.to_owned(),
        category: declared.category.to_owned(),
        unit: declared.unit.map(str::to_owned),
        citation: declared.citation.map(str::to_owned),
    }
}

fn figure(declared: &FigureDeclaration) -> contract::Figure {
    contract::Figure {
        name: declared.name.to_owned(),
        meaning: declared.meaning.to_owned(),
        unit: declared.unit.map(str::to_owned),
        citation: declared.citation.map(str::to_owned),
    }
}

fn finding(declared: &FindingDeclaration) -> contract::FindingKind {
    contract::FindingKind {
        name: declared.name.to_owned(),
        meaning: declared.meaning.to_owned(),
        severity: declared.severity,
        unit: declared.unit.map(str::to_owned),
        citation: declared.citation.map(str::to_owned),
    }
}

pub(crate) fn position(fields: &[FieldDeclaration], name: &str) -> Option<u32> {
    position_of(fields, name).and_then(|position| u32::try_from(position).ok())
}
