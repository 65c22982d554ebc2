//! A formula with labels, values and result, in the languages of a reader: `Taxable income = Wages
//! 90,488.28 − Deductions 28,029.00, but at least 0 = 62,459.28`.

use rust_decimal::Decimal;
use stele_engine::contract::{Argument, Scalar, Source, StepKind, TaxTable, Token, Value};
use stele_words::Words;

use super::calculated::Calculated;
use super::disagreement::{Found, NotWorkable};
use super::effort::Effort;
use super::evaluate::{Values, unit_of};
use super::expression::Expression;
use super::name::{self, choice_label};
use super::tax::Bands;
use super::worked::Worked;
use super::write::{Binding, MINUS, Manner, Operands, PLUS, TIMES, number, write};
use crate::manifest::Manifest;
use crate::moment::date_time_text;
use crate::number::exact;
use crate::outcome::Step;
use crate::wording::{NO_VALUE, Wording};

/// Whom formulas of a calculation are written for.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) calculated: Calculated<'a>,
    pub(crate) effort: &'a Effort,
    pub(crate) wording: Wording<'a>,
}

impl<'a> Reader<'a> {
    /// Whoever reads errors.
    pub(super) fn english(calculated: Calculated<'a>, effort: &'a Effort) -> Self {
        Self { calculated, effort, wording: Wording::of(calculated.texts, &["en"]) }
    }

    /// The formula of a step, with its values and its result; none where it is a sentence alone.
    pub(crate) fn formula(&self, step: &Step) -> Option<String> {
        let kind = self.calculated.description.steps.get(step.kind)?;
        let formula = kind.formula.as_ref()?;
        let expression = self.calculated.formulas.at(step.kind)?;
        let written = write(expression, &OfStep { reader: self, kind, step });
        // A condition has signs of its own that look like those around it.
        let least = if written.is_condition() { Binding::Sum } else { Binding::Phrase };
        let written = written.bound(least);
        let target = name::target_label(&formula.gives, self.wording.labels());
        // What is one value alone is the result.
        let result = step.result.as_ref().filter(|_| !expression.operands.is_empty());
        Some(match result {
            Some(result) => format!("{target} = {written} = {}", self.result(step, result)),
            None => format!("{target} = {written}"),
        })
    }

    /// The same in an error, cut where it would be too long for one.
    pub(super) fn quoted(&self, step: &Step) -> String {
        const MOST_CHARACTERS: usize = 2_000;
        let formula = self.formula(step).unwrap_or_default();
        match formula.char_indices().nth(MOST_CHARACTERS) {
            Some((end, _)) => format!("{}…", &formula[..end]),
            None => formula,
        }
    }

    /// A result of the step's formula.
    pub(super) fn result(&self, step: &Step, result: &Scalar) -> String {
        let kind = self.calculated.description.steps.get(step.kind);
        let gives = kind.and_then(|kind| kind.formula.as_ref()).map(|formula| &formula.gives);
        let unit = gives
            .and_then(|gives| name::of_target(gives, self.calculated.description, self.currency()));
        shown_value(result, unit, self.calculated.manifest, self.wording)
            .unwrap_or_else(|| NO_VALUE.to_owned())
    }

    /// A value in an error.
    pub(super) fn value(&self, value: &Value) -> String {
        match value {
            Value::Scalar(scalar) => {
                shown_value(scalar, None, self.calculated.manifest, self.wording)
                    .unwrap_or_else(|| "nothing".to_owned())
            }
            Value::Table(rows) => format!("{} rows", rows.len()),
        }
    }

    /// What a source has instead, in an error.
    pub(super) fn found(&self, found: Found) -> String {
        match found {
            Found::Scalar(scalar) => self.value(&Value::Scalar(scalar)),
            Found::NoSuchRow => "in none of its rows".to_owned(),
            Found::NoSuchLine => "the amount of none of its lines".to_owned(),
            Found::TooMuch => NotWorkable::TooMuch.to_string(),
            Found::NotYet => "given by no step before".to_owned(),
        }
    }

    /// What a choice is called by the source of the argument.
    pub(crate) fn choice(&self, argument: &Argument, choice: u32) -> Option<&'a str> {
        let description = self.calculated.description;
        choice_label(argument, choice, description, self.wording.labels())
    }

    fn currency(&self) -> Option<&'a str> {
        self.calculated.manifest.currency.as_deref()
    }
}

/// A value for people; none where none is given, or where it is a choice, which only its source can
/// name.
pub(crate) fn shown_value(
    value: &Scalar,
    unit: Option<&str>,
    manifest: &Manifest,
    wording: Wording<'_>,
) -> Option<String> {
    match value {
        Scalar::None | Scalar::Choice(_) => None,
        Scalar::Boolean(value) => Some(wording.words().boolean(*value).into_owned()),
        Scalar::Integer(value) => Some(wording.integer(*value, unit)),
        Scalar::Decimal(value) => exact(*value).map(|value| wording.number(value, unit, manifest)),
        Scalar::Text(text) => Some(wording.labels().subject(text).to_owned()),
        Scalar::Date(day) => wording.day(*day),
        Scalar::DateTime(moment) => {
            Some(wording.moment(moment).unwrap_or_else(|| date_time_text(moment)))
        }
    }
}

/// What stands at the ends of a step's formula.
struct OfStep<'a> {
    reader: &'a Reader<'a>,
    kind: &'a StepKind,
    step: &'a Step,
}

impl OfStep<'_> {
    fn values(&self) -> Values<'_> {
        Values {
            description: self.reader.calculated.description,
            kind: self.kind,
            values: &self.step.values,
            in_force: self.reader.calculated.in_force,
            effort: self.reader.effort,
        }
    }

    fn amount(&self, value: Decimal) -> String {
        let Reader { calculated, wording, .. } = self.reader;
        wording.number(value, self.reader.currency(), calculated.manifest)
    }

    fn share(&self, amount: Decimal, rate: Decimal) -> String {
        let rate = number(self.words(), rate, Manner::Fraction);
        format!("{}{TIMES}{rate}", self.amount(amount))
    }
}

impl Operands for OfStep<'_> {
    fn argument(&self, position: usize, manner: Manner) -> String {
        let Reader { calculated, wording, .. } = self.reader;
        let (Some(argument), Some(Value::Scalar(value))) =
            (self.kind.arguments.get(position), self.step.values.get(position))
        else {
            return NO_VALUE.to_owned();
        };
        let unit = name::unit(argument, calculated.description, self.reader.currency());
        let shown = match (value, Worked::of(value)) {
            (Scalar::Choice(choice), _) => self.reader.choice(argument, *choice).map(str::to_owned),
            (_, Some(Worked::Number(value))) if manner != Manner::Plain => {
                Some(number(self.words(), value, manner))
            }
            _ => shown_value(value, unit, calculated.manifest, *wording),
        };
        let shown = shown.unwrap_or_else(|| NO_VALUE.to_owned());
        let label = name::label(argument, wording.labels());
        match argument.source {
            // What it is, the target says.
            Source::Own => shown,
            Source::Expression(_) => format!("({label} = {shown})"),
            _ => format!("{label} {shown}"),
        }
    }

    fn table(&self, table: &TaxTable) -> String {
        let argument = self.kind.arguments.get(table.rows as usize);
        argument
            .map_or(String::new(), |argument| name::label(argument, self.reader.wording.labels()))
    }

    /// `36,000.00 × 3 % + 26,459.28 × 10 %`.
    fn bands(&self, table: &TaxTable, operand: &Expression) -> Option<String> {
        let values = self.values();
        let bands = values.bands(table, values.number(operand).ok()?).ok()?;
        Some(match bands {
            Bands::Marginal(parts) if parts.is_empty() => self.amount(Decimal::ZERO),
            Bands::Marginal(parts) => {
                let parts = parts.into_iter().map(|(part, rate)| self.share(part, rate));
                parts.collect::<Vec<_>>().join(PLUS)
            }
            Bands::QuickDeduction { amount, rate, deduction } => {
                format!("{}{MINUS}{}", self.share(amount, rate), self.amount(deduction))
            }
            Bands::BaseTax { base, excess, rate } => {
                format!("{}{PLUS}{}", self.amount(base), self.share(excess, rate))
            }
            Bands::Whole { amount, rate } => self.share(amount, rate),
        })
    }

    fn is_missing(&self, operand: &Expression) -> bool {
        self.values().is_missing(operand)
    }

    fn is_zero(&self, operand: &Expression) -> bool {
        let is_argument = matches!(operand.token, Token::Argument(_));
        is_argument && self.values().number(operand).is_ok_and(|number| number.is_zero())
    }

    fn unit(&self, decimals: &Expression) -> Option<Decimal> {
        unit_of(self.values().number(decimals).ok()?).ok()
    }

    fn words(&self) -> &Words {
        self.reader.wording.words()
    }
}
