//! What the law and its flow chart say of a fact that is not given, said as a finding: what is
//! given, also as 0, is no assumption.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::choices::{HealthInsurance, TaxClass};
use crate::facts::Payment;
use crate::items::Finding;
use crate::wage_tax::Inputs;
use crate::wage_tax::pension_relief::MONTHS_OF_ONE_OFF;

/// Says which defaults the wage tax went by.
pub(crate) fn say(payment: &Payment, inputs: &Inputs, out: &mut Payslip) {
    let private = inputs.health_insurance != HealthInsurance::Statutory;
    let counts = private && inputs.tax_class != TaxClass::Six;
    if counts && payment.private_premium.is_none() {
        out.finding(Finding::PrivatePremiumNotStated);
    }
    let pension = [inputs.annual_pension, inputs.one_off_pension, inputs.multi_year_pension];
    let several_years = !(inputs.multi_year_pay + inputs.multi_year_pension).is_zero();
    let relieved = pension.iter().any(|amount| !amount.is_zero());
    if relieved && inputs.pension_months.is_none() && (inputs.has_one_off() || several_years) {
        out.finding(Finding::PensionMonthsNotStated).limit(Decimal::from(MONTHS_OF_ONE_OFF));
    }
}
