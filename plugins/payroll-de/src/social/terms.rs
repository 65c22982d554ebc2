//! What every branch goes by, beside its base.

use stele_sdk::prelude::*;

use crate::law::ContributionYear;
use crate::social::Group;
use crate::steps::BaseStep;

/// What decides the shares beside the bases.
pub(crate) struct Terms<'a> {
    pub year: &'a ContributionYear,
    pub group: &'a Group,
    /// Additional rate of the health fund.
    pub additional_rate: Decimal,
    pub saxony: bool,
    pub childless: bool,
    pub children: i64,
    /// What the lines are about, where it is not the month itself.
    pub subject: Option<&'static str>,
    /// What an explanation says before every branch: by the ceiling of pension insurance, and by
    /// that of health insurance.
    pub leading: [Vec<BaseStep>; 2],
}
