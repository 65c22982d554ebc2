//! What changed between two versions, as values: nothing is run, nothing is stored.
//!
//! | file | idea |
//! |---|---|
//! | `declarations` | facts, parameters, items, figures, findings and steps that a rule declares |
//! | `values` | the dated numbers of the law, value by value with their sources |
//! | `formulas` | what a rule is made of, formula by formula |
//! | `words` | what matters of all that, in sentences |
//! | `files` | manifest, texts and cases, key by key |
//! | `compatibility` | what a caller of the old version loses with the new one |
//!
//! The sides are ready rulesets, so that both were read by the same host: a table that was written
//! in another order is no difference.

mod compatibility;
mod declarations;
mod files;
mod formulas;
mod values;
mod words;

use serde::Serialize;
use stele_digest::Digest;

use super::defect::Defect;
use super::package::Package;
use super::version::Ruleset;

pub use compatibility::breaks;
pub use declarations::fact_type;
pub use formulas::{FormulaDifference, FormulaOwner};

/// One of the two versions: ready, and as its files.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Ready to be read.
    pub ruleset: &'a Ruleset,
    /// Its files.
    pub package: &'a Package,
}

/// Which version a side is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = VersionSide)]
pub struct SideView {
    /// The ruleset.
    pub ruleset: String,
    /// The version.
    pub version: String,
    /// The package's digest.
    pub digest: Digest,
    /// The component's digest.
    pub component: Digest,
}

/// What happened to something that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The new version has it, the old one has not.
    Added,
    /// The old version has it, the new one has not.
    Removed,
    /// Both have it, not the same.
    Changed,
}

/// One property that differs. None: the side does not have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = ChangedProperty)]
pub struct Property {
    /// Which one: `unit`, `validity.until`, `facts.gross`.
    pub name: String,
    /// In the old version.
    pub from: Option<String>,
    /// In the new version.
    pub to: Option<String>,
}

/// A fact, parameter, item, figure, finding, step, case or language that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = ChangedName)]
pub struct Named {
    /// Its name; of a case its file.
    pub name: String,
    /// What happened to it.
    pub change: Change,
    /// What differs, or all that is to be said of something that came or went.
    pub properties: Vec<Property>,
}

/// A dated value of a parameter that differs.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ValueDifference {
    /// The parameter.
    pub parameter: String,
    /// The row's key in a table that is dated row by row: `city = beijing`. Empty in others.
    pub key: String,
    /// The day from which the value holds.
    pub from: jiff::civil::Date,
    /// What the value counts.
    pub unit: Option<String>,
    /// What happened to it.
    pub change: Change,
    /// In the old version.
    pub old: Option<DatedValue>,
    /// In the new version.
    pub new: Option<DatedValue>,
}

/// A value of the law, as one version has it.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = ParameterValue)]
pub struct DatedValue {
    /// The value as text, or the rows as objects of texts by column.
    pub value: serde_json::Value,
    /// Last day on which it holds, if it ends by itself.
    pub until: Option<jiff::civil::Date>,
    /// Law, article or publication.
    pub source: String,
    /// True: the publication could not be seen.
    pub unconfirmed: bool,
    /// A remark of the author.
    pub note: Option<String>,
}

/// Everything that differs between two versions.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Difference {
    /// The old version.
    pub from: SideView,
    /// The new version.
    pub to: SideView,
    /// Whether both have the same content.
    pub same: bool,
    /// Whether the rule itself is another.
    pub component_changed: bool,
    /// Keys of `ruleset.toml`.
    pub manifest: Vec<Property>,
    /// Facts.
    pub facts: Vec<Named>,
    /// Declarations of parameters; their values are in `values`.
    pub parameters: Vec<Named>,
    /// Items.
    pub items: Vec<Named>,
    /// Figures.
    pub figures: Vec<Named>,
    /// Findings.
    pub findings: Vec<Named>,
    /// Steps of explanations.
    pub steps: Vec<Named>,
    /// Values of parameters, by parameter, key and day.
    pub values: Vec<ValueDifference>,
    /// Formulas; those of a rule that was written as a component are in it.
    pub formulas: Vec<FormulaDifference>,
    /// Cases.
    pub cases: Vec<Named>,
    /// Languages, with the texts that differ.
    pub texts: Vec<Named>,
    /// What a caller of the old version loses. With the same major number it is refused at
    /// publication.
    pub breaks: Vec<Defect>,
    /// In sentences what changes somebody's pay or what somebody is told: numbers of the law,
    /// formulas, labels, and what came and went.
    pub in_words: Vec<String>,
}

impl Difference {
    /// Compares. The order matters: `from` is what was, `to` what is to be.
    pub fn between(from: Side<'_>, to: Side<'_>) -> Self {
        let (old, new) = (from.ruleset.description(), to.ruleset.description());
        let (values, superseded) = values::values(from.ruleset, to.ruleset);
        let mut difference = Self {
            from: view(from.ruleset),
            to: view(to.ruleset),
            same: from.ruleset.digest() == to.ruleset.digest(),
            component_changed: from.ruleset.component_digest() != to.ruleset.component_digest(),
            manifest: files::manifest(from.ruleset.manifest(), to.ruleset.manifest()),
            facts: declarations::fields(&old.facts, &new.facts),
            parameters: declarations::fields(&old.parameters, &new.parameters),
            items: declarations::items(&old.items, &new.items),
            figures: declarations::figures(&old.figures, &new.figures),
            findings: declarations::findings(&old.findings, &new.findings),
            steps: declarations::steps(old, new),
            values,
            formulas: formulas::formulas(from.package, to.package),
            cases: files::cases(from.package, to.package),
            texts: files::texts(from.package, to.package),
            breaks: breaks(from.ruleset, to.ruleset.manifest(), new),
            in_words: Vec::new(),
        };
        difference.in_words = words::in_words(&difference, &superseded);
        difference
    }
}

fn view(ruleset: &Ruleset) -> SideView {
    SideView {
        ruleset: ruleset.manifest().name.to_string(),
        version: ruleset.manifest().version.to_string(),
        digest: ruleset.digest(),
        component: ruleset.component_digest(),
    }
}

/// Properties of things by their names, in the order in which they were declared.
type Properties = Vec<(String, Vec<(String, String)>)>;

/// What differs between two lists of named things: those of the old list in its order, then what
/// is new.
fn named(old: &Properties, new: &Properties) -> Vec<Named> {
    let mut differences = Vec::new();
    for (name, before) in old {
        let after = new.iter().find(|(other, _)| other == name).map(|(_, after)| after);
        let change = if after.is_some() { Change::Changed } else { Change::Removed };
        let properties = properties(before, after.map_or(&[], Vec::as_slice));
        if change == Change::Removed || !properties.is_empty() {
            differences.push(Named { name: name.clone(), change, properties });
        }
    }
    for (name, after) in new {
        if !old.iter().any(|(other, _)| other == name) {
            let properties = properties(&[], after);
            differences.push(Named { name: name.clone(), change: Change::Added, properties });
        }
    }
    differences
}

fn properties(old: &[(String, String)], new: &[(String, String)]) -> Vec<Property> {
    let value = |list: &[(String, String)], name: &str| {
        list.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone())
    };
    let added = new.iter().filter(|(name, _)| value(old, name).is_none());
    old.iter()
        .chain(added)
        .map(|(name, _)| Property {
            name: name.clone(),
            from: value(old, name),
            to: value(new, name),
        })
        .filter(|property| property.from != property.to)
        .collect()
}
