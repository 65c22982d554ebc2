//! What must be known of an employee to make one payslip.

use stele_sdk::prelude::*;

use crate::choices::PayFrequency;
use crate::states::{Locality, NewJerseyTable, State, StateFilingStatus};

/// One employee, one payment, one employer.
#[derive(Facts, Clone, Debug)]
pub struct Payment {
    /// Pay of the period before any deduction, without supplemental wages.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub gross: Decimal,
    /// How often the employee is paid.
    pub pay_frequency: PayFrequency,
    /// Supplemental wages that are taxed at a flat rate. Absent: none.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub supplemental_wages: Option<Decimal>,
    /// State in which the employee works. Absent: no state lines.
    pub state: Option<State>,
    /// Status on the state's withholding certificate (California DE 4, New York IT-2104, New Jersey
    /// NJ-W4; Massachusetts M-4: head of household or not). Absent: single. For the estimate of a
    /// year: the return's status.
    pub state_filing_status: Option<StateFilingStatus>,
    /// Allowances or exemptions on the state's certificate: California DE 4 line 1, New York IT-2104
    /// line 1, Illinois IL-W-4 line 1, Massachusetts M-4 line 4, New Jersey NJ-W4 line 4. Absent: none.
    #[fact(minimum = "0", maximum = "99")]
    pub state_allowances: Option<i64>,
    /// California: additional allowances for estimated deductions (DE 4, line 2). Illinois: additional
    /// allowances (IL-W-4, line 2). Absent: none.
    #[fact(minimum = "0", maximum = "99")]
    pub state_additional_allowances: Option<i64>,
    /// What the employee asked to have withheld for the state on top, each payment. Absent: nothing.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub state_extra_withholding: Option<Decimal>,
    /// Whether the employee's certificate claims exemption from the state's withholding. Absent: no.
    pub state_exempt: Option<bool>,
    /// California: whether supplemental wages are neither a bonus nor from stock options. Absent: no.
    pub supplemental_is_no_bonus: Option<bool>,
    /// Wages of the year before this payment that the state's insurances count, by this employer.
    /// Absent: none.
    #[fact(unit = "USD", minimum = "0", maximum = "100000000000", decimals = 2)]
    pub earlier_state_wages: Option<Decimal>,
    /// New York: the city whose income tax the employee owes. Absent: none.
    pub locality: Option<Locality>,
    /// New York City: allowances on IT-2104 line 2. Absent: those of the state.
    #[fact(minimum = "0", maximum = "99")]
    pub new_york_city_allowances: Option<i64>,
    /// Pennsylvania: rate of the local earned income tax that applies by Act 32 (0.01 is 1 %), the
    /// higher of residence and work; Philadelphia's wage tax likewise. Absent: none.
    #[fact(unit = "fraction of wages", minimum = "0", maximum = "1", decimals = 7)]
    pub local_income_tax_rate: Option<Decimal>,
    /// Pennsylvania: local services tax of the year, which is spread over the payments. Absent: none.
    #[fact(unit = "USD/year", minimum = "0", maximum = "1000", decimals = 2)]
    pub local_services_tax: Option<Decimal>,
    /// New Jersey: rate table chosen on line 3 of NJ-W4. Absent: that of the filing status.
    pub new_jersey_table: Option<NewJerseyTable>,
    /// Massachusetts: how many of employee and spouse are blind. Absent: none.
    #[fact(minimum = "0", maximum = "2")]
    pub blindness: Option<i64>,
    /// Massachusetts: social security, Medicare and public retirement contributions deducted in the
    /// year before this payment. Absent: none.
    #[fact(unit = "USD", minimum = "0", maximum = "1000000000", decimals = 2)]
    pub earlier_massachusetts_deduction: Option<Decimal>,
    /// Date of payment. It decides which law applies.
    #[fact(calculation_date)]
    pub on: Date,
}
