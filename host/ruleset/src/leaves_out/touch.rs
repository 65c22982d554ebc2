//! Which of what is left out the facts of a calculation touch. Names are looked up once, when the
//! version is made ready.

use stele_engine::contract::{
    Choice, Description, Field, Origin, Scalar, ScalarKind, Shape, Value,
};

use super::{Condition, LeftOut};
use crate::defect::{Defect, quote};
use crate::manifest::MANIFEST_FILE;
use crate::number::exact;

/// The conditions of everything that is left out, by the positions of facts and choices.
#[derive(Debug, Clone, Default)]
pub(crate) struct Touches {
    /// One list for each [`LeftOut`], in their order.
    conditions: Vec<Vec<Known>>,
}

/// A condition whose names are known.
#[derive(Debug, Clone)]
struct Known {
    fact: usize,
    column: Option<usize>,
    /// Positions of the choices that touch; empty: whatever is given.
    choices: Vec<u32>,
}

impl Touches {
    /// Looks every name up. What the rule does not declare is reported at once.
    pub(crate) fn of(left_out: &[LeftOut], description: &Description) -> Result<Self, Vec<Defect>> {
        let mut defects = Vec::new();
        let mut conditions = Vec::with_capacity(left_out.len());
        for (index, left_out) in left_out.iter().enumerate() {
            let mut known = Vec::with_capacity(left_out.when.len());
            for (position, condition) in left_out.when.iter().enumerate() {
                let at = format!("leaves_out[{index}].when[{position}]");
                known.extend(Known::of(&at, condition, description, &mut defects));
            }
            conditions.push(known);
        }
        if defects.is_empty() { Ok(Self { conditions }) } else { Err(defects) }
    }

    /// Positions in the manifest's list of what these facts touch.
    pub(crate) fn touched(&self, facts: &[Value]) -> Vec<usize> {
        let touched = self.conditions.iter().enumerate().filter(|(_, conditions)| {
            conditions.iter().any(|condition| condition.holds(facts.get(condition.fact)))
        });
        touched.map(|(position, _)| position).collect()
    }
}

impl Known {
    fn of(
        at: &str,
        condition: &Condition,
        description: &Description,
        defects: &mut Vec<Defect>,
    ) -> Option<Self> {
        let mut wrong = |key: String, expected: String, found: String| {
            defects.push(Defect::new(MANIFEST_FILE, key, expected, found));
        };
        let Some((fact, column, declared)) = find(&condition.fact, &description.facts) else {
            let found = format!("the unknown name {}", quote(&condition.fact));
            let expected = "a fact that callers give, or table.column".to_owned();
            wrong(format!("{at}.fact"), expected, found);
            return None;
        };
        if declared.is_empty() && !condition.choices.is_empty() {
            let found = format!("{}, which is none", quote(&condition.fact));
            wrong(format!("{at}.choices"), "choices of a fact that is a choice".to_owned(), found);
            return None;
        }
        let mut choices = Vec::with_capacity(condition.choices.len());
        for (index, wanted) in condition.choices.iter().enumerate() {
            match declared.iter().zip(0..).find(|(choice, _)| choice.name == *wanted) {
                Some((_, position)) => choices.push(position),
                None => {
                    let names: Vec<&str> = declared.iter().map(|choice| &*choice.name).collect();
                    let expected = format!("one of {}", names.join(", "));
                    wrong(format!("{at}.choices[{index}]"), expected, quote(wanted));
                }
            }
        }
        Some(Self { fact, column, choices })
    }

    fn holds(&self, fact: Option<&Value>) -> bool {
        match (fact, self.column) {
            (Some(Value::Scalar(scalar)), _) => self.is_met_by(scalar),
            (Some(Value::Table(rows)), None) => !rows.is_empty(),
            (Some(Value::Table(rows)), Some(column)) => {
                rows.iter().filter_map(|row| row.get(column)).any(|scalar| self.is_met_by(scalar))
            }
            (None, _) => false,
        }
    }

    fn is_met_by(&self, scalar: &Scalar) -> bool {
        match scalar {
            Scalar::None | Scalar::Boolean(false) | Scalar::Integer(0) => false,
            Scalar::Decimal(value) => exact(*value).is_none_or(|value| !value.is_zero()),
            Scalar::Choice(position) => self.choices.is_empty() || self.choices.contains(position),
            _ => true,
        }
    }
}

/// A fact that callers give, or a column of one, with its choices if it is a choice.
fn find<'a>(path: &str, facts: &'a [Field]) -> Option<(usize, Option<usize>, &'a [Choice])> {
    let (name, column) = match path.split_once('.') {
        Some((table, column)) => (table, Some(column)),
        None => (path, None),
    };
    let fact = facts.iter().position(|field| field.name == name)?;
    let field = facts.get(fact).filter(|field| field.origin == Origin::Caller)?;
    match (&field.shape, column) {
        (Shape::Scalar(kind), None) => Some((fact, None, choices(kind))),
        (Shape::Scalar(_), Some(_)) => None,
        (Shape::Table(_), None) => Some((fact, None, &[])),
        (Shape::Table(table), Some(name)) => {
            let column = table.columns.iter().position(|column| column.name == name)?;
            Some((fact, Some(column), choices(&table.columns.get(column)?.kind)))
        }
    }
}

fn choices(kind: &ScalarKind) -> &[Choice] {
    match kind {
        ScalarKind::Choice(choices) => choices,
        _ => &[],
    }
}
