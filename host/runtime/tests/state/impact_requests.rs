//! Asking for impact reports, and what is kept of them.

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::date;
use serde_json::json;
use stele_runtime::{
    ImpactError, ImpactPopulation, ImpactReports, ImpactRequest, ImpactStage, Runtime, Settings,
};
use stele_store::{
    AuditDraft, Change, Commit, Digest, Door, ImpactReportDraft, ImpactState, Log, MemoryStore,
    Store,
};
use uuid::Uuid;

use crate::impacts::{
    NAME, SLOT, above, asking, company, ended, finished, months, publish, wage_package,
};
use crate::support::{acme, employee, empty, facts, put, settings, somebody, tenant};

/// The pointers of everything that is wrong with a request.
async fn refused(runtime: &Arc<Runtime>, request: ImpactRequest) -> Vec<String> {
    match runtime.request_impact(&somebody(), &acme(), request).await {
        Err(ImpactError::Invalid(errors)) => {
            errors.into_iter().map(|error| error.pointer).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_request_is_named_at_once() {
    let runtime = empty().await;
    company(&runtime, 2).await;
    let unknown = ImpactRequest {
        version: "9.0.0".to_owned(),
        population: ImpactPopulation::Employees(vec![
            employee("e01"),
            employee("nobody"),
            employee("e01"),
        ]),
        dates: vec![date(2020, 1, 1), date(2020, 1, 1)],
        ..asking("1.0.0")
    };
    let found = refused(&runtime, unknown).await;
    let expected =
        ["/candidate/version", "/dates/1", "/population/employees/2", "/population/employees/1"];
    assert_eq!(found, expected);
    let request = ImpactRequest { ruleset: "no/such".to_owned(), ..asking("1.0.0") };
    assert_eq!(refused(&runtime, request).await, ["/candidate/ruleset"]);
    let outside = vec![date(2019, 12, 31), date(2020, 1, 1), date(2022, 1, 1)];
    let request = ImpactRequest { dates: outside, ..asking("1.0.0") };
    assert_eq!(refused(&runtime, request).await, ["/dates/0", "/dates/2"]);
    let first = date(2020, 1, 1);
    let many = (0..61).map(|day| first.checked_add(jiff::Span::new().days(day)).unwrap());
    let request = ImpactRequest { dates: many.collect(), ..asking("1.0.0") };
    assert_eq!(refused(&runtime, request).await, ["/dates"]);
    assert_eq!(
        refused(&runtime, ImpactRequest { dates: vec![], ..asking("1.0.0") }).await,
        ["/dates"]
    );
    let nobody = ImpactPopulation::Facts(Vec::new());
    let request = ImpactRequest { population: nobody, ..asking("1.0.0") };
    assert_eq!(refused(&runtime, request).await, ["/population/facts"]);
    let twice = vec![(employee("a"), facts(json!(1))), (employee("a"), facts(json!(2)))];
    let request = ImpactRequest { population: ImpactPopulation::Facts(twice), ..asking("1.0.0") };
    assert_eq!(refused(&runtime, request).await, ["/population/facts/1/id"]);
    let other = runtime.request_impact(&somebody(), &tenant("other"), asking("1.0.0")).await;
    assert!(matches!(other, Err(ImpactError::UnknownTenant(_))), "{other:?}");
    // Nothing of all this was kept.
    assert!(runtime.impact_reports(&acme(), None, 10).await.unwrap().reports.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_finished_report_is_bound_to_its_content_and_stands_in_the_audit_log() {
    let runtime = empty().await;
    company(&runtime, 3).await;
    let report = finished(&runtime, asking("1.0.0")).await;
    let bound = runtime.finished_impact(&acme(), report.id).await.unwrap().unwrap();
    assert_eq!((bound.slot.as_str(), bound.ruleset.as_str()), (SLOT, NAME));
    assert_eq!((bound.version.as_str(), bound.dates), ("1.0.0", months(2)));
    assert_eq!(Some(bound.content_digest.to_string()), report.content_digest);
    assert_eq!((bound.digest, bound.known_at), (report.candidate.digest, report.known_at));
    let audit = runtime.audit(Some(&acme()), 0, 100).await.unwrap();
    let entries: Vec<_> =
        audit.iter().filter(|entry| entry.subject == report.id.to_string()).collect();
    let actions: Vec<_> = entries.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["impact.requested", "impact.finished"]);
    assert_eq!(Some(entries[1].digest.to_string()), report.content_digest);
    // Two reports that say the same have different digests: nothing can be guessed from them.
    let again = finished(&runtime, asking("1.0.0")).await;
    assert_ne!(again.content_digest, report.content_digest);
    let page = runtime.impact_reports(&acme(), None, 1).await.unwrap();
    assert_eq!((page.reports[0].id, page.next), (again.id, Some(again.id)));
    let page = runtime.impact_reports(&acme(), page.next, 1).await.unwrap();
    assert_eq!((page.reports[0].id, page.next), (report.id, None));
}

#[tokio::test]
async fn a_report_that_is_stopped_is_failed_and_says_so() {
    let runtime = empty().await;
    company(&runtime, 3).await;
    // On one thread the work has not begun when it is stopped.
    let asked = runtime.request_impact(&somebody(), &acme(), asking("1.0.0")).await.unwrap();
    assert_eq!(runtime.stop_impact_reports(Duration::from_secs(60)).await, 0);
    let report = runtime.impact_report(&acme(), asked.id).await.unwrap().unwrap();
    assert_eq!(report.state, ImpactStage::Failed);
    assert!(report.reason.unwrap().contains("the server stopped"));
    assert!(runtime.finished_impact(&acme(), asked.id).await.unwrap().is_none());
    assert!(runtime.impact_content(&acme(), asked.id).await.unwrap().is_none());
}

#[tokio::test]
async fn a_report_that_was_being_made_when_the_server_died_is_failed_after_the_restart() {
    let store = Arc::new(Door::new(MemoryStore::new().unwrap()).unwrap());
    let runtime = Runtime::with_store(store.clone(), settings()).await.unwrap();
    company(&runtime, 1).await;
    let known = finished(&runtime, asking("1.0.0")).await;
    // What a death leaves: the record of the request and nothing after it.
    let record = stele_store::TrustStore::impact_report(&*store, &acme(), known.id).await;
    let id = Uuid::now_v7();
    let draft = ImpactReportDraft {
        tenant: acme(),
        id,
        request: record.unwrap().unwrap().request,
        state: ImpactState::Running,
        content: None,
    };
    let audit = AuditDraft {
        log: Log::Tenant(acme()),
        action: "impact.requested".to_owned(),
        subject: id.to_string(),
        digest: Digest::ZERO,
        about: None,
    };
    let actor = stele_store::Actor { subject: Uuid::nil(), name: "test".to_owned() };
    let changes = vec![Change::PutImpactReport(Box::new(draft))];
    store
        .commit(Commit { actor, expect: Vec::new(), changes, audit, response: None })
        .await
        .unwrap();
    drop(runtime);

    let runtime = Runtime::with_store(store, settings()).await.unwrap();
    let report = runtime.impact_report(&acme(), id).await.unwrap().unwrap();
    assert_eq!(report.state, ImpactStage::Failed);
    assert!(report.reason.unwrap().contains("the server stopped"));
    assert!(runtime.finished_impact(&acme(), id).await.unwrap().is_none());
    // The finished one is what it was.
    assert_eq!(runtime.impact_report(&acme(), known.id).await.unwrap().unwrap(), known);
    let listed = runtime.impact_reports(&acme(), None, 10).await.unwrap().reports;
    let states: Vec<_> = listed.iter().map(|report| report.state).collect();
    assert_eq!(states, [ImpactStage::Failed, ImpactStage::Finished]);
}

/// A request whose report takes a while: number 99 uses up all its fuel on each of sixty dates.
async fn slow(runtime: &Runtime) -> ImpactRequest {
    let burns = "(if (i64.eq (call $number (local.get $facts)) (i64.const 99))
       (then (loop $for_ever (br $for_ever))))";
    publish(runtime, wage_package("2.0.0", burns, "(i64.const 0)")).await;
    put(runtime, "slow", &[(date(2020, 1, 1), 99)]).await;
    let first = date(2020, 1, 1);
    let days = (0..60).map(|day| first.checked_add(jiff::Span::new().days(day)).unwrap());
    ImpactRequest { dates: days.collect(), ..asking("2.0.0") }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_reports_at_once_than_there_is_room_for_are_told_to_come_back() {
    let runtime = empty().await;
    company(&runtime, 1).await;
    let slow = slow(&runtime).await;
    let mut asked = Vec::new();
    for _ in 0..2 {
        asked.push(runtime.request_impact(&somebody(), &acme(), slow.clone()).await.unwrap());
    }
    let third = runtime.request_impact(&somebody(), &acme(), slow.clone()).await;
    assert!(matches!(third, Err(ImpactError::ShareUsed { most: 2 })), "{third:?}");
    assert_eq!(runtime.stop_impact_reports(Duration::from_secs(60)).await, 0);
    for report in &asked {
        assert_eq!(ended(&runtime, &acme(), report).await.state, ImpactStage::Failed);
    }
    finished(&runtime, asking("1.0.0")).await;
}

/// What a report has to remember until it is finished does not grow with what is asked meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_during_which_too_many_are_erased_is_failed_and_says_so() {
    let impact_reports = ImpactReports { erased: 2, ..ImpactReports::default() };
    let settings = Settings { impact_reports, ..settings() };
    let runtime =
        Runtime::with_store(Arc::new(Door::new(MemoryStore::new().unwrap()).unwrap()), settings)
            .await
            .unwrap();
    company(&runtime, 3).await;
    let slow = slow(&runtime).await;
    let asked = runtime.request_impact(&somebody(), &acme(), slow).await.unwrap();
    for name in ["a", "b", "a", "c", "d"] {
        erase(&runtime, name).await;
    }
    let report = ended(&runtime, &acme(), &asked).await;
    assert_eq!(report.state, ImpactStage::Failed);
    let reason = report.reason.unwrap();
    assert!(reason.contains("more than 2 employees were erased"), "{reason}");
    // The next one remembers nothing of it.
    finished(&runtime, asking("1.0.0")).await;
}

async fn erase(runtime: &Runtime, name: &str) -> u64 {
    let employee = employee(name);
    runtime.erase_from_impact_reports(&somebody(), &acme(), &employee).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erased_employee_is_in_no_report_any_more_and_totals_stay() {
    let runtime = empty().await;
    company(&runtime, 5).await;
    let fails = "(if (i64.eq (call $number (local.get $facts)) (i64.const 3))
       (then (return (call $fault (i32.const 1296) (i32.const 6)))))";
    publish(&runtime, wage_package("2.0.0", fails, &above(3))).await;
    let report = finished(&runtime, asking("2.0.0")).await;
    let before = runtime.impact_content(&acme(), report.id).await.unwrap().unwrap();
    let bytes = async |name: &str| {
        let content = runtime.impact_content(&acme(), report.id).await.unwrap().unwrap();
        // With its quotes: a salt or a digest may have the same letters.
        serde_json::to_string(&content).unwrap().contains(&format!("\"{name}\""))
    };
    for name in ["e03", "e05"] {
        assert!(bytes(name).await);
        assert_eq!(erase(&runtime, name).await, 1);
        assert!(!bytes(name).await, "{name} is still there");
    }
    assert_eq!(erase(&runtime, "e77").await, 0);
    let after = runtime.impact_content(&acme(), report.id).await.unwrap().unwrap();
    assert_eq!((after.erased, &after.items, &after.dates), (2, &before.items, &before.dates));
    assert_eq!(after.newly_failing.employees, 1);
    assert!(after.newly_failing.listed.is_empty());
    assert_ne!(after.salt, before.salt);
    // What an approval is bound to is what was approved.
    let bound = runtime.finished_impact(&acme(), report.id).await.unwrap().unwrap();
    assert_eq!(Some(bound.content_digest.to_string()), report.content_digest);
    let audit = runtime.audit(Some(&acme()), 0, 100).await.unwrap();
    let erased = audit.iter().filter(|entry| entry.action == "impact.erased").count();
    assert_eq!(erased, 2);
}
