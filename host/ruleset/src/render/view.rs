//! What a caller reads. Texts are borrowed from the version and the calculation; the server
//! writes a view out at once.

use serde::Serialize;
use serde_json::Value as Json;
use stele_engine::contract::Severity;
use stele_words::{Message, Words};

/// A calculation in a language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View<'a> {
    /// BCP 47 tag of the language of labels and of the ruleset's sentences.
    pub language: &'a str,
    /// BCP 47 tag of the language of the host's own words, numbers and dates in sentences.
    pub words: &'static str,
    /// Items and amounts, in the order in which they are shown.
    pub lines: Vec<LineView<'a>>,
    /// What the rule found, then what the host adds.
    pub findings: Vec<FindingView<'a>>,
    /// How the lines came about, if it was asked for.
    pub steps: Vec<StepView<'a>>,
}

/// An item and its amount.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = Line)]
pub struct LineView<'a> {
    /// Name of the item.
    #[schema(example = "income_tax")]
    pub code: &'a str,
    /// What tells lines of the same item apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<&'a str>,
    /// What the subject is called in the language, where it has another name there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_label: Option<&'a str>,
    /// Label of the item.
    #[schema(example = "Individual income tax")]
    pub label: &'a str,
    /// Group of the item.
    #[schema(example = "tax")]
    pub category: &'a str,
    /// Label of the group.
    pub category_label: &'a str,
    /// Exact amount; money with at least the decimals of its currency.
    #[schema(example = "555.00")]
    pub amount: String,
    /// What the amount counts: the currency for money.
    #[schema(example = "CNY")]
    pub unit: Option<&'a str>,
    /// What the unit is called in the language, where it has another name there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_label: Option<&'a str>,
    /// The provision that the item rests on.
    pub citation: Option<&'a str>,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = Severity)]
#[serde(rename_all = "lowercase")]
pub enum SeverityView {
    /// The law or the policy is violated.
    Breach,
    /// It may be violated, or the result should be looked at.
    Warning,
    /// Worth knowing.
    Note,
}

impl SeverityView {
    /// The name in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Breach => "breach",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl From<Severity> for SeverityView {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Breach => Self::Breach,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }
}

/// A breach, a warning or a note.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = Finding)]
pub struct FindingView<'a> {
    /// Name of the finding.
    pub code: &'a str,
    /// How grave it is.
    pub severity: SeverityView,
    /// The sentence with its values.
    pub message: String,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<&'a str>,
    /// The day that it concerns.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    pub on: Option<String>,
    /// What is allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// What was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<String>,
    /// What limit and actual value count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'a str>,
    /// What the unit is called in the language, where it has another name there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_label: Option<&'a str>,
    /// The provision that it rests on, or the source of unconfirmed values if all have the same.
    pub citation: Option<&'a str>,
    /// The values of the law that it is about: those whose sources could not be seen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Option<Vec<ParameterView>>)]
    pub parameters: Vec<ParameterView<'a>>,
}

/// How a line or an intermediate value came about.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = Step)]
pub struct StepView<'a> {
    /// Name of the step.
    pub code: &'a str,
    /// The sentence with its values; the formula where the rule gives no sentence.
    pub text: String,
    /// What was worked out and how, with labels, values and result. The host has worked it out again
    /// over these values, with the same result.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Taxable income = Wages 9,000.00 − Deductions 5,000.00 = 4,000.00")]
    pub formula: Option<String>,
    /// What the formula gives, exactly; money with at least the decimals of its currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "4000.00")]
    pub result: Option<String>,
    /// Position among the lines of the line that it leads to, directly or by what it gives to the next
    /// step that uses it. A step that leads to several comes once for each.
    pub line: Option<usize>,
    /// The provision that it applies.
    pub citation: Option<&'a str>,
    /// The values in the sentence and in the formula.
    pub arguments: Vec<ArgumentView<'a>>,
    /// The parameters that it used.
    pub parameters: Vec<ParameterView<'a>>,
}

/// A value in a step.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = Argument)]
pub struct ArgumentView<'a> {
    /// Name of the argument.
    pub name: &'a str,
    /// Its value as text; null if the rule gave none, or gave rows of a table, which are among the
    /// parameters.
    pub value: Option<String>,
    /// What it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'a str>,
}

/// A dated value of the law.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = UsedParameter)]
pub struct ParameterView<'a> {
    /// Name of the parameter.
    pub name: &'a str,
    /// Label of the parameter.
    pub label: &'a str,
    /// Which row it is of a table that is dated row by row, in the language: `Beijing, Pension`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// First day on which the value holds.
    #[schema(format = Date)]
    pub from: String,
    /// Last day on which it holds, if it ends by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    pub until: Option<String>,
    /// The value as text, or the rows as objects of texts by column.
    #[schema(value_type = serde_json::Value)]
    pub value: Json,
    /// What the value counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'a str>,
    /// What the unit is called in the language, where it has another name there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_label: Option<&'a str>,
    /// Law, article or publication.
    pub source: &'a str,
    /// True: the publication could not be seen.
    pub unconfirmed: bool,
}

impl ParameterView<'_> {
    /// Its label with the row that it is, in this language: `Social insurance (Beijing, Pension)`.
    pub fn label_with_key(&self, words: &Words) -> String {
        match &self.key {
            Some(key) => words.say(Message::InBrackets { name: self.label, more: key }),
            None => self.label.to_owned(),
        }
    }
}
