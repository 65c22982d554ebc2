//! A formula as a rule declares it, without values: with declared names and in English, by which two
//! versions are compared, or with labels in the language of whoever reviews it.

use rust_decimal::Decimal;
use stele_engine::contract::{
    Argument, ColumnOf, Description, Field, Shape, Source, StepKind, TaxTable, Token,
};
use stele_words::Words;

use super::expression::Expression;
use super::name::{self, target_name};
use super::write::{Binding, Manner, Operands, write};
use crate::render::Wording;

/// `cumulative_tax = tax on cumulative_taxable_income by brackets`; nothing where the step has no
/// formula.
pub(crate) fn declared_formula(kind: &StepKind, description: &Description) -> Option<String> {
    let formula = kind.formula.as_ref()?;
    let expression = Expression::of(kind)?;
    let names = Names { kind, description, words: Words::of(&["en"]) };
    let written = write(&expression, &names).bound(Binding::Phrase);
    Some(format!("{} = {written}", target_name(&formula.gives, description)))
}

/// What a step's formula works out, in a language: *the larger of 0 and Income − Deductions*. `named`
/// writes a piece of the rule's own text. Nothing where the formula is no more than such a piece, or where
/// the step has none.
pub(crate) fn labelled_formula(
    kind: &StepKind,
    wording: Wording<'_>,
    named: &dyn Fn(&str) -> String,
) -> Option<String> {
    let expression = Expression::of(kind)?;
    if let (Token::Argument(position), []) = (expression.token, expression.operands.as_slice()) {
        let source = kind.arguments.get(position as usize).map(|argument| &argument.source);
        if matches!(source, Some(Source::Own | Source::Expression(_)) | None) {
            return None;
        }
    }
    Some(write(&expression, &Labels { kind, wording, named }).bound(Binding::Phrase))
}

struct Labels<'a> {
    kind: &'a StepKind,
    wording: Wording<'a>,
    named: &'a dyn Fn(&str) -> String,
}

impl Operands for Labels<'_> {
    fn argument(&self, position: usize, _: Manner) -> String {
        match self.kind.arguments.get(position) {
            Some(Argument { source: Source::Expression(text), .. }) => {
                format!("({})", (self.named)(text))
            }
            Some(argument) => name::label(argument, self.wording.labels()),
            None => String::new(),
        }
    }

    fn table(&self, table: &TaxTable) -> String {
        self.argument(table.rows as usize, Manner::Plain)
    }

    fn bands(&self, _: &TaxTable, _: &Expression) -> Option<String> {
        None
    }

    fn is_missing(&self, _: &Expression) -> bool {
        false
    }

    fn is_zero(&self, _: &Expression) -> bool {
        false
    }

    fn unit(&self, _: &Expression) -> Option<Decimal> {
        None
    }

    fn words(&self) -> &Words {
        self.wording.words()
    }
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

    fn is_missing(&self, _: &Expression) -> bool {
        false
    }

    fn is_zero(&self, _: &Expression) -> bool {
        false
    }

    fn unit(&self, _: &Expression) -> Option<Decimal> {
        None
    }

    fn words(&self) -> &Words {
        self.words
    }
}
