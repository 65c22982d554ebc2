//! A month's wage instead of a period of notice.
//!
//! China: Labor Contract Law, art. 40; its Implementing Regulations, art. 20: the wage of the month
//! before.

use crate::Out;
use crate::facts::{EndGround, Party, WorkingTime};
use crate::items::Item;
use crate::law::Law;
use crate::steps::ContractStep;

/// The wage that an employer pays who does not keep to the period of notice of art. 40. Nothing on
/// any other ground, and where the ruleset knows no periods of notice.
pub(crate) fn pay_in_lieu_of_notice(law: &Law, facts: &WorkingTime, out: &mut Out) {
    let ends = facts
        .employment_end
        .is_some_and(|end| (facts.period_from..=facts.period_until).contains(&end));
    let by_employer = facts.notice_by != Some(Party::Employee)
        && matches!(facts.end_ground, None | Some(EndGround::NoticeWithoutFault));
    if law.notice.is_empty() || !ends || !by_employer || facts.paid_in_lieu_of_notice != Some(true)
    {
        return;
    }
    if let Some(wage) = facts.monthly_wage {
        out.step(|| ContractStep::PayInLieuOfNotice { wage });
        out.line(Item::PayInLieuOfNotice, wage);
    }
}
