//! Declarations from the fields of a document.

use crate::document::declarations::{
    Declarations, FIELD_KINDS, Field, FieldKind, Figure, Finding, Function, Line, Refusal, Severity,
};
use crate::document::reading::{Errors, Fields, Piece, report};
use crate::error::{Error, Kind, nearest};

impl Declarations {
    /// Reads the fields of a document.
    pub(super) fn read(mut fields: Fields<'_, '_>, errors: &mut Errors) -> Self {
        // The name of the rule is the ruleset's; a document may say it to its readers.
        let _ = fields.text("name", errors);
        let title = fields.text("title", errors).map(|title| title.text);
        let meaning = fields.text("meaning", errors).map(|meaning| meaning.text);
        let facts = every(fields.tables("fact", errors), errors, |fields, errors| {
            Field::read(fields, errors, Role::Fact)
        });
        let parameters = every(fields.tables("parameter", errors), errors, |fields, errors| {
            Field::read(fields, errors, Role::Parameter)
        });
        let functions = every(fields.tables("function", errors), errors, Function::read);
        let figures = every(fields.tables("figure", errors), errors, Figure::read);
        let lines = every(fields.tables("line", errors), errors, Line::read);
        let findings = every(fields.tables("finding", errors), errors, Finding::read);
        let refusals = every(fields.tables("refusal", errors), errors, Refusal::read);
        fields.end(errors);
        let meaning = meaning.unwrap_or_default();
        Self { title, meaning, facts, parameters, functions, figures, lines, findings, refusals }
    }
}

fn every<'r, 't, T>(
    tables: Vec<Fields<'r, 't>>,
    errors: &mut Errors,
    read: impl Fn(&mut Fields<'r, 't>, &mut Errors) -> Option<T>,
) -> Vec<T> {
    let mut all = Vec::new();
    for mut fields in tables {
        all.extend(read(&mut fields, errors));
        fields.end(errors);
    }
    all
}

/// What a field is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Fact,
    Parameter,
    Column,
    Argument,
}

impl Field {
    fn read(fields: &mut Fields<'_, '_>, errors: &mut Errors, role: Role) -> Option<Self> {
        let name = fields.required("name", errors).and_then(|name| valid(name, errors));
        let written = fields.required("type", errors);
        let unit = text(fields, "unit", errors);
        let label = text(fields, "label", errors);
        let meaning = text(fields, "meaning", errors).or(label.clone()).unwrap_or_default();
        let (minimum, maximum) =
            (fields.number("minimum", errors), fields.number("maximum", errors));
        let decimals = fields.count("decimals", errors);
        let maximum_length = fields.count("maximum_length", errors);
        let choices = fields.texts("choices", errors);
        let mut columns = Vec::new();
        let mut maximum_rows = None;
        let mut calculation_date = false;
        let (mut key, mut selected_by) = (false, None);
        match role {
            Role::Fact | Role::Parameter => {
                columns = every(fields.tables("columns", errors), errors, |fields, errors| {
                    Field::read(fields, errors, Role::Column)
                });
                maximum_rows = fields.count("maximum_rows", errors);
            }
            Role::Column => {
                key = fields.boolean("key", errors);
                selected_by = fields.text("selected_by", errors);
            }
            Role::Argument => {}
        }
        if role == Role::Fact
            && let Some(origin) = fields.text("origin", errors)
        {
            calculation_date = origin.text == "calculation date";
            if !calculation_date {
                let found = format!("`{}` as `origin`", origin.text);
                let expected = "`calculation date`";
                report(errors, Error::new(Kind::Declaration, origin.span, expected, found));
            }
        }
        let (name, written) = (name?, written?);
        let (type_name, optional) = match written.text.strip_suffix('?') {
            Some(type_name) => (type_name, true),
            None => (written.text.as_str(), false),
        };
        let Some((_, kind)) = FIELD_KINDS.iter().find(|(known, _)| *known == type_name) else {
            let names = FIELD_KINDS.iter().map(|(name, _)| *name);
            let near = nearest(type_name, names.clone());
            let expected = format!("one of {}", names.collect::<Vec<_>>().join(", "));
            let found = format!("a type `{type_name}`");
            report(errors, Error::new(Kind::Declaration, written.span, expected, found).near(near));
            return None;
        };
        let kind = *kind;
        if kind == FieldKind::Rows && matches!(role, Role::Column | Role::Argument) {
            let expected = "a type of one value";
            report(errors, Error::new(Kind::Declaration, written.span, expected, "`rows`"));
            return None;
        }
        if kind == FieldKind::Rows && columns.is_empty() {
            let found = format!("`{}` without columns", name.text);
            report(errors, Error::new(Kind::Declaration, name.span, "`columns`", found));
            return None;
        }
        if kind == FieldKind::Choice && choices.is_empty() && selected_by.is_none() {
            let found = format!("`{}` without choices", name.text);
            report(errors, Error::new(Kind::Declaration, name.span, "`choices`", found));
            return None;
        }
        Some(Self {
            name,
            kind,
            optional,
            unit,
            minimum,
            maximum,
            decimals,
            maximum_length,
            maximum_rows,
            label,
            meaning,
            choices,
            columns,
            calculation_date,
            key,
            selected_by,
        })
    }
}

impl Function {
    fn read(fields: &mut Fields<'_, '_>, errors: &mut Errors) -> Option<Self> {
        let name = fields.required("name", errors).and_then(|name| valid(name, errors));
        let meaning = text(fields, "meaning", errors).unwrap_or_default();
        let citation = text(fields, "citation", errors);
        let parameters = every(fields.tables("parameters", errors), errors, |fields, errors| {
            Field::read(fields, errors, Role::Argument)
        });
        let formula = fields.required("formula", errors);
        Some(Self { name: name?, meaning, citation, parameters, formula: formula? })
    }
}

impl Figure {
    fn read(fields: &mut Fields<'_, '_>, errors: &mut Errors) -> Option<Self> {
        let name = fields.required("name", errors).and_then(|name| valid(name, errors));
        let label = text(fields, "label", errors);
        let meaning = text(fields, "meaning", errors).or(label.clone()).unwrap_or_default();
        let unit = text(fields, "unit", errors);
        let citation = text(fields, "citation", errors);
        let formula = fields.required("formula", errors);
        Some(Self { name: name?, label, meaning, unit, citation, formula: formula? })
    }
}

impl Line {
    fn read(fields: &mut Fields<'_, '_>, errors: &mut Errors) -> Option<Self> {
        let item = fields.required("item", errors).and_then(|name| valid(name, errors));
        let label = text(fields, "label", errors);
        let meaning = text(fields, "meaning", errors).or(label.clone()).unwrap_or_default();
        let category = fields.required("category", errors);
        let unit = text(fields, "unit", errors);
        let citation = text(fields, "citation", errors);
        let each = fields.text("each", errors);
        let when = fields.text("when", errors);
        let subject = fields.text("subject", errors);
        let formula = fields.required("formula", errors);
        let (item, category) = (item?, category?.text);
        let formula = formula?;
        Some(Self { item, label, meaning, category, unit, citation, each, when, subject, formula })
    }
}

impl Finding {
    fn read(fields: &mut Fields<'_, '_>, errors: &mut Errors) -> Option<Self> {
        let name = fields.required("name", errors).and_then(|name| valid(name, errors));
        let severity = fields.required("severity", errors);
        let label = text(fields, "label", errors);
        let meaning = text(fields, "meaning", errors).or(label.clone()).unwrap_or_default();
        let unit = text(fields, "unit", errors);
        let citation = text(fields, "citation", errors);
        let each = fields.text("each", errors);
        let when = fields.required("when", errors);
        let subject = fields.text("subject", errors);
        let on = fields.text("on", errors);
        let limit = fields.text("limit", errors);
        let actual = fields.text("actual", errors);
        let severity = severity?;
        let severity = match severity.text.as_str() {
            "breach" => Severity::Breach,
            "warning" => Severity::Warning,
            "note" => Severity::Note,
            other => {
                let found = format!("`{other}` as `severity`");
                let expected = "`breach`, `warning` or `note`";
                report(errors, Error::new(Kind::Declaration, severity.span, expected, found));
                return None;
            }
        };
        let (name, when) = (name?, when?);
        Some(Self {
            name,
            severity,
            label,
            meaning,
            unit,
            citation,
            each,
            when,
            subject,
            on,
            limit,
            actual,
        })
    }
}

impl Refusal {
    fn read(fields: &mut Fields<'_, '_>, errors: &mut Errors) -> Option<Self> {
        let span = fields.span;
        let fact = fields.text("fact", errors);
        let parameter = fields.text("parameter", errors);
        let when = fields.required("when", errors);
        let message = fields.required("message", errors);
        let citation = text(fields, "citation", errors);
        if let (Some(_), Some(parameter)) = (&fact, &parameter) {
            let found = "a refusal with `fact` and `parameter`";
            let expected = "one of them";
            report(errors, Error::new(Kind::Declaration, parameter.span, expected, found));
        }
        let (when, message) = (when?, message?.text);
        Some(Self { fact, parameter, when, message, citation, span })
    }
}

fn text(fields: &mut Fields<'_, '_>, key: &'static str, errors: &mut Errors) -> Option<String> {
    fields.text(key, errors).map(|piece| piece.text)
}

/// A name: `snake_case` of ASCII letters and digits.
fn valid(name: Piece, errors: &mut Errors) -> Option<Piece> {
    const LONGEST: usize = 64;
    let text = &name.text;
    let shaped = text.starts_with(|letter: char| letter.is_ascii_lowercase())
        && text.len() <= LONGEST
        && text
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
        && !text.ends_with('_')
        && !text.contains("__");
    if shaped && !crate::parser::is_reserved(text) && text != "item" {
        return Some(name);
    }
    let expected = "a name in `snake_case` of the letters a to z that is no word of the language";
    let found = format!("`{}`", crate::parser::shortened(text));
    report(errors, Error::new(Kind::Declaration, name.span, expected, found));
    None
}
