//! Which known name was probably meant where an unknown one stands: most unknown names are known
//! ones with a letter too few, too many or in the wrong place.

use std::fmt::Write as _;

use strsim::osa_distance;

/// Longest text that is compared. No declared name is longer, and the comparison takes the product
/// of both lengths.
const LONGEST: usize = 64;

/// The known name that is nearest to an unknown one, if one is near enough to have been meant: a
/// third of its letters may differ. Of several the first.
pub fn nearest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = unknown.chars().count();
    if unknown.len() > LONGEST || letters < 2 {
        return None;
    }
    let most = (letters / 3).max(1);
    let distances = known.into_iter().filter(|known| known.len() <= LONGEST).filter_map(|known| {
        // Cheaper than the comparison, which most names do not need.
        let apart = known.chars().count().abs_diff(letters);
        let distance = if apart > most { None } else { Some(osa_distance(unknown, known)) };
        distance.filter(|distance| *distance <= most).map(|distance| (distance, known))
    });
    distances.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

/// Most unknown names of one document of which it is said what they were meant for: whoever sends
/// more has another document in hand, and a comparison with every declared name is not free.
const MOST: usize = 20;

/// What was found, with the name that was probably meant: `an unknown name; did you mean gross?`
/// `before` is how much was found wrong in the document before this name.
pub(crate) fn with_nearest<'a>(
    found: &str,
    before: usize,
    unknown: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> String {
    let mut found = found.to_owned();
    if before < MOST
        && let Some(meant) = nearest(unknown, known)
    {
        // Writing into a String never fails.
        let _ = write!(found, "; did you mean {meant}?");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_from_another_word() {
        let known = ["normal_daily_hours", "normal_weekly_hours", "severance", "notice"];
        for (unknown, meant) in [
            ("normal_daly_hours", Some("normal_daily_hours")),
            ("normal_weekly_hour", Some("normal_weekly_hours")),
            ("serverance", Some("severance")),
            ("ntoice", Some("notice")),
            ("wages", None),
            ("n", None),
            ("", None),
        ] {
            assert_eq!(nearest(unknown, known), meant, "{unknown}");
        }
        assert_eq!(nearest(&"x".repeat(1 << 20), known), None);
    }
}
