//! What may stand in the expression of a [`work!`](crate::work): operands, and the functions that the
//! contract knows. All of it is the plain arithmetic of `rust_decimal`, in the order in which it is
//! written, which is how the host works it out again.
//!
//! | written | means |
//! |---|---|
//! | `a + b`, `a - b`, `a * b`, `a / b`, `-a` | as in Rust |
//! | `share(a, rate)` | `a * rate`, where the rate is a fraction that is shown in percent |
//! | `percent(a, rate)` | `a * rate / 100` |
//! | `at_least(a, b)`, `at_most(a, b)` | the larger or smaller one; a bound that is absent bounds nothing |
//! | `smallest(a, b, …)`, `largest(a, b, …)`, `sum(a, b, …)` | of two or more |
//! | `half_up(a, CENT)` and the other directions of [`rounding`](crate::rounding) | rounded to a unit |
//! | `half_up_to(a, decimals)` | rounded to so many decimals |
//! | `halfpenny_disregarded(a)` | rounded as the [provision](crate::rounding::halfpenny_disregarded) says |
//! | `stated(a)`, `called(a, "words")` | a value that is no declared one, shown alone or with words for it |
//! | `table.tax(a)` | tax by [`brackets`](crate::brackets) |
//! | `if a > b { c } else { d }`, with `==`, `!=`, `<`, `<=`, `>`, `>=`, `&&`, `\|\|`, `!` | one of two |
//! | `days_between(a, b)`, `months_between(a, b)`, `years_between(a, b)` | whole ones, of dates |

use crate::contract::Scalar;
use crate::types::ArgumentType;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// A value that a formula can be worked out of.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in a formula",
    label = "expected a number, a date, true or false, or a choice",
    note = "an amount that may be missing counts as zero: Option<Decimal>"
)]
pub trait Operand {
    /// What is computed with.
    type Value;
    /// What is computed with: zero for an amount that is missing.
    fn operand(&self) -> Self::Value;
    /// What is shown: nothing for an amount that is missing.
    fn shown(&self) -> Scalar;
    /// What is shown in a formula, of which it is an amount: zero for one that is missing.
    fn counted(&self) -> Scalar {
        self.shown()
    }
}

impl Operand for Decimal {
    type Value = Decimal;
    #[inline(always)]
    fn operand(&self) -> Decimal {
        *self
    }
    #[cold]
    #[inline(never)]
    fn shown(&self) -> Scalar {
        self.write()
    }
}

impl<T: Operand<Value = Decimal>> Operand for Option<T> {
    type Value = Decimal;
    #[inline(always)]
    fn operand(&self) -> Decimal {
        self.as_ref().map(T::operand).unwrap_or_default()
    }
    #[cold]
    #[inline(never)]
    fn shown(&self) -> Scalar {
        self.as_ref().map_or(Scalar::None, T::shown)
    }
    #[cold]
    #[inline(never)]
    fn counted(&self) -> Scalar {
        self.operand().write()
    }
}

impl<T: Operand> Operand for &T {
    type Value = T::Value;
    #[inline(always)]
    fn operand(&self) -> T::Value {
        T::operand(self)
    }
    #[cold]
    #[inline(never)]
    fn shown(&self) -> Scalar {
        T::shown(self)
    }
    fn counted(&self) -> Scalar {
        T::counted(self)
    }
}

/// Whole numbers count as decimals.
macro_rules! whole_number {
    ($($type:ty),*) => {
        $(impl Operand for $type {
            type Value = Decimal;
            #[inline(always)]
            fn operand(&self) -> Decimal {
                Decimal::from(*self)
            }
            #[cold]
            #[inline(never)]
            fn shown(&self) -> Scalar {
                self.write()
            }
        })*
    };
}

whole_number!(i64, i32, i16, i8, u64, u32, u16, u8);

/// Values that are what they are.
macro_rules! plain {
    ($($type:ty),*) => {
        $(impl Operand for $type {
            type Value = $type;
            #[inline(always)]
            fn operand(&self) -> $type {
                *self
            }
            #[cold]
            #[inline(never)]
            fn shown(&self) -> Scalar {
                self.write()
            }
        })*
    };
}

plain!(bool, Date);

/// A bound, which may be absent.
pub trait Bound {
    /// The bound, if there is one.
    fn bound(&self) -> Option<Decimal>;
}

impl Bound for Decimal {
    #[inline(always)]
    fn bound(&self) -> Option<Decimal> {
        Some(*self)
    }
}

impl Bound for i64 {
    #[inline(always)]
    fn bound(&self) -> Option<Decimal> {
        Some(Decimal::from(*self))
    }
}

impl<T: Bound> Bound for Option<T> {
    #[inline(always)]
    fn bound(&self) -> Option<Decimal> {
        self.as_ref().and_then(T::bound)
    }
}

impl<T: Bound> Bound for &T {
    #[inline(always)]
    fn bound(&self) -> Option<Decimal> {
        T::bound(self)
    }
}

/// `a + b`. Once in a component, like the three below: written into each formula, 1.6 KB every time,
/// additions made components a third larger.
#[inline(never)]
pub fn plus(a: Decimal, b: Decimal) -> Decimal {
    a + b
}

/// `a - b`
#[inline(never)]
pub fn minus(a: Decimal, b: Decimal) -> Decimal {
    a - b
}

/// The larger one.
#[inline(never)]
pub fn larger(a: Decimal, b: Decimal) -> Decimal {
    a.max(b)
}

/// The smaller one.
#[inline(never)]
pub fn smaller(a: Decimal, b: Decimal) -> Decimal {
    a.min(b)
}

/// A fraction of an amount.
#[inline]
pub fn share(amount: Decimal, fraction: Decimal) -> Decimal {
    amount * fraction
}

/// At least so much.
#[inline]
pub fn at_least(amount: Decimal, bound: impl Bound) -> Decimal {
    bound.bound().map_or(amount, |bound| larger(amount, bound))
}

/// At most so much.
#[inline]
pub fn at_most(amount: Decimal, bound: impl Bound) -> Decimal {
    bound.bound().map_or(amount, |bound| smaller(amount, bound))
}

/// So many hundredths of an amount.
#[inline]
pub fn percent(amount: Decimal, percent: Decimal) -> Decimal {
    amount * percent / Decimal::ONE_HUNDRED
}

/// Whole days from one day to another.
pub fn days_between(from: Date, to: Date) -> Decimal {
    use jiff::Unit;
    from.until((Unit::Day, to)).map_or(Decimal::ZERO, |span| Decimal::from(span.get_days()))
}

/// Whole months from one day to another: one less where the day of the month is not reached. From a
/// later day to an earlier one they are negative.
pub fn months_between(from: Date, to: Date) -> Decimal {
    Decimal::from(months(from, to))
}

/// Whole years from one day to another: twelve whole months each.
pub fn years_between(from: Date, to: Date) -> Decimal {
    Decimal::from(months(from, to) / 12)
}

fn months(from: Date, to: Date) -> i32 {
    if to < from {
        return -months(to, from);
    }
    let apart = i32::from(to.year() - from.year()) * 12 + i32::from(to.month() - from.month());
    apart - i32::from(to.day() < from.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_whole_when_its_day_is_reached() {
        let day = |text: &str| text.parse::<Date>().unwrap_or_default();
        let months = |from, to| months(day(from), day(to));
        assert_eq!(months("2026-03-31", "2026-04-30"), 0);
        assert_eq!(months("2026-03-31", "2026-05-31"), 2);
        assert_eq!(months("2026-05-31", "2026-03-31"), -2);
        assert_eq!(years_between(day("2024-02-29"), day("2025-02-28")), Decimal::ZERO);
        assert_eq!(days_between(day("2026-02-28"), day("2026-03-01")), Decimal::ONE);
    }
}
