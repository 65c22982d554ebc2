//! What an argument or a target is called, and what it counts.

use stele_engine::contract::{
    Argument, ColumnOf, Description, Field, ScalarKind, Shape, Source, StepKind, Target,
};

use crate::texts::{FieldLabel, Language};

/// What an argument counts: as it says, or as its source does. `currency` is what an item or a figure
/// counts that has no unit of its own.
pub(crate) fn unit<'a>(
    argument: &'a Argument,
    description: &'a Description,
    currency: Option<&'a str>,
) -> Option<&'a str> {
    let of_column =
        |fields: &'a [Field], cell: &ColumnOf| match &fields.get(cell.field as usize)?.shape {
            Shape::Table(table) => table.columns.get(cell.column as usize)?.unit.as_deref(),
            Shape::Scalar(_) => None,
        };
    let of_field = |fields: &'a [Field], position: u32| {
        fields.get(position as usize).and_then(|field| field.unit.as_deref())
    };
    argument.unit.as_deref().or_else(|| match &argument.source {
        Source::Own | Source::Expression(_) => None,
        Source::Fact(position) => of_field(&description.facts, *position),
        Source::FactColumn(cell) => of_column(&description.facts, cell),
        Source::Parameter(position) => of_field(&description.parameters, *position),
        Source::ParameterColumn(cell) => of_column(&description.parameters, cell),
        Source::Item(position) => of_target(&Target::Item(*position), description, currency),
        Source::Figure(position) => of_target(&Target::Figure(*position), description, currency),
    })
}

/// What a target counts.
pub(crate) fn of_target<'a>(
    target: &Target,
    description: &'a Description,
    currency: Option<&'a str>,
) -> Option<&'a str> {
    let declared = match target {
        Target::Item(position) => description.items.get(*position as usize)?.unit.as_deref(),
        Target::Figure(position) => description.figures.get(*position as usize)?.unit.as_deref(),
    };
    declared.or(currency)
}

/// The provision that a step rests on: its own, or that of what its formula gives.
pub(crate) fn citation<'a>(kind: &'a StepKind, description: &'a Description) -> Option<&'a str> {
    let of_target = || match kind.formula.as_ref()?.gives {
        Target::Item(position) => description.items.get(position as usize)?.citation.as_deref(),
        Target::Figure(position) => description.figures.get(position as usize)?.citation.as_deref(),
    };
    kind.citation.as_deref().or_else(of_target)
}

/// The label of an argument in a language.
pub(super) fn label(argument: &Argument, language: &Language) -> String {
    let of_field = |field: Option<&FieldLabel>| field.map(|field| field.label.clone());
    let of_column = |field: Option<&FieldLabel>, cell: &ColumnOf| {
        field.and_then(|field| field.columns.get(cell.column as usize).cloned())
    };
    let found = match &argument.source {
        Source::Own => None,
        Source::Expression(text) => Some(text.clone()),
        Source::Fact(position) => of_field(language.fact(*position as usize)),
        Source::FactColumn(cell) => of_column(language.fact(cell.field as usize), cell),
        Source::Parameter(position) => of_field(language.parameter(*position as usize)),
        Source::ParameterColumn(cell) => of_column(language.parameter(cell.field as usize), cell),
        Source::Item(position) => Some(language.item(*position as usize).to_owned()),
        Source::Figure(position) => Some(language.figure(*position as usize).to_owned()),
    };
    found.unwrap_or_else(|| argument.name.replace('_', " "))
}

/// The label of a target in a language.
pub(super) fn target_label<'a>(target: &Target, language: &'a Language) -> &'a str {
    match target {
        Target::Item(position) => language.item(*position as usize),
        Target::Figure(position) => language.figure(*position as usize),
    }
}

/// The declared name of a target.
pub(super) fn target_name<'a>(target: &Target, description: &'a Description) -> &'a str {
    match target {
        Target::Item(position) => {
            description.items.get(*position as usize).map_or("", |item| &item.name)
        }
        Target::Figure(position) => {
            description.figures.get(*position as usize).map_or("", |figure| &figure.name)
        }
    }
}

/// What a source is, by its declared name, for errors: `fact gross`, `column brackets.rate`.
pub(super) fn source_name(argument: &Argument, description: &Description) -> String {
    let named = |what: &str, name: Option<&String>| {
        format!("{what} {}", name.map_or(argument.name.as_str(), String::as_str))
    };
    let column = |fields: &[Field], cell: &ColumnOf| {
        let field = fields.get(cell.field as usize);
        let name = field.and_then(|field| match &field.shape {
            Shape::Table(table) => {
                let column = table.columns.get(cell.column as usize)?;
                Some(format!("{}.{}", field.name, column.name))
            }
            Shape::Scalar(_) => None,
        });
        named("column", name.as_ref())
    };
    let name = |fields: &[Field], position: u32| {
        fields.get(position as usize).map(|field| field.name.clone())
    };
    match &argument.source {
        Source::Own | Source::Expression(_) => argument.name.clone(),
        Source::Fact(position) => named("fact", name(&description.facts, *position).as_ref()),
        Source::FactColumn(cell) => column(&description.facts, cell),
        Source::Parameter(position) => {
            named("parameter", name(&description.parameters, *position).as_ref())
        }
        Source::ParameterColumn(cell) => column(&description.parameters, cell),
        Source::Item(position) => {
            named("item", description.items.get(*position as usize).map(|item| &item.name))
        }
        Source::Figure(position) => {
            named("figure", description.figures.get(*position as usize).map(|of| &of.name))
        }
    }
}

/// What a choice is called in the language, by the source that declares it.
pub(super) fn choice_label<'a>(
    argument: &Argument,
    choice: u32,
    description: &'a Description,
    language: &'a Language,
) -> Option<&'a str> {
    let named = |path: &str, kind: &'a ScalarKind| match kind {
        ScalarKind::Choice(choices) => {
            choices.get(choice as usize).map(|choice| language.choice(path, &choice.name))
        }
        _ => None,
    };
    let of_field = |field: &'a Field| match &field.shape {
        Shape::Scalar(kind) => named(&field.name, kind),
        Shape::Table(_) => None,
    };
    let of_column = |field: &'a Field, column: u32| match &field.shape {
        Shape::Table(table) => {
            let column = table.columns.get(column as usize)?;
            named(&format!("{}.{}", field.name, column.name), &column.kind)
        }
        Shape::Scalar(_) => None,
    };
    match &argument.source {
        Source::Fact(position) => of_field(description.facts.get(*position as usize)?),
        Source::Parameter(position) => of_field(description.parameters.get(*position as usize)?),
        Source::FactColumn(cell) => {
            of_column(description.facts.get(cell.field as usize)?, cell.column)
        }
        Source::ParameterColumn(cell) => {
            of_column(description.parameters.get(cell.field as usize)?, cell.column)
        }
        Source::Own | Source::Expression(_) | Source::Item(_) | Source::Figure(_) => None,
    }
}
