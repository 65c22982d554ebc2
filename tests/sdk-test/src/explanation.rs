//! Whether each line is led to by a formula that gives its amount, or by a sentence in which it stands.

use std::collections::BTreeSet;

use stele_sdk::StepView;
use stele_sdk::prelude::*;

use crate::exceptions::{Exception, Exceptions};

/// What is wrong with the explanation: each line that no step says, with those that lead to it.
/// A line of zero is one like any other.
pub fn unexplained<I: Items, F: Findings, S: Steps>(
    out: &Outcome<I, F, S>,
    exceptions: &Exceptions,
) -> Vec<String> {
    examine(out, exceptions).unexplained
}

/// What an explanation says, and how.
pub(crate) struct Examined {
    pub(crate) unexplained: Vec<String>,
    /// Exceptions without which a line would be unexplained.
    pub(crate) needed: BTreeSet<Exception>,
}

pub(crate) fn examine<I: Items, F: Findings, S: Steps>(
    out: &Outcome<I, F, S>,
    exceptions: &Exceptions,
) -> Examined {
    let steps: Vec<StepView> = out.steps().collect();
    let mut examined = Examined { unexplained: Vec::new(), needed: BTreeSet::new() };
    for (position, line) in out.lines().enumerate() {
        let leads: Vec<&StepView> =
            steps.iter().filter(|step| step.line == Some(position)).collect();
        let gives = |step: &&StepView| step.result == Some(line.amount);
        if leads.iter().any(|step| gives(step) || says(&step.text, line.amount)) {
            continue;
        }
        match leads.iter().find_map(|step| excepted(step, line.amount, exceptions)) {
            Some(exception) => {
                examined.needed.insert(exception);
            }
            None => {
                let leads: Vec<String> =
                    leads.iter().map(|step| format!("{}: {}", step.name, step.text)).collect();
                let about = line.subject.map(|subject| format!("/{subject}")).unwrap_or_default();
                let (name, amount) = (line.name, line.amount);
                examined.unexplained.push(format!("{name}{about} = {amount}, led to by {leads:?}"));
            }
        }
    }
    examined
}

/// The exception by which a step says an amount.
fn excepted(step: &StepView, amount: Decimal, exceptions: &Exceptions) -> Option<Exception> {
    if amount.is_zero() {
        return exceptions.of_nothing(step.name);
    }
    let exception = exceptions.of_taken_away(step.name)?;
    (amount.is_sign_negative() && says(&step.text, -amount)).then_some(exception)
}

/// Whether a sentence says a number.
fn says(sentence: &str, amount: Decimal) -> bool {
    let apart = |letter: char| !(letter.is_ascii_digit() || ".-".contains(letter));
    let mut numbers =
        sentence.split(apart).filter_map(|word| word.trim_end_matches('.').parse::<Decimal>().ok());
    numbers.any(|number| number == amount)
}
