//! An impact report for people: what differs, item by item, date by date, and for whom.

use comfy_table::Table;
use serde_json::Value;

use crate::output::text;
use crate::tables::{Tables, align_right};

/// A member of the content, its title, and the table that is made of it.
type Part = (&'static str, &'static str, fn(&Value, Tables) -> Table);

/// The report as it is shown in a terminal.
pub(crate) fn render(report: &Value, tables: Tables) -> String {
    let mut parts = vec![heading(report)];
    let content = &report["content"];
    if content.is_null() {
        parts.push(state(report));
        return parts.join("\n\n");
    }
    // What could not be calculated first: whoever reads on must know what the rest is over.
    parts.extend(incomplete(content));
    for (member, title) in [
        ("candidate", "Failing with the candidate"),
        ("in_force", "Failing with the version in force"),
    ] {
        parts.extend(reasons(title, &content["failing"][member], tables));
    }
    parts.push(counts(content));
    parts.extend(paid(content));
    parts.extend(common_facts(content));
    if let (Some(people), Some(of)) =
        (report["covered"]["people"].as_u64(), report["covered"]["of"].as_u64())
    {
        parts.push(format!("It covers {people} of {of} people, as they are known."));
    }
    match content["differences"].as_str() {
        Some("none") => parts.push("Nothing differs.".to_owned()),
        Some("unknown") => parts.push("Nothing differs of what could be calculated.".to_owned()),
        _ => {}
    }
    let shown: [Part; 4] = [
        ("items", "Items, over all dates", items),
        ("dates", "Dates", dates),
        ("largest", "Largest changes", largest),
        ("findings", "Findings", findings),
    ];
    for (member, title, make) in shown {
        if list(content, member).next().is_some() {
            parts.push(format!("{title}\n{}", make(&content[member], tables)));
        }
    }
    for (member, title) in
        [("newly_failing", "Newly failing"), ("newly_succeeding", "Newly succeeding")]
    {
        if content[member]["employees"].as_u64() > Some(0) {
            parts.push(format!("{title}\n{}", failures(&content[member]["listed"], tables)));
        }
    }
    parts.push(format!("content {}", text(&report["content_digest"])));
    parts.join("\n\n")
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value[name].as_array().into_iter().flatten()
}

fn each(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn heading(report: &Value) -> String {
    format!(
        "Impact report {}\n{} {} in the slot {}, as known at {}",
        text(&report["id"]),
        text(&report["candidate"]["ruleset"]),
        text(&report["candidate"]["version"]),
        text(&report["slot"]),
        text(&report["known_at"]),
    )
}

fn state(report: &Value) -> String {
    match report["state"].as_str() {
        Some("failed") => format!("It could not be made: {}.", text(&report["reason"])),
        _ => format!(
            "It is being made; see it with: stele impact --show {} --wait",
            text(&report["id"])
        ),
    }
}

/// That it is over what people were paid, if it is.
fn paid(content: &Value) -> Option<String> {
    let results = content["results"].as_object()?;
    let of = |name: &str| results.get(name).map(text).unwrap_or_default();
    let mut shown = format!(
        "Over what was paid in the slot {} from {} to {}: \"before\" is what was recorded.",
        of("slot"),
        of("from"),
        of("to")
    );
    if let Some(superseded @ 1..) = content["superseded"].as_u64() {
        shown.push_str(&format!(" Earlier results of the same days, left out: {superseded}."));
    }
    Some(shown)
}

/// What was taken for everyone in place of what is known of each.
fn common_facts(content: &Value) -> Option<String> {
    let facts = content["facts"].as_object().filter(|facts| !facts.is_empty())?;
    let facts: Vec<_> =
        facts.iter().map(|(name, value)| format!("{name} = {}", text(value))).collect();
    Some(format!("The same for everyone, before what is known of each: {}", facts.join(", ")))
}

/// That the candidate has not calculated everything, if so.
fn incomplete(content: &Value) -> Option<String> {
    let computed = &content["computed"];
    let (made, of) = (computed["calculations"].as_u64()?, computed["of"].as_u64()?);
    let failed = of.saturating_sub(made);
    (failed > 0).then(|| {
        format!("INCOMPLETE: {failed} of {of} calculations fail with the candidate; nothing is known of them.")
    })
}

/// How many there are. Where somebody has several employments each of these is calculated and counted.
fn who(content: &Value) -> String {
    let employees = content["employees"].as_u64().unwrap_or_default();
    let people = content["people"].as_u64().unwrap_or(employees);
    match (employees, people) {
        (1, _) => "1 employee".to_owned(),
        (employees, people) if employees == people => format!("{employees} employees"),
        (employments, 1) => format!("{employments} employments of 1 person"),
        (employments, people) => format!("{employments} employments of {people} people"),
    }
}

/// How many calculations fail for which reason, if any does.
fn reasons(title: &str, failing: &Value, tables: Tables) -> Option<String> {
    let others = failing["others"].as_u64().unwrap_or_default();
    let mut table = numbers(tables, &["Calculations", "Employees", "Reason", "For example"], 0, 1);
    for reason in list(failing, "reasons") {
        let first = list(reason, "first").take(3).map(|failure| text(&failure["employee"]));
        table.add_row([
            text(&reason["calculations"]),
            text(&reason["employees"]),
            text(&reason["reason"]),
            first.collect::<Vec<_>>().join(", "),
        ]);
    }
    if others > 0 {
        table.add_row([others.to_string(), String::new(), "other reasons".to_owned()]);
    }
    (!table.is_empty()).then(|| format!("{title}\n{table}"))
}

fn counts(content: &Value) -> String {
    let number = |name: &str| text(&content[name]);
    let failures = |name: &str| text(&content[name]["employees"]);
    let mut counts = format!("{}, {} affected", who(content), number("affected"));
    if let (Some(money), Some(findings)) =
        (content["affected_by_money"].as_u64(), content["affected_by_findings"].as_u64())
    {
        counts.push_str(&format!(" ({money} by money, {findings} by findings only)"));
    }
    counts.push_str(&format!(
        "; newly failing {}, newly succeeding {}, calculations that fail with both {}",
        failures("newly_failing"),
        failures("newly_succeeding"),
        number("failing_in_both"),
    ));
    if let Some(absent @ 1..) = content["absent"].as_u64() {
        counts.push_str(&format!("; {absent} left out, because nobody knew the employee yet"));
    }
    counts
}

/// A table whose columns from `first` to `last` hold numbers.
fn numbers(tables: Tables, headings: &[&str], first: usize, last: usize) -> Table {
    let mut table = tables.table(headings);
    for column in first..=last {
        align_right(&mut table, column);
    }
    table
}

fn items(items: &Value, tables: Tables) -> Table {
    let mut table = numbers(
        tables,
        &["Item", "Before", "After", "Difference", "Unit", "Employees", "Spread"],
        1,
        3,
    );
    for item in each(items) {
        let label = match item["as_of"].as_str() {
            Some(date) => format!("{}\n(accumulates: as of {date})", text(&item["label"])),
            None => text(&item["label"]),
        };
        table.add_row([
            label,
            text(&item["before"]),
            text(&item["after"]),
            text(&item["difference"]),
            text(&item["unit"]),
            text(&item["employees"]),
            spread(&item["histogram"]),
        ]);
    }
    table
}

/// The buckets of a histogram, a line each.
fn spread(histogram: &Value) -> String {
    let buckets = each(histogram).map(|bucket| {
        let (from, to) = (text(&bucket["from"]), text(&bucket["to"]));
        let range = match (from.as_str(), to.as_str()) {
            ("", to) => format!("below {to}"),
            (from, "") => format!("above {from}"),
            (from, to) => format!("{from} to {to}"),
        };
        format!("{range}: {}", text(&bucket["calculations"]))
    });
    buckets.collect::<Vec<_>>().join("\n")
}

fn dates(dates: &Value, tables: Tables) -> Table {
    let headings = ["Date", "In force", "Affected", "Item", "Difference", "Unit"];
    let mut table = numbers(tables, &headings, 2, 2);
    align_right(&mut table, 4);
    for date in each(dates) {
        let in_force = match &date["in_force"] {
            Value::Null => "nothing: all is new".to_owned(),
            version => format!("{} {}", text(&version["ruleset"]), text(&version["version"])),
        };
        let column = |name: &str| {
            let items = list(date, "items").map(|item| text(&item[name]));
            items.collect::<Vec<_>>().join("\n")
        };
        table.add_row([
            text(&date["date"]),
            in_force,
            text(&date["affected"]),
            column("code"),
            column("difference"),
            column("unit"),
        ]);
    }
    table
}

fn largest(changes: &Value, tables: Tables) -> Table {
    let mut table = numbers(
        tables,
        &["Employee", "Date", "Item", "Before", "After", "Difference", "Unit"],
        3,
        5,
    );
    for change in each(changes) {
        let column = |name: &str| {
            let lines = list(change, "lines").map(|line| match name {
                "label" if line["subject"].is_string() => {
                    format!("{} · {}", text(&line["label"]), text(&line["subject"]))
                }
                _ => text(&line[name]),
            });
            lines.collect::<Vec<_>>().join("\n")
        };
        table.add_row([
            text(&change["employee"]),
            text(&change["date"]),
            column("label"),
            column("before"),
            column("after"),
            column("difference"),
            column("unit"),
        ]);
    }
    table
}

fn findings(findings: &Value, tables: Tables) -> Table {
    let mut table = numbers(
        tables,
        &["Severity", "Finding", "Appearing", "Vanishing", "Changing", "For example"],
        2,
        4,
    );
    for finding in each(findings) {
        let changes = ["appearing", "vanishing", "changing"].map(|change| &finding[change]);
        let [appearing, vanishing, changing] = changes.map(|change| text(&change["findings"]));
        let examples = changes.into_iter().flat_map(|change| list(change, "sample")).map(text);
        table.add_row([
            text(&finding["severity"]),
            text(&finding["sentence"]),
            appearing,
            vanishing,
            changing,
            examples.take(3).collect::<Vec<_>>().join(", "),
        ]);
    }
    table
}

fn failures(listed: &Value, tables: Tables) -> Table {
    let mut table = tables.table(&["Employee", "First date", "Dates", "Reason"]);
    for failure in each(listed) {
        table.add_row(["employee", "date", "dates", "reason"].map(|name| text(&failure[name])));
    }
    table
}
