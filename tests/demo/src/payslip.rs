//! What the demo prints: one payslip in full, the summary, what to try next.

use std::collections::BTreeMap;

use comfy_table::{CellAlignment, Table, presets};
use rust_decimal::Decimal;
use serde_json::Value;
use stele_end_to_end::Client;

use super::chain::{DATE, Month, amount, sum};
use super::population::Person;

/// One payslip with its explanation.
pub(crate) fn show(employee: &str, language: &str, answer: &Value) {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_BORDERS_ONLY);
    table.set_header([format!("{employee}  {DATE}  [{language}]"), String::new(), String::new()]);
    for line in array(answer, "lines") {
        table.add_row([text(line, "label"), text(line, "amount"), text(line, "citation")]);
    }
    if let Some(column) = table.column_mut(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    println!("{table}");
    for (sentence, leads_to) in sentences(answer) {
        println!("  · {sentence} → {}", leads_to.join(", "));
    }
    for finding in array(answer, "findings") {
        println!("  ! {}", text(finding, "message"));
    }
    let receipt = &answer["receipt"];
    println!(
        "  receipt: {} {} {}, outcome {}\n",
        text(receipt, "ruleset"),
        text(receipt, "version"),
        text(receipt, "digest"),
        text(receipt, "outcome_digest"),
    );
}

/// Each sentence once, with the labels of the lines that it computes: it comes once for each.
fn sentences(answer: &Value) -> Vec<(&str, Vec<&str>)> {
    let lines = array(answer, "lines");
    let mut sentences: Vec<(&str, Vec<&str>)> = Vec::new();
    for step in array(answer, "steps") {
        let sentence = text(step, "text");
        let position = step["line"].as_u64().and_then(|line| usize::try_from(line).ok());
        let label = position.and_then(|line| lines.get(line)).map(|line| text(line, "label"));
        match sentences.iter_mut().find(|(known, _)| *known == sentence) {
            Some((_, leads_to)) => leads_to.extend(label),
            None => sentences.push((sentence, label.into_iter().collect())),
        }
    }
    sentences
}

/// Totals by city.
pub(crate) fn summary(people: &[Person], months: &[Month]) {
    let mut cities: BTreeMap<&str, [Decimal; 7]> = BTreeMap::new();
    for (person, month) in people.iter().zip(months) {
        let slip = &month.payroll;
        let of = |code: &str| amount(slip, code).unwrap_or_default();
        let row = [
            Decimal::ONE,
            of("gross"),
            of("performance_bonus"),
            of("employee_contributions"),
            sum(slip, "tax"),
            of("net_pay"),
            of("employer_cost"),
        ];
        for name in [person.city, "total"] {
            let totals = cities.entry(name).or_default();
            totals.iter_mut().zip(row).for_each(|(total, amount)| *total += amount);
        }
    }
    let mut table = Table::new();
    table.load_preset(presets::UTF8_BORDERS_ONLY);
    table.set_header([
        "March 2026, CNY",
        "people",
        "gross",
        "bonus",
        "contributions",
        "tax",
        "net pay",
        "employer cost",
    ]);
    for (city, totals) in cities {
        let mut row = vec![city.to_owned()];
        row.extend(totals.iter().map(Decimal::to_string));
        table.add_row(row);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    println!("{table}\n");
}

/// Commands that work as they stand.
pub(crate) fn next_steps(client: &Client, example: &str) {
    let (base, token) = (client.base(), client.token());
    println!("Try next (a copy of each line works):");
    println!(
        "curl -s {base}{} -H 'authorization: Bearer {token}' -H 'content-type: application/json' \
         -H 'accept-language: zh' -d @{example}",
        client.path("calculations"),
    );
    println!("curl -s {base}{} -H 'authorization: Bearer {token}'", client.path("employees/E001"),);
    println!("curl -s {base}{} -H 'authorization: Bearer {token}'", client.path("activations"),);
    println!("The console: {base}/console, tenant {}, token {token}", client.tenant());
    println!("The API's description: {base}/docs");
}

fn array<'a>(answer: &'a Value, name: &str) -> &'a [Value] {
    answer[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}
