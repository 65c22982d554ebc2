//! Parts of the sentences of an explanation. Only what several rules say alike belongs here.

use rust_decimal::Decimal;

/// A sum as one writes it down, such as `2240.00 + 563.00 − 3.00`: each part with at least so many
/// decimals, parts of zero left out. Nothing to add up is zero.
///
/// ```
/// use stele_sdk::prelude::*;
/// let parts = [Decimal::new(2240, 0), Decimal::ZERO, Decimal::new(-35, 1)];
/// assert_eq!(stele_sdk::sentence::sum(parts, 2), "2240.00 − 3.50");
/// assert_eq!(stele_sdk::sentence::sum([], 2), "0.00");
/// ```
pub fn sum(parts: impl IntoIterator<Item = Decimal>, decimals: usize) -> String {
    let mut text = String::new();
    for part in parts.into_iter().filter(|part| !part.is_zero()) {
        match (text.is_empty(), part.is_sign_negative()) {
            (true, true) => text.push('−'),
            (true, false) => {}
            (false, true) => text.push_str(" − "),
            (false, false) => text.push_str(" + "),
        }
        text.push_str(&with_decimals(part.abs(), decimals));
    }
    if text.is_empty() { with_decimals(Decimal::ZERO, decimals) } else { text }
}

fn with_decimals(amount: Decimal, decimals: usize) -> String {
    let exact = amount.normalize();
    let decimals = decimals.max(usize::try_from(exact.scale()).unwrap_or(decimals));
    format!("{exact:.decimals$}")
}
