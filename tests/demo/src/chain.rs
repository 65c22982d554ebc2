//! One month through the chain: attendance → points → performance → payroll, over HTTP.
//!
//! What an earlier rule yields is a fact to a later one. Each link is one streamed request for all
//! employees; what is kept of an employee (wage, city, rates) the server adds itself.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use stele_end_to_end::Client;

use super::population::Person;

/// Last day of the month that is paid.
pub(crate) const DATE: &str = "2026-03-31";

/// The answers for one employee.
pub(crate) struct Month {
    /// Slot `attendance`.
    pub(crate) attendance: Value,
    /// Slot `points`.
    pub(crate) points: Value,
    /// Slot `performance`.
    pub(crate) performance: Value,
    /// Slot `payroll`.
    pub(crate) payroll: Value,
    /// The request that gave the payslip.
    pub(crate) payroll_request: Value,
}

/// Runs the month for all, after January and February for the year-to-date amounts.
pub(crate) async fn run(client: &Client, people: &[Person]) -> anyhow::Result<Vec<Month>> {
    let attendance = link(client, people, |_, person| {
        let (schedule, entries) = person.attendance();
        let facts = json!({
            "period_from": "2026-03-01", "period_until": DATE,
            "schedule": schedule, "entries": entries,
        });
        Ok(request("attendance", DATE, person, facts))
    })
    .await?;
    let points = link(client, people, |index, person| {
        let facts = json!({
            "period_start": "2026-03-01", "period_end": DATE,
            "events": person.events(),
            "late_arrivals": count(&attendance[index], "late_arrivals")?,
            "full_attendance_months": count(&attendance[index], "full_attendance")?,
            "excellent_reviews": person.excellent_reviews(),
        });
        Ok(request("points", DATE, person, facts))
    })
    .await?;
    let performance = link(client, people, |index, person| {
        let facts = json!({
            "ratings": person.ratings(),
            "period_points": required(&points[index], "period_points")?,
            "points_share_at_stake": required(&points[index], "points_share_at_stake")?,
            "points_share_earned": required(&points[index], "points_share_earned")?,
        });
        Ok(request("performance", DATE, person, facts))
    })
    .await?;
    let mut earlier: Option<Vec<Value>> = None;
    for (months, date) in [(1, "2026-01-31"), (2, "2026-02-28")] {
        let slips = link(client, people, |index, person| {
            let last = earlier.as_ref().map(|slips| &slips[index]);
            Ok(request("payroll", date, person, year_to_date(months, last)?))
        })
        .await?;
        earlier = Some(slips);
    }
    let earlier = earlier.context("no earlier month")?;
    let payroll_requests = people
        .iter()
        .enumerate()
        .map(|(index, person)| {
            let mut facts = year_to_date(3, Some(&earlier[index]))?;
            let overtime = amount(&attendance[index], "overtime_pay").unwrap_or_default();
            facts["gross"] = json!((Decimal::from(person.wage) + overtime).to_string());
            facts["performance_bonus"] = required(&performance[index], "performance_bonus")?;
            Ok(request("payroll", DATE, person, facts))
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    let payroll = link(client, people, |index, _| Ok(payroll_requests[index].clone())).await?;
    let mut months = Vec::with_capacity(people.len());
    let parts = attendance.into_iter().zip(points).zip(performance).zip(payroll);
    for ((((attendance, points), performance), payroll), payroll_request) in
        parts.zip(payroll_requests)
    {
        months.push(Month { attendance, points, performance, payroll, payroll_request });
    }
    Ok(months)
}

async fn link(
    client: &Client,
    people: &[Person],
    make: impl Fn(usize, &Person) -> anyhow::Result<Value>,
) -> anyhow::Result<Vec<Value>> {
    let requests: Vec<Value> = people
        .iter()
        .enumerate()
        .map(|(index, person)| make(index, person))
        .collect::<anyhow::Result<_>>()?;
    let slot = requests.first().map(|request| request["slot"].clone()).unwrap_or_default();
    let answers = client.batch(requests.into_iter()).await?;
    anyhow::ensure!(answers.len() == people.len(), "{slot}: {} answers", answers.len());
    for (person, answer) in people.iter().zip(&answers) {
        if answer.get("lines").is_none() {
            bail!("{slot}, {}: {answer}", person.id);
        }
    }
    Ok(answers)
}

fn request(slot: &str, date: &str, person: &Person, facts: Value) -> Value {
    json!({"slot": slot, "date": date, "employee": person.id, "facts": facts})
}

fn year_to_date(months: u32, last: Option<&Value>) -> anyhow::Result<Value> {
    let mut facts = json!({"months_employed": months});
    if let Some(slip) = last {
        for (fact, line) in [
            ("earlier_gross", "cumulative_gross"),
            ("earlier_contributions", "cumulative_contributions"),
            ("earlier_additional_deductions", "cumulative_additional_deductions"),
            ("earlier_tax_withheld", "cumulative_tax_withheld"),
        ] {
            facts[fact] = required(slip, line)?;
        }
    }
    Ok(facts)
}

/// The amount of the first line with this code.
pub(crate) fn amount(answer: &Value, code: &str) -> Option<Decimal> {
    let line = answer["lines"].as_array()?.iter().find(|line| line["code"] == code)?;
    Decimal::from_str_exact(line["amount"].as_str()?).ok()
}

/// The sum of all lines of a category.
pub(crate) fn sum(answer: &Value, category: &str) -> Decimal {
    amounts(answer).get(category).copied().unwrap_or_default()
}

fn amounts(answer: &Value) -> BTreeMap<&str, Decimal> {
    let mut sums = BTreeMap::new();
    for line in answer["lines"].as_array().into_iter().flatten() {
        if let (Some(category), Some(amount)) = (line["category"].as_str(), line["amount"].as_str())
            && let Ok(amount) = Decimal::from_str_exact(amount)
        {
            *sums.entry(category).or_default() += amount;
        }
    }
    sums
}

fn required(answer: &Value, code: &str) -> anyhow::Result<Value> {
    let amount = amount(answer, code).with_context(|| format!("no line {code}: {answer}"))?;
    Ok(json!(amount.to_string()))
}

fn count(answer: &Value, code: &str) -> anyhow::Result<Value> {
    let amount = amount(answer, code).with_context(|| format!("no line {code}: {answer}"))?;
    Ok(json!(amount.normalize().to_string()))
}
