//! Whether a kind of step makes sense: its arguments with their sources, its sentence, its formula.

use crate::contract::{Argument, Column, Description, Field, Shape, Source, StepKind};

use super::formula::Type;
use super::{COLUMNS, Wrong, citation, formula, placeholders, snake, text, unique, unit};

pub(super) fn check(kind: &StepKind, description: &Description) -> Result<(), Wrong> {
    citation(kind.citation.as_deref())?;
    if kind.arguments.len() > COLUMNS {
        return Err(format!("{} arguments, at most {COLUMNS}", kind.arguments.len()));
    }
    unique("argument", snake, kind.arguments.iter().map(|argument| argument.name.as_str()))?;
    let mut types = Vec::with_capacity(kind.arguments.len());
    for argument in &kind.arguments {
        let checked = unit(argument.unit.as_deref()).and_then(|()| source(argument, description));
        types.push(checked.map_err(|wrong| format!("argument `{}`: {wrong}", argument.name))?);
    }
    match (&kind.text, &kind.formula) {
        (None, None) => return Err("expected a text or a formula, found neither".to_owned()),
        (Some(sentence), _) => {
            text(sentence, "text")?;
            let named = |name: &str| kind.arguments.iter().position(|found| found.name == name);
            placeholders(sentence, |name| named(name).is_some())?;
            let table = kind.arguments.iter().zip(&types).find(|(argument, of_type)| {
                **of_type == Type::Rows && sentence.contains(&format!("{{{}}}", argument.name))
            });
            if let Some((argument, _)) = table {
                return Err(format!("the table {{{}}} can not stand in a text", argument.name));
            }
        }
        (None, Some(_)) => {}
    }
    if let Some(formula) = &kind.formula {
        formula::check(formula, kind, &types, description)
            .map_err(|wrong| format!("formula: {wrong}"))?;
    }
    let parameters = description.parameters.len();
    match kind.parameters.iter().find(|position| **position as usize >= parameters) {
        Some(position) => Err(format!("it uses parameter {position} of {parameters}")),
        None => Ok(()),
    }
}

/// The type of an argument, as far as its source says it.
fn source(argument: &Argument, description: &Description) -> Result<Type, Wrong> {
    let declared = |found: Option<&Field>, position: u32, count: usize, what: &str| match found {
        Some(field) => Ok(match &field.shape {
            Shape::Scalar(kind) => Type::of(kind),
            Shape::Table(_) => Type::Rows,
        }),
        None => Err(format!("it is {what} {position} of {count}")),
    };
    let (facts, parameters) = (&description.facts, &description.parameters);
    match &argument.source {
        Source::Own => Ok(Type::Unknown),
        Source::Expression(expression) => {
            text(expression, "text of the expression").map(|()| Type::Unknown)
        }
        Source::Fact(position) => {
            declared(facts.get(*position as usize), *position, facts.len(), "fact")
        }
        Source::Parameter(position) => {
            declared(parameters.get(*position as usize), *position, parameters.len(), "parameter")
        }
        Source::FactColumn(cell) => {
            column(facts, cell.field, cell.column, "facts").map(|column| Type::of(&column.kind))
        }
        Source::ParameterColumn(cell) => column(parameters, cell.field, cell.column, "parameters")
            .map(|column| Type::of(&column.kind)),
        Source::Item(position) if (*position as usize) < description.items.len() => {
            Ok(Type::Number)
        }
        Source::Item(position) => {
            Err(format!("it is item {position} of {}", description.items.len()))
        }
        Source::Figure(position) if (*position as usize) < description.figures.len() => {
            Ok(Type::Unknown)
        }
        Source::Figure(position) => {
            Err(format!("it is figure {position} of {}", description.figures.len()))
        }
    }
}

/// A column of a declared table.
pub(super) fn column<'a>(
    fields: &'a [Field],
    field: u32,
    column: u32,
    what: &str,
) -> Result<&'a Column, Wrong> {
    let Some(declared) = fields.get(field as usize) else {
        return Err(format!("it is a column of position {field} of {} {what}", fields.len()));
    };
    let Shape::Table(table) = &declared.shape else {
        return Err(format!("it is a column of `{}`, which is no table", declared.name));
    };
    table.columns.get(column as usize).ok_or_else(|| {
        format!("it is column {column} of {} of `{}`", table.columns.len(), declared.name)
    })
}
