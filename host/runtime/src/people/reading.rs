//! How the values of an attribute are written in a file, by what is declared.

use serde_json::Value;
use stele_engine::contract::{Field, Origin, ScalarKind, Shape};
use stele_ruleset::decimal_from_text;

use super::{
    declared::Declarations, file::cell::Reading, name::AttributeName, suits::is_for, terms,
};

/// How cells of the attribute are read; none: nobody declares it. Where those who declare it do not
/// agree, as text, which says what stands there.
pub(super) fn reading(declarations: &Declarations, kept: &str) -> Option<Reading> {
    let name = AttributeName::of(kept);
    let versions = declarations.versions.iter().filter(|version| is_for(version, name));
    let facts = versions.filter_map(|version| version.ruleset.fact(name.name));
    let facts = facts.filter(|field| matches!(field.origin, Origin::Caller)).map(of_field);
    let custom = declarations.organization.as_deref().and_then(|organization| {
        let custom = organization.custom_fields.get(name.name)?;
        Some(of_field(&custom.field(name.name)))
    });
    let own = custom.or_else(|| terms::field(name.name).map(of_field));
    let mut readings = facts.chain(own);
    let first = readings.next()?;
    Some(if readings.all(|other| other == first) { first } else { Reading::Text })
}

fn of_field(field: &Field) -> Reading {
    match &field.shape {
        Shape::Scalar(ScalarKind::Boolean) => Reading::Boolean,
        Shape::Scalar(ScalarKind::Integer(_) | ScalarKind::Decimal(_)) => Reading::Number,
        Shape::Scalar(_) => Reading::Text,
        Shape::Table(_) => Reading::Json,
    }
}

/// Whether two values of the attribute say the same: of one that is declared as a number, `5000`,
/// `"5000"` and `"5000.00"` do.
pub(super) fn is_same(declarations: &Declarations, kept: &str, one: &Value, other: &Value) -> bool {
    let number = |value: &Value| match value {
        Value::String(text) => decimal_from_text(text).ok(),
        Value::Number(number) => decimal_from_text(number.as_str()).ok(),
        _ => None,
    };
    one == other
        || number(one).is_some_and(|value| number(other) == Some(value))
            && reading(declarations, kept) == Some(Reading::Number)
}
