//! Parts of the sentences of an explanation. Only what several rules say alike belongs here.

use rust_decimal::Decimal;

/// How many parts of a sum are written one by one. A reader adds up no more, and the host takes no
/// text of more than 4 KiB: forty parts of 29 digits stay far below.
const MOST_PARTS: usize = 40;

/// A sum as one writes it down, such as `2240.00 + 563.00 − 3.00`: each part with at least so many
/// decimals, parts of zero left out. Nothing to add up is zero. What follows the fortieth part
/// stands at the end as one, in brackets: `… + [120.00]`.
///
/// ```
/// use stele_sdk::prelude::*;
/// let parts = [Decimal::new(2240, 0), Decimal::ZERO, Decimal::new(-35, 1)];
/// assert_eq!(stele_sdk::sentence::sum(parts, 2), "2240.00 − 3.50");
/// assert_eq!(stele_sdk::sentence::sum([], 2), "0.00");
/// let many = stele_sdk::sentence::sum([Decimal::TWO; 100], 0);
/// assert!(many.starts_with("2 + 2 + ") && many.ends_with(" + 2 + [120]"));
/// ```
pub fn sum(parts: impl IntoIterator<Item = Decimal>, decimals: usize) -> String {
    let mut parts = parts.into_iter().filter(|part| !part.is_zero());
    let mut text = String::new();
    for part in parts.by_ref().take(MOST_PARTS) {
        match (text.is_empty(), part.is_sign_negative()) {
            (true, true) => text.push('−'),
            (true, false) => {}
            (false, true) => text.push_str(" − "),
            (false, false) => text.push_str(" + "),
        }
        text.push_str(&with_decimals(part.abs(), decimals));
    }
    if let Some(next) = parts.next() {
        let rest = next + parts.sum::<Decimal>();
        let sign = if rest.is_sign_negative() { '−' } else { '+' };
        text.push_str(&format!(" {sign} [{}]", with_decimals(rest.abs(), decimals)));
    }
    if text.is_empty() { with_decimals(Decimal::ZERO, decimals) } else { text }
}

fn with_decimals(amount: Decimal, decimals: usize) -> String {
    let exact = amount.normalize();
    let decimals = decimals.max(usize::try_from(exact.scale()).unwrap_or(decimals));
    format!("{exact:.decimals$}")
}
