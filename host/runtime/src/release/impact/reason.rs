//! Why a calculation has no outcome, and what it has in common with others of the same reason.
//!
//! A sentence names what was found in one person's facts. Under which it is counted has none of
//! that: otherwise every person would fail for a reason of their own, and what is left of someone
//! who is erased would say what they earned.

use stele_ruleset::{CalculationError, FaultReport, FieldError};

/// Wrong facts that a common reason names; one cause may spoil every row of a table.
const MOST_NAMED: usize = 3;

/// Stands for what differs from person to person.
const ANYTHING: char = '…';

/// Why a calculation has no outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    /// The sentence, with what was found.
    pub(crate) sentence: String,
    /// The same without: what failures are counted by.
    pub(crate) common: String,
}

impl From<&CalculationError> for Reason {
    fn from(error: &CalculationError) -> Self {
        let sentence = error.to_string();
        let common = match error {
            CalculationError::InvalidFacts(errors) => wrong_facts(errors),
            CalculationError::Fault(FaultReport { pointer, parameter, message, .. }) => {
                let place = pointer.as_deref().map(without_rows).or_else(|| parameter.clone());
                let place = place.map(|place| format!("{place}: ")).unwrap_or_default();
                format!("{place}{}", without_values(message))
            }
            // It has amounts in it.
            CalculationError::Disagreement(disagreement) => {
                format!("the step {} of the explanation does not add up", disagreement.step())
            }
            CalculationError::OutsideHorizon { .. } | CalculationError::Failure(_) => {
                sentence.clone()
            }
        };
        Self { sentence, common }
    }
}

/// A reason that names nothing of a person.
impl From<String> for Reason {
    fn from(sentence: String) -> Self {
        Self { common: sentence.clone(), sentence }
    }
}

fn wrong_facts(errors: &[FieldError]) -> String {
    let mut named: Vec<String> = Vec::new();
    for FieldError { pointer, expected, .. } in errors {
        let one = format!("{}: expected {expected}", without_rows(pointer));
        if !named.contains(&one) {
            named.push(one);
        }
    }
    let more = named.len().saturating_sub(MOST_NAMED);
    named.truncate(MOST_NAMED);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    named.join("; ") + &more
}

/// A pointer with a star for every number of a row.
fn without_rows(pointer: &str) -> String {
    let is_row = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> =
        pointer.split('/').map(|part| if is_row(part) { "*" } else { part }).collect();
    parts.join("/")
}

/// A sentence with an ellipsis for every number and every quoted text.
fn without_values(sentence: &str) -> String {
    let mut plain = String::with_capacity(sentence.len());
    let mut characters = sentence.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                characters.by_ref().find(|next| *next == '"');
                plain.push(ANYTHING);
            }
            '0'..='9' => {
                let mut ahead = characters.clone();
                // A point belongs to a number only where a digit follows.
                while let Some(next) = ahead.next() {
                    let goes_on = match next {
                        '.' | ',' | '-' | ':' => {
                            ahead.peek().is_some_and(|after| after.is_ascii_digit())
                        }
                        next => next.is_ascii_alphanumeric(),
                    };
                    if !goes_on {
                        break;
                    }
                    characters.next();
                }
                plain.push(ANYTHING);
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_reason_has_nothing_of_one_person() {
        let wrong = |pointer: &str, found: &str| FieldError::new(pointer, "a date", found);
        let of = |errors: Vec<FieldError>| Reason::from(&CalculationError::InvalidFacts(errors));
        let one = of(vec![wrong("/entries/3/start", "\"Monday\"")]);
        let other = of(vec![wrong("/entries/17/start", "5"), wrong("/entries/18/start", "6")]);
        assert_eq!(one.common, "/entries/*/start: expected a date");
        assert_eq!(one.common, other.common);
        assert!(one.sentence.contains("Monday"));

        let fault = |message: &str| {
            Reason::from(&CalculationError::Fault(FaultReport {
                pointer: Some("/gross".to_owned()),
                parameter: None,
                message: message.to_owned(),
                citation: None,
            }))
        };
        let one = fault("expected at most 5,000.50, found 7000 for \"Ada\" on 2026-01-31.");
        assert_eq!(one.common, "/gross: expected at most …, found … for … on ….");
        assert_eq!(one.common, fault("expected at most 1, found 2 for \"\" on 3.").common);
    }

    #[test]
    fn many_wrong_facts_are_named_as_a_few() {
        let errors = ["/a", "/b", "/c", "/d", "/e"]
            .map(|pointer| FieldError::new(pointer, "a number", "nothing"));
        let reason = Reason::from(&CalculationError::InvalidFacts(errors.to_vec()));
        let expected =
            "/a: expected a number; /b: expected a number; /c: expected a number; and 2 more";
        assert_eq!(reason.common, expected);
    }
}
