//! Inputs of a rule that are drawn at random and are the same on every machine and on every day: a
//! case in which a few facts are others.

use stele_ruleset::{Case, read_facts_with};
use stele_sdk::contract::{
    Column, Date as Day, Decimal as Written, Description, Field, Origin, Scalar, ScalarKind, Shape,
    Value,
};
use stele_sdk::prelude::*;

use crate::contract;
use crate::shipped::Shipped;

/// Most facts of a case that are exchanged at a time. With more, nearly every input is refused.
const MOST_EXCHANGED: u64 = 4;

/// The cases that inputs are drawn from, and what may be exchanged in them.
pub(crate) struct Inputs {
    facts: Vec<Field>,
    cases: Vec<Input>,
    /// Positions of the facts that are exchanged.
    exchanged: Vec<usize>,
}

/// What a rule is asked.
#[derive(Clone)]
pub(crate) struct Input {
    pub(crate) date: Date,
    pub(crate) facts: Vec<Value>,
}

impl Inputs {
    /// Drawn from these cases of a ruleset, with the facts of these names exchanged. A case that
    /// the host refuses is none of them.
    pub(crate) fn of<R: Rule>(shipped: &Shipped<R>, cases: &[&Case], names: &[String]) -> Self {
        let Description { facts, .. } = stele_sdk::describe::<R>();
        let read = |case: &&Case| {
            let values =
                read_facts_with(shipped.description(), &case.facts, |_| None, case.date).ok()?;
            let facts = values.into_iter().map(contract::value).collect();
            Some(Input { date: case.date, facts })
        };
        let named =
            |field: &Field| names.contains(&field.name) && matches!(field.origin, Origin::Caller);
        let exchanged =
            facts.iter().enumerate().filter(|(_, field)| named(field)).map(|(at, _)| at);
        Self {
            exchanged: exchanged.collect(),
            cases: cases.iter().filter_map(read).collect(),
            facts,
        }
    }

    /// The input of that number. `amounts` are those of the law on a day, near which a rule does
    /// something else.
    pub(crate) fn draw<'l>(&self, number: u64, amounts: impl Fn(Date) -> &'l [Decimal]) -> Input {
        let mut chance = Chance(number);
        let mut input = chance.one_of(&self.cases).expect("a case that the host accepts").clone();
        let near = amounts(input.date);
        for _ in 0..=chance.below(MOST_EXCHANGED) {
            let Some(position) = chance.one_of(&self.exchanged).copied() else { continue };
            let other = chance.one_of(&self.cases).expect("a case").facts[position].clone();
            let value = &mut input.facts[position];
            let field = &self.facts[position];
            match &field.shape {
                Shape::Scalar(kind) => {
                    let Value::Scalar(own) = value else { continue };
                    let Value::Scalar(other) = other else { continue };
                    *own = scalar(kind, field.required, own, &other, input.date, near, &mut chance);
                }
                Shape::Table(table) => {
                    let Value::Table(rows) = value else { continue };
                    let Value::Table(other) = other else { continue };
                    let most = table.maximum_rows as usize;
                    change(rows, other, &table.columns, most, input.date, near, &mut chance);
                }
            }
        }
        input
    }
}

/// Numbers that are the same wherever they are drawn: SplitMix64.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below another; 0 below 0.
    fn below(&mut self, limit: u64) -> u64 {
        self.next().checked_rem(limit).unwrap_or_default()
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let at = self.below(all.len() as u64);
        all.get(at as usize)
    }
}

/// Another table: that of another case, or one row more, less or changed.
fn change(
    rows: &mut Vec<Vec<Scalar>>,
    other: Vec<Vec<Scalar>>,
    columns: &[Column],
    most: usize,
    date: Date,
    near: &[Decimal],
    chance: &mut Chance,
) {
    let at = chance.below(rows.len() as u64) as usize;
    match chance.below(8) {
        0 => *rows = other,
        1 if !rows.is_empty() => drop(rows.remove(at)),
        2 if !rows.is_empty() && rows.len() < most => rows.push(rows[at].clone()),
        3 if rows.len() < most => rows.extend(other.into_iter().next()),
        _ => {
            let Some(row) = rows.get_mut(at) else { return };
            let cell = chance.below(columns.len() as u64) as usize;
            let column = &columns[cell];
            let from = chance.one_of(&other).map_or(Scalar::None, |row| row[cell].clone());
            let (kind, required) = (&column.kind, column.required);
            row[cell] = scalar(kind, required, &row[cell], &from, date, near, chance);
        }
    }
}

/// Another value within the declared bounds. `own` is what the case says, `other` what another case
/// says.
fn scalar(
    kind: &ScalarKind,
    required: bool,
    own: &Scalar,
    other: &Scalar,
    date: Date,
    near: &[Decimal],
    chance: &mut Chance,
) -> Scalar {
    let other_fits = !required || !matches!(other, Scalar::None);
    match chance.below(8) {
        0 | 1 if other_fits => return other.clone(),
        2 if !required => return Scalar::None,
        _ => {}
    }
    match kind {
        ScalarKind::Boolean => Scalar::Boolean(chance.below(2) == 1),
        ScalarKind::Integer(bounds) => {
            let lowest = bounds.minimum.unwrap_or_default();
            let highest = bounds.maximum.unwrap_or(i64::MAX).min(lowest.saturating_add(40));
            let span = u64::try_from(highest - lowest).unwrap_or_default() + 1;
            Scalar::Integer(lowest + i64::try_from(chance.below(span)).unwrap_or_default())
        }
        ScalarKind::Decimal(bounds) => {
            let decimals = u32::from(bounds.decimals.unwrap_or(2));
            let drawn = amount(own, decimals, near, chance);
            let least = bounds.minimum.as_ref().map_or(Decimal::MIN, decimal);
            let most = bounds.maximum.as_ref().map_or(Decimal::MAX, decimal);
            Scalar::Decimal(written(drawn.clamp(least, most).trunc_with_scale(decimals)))
        }
        // A text names something of the ruleset, so that one of its own is as good as any.
        ScalarKind::Text(_) => {
            if other_fits {
                other.clone()
            } else {
                own.clone()
            }
        }
        ScalarKind::Date => Scalar::Date(day_near(date, chance)),
        ScalarKind::DateTime => match own {
            Scalar::DateTime(moment) => {
                let mut moment = *moment;
                moment.hour = chance.below(24) as u8;
                moment.minute = [0, 1, 15, 30, 59][chance.below(5) as usize];
                Scalar::DateTime(moment)
            }
            _ => own.clone(),
        },
        ScalarKind::Choice(choices) => Scalar::Choice(chance.below(choices.len() as u64) as u32),
    }
}

/// An amount near one of the law, near that of the case, or of any size.
fn amount(own: &Scalar, decimals: u32, near: &[Decimal], chance: &mut Chance) -> Decimal {
    let step = Decimal::new(1, decimals);
    let own = match own {
        Scalar::Decimal(own) => decimal(own),
        _ => Decimal::ZERO,
    };
    match chance.below(6) {
        0 => Decimal::ZERO,
        1 | 2 if !near.is_empty() => {
            let one = chance.one_of(near).copied().unwrap_or_default();
            let times = [1, 1, 2, 12][chance.below(4) as usize];
            one * Decimal::from(times) + step * Decimal::from(chance.below(3)) - step
        }
        3 | 4 if !own.is_zero() => {
            own * Decimal::new(1 + chance.below(4_000) as i64, 3)
                + step * Decimal::from(chance.below(100))
        }
        _ => {
            let digits = 1 + chance.below(9) as u32;
            Decimal::new(chance.below(10_u64.pow(digits)) as i64, decimals)
        }
    }
}

fn day_near(date: Date, chance: &mut Chance) -> Day {
    let span = [31, 400, 20_000][chance.below(3) as usize];
    let days = chance.below(span) as i64 - (span as i64 * 3 / 4);
    let day = date.saturating_add(stele_sdk::jiff::Span::new().days(days));
    let part = |value: i16| u16::try_from(value).unwrap_or(1);
    Day { year: part(day.year()), month: day.month() as u8, day: day.day() as u8 }
}

/// The numbers in the law, each once, in order.
pub(crate) fn amounts(law: &[Value]) -> Vec<Decimal> {
    let cells = law.iter().flat_map(|value| match value {
        Value::Scalar(scalar) => vec![scalar],
        Value::Table(rows) => rows.iter().flatten().collect(),
    });
    let mut amounts: Vec<Decimal> = cells
        .filter_map(|cell| match cell {
            Scalar::Decimal(amount) => Some(decimal(amount)),
            _ => None,
        })
        .collect();
    amounts.sort();
    amounts.dedup();
    amounts
}

fn decimal(Written { negative, scale, high, low }: &Written) -> Decimal {
    Decimal::from_parts(*low as u32, (*low >> 32) as u32, *high, *negative, u32::from(*scale))
}

fn written(amount: Decimal) -> Written {
    let parts = amount.unpack();
    let low = u64::from(parts.mid) << 32 | u64::from(parts.lo);
    let negative = parts.negative && !amount.is_zero();
    Written { negative, scale: parts.scale as u8, high: parts.hi, low }
}
