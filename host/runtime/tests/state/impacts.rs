//! What an impact report says, and to whom.

use std::sync::Arc;

use jiff::civil::{Date, date};
use serde_json::{Map, Value, json};
use stele_ruleset::Package;
use stele_runtime::{
    Computed, DecimalMark, Differences, EmployeeFile, ImpactContent, ImpactPopulation,
    ImpactReport, ImpactRequest, ImpactStage, ImportOptions, Precondition, Runtime, Scope,
    TenantId,
};

use crate::rulesets::{self, MANIFEST, case, description, from_text, with};
use crate::support::{
    acme, activate, draft, employee, empty, facts, furnished, put, slot, somebody, tenant,
    without_approvals,
};

pub(crate) const NAME: &str = "test/wage";
pub(crate) const SLOT: &str = "wage";

/// A rule that pays number + bonus cents, and `extra` more; `before` comes before the line is made
/// and may end the evaluation, `after` may add to the answer.
pub(crate) fn wage_with(version: &str, before: &str, extra: &str, after: &str) -> Vec<u8> {
    wage_in("answer", version, before, extra, after)
}

/// The same, with the item's category.
pub(crate) fn wage_in(
    category: &str,
    version: &str,
    before: &str,
    extra: &str,
    after: &str,
) -> Vec<u8> {
    let body = format!(
        "(func $evaluate (param $self i32) (param $facts i32) (param $count i32)
           (param $explain i32) (result i32)
           (local $answer i32)
           {before}
           (local.set $answer (call $line (i32.const 0)
             (i64.add (i64.add (call $number (local.get $facts)) (global.get $bonus)) {extra})))
           (i32.store8 (i32.const 1097) (i32.const 2))
           {after}
           (local.get $answer))"
    );
    let mut description = description();
    description.items[0].unit = None;
    description.items[0].category = category.to_owned();
    let manifest = MANIFEST
        .replace("test/bonus", NAME)
        .replace("1.0.0", version)
        .replace("component = ", "currency = \"CNY\"\ndecimals = 2\ncomponent = ");
    let files = rulesets::files(from_text(&body, &description));
    let files = with(files, "ruleset.toml", &manifest);
    let files = with(files, "cases/one.toml", &case("1", "0.11"));
    let files = with(files, "cases/two.toml", &case("2", "0.12"));
    rulesets::package(files).write().unwrap()
}

pub(crate) fn wage_package(version: &str, before: &str, extra: &str) -> Vec<u8> {
    wage_with(version, before, extra, "")
}

/// True for one number, as 1.
fn is(number: i64) -> String {
    format!("(i64.extend_i32_u (i64.eq (call $number (local.get $facts)) (i64.const {number})))")
}

/// True for every number greater than one, as 1.
pub(crate) fn above(number: i64) -> String {
    format!("(i64.extend_i32_u (i64.gt_s (call $number (local.get $facts)) (i64.const {number})))")
}

/// The version in force, and the employees e01 … with the numbers 1 … of the last argument.
pub(crate) async fn company(runtime: &Arc<Runtime>, employees: i64) {
    runtime.create_tenant(&somebody(), acme(), "Acme").await.unwrap();
    without_approvals(runtime, &acme()).await;
    publish(runtime, wage_package("1.0.0", "", "(i64.const 0)")).await;
    let draft = stele_runtime::ActivationDraft {
        slot: SLOT.to_owned(),
        ruleset: NAME.to_owned(),
        ..draft("1.0.0", date(2020, 1, 1))
    };
    runtime.activate(&somebody(), &acme(), draft).await.unwrap();
    for number in 1..=employees {
        put(runtime, &format!("e{number:02}"), &[(date(2020, 1, 1), number)]).await;
    }
}

pub(crate) async fn publish(runtime: &Runtime, package: Vec<u8>) {
    runtime.publish(&somebody(), Scope::Everyone, package).await.unwrap();
}

/// The days of 2020 on which pay is due.
pub(crate) fn months(count: i8) -> Vec<Date> {
    (1..=count).map(|month| date(2020, month, 28)).collect()
}

pub(crate) fn asking(version: &str) -> ImpactRequest {
    ImpactRequest {
        slot: slot(SLOT),
        ruleset: NAME.to_owned(),
        version: version.to_owned(),
        population: ImpactPopulation::All,
        dates: months(2),
        facts: Map::new(),
    }
}

/// Waits until the report has ended.
pub(crate) async fn ended(
    runtime: &Arc<Runtime>,
    tenant: &TenantId,
    asked: &ImpactReport,
) -> ImpactReport {
    if let Some(mut following) = runtime.follow_impact(tenant, asked.id) {
        while following.changed().await.is_ok() {}
    }
    runtime.impact_report(tenant, asked.id).await.unwrap().unwrap()
}

/// The report of a request, which must be finished.
pub(crate) async fn finished(runtime: &Arc<Runtime>, request: ImpactRequest) -> ImpactReport {
    let asked = runtime.request_impact(&somebody(), &acme(), request).await.unwrap();
    assert_eq!(asked.state, ImpactStage::Running);
    let report = ended(runtime, &acme(), &asked).await;
    assert_eq!(report.state, ImpactStage::Finished, "{report:?}");
    report
}

pub(crate) async fn content(runtime: &Arc<Runtime>, request: ImpactRequest) -> ImpactContent {
    let report = finished(runtime, request).await;
    runtime.impact_content(&acme(), report.id).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unchanged_candidate_gives_an_empty_report() {
    let runtime = empty().await;
    company(&runtime, 5).await;
    publish(&runtime, wage_package("1.0.1", "", "(i64.const 0)")).await;
    for version in ["1.0.0", "1.0.1"] {
        let content = content(&runtime, asking(version)).await;
        assert_eq!(content.differences, Differences::None);
        assert_eq!((content.employees, content.affected), (5, 0));
        assert_eq!(content.computed, Some(Computed { calculations: 10, of: 10 }));
        assert!(content.items.is_empty() && content.largest.is_empty());
        assert!(content.findings.is_empty());
        assert!(content.dates.iter().all(|date| date.items.is_empty() && date.affected == 0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_cent_for_one_employee_shows() {
    let runtime = empty().await;
    company(&runtime, 20).await;
    publish(&runtime, wage_package("2.0.0", "", &is(7))).await;
    let content = content(&runtime, asking("2.0.0")).await;
    assert_eq!(content.differences, Differences::Some);
    assert_eq!((content.employees, content.affected), (20, 1));
    let [item] = content.items.as_slice() else { panic!("{:?}", content.items) };
    let totals = &item.totals;
    // 20 numbers from 1, each with a bonus of 10 cents, on two dates.
    let sums = [&totals.before, &totals.after, &totals.difference].map(String::as_str);
    assert_eq!(sums, ["8.20", "8.22", "0.02"]);
    assert_eq!((totals.code.as_str(), totals.unit.as_deref()), ("answer", Some("CNY")));
    assert_eq!((totals.changed, item.employees), (2, 1));
    assert_eq!(item.histogram.len(), 1);
    assert_eq!(item.histogram[0].from.as_deref(), Some("0.01"));
    assert_eq!(item.histogram[0].calculations, 2);
    assert_eq!(content.dates[1].affected, 1);
    assert_eq!(content.dates[1].items[0].difference, "0.01");

    let [change] = content.largest.as_slice() else { panic!("{:?}", content.largest) };
    assert_eq!((change.employee.as_str(), change.date), ("e07", date(2020, 1, 28)));
    assert_eq!(change.difference.as_deref(), Some("0.01"));
    let amount = |view: &Option<stele_runtime::InLanguages<Value>>, language: &str| {
        let view = &view.as_ref().unwrap().in_languages[language];
        (view["lines"][0]["label"].clone(), view["lines"][0]["amount"].clone())
    };
    assert_eq!(amount(&change.in_force, "en"), (json!("Answer"), json!("0.17")));
    assert_eq!(amount(&change.candidate, "zh"), (json!("结果"), json!("0.18")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_employee_whose_calculation_newly_fails_is_named_and_in_no_total() {
    let runtime = empty().await;
    company(&runtime, 5).await;
    let fails = "(if (i64.eq (call $number (local.get $facts)) (i64.const 3))
       (then (return (call $fault (i32.const 1296) (i32.const 6)))))";
    publish(&runtime, wage_package("2.0.0", fails, "(i64.const 0)")).await;
    let content = content(&runtime, asking("2.0.0")).await;
    assert_eq!((content.affected, content.differences), (1, Differences::Some));
    let failing = &content.newly_failing;
    assert_eq!((failing.calculations, failing.employees), (2, 1));
    let [listed] = failing.listed.as_slice() else { panic!("{failing:?}") };
    assert_eq!((listed.employee.as_str(), listed.dates), ("e03", 2));
    assert!(listed.reason.contains("a text"), "{}", listed.reason);
    assert!(content.items.is_empty() && content.largest.is_empty(), "{:?}", content.items);

    // The other way round: what fails in force and not with the candidate.
    let back = runtime
        .activate(
            &somebody(),
            &acme(),
            stele_runtime::ActivationDraft {
                slot: SLOT.to_owned(),
                ruleset: NAME.to_owned(),
                ..draft("2.0.0", date(2020, 2, 1))
            },
        )
        .await;
    back.unwrap();
    let content = self::content(&runtime, asking("1.0.0")).await;
    assert_eq!((content.newly_failing.employees, content.newly_succeeding.employees), (0, 1));
    assert_eq!(content.newly_succeeding.listed[0].date, date(2020, 2, 28));
    assert_eq!(content.dates.iter().map(|date| date.affected).collect::<Vec<_>>(), [0, 1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trap_costs_one_employee_and_who_is_not_known_yet_is_not_calculated() {
    let runtime = empty().await;
    company(&runtime, 5).await;
    let traps = "(if (i64.eq (call $number (local.get $facts)) (i64.const 4))
       (then (unreachable)))";
    publish(&runtime, wage_package("2.0.0", traps, "(i64.const 0)")).await;
    // Not known yet on the first date.
    put(&runtime, "e99", &[(date(2020, 2, 1), 9)]).await;
    let content = content(&runtime, asking("2.0.0")).await;
    assert_eq!((content.failing_in_both, content.absent), (0, Some(1)));
    let listed: Vec<_> =
        content.newly_failing.listed.iter().map(|failing| failing.employee.as_str()).collect();
    assert_eq!(listed, ["e04"]);
    assert_eq!((content.employees, content.affected), (6, 1));
}

/// The same version, which leaves something out that every number touches.
fn leaving_out(package: &[u8]) -> Vec<u8> {
    let package = Package::read(package).unwrap();
    let files = package.files().map(|(path, content)| (path.to_owned(), content.to_vec()));
    let mut files: rulesets::Files = files.collect();
    let mut add = |path: &str, text: &str| {
        files.entry(path.to_owned()).or_default().extend_from_slice(text.as_bytes());
    };
    let when = "when = { fact = \"number\" }";
    add("ruleset.toml", &format!("[[leaves_out]]\nname = \"tips\"\nwhat = \"No tips.\"\n{when}\n"));
    add("texts/zh.toml", "[leaves_out]\ntips = \"不含小费。\"\n");
    rulesets::package(files).write().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_candidate_leaves_out_is_counted_like_a_finding_of_its_rule() {
    let runtime = empty().await;
    company(&runtime, 5).await;
    publish(&runtime, leaving_out(&wage_package("1.0.1", "", "(i64.const 0)"))).await;
    let content = content(&runtime, asking("1.0.1")).await;
    let [finding] = content.findings.as_slice() else { panic!("{:?}", content.findings) };
    assert_eq!((&*finding.code, &*finding.severity), ("not_covered", "warning"));
    assert_eq!((finding.appearing.findings, finding.appearing.employees), (10, 5));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn findings_that_appear_are_counted_with_their_employees() {
    let runtime = empty().await;
    company(&runtime, 30).await;
    let find = "(memory.fill (i32.const 1152) (i32.const 0) (i32.const 72))
       (i32.store (i32.const 1036) (i32.const 1152))
       (i32.store (i32.const 1040) (i64.gt_s (call $number (local.get $facts)) (i64.const 10)))";
    publish(&runtime, wage_with("2.0.0", "", "(i64.const 0)", find)).await;
    let content = content(&runtime, asking("2.0.0")).await;
    let [finding] = content.findings.as_slice() else { panic!("{:?}", content.findings) };
    assert_eq!((finding.code.as_str(), finding.severity.as_str()), ("too_much", "warning"));
    assert_eq!((finding.appearing.findings, finding.appearing.employees), (40, 20));
    assert_eq!(finding.appearing.sample.len(), 10);
    assert_eq!(finding.appearing.sample[0], "e11");
    assert_eq!((finding.vanishing.findings, finding.changing.findings), (0, 0));
    assert_eq!(finding.sentence.in_languages["en"], "… is more than ….");
    assert!(content.items.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_nothing_is_in_force_everything_is_new() {
    let runtime = empty().await;
    company(&runtime, 2).await;
    let request = ImpactRequest { slot: slot("other"), ..asking("1.0.0") };
    let content = content(&runtime, request).await;
    assert!(content.dates.iter().all(|date| date.in_force.is_none()));
    assert_eq!((content.affected, content.differences), (2, Differences::Some));
    let totals = &content.items[0].totals;
    assert_eq!((totals.before.as_str(), totals.after.as_str()), ("0.00", "0.46"));
    assert_eq!(content.largest[0].in_force, None);
    assert_eq!(content.largest[0].lines[0].before, None);
    assert_eq!(content.largest[0].employee, "e02");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_date_is_compared_with_what_is_in_force_on_it() {
    let runtime = furnished().await;
    activate(&runtime, "1.0.0", date(2020, 1, 1)).await;
    activate(&runtime, "2.0.0", date(2020, 2, 1)).await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 5)]).await;
    let request = ImpactRequest {
        slot: slot(crate::support::SLOT),
        ruleset: crate::support::NAME.to_owned(),
        dates: months(3),
        ..asking("2.0.0")
    };
    let content = content(&runtime, request).await;
    let seen: Vec<_> = content
        .dates
        .iter()
        .map(|date| (date.in_force.as_ref().unwrap().version.as_str(), date.affected))
        .collect();
    assert_eq!(seen, [("1.0.0", 1), ("2.0.0", 0), ("2.0.0", 0)]);
    assert_eq!(content.items[0].totals.difference, "10");
    assert_eq!(content.items[0].totals.unit.as_deref(), Some("points"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_population_is_everyone_some_employees_or_facts_that_need_none() {
    let runtime = empty().await;
    company(&runtime, 5).await;
    publish(&runtime, wage_package("2.0.0", "", &is(3))).await;
    let listed = ImpactPopulation::Employees(vec![employee("e04"), employee("e03")]);
    let content = content(&runtime, ImpactRequest { population: listed, ..asking("2.0.0") }).await;
    assert_eq!((content.employees, content.affected), (2, 1));
    let sample = |number: i64| (employee(&format!("s{number}")), facts(json!(number)));
    let inline = ImpactPopulation::Facts(vec![sample(3), sample(2), sample(1)]);
    let request = ImpactRequest { population: inline, ..asking("2.0.0") };
    let content = self::content(&runtime, request).await;
    assert_eq!((content.employees, content.affected), (3, 1));
    assert_eq!(content.largest[0].employee, "s3");
    // Facts for everyone go before attributes.
    let request = ImpactRequest { facts: facts(json!(3)), ..asking("2.0.0") };
    assert_eq!(self::content(&runtime, request).await.affected, 5);
    // A deleted employee is none.
    let gone = employee("e03");
    runtime.delete_employee(&somebody(), &acme(), &gone, Precondition::None).await.unwrap();
    assert_eq!(self::content(&runtime, asking("2.0.0")).await.affected, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_employees_give_the_same_report_twice() {
    let runtime = empty().await;
    company(&runtime, 0).await;
    publish(&runtime, wage_package("2.0.0", "", &is(700))).await;
    // The cases have the numbers 1 and 2, which stay as they are.
    let twice = format!("(i64.mul (call $number (local.get $facts)) {})", above(2));
    publish(&runtime, wage_package("3.0.0", "", &twice)).await;
    let rows = (1..=1000).map(|number| format!("e{number:04},2020-01-01,{number}\n"));
    let file = EmployeeFile::csv(
        "id,from,number\n".to_owned() + &rows.collect::<String>(),
        DecimalMark::Point,
    );
    let imported = runtime
        .import_employees(&somebody(), &acme(), file, ImportOptions::default())
        .await
        .unwrap();
    assert!(imported.is_imported());
    let one = content(&runtime, asking("2.0.0")).await;
    assert_eq!((one.employees, one.affected), (1000, 1));
    let first = content(&runtime, asking("3.0.0")).await;
    let second = content(&runtime, asking("3.0.0")).await;
    assert_eq!(first.largest.len(), 20);
    assert_eq!(first.largest[0].employee, "e1000");
    assert_eq!(first.items[0].totals.difference, "10009.94");
    // What was asked later is known later, and each has its own salt.
    let same = ImpactContent { salt: first.salt.clone(), known_at: first.known_at, ..second };
    assert_eq!(same, first);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_tenants_do_not_see_each_others_reports() {
    let runtime = empty().await;
    company(&runtime, 2).await;
    let other = tenant("other");
    runtime.create_tenant(&somebody(), other.clone(), "Other").await.unwrap();
    let report = finished(&runtime, asking("1.0.0")).await;
    assert!(runtime.impact_report(&other, report.id).await.unwrap().is_none());
    assert!(runtime.impact_content(&other, report.id).await.unwrap().is_none());
    assert!(runtime.finished_impact(&other, report.id).await.unwrap().is_none());
    assert!(runtime.impact_reports(&other, None, 10).await.unwrap().reports.is_empty());
    // Nor each other's employees.
    let asked = runtime.request_impact(&somebody(), &other, asking("1.0.0")).await.unwrap();
    let report = ended(&runtime, &other, &asked).await;
    assert_eq!(runtime.impact_content(&other, report.id).await.unwrap().unwrap().employees, 0);
}
