//! Rounding, in one place. The flow chart of the wage tax says of every step whether it is cut or
//! rounded up; contributions are rounded half up (Beitragsverfahrensverordnung § 1 Abs. 2).

use stele_sdk::prelude::*;

/// Decimals of a cent.
const CENT: u32 = 2;
/// One euro.
const EURO: Decimal = Decimal::ONE;
/// One cent.
const ONE_CENT: Decimal = Decimal::from_parts(1, 0, 0, false, CENT);
/// Half a cent.
const HALF_A_CENT: Decimal = Decimal::from_parts(5, 0, 0, false, CENT + 1);

/// Cut to whole cents ("setScale(2, ROUND_DOWN)"): towards zero.
pub(crate) fn cents_down(amount: Decimal) -> Decimal {
    cut(amount, CENT)
}

/// Cut to whole euros ("setScale(0, ROUND_DOWN)"): towards zero.
pub(crate) fn euros_down(amount: Decimal) -> Decimal {
    cut(amount, 0)
}

/// Powers of ten that 64 bits hold.
const POWERS: [i64; 19] = {
    let mut powers = [1; 19];
    let mut power = 1;
    while power < powers.len() {
        powers[power] = powers[power - 1] * 10;
        power += 1;
    }
    powers
};

/// Cut to so many decimals, towards zero. The digits of nearly all amounts fit 64 bits, in which one
/// division does it; the library divides by ten for each digit.
fn cut(amount: Decimal, decimals: u32) -> Decimal {
    let scale = amount.scale();
    if scale <= decimals {
        return amount;
    }
    let power = POWERS.get((scale - decimals) as usize);
    match (power, i64::try_from(amount.mantissa())) {
        (Some(power), Ok(digits)) => Decimal::new(digits / power, decimals),
        _ => amount.trunc_with_scale(decimals),
    }
}

/// Rounded up to whole cents ("setScale(2, ROUND_UP)"): away from zero.
pub(crate) fn cents_up(amount: Decimal) -> Decimal {
    up(amount, cents_down(amount), ONE_CENT)
}

/// Rounded up to whole euros ("setScale(0, ROUND_UP)"): away from zero.
pub(crate) fn euros_up(amount: Decimal) -> Decimal {
    up(amount, euros_down(amount), EURO)
}

fn up(amount: Decimal, cut: Decimal, unit: Decimal) -> Decimal {
    if cut == amount {
        cut
    } else if amount.is_sign_negative() {
        cut - unit
    } else {
        cut + unit
    }
}

/// Beitragsverfahrensverordnung § 1 Abs. 2: the second decimal is raised by 1 where the third is 5
/// to 9. For amounts that are not negative.
pub(crate) fn half_up(amount: Decimal) -> Decimal {
    cents_down(amount + HALF_A_CENT)
}

/// Half of a rate or an amount, exactly.
pub(crate) fn half(value: Decimal) -> Decimal {
    const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);
    value * HALF
}

/// `amount` × `numerator` ÷ `denominator`, cut to whole cents, as the flow chart of the wage tax
/// cuts ("UPANTEIL"). A fraction of a cent in `amount` is cut before.
pub(crate) fn share(amount: Decimal, numerator: i64, denominator: i64) -> Decimal {
    let amount = cents_down(amount);
    match cents_times(amount, numerator) {
        Some(product) => Decimal::new(product / denominator, CENT),
        None => cents_down(in_decimals(amount, numerator, denominator)),
    }
}

/// `amount` × `numerator` ÷ `denominator` of an amount in whole cents, rounded half up at the end
/// (Beitragsverfahrensverordnung § 1 Abs. 2). For amounts that are not negative.
pub(crate) fn share_half_up(amount: Decimal, numerator: i64, denominator: i64) -> Decimal {
    match cents_times(amount, 2 * numerator) {
        Some(product) if amount.scale() <= CENT => {
            Decimal::new((product + denominator) / (2 * denominator), CENT)
        }
        _ => half_up(in_decimals(amount, numerator, denominator)),
    }
}

/// `amount` × `factor` in whole cents, which is exact and quicker than a decimal division. None
/// where 64 bits do not hold it.
fn cents_times(amount: Decimal, factor: i64) -> Option<i64> {
    let unit = POWERS.get(CENT.checked_sub(amount.scale())? as usize)?;
    i64::try_from(amount.mantissa()).ok()?.checked_mul(*unit)?.checked_mul(factor)
}

fn in_decimals(amount: Decimal, numerator: i64, denominator: i64) -> Decimal {
    amount * Decimal::from(numerator) / Decimal::from(denominator)
}

/// A rate as it is said: 0.093 is 9.3 %.
pub(crate) fn percent(rate: Decimal) -> Decimal {
    rate * Decimal::ONE_HUNDRED
}
