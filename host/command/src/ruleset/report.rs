//! A publication report for people: the checks, then every case that does not hold.

use serde_json::Value;

use crate::output::{Paint, text};
use crate::tables::Tables;

/// The report as it is shown in a terminal.
pub(crate) fn render(report: &Value, paint: Paint, tables: Tables) -> String {
    let mut parts = vec![format!("{} {}", text(&report["ruleset"]), text(&report["version"]))];
    let mut checks = tables.table(&["Check", "State", "What was looked at"]);
    for check in list(report, "checks") {
        let errors = list(check, "errors").map(defect);
        let warnings = list(check, "warnings");
        let warnings = warnings.map(|warning| format!("warning: {}", defect(warning)));
        let details = std::iter::once(text(&check["detail"])).chain(errors).chain(warnings);
        let details: Vec<_> = details.collect();
        let state = text(&check["state"]).replace('_', " ");
        checks.add_row([text(&check["check"]), state, details.join("\n")]);
    }
    parts.push(checks.to_string());
    for case in list(report, "cases").filter(|case| case["passed"] == false) {
        parts.push(format!("  ✗ {}: {}", text(&case["file"]), text(&case["title"])));
        parts.push(differences(&case["differences"], paint));
    }
    parts.push(verdict(report, paint));
    parts.join("\n")
}

fn defect(defect: &Value) -> String {
    let place = [text(&defect["file"]), text(&defect["key"])];
    let place: Vec<_> = place.into_iter().filter(|part| !part.is_empty()).collect();
    format!(
        "{}: expected {}, found {}",
        place.join(": "),
        text(&defect["expected"]),
        text(&defect["found"])
    )
}

/// What a case expects and what came out, below each other.
pub(crate) fn differences(differences: &Value, paint: Paint) -> String {
    let lines = differences.as_array().into_iter().flatten().map(|difference| {
        let note = match difference["note"].as_str() {
            Some(note) => format!("  ({note})"),
            None => String::new(),
        };
        let nothing = |side: &Value| side.as_str().unwrap_or("nothing").to_owned();
        let expected = paint.red(&format!("- expected  {}", nothing(&difference["expected"])));
        let found = paint.green(&format!("+ found     {}", nothing(&difference["found"])));
        format!("    {}\n      {expected}\n      {found}{note}", text(&difference["about"]))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// One line that says how it ended.
fn verdict(report: &Value, paint: Paint) -> String {
    let cases = list(report, "cases").count();
    let held = list(report, "cases").filter(|case| case["passed"] == true).count();
    let state = match report["passed"] == true {
        true => paint.green("passed"),
        false => paint.red("FAILED"),
    };
    let speed = match report["evaluations_per_second"].as_u64() {
        Some(speed) => format!(", {speed} evaluations/s"),
        None => String::new(),
    };
    format!("{state}: {held} of {cases} cases hold{speed}\ndigest {}", text(&report["digest"]))
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value[name].as_array().into_iter().flatten()
}
