//! Flat taxes, which the employer bears: EStG §§ 37b, 40 and 40a.
//!
//! On the pay of mini-jobs and of short-term work the flat tax takes the place of wage tax by class
//! (§ 40a). On single benefits beside the wages it makes them free of further tax (§§ 37b, 40).
//! Whether the conditions of a flat tax are met (days, hourly pay, application to the tax office)
//! is for the employer to say. The flat tax of 2 % includes the solidarity surcharge and church
//! tax; the others bear both, the surcharge without exemption (SolZG § 3 Abs. 3 holds for wages
//! alone) and church tax at the flat rate of the state, or at the rate given, where the employee is
//! a member of a church.

use stele_sdk::prelude::*;

use crate::Payslip;
use crate::choices::{Church, FlatTaxKind};
use crate::facts::{FlatTaxedBenefit, Payment};
use crate::items::{Finding, Item};
use crate::law::Law;
use crate::missing;
use crate::rounding::{cents_down, half_up, percent};
use crate::social::Group;
use crate::steps::{PayStep, Step};

impl FlatTaxKind {
    /// Whether it takes the place of the tax by class (§ 40a); the others are for single benefits.
    fn on_pay(self) -> bool {
        match self {
            Self::MiniJob | Self::MiniJobWithoutFlatPension | Self::ShortTerm | Self::FarmHelp => {
                true
            }
            Self::Canteen
            | Self::CompanyEvent
            | Self::Recreation
            | Self::Commuting
            | Self::Gift => false,
        }
    }
}

/// Which flat tax takes the place of the tax by class, if one does.
pub(crate) fn on_pay(
    payment: &Payment,
    group: Option<&Group>,
) -> Result<Option<FlatTaxKind>, Fault> {
    let mini_job = group.is_some_and(Group::mini_job);
    if mini_job {
        missing::required(
            payment.flat_tax,
            Payment::FLAT_TAX,
            "in a mini-job: whether the employer pays the flat tax or the pay is taxed by class",
            "EStG § 40a Abs. 2",
        )?;
    }
    if payment.flat_tax != Some(true) {
        return match payment.flat_tax_kind {
            None => Ok(None),
            Some(kind) => Err(Fault::fact(
                Payment::FLAT_TAX,
                format!("must be true where flat_tax_kind is given, found {}", kind.name()),
            )
            .citing("EStG § 40a")),
        };
    }
    let kind = missing::required(
        payment.flat_tax_kind,
        Payment::FLAT_TAX_KIND,
        "where flat_tax is true: which flat tax is paid",
        "EStG § 40a",
    )?;
    match kind {
        FlatTaxKind::MiniJob if !mini_job => Err(Fault::fact(
            Payment::FLAT_TAX,
            "must be left out unless contribution_group or employment says that it is a mini-job, or flat_tax_kind names another flat tax",
        )
        .citing("EStG § 40a Abs. 2")),
        kind if !kind.on_pay() => Err(Fault::fact(
            Payment::FLAT_TAX_KIND,
            format!(
                "must be a flat tax on pay (mini_job, mini_job_without_flat_pension, short_term or farm_help); give benefits in flat_taxed_benefits, found {}",
                kind.name()
            ),
        )
        .citing("EStG § 40a")),
        kind => Ok(Some(kind)),
    }
}

/// The flat tax on the pay and its surcharges, line by line; their sum.
pub(crate) fn of_pay(
    law: &Law,
    payment: &Payment,
    kind: FlatTaxKind,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let pay = payment.gross + payment.one_off.unwrap_or_default();
    taxes(law, payment, kind, pay, None, out)
}

/// Flat taxes on benefits beside the wages, line by line; their sum.
pub(crate) fn of_benefits(
    law: &Law,
    payment: &Payment,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let mut sum = Decimal::ZERO;
    for FlatTaxedBenefit { kind, amount } in &payment.flat_taxed_benefits {
        if kind.on_pay() {
            return Err(Fault::fact(
                Payment::FLAT_TAXED_BENEFITS,
                format!(
                    "must be benefits (canteen, company_event, recreation, commuting or gift); a flat tax on pay is given by flat_tax_kind, found {}",
                    kind.name()
                ),
            )
            .citing("EStG §§ 37b, 40"));
        }
        sum += taxes(law, payment, *kind, *amount, Some(kind.name()), out)?;
    }
    Ok(sum)
}

fn taxes(
    law: &Law,
    payment: &Payment,
    kind: FlatTaxKind,
    base: Decimal,
    subject: Option<&'static str>,
    out: &mut Payslip,
) -> Result<Decimal, Fault> {
    let rate = match kind {
        FlatTaxKind::MiniJob => law.mini_job_tax_rate,
        kind => rate(law, kind)?,
    };
    let mut sum = half_up(base * rate);
    let tax = sum;
    out.step(|| Step::from(PayStep::FlatTax { pay: base, rate: percent(rate), tax }));
    write(Item::FlatTax, subject, tax, out);
    if kind == FlatTaxKind::MiniJob {
        return Ok(tax);
    }
    // SolZG § 4 Satz 1 and 3: 5.5 %, fractions of a cent left out.
    let rate = law.solidarity_rate;
    let solidarity = cents_down(tax * rate);
    out.step(|| {
        Step::from(PayStep::FlatSolidarity { tax, rate: percent(rate), amount: solidarity })
    });
    write(Item::FlatSolidaritySurcharge, subject, solidarity, out);
    sum += solidarity;
    if payment.church != Church::None {
        let simplified = simplified_church_rate(law, payment);
        let Some(rate) = payment.flat_church_rate.or(simplified) else {
            return Err(Fault::fact(
                Payment::FLAT_CHURCH_RATE,
                format!(
                    "must be given: no flat rate of church tax is known for {} on {}, found none",
                    payment.state.name(),
                    payment.on
                ),
            )
            .citing("EStG § 51a; church tax acts of the states"));
        };
        let church = cents_down(tax * rate);
        out.step(|| Step::from(PayStep::FlatChurch { tax, rate: percent(rate), amount: church }));
        write(Item::FlatChurchTax, subject, church, out);
        sum += church;
    }
    Ok(sum)
}

/// The flat rate of church tax of the state's simplified procedure.
fn simplified_church_rate(law: &Law, payment: &Payment) -> Option<Decimal> {
    let row = law.flat_church_taxes.iter().find(|row| row.state == payment.state);
    row.map(|row| row.rate)
}

/// Says that church tax on flat taxes went by the simplified procedure where no rate is given: the
/// employer may choose it for all employees at once, or show who is no member and pay the whole
/// rate for the others.
pub(crate) fn say_assumption(law: &Law, payment: &Payment, out: &mut Payslip) {
    let due = out.lines().any(|line| line.item == Item::FlatChurchTax);
    let rate = simplified_church_rate(law, payment);
    if let (true, None, Some(rate)) = (due, payment.flat_church_rate, rate) {
        out.finding(Finding::FlatChurchRateNotStated).limit(percent(rate));
    }
}

fn write(item: Item, subject: Option<&'static str>, amount: Decimal, out: &mut Payslip) {
    match subject {
        None => out.line(item, amount),
        Some(subject) => out.line_about(item, subject, amount),
    }
}

fn rate(law: &Law, kind: FlatTaxKind) -> Result<Decimal, Fault> {
    let row = law.flat_taxes.iter().find(|row| row.kind == kind);
    row.map(|row| row.rate).ok_or_else(|| {
        Fault::parameter(
            Law::FLAT_TAXES,
            format!("must have a row for {}, found none", kind.name()),
        )
    })
}
