//! One employee changed in part.

use std::sync::Arc;

use jiff::civil::date;
use serde_json::{Value, json};
use stele_runtime::{
    ChangeKind, EmployeeError, EmployeePatch, EmployeePatched, Precondition, Runtime,
};

use crate::support::{acme, employee, put, somebody};
use crate::typed::{known, ready, stated};

async fn patch(
    runtime: &Runtime,
    attributes: Value,
    condition: Precondition,
) -> Result<EmployeePatched, EmployeeError> {
    let Value::Object(document) = json!({ "attributes": attributes }) else { unreachable!() };
    let patch = EmployeePatch::read(document).unwrap();
    runtime.patch_employee(&somebody(), &acme(), &employee("e1"), patch, condition).await
}

async fn patched(runtime: &Runtime, attributes: Value) -> EmployeePatched {
    patch(runtime, attributes, Precondition::None).await.unwrap()
}

#[tokio::test]
async fn a_patch_names_dated_values_and_leaves_the_others() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 1), (date(2020, 7, 1), 2)]).await;
    let done = patched(
        &runtime,
        json!({
            "number": { "2020-07-01": 3, "2021-01-01": "4" }, "city": { "2020-01-01": "Ulm" },
        }),
    )
    .await;
    let changes: Vec<_> = done
        .changes
        .iter()
        .map(|change| (change.attribute.as_str(), change.from.to_string(), change.change))
        .collect();
    assert_eq!(
        changes,
        [
            ("city", "2020-01-01".to_owned(), ChangeKind::Added),
            ("number", "2020-07-01".to_owned(), ChangeKind::Changed),
            ("number", "2021-01-01".to_owned(), ChangeKind::Added),
        ]
    );
    assert_eq!(done.revision, 2);
    let values: Vec<_> =
        stated(&runtime, "e1", "number").await.into_iter().map(|(_, value)| value).collect();
    assert_eq!(values, [json!(1), json!(3), json!("4")]);

    // Null takes back a value, or all of an attribute; a list takes the place of all.
    let done = patched(&runtime, json!({ "number": { "2021-01-01": null }, "city": null })).await;
    assert!(done.changes.iter().all(|change| change.change == ChangeKind::Dropped));
    assert_eq!(done.attributes.len(), 1);
    let list = json!([{ "from": "2020-07-01", "value": 8 }, { "from": "2020-01-01", "value": 9 }]);
    let done = patched(&runtime, json!({ "number": list })).await;
    assert_eq!(done.attributes["number"].len(), 2);
    assert_eq!(done.attributes["number"][0].value, json!(9));
}

/// Objects are merged as RFC 7396 says, in the examples of its appendix.
#[tokio::test]
async fn objects_inside_of_values_are_merged_as_the_standard_says() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 1)]).await;
    for (target, patch, result) in [
        (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
        (json!({"a": "b"}), json!({"b": "c"}), json!({"a": "b", "b": "c"})),
        (json!({"a": "b", "b": "c"}), json!({"a": null}), json!({"b": "c"})),
        (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
        (json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}})),
        (json!(["a", "b"]), json!(["c", "d"]), json!(["c", "d"])),
        (json!({"a": "foo"}), json!("bar"), json!("bar")),
        (json!([1, 2]), json!({"a": "b", "c": null}), json!({"a": "b"})),
    ] {
        patched(&runtime, json!({ "shoe": [{ "from": "2020-01-01", "value": target }] })).await;
        let done = patched(&runtime, json!({ "shoe": { "2020-01-01": patch } })).await;
        assert_eq!(done.attributes["shoe"][0].value, result, "{target} {patch}");
    }
}

#[tokio::test]
async fn a_patch_that_changes_nothing_makes_no_revision() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 1)]).await;
    for same in [json!({}), json!({ "number": { "2020-01-01": 1 } }), json!({ "city": null })] {
        let done = patched(&runtime, same).await;
        assert_eq!((done.revision, done.changes.len()), (1, 0));
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_patch_is_named_all_at_once_and_nothing_is_changed() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 1), (date(2020, 7, 1), 2)]).await;
    let refused =
        async |attributes: Value| match patch(&runtime, attributes, Precondition::None).await {
            Err(EmployeeError::Invalid(errors)) => errors,
            other => panic!("{other:?}"),
        };
    let errors = refused(json!({
        "number": { "2020-13-01": 1 }, "city": 5, "married": [{ "from": "2020-01-01" }], "days": [],
    }))
    .await;
    let pointers: Vec<_> = errors.iter().map(|error| error.pointer.as_str()).collect();
    let expected = [
        "/attributes/city",
        "/attributes/days",
        "/attributes/married/0",
        "/attributes/number/2020-13-01",
    ];
    assert_eq!(pointers, expected);
    let errors = refused(json!({
        "married": { "2020-01-01": "perhaps" },
        "days": { "2020-01-01": [{ "day": "2020-01-01" }, { "day": "x" }] },
        "rate": [{ "from": "2020-07-01", "value": 1 }, { "from": "2020-01-01", "value": "0.001" }],
    }))
    .await;
    let pointers: Vec<_> = errors.iter().map(|error| error.pointer.as_str()).collect();
    let expected = [
        "/attributes/days/2020-01-01/1/day",
        "/attributes/married/2020-01-01",
        "/attributes/rate/1/value",
    ];
    assert_eq!(pointers, expected);
    for vanishing in [
        json!(null),
        json!({ "2020-01-01": null }),
        json!([{ "from": "2020-01-01", "value": 1 }, { "from": "2021-01-01", "value": null }]),
    ] {
        let errors = refused(json!({ "number": vanishing })).await;
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert_eq!(errors[0].pointer, "/attributes/number");
        assert!(errors[0].message.contains("test/typed 1.0.0"), "{}", errors[0].message);
    }
    assert_eq!(known(&runtime, "e1").await.0, 1);
}

#[tokio::test]
async fn a_patch_honours_its_precondition() {
    let runtime = ready().await;
    let one = || json!({ "number": { "2020-01-01": 1 } });
    let nobody = patch(&runtime, one(), Precondition::None).await;
    assert!(matches!(nobody, Err(EmployeeError::UnknownEmployee(_))), "{nobody:?}");
    put(&runtime, "e1", &[(date(2020, 1, 1), 0)]).await;
    for wrong in [Precondition::Revision(2), Precondition::Absent] {
        let refused = patch(&runtime, one(), wrong).await;
        assert!(
            matches!(refused, Err(EmployeeError::Precondition { found: Some(1), .. })),
            "{refused:?}"
        );
    }
    assert_eq!(patch(&runtime, one(), Precondition::Revision(1)).await.unwrap().revision, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_32_who_patch_at_once_nobody_is_lost() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 0)]).await;
    let patching: Vec<_> = (1..=32)
        .map(|day| {
            let runtime = Arc::clone(&runtime);
            tokio::spawn(async move {
                let from = date(2020, 1, 1).saturating_add(jiff::Span::new().days(day));
                patched(&runtime, json!({ "number": { from.to_string(): day } })).await.revision
            })
        })
        .collect();
    let mut revisions = Vec::new();
    for one in patching {
        revisions.push(one.await.unwrap());
    }
    revisions.sort_unstable();
    assert_eq!(revisions, (2..=33).collect::<Vec<u64>>());
    assert_eq!(stated(&runtime, "e1", "number").await.len(), 33);
}
