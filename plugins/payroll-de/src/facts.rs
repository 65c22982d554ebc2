//! What must be known of an employee to make one payslip. The names of the flow chart stand in
//! brackets; the chart counts in cents, the facts are euros.

use stele_sdk::prelude::*;

use crate::choices::{
    Church, Employment, FlatTaxKind, HealthInsurance, NetDeductionKind, PayPeriod,
    PensionInsurance, State, TaxClass,
};

/// The contribution group with which only taxes are computed.
const TAXES_ALONE: &str = "none";

/// One employee, one wage payment period, one employer.
#[derive(Facts, Clone, Debug)]
pub struct Payment {
    // Wage tax: what the flow chart asks for every employee.
    /// Wage payment period (LZZ).
    pub pay_period: PayPeriod,
    /// Taxable wages of the period before any allowance, without one-off payments (RE4).
    #[fact(unit = "EUR/period", minimum = "0", maximum = "100000000", decimals = 2)]
    pub gross: Decimal,
    /// Calendar days of the month with employment, where it began or ended within the month: the
    /// tax of a day on the pay of a day, times the days. All days of the month are the whole month,
    /// with the tax of a month; more are refused. Required with `insurance_days`. Absent with them:
    /// the whole month.
    #[fact(minimum = "1", maximum = "31")]
    pub tax_days: Option<i64>,
    /// Wage tax class (STKL; EStG § 38b). Where the employee is to blame that the tax card is not
    /// known, the law says VI (§ 39c Abs. 1).
    pub tax_class: TaxClass,
    /// Factor of spouses who both have class IV (f). Absent: no factor procedure.
    #[fact(minimum = "0.001", maximum = "1", decimals = 3)]
    pub factor: Option<Decimal>,
    /// Number of child allowances (ZKF). Absent: none.
    #[fact(minimum = "0", maximum = "99", decimals = 1)]
    pub child_allowances: Option<Decimal>,
    /// Religious community that levies church tax (R); `none` for an employee who is in none.
    pub church: Church,
    /// Federal state of the place of work. It decides the rate of church tax and the split of care
    /// insurance.
    pub state: State,
    /// Allowance of the period on the electronic tax card (LZZFREIB). Absent: none.
    #[fact(unit = "EUR/period", minimum = "0", maximum = "100000000", decimals = 2)]
    pub allowance: Option<Decimal>,
    /// Addition of the period on the electronic tax card (LZZHINZU). Required with
    /// `annual_addition`. Absent with it: the card names none.
    #[fact(unit = "EUR/period", minimum = "0", maximum = "100000000", decimals = 2)]
    pub addition: Option<Decimal>,
    /// Calendar year that follows the 64th birthday, for an employee who was 64 before the year
    /// began (AJAHR with ALTER1). Absent: younger.
    #[fact(minimum = "1940", maximum = "2100")]
    pub age_relief_year: Option<i64>,
    /// Health insurance (PKV). Required for the tax by class where the first digit of
    /// `contribution_group` is 0 or there is none. Absent elsewhere: statutory, as the other digits
    /// say.
    pub health_insurance: Option<HealthInsurance>,
    /// Additional rate of the employee's health fund, whole: 0.025 is 2.5 % (KVZ). Required with
    /// statutory health insurance; 0 is allowed.
    #[fact(unit = "fraction", minimum = "0", maximum = "1", decimals = 6)]
    pub additional_rate: Option<Decimal>,
    /// Whether the employee pays the care insurance surcharge for the childless (PVZ). Required
    /// with statutory health insurance and with care insurance.
    pub care_childless: Option<bool>,
    /// Number of care insurance discounts, one for each child under 25 from the second to the fifth
    /// (PVA). Required where `care_childless` is false; 0 is allowed.
    #[fact(minimum = "0", maximum = "4")]
    pub care_discounts: Option<i64>,
    /// Pension insurance for the provision allowance (KRV). Required for the tax by class where the
    /// second digit of `contribution_group` is 0 or there is none, and in 2024 where it is 1.
    /// Absent elsewhere: as the digit says.
    pub pension_insurance: Option<PensionInsurance>,
    /// Whether unemployment insurance is compulsory (ALV). Required for the tax by class from 2026
    /// on where `contribution_group` is none. Absent elsewhere: as its third digit says; before
    /// 2026 the tax does not depend on it.
    pub unemployment_insured: Option<bool>,
    /// Employee's monthly premium for private basic health and care insurance (PKPV). Absent with
    /// private insurance: wage tax counts none, which a finding says.
    #[fact(unit = "EUR/month", minimum = "0", maximum = "100000000", decimals = 2)]
    pub private_premium: Option<Decimal>,
    /// Employer's monthly subsidy to private health and care insurance (PKPVAGZ in 2026). With
    /// contributions it is paid out with the wages. Required where `health_insurance` is
    /// private_with_subsidy, unless only taxes before 2026 are computed; 0 is allowed.
    #[fact(unit = "EUR/month", minimum = "0", maximum = "100000000", decimals = 2)]
    pub private_subsidy: Option<Decimal>,
    /// Whole monthly premium of private health insurance on which a subsidy is due. Absent: the
    /// subsidy is not compared with its half, which a finding says.
    #[fact(unit = "EUR/month", minimum = "0", maximum = "100000000", decimals = 2)]
    pub private_health_premium: Option<Decimal>,
    /// Whole monthly premium of private care insurance. Absent: the subsidy is not compared with its
    /// half, which a finding says.
    #[fact(unit = "EUR/month", minimum = "0", maximum = "100000000", decimals = 2)]
    pub private_care_premium: Option<Decimal>,
    // Wage tax: pensions from the employer (Versorgungsbezüge).
    /// Pension within the wages of the period (VBEZ). Required with `pension_start_year`; 0 is allowed.
    #[fact(unit = "EUR/period", minimum = "0", maximum = "100000000", decimals = 2)]
    pub pension_pay: Option<Decimal>,
    /// Year in which the pension began (VJAHR). Required with a pension.
    #[fact(minimum = "1900", maximum = "2100")]
    pub pension_start_year: Option<i64>,
    /// Pension of January 2005, or of its first whole month if later (VBEZM). Required with a
    /// pension.
    #[fact(unit = "EUR/month", minimum = "0", maximum = "100000000", decimals = 2)]
    pub pension_first_month: Option<Decimal>,
    /// Expected special payments of the pension in its first year (VBEZS).
    #[fact(unit = "EUR/year", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub pension_special_payments: Option<Decimal>,
    /// Months for which the pension is paid in the year (ZMVB). Required with a pension where the
    /// period is a year. Absent with a one-off payment: 12, which a finding says.
    #[fact(minimum = "1", maximum = "12")]
    pub pension_months: Option<i64>,
    // Wage tax: one-off payments.
    /// One-off payments, with taxable benefits from equity, death grants and pension settlements
    /// (SONSTB).
    #[fact(unit = "EUR", minimum = "0", maximum = "100000000", decimals = 2)]
    pub one_off: Option<Decimal>,
    /// Compensation for lost income (EStG § 24 No. 1) and taxable equity benefits within the one-
    /// off payments (SONSTENT).
    #[fact(unit = "EUR", minimum = "0", maximum = "100000000", decimals = 2)]
    pub one_off_compensation: Option<Decimal>,
    /// Pension payments within the one-off payments, with death grants (VBS). Required with a pension
    /// and a one-off payment; 0 is allowed.
    #[fact(unit = "EUR", minimum = "0", maximum = "100000000", decimals = 2)]
    pub one_off_pension: Option<Decimal>,
    /// Death grants and pension settlements within the one-off payments (STERBE).
    #[fact(unit = "EUR", minimum = "0", maximum = "100000000", decimals = 2)]
    pub one_off_death_grant: Option<Decimal>,
    /// Benefits from equity that are not taxed yet (MBV).
    #[fact(unit = "EUR", minimum = "0", maximum = "100000000", decimals = 2)]
    pub untaxed_equity: Option<Decimal>,
    /// Expected wages of the year without one-off payments, but with those already paid (JRE4).
    /// Required with one-off payments.
    #[fact(unit = "EUR/year", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub annual_gross: Option<Decimal>,
    /// Compensation within `annual_gross` (JRE4ENT).
    #[fact(unit = "EUR/year", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub annual_compensation: Option<Decimal>,
    /// Pension within `annual_gross` (JVBEZ). Required with a pension and a one-off payment; 0 is
    /// allowed.
    #[fact(unit = "EUR/year", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub annual_pension: Option<Decimal>,
    /// Yearly allowance for one-off payments (JFREIB).
    #[fact(unit = "EUR/year", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub annual_allowance: Option<Decimal>,
    /// Yearly addition for one-off payments (JHINZU). Required with `addition`.
    #[fact(unit = "EUR/year", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub annual_addition: Option<Decimal>,
    /// Pay for work of several years, taxed by the rule of one fifth, in 2024 only (VMT).
    #[fact(unit = "EUR", minimum = "0", maximum = "100000000", decimals = 2)]
    pub multi_year_pay: Option<Decimal>,
    /// Pension settlements for several years, in 2024 only (VKAPA).
    #[fact(unit = "EUR", minimum = "0", maximum = "100000000", decimals = 2)]
    pub multi_year_pension: Option<Decimal>,
    /// Compensation within the pay for several years, in 2024 only (ENTSCH).
    #[fact(unit = "EUR", minimum = "0", maximum = "100000000", decimals = 2)]
    pub multi_year_compensation: Option<Decimal>,
    // Social insurance: left out where `contribution_group` is none.
    /// Contribution group of the social insurance report: four digits for health, pension,
    /// unemployment and care insurance (1111 for most employees, 0000 where no contributions are
    /// due). `none`: only taxes are computed, and no net pay.
    #[fact(maximum_length = 4)]
    pub contribution_group: String,
    /// Wages of the month on which contributions are due, where they are not the taxable ones.
    /// Absent: `gross`, as the law wants both to agree (SGB IV § 17 Abs. 1 Satz 2).
    #[fact(unit = "EUR/month", minimum = "0", maximum = "100000000", decimals = 2)]
    pub contributory_gross: Option<Decimal>,
    /// One-off payments on which contributions are due, where they are not the taxable ones.
    /// Absent: `one_off`.
    #[fact(unit = "EUR", minimum = "0", maximum = "100000000", decimals = 2)]
    pub contributory_one_off: Option<Decimal>,
    /// Other insured jobs of the month: where all together exceed a ceiling, it is divided by pay;
    /// their pay decides about the transition zone as well.
    #[fact(maximum_rows = 16, optional)]
    pub other_jobs: Vec<OtherJob>,
    /// Whether there are other insured jobs in the month, which must then be rows of `other_jobs`.
    /// Required without such a row where the transition zone applies.
    pub several_jobs: Option<bool>,
    /// Days of the month with insured employment: calendar days of a part, while a whole month
    /// counts 30. 0 only without current pay and short-time work. Required with `tax_days`. Absent
    /// with them: 30.
    #[fact(minimum = "0", maximum = "30")]
    pub insurance_days: Option<i64>,
    /// Insured days with this employer in the earlier months of the year. Required with a one-off
    /// payment.
    #[fact(minimum = "0", maximum = "330")]
    pub earlier_days: Option<i64>,
    /// Pay of the earlier months of the year on which pension contributions were paid. Required
    /// with a one-off payment.
    #[fact(unit = "EUR/year", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub earlier_pension_base: Option<Decimal>,
    /// Pay of the earlier months of the year on which health contributions were paid. Required with
    /// a one-off payment.
    #[fact(unit = "EUR/year", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub earlier_health_base: Option<Decimal>,
    /// Insured days with this employer in the year before; 0 where not employed there. Required
    /// with a one-off payment from January to March that exceeds what the ceilings of the year so
    /// far leave.
    #[fact(minimum = "0", maximum = "360")]
    pub last_year_days: Option<i64>,
    /// Pay of the year before on which pension contributions were paid.
    #[fact(unit = "EUR/year", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub last_year_pension_base: Option<Decimal>,
    /// Pay of the year before on which health contributions were paid.
    #[fact(unit = "EUR/year", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub last_year_health_base: Option<Decimal>,
    /// Additional rate of the employee's health fund in December of the year before. Required with
    /// statutory health insurance where a one-off payment belongs to that year.
    #[fact(unit = "fraction", minimum = "0", maximum = "1", decimals = 6)]
    pub last_year_additional_rate: Option<Decimal>,
    /// Kind of employment. Required in a mini-job, with the low pay of an apprentice, and up to the
    /// upper limit of the transition zone. Absent elsewhere: regular, from which vocational training
    /// does not differ there.
    pub employment: Option<Employment>,
    /// Whether the regular pay, by the employer's forecast, lies in the transition zone. Required
    /// where the pay of the month in all jobs does not exceed its upper limit. Absent elsewhere:
    /// no.
    pub transition_zone: Option<bool>,
    /// Mini-job: whether other pay with compulsory pension insurance already reaches the least
    /// base, as beside a main job. Absent: no, which a finding says where it matters.
    pub least_base_elsewhere: Option<bool>,
    /// Whether the employer pays a flat tax on the pay, in place of wage tax by class. Required in
    /// a mini-job. Absent elsewhere: no.
    pub flat_tax: Option<bool>,
    /// Which flat tax takes the place of wage tax by class. Required with `flat_tax`.
    pub flat_tax_kind: Option<FlatTaxKind>,
    /// Rate of church tax on flat taxes where it is not that of the state's simplified procedure:
    /// the whole rate where the employer shows who is no member of a church. Absent: that of the
    /// state, which a finding says.
    #[fact(unit = "fraction", minimum = "0", maximum = "1", decimals = 6)]
    pub flat_church_rate: Option<Decimal>,
    /// Benefits beside `gross` on which the employer pays a flat tax.
    #[fact(maximum_rows = 16, optional)]
    pub flat_taxed_benefits: Vec<FlatTaxedBenefit>,
    /// Short-time work: the pay of the month without it. `gross` is what is still earned. Required
    /// with `short_time_allowance`. Absent with it: no short-time work.
    #[fact(unit = "EUR/month", minimum = "0", maximum = "100000000", decimals = 2)]
    pub short_time_target_pay: Option<Decimal>,
    /// Short-time allowance of the month, paid out with the wages. Required with
    /// `short_time_target_pay`; 0 is allowed.
    #[fact(unit = "EUR/month", minimum = "0", maximum = "100000000", decimals = 2)]
    pub short_time_allowance: Option<Decimal>,
    /// Annual adjustment with the wages of December: taxable wages of the earlier months of the year
    /// from this employer, with one-off payments. Absent: no adjustment.
    #[fact(unit = "EUR/year", minimum = "0", maximum = "100000000", decimals = 2)]
    pub wages_of_earlier_months: Option<Decimal>,
    /// Wage tax withheld from them. Required with `wages_of_earlier_months`; 0 is allowed.
    #[fact(unit = "EUR/year", minimum = "0", maximum = "100000000", decimals = 2)]
    pub withheld_wage_tax: Option<Decimal>,
    /// Solidarity surcharge withheld from them. Required with `wages_of_earlier_months`; 0 is
    /// allowed.
    #[fact(unit = "EUR/year", minimum = "0", maximum = "100000000", decimals = 2)]
    pub withheld_solidarity_surcharge: Option<Decimal>,
    /// Church tax withheld from them. Required with `wages_of_earlier_months` and a church; 0 is
    /// allowed.
    #[fact(unit = "EUR/year", minimum = "0", maximum = "100000000", decimals = 2)]
    pub withheld_church_tax: Option<Decimal>,
    /// Rate of the levy for sick pay at the employee's fund (U1). Required with contributions: 0
    /// where the employer is too large for it.
    #[fact(unit = "fraction", minimum = "0", maximum = "1", decimals = 6)]
    pub u1_rate: Option<Decimal>,
    /// Rate of the levy for maternity pay at the employee's fund (U2). Required with contributions:
    /// 0 where the employer takes no part in it.
    #[fact(unit = "fraction", minimum = "0", maximum = "1", decimals = 6)]
    pub u2_rate: Option<Decimal>,
    /// Whether the employer pays the insolvency levy (U3); public employers and households do not.
    /// Absent: yes, unless the employment is in a private household.
    pub insolvency_levy: Option<bool>,
    // Pay that is neither taxed nor insured, and pay in kind.
    /// Pay that is free of tax and contributions, paid out with the wages.
    #[fact(unit = "EUR/period", minimum = "0", maximum = "100000000", decimals = 2)]
    pub tax_free_pay: Option<Decimal>,
    /// Benefits in kind within `gross` and no larger, which are not paid out in money.
    #[fact(unit = "EUR/period", minimum = "0", maximum = "100000000", decimals = 2)]
    pub benefits_in_kind: Option<Decimal>,
    /// What is taken from net pay before it is paid out.
    #[fact(maximum_rows = 32, optional)]
    pub net_deductions: Vec<NetDeduction>,
    /// Day of payment: one-off payments belong to it, and it must then lie in the period; current
    /// wages must be paid within three weeks after the year of the period, and not before that year,
    /// unless in December for January. Absent: within the period.
    pub paid_on: Option<Date>,
    /// Last day of the wage payment period. It selects the tax law and the flow chart for current
    /// wages, and rates and ceilings of the month of work for contributions; for one-off payments by
    /// themselves it is the day of payment.
    #[fact(calculation_date)]
    pub on: Date,
}

impl Payment {
    /// Whether contributions are computed, and not taxes alone.
    pub(crate) fn with_contributions(&self) -> bool {
        self.contribution_group != TAXES_ALONE
    }
}

/// Another insured job in the same month.
#[derive(Row, Clone, Debug)]
pub struct OtherJob {
    /// Contributory current pay there.
    #[column(unit = "EUR/month", minimum = "0", maximum = "100000000", decimals = 2)]
    pub pay: Decimal,
}

/// A benefit with a flat tax.
#[derive(Row, Clone, Debug)]
pub struct FlatTaxedBenefit {
    /// Which flat tax.
    pub kind: FlatTaxKind,
    /// What is taxed.
    #[column(unit = "EUR/period", minimum = "0", maximum = "100000000", decimals = 2)]
    pub amount: Decimal,
}

/// An amount that is taken from net pay.
#[derive(Row, Clone, Debug)]
pub struct NetDeduction {
    /// Why.
    pub kind: NetDeductionKind,
    /// How much.
    #[column(unit = "EUR/period", minimum = "0", maximum = "100000000", decimals = 2)]
    pub amount: Decimal,
}
