//! A calculation for people and for callers: codes, labels and sentences instead of positions, in
//! the language of the reader.

mod host_findings;
mod parameter;
mod steps;
mod view;

use rust_decimal::Decimal;

use super::calculation::Calculation;
use super::length::{AnswerTooLong, Room};
use super::number::{normal_text, text_with_decimals};
use super::texts::Language;
use super::version::Ruleset;
use super::wording::{NO_VALUE, Wording, number_text};
pub use host_findings::{
    EMPLOYMENT_ENDED, EMPLOYMENT_NOT_BEGUN, EMPLOYMENT_ON_LEAVE, NOT_COVERED, UNCONFIRMED_PARAMETER,
};
pub use parameter::entry_json;
pub use view::{ArgumentView, FindingView, LineView, ParameterView, SeverityView, StepView, View};

impl Calculation {
    /// The calculation in the languages of [`Ruleset::wording`]. `ruleset` must be the version that
    /// it was calculated with, and the one of the wording. The error says that the texts make it too
    /// long.
    pub fn render<'a>(
        &'a self,
        ruleset: &'a Ruleset,
        wording: Wording<'a>,
    ) -> Result<View<'a>, AnswerTooLong> {
        let language = wording.labels();
        let mut room = Room::new();
        let lines = self.lines(ruleset, language, &mut room)?;
        let mut findings = self.findings(ruleset, wording, &mut room)?;
        findings.extend(host_findings::standing(self, wording, &mut room)?);
        findings.extend(host_findings::not_covered(self, ruleset, wording, &mut room)?);
        findings.extend(host_findings::unconfirmed(self, ruleset, wording, &mut room)?);
        let steps = steps::steps(self, ruleset, wording, &mut room)?;
        Ok(View { language: language.tag(), words: wording.words().tag(), lines, findings, steps })
    }

    fn lines<'a>(
        &'a self,
        ruleset: &'a Ruleset,
        language: &'a Language,
        room: &mut Room,
    ) -> Result<Vec<LineView<'a>>, AnswerTooLong> {
        let description = ruleset.description();
        let manifest = ruleset.manifest();
        let lines = self.outcome.lines.iter().filter_map(|line| {
            let item = description.items.get(line.item)?;
            let money = ruleset.money().is_money(line.item);
            let unit = item.unit.as_deref().or(manifest.currency.as_deref());
            let subject = line.subject.as_deref();
            let view = LineView {
                code: &item.name,
                subject,
                subject_label: subject
                    .and_then(|subject| other(subject, language.subject(subject))),
                label: language.item(line.item),
                category: &item.category,
                category_label: language.category(&item.category),
                amount: if money {
                    text_with_decimals(line.amount, manifest.decimals)
                } else {
                    normal_text(line.amount)
                },
                unit,
                unit_label: unit_label(language, unit),
                citation: item.citation.as_deref().map(|citation| language.citation(citation)),
            };
            let LineView { label, category_label, subject_label, unit_label, citation, .. } = view;
            let optional = [subject, subject_label, unit_label, citation].into_iter().flatten();
            Some(room.take([label, category_label].into_iter().chain(optional)).map(|()| view))
        });
        lines.collect()
    }

    fn findings<'a>(
        &'a self,
        ruleset: &'a Ruleset,
        wording: Wording<'a>,
        room: &mut Room,
    ) -> Result<Vec<FindingView<'a>>, AnswerTooLong> {
        let language = wording.labels();
        let description = ruleset.description();
        let findings = self.outcome.findings.iter().filter_map(|finding| {
            let kind = description.findings.get(finding.kind)?;
            let unit = kind.unit.as_deref();
            let number = |value: Option<Decimal>| {
                value.map(|value| number_text(value, unit, ruleset.manifest()))
            };
            let (limit, actual) = (number(finding.limit), number(finding.actual));
            let on = finding.on.map(|on| on.to_string());
            let message = language.finding(finding.kind).map(|sentence| {
                let value = |name: &str| match name {
                    "subject" => {
                        let subject = finding.subject.as_deref();
                        subject.map(|subject| language.subject(subject).to_owned())
                    }
                    "on" => finding.on.map(|on| wording.words().day(on)),
                    "limit" => limit.as_deref().map(|limit| wording.words().number(limit)),
                    "actual" => actual.as_deref().map(|actual| wording.words().number(actual)),
                    _ => None,
                };
                sentence.fill(|name| value(name).unwrap_or_else(|| NO_VALUE.to_owned()))
            });
            let subject = finding.subject.as_deref();
            let citation = kind.citation.as_deref().map(|citation| language.citation(citation));
            let texts = [message.as_deref(), subject, citation];
            Some(room.take(texts.into_iter().flatten()).map(|()| FindingView {
                code: &kind.name,
                severity: kind.severity.into(),
                message: message.unwrap_or_default(),
                subject,
                on,
                limit,
                actual,
                unit,
                unit_label: unit_label(language, unit),
                citation,
                parameters: Vec::new(),
            }))
        });
        findings.collect()
    }
}

/// What a unit is called in the language, where it has another name there.
fn unit_label<'a>(language: &'a Language, unit: Option<&'a str>) -> Option<&'a str> {
    unit.and_then(|unit| other(unit, language.unit(unit)))
}

/// The label of a name, where it is another text.
fn other<'a>(name: &str, label: &'a str) -> Option<&'a str> {
    (label != name).then_some(label)
}
