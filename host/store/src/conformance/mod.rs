//! What every implementation of [`Store`] promises, as code: run all of [`PROMISES`] on it.
//!
//! ```no_run
//! # use std::sync::Arc;
//! # use stele_store::{Door, MemoryStore, conformance};
//! # async fn keeps_every_promise() -> Result<(), conformance::Broken> {
//! for (_, promise) in conformance::PROMISES {
//!     promise(&|clock| Ok(Arc::new(Door::new(MemoryStore::with_clock(clock)?)?))).await?;
//! }
//! # Ok(())
//! # }
//! ```

mod commits;
mod employees;
mod imports;
mod logs;
mod records;
mod sample;
mod trust;

use std::{fmt, future::Future, pin::Pin, sync::Arc};

use crate::{clock::Clock, commit::CommitError, error::StoreError, store::Store};

/// Makes an empty store that takes the time from the clock.
pub type Make<'a> = &'a dyn Fn(Arc<dyn Clock>) -> Result<Arc<dyn Store>, StoreError>;

/// What came of trying a promise.
pub type Trying<'a> = Pin<Box<dyn Future<Output = Result<(), Broken>> + 'a>>;

/// One promise, tried on stores of its own.
pub type Promise = fn(Make<'_>) -> Trying<'_>;

/// Functions with their names.
macro_rules! promises {
    ($($room:ident::$promise:ident),* $(,)?) => {
        [$((stringify!($promise), |make| Box::pin($room::$promise(make)))),*]
    };
}

/// A promise that is not kept.
#[derive(Debug)]
pub struct Broken(String);

impl fmt::Display for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Self {
        Self(error.to_string())
    }
}

impl From<CommitError> for Broken {
    fn from(error: CommitError) -> Self {
        Self(error.to_string())
    }
}

impl From<crate::names::InvalidName> for Broken {
    fn from(error: crate::names::InvalidName) -> Self {
        Self(error.to_string())
    }
}

/// All of them, with their names.
pub const PROMISES: &[(&str, Promise)] = &promises![
    records::an_empty_store_holds_nothing,
    records::what_was_committed_is_read_back,
    records::pages_of_records_leave_none_out,
    records::content_is_stored_once_under_its_digest,
    records::a_revoked_token_stays_on_the_list,
    records::activations_are_numbered_by_tenant,
    commits::a_commit_whose_expectation_fails_writes_nothing,
    commits::each_expectation_is_checked,
    commits::recorded_time_increases_whatever_the_clock_does,
    commits::observers_hear_of_commits_in_order_before_the_committer_does,
    commits::of_many_writers_of_one_revision_exactly_one_wins,
    commits::an_answer_is_remembered_with_its_change,
    commits::answers_are_forgotten_after_their_time,
    employees::an_employee_is_read_as_known_at_any_time,
    employees::pages_of_employees_leave_nobody_out,
    employees::employees_are_read_by_their_ids,
    employees::tenants_do_not_see_each_other,
    imports::an_import_is_there_as_a_whole_or_not_at_all,
    imports::an_import_is_made_of_the_revisions_that_it_was_made_of_or_not_at_all,
    logs::every_change_has_its_entry_in_its_own_log,
    logs::each_entry_holds_the_hash_of_the_one_before,
    logs::entries_are_found_by_who_knows_whom_they_are_about,
    logs::roots_and_proofs_are_those_of_the_entries,
    trust::a_policy_has_revisions,
    trust::a_proposal_keeps_every_decision,
    trust::an_impact_report_is_finished_with_its_content,
    trust::results_are_read_back_one_by_one,
    trust::what_is_erased_is_gone_and_the_log_stays_whole,
    logs::a_store_that_is_whole_verifies,
];

/// Says what was expected and found, if they differ.
fn equal<T: PartialEq + fmt::Debug>(what: &str, found: T, expected: T) -> Result<(), Broken> {
    if found == expected {
        Ok(())
    } else {
        Err(Broken(format!("{what}: expected {expected:?}, found {found:?}")))
    }
}

/// Says what should have held.
fn holds(what: &str, condition: bool) -> Result<(), Broken> {
    if condition { Ok(()) } else { Err(Broken(what.to_owned())) }
}
