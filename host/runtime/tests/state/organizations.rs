//! Whom a changed organization affects, and what can not stand in one.

use std::sync::Arc;

use serde_json::{Value, json};
use stele_runtime::{OrganizationError, Precondition, Runtime};

use crate::employments::{organize, ready};
use crate::support::{acme, somebody};
use crate::typed::{csv, import_with, merge};

fn entities(countries: &[(&str, &str)]) -> Value {
    let entities = countries
        .iter()
        .map(|(name, country)| ((*name).to_owned(), json!({ "name": name, "country": country })));
    json!({ "legal_entities": Value::Object(entities.collect()) })
}

async fn written(runtime: &Runtime, organization: Value) -> Result<Value, OrganizationError> {
    let written =
        runtime.put_organization(&somebody(), &acme(), Precondition::None, organization).await;
    written.map(|view| serde_json::to_value(view).unwrap())
}

/// Twelve people in Germany, one of whom has left, and one in the United States.
async fn with_people() -> Arc<Runtime> {
    let runtime = ready().await;
    organize(&runtime, entities(&[("acme-de", "DE"), ("acme-us", "US"), ("acme-fr", "FR")])).await;
    let mut file = "id,from,legal_entity,status,number\n".to_owned();
    for number in 10..22 {
        file.push_str(&format!("e{number},2020-01-01,acme-de,active,1\n"));
    }
    file.push_str("e10,2020-07-01,,ended,\nus,2020-01-01,acme-us,active,1\n");
    merge(&runtime, csv(&file)).await;
    runtime
}

#[tokio::test]
async fn a_changed_organization_says_whom_it_affects() {
    let runtime = with_people().await;
    // Nothing that anybody is in has changed.
    let same = entities(&[("acme-de", "DE"), ("acme-us", "US")]);
    let view = written(&runtime, same).await.unwrap();
    assert_eq!(view["affected"], json!({ "employees": 0, "first": [] }));
    // Whom the slots are for is another country's from now on.
    let moved = entities(&[("acme-de", "US"), ("acme-us", "US")]);
    let view = written(&runtime, moved).await.unwrap();
    assert_eq!(view["affected"]["employees"], 12);
    let first = view["affected"]["first"].as_array().unwrap();
    assert_eq!((first.len(), &first[0]), (10, &json!("e10")));
    // Who only reads it is told nothing of that.
    let read = serde_json::to_value(runtime.organization(&acme(), None)).unwrap();
    assert!(read.get("affected").is_none(), "{read}");
    let mut named = entities(&[("acme-de", "US"), ("acme-us", "US")]);
    named["slots"] = json!({ "pay/us": [{ "from": "2020-03-01", "legal_entities": ["acme-us"] }] });
    assert_eq!(written(&runtime, named).await.unwrap()["affected"]["employees"], 13);
}

#[tokio::test]
async fn an_employer_of_somebody_stays_in_the_organization() {
    let runtime = with_people().await;
    match written(&runtime, entities(&[("acme-us", "US")])).await {
        Err(error @ OrganizationError::Employing(_)) => {
            let OrganizationError::Employing(employing) = &error else { unreachable!() };
            assert_eq!(employing.len(), 1, "{employing:?}");
            assert_eq!(employing[0].legal_entity, "acme-de");
            assert_eq!((employing[0].people.employees, employing[0].people.first.len()), (12, 10));
            // Who may not read people learns no names by the sentence.
            assert!(!error.to_string().contains("e10"), "{error}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(runtime.organization(&acme(), None).revision, 1);
    // Nobody is employed there.
    organize(&runtime, entities(&[("acme-de", "DE"), ("acme-us", "US")])).await;
}

#[tokio::test]
async fn no_field_of_the_tenant_is_named_like_a_fact_and_no_country_is_made_up() {
    let runtime = ready().await;
    let wrong = json!({
        "legal_entities": { "acme-zz": { "name": "Acme", "country": "ZZ" } },
        "slots": { "pay/de": [{ "from": "2020-01-01", "countries": ["DD"] }] },
        "custom_fields": {
            "number": { "type": "text", "meaning": "Of the badge." },
            "badge": { "type": "text", "meaning": "Of the badge.", "countries": ["QQ"] },
        },
    });
    match written(&runtime, wrong).await {
        Err(error @ OrganizationError::Invalid(_)) => {
            assert_eq!(error.to_string(), "4 things can not be in an organization");
            let OrganizationError::Invalid(defects) = error else { unreachable!() };
            let mut places: Vec<&str> =
                defects.iter().map(|defect| defect.pointer.as_str()).collect();
            places.sort_unstable();
            let expected = [
                "/custom_fields/badge/countries",
                "/custom_fields/number",
                "/legal_entities/acme-zz/country",
                "/slots/pay~1de/0/countries",
            ];
            assert_eq!(places, expected);
        }
        other => panic!("{other:?}"),
    }
    organize(&runtime, entities(&[("acme-fr", "FR"), ("acme-cn", "CN"), ("acme-de", "DE")])).await;
    // Another country's company is not what was meant.
    let file = csv("id,from,legal_entity,country\ne1,2020-01-01,acme-us,ZZ\n");
    let report = import_with(&runtime, file, stele_runtime::ImportOptions::default()).await;
    let said: Vec<&str> = report.errors.iter().map(|error| &*error.field.message).collect();
    assert!(!said.iter().any(|said| said.contains("did you mean")), "{said:?}");
    assert!(said.iter().any(|said| said.contains("\"ZZ\"")), "{said:?}");
}

#[tokio::test]
async fn an_employment_without_a_status_runs_beside_another_too() {
    let runtime = ready().await;
    let mut forbidden = entities(&[("acme-de", "DE"), ("acme-us", "US")]);
    forbidden["concurrent_employments"] = json!("forbidden");
    // Two at once, from before the tenant forbade it.
    organize(&runtime, entities(&[("acme-de", "DE"), ("acme-us", "US")])).await;
    let two = |id: &str| {
        csv(&format!(
            "id,from,legal_entity@one,number@one,legal_entity@two,number@two\n\
             {id},2020-01-01,acme-de,1,,\n{id},2020-06-01,,,acme-us,2\n"
        ))
    };
    merge(&runtime, two("old")).await;
    organize(&runtime, forbidden).await;
    let report = import_with(&runtime, two("e1"), stele_runtime::ImportOptions::default()).await;
    assert_eq!(report.error_count, 1, "{report:?}");
    let said = &report.errors[0].field.message;
    assert!(said.contains("one and two on 2020-06-01"), "{said}");
    // So does one whose status is ended in place of it, which is refused, too.
    let taken_back = csv("id,from,status@one,number@one,status@two,legal_entity@two,number@two\n\
         e1,2020-01-01,active,1,,,\ne1,2020-05-01,\\end,,,,\ne1,2020-06-01,,,active,acme-us,2\n");
    let report = import_with(&runtime, taken_back, stele_runtime::ImportOptions::default()).await;
    assert_eq!(report.error_count, 2, "{report:?}");
    // Whoever was in two before is changed all the same, but for that.
    merge(&runtime, csv("id,from,number@one\nold,2020-07-01,3\n")).await;
    // One after the other is what the tenant allows.
    merge(
        &runtime,
        csv("id,from,legal_entity@one,status@one,number@one,legal_entity@two,number@two\n\
             e1,2020-01-01,acme-de,active,1,,\ne1,2020-06-01,,ended,,acme-us,2\n"),
    )
    .await;
}

#[tokio::test]
async fn a_field_keeps_a_type_that_takes_what_somebody_has() {
    let runtime = ready().await;
    let declared = |field: Value| {
        let mut organization = entities(&[("acme-de", "DE")]);
        organization["custom_fields"] = json!({ "badge": field });
        organization
    };
    let text = json!({ "type": "text", "meaning": "Number of the badge." });
    organize(&runtime, declared(text)).await;
    merge(&runtime, csv("id,from,legal_entity,badge\ne1,2020-01-01,acme-de,B-7\n")).await;
    let integer = json!({ "type": "integer", "meaning": "Number of the badge." });
    let gone = entities(&[("acme-de", "DE")]);
    for changed in [declared(integer.clone()), gone] {
        match written(&runtime, changed).await {
            Err(error @ OrganizationError::FieldsInUse(_)) => {
                assert!(error.to_string().starts_with("badge can not be changed so"), "{error}");
                let OrganizationError::FieldsInUse(fields) = error else { unreachable!() };
                assert_eq!((fields[0].field.as_str(), fields[0].people.employees), ("badge", 1));
            }
            other => panic!("{other:?}"),
        }
    }
    // What it takes all the same, and what nobody has any more, may change.
    let choice = json!({ "type": "choice", "meaning": "The badge.", "choices": ["B-7", "B-8"] });
    organize(&runtime, declared(choice)).await;
    merge(&runtime, csv("id,from,badge\ne1,2020-01-01,\\drop\n")).await;
    organize(&runtime, declared(integer)).await;
}

#[tokio::test]
async fn a_changed_organization_says_what_is_not_known_of_those_who_come_into_a_slot() {
    let runtime = with_people().await;
    let view = written(&runtime, entities(&[("acme-de", "DE"), ("acme-us", "US")])).await.unwrap();
    assert_eq!(view["lacking"], json!([]));
    // Where there is no slot for them nothing is required of them, and they lose it.
    let mut nowhere = entities(&[("acme-de", "FR"), ("acme-us", "US")]);
    nowhere["slots"] = json!({ "pay/fr": [{ "from": "2020-01-01", "countries": ["FR"] }] });
    organize(&runtime, nowhere).await;
    merge(&runtime, csv("id,from,number\ne11,2020-01-01,\\drop\ne12,2020-01-01,\\drop\n")).await;
    let view = written(&runtime, entities(&[("acme-de", "DE"), ("acme-us", "US")])).await.unwrap();
    assert_eq!(
        view["lacking"],
        json!([{
            "slot": "pay/de", "ruleset": "test/bonus-de", "fact": "number",
            "people": { "employees": 2, "first": ["e11", "e12"] },
        }])
    );
}
