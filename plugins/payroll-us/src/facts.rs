//! What must be known of an employee to make one payslip.

use stele_sdk::prelude::*;

use crate::choices::{
    FilingStatus, PayFrequency, RetirementPlan, SupplementalMethod, WithholdingForm,
};
use crate::states::choices::{Locality, NewJerseyTable, State, StateFilingStatus};

/// One employee, one payment, one employer.
#[derive(Facts, Clone, Debug)]
pub struct Payment {
    /// Pay of the period before any deduction, without supplemental wages. Pension: the taxable payment.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub gross: Decimal,
    /// How often the employee is paid.
    pub pay_frequency: PayFrequency,
    /// Bonuses, commissions and other supplemental wages that are paid with this payment. Absent: none.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub supplemental_wages: Option<Decimal>,
    /// Taxable benefits that are not paid in money, as the private use of a car: wages for every tax.
    /// Absent: none.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub taxable_benefits: Option<Decimal>,
    /// Cost of group-term life insurance above 50,000 dollars of cover: counts for social security and
    /// Medicare, no income tax is withheld from it. Absent: none.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub group_term_life_cost: Option<Decimal>,
    /// Cash tips that the employee reported to the employer: wages, but in the employee's hand already.
    /// Absent: none.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub reported_tips: Option<Decimal>,

    /// Certificate that the withholding follows; `none` for an employee who furnished none and is
    /// withheld as single without entries. Absent: `none`, or with entries Form W-4 of 2020 or later, and a finding.
    pub withholding_form: Option<WithholdingForm>,
    /// Filing status, Step 1(c) of Form W-4. Absent: single, and a finding. The estimate of a year
    /// can't do without that of the return.
    pub filing_status: Option<FilingStatus>,
    /// Whether the box in Step 2(c) of Form W-4 is checked. Absent: no, and a finding.
    pub multiple_jobs: Option<bool>,
    /// Form W-4P, Step 2(b)(iii): annual pay from jobs and from pensions that pay less. Absent: none,
    /// and a finding.
    #[fact(unit = "USD/year", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub other_jobs_and_pensions: Option<Decimal>,
    /// Step 3: credits for dependents and other credits of the year. Absent: none.
    #[fact(unit = "USD/year", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub tax_credits: Option<Decimal>,
    /// Step 4(a): other income of the year. Absent: none, and a finding.
    #[fact(unit = "USD/year", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub other_income: Option<Decimal>,
    /// Step 4(b): deductions of the year beyond the basic standard deduction. Absent: none.
    #[fact(unit = "USD/year", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub deductions: Option<Decimal>,
    /// Step 4(c), or line 6 of Form W-4 of 2019 or earlier: what is withheld on top, each payment.
    /// Absent: nothing, and a finding.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub extra_withholding: Option<Decimal>,
    /// Allowances on Form W-4 of 2019 or earlier, line 5, or Form W-4P of 2021 or earlier, line 2.
    /// Absent: none.
    #[fact(minimum = "0", maximum = "99")]
    pub allowances: Option<i64>,
    /// Whether exemption from withholding is claimed; on Form W-4P that no tax is withheld. Absent: no.
    pub exempt: Option<bool>,
    /// Whether the facts of the certificate are those of a lock-in letter. Absent: no.
    pub lock_in_letter: Option<bool>,
    /// Whether the employee is a nonresident alien to whose wages an amount is added; not a student
    /// or business apprentice from India. Absent: no, and a finding.
    pub nonresident_alien: Option<bool>,

    /// How supplemental wages are taxed. The flat rate is open only where income tax was withheld from
    /// regular wages this year or last. Absent: at the flat rate, and a finding; for one who is exempt
    /// together with the regular wages.
    pub supplemental_method: Option<SupplementalMethod>,
    /// Supplemental wages of the year before this payment. Absent: none, and a warning after the first
    /// pay period of the year where this payment has some.
    #[fact(unit = "USD", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_supplemental_wages: Option<Decimal>,
    /// Aggregate method, supplemental wages paid by themselves: taxable wages already paid for the
    /// payroll period, the current or the preceding one.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub wages_already_paid: Option<Decimal>,
    /// Income tax already withheld from them.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub tax_already_withheld: Option<Decimal>,

    /// Elective deferral before tax to a 401(k), 403(b) or 457(b) plan, a SIMPLE or a SEP. Absent: none.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub retirement_deferral: Option<Decimal>,
    /// Plan into which the elective deferral goes: not every state treats all alike. Absent: 401(k);
    /// New Jersey can't do without it.
    pub retirement_plan: Option<RetirementPlan>,
    /// Contribution to a cafeteria plan (section 125): health cover, flexible spending, dependent care;
    /// not to a health savings account. Absent: none.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub cafeteria_contribution: Option<Decimal>,
    /// Contribution to a health savings account by way of a cafeteria plan. Absent: none.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub health_savings_contribution: Option<Decimal>,
    /// Designated Roth contribution, from pay after tax. Absent: none.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub roth_deferral: Option<Decimal>,
    /// Elective deferrals and Roth contributions of the year before this payment. Absent: none, and a
    /// warning after the first pay period of the year where this payment has some.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub earlier_deferrals: Option<Decimal>,
    /// Other deductions from pay after tax: garnishments, union dues, repayments. Absent: none.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub other_deductions: Option<Decimal>,
    /// What the employer contributes to plans for this payment: matching contributions, health cover;
    /// not to a health savings account. Not wages. Absent: nothing.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub employer_contributions: Option<Decimal>,
    /// What the employer contributes to the employee's health savings account: not wages by federal
    /// law, but wages in some states. Not in `employer_contributions`. Absent: nothing.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub employer_health_savings_contribution: Option<Decimal>,

    /// Whether the service is not employment for social security, Medicare and federal unemployment tax,
    /// as that of certain students and exchange visitors. Absent: it is.
    pub fica_exempt: Option<bool>,
    /// Whether the service or the employer is outside the federal unemployment tax only. Absent: no.
    pub futa_exempt: Option<bool>,
    /// Wages of the year before this payment, by this employer, that count for social security,
    /// Medicare and federal unemployment tax: the sum of the lines `medicare_wages`. Absent: none, and
    /// a warning after the first pay period of the year.
    #[fact(unit = "USD", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_fica_wages: Option<Decimal>,
    /// Those of them that count for federal unemployment tax, where that is less: the cost of
    /// group-term life insurance does not. Absent: all of `earlier_fica_wages`, and a warning where
    /// that lowers the tax; where that is absent too none, and a warning after the first pay period of
    /// the year.
    #[fact(unit = "USD", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_futa_wages: Option<Decimal>,
    /// By how much the state's credit against federal unemployment tax is reduced for the year (0.012 is
    /// 1.2 %), where that is known otherwise. Absent: as the ruleset knows; where it knows of none the
    /// full credit, and a finding.
    #[fact(unit = "fraction of wages", minimum = "0", maximum = "0.054", decimals = 4)]
    pub futa_credit_reduction: Option<Decimal>,

    /// Age at the end of the year: for higher deferrals, and for the estimate of a year. Absent: no
    /// relief that depends on age, and a finding with the estimate.
    #[fact(minimum = "0", maximum = "120")]
    pub age: Option<i64>,
    /// Estimate of a year, joint return: age of the spouse. Absent: no relief that depends on it, and
    /// a finding.
    #[fact(minimum = "0", maximum = "120")]
    pub spouse_age: Option<i64>,
    /// Estimate of a year, joint return: wages of the spouse. Absent: none, and a finding.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub spouse_wages: Option<Decimal>,
    /// Estimate of a year: children who are dependents.
    #[fact(maximum_rows = 30, optional)]
    pub children: Vec<Child>,

    /// State in which the employee works, by its two letters: one of the fifty, or the District of
    /// Columbia, which counts as a state (26 U.S.C. § 7701 (a)(10)). `none` for work outside the states,
    /// and where no state's lines are wanted. Must be given but for pensions.
    pub state: Option<State>,
    /// State in which the employee lives; `none` outside the states. Where the two states agree that it
    /// taxes the wages, its tax is withheld on the certificate of nonresidence; `state_exempt` says
    /// whether one was furnished. Absent: the state of work, and a finding.
    pub residence_state: Option<State>,
    /// Status on the state's withholding certificate (California DE 4, New York IT-2104, New Jersey
    /// NJ-W4; Massachusetts M-4: head of household or not). Absent: single, and a finding where the
    /// state has tables by status. For the estimate of a year the return's status, which California,
    /// Illinois and New York can't do without.
    pub state_filing_status: Option<StateFilingStatus>,
    /// Allowances or exemptions on the state's certificate: California DE 4 line 1, New York IT-2104
    /// line 1, Illinois IL-W-4 line 1, Massachusetts M-4 line 4, New Jersey NJ-W4 line 4. Absent: none.
    #[fact(minimum = "0", maximum = "99")]
    pub state_allowances: Option<i64>,
    /// California: additional allowances for estimated deductions (DE 4, line 2). Illinois: additional
    /// allowances (IL-W-4, line 2). Absent: none.
    #[fact(minimum = "0", maximum = "99")]
    pub state_additional_allowances: Option<i64>,
    /// What the employee asked to have withheld for the state on top, each payment. Absent: nothing, and
    /// a finding where the state has a certificate.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub state_extra_withholding: Option<Decimal>,
    /// Whether the employee's certificate claims exemption from the withholding of the state of work.
    /// Absent: no. Must be given where an agreement of the states exempts who lives in the other one.
    pub state_exempt: Option<bool>,
    /// California: whether supplemental wages are neither a bonus nor from stock options. Absent: no.
    pub supplemental_is_no_bonus: Option<bool>,
    /// Wages of the year before this payment that the state's insurances count, by this employer.
    /// Absent: none, and a warning after the first pay period of the year where an insurance has a
    /// limit.
    #[fact(unit = "USD", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_state_wages: Option<Decimal>,
    /// Washington: whether the state approved an exemption from long-term care (WA Cares). Absent: no.
    pub long_term_care_exempt: Option<bool>,
    /// New York, Pennsylvania: the city whose income or wage tax the employee owes; `none` of them. New
    /// York can't do without it.
    pub locality: Option<Locality>,
    /// New York City: allowances on IT-2104 line 2. Absent: those of the state, and a finding.
    #[fact(minimum = "0", maximum = "99")]
    pub new_york_city_allowances: Option<i64>,
    /// Pennsylvania: rate of the local earned income tax that applies by Act 32 (0.01 is 1 %), the
    /// higher of residence and work; 0 where there is none. A rate of Philadelphia's wage tax, or any
    /// with Philadelphia as the city, is that tax, on all compensation. Absent: Philadelphia's own; for
    /// work elsewhere in Pennsylvania it must be given.
    #[fact(unit = "fraction of wages", minimum = "0", maximum = "1", decimals = 7)]
    pub local_income_tax_rate: Option<Decimal>,
    /// Pennsylvania: local services tax of the year, which is spread over the payments; 0 where none is
    /// owed. Must be given but in Philadelphia.
    #[fact(unit = "USD/year", minimum = "0", maximum = "1000", decimals = 2)]
    pub local_services_tax: Option<Decimal>,
    /// New Jersey: rate table chosen on line 3 of NJ-W4. Absent: that of the filing status, and a
    /// finding.
    pub new_jersey_table: Option<NewJerseyTable>,
    /// Massachusetts: how many of employee and spouse are blind. Absent: none.
    #[fact(minimum = "0", maximum = "2")]
    pub blindness: Option<i64>,
    /// Massachusetts: social security, Medicare and public retirement contributions deducted in the
    /// year before this payment. Absent: none, and a warning after the first pay period of the year.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub earlier_massachusetts_deduction: Option<Decimal>,
    /// Date of payment. It decides which law applies.
    #[fact(calculation_date)]
    pub on: Date,
}

/// A child who is a dependent.
#[derive(Row, Clone, Debug)]
pub struct Child {
    /// Age at the end of the year.
    #[column(minimum = "0", maximum = "120")]
    pub age: i64,
}
