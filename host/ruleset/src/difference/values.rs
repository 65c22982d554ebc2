//! The numbers of the law, value by value: what was superseded, added, taken back, cited anew.

use std::collections::BTreeMap;

use jiff::civil::Date;
use stele_engine::contract::{Field, Shape};

use super::words::Superseded;
use super::{Change, DatedValue, ValueDifference};
use crate::parameters::{Content, Entry};
use crate::render::entry_json;
use crate::scalar::plain_text;
use crate::version::Ruleset;

/// Values of a parameter by the row's key and the day from which they hold.
type Values = BTreeMap<(String, Date), DatedValue>;

/// The values that differ, and what each of those that are new supersedes.
pub(super) fn values(old: &Ruleset, new: &Ruleset) -> (Vec<ValueDifference>, Superseded) {
    let before = old.description().parameters.iter().map(|field| (&field.name, field));
    let after = new.description().parameters.iter();
    let added =
        after.filter(|field| !old.description().parameters.iter().any(|o| o.name == field.name));
    let names = before.chain(added.map(|field| (&field.name, field)));
    let (mut differences, mut superseded) = (Vec::new(), Superseded::new());
    for (name, field) in names {
        let (mut old, new) = (of(old, name), of(new, name));
        for ((key, from), _) in new.iter().filter(|(place, _)| !old.contains_key(*place)) {
            let earlier = new.range((key.clone(), Date::MIN)..(key.clone(), *from)).next_back();
            if let Some((_, before)) = earlier {
                superseded.insert((name.clone(), key.clone(), *from), before.clone());
            }
        }
        let mut add = |(key, from), change, old, new| {
            let (parameter, unit) = (name.clone(), field.unit.clone());
            differences.push(ValueDifference { parameter, key, from, unit, change, old, new });
        };
        for (place, new) in new {
            match old.remove(&place) {
                None => add(place, Change::Added, None, Some(new)),
                Some(old) if old != new => add(place, Change::Changed, Some(old), Some(new)),
                Some(_) => {}
            }
        }
        for (place, old) in old {
            add(place, Change::Removed, Some(old), None);
        }
    }
    (differences, superseded)
}

fn of(ruleset: &Ruleset, name: &str) -> Values {
    let declared = ruleset.description().parameters.iter().enumerate();
    let Some((position, field)) = declared.into_iter().find(|(_, field)| field.name == name) else {
        return Values::new();
    };
    let series = ruleset.parameters().series(position);
    let entries = series.map(|series| series.entries()).unwrap_or_default();
    let value = |entry: &Entry| DatedValue {
        value: entry_json(field, entry),
        until: entry.until,
        source: entry.source.clone(),
        unconfirmed: entry.unconfirmed,
        note: entry.note.clone(),
    };
    entries.iter().map(|entry| ((key(field, entry), entry.from), value(entry))).collect()
}

/// `city = beijing, branch = pension`; empty in a parameter that is dated as a whole.
fn key(field: &Field, entry: &Entry) -> String {
    let (Shape::Table(table), Content::Rows(rows)) = (&field.shape, &entry.content) else {
        return String::new();
    };
    let Some(row) = rows.first() else { return String::new() };
    let parts = table.columns.iter().zip(row).filter(|(column, _)| column.key);
    let parts: Vec<String> = parts
        .map(|(column, scalar)| format!("{} = {}", column.name, plain_text(&column.kind, scalar)))
        .collect();
    parts.join(", ")
}
