//! `[[accumulator]]` in `ruleset.toml`: which facts of a rule are sums of what it gave before, over
//! which span. Whoever pays month after month takes these facts from earlier results, and nobody
//! passes them by hand.
//!
//! Start reading at [`Accumulator`]. What may not enter here: results, and who keeps them.

use serde::{Deserialize, Serialize};
use stele_engine::contract::{Description, Field, Item, Origin, ScalarKind, Shape};

use crate::defect::{Defect, quote, shorten};
use crate::manifest::{MANIFEST_FILE, Manifest};
use crate::nearest::with_nearest;

/// Most accumulators of a version, and most items of one.
const MOST: usize = 64;

/// A fact that is a sum over earlier results of the same employment in the same slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Accumulator {
    /// Name of the fact.
    #[schema(example = "earlier_gross")]
    pub fact: String,
    /// What is added up.
    #[serde(flatten)]
    pub of: Accumulated,
    /// Over which results.
    pub over: Span,
}

/// What is added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Accumulated {
    /// The amounts of all lines of these items.
    Sum(Vec<String>),
    /// The amount of the line of this item in the last result: an item that itself runs on from
    /// result to result.
    Last(String),
    /// The results themselves: how many there were.
    Count(Counted),
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Results before the one that is calculated.
    EarlierResults,
    /// These, and the one that is calculated.
    ResultsWithThis,
}

/// Over which results is added up: from the first day of the span to the day before the result that
/// is calculated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// From 1 January of the date's year.
    CalendarYear,
    /// From the first day of the tax year that the date lies in, which the manifest's
    /// `tax_year_begins` names.
    TaxYear,
    /// From the first day of the employment.
    Employment,
    /// So many calendar months before the date's.
    Months(u8),
}

/// An entry as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    fact: String,
    sum: Option<Vec<String>>,
    last: Option<String>,
    count: Option<Counted>,
    over: Span,
}

/// Reads the value of `accumulator`; everything that is wrong in form is added to `defects`.
pub(crate) fn parse(
    written: Option<&[toml::Value]>,
    has_tax_year: bool,
    defects: &mut Vec<Defect>,
) -> Vec<Accumulator> {
    let entries = written.unwrap_or_default();
    let mut wrong = |key: String, expected: &str, found: String| {
        defects.push(Defect::new(MANIFEST_FILE, key, expected, found));
    };
    if entries.len() > MOST {
        let expected = format!("at most {MOST} entries");
        wrong("accumulator".to_owned(), &expected, entries.len().to_string());
        return Vec::new();
    }
    let mut read: Vec<Accumulator> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let at = format!("accumulator[{index}]");
        let written: Written = match entry.clone().try_into() {
            Ok(written) => written,
            Err(error) => {
                let expected = "fact, one of sum, last and count, and over: calendar_year, tax_year, \
                                employment or { months = 12 }";
                wrong(at, expected, shorten(error.message()));
                continue;
            }
        };
        let of = match (written.sum, written.last, written.count) {
            (Some(items), None, None) if (1..=MOST).contains(&items.len()) => {
                Accumulated::Sum(items)
            }
            (Some(items), None, None) => {
                let expected = format!("1 to {MOST} items");
                wrong(format!("{at}.sum"), &expected, items.len().to_string());
                continue;
            }
            (None, Some(item), None) => Accumulated::Last(item),
            (None, None, Some(count)) => Accumulated::Count(count),
            (None, None, None) => {
                wrong(at, "sum, last or count", "none of them".to_owned());
                continue;
            }
            _ => {
                wrong(at, "one of sum, last and count", "several".to_owned());
                continue;
            }
        };
        match written.over {
            Span::TaxYear if !has_tax_year => {
                let expected = "calendar_year, or a tax year whose first day tax_year_begins names";
                wrong(format!("{at}.over"), expected, "tax_year".to_owned());
            }
            Span::Months(months) if !(1..=60).contains(&months) => {
                wrong(format!("{at}.over.months"), "1 to 60 months", months.to_string());
            }
            _ => {}
        }
        if read.iter().any(|other| other.fact == written.fact) {
            wrong(format!("{at}.fact"), "each fact once", quote(&written.fact));
        }
        read.push(Accumulator { fact: written.fact, of, over: written.over });
    }
    read
}

/// What does not fit the rule: facts and items that it does not declare, or of another unit.
pub(crate) fn misfits(manifest: &Manifest, description: &Description) -> Vec<Defect> {
    let mut defects = Vec::new();
    for (index, accumulator) in manifest.accumulators.iter().enumerate() {
        let at = format!("accumulator[{index}]");
        let callers = |field: &&Field| field.origin == Origin::Caller;
        let facts = description.facts.iter().filter(callers);
        let fact = facts.clone().find(|field| field.name == accumulator.fact);
        let Some(fact) = fact else {
            let known = facts.map(|field| &*field.name);
            let found = format!("the unknown name {}", quote(&accumulator.fact));
            let found = with_nearest(&found, defects.len(), &accumulator.fact, known);
            let expected = "a fact that callers give";
            defects.push(Defect::new(MANIFEST_FILE, format!("{at}.fact"), expected, found));
            continue;
        };
        match &accumulator.of {
            Accumulated::Count(_) => {
                if !matches!(fact.shape, Shape::Scalar(ScalarKind::Integer(_))) {
                    let (key, expected) = (format!("{at}.fact"), "a fact that is a whole number");
                    defects.push(Defect::new(MANIFEST_FILE, key, expected, quote(&fact.name)));
                }
            }
            Accumulated::Sum(_) | Accumulated::Last(_) => {
                if !matches!(fact.shape, Shape::Scalar(ScalarKind::Decimal(_))) {
                    let (key, expected) = (format!("{at}.fact"), "a fact that is a decimal");
                    defects.push(Defect::new(MANIFEST_FILE, key, expected, quote(&fact.name)));
                }
            }
        }
        let items = match &accumulator.of {
            Accumulated::Sum(items) => items.as_slice(),
            Accumulated::Last(item) => std::slice::from_ref(item),
            Accumulated::Count(_) => &[],
        };
        for name in items {
            let item = description.items.iter().find(|item| *item.name == **name);
            let key = match &accumulator.of {
                Accumulated::Last(_) => format!("{at}.last"),
                _ => format!("{at}.sum"),
            };
            defects.extend(misfit(key, name, item, fact, manifest, description));
        }
    }
    defects
}

fn misfit(
    key: String,
    name: &str,
    item: Option<&Item>,
    fact: &Field,
    manifest: &Manifest,
    description: &Description,
) -> Option<Defect> {
    let Some(item) = item else {
        let known = description.items.iter().map(|item| &*item.name);
        let found = with_nearest(&format!("the unknown name {}", quote(name)), 0, name, known);
        return Some(Defect::new(MANIFEST_FILE, key, "an item of the rule", found));
    };
    let currency = manifest.currency.as_deref();
    let summed = measure(item.unit.as_deref().or(currency));
    let taken = measure(fact.unit.as_deref().or(currency));
    if summed == taken {
        return None;
    }
    let shown = |unit: Option<&str>| unit.unwrap_or("no unit").to_owned();
    let expected = format!("an item in {}, as the fact {}", shown(taken), fact.name);
    Some(Defect::new(MANIFEST_FILE, key, expected, format!("{name} in {}", shown(summed))))
}

/// What a unit counts, without the time that it is for: amounts a month add up to an amount a year.
fn measure(unit: Option<&str>) -> Option<&str> {
    unit.map(|unit| unit.split_once('/').map_or(unit, |(measure, _)| measure))
}
