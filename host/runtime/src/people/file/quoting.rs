//! The rows of a CSV file before the reader makes them: none longer than is read, and each quote where
//! it means something. The reader takes any quote for one or the other, and a cell that is not closed
//! for all that follows it; that would be another salary, and other rows would be gone.

use stele_ruleset::FieldError;

use super::{Unreadable, csv::MOST_CELLS, place::after_mark};

/// Longest row that is read, in bytes: as long as a line of NDJSON.
const LONGEST_ROW: usize = 4 * 1024 * 1024;

/// Looks through all rows.
///
/// # Errors
/// The first row that is too long or has too many cells, or each line with a quote that means nothing.
pub(super) fn check(bytes: &[u8], separator: u8) -> Result<(), Unreadable> {
    let mut wrong = Unreadable::default();
    let mut next = Place { at: after_mark(bytes), line: 1 };
    while next.at < bytes.len() {
        let row = Row { bytes, separator, begins: next };
        match row.end() {
            Ok(end) => next = end,
            Err(Defect::Row { expected }) => {
                return Err(Unreadable::new(next.line, "", expected, "more".to_owned()));
            }
            Err(Defect::Quote { place, expected, found }) => {
                wrong.add(place.line, FieldError::new("", expected, found));
                // What follows the line is looked at for itself.
                next = place.next_line(bytes);
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// A place in the file, and its line as an editor counts them.
#[derive(Clone, Copy)]
struct Place {
    at: usize,
    line: u64,
}

impl Place {
    /// After one byte more. A line ends with CR LF, LF or CR.
    fn after(self, bytes: &[u8]) -> Self {
        let is_end = match bytes.get(self.at) {
            Some(b'\n') => true,
            Some(b'\r') => bytes.get(self.at + 1) != Some(&b'\n'),
            _ => false,
        };
        Self { at: self.at + 1, line: self.line + u64::from(is_end) }
    }

    /// Where the next line begins.
    fn next_line(self, bytes: &[u8]) -> Self {
        let mut place = self;
        while place.line == self.line && place.at < bytes.len() {
            place = place.after(bytes);
        }
        place
    }
}

/// What is wrong with a row.
enum Defect {
    /// It is not read.
    Row { expected: &'static str },
    /// A quote means nothing.
    Quote { place: Place, expected: &'static str, found: &'static str },
}

struct Row<'a> {
    bytes: &'a [u8],
    separator: u8,
    begins: Place,
}

impl Row<'_> {
    /// Where the next row begins.
    fn end(&self) -> Result<Place, Defect> {
        let mut place = self.begins;
        for _ in 0..MOST_CELLS {
            let end = match self.bytes.get(place.at) {
                Some(b'"') => self.quoted(place)?,
                _ => self.unquoted(place)?,
            };
            if self.bytes.get(end.at) != Some(&self.separator) {
                return Ok(end.after(self.bytes));
            }
            place = end.after(self.bytes);
        }
        Err(Defect::Row { expected: "at most 4,096 cells in a row" })
    }

    /// The end of a cell without quotes: a separator, the end of the line or of the file.
    fn unquoted(&self, begins: Place) -> Result<Place, Defect> {
        let mut place = begins;
        loop {
            match self.bytes.get(place.at) {
                Some(b'"') => {
                    let expected = "quotes around a whole cell only, and one that is meant twice";
                    return Err(Defect::Quote {
                        place,
                        expected,
                        found: "a quote inside of a cell",
                    });
                }
                Some(byte) if *byte != self.separator && !matches!(byte, b'\n' | b'\r') => {}
                _ => return Ok(place),
            }
            place = self.after(place)?;
        }
    }

    /// The end of a cell that begins with a quote. Blanks after the other one say nothing.
    fn quoted(&self, begins: Place) -> Result<Place, Defect> {
        let expected = "a quote at the end of the cell that begins with one, and one that is meant \
                        twice";
        let open = Defect::Quote { place: begins, expected, found: "a cell that is not closed" };
        let mut place = self.after(begins)?;
        loop {
            let here = [0, 1].map(|further| self.bytes.get(place.at + further));
            match here {
                [None, _] => return Err(open),
                [Some(b'"'), Some(b'"')] => place = self.after(place)?,
                [Some(b'"'), _] => break,
                _ => {}
            }
            place = self.after(place)?;
        }
        loop {
            place = self.after(place)?;
            match self.bytes.get(place.at) {
                None | Some(b'\n' | b'\r') => return Ok(place),
                Some(byte) if *byte == self.separator => return Ok(place),
                Some(b' ' | b'\t') => {}
                Some(_) => return Err(open),
            }
        }
    }

    fn after(&self, place: Place) -> Result<Place, Defect> {
        match place.at - self.begins.at < LONGEST_ROW {
            true => Ok(place.after(self.bytes)),
            false => Err(Defect::Row { expected: "at most 4 MiB in a row" }),
        }
    }
}
