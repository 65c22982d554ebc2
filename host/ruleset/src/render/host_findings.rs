//! The findings that the host adds to those of a rule. They are made when a result is shown, from
//! its version, its date, its facts and how the employment stood by then: a recorded result says the
//! same whenever it is read, and its digests know nothing of them.

use jiff::civil::Date;
use stele_words::{Message, Phrase, Words};

use super::parameter::{parameter, parameter_bytes};
use super::view::{FindingView, ParameterView, SeverityView};
use crate::calculation::Calculation;
use crate::length::{AnswerTooLong, Room};
use crate::standing::Standing;
use crate::version::Ruleset;
use crate::wording::Wording;

/// The code of the finding that says which values' sources could not be seen.
pub const UNCONFIRMED_PARAMETER: &str = "unconfirmed_parameter";

/// The code of the finding that says what the version leaves out and the facts touch.
pub const NOT_COVERED: &str = "not_covered";

/// The code of the finding that the employment is on leave.
pub const EMPLOYMENT_ON_LEAVE: &str = "employment_on_leave";

/// The code of the finding that the employment has not begun.
pub const EMPLOYMENT_NOT_BEGUN: &str = "employment_not_begun";

/// The code of the finding that the employment has ended.
pub const EMPLOYMENT_ENDED: &str = "employment_ended";

/// A warning where the employment does not simply run: whoever pays should have meant it.
pub(super) fn standing<'a>(
    calculation: &'a Calculation,
    wording: Wording<'a>,
    room: &mut Room,
) -> Result<Option<FindingView<'a>>, AnswerTooLong> {
    let Some(standing) = calculation.standing else { return Ok(None) };
    let (code, message) = match standing {
        Standing::OnLeave { since } => (EMPLOYMENT_ON_LEAVE, Message::EmploymentOnLeave { since }),
        Standing::NotBegun { begins } => {
            (EMPLOYMENT_NOT_BEGUN, Message::EmploymentNotBegun { begins })
        }
        Standing::Ended { since } => (EMPLOYMENT_ENDED, Message::EmploymentEnded { since }),
    };
    let message = wording.words().say(message);
    room.take([message.as_str()])?;
    let on = Some(standing.day().to_string());
    Ok(Some(FindingView { on, ..warning(code, message) }))
}

/// A warning for everything that the version leaves out and the facts touch.
pub(super) fn not_covered<'a>(
    calculation: &'a Calculation,
    ruleset: &'a Ruleset,
    wording: Wording<'a>,
    room: &mut Room,
) -> Result<Vec<FindingView<'a>>, AnswerTooLong> {
    let left_out = calculation.left_out.iter().filter_map(|position| {
        let name = ruleset.manifest().leaves_out.get(*position)?.name.as_str();
        let sentence = wording.labels().left_out(*position)?;
        Some(room.take([name, sentence]).map(|()| FindingView {
            subject: Some(name),
            ..warning(NOT_COVERED, sentence.to_owned())
        }))
    });
    left_out.collect()
}

/// One warning with every value that the outcome rests on and whose source could not be seen.
pub(super) fn unconfirmed<'a>(
    calculation: &'a Calculation,
    ruleset: &'a Ruleset,
    wording: Wording<'a>,
    room: &mut Room,
) -> Result<Option<FindingView<'a>>, AnswerTooLong> {
    let mut named = Vec::with_capacity(calculation.unconfirmed.len());
    let mut parameters: Vec<ParameterView<'a>> = Vec::with_capacity(named.capacity());
    for (position, entry) in &calculation.unconfirmed {
        let series = ruleset.parameters().series(*position);
        let entry = series.and_then(|series| series.entries().get(*entry));
        let view = entry
            .and_then(|entry| Some((parameter(ruleset, wording, *position, entry)?, entry.from)));
        let Some((view, from)) = view else { continue };
        let key_bytes = view.key.as_ref().map_or(0, String::len);
        // Once in the list and once in the sentence.
        room.take_bytes(parameter_bytes(&view) + view.label.len() + key_bytes + view.source.len())?;
        let label = view.label_with_key(wording.words());
        named.push(Unconfirmed { label, from, source: view.source });
        parameters.push(view);
    }
    let Some(first) = named.first() else { return Ok(None) };
    let one_source = named.iter().all(|other| other.source == first.source).then_some(first.source);
    let message = unconfirmed_sentence(wording.words(), &named);
    Ok(Some(FindingView {
        citation: one_source,
        parameters,
        ..warning(UNCONFIRMED_PARAMETER, message)
    }))
}

/// A value whose source could not be seen.
struct Unconfirmed<'a> {
    /// The parameter's label, with the key of the row.
    label: String,
    /// First day on which the value holds.
    from: Date,
    /// Where it is said to stand.
    source: &'a str,
}

/// Says that a result rests on values whose sources could not be seen, and on which.
fn unconfirmed_sentence(words: &Words, values: &[Unconfirmed<'_>]) -> String {
    if let [Unconfirmed { label, from, source }] = values {
        return words.say(Message::UnconfirmedOne { label, from: *from, source });
    }
    let items = values.iter().map(|Unconfirmed { label, from, source }| {
        words.say(Message::UnconfirmedItem { label, from: *from, source })
    });
    let list = items.collect::<Vec<_>>().join(&words.phrase(Phrase::ClauseSeparator));
    words.say(Message::UnconfirmedSeveral { count: values.len(), list: &list })
}

fn warning<'a>(code: &'a str, message: String) -> FindingView<'a> {
    FindingView {
        code,
        severity: SeverityView::Warning,
        message,
        subject: None,
        on: None,
        limit: None,
        actual: None,
        unit: None,
        unit_label: None,
        citation: None,
        parameters: Vec::new(),
    }
}
