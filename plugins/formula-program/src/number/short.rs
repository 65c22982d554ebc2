//! Numbers whose digits fit into 64 bits, as nearly all of a payslip do: rounded by one division,
//! and products rounded before they are written down. None where the digits do not fit.

use crate::node::Rounding;
use rust_decimal::Decimal;

/// Powers of ten that fit into 64 bits.
const POWERS: [u64; 20] = {
    let mut powers = [1; 20];
    let mut exponent = 1;
    while exponent < powers.len() {
        powers[exponent] = powers[exponent - 1] * 10;
        exponent += 1;
    }
    powers
};

/// A number of more decimals than that, rounded to so many.
#[inline]
pub(super) fn round(a: Decimal, decimals: u32, direction: Rounding) -> Option<Decimal> {
    rounded(digits(a)?, a.is_sign_negative(), a.scale(), decimals, direction)
}

/// a * b, rounded to so many decimals.
#[inline]
pub(super) fn round_product(
    a: Decimal,
    b: Decimal,
    decimals: u32,
    direction: Rounding,
) -> Option<Decimal> {
    let (x, y) = (digits(a)?, digits(b)?);
    // As many leading zeros as 64 leave the product no more than 64 bits.
    if x.leading_zeros() + y.leading_zeros() < u64::BITS {
        return None;
    }
    let (product, scale) = (x * y, a.scale() + b.scale());
    if product == 0 {
        return Some(Decimal::ZERO);
    }
    if scale > Decimal::MAX_SCALE {
        return None;
    }
    let negative = a.is_sign_negative() != b.is_sign_negative();
    if scale <= decimals {
        return Some(of(product, negative, scale));
    }
    rounded(product, negative, scale, decimals, direction)
}

#[inline]
fn rounded(
    digits: u64,
    negative: bool,
    scale: u32,
    decimals: u32,
    direction: Rounding,
) -> Option<Decimal> {
    let unit = *POWERS.get(scale.checked_sub(decimals)? as usize)?;
    let (whole, rest) = (digits / unit, digits % unit);
    let away = match direction {
        Rounding::HalfUp => rest >= unit - rest,
        Rounding::HalfDown => rest > unit - rest,
        Rounding::HalfEven => rest > unit - rest || (rest == unit - rest && whole % 2 == 1),
        Rounding::Up => rest > 0,
        Rounding::Down => false,
        Rounding::Ceiling => rest > 0 && !negative,
        Rounding::Floor => rest > 0 && negative,
    };
    // With a unit of ten or more, `whole` is far below what 64 bits hold.
    Some(of(whole + u64::from(away), negative, decimals))
}

#[inline]
fn digits(a: Decimal) -> Option<u64> {
    let parts = a.unpack();
    (parts.hi == 0).then_some(u64::from(parts.mid) << 32 | u64::from(parts.lo))
}

#[inline]
fn of(digits: u64, negative: bool, scale: u32) -> Decimal {
    Decimal::from_parts(digits as u32, (digits >> 32) as u32, 0, negative, scale)
}
