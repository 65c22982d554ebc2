//! The numbers of the law, as the host hands them over for one date. Their values and sources are
//! in `rulesets/de/payroll/parameters.toml`.

use stele_sdk::prelude::*;

use crate::choices::{Chart, FlatTaxKind, ScheduleKind, State};

/// Everything that the law fixes in numbers.
#[derive(Parameters, Clone, Debug)]
pub struct Law {
    /// Edition of the flow chart in force.
    pub chart: Chart,
    /// Income tax schedules with what moves with them.
    pub schedules: Vec<Schedule>,
    /// Employee's standard allowance (Arbeitnehmer-Pauschbetrag).
    #[parameter(unit = "EUR/year", minimum = "0")]
    pub employee_allowance: Decimal,
    /// Standard allowance for pensions (Werbungskosten-Pauschbetrag).
    #[parameter(unit = "EUR/year", minimum = "0")]
    pub pensioner_allowance: Decimal,
    /// Standard allowance for special expenses (Sonderausgaben-Pauschbetrag).
    #[parameter(unit = "EUR/year", minimum = "0")]
    pub special_expenses_allowance: Decimal,
    /// Relief for single parents in class II, for the first child.
    #[parameter(unit = "EUR/year", minimum = "0")]
    pub single_parent_relief: Decimal,
    /// Lowest share of the income that is tax in classes V and VI.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub class_five_lowest_rate: Decimal,
    /// Upper multiple of the income that is compared in classes V and VI.
    #[parameter(minimum = "1")]
    pub class_five_upper_multiple: Decimal,
    /// Lower multiple of the income that is compared in classes V and VI.
    #[parameter(minimum = "0", maximum = "1")]
    pub class_five_lower_multiple: Decimal,
    /// Rate of the solidarity surcharge.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub solidarity_rate: Decimal,
    /// Highest rate of the solidarity surcharge on what exceeds the exemption.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub solidarity_sliding_rate: Decimal,
    /// Share of the wages that is the least provision for health and care insurance (until 2025).
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub least_provision_rate: Option<Decimal>,
    /// Highest least provision; from 2026 the limit for unemployment, health and care insurance.
    #[parameter(unit = "EUR/year", minimum = "0")]
    pub provision_limit: Decimal,
    /// Highest least provision in class III (until 2025).
    #[parameter(unit = "EUR/year", minimum = "0")]
    pub provision_limit_class_three: Option<Decimal>,
    /// Relief on pensions by the year in which the pension began.
    pub pension_reliefs: Vec<PensionRelief>,
    /// Relief for old age by the year that follows the 64th birthday.
    pub age_reliefs: Vec<AgeRelief>,
    /// Rates and ceilings of social insurance, a row a year.
    pub contribution_years: Vec<ContributionYear>,
    /// Rates of church tax by state.
    pub church_taxes: Vec<ChurchTax>,
    /// Limits of church tax by state, where the employer applies them.
    pub church_tax_caps: Vec<ChurchTaxCap>,
    /// Flat taxes other than on mini-jobs with flat pension contributions.
    pub flat_taxes: Vec<FlatTax>,
    /// Church tax on flat taxes in the simplified procedure.
    pub flat_church_taxes: Vec<FlatChurchTax>,
    /// Part of the lost pay on which contributions are due in short-time work.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub short_time_rate: Decimal,
    /// Employer's flat rate to health insurance for a mini-job.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub mini_job_health_rate: Decimal,
    /// Employer's flat rate to pension insurance for a mini-job.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub mini_job_pension_rate: Decimal,
    /// Both flat rates for a mini-job in a private household.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub mini_job_household_rate: Decimal,
    /// Least base of pension insurance in a mini-job.
    #[parameter(unit = "EUR/month", minimum = "0")]
    pub mini_job_least_base: Decimal,
    /// Flat tax on a mini-job, with solidarity surcharge and church tax in it.
    #[parameter(unit = "fraction", minimum = "0", maximum = "1")]
    pub mini_job_tax_rate: Decimal,
    /// Pay of an apprentice up to which the employer bears all contributions.
    #[parameter(unit = "EUR/month", minimum = "0")]
    pub low_pay_limit: Decimal,
}

/// An income tax schedule (EStG § 32a Abs. 1) and the figures that are set together with it.
#[derive(Row, Clone, Debug)]
pub struct Schedule {
    /// Which schedule.
    #[column(key)]
    pub kind: ScheduleKind,
    /// Basic allowance (Grundfreibetrag, GFB).
    #[column(unit = "EUR/year", minimum = "0")]
    pub basic_allowance: Decimal,
    /// Income from which zone 3 begins.
    #[column(unit = "EUR/year", minimum = "0")]
    pub zone_three_from: Decimal,
    /// Income from which zone 4 begins.
    #[column(unit = "EUR/year", minimum = "0")]
    pub zone_four_from: Decimal,
    /// Income from which zone 5 begins.
    #[column(unit = "EUR/year", minimum = "0")]
    pub zone_five_from: Decimal,
    /// Zone 2: factor of y².
    #[column(minimum = "0")]
    pub zone_two_square: Decimal,
    /// Zone 2: factor of y.
    #[column(minimum = "0")]
    pub zone_two_linear: Decimal,
    /// Zone 3: factor of z².
    #[column(minimum = "0")]
    pub zone_three_square: Decimal,
    /// Zone 3: factor of z.
    #[column(minimum = "0")]
    pub zone_three_linear: Decimal,
    /// Zone 3: tax at its beginning.
    #[column(unit = "EUR", minimum = "0")]
    pub zone_three_tax: Decimal,
    /// Zone 4: rate.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub zone_four_rate: Decimal,
    /// Zone 4: amount that is taken off.
    #[column(unit = "EUR", minimum = "0")]
    pub zone_four_deduction: Decimal,
    /// Zone 5: rate.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub zone_five_rate: Decimal,
    /// Zone 5: amount that is taken off.
    #[column(unit = "EUR", minimum = "0")]
    pub zone_five_deduction: Decimal,
    /// First limit of classes V and VI (W1STKL5).
    #[column(unit = "EUR/year", minimum = "0")]
    pub class_five_first_limit: Decimal,
    /// Second limit of classes V and VI (W2STKL5).
    #[column(unit = "EUR/year", minimum = "0")]
    pub class_five_second_limit: Decimal,
    /// Third limit of classes V and VI (W3STKL5).
    #[column(unit = "EUR/year", minimum = "0")]
    pub class_five_third_limit: Decimal,
    /// Allowances for a child of both parents, for surcharges on the tax (KFB).
    #[column(unit = "EUR/year", minimum = "0")]
    pub child_allowance: Decimal,
    /// Yearly tax up to which there is no solidarity surcharge (SOLZFREI).
    #[column(unit = "EUR/year", minimum = "0")]
    pub solidarity_exemption: Decimal,
}

/// Relief on pensions (EStG § 19 Abs. 2), one year of beginning.
#[derive(Row, Clone, Debug)]
pub struct PensionRelief {
    /// Year in which the pension began; the first row also serves the years before.
    #[column(minimum = "1900", maximum = "2100")]
    pub year: i64,
    /// Share of the pension that is exempt (TAB1).
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub rate: Decimal,
    /// Highest exemption (TAB2).
    #[column(unit = "EUR/year", minimum = "0")]
    pub maximum: Decimal,
    /// Supplement (TAB3).
    #[column(unit = "EUR/year", minimum = "0")]
    pub supplement: Decimal,
}

/// Relief for old age (EStG § 24a), one year.
#[derive(Row, Clone, Debug)]
pub struct AgeRelief {
    /// Year that follows the 64th birthday; the first row also serves the years before.
    #[column(minimum = "1900", maximum = "2100")]
    pub year: i64,
    /// Share of the wages that is exempt (TAB4).
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub rate: Decimal,
    /// Highest exemption (TAB5).
    #[column(unit = "EUR/year", minimum = "0")]
    pub maximum: Decimal,
}

/// Rates and ceilings of social insurance in a year. Rates are whole, employee and employer
/// together.
#[derive(Row, Clone, Debug)]
pub struct ContributionYear {
    /// The year.
    #[column(key, minimum = "2000", maximum = "2100")]
    pub year: i64,
    /// Rate of pension insurance.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub pension_rate: Decimal,
    /// Rate of unemployment insurance.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub unemployment_rate: Decimal,
    /// General rate of health insurance.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub health_rate: Decimal,
    /// Reduced rate of health insurance, without sick pay.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub reduced_health_rate: Decimal,
    /// Average additional rate of the health funds.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub average_additional_rate: Decimal,
    /// Rate of care insurance.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub care_rate: Decimal,
    /// What the employee in Saxony bears beyond half of the care rate.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub care_saxon_shift: Decimal,
    /// Surcharge of care insurance for the childless.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub care_childless_surcharge: Decimal,
    /// Discount of care insurance for each child from the second to the fifth.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub care_child_discount: Decimal,
    /// Ceiling of pension and unemployment insurance.
    #[column(unit = "EUR/year", minimum = "0", maximum = "1000000000")]
    pub pension_ceiling: Decimal,
    /// The same in the eastern states, until 2024.
    #[column(unit = "EUR/year", minimum = "0")]
    pub pension_ceiling_east: Option<Decimal>,
    /// Ceiling of health and care insurance.
    #[column(unit = "EUR/year", minimum = "0", maximum = "1000000000")]
    pub health_ceiling: Decimal,
    /// Insolvency levy (U3).
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub insolvency_rate: Decimal,
    /// Pay up to which an employment is a mini-job.
    #[column(unit = "EUR/month", minimum = "0")]
    pub mini_job_limit: Decimal,
    /// Pay up to which an employment is in the transition zone.
    #[column(unit = "EUR/month", minimum = "0")]
    pub transition_limit: Decimal,
    /// Factor F of the transition zone.
    #[column(minimum = "0", maximum = "1")]
    pub transition_factor: Decimal,
}

/// Rate of church tax in a state.
#[derive(Row, Clone, Debug)]
pub struct ChurchTax {
    /// The state.
    #[column(key, selected_by = "state")]
    pub state: State,
    /// Share of the wage tax.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub rate: Decimal,
}

/// A flat tax.
#[derive(Row, Clone, Debug)]
pub struct FlatTax {
    /// On what.
    #[column(key)]
    pub kind: FlatTaxKind,
    /// Share of the amount.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub rate: Decimal,
}

/// Rate of church tax on flat taxes in a state.
#[derive(Row, Clone, Debug)]
pub struct FlatChurchTax {
    /// The state.
    #[column(key, selected_by = "state")]
    pub state: State,
    /// Share of the flat tax.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub rate: Decimal,
}

/// Limit of church tax in a state where the employer applies it without being asked.
#[derive(Row, Clone, Debug)]
pub struct ChurchTaxCap {
    /// The state.
    #[column(key, selected_by = "state")]
    pub state: State,
    /// Share of the taxable income in Protestant churches. Absent: no limit.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub protestant: Option<Decimal>,
    /// Share of the taxable income in the Roman Catholic Church. Absent: no limit.
    #[column(unit = "fraction", minimum = "0", maximum = "1")]
    pub roman_catholic: Option<Decimal>,
}

impl Law {
    /// The schedule of that kind, if the date has it.
    pub(crate) fn schedule(&self, kind: ScheduleKind) -> Result<&Schedule, Fault> {
        self.schedules
            .iter()
            .find(|schedule| schedule.kind == kind)
            .ok_or_else(|| Fault::parameter(Law::SCHEDULES, format!("no row {}", kind.name())))
    }

    /// Rates and ceilings of a year.
    pub(crate) fn contribution_year(&self, year: i64) -> Result<&ContributionYear, Fault> {
        self.contribution_years.iter().find(|row| row.year == year).ok_or_else(|| {
            Fault::parameter(Law::CONTRIBUTION_YEARS, format!("no row for the year {year}"))
        })
    }

    /// The relief on a pension that began in `year`: the first row serves all years before it, the
    /// last all after it.
    pub(crate) fn pension_relief(&self, year: i64) -> Result<&PensionRelief, Fault> {
        let rows = &self.pension_reliefs;
        let first = rows.first().map_or(year, |row| row.year);
        rows.get(position(year - first, rows.len()))
            .ok_or_else(|| Fault::parameter(Law::PENSION_RELIEFS, "must have rows, found none"))
    }

    /// The relief for old age of the year that follows the 64th birthday, in the same way.
    pub(crate) fn age_relief(&self, year: i64) -> Result<&AgeRelief, Fault> {
        let rows = &self.age_reliefs;
        let first = rows.first().map_or(year, |row| row.year);
        rows.get(position(year - first, rows.len()))
            .ok_or_else(|| Fault::parameter(Law::AGE_RELIEFS, "must have rows, found none"))
    }
}

/// The years of a table follow each other, so a year's distance from the first is its position.
fn position(distance: i64, rows: usize) -> usize {
    usize::try_from(distance).unwrap_or_default().min(rows.saturating_sub(1))
}
