//! A formula as a rule declares it: declared names, English, no values. It is what authors and reviewers
//! read, and what two versions are compared by.

use stele_engine::contract::{ColumnOf, Description, Field, Shape, Source, StepKind, TaxTable};
use stele_words::Words;

use super::expression::Expression;
use super::name::target_name;
use super::write::{Binding, Manner, Operands, write};

/// `cumulative_tax = tax on cumulative_taxable_income by brackets`; nothing where the step has no
/// formula.
pub(crate) fn declared_formula(kind: &StepKind, description: &Description) -> Option<String> {
    let formula = kind.formula.as_ref()?;
    let expression = Expression::of(kind)?;
    let names = Names { kind, description, words: Words::of(&["en"]) };
    let written = write(&expression, &names).bound(Binding::Phrase);
    Some(format!("{} = {written}", target_name(&formula.gives, description)))
}

struct Names<'a> {
    kind: &'a StepKind,
    description: &'a Description,
    words: &'static Words,
}

impl Operands for Names<'_> {
    fn argument(&self, position: usize, _: Manner) -> String {
        let Some(argument) = self.kind.arguments.get(position) else { return String::new() };
        let of_field = |fields: &[Field], position: u32| {
            fields.get(position as usize).map(|field| field.name.clone())
        };
        let of_column = |fields: &[Field], cell: &ColumnOf| {
            let field = fields.get(cell.field as usize)?;
            let Shape::Table(table) = &field.shape else { return None };
            let column = table.columns.get(cell.column as usize)?;
            Some(format!("{}.{}", field.name, column.name))
        };
        let (facts, parameters) = (&self.description.facts, &self.description.parameters);
        let items = || self.description.items.iter().map(|item| &item.name);
        let figures = || self.description.figures.iter().map(|figure| &figure.name);
        let found = match &argument.source {
            Source::Own => None,
            Source::Expression(text) => Some(format!("({text})")),
            Source::Fact(position) => of_field(facts, *position),
            Source::FactColumn(cell) => of_column(facts, cell),
            Source::Parameter(position) => of_field(parameters, *position),
            Source::ParameterColumn(cell) => of_column(parameters, cell),
            Source::Item(position) => items().nth(*position as usize).cloned(),
            Source::Figure(position) => figures().nth(*position as usize).cloned(),
        };
        found.unwrap_or_else(|| argument.name.clone())
    }

    fn table(&self, table: &TaxTable) -> String {
        self.argument(table.rows as usize, Manner::Plain)
    }

    fn bands(&self, _: &TaxTable, _: &Expression) -> Option<String> {
        None
    }

    fn words(&self) -> &Words {
        self.words
    }
}
