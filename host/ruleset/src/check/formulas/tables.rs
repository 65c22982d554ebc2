//! Whether the tables in which formulas look rows up are whole, in every span of time: rows whose limits
//! rise, one row for a key, no amount and no key that has none.
//!
//! What can only be a mistake refuses the version: limits that do not rise, a row that is never
//! found because another one is found first, amounts that no row taxes. What the law may mean is a
//! warning: amounts below the first row, or a choice for which there is no row.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;
use stele_engine::contract::{Description, Scalar, ScalarKind};
use stele_formulas::document::tables::{By, Key, Limits, Lookup};

use super::rows::{Limit, Row, Table};
use crate::defect::Defect;
use crate::formula_text::FormulaText;
use crate::package::PARAMETERS_FILE;
use crate::parameters::{Parameters, Segment};
use crate::scalar::plain_text;

/// Most rows that are looked at in all: as many as a version may have, times its dates.
const MOST_ROWS: usize = 20_000_000;

/// Most keys whose rows are looked for in one table.
const MOST_KEYS: usize = 10_000;

/// Most defects that are found of each sort.
const MOST_DEFECTS: usize = 200;

/// What was found.
#[derive(Default)]
pub(crate) struct Found {
    /// What refuses the version.
    pub(crate) errors: Vec<Defect>,
    /// What its publisher should look at.
    pub(crate) warnings: Vec<Defect>,
    /// How many lookups there are.
    pub(crate) lookups: usize,
    /// Rows looked at so far.
    looked_at: usize,
}

/// Looks at every table in which the formulas look rows up.
pub(crate) fn of(
    formulas: &FormulaText,
    description: &Description,
    parameters: &Parameters,
) -> Found {
    let mut found = Found::default();
    let mut seen = HashSet::new();
    for lookup in formulas.lookups() {
        found.lookups += 1;
        if !seen.insert((lookup.parameter, lookup.by, &lookup.keys, lookup.needed)) {
            continue;
        }
        let position = lookup.parameter as usize;
        let Some(table) = Table::of(description, parameters, position) else { continue };
        let place = formulas.place(lookup.node);
        let used = match &place {
            Some(place) => format!("`{}` in {}", place.text, place.of),
            None => "a formula".to_owned(),
        };
        let look = Look { table, lookup, used };
        for segment in parameters.segments(position) {
            let rows = table.rows(&segment);
            found.looked_at = found.looked_at.saturating_add(rows.len());
            if found.looked_at > MOST_ROWS {
                let expected = format!("tables of at most {MOST_ROWS} rows in all, for all dates");
                found.error(Defect::new(PARAMETERS_FILE, "", expected, "more"));
                return found;
            }
            look.at(&segment, &rows, &mut found);
        }
    }
    found
}

impl Found {
    fn error(&mut self, defect: Defect) {
        if self.errors.len() < MOST_DEFECTS && !self.errors.contains(&defect) {
            self.errors.push(defect);
        }
    }

    fn warning(&mut self, defect: Defect) {
        if self.warnings.len() < MOST_DEFECTS && !self.warnings.contains(&defect) {
            self.warnings.push(defect);
        }
    }
}

/// One lookup in one table.
struct Look<'a> {
    table: Table<'a>,
    lookup: &'a Lookup,
    used: String,
}

impl<'a> Look<'a> {
    fn at(&self, segment: &Segment, rows: &[Row<'a>], found: &mut Found) {
        let groups = self.groups(rows);
        for (key, rows) in &groups {
            match self.lookup.by {
                By::Keys => self.one_each(segment, key, rows, found),
                By::Limit { column, .. } if !self.has_order(column as usize) => {}
                By::Limit { column, limits, tax } => {
                    self.rising(segment, key, rows, column as usize, limits, found);
                    self.ends(segment, key, rows, (column as usize, limits, tax), found);
                }
            }
        }
        if self.lookup.needed {
            let keys: Vec<&Vec<&Scalar>> = groups.iter().map(|(key, _)| key).collect();
            self.missing(segment, &keys, found);
        }
    }

    /// Whether limits in this column are numbers or days.
    fn has_order(&self, column: usize) -> bool {
        let kind = self.table.columns.get(column).map(|column| &column.kind);
        matches!(kind, Some(ScalarKind::Decimal(_) | ScalarKind::Integer(_) | ScalarKind::Date))
    }

    /// The rows that agree in the keys, in the order of the table.
    #[allow(clippy::type_complexity, reason = "keys with their rows")]
    fn groups(&self, rows: &[Row<'a>]) -> Vec<(Vec<&'a Scalar>, Vec<Row<'a>>)> {
        let mut places: HashMap<Vec<&Scalar>, usize> = HashMap::new();
        let mut groups: Vec<(Vec<&Scalar>, Vec<Row<'a>>)> = Vec::new();
        for row in rows {
            let cells = self.lookup.keys.iter();
            let key: Vec<&Scalar> =
                cells.filter_map(|key| row.cells.get(key.column as usize)).collect();
            let place = *places.entry(key.clone()).or_insert(groups.len());
            match groups.get_mut(place) {
                Some((_, rows)) => rows.push(*row),
                None => groups.push((key, vec![*row])),
            }
        }
        groups
    }

    /// ` with city = beijing`
    fn with(&self, key: &[&Scalar]) -> String {
        let parts = self.lookup.keys.iter().zip(key).filter_map(|(key, cell)| {
            let column = self.table.columns.get(key.column as usize)?;
            Some(format!("{} = {}", column.name, plain_text(&column.kind, cell)))
        });
        let parts: Vec<String> = parts.collect();
        if parts.is_empty() { String::new() } else { format!(" with {}", parts.join(", ")) }
    }

    fn one_each(&self, segment: &Segment, key: &[&Scalar], rows: &[Row<'_>], found: &mut Found) {
        let Some((first, others)) = rows.split_first() else { return };
        for row in others {
            let expected = format!(
                "one row{}, as {} looks for the first: {} is found before it",
                self.with(key),
                self.used,
                self.table.place(*first)
            );
            let said = format!("a second one, {segment}");
            found.error(Defect::new(PARAMETERS_FILE, self.table.place(*row), expected, said));
        }
    }

    fn rising(
        &self,
        segment: &Segment,
        key: &[&Scalar],
        rows: &[Row<'_>],
        column: usize,
        limits: Limits,
        found: &mut Found,
    ) {
        let begins = match limits {
            Limits::UpTo => self.table.column("over").or(self.table.column("from")),
            Limits::Over | Limits::AtLeast => None,
        };
        for pair in rows.windows(2) {
            let [before, row] = pair else { continue };
            let place = self.table.cell_place(*row, column);
            let earlier = self.table.place(*before);
            let with = self.with(key);
            let mut wrong = |place: String, expected: String, is: Option<Limit>| {
                let is = is.map_or_else(|| "nothing".to_owned(), |is| is.to_string());
                let said = format!("{is}, {segment}");
                found.error(Defect::new(PARAMETERS_FILE, place, expected, said));
            };
            let (last, next) = (before.limit(column), row.limit(column));
            match (limits, last, next) {
                (Limits::UpTo, None, next) => {
                    let expected = format!(
                        "no row{with} behind {earlier}, which has no limit and holds every amount"
                    );
                    wrong(place, expected, next);
                    continue;
                }
                (Limits::UpTo, Some(_), None) => {}
                (_, Some(last), Some(next)) if next > last => {}
                (_, Some(last), next) => {
                    let expected =
                        format!("more than {last}, the limit of {earlier}{with}: limits rise");
                    wrong(place, expected, next);
                }
                (_, None, _) => {
                    let place = self.table.cell_place(*before, column);
                    wrong(place, format!("that from which the row{with} holds"), None);
                }
            }
            // A table that says where its rows begin, too, says the same twice.
            if let (Some(begins), Some(Limit::Number(ended))) = (begins, last)
                && let Some(Limit::Number(begun)) = row.limit(begins)
                && (begun < ended || begun - ended > Decimal::ONE)
            {
                let what = if begun < ended { "an overlap" } else { "a gap" };
                let ended = ended.normalize();
                let expected = format!("{ended}, where {earlier}{with} ends");
                let place = self.table.cell_place(*row, begins);
                let said = format!("{}, {what}, {segment}", begun.normalize());
                found.error(Defect::new(PARAMETERS_FILE, place, expected, said));
            }
        }
    }

    /// What lies above the last row or below the first.
    fn ends(
        &self,
        segment: &Segment,
        key: &[&Scalar],
        rows: &[Row<'_>],
        (column, limits, tax): (usize, Limits, bool),
        found: &mut Found,
    ) {
        let with = self.with(key);
        match (limits, rows.first(), rows.last()) {
            (Limits::UpTo, _, Some(last)) => {
                // A row without a limit that is not the last is an error of its own.
                if rows.iter().any(|row| row.limit(column).is_none()) {
                    return;
                }
                let Some(limit) = last.limit(column) else { return };
                let place = self.table.cell_place(*last, column);
                let said = format!("{limit}, {segment}: above it there is no row");
                if tax {
                    let expected = format!(
                        "no limit in the last row{with}, so that {} has a row for every amount",
                        self.used
                    );
                    found.error(Defect::new(PARAMETERS_FILE, place, expected, said));
                } else if self.lookup.needed {
                    let expected = format!(
                        "no limit in the last row{with}, or a formula that deals with `null`: {} \
                         faults where no row is found",
                        self.used
                    );
                    found.warning(Defect::new(PARAMETERS_FILE, place, expected, said));
                }
            }
            (Limits::Over | Limits::AtLeast, Some(first), _) => {
                // Days have no first one.
                let Some(Limit::Number(limit)) = first.limit(column) else { return };
                if limit <= Decimal::ZERO {
                    return;
                }
                let comes = match (tax, self.lookup.needed) {
                    (true, _) => "gives no tax",
                    (false, true) => "faults",
                    (false, false) => return,
                };
                let limit = limit.normalize();
                let expected = format!("a first row{with} from 0: {} {comes} below it", self.used);
                let said = format!("{limit}, {segment}: below it there is no row");
                let place = self.table.cell_place(*first, column);
                found.warning(Defect::new(PARAMETERS_FILE, place, expected, said));
            }
            _ => {}
        }
    }

    /// Choices for which there is no row.
    fn missing(&self, segment: &Segment, keys: &[&Vec<&Scalar>], found: &mut Found) {
        let Some(choices) = self.choices() else { return };
        let there: HashSet<Vec<Scalar>> =
            keys.iter().map(|key| key.iter().map(|cell| (*cell).clone()).collect()).collect();
        let mut missing = Vec::new();
        each(&choices, &mut Vec::new(), &mut |key| {
            if !there.contains(key) {
                missing.push(self.with(&key.iter().collect::<Vec<_>>()));
            }
        });
        for with in missing {
            let expected = format!(
                "a row{with}, or a formula that deals with it: {} faults where no row is found",
                self.used
            );
            let said = format!("none, {segment}");
            found.warning(Defect::new(PARAMETERS_FILE, &*self.table.field.name, expected, said));
        }
    }

    /// For each key the values that it may have; none where they can not be counted.
    fn choices(&self) -> Option<Vec<Vec<Scalar>>> {
        let mut all = Vec::new();
        let mut count: usize = 1;
        for key in &self.lookup.keys {
            let choices = self.choices_of(key)?;
            count = count.saturating_mul(choices.len());
            all.push(choices);
        }
        (!all.is_empty() && count <= MOST_KEYS).then_some(all)
    }

    fn choices_of(&self, key: &Key) -> Option<Vec<Scalar>> {
        let dealt_with = |name: &str| key.dealt_with.iter().any(|other| other == name);
        match &self.table.columns.get(key.column as usize)?.kind {
            ScalarKind::Choice(choices) => {
                let positions = choices.iter().zip(0_u32..);
                let open = positions.filter(|(choice, _)| !dealt_with(&choice.name));
                Some(open.map(|(_, position)| Scalar::Choice(position)).collect())
            }
            ScalarKind::Boolean => Some(vec![Scalar::Boolean(false), Scalar::Boolean(true)]),
            _ => None,
        }
    }
}

/// Calls with each combination of one of each.
fn each(choices: &[Vec<Scalar>], chosen: &mut Vec<Scalar>, with: &mut impl FnMut(&Vec<Scalar>)) {
    let Some((first, rest)) = choices.split_first() else {
        with(chosen);
        return;
    };
    for choice in first {
        chosen.push(choice.clone());
        each(rest, chosen, with);
        chosen.pop();
    }
}
