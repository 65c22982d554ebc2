//! The promises of the runtime about what is kept and who sees what when, through its public
//! surface.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code, reason = "the tests of rulesets use more of it")]
#[path = "../../../ruleset/tests/ruleset/support.rs"]
mod rulesets;

mod activations;
mod amounts;
mod audit;
mod backups;
mod calculations;
mod credentials;
mod employee_histories;
mod employees;
mod employment_files;
mod employment_model;
mod employment_months;
mod employments;
mod exports;
mod histories;
mod idempotency;
mod impact_employments;
mod impact_failures;
mod impact_requests;
mod impact_results;
mod impacts;
mod imports;
mod memory;
mod merging;
mod organizations;
mod patches;
mod proposals;
mod proposals_at_once;
mod publications;
mod quoting;
mod required_reports;
mod rollbacks;
mod silent_changes;
mod start;
mod stored_facts;
mod support;
mod typed;
mod unread;
mod vanishing;
