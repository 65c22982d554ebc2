//! What is in force on a day, picked once for all days between two changes.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use stele_digest::Digest;
use stele_engine::contract::{Description, Scalar, Shape, Value};

use super::{Content, Series, coverage};
use crate::canonical::Layout;
use crate::manifest::Horizon;

/// The parameters in force on a day, in the order in which the rule declares them.
#[derive(Debug)]
pub struct InForce {
    values: Arc<[Value]>,
    digest: Digest,
    /// For each parameter the entries that are in force, in the order of the table's rows.
    entries: Vec<Vec<usize>>,
    /// Parameter and entry of everything in force whose source could not be seen.
    unconfirmed: Vec<(usize, usize)>,
}

impl InForce {
    pub(super) fn pick(description: &Description, series: &[Series], date: Date) -> Self {
        let mut values = Vec::with_capacity(series.len());
        let mut entries = Vec::with_capacity(series.len());
        let mut unconfirmed = Vec::new();
        for (parameter, (field, series)) in description.parameters.iter().zip(series).enumerate() {
            let picked: Vec<usize> =
                series.groups.iter().filter_map(|group| series.pick(group, date)).collect();
            let contents = picked.iter().map(|entry| &series.entries[*entry].content);
            values.push(match &field.shape {
                Shape::Scalar(_) => Value::Scalar(
                    contents
                        .filter_map(|content| match content {
                            Content::Scalar(scalar) => Some(scalar.clone()),
                            Content::Rows(_) => None,
                        })
                        .next()
                        .unwrap_or(Scalar::None),
                ),
                Shape::Table(_) => Value::Table(
                    contents
                        .flat_map(|content| match content {
                            Content::Rows(rows) => rows.as_slice(),
                            Content::Scalar(_) => &[],
                        })
                        .cloned()
                        .collect(),
                ),
            });
            unconfirmed.extend(
                picked
                    .iter()
                    .filter(|entry| series.entries[**entry].unconfirmed)
                    .map(|entry| (parameter, *entry)),
            );
            entries.push(picked);
        }
        let layout = Layout::of(&description.parameters);
        let digest = layout.digest(&description.parameters, &values);
        Self { values: values.into(), digest, entries, unconfirmed }
    }

    /// One value for each declared parameter, ready for the rule.
    pub fn values(&self) -> &Arc<[Value]> {
        &self.values
    }

    /// SHA-256 over the canonical JSON of the values by name. Sources are not part of it: two
    /// versions with the same numbers share it.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The entries of a parameter that are in force, as positions in its series.
    pub fn entries(&self, parameter: usize) -> &[usize] {
        self.entries.get(parameter).map_or(&[], Vec::as_slice)
    }

    /// Parameter and entry of everything in force whose source could not be seen.
    pub(crate) fn unconfirmed(&self) -> &[(usize, usize)] {
        &self.unconfirmed
    }
}

/// The horizon cut at every day on which something changes. A lookup is a binary search and an
/// atomic load; the parameters of a segment are made when the first calculation asks for them.
#[derive(Debug)]
pub(super) struct Timeline {
    horizon: Horizon,
    starts: Vec<Date>,
    segments: Vec<OnceLock<Arc<InForce>>>,
}

impl Timeline {
    pub(super) fn new(series: &[Series], horizon: Horizon) -> Self {
        let starts = coverage::changes(series, horizon);
        let segments = starts.iter().map(|_| OnceLock::new()).collect();
        Self { horizon, starts, segments }
    }

    pub(super) fn horizon(&self) -> Horizon {
        self.horizon
    }

    pub(super) fn starts(&self) -> &[Date] {
        &self.starts
    }

    pub(super) fn on(
        &self,
        description: &Description,
        series: &[Series],
        date: Date,
    ) -> Option<&Arc<InForce>> {
        if !self.horizon.contains(date) {
            return None;
        }
        let segment = self.starts.partition_point(|start| *start <= date).checked_sub(1)?;
        let start = *self.starts.get(segment)?;
        let cell = self.segments.get(segment)?;
        Some(cell.get_or_init(|| Arc::new(InForce::pick(description, series, start))))
    }
}
