//! Finding what was paid to whom.

use jiff::civil::date;
use serde_json::json;
use stele_runtime::{
    Attributes, CalculationRequest, DatedValue, EmployeeDraft, EmploymentId, EmploymentTerms,
    Precondition, ResultFilter, ResultId, RulesetFilter, Runtime, TenantId,
};

use crate::{
    backend::Maps,
    results::{of_employee, of_number, one, recorded},
    support::{NAME, acme, activate, employee, of, put, ready, slot, somebody, tenant},
    tampering::reseal,
};

async fn found(runtime: &Runtime, tenant: &TenantId, filter: ResultFilter) -> Vec<ResultId> {
    let page = runtime.result_list(tenant, &filter, None, 100).await.unwrap();
    assert_eq!(page.next, None);
    page.results.iter().map(|heading| heading.id).collect()
}

/// What an employee is paid on the last day of a month of 2020.
fn month(name: &str, month: i8) -> CalculationRequest {
    CalculationRequest { record: true, ..of(name, date(2020, month, 28), None) }
}

#[tokio::test]
async fn results_are_found_by_slot_employee_dates_and_ruleset() {
    let runtime = ready().await;
    for name in ["e1", "e2"] {
        put(&runtime, name, &[(date(2020, 1, 1), 5)]).await;
    }
    activate(&runtime, "2.0.0", date(2020, 3, 1)).await;
    let asked = vec![month("e1", 1), month("e2", 1), month("e1", 3), of_number(1), month("e2", 4)];
    let ids: Vec<_> = recorded(&runtime, asked).await.into_iter().map(|(id, _)| id).collect();
    let later = one(&runtime, month("e1", 4)).await;

    let found = async |filter| found(&runtime, &acme(), filter).await;
    let all = ResultFilter::default;
    let everything: Vec<_> = ids.iter().copied().chain([later]).collect();
    assert_eq!(found(all()).await, everything);
    assert_eq!(found(of_employee("e1")).await, [ids[0], ids[2], later]);
    assert_eq!(found(of_employee("nobody")).await, []);
    let (from, to) = (Some(date(2020, 1, 28)), Some(date(2020, 3, 28)));
    assert_eq!(found(ResultFilter { from, to, ..all() }).await, ids[..3]);
    assert_eq!(found(ResultFilter { from, to, ..of_employee("e1") }).await, [ids[0], ids[2]]);
    let with = |ruleset: &str| ResultFilter { ruleset: Some(RulesetFilter::of(ruleset)), ..all() };
    assert_eq!(found(with(NAME)).await, everything);
    assert_eq!(found(with(&format!("{NAME}@1.0.0"))).await, ids[..2]);
    let of_second = with(&format!("{NAME}@2.0.0"));
    assert_eq!(found(of_second.clone()).await, [ids[2], ids[3], ids[4], later]);
    let of_second = ResultFilter { employee: of_employee("e2").employee, ..of_second };
    assert_eq!(found(of_second).await, [ids[4]]);
    assert_eq!(found(with("test/other")).await, []);
    assert_eq!(found(ResultFilter { slot: Some(slot("bonus")), ..all() }).await, everything);
    assert_eq!(found(ResultFilter { slot: Some(slot("other")), ..all() }).await, []);
    let listed = runtime.result_list(&acme(), &all(), None, 1).await.unwrap().results.remove(0);
    assert_eq!((listed.ruleset.as_str(), listed.version.as_str()), (NAME, "1.0.0"));
    assert_eq!(listed.employee, of_employee("e1").employee);

    runtime.create_tenant(&somebody(), tenant("other"), "Other").await.unwrap();
    assert_eq!(self::found(&runtime, &tenant("other"), all()).await, []);
}

#[tokio::test]
async fn pages_are_cut_anywhere_and_hold_everything_once() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 5)]).await;
    let mut expected = Vec::new();
    for _ in 0..3 {
        let both = recorded(&runtime, vec![of_number(1), month("e1", 2), of_number(3)]).await;
        expected.extend(both.into_iter().map(|(id, _)| id));
    }
    for limit in 1..=10 {
        let (mut ids, mut after) = (Vec::new(), None);
        loop {
            let page = runtime.result_list(&acme(), &ResultFilter::default(), after, limit).await;
            let page = page.unwrap();
            assert!(page.results.len() <= limit);
            ids.extend(page.results.iter().map(|heading| heading.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(ids, expected, "{limit} a page");
    }
}

/// Gives an employee two employments.
async fn employ_twice(runtime: &Runtime, name: &str) {
    let terms = |number: i64| EmploymentTerms {
        attributes: [(
            "number".to_owned(),
            vec![DatedValue { from: date(2020, 1, 1), value: json!(number) }],
        )]
        .into_iter()
        .collect(),
    };
    let employments = [("first", 5), ("second", 6)]
        .map(|(name, number)| (EmploymentId::new(name).unwrap(), terms(number)));
    let employments = employments.into_iter().collect();
    let draft = EmployeeDraft { attributes: Attributes::new(), employments };
    let (id, none) = (employee(name), Precondition::None);
    runtime.put_employee(&somebody(), &acme(), &id, draft, none).await.unwrap();
}

fn in_employment(name: &str, asked: CalculationRequest) -> CalculationRequest {
    CalculationRequest { employment: Some(EmploymentId::new(name).unwrap()), ..asked }
}

/// The employments of what is listed.
async fn employments(runtime: &Runtime, filter: ResultFilter) -> Vec<Option<String>> {
    let page = runtime.result_list(&acme(), &filter, None, 10).await.unwrap();
    page.results.into_iter().map(|found| found.employment.map(String::from)).collect()
}

#[tokio::test]
async fn what_was_paid_in_each_employment_is_told_apart() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 5)]).await;
    one(&runtime, month("e1", 1)).await;
    employ_twice(&runtime, "e1").await;
    for name in ["first", "second"] {
        one(&runtime, in_employment(name, month("e1", 2))).await;
    }
    let expected = [None, Some("first".to_owned()), Some("second".to_owned())];
    for filter in [ResultFilter::default(), of_employee("e1")] {
        assert_eq!(employments(&runtime, filter).await, expected);
    }
    for filter in [ResultFilter::default(), of_employee("e1")] {
        let employment = Some(EmploymentId::new("second").unwrap());
        let of_second = ResultFilter { employment, ..filter };
        assert_eq!(employments(&runtime, of_second).await, expected[2..]);
    }
}

/// A store of before the list knew versions and employments has them in the contents.
#[tokio::test]
async fn version_and_employment_of_an_older_result_are_found_in_its_content() {
    let (runtime, maps) = Maps::runtime().await;
    employ_twice(&runtime, "e1").await;
    let id = one(&runtime, in_employment("second", month("e1", 1))).await;
    reseal(&maps, |head, _| {
        let provenance = head.as_object_mut().unwrap().remove("provenance").unwrap();
        // As heads were written for a time.
        head["version"] = provenance["version"].clone();
    });
    for filter in [ResultFilter::default(), of_employee("e1")] {
        let ruleset = Some(RulesetFilter::of(&format!("{NAME}@1.0.0")));
        let filter = ResultFilter { ruleset, ..filter };
        let page = runtime.result_list(&acme(), &filter, None, 10).await.unwrap();
        let listed: Vec<_> =
            page.results.iter().map(|found| (found.id, found.version.as_str())).collect();
        assert_eq!(listed, [(id, "1.0.0")]);
        assert_eq!(employments(&runtime, filter).await, [Some("second".to_owned())]);
    }
}
