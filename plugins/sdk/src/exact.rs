//! Decimals and dates between the contract and the types that a rule computes with. Exact both ways.

use crate::contract;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// The contract's decimal as a number to compute with; none if its scale is over 28.
#[inline]
pub(crate) fn decimal(value: &contract::Decimal) -> Option<Decimal> {
    let scale = u32::from(value.scale);
    if scale > Decimal::MAX_SCALE {
        return None;
    }
    let low = value.low as u32;
    let middle = (value.low >> 32) as u32;
    Some(Decimal::from_parts(low, middle, value.high, value.negative, scale))
}

/// A computed number in the contract's form. Zero is never negative.
#[inline]
pub(crate) fn contract_decimal(value: Decimal) -> contract::Decimal {
    let parts = value.unpack();
    let low = u64::from(parts.mid) << 32 | u64::from(parts.lo);
    contract::Decimal {
        negative: parts.negative && (low != 0 || parts.hi != 0),
        // At most 28 by the type's own invariant.
        scale: parts.scale as u8,
        high: parts.hi,
        low,
    }
}

/// The contract's date; none if there is no such day.
#[inline]
pub(crate) fn date(value: contract::Date) -> Option<Date> {
    let year = i16::try_from(value.year).ok().filter(|year| *year >= 1)?;
    Date::new(year, i8::try_from(value.month).ok()?, i8::try_from(value.day).ok()?).ok()
}

/// A date in the contract's form. Days before year 1 are given as the first day that the contract
/// knows, days after 9999 do not exist in [`Date`].
#[inline]
pub(crate) fn contract_date(value: Date) -> contract::Date {
    if value.year() < 1 {
        return contract::Date { year: 1, month: 1, day: 1 };
    }
    contract::Date {
        year: value.year().unsigned_abs(),
        month: value.month().unsigned_abs(),
        day: value.day().unsigned_abs(),
    }
}
