//! Employees.

use std::sync::Arc;

use jiff::civil::date;
use serde_json::json;
use stele_runtime::{Attributes, DatedValue, EmployeeDraft, EmployeeError, Precondition, Runtime};

use crate::support::{
    acme, attributes, calculated, employee, furnished, of, put, ready, somebody, tenant,
};

fn draft(number: i64) -> EmployeeDraft {
    EmployeeDraft {
        attributes: attributes(&[(date(2020, 1, 1), number)]),
        ..EmployeeDraft::default()
    }
}

async fn put_if(
    runtime: &Runtime,
    name: &str,
    condition: Precondition,
) -> Result<u64, EmployeeError> {
    let id = employee(name);
    let written = runtime.put_employee(&somebody(), &acme(), &id, draft(1), condition).await?;
    Ok(written.employee.revision)
}

#[tokio::test]
async fn every_put_is_a_revision_and_older_ones_stay() {
    let runtime = ready().await;
    let first = put(&runtime, "e1", &[(date(2020, 1, 1), 1)]).await;
    let second = put(&runtime, "e1", &[(date(2020, 1, 1), 2)]).await;
    assert!(first.created && !second.created);
    assert_eq!((first.employee.revision, second.employee.revision), (1, 2));
    let id = employee("e1");
    let now = runtime.employee(&acme(), &id, None).await.unwrap().unwrap();
    assert_eq!(now, second.employee);
    let then =
        runtime.employee(&acme(), &id, Some(first.employee.recorded_at)).await.unwrap().unwrap();
    assert_eq!(then, first.employee);
    assert!(runtime.employee(&tenant("other"), &id, None).await.unwrap().is_none());
}

#[tokio::test]
async fn each_precondition_is_honoured() {
    let runtime = furnished().await;
    let e1 = |condition| put_if(&runtime, "e1", condition);
    let refused = |result: Result<u64, EmployeeError>, revision| match result {
        Err(EmployeeError::Precondition { found, .. }) => assert_eq!(found, revision),
        other => panic!("{other:?}"),
    };
    refused(e1(Precondition::Present).await, None);
    refused(e1(Precondition::Revision(1)).await, None);
    assert_eq!(e1(Precondition::Absent).await.unwrap(), 1);
    refused(e1(Precondition::Absent).await, Some(1));
    refused(e1(Precondition::Revision(2)).await, Some(1));
    assert_eq!(e1(Precondition::Revision(1)).await.unwrap(), 2);
    assert_eq!(e1(Precondition::Present).await.unwrap(), 3);
    assert_eq!(e1(Precondition::None).await.unwrap(), 4);

    let id = employee("e1");
    let (actor, tenant) = (somebody(), acme());
    let delete = |condition| runtime.delete_employee(&actor, &tenant, &id, condition);
    let stale = delete(Some(3).into()).await;
    assert!(matches!(stale, Err(EmployeeError::Precondition { found: Some(4), .. })), "{stale:?}");
    delete(Precondition::None).await.unwrap();
    assert!(runtime.employee(&acme(), &id, None).await.unwrap().is_none());
    let again = delete(Precondition::None).await;
    assert!(matches!(again, Err(EmployeeError::UnknownEmployee(_))), "{again:?}");
    // It may come back; its revisions go on.
    assert_eq!(e1(Precondition::Absent).await.unwrap(), 6);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_32_who_write_one_revision_exactly_one_does() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 1)]).await;
    for revision in 1..=10 {
        let writers: Vec<_> = (0..32)
            .map(|_| {
                let runtime = Arc::clone(&runtime);
                tokio::spawn(async move {
                    put_if(&runtime, "e1", Precondition::Revision(revision)).await
                })
            })
            .collect();
        let mut winners = 0;
        for writer in writers {
            match writer.await.unwrap() {
                Ok(written) => {
                    winners += 1;
                    assert_eq!(written, revision + 1);
                }
                Err(EmployeeError::Precondition { found, .. }) => {
                    assert_eq!(found, Some(revision + 1));
                }
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(winners, 1, "revision {revision}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_without_a_precondition_all_succeed() {
    let runtime = ready().await;
    let writers: Vec<_> = (0..32)
        .map(|_| {
            let runtime = Arc::clone(&runtime);
            tokio::spawn(async move { put_if(&runtime, "e1", Precondition::None).await.unwrap() })
        })
        .collect();
    let mut revisions = Vec::new();
    for writer in writers {
        revisions.push(writer.await.unwrap());
    }
    revisions.sort_unstable();
    assert_eq!(revisions, (1..=32).collect::<Vec<_>>());
}

#[tokio::test]
async fn attributes_that_a_ruleset_in_force_declares_have_its_type() {
    let runtime = ready().await;
    let id = employee("e1");
    let value = |value| vec![DatedValue { from: date(2020, 1, 1), value }];
    let mut wrong = Attributes::new();
    let later = DatedValue { from: date(2020, 2, 1), value: json!("many") };
    let sorted_later = [vec![later], value(json!(1))].concat();
    wrong.insert("number".to_owned(), sorted_later);
    wrong.insert("Bad Name".to_owned(), value(json!(1)));
    wrong.insert("empty".to_owned(), Vec::new());
    wrong.insert("twice".to_owned(), [value(json!(1)), value(json!(2))].concat());
    let refused = runtime
        .put_employee(
            &somebody(),
            &acme(),
            &id,
            EmployeeDraft { attributes: wrong, ..EmployeeDraft::default() },
            None,
        )
        .await;
    let Err(EmployeeError::Invalid(errors)) = refused else { panic!("{refused:?}") };
    let pointers: Vec<&str> = errors.iter().map(|error| error.pointer.as_str()).collect();
    assert_eq!(
        pointers,
        [
            "/attributes/Bad Name",
            "/attributes/empty",
            "/attributes/twice/1/from",
            "/attributes/number/0/value"
        ]
    );
    assert!(runtime.employee(&acme(), &id, None).await.unwrap().is_none());
}

#[tokio::test]
async fn attributes_that_nobody_declares_are_kept_and_named() {
    let runtime = ready().await;
    let mut kept = attributes(&[(date(2020, 1, 1), 5)]);
    kept.insert(
        "shoe_size".to_owned(),
        vec![DatedValue { from: date(2020, 1, 1), value: json!({"eu": "42.50"}) }],
    );
    let (id, draft) =
        (employee("e1"), EmployeeDraft { attributes: kept.clone(), ..EmployeeDraft::default() });
    let written = runtime.put_employee(&somebody(), &acme(), &id, draft, None).await.unwrap();
    assert_eq!(written.unused, ["shoe_size"]);
    assert_eq!(runtime.employee(&acme(), &id, None).await.unwrap().unwrap().attributes, kept);
    // They do not disturb a calculation.
    assert_eq!(calculated(&runtime, of("e1", date(2020, 6, 30), None)).await.unwrap(), "15");
}

#[tokio::test]
async fn employees_come_in_pages_by_identifier() {
    let runtime = furnished().await;
    for number in 0..7 {
        put(&runtime, &format!("e{number}"), &[(date(2020, 1, 1), number)]).await;
    }
    let first = runtime.employees(&acme(), None, 4, None).await.unwrap();
    assert_eq!(first.employees.len(), 4);
    let second = runtime.employees(&acme(), first.next.as_ref(), 4, None).await.unwrap();
    assert_eq!(second.employees.len(), 3);
    assert_eq!(second.next, None);
    assert_eq!(second.employees[0].id, employee("e4"));
}
