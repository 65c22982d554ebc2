//! Impact reports: a candidate beside the versions in force, over the same facts, and what would
//! change for whom. What an approver is shown before a version is put in force.
//!
//! | file | idea |
//! |---|---|
//! | `request` | what may be asked for, and what is wrong with it |
//! | `report` | asked for, finished or failed: what is read |
//! | `asked`, `making` | what is kept of a request; a report on its way |
//! | `covered` | over how many of the tenant's people it is, and how much of it was calculated |
//! | `entered` | its place among those that are being made |
//! | `paid` | recorded results as a population |
//! | `audience` | which employments the slot is for |
//! | `plan`, `population`, `work` | which versions, for whom, and the calculations |
//! | `stop` | why there is no report |
//! | `terms`, `difference` | one employee on one date under two versions |
//! | `reason`, `failures` | why calculations fail, and how many |
//! | `total`, `histogram`, `largest`, `summary` | all of them added up, exactly and in any order |
//! | `content`, `write` | what the report says |
//! | `erasure` | taking an employee out again |
//!
//! What may not enter here: where results are recorded, and whether a version may be put in force. That is for who approves it.

mod asked;
mod audience;
mod content;
mod covered;
mod difference;
mod entered;
mod erasure;
mod failures;
mod histogram;
mod largest;
mod making;
mod paid;
mod plan;
mod population;
mod reason;
mod report;
mod request;
mod stop;
mod summary;
mod terms;
mod total;
mod work;
mod write;

pub use content::{
    Differences, ImpactChange, ImpactContent, ImpactDate, ImpactFailing, ImpactFailure,
    ImpactFailures, ImpactFinding, ImpactItem, ImpactLine, ImpactOccurrences, ImpactReason,
    ImpactReasons, ImpactTotals, ImpactVersion, InLanguages, PopulationKind,
};
pub use covered::{Computed, Covered};
pub use histogram::Bucket;
pub use paid::{PaidFilter, PaidHeading, PaidResult, PaidResults};
pub use population::ImpactPopulation;
pub use report::{FinishedImpact, ImpactPage, ImpactReport, ImpactStage};
pub use request::{ImpactError, ImpactRequest};
