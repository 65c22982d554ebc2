//! Faults where the tables of the states contradict themselves. Runs once, when an evaluator is made.

use stele_sdk::ParameterField;
use stele_sdk::prelude::*;

use super::choices::State;
use super::law::{PeriodBracket, StateTerms};
use super::written;
use crate::law::Law;

/// Checks what the states' files rely on.
pub(crate) fn check(law: &Law) -> Result<(), Fault> {
    check_lines(&law.california_brackets, Law::CALIFORNIA_BRACKETS)?;
    check_lines(&law.new_york_brackets, Law::NEW_YORK_BRACKETS)?;
    check_lines(&law.new_jersey_brackets, Law::NEW_JERSEY_BRACKETS)?;
    for (row, terms) in law.states.iter().enumerate() {
        if terms.state == State::NoState {
            let message = "must be a state, found none";
            return Err(Fault::parameter_cell(Law::STATES, row, StateTerms::STATE, message));
        }
        if terms.income_tax && written::with_terms(law, terms.state).is_err() {
            let message = format!(
                "{} taxes wages, but the rule holds no law of it, or no row says which wages",
                terms.state.name()
            );
            return Err(Fault::parameter_cell(Law::STATES, row, StateTerms::STATE, message));
        }
    }
    Ok(())
}

/// The lines of one frequency and one column stand together, begin at nothing and rise.
fn check_lines(lines: &[PeriodBracket], table: ParameterField) -> Result<(), Fault> {
    let mut before: Option<&PeriodBracket> = None;
    for (row, line) in lines.iter().enumerate() {
        let same = before.is_some_and(|before| {
            before.pay_frequency == line.pay_frequency && before.schedule == line.schedule
        });
        let rises = before.is_none_or(|before| !same || before.over < line.over);
        if !rises || (!same && !line.over.is_zero()) {
            return Err(Fault::parameter_cell(
                table,
                row,
                PeriodBracket::OVER,
                format!("must begin at 0 and rise from line to line, found {}", line.over),
            ));
        }
        before = Some(line);
    }
    Ok(())
}
