//! What tells an entry, and a finding about it, from every other of its day.

use crate::posting::Posting;
use crate::reversal::Reversed;
use stele_sdk::prelude::*;

/// What two entries of a day may have in common: event, reference, and the day on which it had
/// happened where it is taken back.
type Common<'a> = (&'a str, Option<&'a str>, Option<Date>);

/// Event, with the day on which it had happened where it is taken back, then its reference; from the
/// second of a kind on a number. Postings come in the order of their days.
#[derive(Default)]
pub(crate) struct Subjects<'a> {
    day: Option<Date>,
    /// What happened on the day, and how often.
    happened: Vec<(Common<'a>, usize)>,
}

impl<'a> Subjects<'a> {
    pub(crate) fn next(&mut self, posting: &Posting<'a>, postings: &[Posting<'a>]) -> String {
        if self.day != Some(posting.on) {
            self.day = Some(posting.on);
            self.happened.clear();
        }
        let event = posting.tariff.event.as_str();
        let taken_back_of = posting.reverses.map(|reversed| match reversed {
            Reversed::InPeriod(of) => postings[of].on,
            Reversed::Before(day) => day,
        });
        let mut subject = match taken_back_of {
            Some(day) => format!("{event} taken_back {day}"),
            None => event.to_owned(),
        };
        if let Some(reference) = posting.reference {
            subject = format!("{subject}: {reference}");
        }
        match self.count((event, posting.reference, taken_back_of)) {
            1 => subject,
            count => format!("{subject} #{count}"),
        }
    }

    fn count(&mut self, common: Common<'a>) -> usize {
        let position = self.happened.iter().position(|(other, _)| *other == common);
        let position = position.unwrap_or_else(|| {
            self.happened.push((common, 0));
            self.happened.len() - 1
        });
        let count = &mut self.happened[position].1;
        *count += 1;
        *count
    }
}
