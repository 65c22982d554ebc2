//! Whether an entry says that it holds until a day on which the next one already does.

use stele_engine::contract::Description;

use super::Series;
use crate::defect::Defect;
use crate::package::PARAMETERS_FILE;

/// Most that are reported.
const MOST_DEFECTS: usize = 200;

pub(super) fn overlaps(description: &Description, series: &[Series]) -> Vec<Defect> {
    let mut defects = Vec::new();
    for (field, series) in description.parameters.iter().zip(series) {
        for group in &series.groups {
            let entries: Vec<_> = series.written().skip(group.start).take(group.len()).collect();
            for pair in entries.windows(2) {
                let [(place, entry), (next_place, next)] = pair else { continue };
                let Some(until) = entry.until.filter(|until| *until >= next.from) else { continue };
                defects.push(Defect::new(
                    PARAMETERS_FILE,
                    format!("{}[{place}].until", field.name),
                    format!(
                        "a date before {}, from which {}[{next_place}] holds",
                        next.from, field.name
                    ),
                    until.to_string(),
                ));
            }
        }
    }
    defects.truncate(MOST_DEFECTS);
    defects
}
