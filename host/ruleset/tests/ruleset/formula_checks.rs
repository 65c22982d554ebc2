//! What is checked of a rule because its formulas are known: its tables on every day, the decimals of its
//! amounts, and how much of it its cases reach.

use stele_ruleset::{
    CheckName, CheckResult, Conditions, Defect, FormulaText, LeastCoverage, Package, Published,
    Reached, Report, check, check_under,
};

use crate::support::{Files, engine, report_of};

const MANIFEST: &str = r#"
name = "acme/tax"
version = "1.0.0"
kind = "payroll"
languages = ["en"]
currency = "EUR"
decimals = 2
machine = 1
[validity]
from = 2025-01-01
until = 2026-12-31
"#;

const HEAD: &str = r#"
title = "Tax"
meaning = "A tax."
fact = [
  { name = "gross", type = "money", unit = "EUR", minimum = 0, decimals = 2, label = "Gross", meaning = "Gross pay." },
  { name = "region", type = "choice", label = "Region", meaning = "Region.", choices = { north = "North", south = "South", abroad = "Abroad" } },
]
parameter = [
  { name = "bands", type = "rows", label = "Bands", meaning = "Bands.", columns = [{ name = "up_to", type = "money?", label = "Up to" }, { name = "rate", type = "rate", label = "Rate" }] },
  { name = "areas", type = "rows", label = "Areas", meaning = "Areas.", columns = [{ name = "area", type = "choice", label = "Area", choices = { north = "North", south = "South", abroad = "Abroad" } }, { name = "amount", type = "money", label = "Amount" }] },
]
"#;

const BANDS: &str = r#"
[[bands]]
from = 2025-01-01
source = "Act of 2024, s. 1"
rows = [{ up_to = 100, rate = "0.1" }, { up_to = 300, rate = "0.2" }, { rate = "0.3" }]
"#;

const AREAS: &str = r#"
[[areas]]
from = 2025-01-01
source = "Act of 2024, s. 2"
rows = [{ area = "north", amount = 10 }, { area = "south", amount = 20 }]
"#;

const TAX: &str = r#"
[[line]]
item = "tax"
label = "Tax"
category = "tax"
citation = "Act of 2024, s. 1"
formula = "round half up(tax by brackets(gross, bands), 2)"

[[line]]
item = "supplement"
label = "Supplement"
category = "earning"
citation = "Act of 2024, s. 2"
formula = "if region = \"abroad\" then 0 else areas[area = region][1].amount"
"#;

fn case(gross: &str, region: &str) -> String {
    format!(
        "title = \"{gross} in {region}\"\nsource = \"Act of 2024, s. 1\"\ndate = 2025-06-30\n\
         [facts]\ngross = \"{gross}\"\nregion = \"{region}\"\n[expect.lines]\n"
    )
}

/// A ruleset of these lines and parameters.
fn files(lines: &str, parameters: &str, cases: &[String]) -> Files {
    let text = format!("{HEAD}{lines}");
    let formulas = FormulaText::read("acme-tax", 1, &text);
    let component = formulas.component().unwrap_or_else(|wrong| panic!("{wrong}"));
    let mut files = Files::new();
    files.insert("ruleset.toml".to_owned(), MANIFEST.as_bytes().to_vec());
    files.insert("formulas.toml".to_owned(), text.into_bytes());
    files.insert("parameters.toml".to_owned(), parameters.as_bytes().to_vec());
    files.insert("component.wasm".to_owned(), component);
    for (number, case) in cases.iter().enumerate() {
        files.insert(format!("cases/{number}.toml"), case.as_bytes().to_vec());
    }
    files
}

async fn published(lines: &str, parameters: &str, cases: &[String]) -> Report {
    let package = Package::from_files(files(lines, parameters, cases)).unwrap();
    let Published { report, .. } =
        check(&engine(), &package).await.unwrap_or_else(|refused| panic!("{refused}"));
    report
}

async fn refused(lines: &str, parameters: &str, cases: &[String]) -> Report {
    let package = Package::from_files(files(lines, parameters, cases)).unwrap();
    report_of(check(&engine(), &package).await)
}

fn of(report: &Report, name: CheckName) -> &CheckResult {
    report.checks.iter().find(|check| check.check == name).unwrap()
}

fn said(defects: &[Defect]) -> Vec<String> {
    defects.iter().map(ToString::to_string).collect()
}

/// What the check of tables refuses with these parameters.
async fn tables(parameters: &str) -> Vec<String> {
    let report = refused(TAX, parameters, &[case("50", "north")]).await;
    let failed = report.failed().unwrap();
    assert_eq!(failed.check, CheckName::Tables, "{report}");
    said(&failed.errors)
}

#[tokio::test]
async fn limits_that_do_not_rise_are_refused_with_rows_and_interval() {
    let later = "[[bands]]\nfrom = 2026-01-01\nsource = \"Act of 2025, s. 1\"\nrows = [{ up_to = \
                 300, rate = \"0.1\" }, { up_to = 300, rate = \"0.2\" }, { rate = \"0.3\" }]\n";
    assert_eq!(
        tables(&format!("{BANDS}{later}{AREAS}")).await,
        ["parameters.toml: bands[1].rows[1].up_to: expected more than 300, the limit of \
          bands[1].rows[0]: limits rise, found 300, from 2026-01-01 to 2026-12-31"]
    );
}

#[tokio::test]
async fn a_row_behind_the_one_without_a_limit_is_refused() {
    let bands =
        BANDS.replace("{ rate = \"0.3\" }", "{ rate = \"0.3\" }, { up_to = 500, rate = 1 }");
    assert_eq!(
        tables(&format!("{bands}{AREAS}")).await,
        [
            "parameters.toml: bands[0].rows[3].up_to: expected no row behind bands[0].rows[2], which \
          has no limit and holds every amount, found 500, from 2025-01-01 to 2026-12-31"
        ]
    );
}

#[tokio::test]
async fn a_tax_without_a_row_for_every_amount_is_refused() {
    let bands = BANDS.replace(", { rate = \"0.3\" }", "");
    let found = tables(&format!("{bands}{AREAS}")).await;
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("bands[0].rows[1].up_to: expected no limit in the last row"));
    assert!(found[0].contains("`tax by brackets(gross, bands)` in tax"), "{found:?}");
    assert!(found[0].ends_with("300, from 2025-01-01 to 2026-12-31: above it there is no row"));
}

#[tokio::test]
async fn a_second_row_for_a_key_is_refused() {
    let areas = AREAS.replace("{ area = \"south\"", "{ area = \"north\"");
    let found = tables(&format!("{BANDS}{areas}")).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("areas[0].rows[1]: expected one row with area = north"), "{found:?}");
    assert!(found[0].contains("areas[0].rows[0] is found before it"), "{found:?}");
}

#[tokio::test]
async fn a_choice_without_a_row_is_warned_of_with_the_days_unless_the_formulas_deal_with_it() {
    let cases = [case("50", "north")];
    let whole = published(TAX, &format!("{BANDS}{AREAS}"), &cases).await;
    let check = of(&whole, CheckName::Tables);
    assert_eq!(said(&check.warnings), Vec::<String>::new(), "abroad is dealt with");
    assert_eq!(check.detail, "2 places look up rows that are whole on every day");

    let later = "[[areas]]\nfrom = 2026-07-01\nsource = \"Act of 2026, s. 2\"\nrows = [{ area = \
                 \"north\", amount = 11 }]\n";
    let report = published(TAX, &format!("{BANDS}{AREAS}{later}"), &cases).await;
    let warnings = said(&of(&report, CheckName::Tables).warnings);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("areas: expected a row with area = south"), "{warnings:?}");
    assert!(warnings[0].ends_with("found none, from 2026-07-01 to 2026-12-31"), "{warnings:?}");
}

#[tokio::test]
async fn rows_that_begin_above_zero_are_warned_of() {
    let lines =
        TAX.replace("tax by brackets(gross, bands)", "gross * (row holding(gross, bands)).rate");
    let over = |text: &str| text.replace("up_to", "over");
    let head = |text: String| {
        text.replace("name = \"up_to\", type = \"money?\"", "name = \"over\", type = \"money\"")
    };
    let bands = over(BANDS).replace("{ rate = \"0.3\" }", "{ over = 900, rate = \"0.3\" }");
    let mut files = files(&lines, &format!("{BANDS}{AREAS}"), &[case("200", "north")]);
    let text = head(String::from_utf8(files["formulas.toml"].clone()).unwrap());
    let component = FormulaText::read("acme-tax", 1, &text).component().unwrap();
    files.insert("component.wasm".to_owned(), component);
    files.insert("formulas.toml".to_owned(), text.into_bytes());
    files.insert("parameters.toml".to_owned(), format!("{bands}{AREAS}").into_bytes());
    let package = Package::from_files(files).unwrap();
    let report = check(&engine(), &package).await.unwrap_or_else(|error| panic!("{error}")).report;
    let warnings = said(&of(&report, CheckName::Tables).warnings);
    assert_eq!(warnings.len(), 1, "{report}");
    assert!(warnings[0].contains("bands[0].rows[0].over: expected a first row from 0"));
    assert!(
        warnings[0].ends_with("found 100, from 2025-01-01 to 2026-12-31: below it there is no row")
    );
}

/// What the check of decimals refuses or warns of.
async fn decimals(formula: &str) -> (Option<String>, Vec<String>) {
    let lines = TAX.replace("round half up(tax by brackets(gross, bands), 2)", formula);
    let parameters = format!("{BANDS}{AREAS}");
    let package = Package::from_files(files(&lines, &parameters, &[case("50", "north")])).unwrap();
    match check(&engine(), &package).await {
        Ok(published) => (None, said(&of(&published.report, CheckName::Decimals).warnings)),
        refused => {
            let report = report_of(refused);
            let failed = report.failed().unwrap();
            assert_eq!(failed.check, CheckName::Decimals, "{report}");
            assert_eq!(failed.errors.len(), 1, "{report}");
            (Some(failed.errors[0].to_string()), Vec::new())
        }
    }
}

#[tokio::test]
async fn an_amount_that_can_have_more_decimals_than_the_currency_is_refused_with_the_way_out() {
    let (refused, _) =
        decimals("round half up(tax by brackets(gross, bands), 2) + gross / 3").await;
    let refused = refused.unwrap();
    let expected = "expected at most 2 decimals in the line tax, as EUR has: `round half up(…, 2)`, or \
                    as the law rounds, found `gross / 3`, which can have as many as fit";
    assert!(refused.ends_with(expected), "{refused}");
    assert!(refused.starts_with("formulas.toml: line 18, column 62: "), "{refused}");

    let (refused, _) = decimals("max(0, tax by brackets(gross, bands))").await;
    assert!(refused.unwrap().ends_with("`tax by brackets(gross, bands)`, which can have 3"));
    let (refused, _) = decimals("round half up(tax by brackets(gross, bands), 3)").await;
    assert!(refused.unwrap().ends_with("which can have 3"));
}

#[tokio::test]
async fn amounts_that_are_rounded_or_have_few_decimals_anyway_are_not_complained_of() {
    for formula in [
        "round half up(tax by brackets(gross, bands), 2)",
        "round down to multiple(tax by brackets(gross, bands), 0.05)",
        "if gross > 100 then floor(tax by brackets(gross, bands)) else decimal(tax by brackets(gross, bands), 2) + 0.25",
        "max(0, min(gross, 100) - round up(tax by brackets(gross, bands), 1), 0.01)",
        "sum(for band in bands return round half up(band.rate * gross, 2))",
        "3 * abs(gross) + gross * count(bands)",
    ] {
        assert_eq!(decimals(formula).await, (None, Vec::new()), "{formula}");
    }
}

#[tokio::test]
async fn a_fact_that_callers_may_hand_in_with_more_decimals_is_warned_of() {
    let mut files = files(TAX, &format!("{BANDS}{AREAS}"), &[case("50", "north")]);
    let text = String::from_utf8(files["formulas.toml"].clone()).unwrap();
    let text = text.replace("minimum = 0, decimals = 2", "minimum = 0");
    let text = text.replace(
        "round half up(tax by brackets(gross, bands), 2)",
        "gross - round half up(tax by brackets(gross, bands), 2)",
    );
    let component = FormulaText::read("acme-tax", 1, &text).component().unwrap();
    files.insert("component.wasm".to_owned(), component);
    files.insert("formulas.toml".to_owned(), text.into_bytes());
    let package = Package::from_files(files).unwrap();
    let report = check(&engine(), &package).await.unwrap_or_else(|error| panic!("{error}")).report;
    let warnings = said(&of(&report, CheckName::Decimals).warnings);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].starts_with("formulas.toml: facts: expected `decimals = 2` where"));
    assert!(warnings[0].ends_with("found none at gross (in the line tax)"), "{warnings:?}");
}

const FINDING: &str = r#"
[[finding]]
name = "much"
severity = "note"
meaning = "Much."
when = "gross > 500"
limit = "if region = \"south\" then 500 else 400"
"#;

#[tokio::test]
async fn branches_and_rows_that_no_case_reaches_are_counted_and_named() {
    let lines = format!("{TAX}{FINDING}");
    let parameters = format!("{BANDS}{AREAS}");
    let report = published(&lines, &parameters, &[case("150", "north")]).await;
    let coverage = report.coverage.unwrap();
    assert_eq!(coverage.branches, Reached { reached: 2, of: 6 });
    assert_eq!(coverage.rows, Reached { reached: 3, of: 5 });
    let check = of(&report, CheckName::Coverage);
    assert_eq!(check.detail, "the cases reach 2 of 6 branches and 3 of 5 rows of tables");
    let warnings = said(&check.warnings);
    for expected in [
        "formulas.toml: line 25, column 12: expected a case that takes the first branch of `if region \
         = \"abroad\" then 0 else areas[area = region][1].amount` in supplement, found none of 1",
        "expected a case in which there holds `gross > 500` in much, when, found none of 1",
        "in much, limit, found none of 1",
        "parameters.toml: bands[0].rows[2]: expected a case that uses the row rate = 0.3, from \
         2025-01-01 to 2026-12-31, found none of 1",
        "parameters.toml: areas[0].rows[1]: expected a case that uses the row area = south, amount = \
         20, from 2025-01-01 to 2026-12-31, found none of 1",
    ] {
        assert!(warnings.iter().any(|said| said.contains(expected)), "{expected}: {warnings:#?}");
    }
    assert_eq!(warnings.len(), 6, "{warnings:#?}");

    let much = |gross, region, limit: &str| {
        let finding = format!("[[expect.findings]]\nfinding = \"much\"\nlimit = \"{limit}\"\n");
        case(gross, region) + &finding
    };
    let cases = [case("50", "north"), much("501", "south", "500"), much("600", "abroad", "400")];
    let report = published(&lines, &parameters, &cases).await;
    let coverage = report.coverage.unwrap();
    assert_eq!((coverage.branches.percent(), coverage.rows.percent()), (100, 100), "{report}");
    assert_eq!(of(&report, CheckName::Coverage).warnings, Vec::new());
}

#[tokio::test]
async fn a_row_counts_again_when_the_law_changes() {
    let later = BANDS.replace("2025-01-01", "2026-01-01").replace("0.3", "0.4");
    let cases = [case("500", "north"), case("500", "south")];
    let report = published(TAX, &format!("{BANDS}{later}{AREAS}"), &cases).await;
    assert_eq!(report.coverage.unwrap().rows, Reached { reached: 5, of: 8 });
    let warnings = said(&of(&report, CheckName::Coverage).warnings);
    assert!(warnings.iter().any(|said| said.contains("bands[1].rows[0]")), "{warnings:?}");
    assert!(warnings.iter().any(|said| said.contains("from 2026-01-01 to 2026-12-31")));
}

#[tokio::test]
async fn too_little_coverage_is_refused_where_the_policy_asks_for_more() {
    let parameters = format!("{BANDS}{AREAS}");
    let package = Package::from_files(files(TAX, &parameters, &[case("50", "north")])).unwrap();
    let under = |branches_percent, rows_percent| Conditions {
        coverage: LeastCoverage { branches_percent, rows_percent },
        ..Conditions::default()
    };
    let report = report_of(check_under(&engine(), &package, under(51, 40)).await);
    let failed = report.failed().unwrap();
    assert_eq!(failed.check, CheckName::Coverage);
    assert!(failed.detail.contains("50 % of the branches, 51 % by the policy"), "{report}");
    assert_eq!(failed.errors.len(), 1, "{report}");
    assert!(report.coverage.is_some());
    let report = report_of(check_under(&engine(), &package, under(50, 41)).await);
    assert!(report.failed().unwrap().detail.contains("40 % of the rows, 41 % by the policy"));
    assert!(check_under(&engine(), &package, under(50, 40)).await.is_ok());
}
