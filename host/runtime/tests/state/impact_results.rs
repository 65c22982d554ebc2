//! A report over recorded results: what a candidate would have changed of what people were paid.

use std::sync::Arc;

use jiff::civil::{Date, date};
use serde_json::{Map, json};
use stele_runtime::{
    ActivationDraft, CalculationRequest, Computed, Covered, Differences, EmploymentId,
    ImpactContent, ImpactPopulation, ImpactRequest, PaidFilter, Recording, Runtime,
};

use crate::employments;
use crate::impacts::{
    NAME, SLOT, above, asking, company, content, finished, publish, wage_package,
};
use crate::support::{acme, draft, employee, facts, on_disk, put, slot, somebody};

/// Pays an employee, or somebody with these facts, on a day, and records it.
async fn pay(
    runtime: &Runtime,
    who: Option<&str>,
    date: Date,
    own: Map<String, serde_json::Value>,
) {
    pay_in(runtime, (who, None), date, own).await;
}

/// The same in one of the employee's employments.
async fn pay_in(
    runtime: &Runtime,
    (who, employment): (Option<&str>, Option<&str>),
    date: Date,
    own: Map<String, serde_json::Value>,
) {
    let request = CalculationRequest {
        employment: employment.map(|name| EmploymentId::new(name).unwrap()),
        outside_employment: false,
        slot: slot(SLOT),
        date,
        known_at: None,
        employee: who.map(employee),
        facts: own,
        explain: false,
        record: true,
    };
    let mut result = runtime.calculate(&acme(), request).await.unwrap();
    let mut recording = Recording::new(&acme());
    recording.add(&mut result).unwrap();
    runtime.record(&somebody(), recording, None).await.unwrap();
}

fn over(runtime: &Arc<Runtime>, version: &str, from: Date, to: Date) -> ImpactRequest {
    let filter = PaidFilter { slot: slot(SLOT), from, to };
    let population = ImpactPopulation::Results(filter, runtime.paid_results(&acme()));
    ImpactRequest { population, dates: Vec::new(), ..asking(version) }
}

/// The year so far, over what was paid in it.
async fn paid(runtime: &Arc<Runtime>, version: &str) -> ImpactContent {
    content(runtime, over(runtime, version, date(2020, 1, 1), date(2020, 12, 31))).await
}

fn day(month: i8) -> Date {
    date(2020, month, 28)
}

/// A day, the version that it was paid with, and for how many it differs.
fn days(content: &ImpactContent) -> Vec<(Date, &str, u64)> {
    let days = content.dates.iter();
    days.map(|day| (day.date, day.in_force.as_ref().unwrap().version.as_str(), day.affected))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_known_now_does_not_change_what_was_paid() {
    let runtime = crate::support::empty().await;
    company(&runtime, 3).await;
    publish(&runtime, wage_package("2.0.0", "", &above(2))).await;
    for name in ["e01", "e02", "e03"] {
        pay(&runtime, Some(name), day(1), Map::new()).await;
    }
    pay(&runtime, Some("e01"), day(2), facts(json!(7))).await;
    // Everybody has another number since, and another version is in force.
    for name in ["e01", "e02", "e03"] {
        put(&runtime, name, &[(date(2020, 1, 1), 100)]).await;
    }
    let later = ActivationDraft {
        slot: SLOT.to_owned(),
        ruleset: NAME.to_owned(),
        ..draft("2.0.0", date(2020, 1, 1))
    };
    runtime.activate(&somebody(), &acme(), later).await.unwrap();

    let content = paid(&runtime, "2.0.0").await;
    // Of 1, 2 and 3 in January one is above 2, and the 7 that was given in February.
    assert_eq!(days(&content), [(day(1), "1.0.0", 1), (day(2), "1.0.0", 1)]);
    assert_eq!((content.employees, content.affected), (3, 2));
    let totals = &content.items[0].totals;
    let sums = [&totals.before, &totals.after, &totals.difference].map(String::as_str);
    assert_eq!(sums, ["0.53", "0.55", "0.02"]);
    assert_eq!(content.computed, Some(Computed { calculations: 4, of: 4 }));
    assert!(content.dates.iter().all(|day| day.activation.is_none()));
    let [first, second] = content.largest.as_slice() else { panic!("{:?}", content.largest) };
    assert_eq!((first.employee.as_str(), first.date), ("e01", day(2)));
    assert_eq!((second.employee.as_str(), second.date), ("e03", day(1)));
    let shown = |view: &Option<stele_runtime::InLanguages<serde_json::Value>>| {
        view.as_ref().unwrap().in_languages["en"]["lines"][0]["amount"].clone()
    };
    assert_eq!((shown(&first.in_force), shown(&first.candidate)), (json!("0.17"), json!("0.18")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_result_of_an_employee_and_a_day_counts_and_days_are_chosen() {
    let runtime = crate::support::empty().await;
    company(&runtime, 1).await;
    publish(&runtime, wage_package("2.0.0", "", &above(2))).await;
    pay(&runtime, Some("e01"), day(1), facts(json!(50))).await;
    pay(&runtime, Some("e01"), day(1), facts(json!(60))).await;
    pay(&runtime, Some("e01"), day(3), Map::new()).await;
    // Two that are nobody's are two.
    pay(&runtime, None, day(1), facts(json!(5))).await;
    pay(&runtime, None, day(1), facts(json!(5))).await;
    let january = over(&runtime, "2.0.0", date(2020, 1, 1), date(2020, 1, 31));
    let report = finished(&runtime, january).await;
    assert_eq!(report.dates, [day(1)]);
    let content = runtime.impact_content(&acme(), report.id).await.unwrap().unwrap();
    assert_eq!((content.employees, content.superseded), (3, Some(1)));
    assert_eq!(content.items[0].totals.before, "1.00");
    // Nobody is paid by what was calculated for nobody, and of e01 a number is known.
    assert_eq!(report.covered, Some(Covered { people: 0, of: 1 }));
    let march = over(&runtime, "2.0.0", date(2020, 3, 1), date(2020, 3, 31));
    let report = finished(&runtime, march).await;
    assert_eq!(report.covered, Some(Covered { people: 1, of: 1 }));
    let nothing = over(&runtime, "2.0.0", date(2020, 5, 1), date(2020, 5, 31));
    let report = finished(&runtime, nothing).await;
    let content = runtime.impact_content(&acme(), report.id).await.unwrap().unwrap();
    assert_eq!((content.employees, content.differences), (0, Differences::None));
    assert_eq!(report.covered, Some(Covered { people: 0, of: 1 }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_paid_in_another_employment_corrects_nothing() {
    let runtime = crate::support::empty().await;
    company(&runtime, 1).await;
    publish(&runtime, wage_package("2.0.0", "", &above(2))).await;
    // Before anybody told two employments apart.
    pay(&runtime, Some("e01"), day(1), facts(json!(1))).await;
    let number = |number: i64| json!({ "number": [["2020-01-01", number]] });
    let two = json!({ "first": number(3), "second": number(4) });
    employments::put(&runtime, "e01", employments::draft(&json!({}), &two)).await.unwrap();
    for month in [1, 2] {
        for employment in ["first", "second"] {
            pay_in(&runtime, (Some("e01"), Some(employment)), day(month), Map::new()).await;
        }
    }
    pay_in(&runtime, (Some("e01"), Some("second")), day(2), facts(json!(50))).await;
    let content = paid(&runtime, "2.0.0").await;
    assert_eq!((content.employees, content.superseded), (3, Some(1)));
    assert_eq!(content.computed, Some(Computed { calculations: 5, of: 5 }));
    // 1, 3 and 4 in January, 3 and 50 in February, each with 10; those above 2 get one more.
    assert_eq!(days(&content), [(day(1), "1.0.0", 2), (day(2), "1.0.0", 2)]);
    let totals = &content.items[0].totals;
    assert_eq!((totals.before.as_str(), totals.difference.as_str()), ("1.11", "0.04"));
    let mut largest: Vec<&str> =
        content.largest.iter().map(|change| change.employee.as_str()).collect();
    largest.sort_unstable();
    assert_eq!(largest, ["e01/first", "e01/second"]);
    for change in &content.largest {
        let shown = &change.candidate.as_ref().unwrap().in_languages["en"]["lines"][0]["amount"];
        let [one, other] = match change.employee.as_str() {
            "e01/first" => ["0.14", "0.14"],
            _ => ["0.15", "0.61"],
        };
        assert!(shown == one || shown == other, "{}: {shown}", change.employee);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_that_was_paid_with_two_versions_is_compared_with_each() {
    let runtime = crate::support::empty().await;
    company(&runtime, 4).await;
    publish(&runtime, wage_package("2.0.0", "", &above(2))).await;
    pay(&runtime, Some("e03"), day(1), Map::new()).await;
    let later = ActivationDraft {
        slot: SLOT.to_owned(),
        ruleset: NAME.to_owned(),
        ..draft("2.0.0", date(2020, 1, 1))
    };
    runtime.activate(&somebody(), &acme(), later).await.unwrap();
    pay(&runtime, Some("e04"), day(1), Map::new()).await;
    let content = paid(&runtime, "2.0.0").await;
    assert_eq!(days(&content), [(day(1), "1.0.0", 1), (day(1), "2.0.0", 0)]);
    assert_eq!(content.affected, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn facts_that_the_candidate_refuses_are_failures_and_the_report_incomplete() {
    let runtime = crate::support::empty().await;
    company(&runtime, 3).await;
    let fails = "(if (i64.gt_s (call $number (local.get $facts)) (i64.const 2))
       (then (return (call $fault (i32.const 1296) (i32.const 6)))))";
    publish(&runtime, wage_package("2.0.0", fails, "(i64.const 0)")).await;
    for name in ["e01", "e02", "e03"] {
        pay(&runtime, Some(name), day(1), Map::new()).await;
    }
    let content = paid(&runtime, "2.0.0").await;
    assert_eq!(content.computed, Some(Computed { calculations: 2, of: 3 }));
    assert_eq!(content.newly_failing.listed[0].employee, "e03");
}

/// More people than one page, recorded in another order, and read again after a restart.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_people_are_added_up_whatever_the_order_they_were_paid_in() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = on_disk(folder.path()).await;
    company(&runtime, 0).await;
    publish(&runtime, wage_package("2.0.0", "", &above(2))).await;
    for month in 1..=2 {
        let mut recording = Recording::new(&acme());
        for number in 0..600_i64 {
            let request = CalculationRequest {
                employment: None,
                outside_employment: false,
                slot: slot(SLOT),
                date: day(month),
                known_at: None,
                employee: None,
                facts: facts(json!(number * 7 % 600)),
                explain: false,
                record: true,
            };
            let mut result = runtime.calculate(&acme(), request).await.unwrap();
            if recording.len() == stele_runtime::LARGEST_RECORDING {
                let full = std::mem::replace(&mut recording, Recording::new(&acme()));
                runtime.record(&somebody(), full, None).await.unwrap();
            }
            recording.add(&mut result).unwrap();
        }
        runtime.record(&somebody(), recording, None).await.unwrap();
    }
    let first = paid(&runtime, "2.0.0").await;
    assert_eq!((first.employees, first.affected), (1200, 1194));
    assert_eq!(first.items[0].totals.difference, "11.94");
    assert_eq!(first.items[0].totals.before, "3714.00");
    // Whoever made the report has the folder until they have left.
    while Arc::strong_count(&runtime) > 1 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    drop(runtime);
    let runtime = on_disk(folder.path()).await;
    let again = paid(&runtime, "2.0.0").await;
    let same = ImpactContent { salt: first.salt.clone(), known_at: first.known_at, ..again };
    assert_eq!(same, first);
}
