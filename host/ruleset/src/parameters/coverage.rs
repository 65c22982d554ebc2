//! Whether the law is known on every day of the horizon.

use std::collections::BTreeSet;

use jiff::civil::Date;
use stele_engine::contract::Description;

use super::Series;
use crate::defect::Defect;
use crate::manifest::Horizon;
use crate::package::PARAMETERS_FILE;

/// Every day within the horizon on which an entry begins or the day after one ends, and the first
/// day of the horizon.
pub(super) fn changes<'a>(
    series: impl IntoIterator<Item = &'a Series>,
    horizon: Horizon,
) -> Vec<Date> {
    let mut days = BTreeSet::from([horizon.from]);
    for entry in series.into_iter().flat_map(|series| &series.entries) {
        let after = entry.until.and_then(|until| until.tomorrow().ok());
        days.extend([Some(entry.from), after].into_iter().flatten());
    }
    days.into_iter().filter(|day| horizon.contains(*day)).collect()
}

/// The spans for which a required parameter without key has no value.
pub(super) fn gaps(description: &Description, series: &[Series], horizon: Horizon) -> Vec<Defect> {
    let mut defects = Vec::new();
    for (field, series) in description.parameters.iter().zip(series) {
        if !field.required || series.is_keyed() {
            continue;
        }
        let whole = 0..series.entries.len();
        let days = changes([series], horizon);
        for (index, day) in days.iter().enumerate() {
            if series.pick(&whole, *day).is_none() {
                let last = match days.get(index + 1) {
                    Some(next) => next.yesterday().unwrap_or(*next),
                    None => horizon.until,
                };
                defects.push(Defect::new(
                    PARAMETERS_FILE,
                    &*field.name,
                    format!("a value on every day from {horizon}"),
                    format!("none from {day} to {last}"),
                ));
            }
        }
    }
    defects
}
