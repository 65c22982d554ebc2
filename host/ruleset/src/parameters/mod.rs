//! `parameters.toml`: the numbers of the law, dated, each with its source, and which of them are
//! in force on a day.
//!
//! An entry holds from its `from` until the next entry of the same parameter (or of the same key
//! in a table with a key) begins, and never after its own `until`. An entry that has been
//! superseded does not come back: where the latest entry has expired, nothing is in force. So a
//! base that was published for one year is not silently replaced by an older one afterwards.

mod blank;
mod coverage;
mod in_force;
mod overlaps;
mod parse;
mod segments;
mod selection;

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use stele_engine::contract::{Description, Scalar, Value};

use super::defect::Defect;
use super::manifest::Horizon;
pub use in_force::InForce;
use in_force::Timeline;
pub(crate) use segments::Segment;
use selection::Selector;

/// Most entries times most dates at which something changes: beyond that a version would fill the
/// memory with its own history.
const MOST_DATED_ROWS: usize = 20_000_000;

/// What an entry says.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// The value of a scalar parameter.
    Scalar(Scalar),
    /// The rows of a table; exactly one where the table has a key.
    Rows(Vec<Vec<Scalar>>),
}

/// One dated entry of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// First day on which it holds.
    pub from: Date,
    /// Last day on which it holds, if it ends by itself.
    pub until: Option<Date>,
    /// Law, article or publication that it was taken from.
    pub source: String,
    /// True: the publication could not be seen; every result that used it says so.
    pub unconfirmed: bool,
    /// A remark of the author.
    pub note: Option<String>,
    /// The value.
    pub content: Content,
}

/// The entries of one declared parameter.
#[derive(Debug, Clone)]
pub struct Series {
    /// Sorted by key, then by `from`.
    entries: Vec<Entry>,
    /// Where each of them stands in the file, among the entries of the parameter.
    written: Vec<usize>,
    /// Entries of the same key, as ranges of `entries`. One range where the table has no key.
    groups: Vec<Range<usize>>,
    /// Positions of the key columns.
    key: Vec<usize>,
    /// Key columns that facts select by.
    selectors: Vec<Selector>,
}

impl Series {
    /// Every entry, sorted by key, then by `from`.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries with where each stands in the file: `bases[3]`.
    pub(crate) fn written(&self) -> impl Iterator<Item = (usize, &Entry)> {
        self.written.iter().copied().zip(&self.entries)
    }

    /// Whether the parameter is a table that is dated row by row.
    pub fn is_keyed(&self) -> bool {
        !self.key.is_empty()
    }

    /// The entry of a group that is in force on the date.
    fn pick(&self, group: &Range<usize>, date: Date) -> Option<usize> {
        let entries = self.entries.get(group.clone())?;
        let begun = entries.partition_point(|entry| entry.from <= date);
        let latest = begun.checked_sub(1)?;
        let holds = entries[latest].until.is_none_or(|until| date <= until);
        holds.then_some(group.start + latest)
    }
}

/// All parameters of a version, typed as its rule declares them.
#[derive(Debug)]
pub struct Parameters {
    series: Vec<Series>,
    timeline: Timeline,
}

impl Parameters {
    /// Reads `parameters.toml` against the declared parameters. Every problem is reported at
    /// once: unknown names and columns, missing values, wrong types, values out of bounds, two
    /// entries for the same day, gaps in the horizon.
    pub fn parse(
        text: &str,
        description: &Description,
        horizon: Horizon,
    ) -> Result<Self, Vec<Defect>> {
        let series = parse::parse(text, description)?;
        let timeline = Timeline::new(&series, horizon);
        let mut defects = coverage::gaps(description, &series, horizon);
        let rows: usize = series.iter().flat_map(|series| &series.entries).map(Entry::size).sum();
        if rows.saturating_mul(timeline.starts().len()) > MOST_DATED_ROWS {
            defects.push(Defect::new(
                super::package::PARAMETERS_FILE,
                "",
                format!("rows times dates of change to be at most {MOST_DATED_ROWS}"),
                format!("{rows} rows and {} dates", timeline.starts().len()),
            ));
        }
        if defects.is_empty() { Ok(Self { series, timeline }) } else { Err(defects) }
    }

    /// `parameters.toml` for a rule with one entry for each declared parameter, all still to be
    /// written: no number stands in it, and no publication accepts it.
    pub fn blank(description: &Description, from: Date) -> String {
        blank::blank(description, from)
    }

    /// The entries of a parameter by its position.
    pub fn series(&self, parameter: usize) -> Option<&Series> {
        self.series.get(parameter)
    }

    /// Where every value is said to stand, each once, sorted.
    pub(crate) fn sources(&self) -> BTreeSet<&str> {
        let entries = self.series.iter().flat_map(|series| &series.entries);
        entries.map(|entry| entry.source.as_str()).collect()
    }

    /// The days within the horizon on which something changes, sorted; the first is the beginning
    /// of the horizon. Between two of them every day has the same parameters.
    pub fn changes(&self) -> &[Date] {
        self.timeline.starts()
    }

    /// The entries that say they hold until a day on which the next one already does. It is clear
    /// which of them is in force, so that a version that has such an entry can be run; but one of
    /// the two days is a mistake, so none is published any more.
    pub(crate) fn overlaps(&self, description: &Description) -> Vec<Defect> {
        overlaps::overlaps(description, &self.series)
    }

    /// What is in force on the date, made once for all days that have the same, or nothing where
    /// the date lies outside of the horizon.
    pub fn on(&self, description: &Description, date: Date) -> Option<&std::sync::Arc<InForce>> {
        self.timeline.on(description, &self.series, date)
    }

    /// Like [`on`](Self::on), but not kept: for walking through a whole horizon once.
    pub(crate) fn pick(&self, description: &Description, date: Date) -> InForce {
        InForce::pick(description, &self.series, date)
    }

    /// The entries of a parameter that a result with these facts rests on: those in force, of a
    /// table with a key only the rows that the facts select.
    pub fn used(&self, in_force: &InForce, parameter: usize, facts: &[Value]) -> Vec<&Entry> {
        let Some(series) = self.series.get(parameter) else { return Vec::new() };
        in_force
            .entries(parameter)
            .iter()
            .filter_map(|entry| series.entries.get(*entry))
            .filter(|entry| selection::selects(&series.selectors, entry, facts))
            .collect()
    }

    /// Parameter and entry of everything that a result with these facts rests on and whose source
    /// could not be seen.
    pub(crate) fn unconfirmed(&self, in_force: &InForce, facts: &[Value]) -> Vec<(usize, usize)> {
        let used = |(parameter, entry): &&(usize, usize)| {
            self.series.get(*parameter).is_some_and(|series| {
                (series.entries.get(*entry))
                    .is_some_and(|entry| selection::selects(&series.selectors, entry, facts))
            })
        };
        in_force.unconfirmed().iter().filter(used).copied().collect()
    }
}

impl Entry {
    /// The row, where the entry is one row of a table with a key.
    pub fn row(&self) -> Option<&[Scalar]> {
        match &self.content {
            Content::Rows(rows) => rows.first().map(Vec::as_slice),
            Content::Scalar(_) => None,
        }
    }

    /// Its rows; none where it is a single value.
    pub(crate) fn rows(&self) -> &[Vec<Scalar>] {
        match &self.content {
            Content::Rows(rows) => rows,
            Content::Scalar(_) => &[],
        }
    }

    fn size(&self) -> usize {
        match &self.content {
            Content::Scalar(_) => 1,
            Content::Rows(rows) => rows.len().max(1),
        }
    }
}
