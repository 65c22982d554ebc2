//! CSV, row by row. The rows of an employee may stand anywhere, so where each stands is looked up
//! first.

use std::{collections::HashMap, io::Cursor, sync::Arc};

use csv::{Position, Reader, ReaderBuilder, StringRecord, Trim};
use jiff::civil::Date;
use serde_json::Value;
use stele_ruleset::FieldError;
use stele_store::{Attributes, DatedValue};

use super::{Bytes, Row, WrongHeader};
use crate::people::name::shorten;

/// Longest row that is read, in bytes: as long as a line of NDJSON.
const LONGEST_ROW: usize = 4 * 1024 * 1024;

/// Most cells of a row. A cell of one byte takes sixteen times as much while its row is read.
const MOST_CELLS: usize = 4_096;

/// A file whose header is understood.
pub(super) struct Table {
    bytes: Bytes,
    columns: Arc<Columns>,
    /// Employee by employee in the order in which they first occur, each one's rows as they stand.
    places: Arc<Vec<Place>>,
}

struct Columns {
    names: Vec<String>,
    id: usize,
    from: usize,
}

/// Where a row stands. Small, because there may be millions.
#[derive(Clone, Copy)]
struct Place {
    /// The number of its employee, from 0. A row that can not be read has one for itself.
    employee: u32,
    offset: u32,
    line: u32,
    record: u32,
}

impl Place {
    fn new(employee: u32, position: &Position) -> Option<Self> {
        Some(Self {
            employee,
            offset: position.byte().try_into().ok()?,
            line: position.line().try_into().ok()?,
            record: position.record().try_into().ok()?,
        })
    }

    fn position(self) -> Position {
        let mut position = Position::new();
        position.set_byte(self.offset.into()).set_line(self.line.into());
        position.set_record(self.record.into());
        position
    }
}

fn reader(bytes: Bytes) -> Reader<Cursor<Bytes>> {
    ReaderBuilder::new().trim(Trim::All).from_reader(Cursor::new(bytes))
}

/// Finds a row that is longer, or of more cells, than is read, before the reader makes a whole row of
/// it in memory: where quotes are what they are for the reader, at the beginning of a cell.
fn check_rows(bytes: &[u8]) -> Result<(), WrongHeader> {
    let (mut line, mut row, mut cells) = (1_u64, 0_usize, 1_usize);
    let (mut is_quoted, mut has_ended, mut begins) = (false, false, true);
    for (at, byte) in bytes.iter().enumerate() {
        let was_beginning = std::mem::replace(&mut begins, false);
        // Two quotes are one that is meant.
        let had_ended = std::mem::replace(&mut has_ended, false);
        line += u64::from(*byte == b'\n');
        match byte {
            b'"' if is_quoted => (is_quoted, has_ended) = (false, true),
            b'"' if was_beginning || had_ended => is_quoted = true,
            b',' if !is_quoted => (cells, begins) = (cells + 1, true),
            b'\n' | b'\r' if !is_quoted => (row, cells, begins) = (at + 1, 1, true),
            _ => {}
        }
        if cells > MOST_CELLS {
            let found = format!("more, in the row that ends on line {line} or later");
            return Err(WrongHeader { expected: "at most 4,096 cells in a row", found });
        }
        if at - row.min(at) > LONGEST_ROW {
            let found = format!("more, in the row that ends on line {line} or later");
            return Err(WrongHeader { expected: "at most 4 MiB in a row", found });
        }
    }
    Ok(())
}

impl Columns {
    fn read(reader: &mut Reader<Cursor<Bytes>>) -> Result<Self, WrongHeader> {
        let wrong = |expected, found| WrongHeader { expected, found };
        let header = reader
            .headers()
            .map_err(|error| wrong("a header id,from,<attribute>…", error.to_string()))?;
        let names: Vec<String> = header.iter().map(str::to_owned).collect();
        let position = |name: &str| names.iter().position(|column| column == name);
        let (Some(id), Some(from)) = (position("id"), position("from")) else {
            let found = format!("{:?}", shorten(&names.join(",")));
            return Err(wrong("a header with the columns id and from", found));
        };
        let twice = names.iter().enumerate().find(|(at, name)| position(name) != Some(*at));
        if let Some((_, name)) = twice {
            return Err(wrong("each column once", format!("{:?} again", shorten(name))));
        }
        Ok(Self { names, id, from })
    }
}

impl Table {
    pub(super) fn open(bytes: Bytes, most: u64) -> Result<Self, WrongHeader> {
        check_rows(bytes.as_ref())?;
        let mut reader = reader(bytes.clone());
        let columns = Columns::read(&mut reader)?;
        let mut places = Vec::new();
        let mut by_id: HashMap<Box<str>, u32> = HashMap::new();
        let mut employees = 0;
        let mut record = StringRecord::new();
        while u64::from(employees) <= most {
            let position = reader.position().clone();
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
            places.push(Place::new(employee, &position).ok_or_else(|| WrongHeader {
                expected: "at most 4 GiB",
                found: format!("{} bytes", bytes.as_ref().len()),
            })?);
        }
        if !places.is_sorted_by_key(|place| place.employee) {
            places.sort_by_key(|place| place.employee);
        }
        Ok(Self { bytes, columns: Arc::new(columns), places: Arc::new(places) })
    }

    pub(super) fn rows(&self) -> Rows {
        Rows {
            reader: reader(self.bytes.clone()),
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
        let mut row = Row { line: first.line.into(), ..Row::default() };
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
        // Does nothing where it stands already.
        let read = self
            .reader
            .seek(place.position())
            .and_then(|()| self.reader.read_record(&mut self.record));
        if let Err(error) = read {
            let expected = "a row with as many cells as the header";
            row.errors.push(FieldError::new("", expected, error.to_string()));
            return;
        }
        let Columns { names, id, from } = self.columns.as_ref();
        if row.employee.is_empty() {
            row.employee = self.record.get(*id).unwrap_or_default().to_owned();
        }
        let cell = self.record.get(*from).unwrap_or_default();
        let Ok(date) = cell.parse::<Date>() else {
            let expected = format!("a date such as 2026-01-31 on line {}", place.line);
            let found = format!("{:?}", shorten(cell));
            row.errors.push(FieldError::new("/from", expected, found));
            return;
        };
        add_cells(&mut row.attributes, names, &self.record, [*id, *from], date);
    }
}

fn add_cells(
    attributes: &mut Attributes,
    columns: &[String],
    record: &StringRecord,
    skipped: [usize; 2],
    from: Date,
) {
    for (position, (column, cell)) in columns.iter().zip(record).enumerate() {
        if !skipped.contains(&position) && !cell.is_empty() {
            let value = DatedValue { from, value: Value::String(cell.to_owned()) };
            attributes.entry(column.clone()).or_default().push(value);
        }
    }
}
