//! Who did what with what somebody was paid: found in the audit log by who knows whom to ask for.

use jiff::civil::date;
use serde_json::json;
use stele_runtime::{
    AuditFilter, CalculationRequest, DecimalMark, EmployeeFile, ImportOptions, Precondition,
    Reading, Runtime,
};

use crate::{
    results::{of_number, one, recorded, replayed},
    support::{acme, activate, employee, of, put, ready, slot, somebody},
};

/// What was done, by the entries that pass the filter.
async fn found(runtime: &Runtime, filter: AuditFilter) -> Vec<String> {
    let page = runtime.audit_page(Some(&acme()), &filter, 0, 1000).await.unwrap();
    assert_eq!(page.next, None);
    page.entries.into_iter().map(|entry| entry.action).collect()
}

fn of_employee(name: &str) -> AuditFilter {
    AuditFilter { employee: Some(employee(name)), ..AuditFilter::default() }
}

fn paid(name: &str, month: i8) -> CalculationRequest {
    CalculationRequest { record: true, ..of(name, date(2020, month, 28), None) }
}

#[tokio::test]
async fn entries_are_found_by_employee_slot_and_date() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 5)]).await;
    put(&runtime, "e2", &[(date(2020, 1, 1), 6)]).await;
    let file = EmployeeFile::csv(
        "id,from,number\ne1,2020-02-01,7\ne3,2020-02-01,8\n".to_owned(),
        DecimalMark::Point,
    );
    assert!(
        runtime
            .import_employees(&somebody(), &acme(), file, ImportOptions::default())
            .await
            .unwrap()
            .is_imported()
    );
    let both = recorded(&runtime, vec![paid("e1", 2), paid("e2", 3), of_number(1)]).await;
    one(&runtime, paid("e2", 2)).await;
    replayed(&runtime, both[0].0).await;
    activate(&runtime, "2.0.0", date(2020, 6, 1)).await;

    let first = ["employee.created", "employee.imported", "result.recorded", "result.replayed"];
    let actions = found(&runtime, of_employee("e1")).await;
    assert_eq!(actions.len(), first.len(), "{actions:?}");
    assert_eq!(actions[2..], first[2..]);
    let second = found(&runtime, of_employee("e2")).await;
    assert_eq!(second[1..], ["result.recorded", "result.recorded"]);
    assert_eq!(found(&runtime, of_employee("e3")).await.len(), 1);
    assert!(found(&runtime, of_employee("nobody")).await.is_empty());

    let on = |month, filter| AuditFilter { date: Some(date(2020, month, 28)), ..filter };
    let all = AuditFilter::default;
    let recorded = "result.recorded";
    assert_eq!(found(&runtime, on(2, all())).await, [recorded, recorded, "result.replayed"]);
    assert_eq!(found(&runtime, on(3, all())).await, [recorded]);
    assert_eq!(found(&runtime, on(4, all())).await, Vec::<String>::new());
    assert_eq!(found(&runtime, on(3, of_employee("e1"))).await, Vec::<String>::new());
    assert_eq!(found(&runtime, on(2, of_employee("e2"))).await, [recorded]);
    let in_slot = |name| AuditFilter { slot: Some(slot(name)), ..all() };
    let of_slot = found(&runtime, in_slot("bonus")).await;
    assert_eq!(of_slot.iter().filter(|action| *action == recorded).count(), 2);
    assert_eq!(of_slot.iter().filter(|action| *action == "ruleset.activated").count(), 2);
    assert!(found(&runtime, in_slot("bon")).await.is_empty());
}

#[tokio::test]
async fn an_erasure_takes_away_by_what_results_were_found_and_no_entry() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 5)]).await;
    one(&runtime, paid("e1", 2)).await;
    let before = runtime.audit(Some(&acme()), 0, 1000).await.unwrap();
    assert!(found(&runtime, of_employee("e1")).await.contains(&"result.recorded".to_owned()));
    runtime.erase_employee(&somebody(), &acme(), &employee("e1")).await.unwrap();
    let actions = found(&runtime, of_employee("e1")).await;
    assert!(!actions.contains(&"result.recorded".to_owned()), "{actions:?}");
    let after = runtime.audit(Some(&acme()), 0, 1000).await.unwrap();
    assert_eq!(after[..before.len()], before);
}

/// Also in an export, by who has the employee's digests and nothing else.
#[tokio::test]
async fn entries_say_by_digests_whom_they_are_about_and_by_no_name() {
    let runtime = ready().await;
    put(&runtime, "anna-1", &[(date(2020, 1, 1), 5)]).await;
    put(&runtime, "bert-2", &[(date(2020, 1, 1), 6)]).await;
    let both = vec![paid("anna-1", 2), paid("bert-2", 3), of_number(1)];
    let both = recorded(&runtime, both).await;
    replayed(&runtime, both[0].0).await;
    runtime.evidence(&somebody(), &acme(), both[1].0, None).await.unwrap();
    runtime.delete_employee(&somebody(), &acme(), &employee("bert-2"), None).await.unwrap();
    let of = async |name| runtime.employee_digests(&acme(), &employee(name)).await.unwrap();
    let (anna, bert) = (of("anna-1").await.unwrap(), of("bert-2").await.unwrap());
    let entries = runtime.audit(Some(&acme()), 0, 1000).await.unwrap();
    let about = |digest| {
        let about = entries.iter().filter(|entry| entry.employees.contains(&digest));
        about.map(|entry| entry.action.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(about(anna.record), ["employee.written"]);
    assert_eq!(about(anna.results), ["result.recorded", "result.replayed"]);
    assert_eq!(about(bert.record), ["employee.written", "employee.deleted"]);
    assert_eq!(about(bert.results), ["result.recorded", "result.exported"]);

    runtime.erase_employee(&somebody(), &acme(), &employee("anna-1")).await.unwrap();
    assert_eq!(of("anna-1").await, None);
    assert_eq!(of("bert-2").await, Some(bert));
    let log = serde_json::to_string(&runtime.audit(Some(&acme()), 0, 1000).await.unwrap()).unwrap();
    assert!(!log.contains("anna-1") && !log.contains("bert-2"), "{log}");
    let erased = found(&runtime, of_employee("anna-1")).await;
    assert_eq!(erased, ["employee.erased"], "what was said of them is found no more");
}

#[tokio::test]
async fn who_reads_a_result_stands_in_the_log_where_the_policy_asks_for_it() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 5)]).await;
    let id = one(&runtime, paid("e1", 2)).await;
    let read = async || {
        let recorded = runtime.result(&acme(), id).await.unwrap();
        let reading = Reading::Shown;
        runtime.note_reading(&somebody(), &acme(), id, &recorded.head, reading).await.unwrap();
        runtime.explanation(&somebody(), &acme(), id, &["en"]).await.unwrap();
    };
    read().await;
    let quiet = found(&runtime, of_employee("e1")).await.len();
    let policy = json!({
        "approvals": [{ "slots": "*", "approvals": 0 }],
        "readings": "logged",
    });
    runtime.put_policy(&somebody(), Some(&acme()), Precondition::None, policy).await.unwrap();
    read().await;
    let actions = found(&runtime, of_employee("e1")).await;
    assert_eq!(actions[quiet..], ["result.read", "result.explained"]);
}
