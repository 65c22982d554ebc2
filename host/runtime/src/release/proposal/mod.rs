//! The door that every activation goes through: one person proposes, others approve or reject.
//!
//! | file | idea |
//! |---|---|
//! | `decide` | which step is legal in which state, by whom: one checked function a step |
//! | `binding` | what an approval is bound to, and what changed since |
//! | `collision` | attributes that two slots take for different things |
//! | `view` | a proposal as it is shown |
//! | `impact_report` | whether a report shows what a proposal does |
//! | `propose`, `decision` | the steps, as commits |
//! | `rollback` | back to a former version, also in an emergency |
//! | `error` | why a step was refused |
//!
//! Several people may act on one proposal at the same time: each step is a commit that expects the
//! revision, and the policy, that it was decided on, and is decided anew when either has changed.

mod binding;
mod collision;
mod decide;
mod decision;
mod error;
mod impact_report;
mod propose;
mod rollback;
mod view;

pub use self::{
    binding::ChangedField,
    collision::Collision,
    error::ProposalError,
    propose::{ProposalDraft, ProposalFilter},
    rollback::RollbackDraft,
    view::{Approvals, DecisionView, ProposalPage, ProposalStateView, ProposalView},
};
