//! The differences that change what somebody is paid or is told, each in a sentence: numbers of the law,
//! formulas, labels, and what came and went.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value as Json;

use super::formulas::FormulaOwner;
use super::{Change, DatedValue, Difference, FormulaDifference, Named, ValueDifference};

/// Most sentences; what else differs is in the lists.
const MOST_SENTENCES: usize = 500;

/// Most characters of a value or a text in a sentence.
const LONGEST: usize = 300;

/// What a value was before, of those that are new: by parameter, key and day.
pub(super) type Superseded = BTreeMap<(String, String, Date), DatedValue>;

/// The differences in sentences.
pub(super) fn in_words(difference: &Difference, superseded: &Superseded) -> Vec<String> {
    let mut said = Vec::new();
    for value in &difference.values {
        let place = (value.parameter.clone(), value.key.clone(), value.from);
        said.push(number(value, superseded.get(&place)));
    }
    said.extend(difference.formulas.iter().map(formula));
    for (what, list) in [
        ("fact", &difference.facts),
        ("parameter", &difference.parameters),
        ("line", &difference.items),
        ("figure", &difference.figures),
        ("finding", &difference.findings),
    ] {
        list.iter().for_each(|named| declared(what, named, &mut said));
    }
    difference.texts.iter().for_each(|language| labels(language, &mut said));
    let rest = said.len().saturating_sub(MOST_SENTENCES);
    if rest > 0 {
        said.truncate(MOST_SENTENCES);
        said.push(format!("And {rest} more."));
    }
    said
}

fn shortened(text: &str) -> String {
    let mut shown: String = text.chars().take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

/// A number of the law: from which day, what it was, what it is, and where that stands.
fn number(value: &ValueDifference, superseded: Option<&DatedValue>) -> String {
    let name = match value.key.as_str() {
        "" => value.parameter.clone(),
        key => format!("{} ({key})", value.parameter),
    };
    let unit = value.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let from = value.from;
    match (&value.old, &value.new) {
        (Some(old), Some(new)) if old.value == new.value => {
            let mut said = format!("{name} from {from} stays as it is");
            if old.source != new.source {
                said += &format!(", and is cited anew: {}, was {}", new.source, old.source);
            }
            if old.until != new.until {
                let until = |until: Option<Date>| {
                    until.map_or_else(|| "the next one".to_owned(), |day| day.to_string())
                };
                said += &format!("; it holds until {}, was {}", until(new.until), until(old.until));
            }
            match (old.unconfirmed, new.unconfirmed) {
                (true, false) => said += "; it is confirmed now",
                (false, true) => said += "; it is unconfirmed now",
                _ => {}
            }
            said + "."
        }
        (Some(old), Some(new)) => {
            let source = match old.source == new.source {
                true => format!("source: {}", new.source),
                false => format!("source: {}; was: {}", new.source, old.source),
            };
            format!("{name} from {from}: {} ({source}).", change(&old.value, &new.value, &unit))
        }
        (None, Some(new)) => match superseded {
            Some(before) => format!(
                "{name} changes on {from}: {} (source: {}).",
                change(&before.value, &new.value, &unit),
                new.source
            ),
            None => format!(
                "{name} is new from {from}: {} (source: {}).",
                amount(&new.value, &unit),
                new.source
            ),
        },
        (Some(old), None) => format!(
            "{name} does not change on {from} any more: {} is taken back (source: {}).",
            amount(&old.value, &unit),
            old.source
        ),
        (None, None) => format!("{name} from {from}."),
    }
}

/// A value, with its unit where it is one number.
fn amount(value: &Json, unit: &str) -> String {
    match value {
        Json::String(text) => format!("{}{unit}", shortened(text)),
        Json::Array(rows) => match rows.len() {
            1 => format!("1 row, {}", shortened(&row(rows.first()))),
            count => format!("{count} rows"),
        },
        Json::Object(_) => shortened(&row(Some(value))),
        Json::Null => "nothing".to_owned(),
        other => shortened(&other.to_string()),
    }
}

fn row(row: Option<&Json>) -> String {
    let Some(Json::Object(cells)) = row else { return String::new() };
    let cell = |(name, value): (&String, &Json)| match value {
        Json::Null => None,
        Json::String(text) => Some(format!("{name} {text}")),
        other => Some(format!("{name} {other}")),
    };
    cells.iter().filter_map(cell).collect::<Vec<_>>().join(", ")
}

/// From what to what; of tables row by row.
fn change(old: &Json, new: &Json, unit: &str) -> String {
    let (before, after) = match (old, new) {
        (Json::Array(before), Json::Array(after)) => (before.as_slice(), after.as_slice()),
        // A row of a table that is dated row by row.
        (Json::Object(_), Json::Object(_)) => {
            (std::slice::from_ref(old), std::slice::from_ref(new))
        }
        _ => return format!("{}, was {}", amount(new, unit), amount(old, unit)),
    };
    let mut said = Vec::new();
    for (index, (old, new)) in before.iter().zip(after).enumerate() {
        if old == new {
            continue;
        }
        let (Json::Object(old), Json::Object(new)) = (old, new) else { continue };
        let mut names: Vec<&String> = old.keys().collect();
        names.extend(new.keys().filter(|name| !old.contains_key(*name)));
        for name in names {
            let (was, is) = (old.get(name), new.get(name));
            if was != is {
                let text =
                    |cell: Option<&Json>| cell.map_or("nothing".to_owned(), |c| amount(c, ""));
                let place = if before.len() == 1 && after.len() == 1 {
                    String::new()
                } else {
                    format!("row {}, ", index + 1)
                };
                said.push(format!("{place}{name} {}, was {}", text(is), text(was)));
            }
        }
    }
    for (index, added) in after.iter().enumerate().skip(before.len()) {
        said.push(format!("row {} is new: {}", index + 1, row(Some(added))));
    }
    for (index, gone) in before.iter().enumerate().skip(after.len()) {
        said.push(format!("row {} is gone: {}", index + 1, row(Some(gone))));
    }
    shortened(&said.join("; "))
}

/// A formula: whose, by which provision, what it was and what it is.
fn formula(formula: &FormulaDifference) -> String {
    let owner = match formula.of {
        FormulaOwner::Function => "the function",
        FormulaOwner::Figure => "the figure",
        FormulaOwner::Line => "the line",
        FormulaOwner::Finding => "the finding",
        FormulaOwner::Refusal => "the refusal of",
    };
    let part = match formula.part {
        "formula" => "The formula",
        "when" => "The condition",
        "each" => "The list",
        "message" => "The message",
        "subject" => "The subject",
        "on" => "The day",
        "limit" => "The limit",
        _ => "The actual value",
    };
    let cited = formula.citation.as_ref();
    let cited = cited.map(|citation| format!(" ({})", shortened(citation))).unwrap_or_default();
    let name = &formula.name;
    let text = |text: &Option<String>| shortened(text.as_deref().unwrap_or_default());
    let (old, new) = (text(&formula.old), text(&formula.new));
    match formula.change {
        Change::Added => format!("{part} of {owner} {name}{cited} is new: `{new}`."),
        Change::Removed => format!("{part} of {owner} {name}{cited} is gone: it was `{old}`."),
        Change::Changed => format!("{part} of {owner} {name}{cited} is `{new}`, was `{old}`."),
    }
}

/// Something that came, went, or is declared in another way.
fn declared(what: &str, named: &Named, said: &mut Vec<String>) {
    let name = &named.name;
    match named.change {
        Change::Removed => said.push(format!("The {what} {name} is gone.")),
        Change::Added => {
            let shown = ["type", "category", "severity", "unit", "required", "citation"];
            let properties = named.properties.iter();
            let properties = properties.filter(|property| shown.contains(&&*property.name));
            let properties: Vec<String> = properties
                .filter_map(|property| {
                    Some(format!("{} {}", property.name, shortened(property.to.as_ref()?)))
                })
                .collect();
            let properties = properties.join(", ");
            said.push(match properties.is_empty() {
                true => format!("The {what} {name} is new."),
                false => format!("The {what} {name} is new: {properties}."),
            });
        }
        Change::Changed => {
            for property in &named.properties {
                let side = |side: &Option<String>| match side {
                    Some(text) => format!("`{}`", shortened(text)),
                    None => "nothing".to_owned(),
                };
                said.push(format!(
                    "The {} of the {what} {name} is {}, was {}.",
                    property.name,
                    side(&property.to),
                    side(&property.from)
                ));
            }
        }
    }
}

/// What something is called in a language.
fn labels(language: &Named, said: &mut Vec<String>) {
    let tag = &language.name;
    match language.change {
        Change::Added => said.push(format!("Texts in the language {tag} are new.")),
        Change::Removed => said.push(format!("Texts in the language {tag} are gone.")),
        Change::Changed => {
            for property in &language.properties {
                let what = match property.name.split_once('.') {
                    Some(("facts", name)) => format!("The label of the fact {name}"),
                    Some(("parameters", name)) => format!("The label of the parameter {name}"),
                    Some(("items", name)) => format!("The label of the line {name}"),
                    Some(("figures", name)) => format!("The label of the figure {name}"),
                    Some(("choices", name)) => format!("The label of the choice {name}"),
                    Some(("findings", name)) => format!("The sentence of the finding {name}"),
                    Some(("steps", name)) => format!("The sentence of the step {name}"),
                    _ => format!("The text {}", property.name),
                };
                said.push(match (&property.from, &property.to) {
                    (Some(old), Some(new)) => {
                        format!("{what} ({tag}) is “{}”, was “{}”.", shortened(new), shortened(old))
                    }
                    (None, Some(new)) => {
                        format!("{what} ({tag}) is new: “{}”.", shortened(new))
                    }
                    (Some(old), None) => {
                        format!("{what} ({tag}) is gone: it was “{}”.", shortened(old))
                    }
                    (None, None) => continue,
                });
            }
        }
    }
}
