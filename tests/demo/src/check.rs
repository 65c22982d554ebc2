//! Whether the demo's answers are right, by arithmetic of its own.
//!
//! The tax table stands here a second time on purpose: an error in the ruleset shall not be able to
//! confirm itself.

use anyhow::{Context, ensure};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};
use stele_end_to_end::Client;

use super::chain::{Month, amount, sum};

/// Individual Income Tax Law, rate table 1: upper limit of the year in yuan, rate in percent, quick
/// deduction in yuan.
const BRACKETS: [(u32, u32, u32); 7] = [
    (36_000, 3, 0),
    (144_000, 10, 2_520),
    (300_000, 20, 16_920),
    (420_000, 25, 31_920),
    (660_000, 30, 52_920),
    (960_000, 35, 85_920),
    (u32::MAX, 45, 181_920),
];

/// The tax of the year so far on the taxable income of the year so far.
fn cumulative_tax(taxable: Decimal) -> Option<Decimal> {
    let (_, rate, quick) =
        BRACKETS.iter().find(|(limit, _, _)| taxable <= Decimal::from(*limit))?;
    let tax = taxable * Decimal::new(i64::from(*rate), 2) - Decimal::from(*quick);
    Some(tax.max(Decimal::ZERO).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
}

/// The worked example of the State Taxation Administration: 30,000 a month, 4,500 insurance, 2,000
/// additional deductions give 555, 625 and 1,850.
pub(crate) async fn worked_example(client: &Client) -> anyhow::Result<()> {
    let mut earlier = Value::Null;
    for (month, expected) in [(1, 555), (2, 625), (3, 1_850)] {
        let mut facts = json!({
            "gross": "30000", "employee_contributions": "4500", "additional_deductions": "2000",
            "months_employed": month, "income_kind": "wages", "tax_residence": "resident",
        });
        if month > 1 {
            let total = |each: i64| json!((each * (month - 1)).to_string());
            facts["earlier_gross"] = total(30_000);
            facts["earlier_contributions"] = total(4_500);
            facts["earlier_additional_deductions"] = total(2_000);
            facts["earlier_tax_withheld"] = earlier.clone();
        }
        let request =
            json!({"slot": "payroll", "date": format!("2026-{month:02}-28"), "facts": facts});
        let answer = client.post(&client.path("calculations"), &request).await?.ok()?;
        let tax = amount(&answer, "income_tax").context("no income tax")?;
        ensure!(
            tax == Decimal::from(expected),
            "month {month} of the worked example: {tax} instead of {expected}"
        );
        let withheld = amount(&answer, "cumulative_tax_withheld").context("no sum")?;
        earlier = json!(withheld.to_string());
    }
    Ok(())
}

/// A payslip that adds up, whose tax is that of the law's table, made by the published version.
pub(crate) fn payslip(month: &Month, digest: &Value) -> anyhow::Result<()> {
    let slip = &month.payroll;
    let of = |code: &str| amount(slip, code).with_context(|| format!("no line {code}"));
    ensure!(&slip["receipt"]["digest"] == digest, "made by another version");
    let earned = sum(slip, "earning");
    let withheld = sum(slip, "employee-contribution");
    ensure!(of("employee_contributions")? == withheld, "the contributions do not add up");
    ensure!(of("net_pay")? == earned - withheld - sum(slip, "tax"), "the net pay does not add up");
    let employer = sum(slip, "employer-contribution");
    ensure!(of("employer_cost")? == earned + employer, "the employer's cost does not add up");
    let due = cumulative_tax(of("cumulative_taxable_income")?).context("beyond every bracket")?;
    ensure!(of("cumulative_tax")? == due, "the tax is not that of the table: {due}");
    let overtime = amount(&month.attendance, "overtime_pay").unwrap_or_default();
    let bonus = amount(&month.performance, "performance_bonus").context("no performance bonus")?;
    let facts = &month.payroll_request["facts"];
    ensure!(facts["performance_bonus"] == json!(bonus.to_string()), "another performance bonus");
    ensure!(of("gross")? >= overtime && of("performance_bonus")? == bonus, "the chain is broken");
    let points = |code: &str| amount(&month.points, code).unwrap_or_default();
    ensure!(
        points("opening_balance") + points("granted") - points("deducted") - points("expired")
            == points("balance"),
        "the points do not add up"
    );
    Ok(())
}

/// The same request once more, alone: the same outcome digest.
pub(crate) async fn repeats(client: &Client, month: &Month) -> anyhow::Result<()> {
    let answer = client.post(&client.path("calculations"), &month.payroll_request).await?.ok()?;
    ensure!(
        answer["receipt"]["outcome_digest"] == month.payroll["receipt"]["outcome_digest"],
        "the same request gave another outcome"
    );
    Ok(())
}
