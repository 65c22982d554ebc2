//! Exact sums. A decimal of 96 bits rounds when a sum does not fit; a report may not: here a sum
//! has up to 38 digits, and one that has more is told apart from a number.

use std::cmp::Ordering;

use rust_decimal::Decimal;

/// Most decimals that an amount has.
const MOST_DECIMALS: u32 = 28;

/// An exact sum or difference of amounts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Total {
    mantissa: i128,
    /// Number of decimals, at most [`MOST_DECIMALS`].
    scale: u32,
}

/// A sum that has more digits than can be kept exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooManyDigits;

impl From<Decimal> for Total {
    fn from(amount: Decimal) -> Self {
        Self { mantissa: amount.mantissa(), scale: amount.scale() }
    }
}

impl Total {
    pub(crate) fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    pub(crate) fn abs(self) -> Self {
        Self { mantissa: self.mantissa.saturating_abs(), ..self }
    }

    pub(crate) fn plus(self, other: Self) -> Result<Self, TooManyDigits> {
        self.aligned(other)
            .or_else(|| self.normal().aligned(other.normal()))
            .and_then(|(a, b, scale)| Some(Self { mantissa: a.checked_add(b)?, scale }))
            .ok_or(TooManyDigits)
    }

    pub(crate) fn minus(self, other: Self) -> Result<Self, TooManyDigits> {
        // The mantissa of an amount has 96 bits and that of a sum was added up: never the one
        // number whose negative does not exist.
        let mantissa = other.mantissa.checked_neg().ok_or(TooManyDigits)?;
        self.plus(Self { mantissa, ..other })
    }

    /// Adds to it, in place.
    pub(crate) fn add(&mut self, other: Self) -> Result<(), TooManyDigits> {
        *self = self.plus(other)?;
        Ok(())
    }

    /// The greatest power of ten that is not greater than its absolute value, as exponent; none
    /// for zero.
    pub(crate) fn decade(self) -> Option<i64> {
        let digits = self.mantissa.unsigned_abs().checked_ilog10()?;
        Some(i64::from(digits) - i64::from(self.scale))
    }

    /// As text with at least so many decimals, and no further zeros at its end.
    pub(crate) fn text(self, at_least: u8) -> String {
        let Self { mantissa, scale } = self.normal();
        let sign = if mantissa < 0 { "-" } else { "" };
        let scale = scale as usize;
        let digits = format!("{:0>width$}", mantissa.unsigned_abs(), width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let at_least = usize::from(at_least);
        if fraction.is_empty() && at_least == 0 {
            return format!("{sign}{whole}");
        }
        format!("{sign}{whole}.{fraction:0<at_least$}")
    }

    /// Both mantissas under the greater number of decimals.
    fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        let scale = self.scale.max(other.scale);
        let raised = |total: Self| match scale - total.scale {
            0 => Some(total.mantissa),
            missing => total.mantissa.checked_mul(10_i128.checked_pow(missing)?),
        };
        Some((raised(self)?, raised(other)?, scale))
    }

    /// Without zeros at the end of its decimals.
    fn normal(mut self) -> Self {
        if self.mantissa == 0 {
            return Self::default();
        }
        while self.scale > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.scale -= 1;
        }
        self
    }

    /// The whole part and 28 decimals: what it is compared by.
    fn parts(self) -> (i128, i128) {
        // With at most 28 decimals neither power leaves an i128.
        let unit = 10_i128.pow(self.scale.min(MOST_DECIMALS));
        let rest = 10_i128.pow(MOST_DECIMALS.saturating_sub(self.scale));
        (self.mantissa / unit, self.mantissa % unit * rest)
    }
}

impl PartialEq for Total {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Total {}

impl PartialOrd for Total {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Total {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.scale == other.scale {
            return self.mantissa.cmp(&other.mantissa);
        }
        self.parts().cmp(&other.parts())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that can not go on has failed")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn total(text: &str) -> Total {
        text.parse::<Decimal>().unwrap().into()
    }

    #[test]
    fn a_sum_is_exact_where_a_decimal_would_round() {
        let third = total("0.3333333333333333333333333333");
        let mut sum = Total::default();
        for _ in 0..100_000 {
            sum.add(third).unwrap();
        }
        assert_eq!(sum.text(0), "33333.33333333333333333333333");
        let great = total("79228162514264337593543950335");
        assert_eq!(great.plus(total("0.00000001")).unwrap().text(0).len(), 38);
        assert_eq!(great.plus(total("0.0000000000000000000000000001")), Err(TooManyDigits));
    }

    #[test]
    fn a_text_has_the_decimals_of_its_currency() {
        for (amount, at_least, text) in [
            ("0", 2, "0.00"),
            ("-0.5", 2, "-0.50"),
            ("12.3450", 2, "12.345"),
            ("1200", 0, "1200"),
            ("-0.001", 0, "-0.001"),
        ] {
            assert_eq!(total(amount).text(at_least), text);
        }
    }

    proptest! {
        #[test]
        fn sums_orders_and_texts_are_those_of_decimals(
            a in -1_000_000_000_i64..1_000_000_000, b in -1_000_000_000_i64..1_000_000_000,
            a_scale in 0_u32..9, b_scale in 0_u32..9,
        ) {
            let (a, b) = (Decimal::new(a, a_scale), Decimal::new(b, b_scale));
            let (x, y) = (Total::from(a), Total::from(b));
            prop_assert_eq!(x.plus(y).unwrap(), Total::from(a + b));
            prop_assert_eq!(x.minus(y).unwrap(), Total::from(a - b));
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
            prop_assert_eq!(x.text(0).parse::<Decimal>().unwrap(), a);
            if let Some(decade) = x.decade() {
                let power = |exponent: i64| Decimal::try_from_i128_with_scale(
                    10_i128.pow(u32::try_from(exponent.max(0)).unwrap()),
                    u32::try_from((-exponent).max(0)).unwrap(),
                ).unwrap();
                prop_assert!(power(decade) <= a.abs() && a.abs() < power(decade + 1));
            }
        }
    }
}
