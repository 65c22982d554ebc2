//! Whether a rule's description makes sense. Everything that the host builds from it (validation,
//! JSON Schema, forms, labels) may rely on what is checked here.

mod formula;
mod step;

use std::collections::HashSet;

use crate::contract::{
    Choice, Column, DecimalBounds, Description, Field, MAXIMUM_SCALE, Origin, ScalarKind, Shape,
};

/// Longest name, in bytes: it becomes a JSON field, a file's key and a column's head.
const NAME: usize = 64;
/// Longest meaning, step text or citation, in bytes.
const TEXT: usize = 4096;
/// Longest unit, in bytes: `CNY/month`.
const UNIT: usize = 32;
/// Most facts, parameters, items, figures, findings or steps: ten times the largest payroll that we
/// know.
pub(crate) const DECLARED: usize = 512;
/// Most columns of a table and arguments of a step.
const COLUMNS: usize = 64;
/// Most choices of one kind: more than there are municipalities in a German state.
const CHOICES: usize = 4096;
/// Most rows that a table may declare.
const ROWS: u32 = 100_000;
/// Longest text fact, in Unicode scalar values.
const TEXT_FACT: u32 = 100_000;

/// What is wrong with a description, in one sentence.
type Wrong = String;

/// Reports the first thing that makes no sense.
pub(crate) fn check(description: &Description) -> Result<(), Wrong> {
    kebab(&description.name).map_err(|wrong| format!("name of the rule: {wrong}"))?;
    text(&description.meaning, "meaning of the rule")?;
    fields(&description.facts, "fact", &[])?;
    for fact in &description.facts {
        each("fact", &fact.name, origin(fact))?;
    }
    fields(&description.parameters, "parameter", &description.facts)?;
    for parameter in &description.parameters {
        if parameter.origin != Origin::Caller {
            return Err(format!("parameter `{}`: its origin must be `caller`", parameter.name));
        }
    }

    names("item", description.items.iter().map(|item| item.name.as_str()))?;
    for item in &description.items {
        let check = || {
            text(&item.meaning, "meaning")?;
            kebab(&item.category).map_err(|wrong| format!("category: {wrong}"))?;
            unit(item.unit.as_deref())?;
            citation(item.citation.as_deref())
        };
        each("item", &item.name, check())?;
    }

    names("figure", description.figures.iter().map(|figure| figure.name.as_str()))?;
    for figure in &description.figures {
        let check = || {
            // A formula, and a text of a ruleset, names either.
            if description.items.iter().any(|item| item.name == figure.name) {
                return Err("an item has the same name".to_owned());
            }
            text(&figure.meaning, "meaning")?;
            unit(figure.unit.as_deref())?;
            citation(figure.citation.as_deref())
        };
        each("figure", &figure.name, check())?;
    }

    names("finding", description.findings.iter().map(|finding| finding.name.as_str()))?;
    for finding in &description.findings {
        let check = || {
            text(&finding.meaning, "meaning")?;
            let arguments = ["subject", "on", "limit", "actual"];
            placeholders(&finding.meaning, |name| arguments.contains(&name))?;
            unit(finding.unit.as_deref())?;
            citation(finding.citation.as_deref())
        };
        each("finding", &finding.name, check())?;
    }

    names("step", description.steps.iter().map(|step| step.name.as_str()))?;
    for kind in &description.steps {
        each("step", &kind.name, step::check(kind, description))?;
    }
    Ok(())
}

fn fields(fields: &[Field], what: &str, selectable: &[Field]) -> Result<(), Wrong> {
    names(what, fields.iter().map(|field| field.name.as_str()))?;
    let parameter = what == "parameter";
    for field in fields {
        let check = || {
            text(&field.meaning, "meaning")?;
            unit(field.unit.as_deref())?;
            match &field.shape {
                Shape::Scalar(kind) => scalar(kind),
                Shape::Table(table) => {
                    if !(1..=ROWS).contains(&table.maximum_rows) {
                        return Err(format!(
                            "expected a table of 1 to {ROWS} rows, found at most {}",
                            table.maximum_rows
                        ));
                    }
                    columns(&table.columns, parameter, selectable)
                }
            }
        };
        each(what, &field.name, check())?;
    }
    Ok(())
}

/// The host fills in the date of the calculation, and nothing else.
fn origin(fact: &Field) -> Result<(), Wrong> {
    match (&fact.origin, &fact.shape) {
        (Origin::Caller, _) | (Origin::CalculationDate, Shape::Scalar(ScalarKind::Date)) => Ok(()),
        (Origin::CalculationDate, _) => {
            Err("its origin is the date of the calculation, but it is not a date".to_owned())
        }
    }
}

fn columns(columns: &[Column], parameter: bool, facts: &[Field]) -> Result<(), Wrong> {
    if columns.is_empty() || columns.len() > COLUMNS {
        return Err(format!("expected 1 to {COLUMNS} columns, found {}", columns.len()));
    }
    names("column", columns.iter().map(|column| column.name.as_str()))?;
    for column in columns {
        let check = || {
            text(&column.meaning, "meaning")?;
            unit(column.unit.as_deref())?;
            scalar(&column.kind)?;
            if column.key && !parameter {
                return Err("only tables of parameters have keys".to_owned());
            }
            if column.key && !column.required {
                return Err("a column of the key is always required".to_owned());
            }
            match column.selected_by {
                None => Ok(()),
                Some(_) if !column.key => {
                    Err("only a column of the key is selected by a fact".to_owned())
                }
                Some(fact) => selects(facts, fact, &column.kind),
            }
        };
        each("column", &column.name, check())?;
    }
    Ok(())
}

/// The fact that selects rows must be of the column's own kind, so that equal positions mean the
/// same choice.
fn selects(facts: &[Field], position: u32, kind: &ScalarKind) -> Result<(), Wrong> {
    let Some(fact) = facts.get(position as usize) else {
        return Err(format!("selected by fact {position} of {}", facts.len()));
    };
    let same = match (&fact.shape, kind) {
        (Shape::Scalar(ScalarKind::Choice(left)), ScalarKind::Choice(right)) => {
            left.iter().map(|choice| &choice.name).eq(right.iter().map(|choice| &choice.name))
        }
        (Shape::Scalar(left), right) => {
            std::mem::discriminant(left) == std::mem::discriminant(right)
        }
        (Shape::Table(_), _) => false,
    };
    if same { Ok(()) } else { Err(format!("selected by fact `{}` of another kind", fact.name)) }
}

fn scalar(kind: &ScalarKind) -> Result<(), Wrong> {
    match kind {
        ScalarKind::Boolean | ScalarKind::Date | ScalarKind::DateTime => Ok(()),
        ScalarKind::Integer(bounds) => match (bounds.minimum, bounds.maximum) {
            (Some(minimum), Some(maximum)) if minimum > maximum => {
                Err(format!("minimum {minimum} is above maximum {maximum}"))
            }
            _ => Ok(()),
        },
        ScalarKind::Decimal(bounds) => decimal(bounds),
        ScalarKind::Text(longest) if (1..=TEXT_FACT).contains(longest) => Ok(()),
        ScalarKind::Text(longest) => {
            Err(format!("expected a text of at most 1 to {TEXT_FACT} characters, found {longest}"))
        }
        ScalarKind::Choice(choices) => choice(choices),
    }
}

fn decimal(bounds: &DecimalBounds) -> Result<(), Wrong> {
    let exact = |bound: Option<crate::contract::Decimal>| {
        bound.map(rust_decimal::Decimal::try_from).transpose().map_err(|wrong| wrong.to_string())
    };
    if let (Some(minimum), Some(maximum)) = (exact(bounds.minimum)?, exact(bounds.maximum)?)
        && minimum > maximum
    {
        return Err(format!("minimum {minimum} is above maximum {maximum}"));
    }
    match bounds.decimals {
        Some(decimals) if decimals > MAXIMUM_SCALE => {
            Err(format!("expected at most {MAXIMUM_SCALE} decimals, found {decimals}"))
        }
        _ => Ok(()),
    }
}

fn choice(choices: &[Choice]) -> Result<(), Wrong> {
    if choices.is_empty() || choices.len() > CHOICES {
        return Err(format!("expected 1 to {CHOICES} choices, found {}", choices.len()));
    }
    unique("choice", choice_name, choices.iter().map(|choice| choice.name.as_str()))?;
    choices
        .iter()
        .try_for_each(|choice| each("choice", &choice.name, text(&choice.meaning, "meaning")))
}

/// Every `{name}` must be known; a brace that is not closed is a mistake.
fn placeholders(text: &str, known: impl Fn(&str) -> bool) -> Result<(), Wrong> {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            return Err(format!("a brace that is not closed in `{text}`"));
        };
        if !known(name) {
            return Err(format!("unknown placeholder {{{name}}}"));
        }
        rest = after;
    }
    Ok(())
}

fn each(what: &str, name: &str, checked: Result<(), Wrong>) -> Result<(), Wrong> {
    checked.map_err(|wrong| format!("{what} `{name}`: {wrong}"))
}

fn names<'a>(what: &str, names: impl ExactSizeIterator<Item = &'a str>) -> Result<(), Wrong> {
    if names.len() > DECLARED {
        return Err(format!("{} {what}s, at most {DECLARED}", names.len()));
    }
    unique(what, snake, names)
}

fn unique<'a>(
    what: &str,
    style: impl Fn(&str) -> Result<(), Wrong>,
    names: impl Iterator<Item = &'a str>,
) -> Result<(), Wrong> {
    let mut seen = HashSet::new();
    for name in names {
        style(name).map_err(|wrong| format!("name of a {what}: {wrong}"))?;
        if !seen.insert(name) {
            return Err(format!("two {what}s have the name `{name}`"));
        }
    }
    Ok(())
}

fn snake(name: &str) -> Result<(), Wrong> {
    words(name, '_').then_some(()).ok_or_else(|| expected_words(name, "snake_case"))
}

/// A choice bears the name that it has in the law: tax class `IV`, category letter `A`, code `0T`.
fn choice_name(name: &str) -> Result<(), Wrong> {
    let word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if name.len() <= NAME && name.split('_').all(word) {
        return Ok(());
    }
    let found: String = name.chars().take(NAME).collect();
    Err(format!(
        "expected letters and digits in words joined by _, at most {NAME} bytes, found `{found}`"
    ))
}

fn kebab(name: &str) -> Result<(), Wrong> {
    words(name, '-').then_some(()).ok_or_else(|| expected_words(name, "kebab-case"))
}

/// Lower-case words of letters and digits, the first beginning with a letter.
fn words(name: &str, separator: char) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9'))
    };
    name.len() <= NAME
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.split(separator).all(word)
}

fn expected_words(name: &str, style: &str) -> Wrong {
    let found: String = name.chars().take(NAME).collect();
    format!("expected lower-case {style} of at most {NAME} bytes, found `{found}`")
}

fn text(text: &str, what: &str) -> Result<(), Wrong> {
    if text.trim().is_empty() {
        return Err(format!("expected a {what}, found nothing"));
    }
    if text.len() > TEXT {
        return Err(format!("{what} of {} bytes, at most {TEXT}", text.len()));
    }
    Ok(())
}

fn citation(citation: Option<&str>) -> Result<(), Wrong> {
    citation.map_or(Ok(()), |citation| text(citation, "citation"))
}

fn unit(unit: Option<&str>) -> Result<(), Wrong> {
    match unit {
        Some(unit) if unit.trim().is_empty() || unit.len() > UNIT => {
            Err(format!("expected a unit of 1 to {UNIT} bytes, found {}", unit.len()))
        }
        _ => Ok(()),
    }
}
