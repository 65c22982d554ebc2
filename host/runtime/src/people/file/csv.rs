//! CSV, row by row. The rows of an employee may stand anywhere, so where each stands is looked up
//! first.

use std::{collections::HashMap, io::Cursor, sync::Arc};

use csv::{Position, Reader, ReaderBuilder, StringRecord, Trim};
use jiff::civil::Date;
use stele_ruleset::FieldError;

use super::{
    Bytes, Form, Row, Unreadable,
    cell::{DecimalMark, Reading},
    column,
    place::{Lines, after_mark},
    quoting,
};
use crate::people::{
    name::{AttributeName, shorten},
    statement::{About, Said, Statement},
};

/// Most cells of a row. A cell of one byte takes sixteen times as much while its row is read.
pub(in crate::people) const MOST_CELLS: usize = 4_096;

/// What may stand between cells, the first that makes sense of the header.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// A file whose header is understood.
pub(super) struct Table {
    bytes: Bytes,
    columns: Arc<Columns>,
    /// Employee by employee in the order in which they first occur, each one's rows as they stand.
    places: Arc<Vec<Place>>,
}

struct Columns {
    separator: u8,
    mark: DecimalMark,
    id: usize,
    from: usize,
    /// In the order of the header; of `id` and `from`, none.
    attributes: Vec<Option<Column>>,
}

struct Column {
    attribute: String,
    /// None: nobody says.
    reading: Option<Reading>,
}

/// Where a row stands. Small, because there may be millions.
#[derive(Clone, Copy)]
struct Place {
    /// The number of its employee, from 0. A row that can not be read has one for itself.
    employee: u32,
    offset: u32,
    /// As an editor shows it; not what the reader counts, which takes CR LF for two at times.
    line: u32,
}

impl Place {
    fn new(employee: u32, offset: usize, line: u64) -> Option<Self> {
        Some(Self { employee, offset: offset.try_into().ok()?, line: line.try_into().ok()? })
    }

    fn position(self) -> Position {
        let mut position = Position::new();
        position.set_byte(self.offset.into());
        position
    }
}

fn reader(bytes: Bytes, separator: u8) -> Reader<Cursor<Bytes>> {
    ReaderBuilder::new().delimiter(separator).trim(Trim::All).from_reader(Cursor::new(bytes))
}

/// What stands between the cells of the header: spreadsheets write what their country does.
fn separator_of(bytes: &[u8]) -> u8 {
    let bytes = bytes.get(after_mark(bytes)..).unwrap_or_default();
    let lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
    let header = lines.into_iter().find(|line| !line.is_empty()).unwrap_or_default();
    let makes_sense = |separator: u8| {
        let has = |name: &[u8]| {
            header.split(|byte| *byte == separator).any(|cell| unquoted(cell.trim_ascii()) == name)
        };
        has(b"id") && has(b"from")
    };
    SEPARATORS.into_iter().find(|separator| makes_sense(*separator)).unwrap_or(b',')
}

fn unquoted(cell: &[u8]) -> &[u8] {
    let inside = cell.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    inside.map_or(cell, <[u8]>::trim_ascii)
}

impl Columns {
    fn read(
        header: &StringRecord,
        separator: u8,
        mark: DecimalMark,
        reading: &dyn Fn(&str) -> Option<Reading>,
    ) -> Result<Self, Unreadable> {
        let position = |name: &str| header.iter().position(|column| column == name);
        let (Some(id), Some(from)) = (position("id"), position("from")) else {
            let names: Vec<&str> = header.iter().collect();
            let found = format!("{:?}", shorten(&names.join(",")));
            return Err(Unreadable::new(1, "", "a header with the columns id and from", found));
        };
        let mut wrong = Unreadable::default();
        let mut attributes: Vec<Option<Column>> = Vec::with_capacity(header.len());
        for (at, written) in header.iter().enumerate() {
            let pointer = column(written);
            if at == id || at == from {
                attributes.push(None);
                continue;
            }
            match Column::read(written, reading) {
                Ok(column) => {
                    let is_known = |known: &Column| known.attribute == column.attribute;
                    let is_again = attributes.iter().flatten().any(is_known);
                    if is_again || matches!(written, "id" | "from") {
                        let found = format!("{:?} again", shorten(written));
                        wrong.add(1, FieldError::new(pointer, "each column once", found));
                    }
                    attributes.push(Some(column));
                }
                Err(expected) => {
                    let found = format!("{:?}", shorten(written));
                    wrong.add(1, FieldError::new(pointer, expected, found));
                }
            }
        }
        match wrong.is_empty() {
            true => Ok(Self { separator, mark, id, from, attributes }),
            false => Err(wrong),
        }
    }
}

impl Column {
    /// The name of an attribute and, after a colon, how its cells are read; where nothing is said,
    /// as it is declared.
    fn read(written: &str, reading: &dyn Fn(&str) -> Option<Reading>) -> Result<Self, String> {
        let (attribute, named) = match written.split_once(':') {
            Some((attribute, named)) => (attribute.trim_end(), Some(named.trim_start())),
            None => (written, None),
        };
        if !AttributeName::of(attribute).is_valid() {
            let expected = "the name of an attribute: of lower-case letters, digits and _, of one \
                            employment gross@shanghai, for one ruleset de/payroll/state";
            return Err(expected.to_owned());
        }
        let reading = match named {
            Some(named) => Some(Reading::named(named)?),
            None => reading(attribute),
        };
        Ok(Self { attribute: attribute.to_owned(), reading })
    }
}

impl Table {
    pub(super) fn open(
        bytes: Bytes,
        most: u64,
        mark: DecimalMark,
        reading: &dyn Fn(&str) -> Option<Reading>,
    ) -> Result<Self, Unreadable> {
        let separator = separator_of(bytes.as_ref());
        quoting::check(bytes.as_ref(), separator)?;
        let mut reader = reader(bytes.clone(), separator);
        let header = reader.headers().map_err(|error| {
            Unreadable::new(1, "", "a header id,from,<attribute>…", error.to_string())
        })?;
        let columns = Columns::read(header, separator, mark, reading)?;
        let mut places = Vec::new();
        let mut by_id: HashMap<Box<str>, u32> = HashMap::new();
        let mut employees = 0;
        let mut lines = Lines::new();
        let mut record = StringRecord::new();
        while u64::from(employees) <= most {
            let offset = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
            let id = match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => Some(record.get(columns.id).unwrap_or_default()),
                Err(_) => None,
            };
            let employee = id.and_then(|id| by_id.get(id).copied()).unwrap_or(employees);
            if employee == employees {
                by_id.extend(id.map(|id| (Box::from(id), employee)));
                employees += 1;
            }
            let line = lines.of(bytes.as_ref(), offset);
            places.push(Place::new(employee, offset, line).ok_or_else(|| {
                let found = format!("{} bytes", bytes.as_ref().len());
                Unreadable::new(line, "", "at most 4 GiB", found)
            })?);
        }
        if !places.is_sorted_by_key(|place| place.employee) {
            places.sort_by_key(|place| place.employee);
        }
        Ok(Self { bytes, columns: Arc::new(columns), places: Arc::new(places) })
    }

    pub(super) fn rows(&self) -> Rows {
        Rows {
            reader: reader(self.bytes.clone(), self.columns.separator),
            record: StringRecord::new(),
            columns: self.columns.clone(),
            places: self.places.clone(),
            next: 0,
        }
    }
}

/// The employees of a file.
pub(super) struct Rows {
    reader: Reader<Cursor<Bytes>>,
    record: StringRecord,
    columns: Arc<Columns>,
    places: Arc<Vec<Place>>,
    /// The next of the places.
    next: usize,
}

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let first = *self.places.get(self.next)?;
        let mut row = Row::new(Form::Csv, first.line.into());
        while let Some(place) = self.places.get(self.next).copied()
            && place.employee == first.employee
        {
            self.next += 1;
            self.read(place, &mut row);
        }
        Some(row)
    }
}

impl Rows {
    /// Adds what stands at a place.
    fn read(&mut self, place: Place, row: &mut Row) {
        let line = u64::from(place.line);
        // Does nothing where it stands already.
        let read = self
            .reader
            .seek(place.position())
            .and_then(|()| self.reader.read_record(&mut self.record));
        if let Err(error) = read {
            let expected = "a row with as many cells as the header";
            row.refuse(line, FieldError::new("", expected, said(&error)));
            return;
        }
        row.bytes += self.record.as_slice().len();
        let Columns { mark, id, from, attributes, .. } = self.columns.as_ref();
        if row.employee.is_empty() {
            row.employee = self.record.get(*id).unwrap_or_default().to_owned();
        }
        let cells = attributes.iter().zip(&self.record);
        let mut said = cells
            .filter_map(|(column, cell)| Some((column.as_ref()?, cell)))
            .filter(|(_, cell)| !cell.is_empty())
            .peekable();
        let cell = self.record.get(*from).unwrap_or_default();
        // Of whom nothing is known, nothing is known from any date on.
        if cell.is_empty() && said.peek().is_none() {
            return;
        }
        let Ok(date) = cell.parse::<Date>() else {
            let found = format!("{:?}", shorten(cell));
            row.refuse(line, FieldError::new("/from", "a date such as 2026-01-31", found));
            return;
        };
        for (Column { attribute, reading }, cell) in said {
            let read = match reading {
                Some(reading) => reading.read(cell, *mark).map_err(str::to_owned),
                None => read_undeclared(attribute, cell, *mark),
            };
            match read {
                Ok(said) => {
                    let about = row.statements.entry(attribute.clone());
                    let about = about.or_insert_with(|| About::Dated(Vec::new()));
                    if let About::Dated(dated) = about {
                        let position = dated.len();
                        dated.push(Statement { from: date, said, line, position });
                    }
                }
                Err(expected) => {
                    let found = format!("{:?}", shorten(cell));
                    row.refuse(line, FieldError::new(column(attribute), expected, found));
                }
            }
        }
    }
}

/// What a cell says of an attribute that nobody declares: a text. One that is a number by the mark of
/// the file, and would be another or none as text, is refused.
fn read_undeclared(attribute: &str, cell: &str, mark: DecimalMark) -> Result<Said, String> {
    if mark == DecimalMark::Comma
        && cell.contains([',', '.'])
        && Reading::Number.read(cell, mark).is_ok()
    {
        return Err(format!(
            "how the cells of this column are read, after its name: {attribute}:number or \
             {attribute}:text, because nobody declares it"
        ));
    }
    Reading::Text.read(cell, mark).map_err(str::to_owned)
}

/// What the reader says, without where it thinks that it is.
fn said(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} of {expected_len} cells")
        }
        csv::ErrorKind::Utf8 { err, .. } => format!("no UTF-8 in cell {}", err.field() + 1),
        _ => error.to_string(),
    }
}
