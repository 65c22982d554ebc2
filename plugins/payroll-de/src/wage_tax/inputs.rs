//! The inputs of the chart, from the facts. Combinations that cannot be are refused here.

use stele_sdk::prelude::*;

use crate::choices::{
    Chart, Church, HealthInsurance, PayPeriod, PensionInsurance, State, TaxClass,
};
use crate::days;
use crate::facts::Payment;
use crate::law::Law;
use crate::missing;
use crate::rounding::cents_down;
use crate::social::Group;
use crate::wage_tax::adjustment::Adjustment;
use crate::wage_tax::insurance::Insurance;

/// A month in which the employment began or ended.
#[derive(Clone, Copy)]
pub(crate) struct PartOfMonth {
    /// Calendar days with employment.
    pub days: i64,
    /// Wages of the part.
    pub pay: Decimal,
}

impl PartOfMonth {
    /// What falls to a day, cut to whole cents.
    fn of_a_day(self, amount: Option<Decimal>) -> Decimal {
        cents_down(amount.unwrap_or_default() / Decimal::from(self.days))
    }
}

/// The inputs; amounts are euros. What was not given is the chart's default.
pub(crate) struct Inputs {
    /// LZZ; a day where the employment lasted for a part of the month.
    pub pay_period: PayPeriod,
    /// That part (R 39b.5 Abs. 2 LStR).
    pub part_of_month: Option<PartOfMonth>,
    /// With it the wages are those of the year, and one-off payments are among them.
    pub adjustment: Option<Adjustment>,
    /// RE4
    pub gross: Decimal,
    /// STKL
    pub tax_class: TaxClass,
    /// f where af = 1
    pub factor: Option<Decimal>,
    /// ZKF
    pub child_allowances: Decimal,
    /// R > 0
    pub church: bool,
    /// LZZFREIB
    pub allowance: Decimal,
    /// LZZHINZU
    pub addition: Decimal,
    /// AJAHR where ALTER1 = 1
    pub age_relief_year: Option<i64>,
    /// PKV
    pub health_insurance: HealthInsurance,
    /// KVZ as a fraction
    pub additional_rate: Decimal,
    /// PVS
    pub saxony: bool,
    /// PVZ
    pub childless: bool,
    /// PVA
    pub care_discounts: i64,
    /// KRV
    pub pension_insurance: PensionInsurance,
    /// ALV = 0
    pub unemployment_insured: bool,
    /// PKPV
    pub private_premium: Decimal,
    /// PKPVAGZ
    pub private_subsidy: Decimal,
    /// VBEZ
    pub pension_pay: Decimal,
    /// VJAHR
    pub pension_start_year: i64,
    /// VBEZM
    pub pension_first_month: Decimal,
    /// VBEZS
    pub pension_special_payments: Decimal,
    /// ZMVB
    pub pension_months: Option<i64>,
    /// SONSTB
    pub one_off: Decimal,
    /// SONSTENT
    pub one_off_compensation: Decimal,
    /// VBS
    pub one_off_pension: Decimal,
    /// STERBE
    pub one_off_death_grant: Decimal,
    /// MBV
    pub untaxed_equity: Decimal,
    /// JRE4
    pub annual_gross: Decimal,
    /// JRE4ENT
    pub annual_compensation: Decimal,
    /// JVBEZ
    pub annual_pension: Decimal,
    /// JFREIB
    pub annual_allowance: Decimal,
    /// JHINZU
    pub annual_addition: Decimal,
    /// VMT
    pub multi_year_pay: Decimal,
    /// VKAPA
    pub multi_year_pension: Decimal,
    /// ENTSCH
    pub multi_year_compensation: Decimal,
}

impl Inputs {
    pub(crate) fn read(law: &Law, payment: &Payment, group: Option<&Group>) -> Result<Self, Fault> {
        check_personal(payment)?;
        let insurance = Insurance::read(law, payment, group)?;
        check_additions(payment)?;
        check_pension(payment)?;
        check_one_off(law, payment)?;
        let part = part_of_month(payment);
        let adjustment = Adjustment::read(payment)?;
        let of_period = |amount: Option<Decimal>| match part {
            Some(part) => part.of_a_day(amount),
            None => amount.unwrap_or_default(),
        };
        Ok(Self {
            pay_period: match (adjustment, part) {
                (Some(_), _) => PayPeriod::Year,
                (None, Some(_)) => PayPeriod::Day,
                (None, None) => payment.pay_period,
            },
            part_of_month: part,
            adjustment,
            gross: adjustment.map_or_else(|| of_period(Some(payment.gross)), Adjustment::of_year),
            tax_class: payment.tax_class,
            factor: payment.factor,
            child_allowances: payment.child_allowances.unwrap_or_default(),
            church: payment.church != Church::None,
            allowance: of_period(payment.allowance),
            addition: of_period(payment.addition),
            age_relief_year: payment.age_relief_year,
            health_insurance: insurance.health,
            additional_rate: insurance.additional_rate,
            saxony: payment.state == State::Saxony,
            childless: insurance.parenthood.childless,
            care_discounts: insurance.parenthood.discounts,
            pension_insurance: insurance.pension,
            unemployment_insured: insurance.against_unemployment,
            private_premium: payment.private_premium.unwrap_or_default(),
            private_subsidy: payment.private_subsidy.unwrap_or_default(),
            pension_pay: of_period(payment.pension_pay),
            pension_start_year: payment.pension_start_year.unwrap_or_default(),
            pension_first_month: payment.pension_first_month.unwrap_or_default(),
            pension_special_payments: payment.pension_special_payments.unwrap_or_default(),
            pension_months: payment.pension_months,
            one_off: match adjustment {
                Some(_) => Decimal::ZERO,
                None => payment.one_off.unwrap_or_default(),
            },
            one_off_compensation: payment.one_off_compensation.unwrap_or_default(),
            one_off_pension: payment.one_off_pension.unwrap_or_default(),
            one_off_death_grant: payment.one_off_death_grant.unwrap_or_default(),
            untaxed_equity: payment.untaxed_equity.unwrap_or_default(),
            annual_gross: payment.annual_gross.unwrap_or_default(),
            annual_compensation: payment.annual_compensation.unwrap_or_default(),
            annual_pension: payment.annual_pension.unwrap_or_default(),
            annual_allowance: payment.annual_allowance.unwrap_or_default(),
            annual_addition: payment.annual_addition.unwrap_or_default(),
            multi_year_pay: payment.multi_year_pay.unwrap_or_default(),
            multi_year_pension: payment.multi_year_pension.unwrap_or_default(),
            multi_year_compensation: payment.multi_year_compensation.unwrap_or_default(),
        })
    }

    /// Whether there is anything for MSONST: a one-off payment or an untaxed benefit.
    pub(crate) fn has_one_off(&self) -> bool {
        !self.one_off.is_zero() || !self.untaxed_equity.is_zero()
    }
}

/// R 39b.5 Abs. 2 LStR: without employment on all days of the month, the wages are divided by the
/// calendar days, and the tax of a day is multiplied by them.
fn part_of_month(payment: &Payment) -> Option<PartOfMonth> {
    days::part_of_month(payment).map(|days| PartOfMonth { days, pay: payment.gross })
}

/// EStG § 39f: the factor belongs to class IV. § 24a: the relief begins after the 64th birthday.
fn check_personal(payment: &Payment) -> Result<(), Fault> {
    if payment.factor.is_some() && payment.tax_class != TaxClass::Four {
        return Err(Fault::fact(
            Payment::FACTOR,
            format!(
                "must be left out in class {}: only class IV has a factor",
                payment.tax_class.name()
            ),
        )
        .citing("EStG § 39f Abs. 1"));
    }
    let year = i64::from(payment.on.year());
    if let Some(found) = payment.age_relief_year
        && found > year
    {
        return Err(Fault::fact(
            Payment::AGE_RELIEF_YEAR,
            format!("must not be after {year}, the year of payment, found {found}"),
        )
        .citing("EStG § 24a"));
    }
    Ok(())
}

/// EStG § 39a Abs. 1 Satz 1 Nr. 7: the tax card names an addition of the period and of the year, so
/// that neither is forgotten where the other is given.
fn check_additions(payment: &Payment) -> Result<(), Fault> {
    let additions = [
        (payment.addition, Payment::ADDITION),
        (payment.annual_addition, Payment::ANNUAL_ADDITION),
    ];
    if !additions.iter().any(|(amount, _)| amount.is_some_and(|amount| !amount.is_zero())) {
        return Ok(());
    }
    for (amount, fact) in additions {
        missing::required(
            amount,
            fact,
            "with the other addition of the tax card (0 is allowed)",
            "EStG § 39a Abs. 1 Satz 1 Nr. 7, § 39b Abs. 2 and 3",
        )?;
    }
    Ok(())
}

/// EStG § 19 Abs. 2: a pension needs the year in which it began.
fn check_pension(payment: &Payment) -> Result<(), Fault> {
    within(payment.pension_pay, Payment::PENSION_PAY, Some(payment.gross), "gross")?;
    within(payment.annual_pension, Payment::ANNUAL_PENSION, payment.annual_gross, "annual_gross")?;
    if payment.pension_start_year.is_some() {
        missing::required(
            payment.pension_pay,
            Payment::PENSION_PAY,
            "with pension_start_year: the pension within gross (0 is allowed)",
            "EStG § 19 Abs. 2",
        )?;
    }
    let pension = [payment.pension_pay, payment.annual_pension, payment.one_off_pension]
        .into_iter()
        .flatten()
        .any(|amount| !amount.is_zero());
    if !pension {
        return Ok(());
    }
    let year = i64::from(payment.on.year());
    match payment.pension_start_year {
        Some(found) if found <= year => {}
        found => {
            let found = found.map_or("nothing".to_owned(), |found| found.to_string());
            return Err(Fault::fact(
                Payment::PENSION_START_YEAR,
                format!("must be given with a pension and not be after {year}, found {found}"),
            )
            .citing("EStG § 19 Abs. 2"));
        }
    }
    missing::required(
        payment.pension_first_month,
        Payment::PENSION_FIRST_MONTH,
        "with a pension",
        "EStG § 19 Abs. 2 Satz 4",
    )?;
    if payment.pay_period == PayPeriod::Year
        && payment.pension_pay.is_some()
        && payment.pension_months.is_none()
    {
        return Err(Fault::fact(
            Payment::PENSION_MONTHS,
            "must be given where a pension is paid for a year, found nothing",
        )
        .citing("EStG § 19 Abs. 2 Satz 12"));
    }
    Ok(())
}

/// EStG § 39b Abs. 3: one-off payments are taxed with the expected wages of the year.
fn check_one_off(law: &Law, payment: &Payment) -> Result<(), Fault> {
    let paid = [payment.one_off, payment.untaxed_equity, payment.multi_year_pay];
    let any = paid.into_iter().flatten().any(|amount| !amount.is_zero());
    let any = any && payment.wages_of_earlier_months.is_none();
    if any && payment.annual_gross.is_none() {
        return Err(Fault::fact(
            Payment::ANNUAL_GROSS,
            "must be given with a one-off payment (0 is allowed), found nothing",
        )
        .citing("EStG § 39b Abs. 3 Satz 1"));
    }
    if any {
        check_pension_of_year(payment)?;
    }
    let one_off = payment.one_off.or(Some(Decimal::ZERO));
    within(payment.one_off_compensation, Payment::ONE_OFF_COMPENSATION, one_off, "one_off")?;
    within(payment.one_off_pension, Payment::ONE_OFF_PENSION, one_off, "one_off")?;
    within(payment.one_off_death_grant, Payment::ONE_OFF_DEATH_GRANT, one_off, "one_off")?;
    let annual = payment.annual_gross.or(Some(Decimal::ZERO));
    within(payment.annual_compensation, Payment::ANNUAL_COMPENSATION, annual, "annual_gross")?;
    if law.chart != Chart::December2024 {
        let several_years = [
            (payment.multi_year_pay, Payment::MULTI_YEAR_PAY),
            (payment.multi_year_pension, Payment::MULTI_YEAR_PENSION),
            (payment.multi_year_compensation, Payment::MULTI_YEAR_COMPENSATION),
        ];
        for (given, fact) in several_years {
            if given.is_some_and(|amount| !amount.is_zero()) {
                return Err(Fault::fact(
                    fact,
                    "must be left out from 2025 on: give it within one_off; the rule of one fifth is no longer applied to wages, but in the assessment",
                )
                .citing("EStG § 39b Abs. 3 as amended by the Wachstumschancengesetz of 2024"));
            }
        }
    }
    Ok(())
}

/// EStG § 39b Abs. 3 Satz 1, § 19 Abs. 2: a pension has allowances of its own, so that the pension
/// within the wages of the year and within the one-off payments is said.
fn check_pension_of_year(payment: &Payment) -> Result<(), Fault> {
    const CITATION: &str = "EStG § 39b Abs. 3 Satz 1, § 19 Abs. 2";
    let given = |amount: Option<Decimal>| amount.is_some_and(|amount| !amount.is_zero());
    let one_off_pensions = [payment.one_off_pension, payment.multi_year_pension];
    let pensions = [payment.pension_pay, payment.annual_pension];
    if !pensions.into_iter().chain(one_off_pensions).any(given) {
        return Ok(());
    }
    missing::required(
        payment.annual_pension,
        Payment::ANNUAL_PENSION,
        "with a pension and a one-off payment: the pension within annual_gross (0 is allowed)",
        CITATION,
    )?;
    if given(payment.one_off) {
        missing::required(
            payment.one_off_pension,
            Payment::ONE_OFF_PENSION,
            "with a pension and a one-off payment: the pension within one_off (0 is allowed)",
            CITATION,
        )?;
    }
    Ok(())
}

/// A part is not larger than its whole.
fn within(
    part: Option<Decimal>,
    fact: stele_sdk::FactField,
    whole: Option<Decimal>,
    name: &str,
) -> Result<(), Fault> {
    match (part, whole) {
        (Some(part), Some(whole)) if part > whole => Err(Fault::fact(
            fact,
            format!("is a part of {name} and must not exceed it, {whole}, found {part}"),
        )),
        _ => Ok(()),
    }
}
