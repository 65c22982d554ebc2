//! How the lines and findings came about, in sentences with the numbers that were used: one enum a
//! part of the law; to the host they are one list of steps.

mod contract;
mod leave;
mod time;

use stele_sdk::prelude::*;

pub use contract::ContractStep;
pub use leave::LeaveStep;
pub use time::TimeStep;

/// Steps of an explanation.
#[derive(Steps, Clone, Debug)]
pub enum Step {
    /// Working time.
    Time(TimeStep),
    /// Attendance and leave.
    Leave(LeaveStep),
    /// The contract.
    Contract(ContractStep),
}
