//! Exact numbers: what 96 bits and 28 decimals hold, and a reason where they do not.
//!
//! Where the library is slow and numbers are short, [`short`] does the same in 64 bits; a test
//! compares both on random numbers. The four operations stay functions of their own: the library
//! writes each out wherever it is called, which is a tenth of a machine.

mod short;

use crate::node::Rounding;
use rust_decimal::{Decimal, RoundingStrategy};

/// Why there is no number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoNumber {
    /// It needs more than 96 bits.
    Overflow,
    /// A division by zero.
    DivisionByZero,
    /// A root of a negative number.
    NegativeRoot,
    /// An exponent that is not whole, or larger than any result can have.
    Exponent,
    /// A scale outside of what decimals have.
    Scale,
    /// A multiple or step that is not more than zero.
    Multiple,
}

impl NoNumber {
    /// What is wrong, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Overflow => "the result does not fit into 96 bits",
            Self::DivisionByZero => "division by zero",
            Self::NegativeRoot => "a negative number has no square root",
            Self::Exponent => "the exponent must be a whole number from -1000 to 1000",
            Self::Scale => "the scale must be from -6111 to 6176",
            Self::Multiple => "the multiple must be more than zero",
        }
    }
}

/// a + b, rounded half to even where 28 decimals do not fit beside the whole part.
///
/// # Errors
/// The whole part does not fit into 96 bits.
#[inline(never)]
pub fn add(a: Decimal, b: Decimal) -> Result<Decimal, NoNumber> {
    a.checked_add(b).ok_or(NoNumber::Overflow)
}

/// a - b; see [`add`].
///
/// # Errors
/// The whole part does not fit into 96 bits.
#[inline(never)]
pub fn subtract(a: Decimal, b: Decimal) -> Result<Decimal, NoNumber> {
    a.checked_sub(b).ok_or(NoNumber::Overflow)
}

/// a * b; see [`add`].
///
/// # Errors
/// The whole part does not fit into 96 bits.
#[inline(never)]
pub fn multiply(a: Decimal, b: Decimal) -> Result<Decimal, NoNumber> {
    a.checked_mul(b).ok_or(NoNumber::Overflow)
}

/// a / b, rounded half to even to what fits.
///
/// # Errors
/// b is zero, or the whole part does not fit into 96 bits.
#[inline(never)]
pub fn divide(a: Decimal, b: Decimal) -> Result<Decimal, NoNumber> {
    if b.is_zero() {
        return Err(NoNumber::DivisionByZero);
    }
    a.checked_div(b).ok_or(NoNumber::Overflow)
}

/// a to a whole power, by squaring; a negative exponent is one divided by the power.
///
/// # Errors
/// The exponent is not whole or too large, the result does not fit, or zero is divided by.
pub fn power(a: Decimal, exponent: Decimal) -> Result<Decimal, NoNumber> {
    const LARGEST: i64 = 1_000;
    let exponent = whole(exponent)
        .filter(|exponent| (-LARGEST..=LARGEST).contains(exponent))
        .ok_or(NoNumber::Exponent)?;
    let mut rest = exponent.unsigned_abs();
    let (mut result, mut square) = (Decimal::ONE, a);
    while rest > 0 {
        if rest & 1 == 1 {
            result = multiply(result, square)?;
        }
        rest >>= 1;
        if rest > 0 {
            square = multiply(square, square)?;
        }
    }
    if exponent < 0 { divide(Decimal::ONE, result) } else { Ok(result) }
}

/// The square root, to the last digit that fits, rounded to the nearest.
///
/// # Errors
/// The number is negative.
pub fn square_root(a: Decimal) -> Result<Decimal, NoNumber> {
    if a.is_zero() {
        return Ok(Decimal::ZERO);
    }
    if a.is_sign_negative() {
        return Err(NoNumber::NegativeRoot);
    }
    let two = Decimal::TWO;
    // Newton from above converges from above: the first step that does not go down is the last.
    let mut root = if a > Decimal::ONE { a } else { Decimal::ONE };
    loop {
        let next = divide(add(root, divide(a, root)?)?, two)?;
        if next >= root {
            break;
        }
        root = next;
    }
    // The last digit may be one off: where a rounder number is the root, it is that.
    let rounder = root.round_dp(root.scale().saturating_sub(2)).normalize();
    Ok(if rounder.checked_mul(rounder) == Some(a) { rounder } else { root })
}

/// The remainder of a / b with the sign of b: a - b * floor(a / b).
///
/// # Errors
/// b is zero.
pub fn modulo(a: Decimal, b: Decimal) -> Result<Decimal, NoNumber> {
    if b.is_zero() {
        return Err(NoNumber::DivisionByZero);
    }
    let rest = a.checked_rem(b).ok_or(NoNumber::Overflow)?;
    if rest.is_zero() || rest.is_sign_negative() == b.is_sign_negative() {
        Ok(rest)
    } else {
        add(rest, b)
    }
}

/// A number rounded to so many decimals; with a negative scale to tens, hundreds and so on.
///
/// # Errors
/// The scale is outside of -6111 to 6176, or the result does not fit.
#[inline]
pub fn round(a: Decimal, scale: i64, direction: Rounding) -> Result<Decimal, NoNumber> {
    /// What decimals of 34 digits have, as FEEL says.
    const SCALES: core::ops::RangeInclusive<i64> = -6_111..=6_176;
    if !SCALES.contains(&scale) {
        return Err(NoNumber::Scale);
    }
    if scale >= 0 {
        let decimals = u32::try_from(scale).unwrap_or(u32::MAX);
        return Ok(round_to_decimals(a, decimals, direction));
    }
    let zeros = scale.unsigned_abs();
    // More than any number of 96 bits has digits: what is left is nothing, or one unit too large.
    let unit = (zeros <= 28).then(|| Decimal::from_i128_with_scale(10_i128.pow(zeros as u32), 0));
    match unit {
        Some(unit) => round_to_multiple(a, unit, direction),
        None if round_to_decimals(sign_of(a), 0, direction).is_zero() || a.is_zero() => {
            Ok(Decimal::ZERO)
        }
        None => Err(NoNumber::Overflow),
    }
}

/// A tiny number of the sign of `a`.
fn sign_of(a: Decimal) -> Decimal {
    let tiny = Decimal::new(1, 1);
    if a.is_sign_negative() { -tiny } else { tiny }
}

/// A number rounded to so many decimals.
#[must_use]
#[inline]
pub fn round_to_decimals(a: Decimal, decimals: u32, direction: Rounding) -> Decimal {
    if a.scale() <= decimals {
        return a;
    }
    match short::round(a, decimals, direction) {
        Some(rounded) => rounded,
        None => a.round_dp_with_strategy(decimals, strategy(direction)),
    }
}

/// a * b, rounded to so many decimals.
///
/// # Errors
/// The whole part of the product does not fit into 96 bits.
#[inline]
pub fn round_product(
    a: Decimal,
    b: Decimal,
    decimals: u32,
    direction: Rounding,
) -> Result<Decimal, NoNumber> {
    match short::round_product(a, b, decimals, direction) {
        Some(rounded) => Ok(rounded),
        None => Ok(round_to_decimals(multiply(a, b)?, decimals, direction)),
    }
}

fn strategy(direction: Rounding) -> RoundingStrategy {
    match direction {
        Rounding::HalfUp => RoundingStrategy::MidpointAwayFromZero,
        Rounding::HalfDown => RoundingStrategy::MidpointTowardZero,
        Rounding::HalfEven => RoundingStrategy::MidpointNearestEven,
        Rounding::Up => RoundingStrategy::AwayFromZero,
        Rounding::Down => RoundingStrategy::ToZero,
        Rounding::Ceiling => RoundingStrategy::ToPositiveInfinity,
        Rounding::Floor => RoundingStrategy::ToNegativeInfinity,
    }
}

/// A number rounded to a multiple of another.
///
/// # Errors
/// The multiple is not more than zero, or the result does not fit.
pub fn round_to_multiple(
    a: Decimal,
    multiple: Decimal,
    direction: Rounding,
) -> Result<Decimal, NoNumber> {
    if multiple.is_zero() || multiple.is_sign_negative() {
        return Err(NoNumber::Multiple);
    }
    // The remainder is exact where a quotient may not be.
    let rest = a.checked_rem(multiple).ok_or(NoNumber::Overflow)?;
    let lower = subtract(a, rest)?;
    if rest.is_zero() {
        return Ok(lower);
    }
    let negative = a.is_sign_negative();
    let away = match direction {
        Rounding::Up => true,
        Rounding::Down => false,
        Rounding::Ceiling => !negative,
        Rounding::Floor => negative,
        Rounding::HalfUp | Rounding::HalfDown | Rounding::HalfEven => {
            let size = rest.abs();
            match size.cmp(&subtract(multiple, size)?) {
                core::cmp::Ordering::Less => false,
                core::cmp::Ordering::Greater => true,
                core::cmp::Ordering::Equal => match direction {
                    Rounding::HalfUp => true,
                    Rounding::HalfDown => false,
                    _ => !is_even(divide(lower, multiple)?),
                },
            }
        }
    };
    if !away {
        Ok(lower)
    } else if negative {
        subtract(lower, multiple)
    } else {
        add(lower, multiple)
    }
}

/// Whether a whole number is even; a number that is not whole is not.
#[must_use]
pub fn is_even(a: Decimal) -> bool {
    a.checked_rem(Decimal::TWO).is_some_and(|rest| rest.is_zero())
}

/// The number as a whole one, where it is one of 64 bits.
#[must_use]
#[inline]
pub fn whole(a: Decimal) -> Option<i64> {
    if a.scale() == 0 {
        return i64::try_from(a.mantissa()).ok();
    }
    let truncated = a.trunc();
    if truncated == a { i64::try_from(truncated.mantissa()).ok() } else { None }
}

/// The number without what follows the point, where it is one of 64 bits.
#[must_use]
pub fn truncated(a: Decimal) -> Option<i64> {
    i64::try_from(a.trunc().mantissa()).ok()
}
