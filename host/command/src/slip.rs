//! A result of a calculation for people: lines by category, findings, steps, receipt.

use serde_json::Value;

use crate::output::text;
use crate::tables::{Tables, align_right, keep_whole};

/// The result as it is shown in a terminal.
pub(crate) fn render(result: &Value, tables: Tables) -> String {
    let mut parts = vec![heading(result)];
    if has(result, "lines") {
        parts.push(lines(result, tables));
    }
    if has(result, "findings") {
        parts.push(findings(result, tables));
    }
    if has(result, "steps") {
        parts.push(steps(result));
    }
    parts.push(receipt(&result["receipt"]));
    parts.join("\n\n")
}

fn has(result: &Value, list: &str) -> bool {
    result[list].as_array().is_some_and(|list| !list.is_empty())
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value[name].as_array().into_iter().flatten()
}

fn heading(result: &Value) -> String {
    // Without a server there is no slot, and nothing that was known at a time.
    if result["slot"].is_null() {
        let receipt = &result["receipt"];
        let (ruleset, version) = (text(&receipt["ruleset"]), text(&receipt["version"]));
        return format!("{ruleset} {version} on {}", text(&result["date"]));
    }
    let employee = match &result["employee"] {
        Value::String(employee) => match &result["employment"] {
            Value::String(employment) => format!("{employee}/{employment}, "),
            _ => format!("{employee}, "),
        },
        _ => String::new(),
    };
    format!(
        "{employee}{} on {}, as known at {}",
        text(&result["slot"]),
        text(&result["date"]),
        text(&result["known_at"])
    )
}

fn lines(result: &Value, tables: Tables) -> String {
    let mut table = tables.table(&["Item", "Amount", "Unit", "Category", "Citation"]);
    align_right(&mut table, 1);
    keep_whole(&mut table, 1);
    for line in list(result, "lines") {
        let label = match label_of(line, "subject") {
            Value::String(subject) => format!("{} · {subject}", text(&line["label"])),
            _ => text(&line["label"]),
        };
        table.add_row([
            label,
            text(&line["amount"]),
            text(label_of(line, "unit")),
            text(&line["category_label"]),
            text(&line["citation"]),
        ]);
    }
    table.to_string()
}

fn findings(result: &Value, tables: Tables) -> String {
    let mut table = tables.table(&["Severity", "Finding", "Limit", "Actual", "Unit", "Citation"]);
    for finding in list(result, "findings") {
        table.add_row(
            ["severity", "message", "limit", "actual", "unit", "citation"]
                .map(|name| text(label_of(finding, name))),
        );
    }
    table.to_string()
}

/// What a member is called in the language, where it has another name there.
fn label_of<'a>(value: &'a Value, name: &str) -> &'a Value {
    match &value[format!("{name}_label")] {
        Value::Null => &value[name],
        label => label,
    }
}

/// Sentences, one under the other: in a table the numbers in them would be hard to read.
fn steps(result: &Value) -> String {
    let labels: Vec<String> = list(result, "lines").map(|line| text(&line["label"])).collect();
    // A sentence that computes several lines comes once for each, and is shown once.
    let mut sentences: Vec<(&Value, Vec<&str>)> = Vec::new();
    for step in list(result, "steps") {
        let line = step["line"].as_u64().and_then(|line| usize::try_from(line).ok());
        let label = line.and_then(|line| labels.get(line)).map(String::as_str);
        match sentences.iter_mut().find(|(other, _)| other["text"] == step["text"]) {
            Some((_, leads_to)) => leads_to.extend(label),
            None => sentences.push((step, label.into_iter().collect())),
        }
    }
    let mut parts = Vec::new();
    for (position, (step, leads_to)) in sentences.into_iter().enumerate() {
        let arrow = if leads_to.is_empty() { "" } else { " → " };
        let leads_to = leads_to.join(", ");
        parts.push(format!("{:3}. {}{arrow}{leads_to}", position + 1, text(&step["text"])));
        if step["citation"].is_string() {
            parts.push(format!("     {}", text(&step["citation"])));
        }
        for parameter in list(step, "parameters") {
            parts.push(format!(
                "     {} since {}: {}",
                text(&parameter["label"]),
                text(&parameter["from"]),
                text(&parameter["source"])
            ));
        }
    }
    parts.join("\n")
}

fn receipt(receipt: &Value) -> String {
    let recorded = match &receipt["result"] {
        Value::String(result) => format!("\nresult {result}"),
        _ => String::new(),
    };
    format!(
        "{} {}\nruleset {}\noutcome {}{recorded}",
        text(&receipt["ruleset"]),
        text(&receipt["version"]),
        text(&receipt["digest"]),
        text(&receipt["outcome_digest"]),
    )
}
