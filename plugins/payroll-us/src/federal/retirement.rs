//! How much may be deferred into retirement plans in a year: 26 U.S.C. ss. 402 (g) and 414 (v). A
//! warning, since a plan may have a higher limit (s. 457 (b) (3)) or a lower one (s. 408 (p)).

use crate::facts::Payment;
use crate::items::Finding;
use crate::law::Law;
use crate::payslip::Payslip;
use crate::year_so_far;

/// Warns where the deferrals of the year exceed the limit at the employee's age.
pub(super) fn check_limit(law: &Law, payment: &Payment, out: &mut Payslip) {
    if payment.retirement_deferral.is_none() && payment.roth_deferral.is_none() {
        return;
    }
    let Some(terms) = law.deferral_limits.first() else {
        return;
    };
    let mut limit = terms.limit;
    if let Some(age) = payment.age {
        let higher = terms.higher_catch_up.filter(|_| {
            terms.higher_from_age.is_some_and(|from| age >= from)
                && terms.higher_to_age.is_some_and(|to| age <= to)
        });
        if let Some(higher) = higher {
            limit += higher;
        } else if age >= terms.catch_up_age {
            limit += terms.catch_up;
        }
    }
    let deferred =
        payment.retirement_deferral.unwrap_or_default() + payment.roth_deferral.unwrap_or_default();
    let stated = payment.earlier_deferrals;
    let earlier = if deferred.is_zero() {
        stated.unwrap_or_default()
    } else {
        year_so_far::earlier(payment, "earlier_deferrals", stated, out)
    };
    let deferred = earlier + deferred;
    if deferred > limit {
        out.finding(Finding::DeferralsAboveLimit).limit(limit).actual(deferred);
    }
}
