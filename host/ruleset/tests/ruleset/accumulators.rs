//! Facts that are sums of what a rule gave before: declared in the manifest, checked against the rule.

use stele_ruleset::{Accumulated, CheckName, Counted, Manifest, MonthDay, Span, check};

use crate::support::{
    MANIFEST as BONUS, description, engine, files, hostile, package, report_of, repository,
    shipped, with,
};

const MANIFEST: &str = r#"
name = "cn/payroll"
version = "2026.1.0"
kind = "payroll"
jurisdiction = "CN"
languages = ["en"]
currency = "CNY"
decimals = 2
component = "payroll-cn"
[validity]
from = 2025-01-01
until = 2026-12-31
"#;

fn defects(more: &str) -> Vec<String> {
    let text = format!("tax_year_begins = \"04-06\"\n{MANIFEST}\n{more}");
    match Manifest::parse(&text) {
        Ok(_) => Vec::new(),
        Err(defects) => defects.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn a_fact_is_a_sum_a_line_of_the_last_result_or_a_number_of_results() {
    let text = format!(
        "tax_year_begins = \"04-06\"\n{MANIFEST}\n{}",
        r#"
        [[accumulator]]
        fact = "earlier_gross"
        sum = ["gross", "performance_bonus"]
        over = "calendar_year"
        [[accumulator]]
        fact = "earlier_tax_withheld"
        last = "cumulative_tax_withheld"
        over = "tax_year"
        [[accumulator]]
        fact = "months_employed"
        count = "results_with_this"
        over = { months = 12 }
        "#
    );
    let manifest = Manifest::parse(&text).unwrap();
    let declared: Vec<_> = (manifest.accumulators.iter())
        .map(|accumulator| (&*accumulator.fact, &accumulator.of, accumulator.over))
        .collect();
    let sum = Accumulated::Sum(vec!["gross".to_owned(), "performance_bonus".to_owned()]);
    let last = Accumulated::Last("cumulative_tax_withheld".to_owned());
    let count = Accumulated::Count(Counted::ResultsWithThis);
    assert_eq!(
        declared,
        [
            ("earlier_gross", &sum, Span::CalendarYear),
            ("earlier_tax_withheld", &last, Span::TaxYear),
            ("months_employed", &count, Span::Months(12)),
        ]
    );
    assert_eq!(manifest.tax_year_begins, Some(MonthDay { month: 4, day: 6 }));
}

#[test]
fn everything_that_is_wrong_in_form_is_named_at_once() {
    let found = defects(
        r#"
        [[accumulator]]
        fact = "a"
        over = "calendar_year"
        [[accumulator]]
        fact = "b"
        sum = []
        over = "calendar_year"
        [[accumulator]]
        fact = "c"
        sum = ["gross"]
        count = "earlier_results"
        over = "calendar_year"
        [[accumulator]]
        fact = "d"
        sum = ["gross"]
        over = { months = 61 }
        [[accumulator]]
        fact = "d"
        last = "gross"
        over = "decade"
        "#,
    );
    assert_eq!(found.len(), 5, "{found:#?}");
    for (at, part) in
        ["none of them", "1 to 64 items", "several", "1 to 60 months", "decade"].iter().enumerate()
    {
        assert!(found[at].contains(&format!("accumulator[{at}]")), "{found:#?}");
        assert!(found[at].contains(part), "{found:#?}");
    }
    let twice = defects(
        "[[accumulator]]\nfact = \"a\"\nlast = \"b\"\nover = \"employment\"\n[[accumulator]]\nfact \
         = \"a\"\nlast = \"b\"\nover = \"employment\"",
    );
    assert_eq!(twice.len(), 1, "{twice:?}");
    assert!(twice[0].contains("each fact once"), "{twice:?}");
    let none = Manifest::parse(&format!("tax_year_begins = \"02-29\"\n{MANIFEST}")).unwrap_err();
    assert!(none[0].to_string().contains("every year has"), "{none:?}");
    let year =
        format!("{MANIFEST}\n[[accumulator]]\nfact = \"a\"\nlast = \"b\"\nover = \"tax_year\"");
    let year = Manifest::parse(&year).unwrap_err();
    assert!(year[0].to_string().contains("tax_year_begins"), "{year:?}");
}

#[tokio::test]
async fn what_the_rule_does_not_declare_is_refused_at_publication_with_what_was_meant() {
    let accumulators = r#"
        [[accumulator]]
        fact = "numbr"
        last = "answer"
        over = "employment"
        [[accumulator]]
        fact = "number"
        sum = ["answer", "answr"]
        over = "employment"
    "#;
    let mut all = files(hostile("honest", &description()));
    all = with(all, "ruleset.toml", &format!("{BONUS}{accumulators}"));
    let report = report_of(check(&engine(), &package(all)).await);
    let failed = report.failed().unwrap();
    assert_eq!(failed.check, CheckName::Manifest);
    let found: Vec<_> = failed.errors.iter().map(ToString::to_string).collect();
    let unknown = "found the unknown name";
    assert_eq!(
        found,
        [
            format!(
                "ruleset.toml: accumulator[0].fact: expected a fact that callers give, {unknown} \
                 \"numbr\"; did you mean number?"
            ),
            "ruleset.toml: accumulator[1].fact: expected a fact that is a decimal, found \"number\""
                .to_owned(),
            "ruleset.toml: accumulator[1].sum: expected an item in no unit, as the fact number, \
             found answer in points"
                .to_owned(),
            format!(
                "ruleset.toml: accumulator[1].sum: expected an item of the rule, {unknown} \
                 \"answr\"; did you mean answer?"
            ),
        ]
    );
}

#[tokio::test]
async fn sums_of_another_measure_are_refused() {
    let manifest = repository().join("rulesets/gb/payroll/ruleset.toml");
    let manifest = std::fs::read_to_string(manifest).unwrap();
    let wrong =
        "[[accumulator]]\nfact = \"minimum_wage_hours\"\nsum = [\"gross\"]\nover = \"tax_year\"\n";
    assert!(manifest.contains("tax_year_begins"));
    let files = shipped("gb/payroll");
    let files = files.files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
    let all = with(files.collect(), "ruleset.toml", &format!("{manifest}\n{wrong}"));
    let report = report_of(check(&engine(), &package(all)).await);
    let found: Vec<_> = report.failed().unwrap().errors.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("an item in hours"), "{found:#?}");
    assert!(found[0].contains("gross in GBP"), "{found:#?}");
}
