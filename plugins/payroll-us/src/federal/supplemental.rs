//! Income tax of a payment: regular wages by Worksheet 1A, supplemental wages by Publication 15,
//! section 7 (26 CFR s. 31.3402(g)-1).

use stele_sdk::prelude::*;
use stele_sdk::rounding::CENT;

use super::certificate::Certificate;
use super::wages::{self, Wages};
use super::worksheet_1a;
use crate::choices::SupplementalMethod;
use crate::facts::Payment;
use crate::figures::Figure;
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::payslip::Payslip;
use crate::states::choices::State;
use crate::year_so_far;

/// Withholds and writes the line. What exceeds a million in the year is taxed at the highest rate,
/// without regard to the certificate; the rest by one of two methods.
#[provision("26 CFR s. 31.3402(g)-1")]
pub(super) fn withhold(
    law: &Law,
    payment: &Payment,
    certificate: Certificate,
    wages: &Wages,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let (regular, supplemental) = wages::apart(payment, wages, out);
    let above = above_threshold(law, payment, supplemental, out);
    let rest = supplemental - above;
    find_flat_rate(payment, rest, out);
    #[is(Figure::Withheld)]
    let mut withheld = Decimal::ZERO;
    #[is(Figure::FlatTax)]
    let mut flat = Decimal::ZERO;
    match (payment.exempt == Some(true), payment.supplemental_method) {
        (true, _) => exempt(regular + rest, out),
        (false, Some(SupplementalMethod::Aggregate)) => {
            let wages = aggregate(payment, regular, supplemental, above, out);
            let tax = worksheet_1a::withhold(law, payment, certificate, wages, out)?;
            withheld = less_withheld(payment, tax, out);
        }
        (false, None | Some(SupplementalMethod::Flat)) => {
            // A bonus by itself: nothing else is paid from which Step 4(c) could be taken.
            let alone = (payment.gross + wages.not_paid).is_zero()
                && !payment.supplemental_wages.unwrap_or_default().is_zero();
            if !alone {
                let wages = by_itself(regular, out);
                withheld = worksheet_1a::withhold(law, payment, certificate, wages, out)?;
            }
            flat = at_flat_rate(law, supplemental, above, out);
        }
    }
    #[is(Figure::MandatoryTax)]
    let highest = at_highest_rate(law, above, out);
    Ok(work!(out, Item::FederalIncomeTax = withheld + flat + highest))
}

/// Nothing is withheld by the certificate.
#[provision("26 U.S.C. ss. 3402 (n) and 3405 (a) (2)")]
pub(super) fn exempt(wages: Decimal, out: &mut Payslip) {
    say!(out, Exempt, "The certificate says that no tax is withheld from {wages:USD}.");
}

/// Says that the method is not stated, where a tax depends on it: for one who is exempt that of a state
/// still does.
fn find_flat_rate(payment: &Payment, supplemental: Decimal, out: &mut Payslip) {
    let taxed = payment.exempt != Some(true) || payment.state != Some(State::NoState);
    if taxed && payment.supplemental_method.is_none() && !supplemental.is_zero() {
        out.finding(Finding::FlatRateAssumed);
    }
}

/// Supplemental wages of this payment beyond the threshold of the year.
#[provision("26 CFR s. 31.3402(g)-1 (a) (2)")]
fn above_threshold(
    law: &Law,
    payment: &Payment,
    #[is(Figure::SupplementalTaxed)] supplemental: Decimal,
    out: &mut Payslip,
) -> Decimal {
    // Where the payment has none, those before do not matter.
    if supplemental.is_zero() {
        return Decimal::ZERO;
    }
    let stated = payment.earlier_supplemental_wages;
    let earlier = year_so_far::earlier(payment, "earlier_supplemental_wages", stated, out);
    if earlier + supplemental <= law.mandatory_supplemental_from {
        return Decimal::ZERO;
    }
    work!(
        out,
        Figure::MandatorySupplemental = at_most(
            at_least(
                payment.earlier_supplemental_wages + supplemental - law.mandatory_supplemental_from,
                0
            ),
            supplemental
        )
    )
}

/// Method 1a.
#[provision("26 CFR s. 31.3402(g)-1 (a); Publication 15, section 7")]
fn at_flat_rate(
    law: &Law,
    #[is(Figure::SupplementalTaxed)] supplemental: Decimal,
    #[is(Figure::MandatorySupplemental)] above: Decimal,
    out: &mut Payslip,
) -> Decimal {
    if supplemental == above {
        return Decimal::ZERO;
    }
    let rest = work!(out, Figure::SupplementalLeft = supplemental - above);
    work!(out, Figure::FlatTax = half_up(share(rest, law.supplemental_rate), CENT))
}

/// The mandatory rate.
#[provision("26 CFR s. 31.3402(g)-1 (a) (2); Publication 15, section 7")]
fn at_highest_rate(
    law: &Law,
    #[is(Figure::MandatorySupplemental)] above: Decimal,
    out: &mut Payslip,
) -> Decimal {
    if above.is_zero() {
        return Decimal::ZERO;
    }
    work!(out, Figure::MandatoryTax = half_up(share(above, law.mandatory_supplemental_rate), CENT))
}

/// Regular wages by themselves.
#[provision]
fn by_itself(#[is(Figure::RegularWages)] regular: Decimal, out: &mut Payslip) -> Decimal {
    work!(out, Figure::WorksheetWages = regular)
}

/// Method 1b: as a single payment of the payroll period, with wages that were already paid for it.
#[provision("Publication 15, section 7, method 1b")]
fn aggregate(
    payment: &Payment,
    #[is(Figure::RegularWages)] regular: Decimal,
    #[is(Figure::SupplementalTaxed)] supplemental: Decimal,
    #[is(Figure::MandatorySupplemental)] above: Decimal,
    out: &mut Payslip,
) -> Decimal {
    work!(out, Figure::WorksheetWages = regular + supplemental - above + payment.wages_already_paid)
}

/// Method 1b: less what was already withheld.
#[provision("Publication 15, section 7, method 1b")]
fn less_withheld(
    payment: &Payment,
    #[is(Figure::Withheld)] tax: Decimal,
    out: &mut Payslip,
) -> Decimal {
    match payment.tax_already_withheld {
        None => tax,
        Some(_) => {
            work!(out, Figure::Withheld = at_least(tax - payment.tax_already_withheld, 0))
        }
    }
}
