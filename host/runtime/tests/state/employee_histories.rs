//! What was known of an employee, by both clocks.

use jiff::civil::date;
use serde_json::json;
use stele_runtime::{Actor, ChangeKind, EmployeeDraft, Precondition, RevisionState};
use uuid::Uuid;

use crate::support::{acme, attributes, employee, furnished, put, somebody};
use crate::typed::{csv, merge, ready};

#[tokio::test]
async fn a_history_says_who_changed_what_for_which_date_and_when() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 1)]).await;
    let another = Actor::new(Uuid::from_u128(7), "Another");
    let draft = EmployeeDraft {
        attributes: attributes(&[(date(2020, 1, 1), 2), (date(2020, 7, 1), 3)]),
        ..EmployeeDraft::default()
    };
    let id = employee("e1");
    runtime.put_employee(&another, &acme(), &id, draft, Precondition::None).await.unwrap();
    put(&runtime, "e2", &[(date(2020, 1, 1), 9)]).await;
    merge(&runtime, csv("id,from,number,city\ne1,2020-07-01,,Ulm\ne1,2021-01-01,4,\n")).await;

    let history = runtime.employee_history(&acme(), &id, None, 10).await.unwrap().unwrap();
    assert_eq!(history.next, None);
    let heads: Vec<_> = history
        .revisions
        .iter()
        .map(|one| {
            let who = one.recorded_by.as_ref().map(|who| who.name.as_str());
            (one.revision, who.unwrap_or_default(), one.action.as_deref().unwrap_or_default())
        })
        .collect();
    assert_eq!(
        heads,
        [
            (3, "Somebody", "employees.imported"),
            (2, "Another", "employee.written"),
            (1, "Somebody", "employee.written")
        ]
    );
    let changes = |at: usize| -> Vec<_> {
        history.revisions[at]
            .changes
            .iter()
            .map(|one| {
                (
                    one.attribute.as_str(),
                    one.from.to_string(),
                    one.change,
                    one.before.clone(),
                    one.after.clone(),
                )
            })
            .collect()
    };
    let day = |day: &str| day.to_owned();
    assert_eq!(
        changes(0),
        [
            ("city", day("2020-07-01"), ChangeKind::Added, None, Some(json!("Ulm"))),
            ("number", day("2021-01-01"), ChangeKind::Added, None, Some(json!("4"))),
        ]
    );
    assert_eq!(
        changes(1),
        [
            ("number", day("2020-01-01"), ChangeKind::Changed, Some(json!(1)), Some(json!(2))),
            ("number", day("2020-07-01"), ChangeKind::Added, None, Some(json!(3))),
        ]
    );
    // The entries are those of the log.
    let entries = runtime.audit(Some(&acme()), 0, 100).await.unwrap();
    for one in &history.revisions {
        let entry = &entries[usize::try_from(one.audit_sequence.unwrap()).unwrap()];
        assert_eq!(entry.recorded_at, one.recorded_at);
    }
}

#[tokio::test]
async fn a_history_is_read_in_pages_and_outlasts_the_employee() {
    let runtime = furnished().await;
    let id = employee("e1");
    assert!(runtime.employee_history(&acme(), &id, None, 10).await.unwrap().is_none());
    for number in 0..7 {
        put(&runtime, "e1", &[(date(2020, 1, 1), number)]).await;
    }
    runtime.delete_employee(&somebody(), &acme(), &id, None).await.unwrap();
    let (mut until, mut found) = (None, Vec::new());
    loop {
        let page = runtime.employee_history(&acme(), &id, until, 3).await.unwrap().unwrap();
        assert!(page.revisions.len() <= 3);
        found.extend(page.revisions.into_iter().map(|one| (one.revision, one.state)));
        match page.next {
            Some(next) => until = Some(next),
            None => break,
        }
    }
    let (deleted, known) = found.split_first().unwrap();
    assert_eq!(*deleted, (8, RevisionState::Deleted));
    assert_eq!(*known, (1..=7).rev().map(|one| (one, RevisionState::Known)).collect::<Vec<_>>());
}
