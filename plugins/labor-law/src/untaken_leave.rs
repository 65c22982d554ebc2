//! Pay for annual leave that was not taken.
//!
//! China: Regulations on Paid Annual Leave of Employees, art. 5; Implementing Measures, Order 1 of
//! 2008 of the Ministry of Human Resources and Social Security, arts. 10 to 13.

use stele_sdk::prelude::*;

use crate::Out;
use crate::dates;
use crate::facts::WorkingTime;
use crate::findings::Finding;
use crate::items::Item;
use crate::law::Law;
use crate::leave::{self, AnnualLeave};
use crate::steps::LeaveStep;
use crate::timesheet::round;

/// Days and pay, once the year or the employment has ended. Nothing where it is not known how much
/// leave was taken. Days that a contract grants beyond the law are paid as it says (art. 13), which
/// is not known here: a finding names them.
pub(crate) fn untaken_leave(law: &Law, facts: &WorkingTime, leave: &AnnualLeave, out: &mut Out) {
    let (Some(rate), Some(in_wages)) = (law.untaken_leave_rate, law.untaken_leave_rate_in_wages)
    else {
        return;
    };
    let Some(taken) = facts.annual_leave_taken else { return };
    let Some(days) = days(facts, leave, taken, out) else { return };
    out.line(Item::UntakenLeaveDays, days);

    let wage = facts.average_wage_without_overtime.or(facts.monthly_wage);
    let (Some(wage), Some(paid_days), Some(decimals)) =
        (wage, law.monthly_paid_days, law.pay_decimals)
    else {
        return;
    };
    // Art. 10: 300 % of the day's wage "including the wage for normal work"; art. 11: the month's
    // wage without overtime pay divided by 21.75.
    let pay = days * wage * (rate - in_wages) / paid_days;
    let pay = round(pay, u32::try_from(decimals).unwrap_or(0));
    out.step(|| LeaveStep::UntakenLeavePay { days, wage, paid_days, rate, in_wages, pay });
    out.line(Item::UntakenLeavePay, pay);
}

/// Art. 12: when employment ends, the part of the year less what was taken, fractions dropped at the
/// end; what was taken too much is not claimed back. Art. 10: when the year ends, what is due less
/// what was taken, is carried over with the employee's consent (art. 9), or was declined.
fn days(
    facts: &WorkingTime,
    leave: &AnnualLeave,
    taken: Decimal,
    out: &mut Out,
) -> Option<Decimal> {
    let declined = facts.annual_leave_declined.unwrap_or_default();
    let left_in = facts.employment_end.filter(|end| *end <= facts.period_until);
    let (due, carried, days) = match (left_in, leave.part) {
        (Some(end), part) if end.year() == facts.period_until.year() => {
            let due = part.map_or(leave.whole_year, |part| part.share(leave.whole_year));
            // There is no next year here in which it could be taken.
            if let Some(carried) = facts.annual_leave_carried_over.filter(|days| !days.is_zero()) {
                out.finding(Finding::LeaveCarriedOverByLeaver).on(end).actual(carried);
            }
            (due, Decimal::ZERO, (due - taken - declined).floor())
        }
        (Some(_), _) => return None,
        (None, _) if year_has_ended(facts.period_until) => {
            let carried = facts.annual_leave_carried_over.unwrap_or_default();
            (leave.due, carried, leave.due - taken - carried - declined)
        }
        (None, _) => return None,
    };
    let days = days.max(Decimal::ZERO).normalize();
    out.step(|| LeaveStep::UntakenLeave { due: round(due, 4), taken, carried, declined, days });
    // What the contract grants is for a whole year, and of a leaver's the law gives a part.
    let by_law = if left_in.is_some() { leave.whole_year } else { leave.due };
    let granted = leave::granted(facts, by_law);
    let beyond = (granted - by_law).min(granted - taken - carried - declined - days);
    if beyond > Decimal::ZERO {
        out.finding(Finding::ContractLeaveNotPaid).limit(granted).actual(beyond);
    }
    Some(days)
}

/// The period reaches to the last day of its calendar year (art. 18).
fn year_has_ended(until: Date) -> bool {
    dates::next_day(until).year() != until.year()
}
