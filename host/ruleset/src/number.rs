//! Decimals from their text, exactly or not at all.
//!
//! `rust_decimal` rounds a text with too many digits. A runtime that pays people may not: a
//! number that does not fit into 96 bits and 28 decimals is refused, never rounded. Exponents are
//! understood (`1e3` is 1000) and bounded, so that `1e999999999` costs nothing.

use std::fmt::Write as _;

use rust_decimal::Decimal;
use stele_engine::contract;

/// Longest text that is read as a number. 29 digits, sign, point and exponent need 35; the rest
/// is room for leading and trailing zeros.
const LONGEST_TEXT: usize = 100;

/// Most decimals that a value of the contract has.
const MOST_DECIMALS: i64 = 28;

/// The first integer that does not fit into the 96 bits of a decimal.
const MANTISSA_LIMIT: u128 = 1 << 96;

/// Why a text is no decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// The text is not written like a number.
    #[error("a number such as 1234.56")]
    NotANumber,
    /// It is a number, but one that can't be held exactly.
    #[error("a number of at most 28 significant digits, with at most 28 decimals")]
    TooPrecise,
    /// Longer than any number needs to be.
    #[error("a number of at most {LONGEST_TEXT} characters")]
    TooLong,
}

/// Reads a decimal in the grammar of JSON numbers, plus leading zeros: `-12.50`, `0.1`, `1.2e3`.
/// The scale is kept as written, except that zeros which do not fit into 28 decimals are dropped.
/// Zero is never negative.
pub fn decimal_from_text(text: &str) -> Result<Decimal, NumberError> {
    if text.len() > LONGEST_TEXT {
        return Err(NumberError::TooLong);
    }
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (digits, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], exponent(&rest[at + 1..])?),
        None => (rest, 0),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((_, "")) => return Err(NumberError::NotANumber),
        Some(parts) => parts,
        None => (digits, ""),
    };
    if whole.is_empty()
        || !(whole.bytes().chain(fraction.bytes())).all(|byte| byte.is_ascii_digit())
    {
        return Err(NumberError::NotANumber);
    }

    // Zeros at the end of the fraction are dropped only where they are too many to keep.
    let mut fraction = fraction;
    while fraction.len() as i64 - exponent > MOST_DECIMALS && fraction.ends_with('0') {
        fraction = &fraction[..fraction.len() - 1];
    }
    let mut mantissa = loop {
        match mantissa(whole, fraction) {
            Some(mantissa) => break mantissa,
            None => fraction = fraction.strip_suffix('0').ok_or(NumberError::TooPrecise)?,
        }
    };
    let mut scale = fraction.len() as i64 - exponent;
    if mantissa == 0 {
        scale = scale.clamp(0, MOST_DECIMALS);
    }
    while scale > MOST_DECIMALS && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    while scale < 0 {
        mantissa *= 10;
        scale += 1;
        if mantissa >= MANTISSA_LIMIT {
            return Err(NumberError::TooPrecise);
        }
    }
    if scale > MOST_DECIMALS {
        return Err(NumberError::TooPrecise);
    }
    let signed = if negative { -(mantissa as i128) } else { mantissa as i128 };
    Decimal::try_from_i128_with_scale(signed, scale as u32).map_err(|_| NumberError::TooPrecise)
}

/// The digits as one integer, or nothing if it has more than 96 bits.
fn mantissa(whole: &str, fraction: &str) -> Option<u128> {
    whole.bytes().chain(fraction.bytes()).try_fold(0u128, |sum, digit| {
        let sum = sum * 10 + u128::from(digit - b'0');
        (sum < MANTISSA_LIMIT).then_some(sum)
    })
}

/// Reads the digits after the `e`. More than three digits can't describe a decimal of the
/// contract unless they are zeros, so they are cut to a number that is out of bounds as well.
fn exponent(text: &str) -> Result<i64, NumberError> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberError::NotANumber);
    }
    let magnitude =
        digits.bytes().fold(0i64, |sum, digit| (sum * 10 + i64::from(digit - b'0')).min(1_000_000));
    Ok(if negative { -magnitude } else { magnitude })
}

/// Writes a decimal without zeros after the last digit that counts: `1.50` becomes `1.5`,
/// `100.00` becomes `100`. Equal values are always written alike.
pub fn normal_text(value: Decimal) -> String {
    let mut text = String::new();
    push_normal(&mut text, value);
    text
}

/// Appends what [`normal_text`] writes. Results are mostly numbers, and nearly all of them have 64
/// bits or fewer, whose digits come several times faster than those of 96.
pub(crate) fn push_normal(text: &mut String, value: Decimal) {
    let mut scale = value.scale() as usize;
    let Ok(mut mantissa) = u64::try_from(value.mantissa().unsigned_abs()) else {
        let _ = write!(text, "{}", value.normalize());
        return;
    };
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    push_digits(text, value.is_sign_negative() && mantissa != 0, mantissa, scale);
}

/// Appends a number with so many decimals.
fn push_digits(text: &mut String, is_negative: bool, mantissa: u64, scale: usize) {
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(mantissa);
    text.reserve(digits.len().max(scale + 1) + 2);
    if is_negative {
        text.push('-');
    }
    let Some(point) = digits.len().checked_sub(scale).filter(|point| *point > 0) else {
        text.push_str("0.");
        text.extend(std::iter::repeat_n('0', scale - digits.len()));
        text.push_str(digits);
        return;
    };
    let (whole, fraction) = digits.split_at(point);
    text.push_str(whole);
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
}

/// Writes a decimal with at least so many decimals, and more where the value has them: never
/// rounded.
pub fn text_with_decimals(value: Decimal, at_least: u8) -> String {
    let mut value = value.normalize();
    if value.scale() < u32::from(at_least) {
        // Towards more decimals this never rounds: it stops where the 96 bits are full.
        value.rescale(u32::from(at_least));
    }
    match u64::try_from(value.mantissa().unsigned_abs()) {
        Ok(mantissa) => {
            let mut text = String::new();
            push_digits(&mut text, value.is_sign_negative(), mantissa, value.scale() as usize);
            text
        }
        Err(_) => value.to_string(),
    }
}

/// The value of a decimal of the contract, or nothing where it breaks the contract.
pub fn exact(value: contract::Decimal) -> Option<Decimal> {
    Decimal::try_from(value).ok()
}

/// What is written of a decimal that breaks the contract.
pub(crate) const NOT_A_NUMBER: &str = "not a number";

/// Writes a decimal of the contract like [`normal_text`]. What breaks the contract is no number.
pub(crate) fn contract_text(value: contract::Decimal) -> String {
    exact(value).map_or_else(|| NOT_A_NUMBER.to_owned(), normal_text)
}
