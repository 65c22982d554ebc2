//! What a caller of one version loses with the next: facts that were accepted and are not any
//! more, and answers that do not come any more. With the same major number nothing may be lost.
//!
//! Not promised, because no caller depends on it: parameters and their values (they are the law),
//! steps, texts, the order of anything.

use rust_decimal::Decimal;
use stele_engine::contract::{
    Column, DecimalBounds, Description, Field, IntegerBounds, Origin, ScalarKind, Shape,
};

use super::declarations::severity;
use crate::defect::Defect;
use crate::manifest::{MANIFEST_FILE, Manifest};
use crate::package::COMPONENT_FILE;
use crate::scalar::expectation;
use crate::version::Ruleset;

/// Everything that a caller of `old` loses with a version of this manifest and description: the
/// place, what the old version promised, and what the new one has.
pub fn breaks(old: &Ruleset, manifest: &Manifest, description: &Description) -> Vec<Defect> {
    let mut breaks = Breaks(Vec::new());
    breaks.manifest(old.manifest(), manifest);
    breaks.facts(&old.description().facts, &description.facts);
    breaks.answers(old.description(), description);
    breaks.0
}

struct Breaks(Vec<Defect>);

impl Breaks {
    fn add(&mut self, place: &str, expected: impl Into<String>, found: impl Into<String>) {
        self.0.push(Defect::new(COMPONENT_FILE, place, expected, found));
    }

    fn same(&mut self, place: &str, old: Option<&str>, new: Option<&str>) {
        if old != new {
            self.add(place, old.unwrap_or("none"), new.unwrap_or("none"));
        }
    }

    fn manifest(&mut self, old: &Manifest, new: &Manifest) {
        let mut wrong = |key: &str, expected: String, found: String| {
            self.0.push(Defect::new(MANIFEST_FILE, key, expected, found));
        };
        if new.validity.from > old.validity.from {
            let expected = format!("{} or earlier", old.validity.from);
            wrong("validity.from", expected, new.validity.from.to_string());
        }
        if new.validity.until < old.validity.until {
            let expected = format!("{} or later", old.validity.until);
            wrong("validity.until", expected, new.validity.until.to_string());
        }
        if new.kind != old.kind {
            wrong("kind", old.kind.clone(), new.kind.clone());
        }
        if old.exact && !new.exact {
            wrong("exact", "true".to_owned(), "false".to_owned());
        }
        let money = |manifest: &Manifest| manifest.currency.clone().unwrap_or("none".to_owned());
        if new.currency != old.currency {
            wrong("currency", money(old), money(new));
        }
        if new.currency == old.currency && new.decimals != old.decimals {
            wrong("decimals", old.decimals.to_string(), new.decimals.to_string());
        }
    }

    fn facts(&mut self, old: &[Field], new: &[Field]) {
        for before in old.iter().filter(|fact| fact.origin == Origin::Caller) {
            let place = format!("facts.{}", before.name);
            match new.iter().find(|fact| fact.name == before.name) {
                None => self.add(&place, "the fact", "nothing"),
                Some(after) if after.origin != Origin::Caller => {
                    self.add(&place, "a fact that the caller gives", "the date of the calculation");
                }
                Some(after) => self.fact(&place, before, after),
            }
        }
        for after in new.iter().filter(|fact| fact.origin == Origin::Caller && fact.required) {
            if !old.iter().any(|fact| fact.name == after.name && fact.origin == Origin::Caller) {
                let place = format!("facts.{}", after.name);
                self.add(&place, "no new required fact", "a required fact");
            }
        }
    }

    fn fact(&mut self, place: &str, old: &Field, new: &Field) {
        if new.required && !old.required {
            self.add(&format!("{place}.required"), "an optional fact", "a required one");
        }
        self.same(&format!("{place}.unit"), old.unit.as_deref(), new.unit.as_deref());
        match (&old.shape, &new.shape) {
            (Shape::Scalar(old), Shape::Scalar(new)) => self.kind(place, old, new),
            (Shape::Table(old), Shape::Table(new)) => {
                if new.maximum_rows < old.maximum_rows {
                    let place = format!("{place}.maximum_rows");
                    let expected = format!("at least {}", old.maximum_rows);
                    self.add(&place, expected, new.maximum_rows.to_string());
                }
                self.columns(place, &old.columns, &new.columns);
            }
            (Shape::Scalar(kind), Shape::Table(_)) => {
                self.add(&format!("{place}.type"), expectation(kind), "a table");
            }
            (Shape::Table(_), Shape::Scalar(kind)) => {
                self.add(&format!("{place}.type"), "a table", expectation(kind));
            }
        }
    }

    fn columns(&mut self, table: &str, old: &[Column], new: &[Column]) {
        for before in old {
            let place = format!("{table}.{}", before.name);
            let Some(after) = new.iter().find(|column| column.name == before.name) else {
                self.add(&place, "the column", "nothing");
                continue;
            };
            if after.required && !before.required {
                self.add(&format!("{place}.required"), "an optional column", "a required one");
            }
            self.same(&format!("{place}.unit"), before.unit.as_deref(), after.unit.as_deref());
            self.kind(&place, &before.kind, &after.kind);
        }
        for after in new.iter().filter(|column| column.required) {
            if !old.iter().any(|column| column.name == after.name) {
                let place = format!("{table}.{}", after.name);
                self.add(&place, "no new required column", "a required column");
            }
        }
    }

    /// Whatever the old kind accepted the new one must accept.
    fn kind(&mut self, place: &str, old: &ScalarKind, new: &ScalarKind) {
        match (old, new) {
            (ScalarKind::Integer(before), ScalarKind::Integer(after)) => {
                let bounds = |bounds: &IntegerBounds| (bounds.minimum, bounds.maximum);
                self.bounds(place, bounds(before), bounds(after));
            }
            (ScalarKind::Decimal(before), ScalarKind::Decimal(after)) => {
                let exact = |bound: Option<stele_engine::contract::Decimal>| {
                    bound.and_then(|bound| Decimal::try_from(bound).ok())
                };
                let bounds =
                    |bounds: &DecimalBounds| (exact(bounds.minimum), exact(bounds.maximum));
                self.bounds(place, bounds(before), bounds(after));
                if let Some(now) = after.decimals
                    && before.decimals.is_none_or(|then| now < then)
                {
                    let expected = before.decimals.map_or("28".to_owned(), |then| then.to_string());
                    let place = format!("{place}.decimals");
                    self.add(&place, format!("at least {expected}"), now.to_string());
                }
            }
            (ScalarKind::Text(before), ScalarKind::Text(after)) => {
                if after < before {
                    let place = format!("{place}.maximum_length");
                    self.add(&place, format!("at least {before}"), after.to_string());
                }
            }
            (ScalarKind::Choice(before), ScalarKind::Choice(after)) => {
                for choice in before {
                    if !after.iter().any(|other| other.name == choice.name) {
                        let place = format!("{place}.choices.{}", choice.name);
                        self.add(&place, "the choice", "nothing");
                    }
                }
            }
            (ScalarKind::Boolean, ScalarKind::Boolean)
            | (ScalarKind::Date, ScalarKind::Date)
            | (ScalarKind::DateTime, ScalarKind::DateTime) => {}
            (before, after) => {
                self.add(&format!("{place}.type"), expectation(before), expectation(after));
            }
        }
    }

    fn bounds<T: PartialOrd + ToString + Copy>(
        &mut self,
        place: &str,
        (least_before, most_before): (Option<T>, Option<T>),
        (least_after, most_after): (Option<T>, Option<T>),
    ) {
        if let Some(now) = least_after
            && least_before.is_none_or(|then| now > then)
        {
            let expected = least_before
                .map_or("none".to_owned(), |then| format!("at most {}", then.to_string()));
            self.add(&format!("{place}.minimum"), expected, now.to_string());
        }
        if let Some(now) = most_after
            && most_before.is_none_or(|then| now < then)
        {
            let expected = most_before
                .map_or("none".to_owned(), |then| format!("at least {}", then.to_string()));
            self.add(&format!("{place}.maximum"), expected, now.to_string());
        }
    }

    fn answers(&mut self, old: &Description, new: &Description) {
        for before in &old.items {
            let place = format!("items.{}", before.name);
            match new.items.iter().find(|item| item.name == before.name) {
                None => self.add(&place, "the item", "nothing"),
                Some(after) => {
                    let (then, now) = (Some(&*before.category), Some(&*after.category));
                    self.same(&format!("{place}.category"), then, now);
                    let (then, now) = (before.unit.as_deref(), after.unit.as_deref());
                    self.same(&format!("{place}.unit"), then, now);
                }
            }
        }
        for before in &old.findings {
            let place = format!("findings.{}", before.name);
            match new.findings.iter().find(|finding| finding.name == before.name) {
                None => self.add(&place, "the finding", "nothing"),
                Some(after) => {
                    let (then, now) = (severity(before.severity), severity(after.severity));
                    self.same(&format!("{place}.severity"), Some(then), Some(now));
                    let (then, now) = (before.unit.as_deref(), after.unit.as_deref());
                    self.same(&format!("{place}.unit"), then, now);
                }
            }
        }
    }
}
