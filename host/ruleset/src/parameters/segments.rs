//! The spans of time in which one parameter stays the same.

use jiff::civil::Date;

use super::Parameters;

/// A span of days with the same entries of one parameter in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Segment {
    /// Its first day.
    pub(crate) from: Date,
    /// Its last day.
    pub(crate) until: Date,
    /// The entries in force, as positions in the parameter's series, in the order of the table's rows.
    pub(crate) entries: Vec<usize>,
}

impl Parameters {
    /// The spans of a parameter within the horizon, in their order, one at a time: all of them together
    /// may be as large as the version may be.
    pub(crate) fn segments(&self, parameter: usize) -> impl Iterator<Item = Segment> + '_ {
        let starts = self.timeline.starts();
        let in_force = move |from: Date| -> Vec<usize> {
            let series = self.series.get(parameter);
            let groups = series.into_iter().flat_map(|of| of.groups.iter().map(move |g| (of, g)));
            groups.filter_map(|(series, group)| series.pick(group, from)).collect()
        };
        let mut days = starts.iter().map(move |from| (*from, in_force(*from))).peekable();
        let last = self.timeline.horizon().until;
        std::iter::from_fn(move || {
            let (from, entries) = days.next()?;
            while days.next_if(|(_, next)| *next == entries).is_some() {}
            let until = days.peek().and_then(|(next, _)| next.yesterday().ok()).unwrap_or(last);
            Some(Segment { from, until, entries })
        })
    }
}

impl std::fmt::Display for Segment {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "from {} to {}", self.from, self.until)
    }
}
