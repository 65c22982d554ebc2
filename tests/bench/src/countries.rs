//! What a payslip of each country costs: through the engine on a warm evaluator with all limits on
//! one core, against the same formula compiled natively, in the same process and run; and what it
//! costs with its explanation, against the call without one.

use std::hint::black_box;
use std::path::Path;

use payroll_cn::ChinaPayroll;
use payroll_de::GermanyPayroll;
use payroll_gb::UnitedKingdomPayroll;
use payroll_us::UnitedStatesPayroll;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use stele_engine::{Engine, Settings};
use stele_sdk::prelude::Rule;

use crate::measurement::Measurement;
use crate::payslip::Payslip;
use crate::timing::in_turn;

/// Payslips a second of the sandbox for each of the native formula. The aim is a third.
pub(crate) const OF_NATIVE: Decimal = Decimal::from_parts(25, 0, 0, false, 2);

/// A call that explains for each that does not: the rule works out once, and says how.
const EXPLAINED: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

/// A month's wage in Beijing with all branches of social insurance, in the ninth month of the year.
pub(crate) fn chinese() -> Json {
    json!({
        "income_kind": "wages", "tax_residence": "resident",
        "gross": "23456.78", "months_employed": 9, "city": "beijing",
        "contribution_base": "23456.78", "housing_fund_base": "23456.78",
        "housing_fund_rate": "0.12", "housing_fund_employee_rate": "0.12",
        "work_injury_rate": "0.004", "additional_deductions": "2000",
        "earlier_gross": "187654.24", "earlier_contributions": "41234.56",
        "earlier_additional_deductions": "16000", "earlier_tax_withheld": "4321.09",
    })
}

/// A month's wage in Cologne: all branches, church tax, levies.
fn german() -> Json {
    json!({
        "pay_period": "month", "tax_class": "I", "state": "north_rhine_westphalia",
        "additional_rate": "0.029", "contribution_group": "1111", "u1_rate": "0.016",
        "u2_rate": "0.0039", "gross": "4000.00", "church": "roman_catholic",
        "care_childless": true,
    })
}

/// A month's wage in England: tax, National Insurance, student loan, pension.
fn british() -> Json {
    json!({
        "gross": "3500.00", "pay_frequency": "monthly", "tax_period": 1, "tax_code": "1257L",
        "ni_category": "A", "student_loan": "plan_2", "postgraduate_loan": false,
        "pension_arrangement": "relief_at_source", "pension_basis": "qualifying_earnings",
        "employee_pension_rate": "0.05", "employer_pension_rate": "0.03",
    })
}

/// Two weeks' wage in California: federal and state income tax, social security, 401(k), health cover.
fn american() -> Json {
    json!({
        "gross": "3200.00", "pay_frequency": "biweekly", "filing_status": "married_joint",
        "tax_credits": "2200.00", "retirement_deferral": "160.00",
        "cafeteria_contribution": "95.00", "earlier_fica_wages": "18630.00", "state": "CA",
        "state_filing_status": "married", "state_allowances": 2, "earlier_state_wages": "18630.00",
        "withholding_form": "w4_2020_or_later", "multiple_jobs": false, "other_income": "0",
        "extra_withholding": "0", "nonresident_alien": false, "earlier_futa_wages": "18630.00",
        "earlier_deferrals": "0", "residence_state": "CA", "state_extra_withholding": "0",
    })
}

/// Measures.
pub(crate) async fn measure(root: &Path) -> anyhow::Result<Vec<Measurement>> {
    let engine = Engine::new(Settings::default())?;
    let mut all = Vec::new();
    let slip = Payslip::new(&engine, root, "cn/payroll", "2025-09-30", &chinese()).await?;
    all.extend(compare::<ChinaPayroll>(&engine, &slip, "cn").await?);
    let slip = Payslip::new(&engine, root, "de/payroll", "2026-03-31", &german()).await?;
    all.extend(compare::<GermanyPayroll>(&engine, &slip, "de").await?);
    let slip = Payslip::new(&engine, root, "gb/payroll", "2026-04-30", &british()).await?;
    all.extend(compare::<UnitedKingdomPayroll>(&engine, &slip, "gb").await?);
    let slip = Payslip::new(&engine, root, "us/payroll", "2026-03-31", &american()).await?;
    all.extend(compare::<UnitedStatesPayroll>(&engine, &slip, "us").await?);
    Ok(all)
}

async fn compare<R: Rule>(
    engine: &Engine,
    slip: &Payslip,
    country: &str,
) -> anyhow::Result<[Measurement; 2]> {
    let mut native = slip.native::<R>()?;
    let mut lease = slip.lease(engine).await?;
    let mut warm = || {
        black_box(lease.evaluate(black_box(&slip.facts), false)?);
        Ok(())
    };
    let mut explaining = slip.lease(engine).await?;
    let mut explained = || {
        black_box(explaining.evaluate(black_box(&slip.facts), true)?);
        Ok(())
    };
    let [native, warm, explained] = in_turn([&mut native, &mut warm, &mut explained])?;
    let rate = |nanoseconds: Decimal| (Decimal::from(1_000_000_000) / nanoseconds).round();
    Ok([
        Measurement::new(format!("payslip.{country}"), rate(warm), "1/s on one core")
            .against("native formula", rate(native))
            .at_least(OF_NATIVE),
        Measurement::new(format!("explained.{country}"), explained, "ns/payslip")
            .against("without explanation", warm)
            .at_most(EXPLAINED),
    ])
}
