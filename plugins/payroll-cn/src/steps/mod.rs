//! How each line came about, in sentences that the employee can follow with a calculator: one enum a
//! part of the payslip.

mod apart;
mod cumulative;
mod pay;
mod social;

use stele_sdk::prelude::*;

pub use apart::ApartStep;
pub use cumulative::CumulativeStep;
pub use pay::PayStep;
pub use social::SocialStep;

/// Steps of the explanation.
#[derive(Steps, Clone, Debug)]
pub enum Step {
    /// Social insurance and the housing fund.
    Social(SocialStep),
    /// Tax on the income of the year so far.
    Cumulative(CumulativeStep),
    /// Tax on one payment or month by itself.
    Apart(ApartStep),
    /// From what is earned to what is paid out.
    Pay(PayStep),
}
