//! People with employments in several countries: which slot is for whom, and what is known of whom.

use std::sync::Arc;

use jiff::civil::date;
use serde_json::{Value, json};
use stele_engine::contract::{IntegerBounds, ScalarKind, Shape};
use stele_ruleset::CalculationError;
use stele_runtime::{
    ActivationDraft, Attributes, CalculateError, CalculationRequest, Collision, Computed,
    DatedValue, Declarer, EmployeeDraft, EmployeeError, EmploymentId, EmploymentTerms,
    ImpactPopulation, ImpactRequest, OrganizationError, Policy, Precondition, ProposalDraft,
    Runtime, Scope, WhichEmployment,
};

use crate::impacts;
use crate::rulesets::{self, MANIFEST, case, with};
use crate::support::{
    acme, answer, employee, empty, of, slot, somebody, tenant, without_approvals,
};

/// What each country's version adds to the number of an employee.
pub(crate) const BONUSES: [(&str, i64); 3] = [("CN", 10), ("DE", 20), ("US", 30)];

pub(crate) fn package(country: &str, version: &str, bonus: i64) -> Vec<u8> {
    package_in(country, version, bonus, None)
}

/// A version of a country that takes its number in a unit.
pub(crate) fn package_in(country: &str, version: &str, bonus: i64, unit: Option<&str>) -> Vec<u8> {
    let mut description = rulesets::description();
    description.facts[0].unit = unit.map(str::to_owned);
    let name = format!("test/bonus-{}", country.to_lowercase());
    let manifest = MANIFEST.replace("test/bonus", &name).replace("1.0.0", version);
    let manifest = format!("jurisdiction = \"{country}\"\n{manifest}");
    let parameters =
        format!("[[bonus]]\nfrom = 2020-01-01\nvalue = {bonus}\nsource = \"Agreement\"\n");
    let files = rulesets::files(rulesets::hostile("honest", &description));
    let files = with(files, "ruleset.toml", &manifest);
    let files = with(files, "parameters.toml", &parameters);
    let files = with(files, "cases/one.toml", &case("1", &(1 + bonus).to_string()));
    let files = with(files, "cases/two.toml", &case("2", &(2 + bonus).to_string()));
    rulesets::package(files).write().unwrap()
}

/// A tenant with a version of each country in force in a slot of its own.
pub(crate) async fn ready() -> Arc<Runtime> {
    ready_with(|country, bonus| package(country, "1.0.0", bonus)).await
}

/// The same with versions made so.
pub(crate) async fn ready_with(package: impl Fn(&str, i64) -> Vec<u8>) -> Arc<Runtime> {
    let runtime = empty().await;
    runtime.create_tenant(&somebody(), acme(), "Acme").await.unwrap();
    without_approvals(&runtime, &acme()).await;
    for (country, bonus) in BONUSES {
        let package = package(country, bonus);
        runtime.publish(&somebody(), Scope::Everyone, package).await.unwrap();
        let lower = country.to_lowercase();
        let draft = ActivationDraft {
            slot: format!("pay/{lower}"),
            ruleset: format!("test/bonus-{lower}"),
            version: "1.0.0".to_owned(),
            valid_from: date(2020, 1, 1),
        };
        runtime.activate(&somebody(), &acme(), draft).await.unwrap();
    }
    runtime
}

pub(crate) async fn organize(runtime: &Runtime, organization: Value) {
    try_organize(runtime, organization).await.unwrap();
}

async fn try_organize(runtime: &Runtime, organization: Value) -> Result<u64, OrganizationError> {
    let written =
        runtime.put_organization(&somebody(), &acme(), Precondition::None, organization).await;
    written.map(|view| view.revision)
}

/// `{"gross": [["2020-01-01", 1]]}` as attributes.
fn attributes(values: &Value) -> Attributes {
    let named = values.as_object().unwrap().iter().map(|(name, values)| {
        let dated = values.as_array().unwrap().iter().map(|pair| DatedValue {
            from: pair[0].as_str().unwrap().parse().unwrap(),
            value: pair[1].clone(),
        });
        (name.clone(), dated.collect())
    });
    named.collect()
}

pub(crate) fn draft(person: &Value, employments: &Value) -> EmployeeDraft {
    let employments = employments.as_object().unwrap().iter().map(|(id, terms)| {
        let terms = EmploymentTerms { attributes: attributes(terms) };
        (EmploymentId::new(id).unwrap(), terms)
    });
    EmployeeDraft { attributes: attributes(person), employments: employments.collect() }
}

pub(crate) async fn put(
    runtime: &Runtime,
    name: &str,
    draft: EmployeeDraft,
) -> Result<(), Vec<String>> {
    let id = employee(name);
    match runtime.put_employee(&somebody(), &acme(), &id, draft, Precondition::None).await {
        Ok(_) => Ok(()),
        Err(EmployeeError::Invalid(errors)) => Err(errors
            .iter()
            .map(|error| format!("{}: {}", error.pointer, error.message))
            .collect()),
        Err(error) => panic!("{error}"),
    }
}

async fn refused(runtime: &Runtime, draft: EmployeeDraft) -> Vec<String> {
    let before = runtime.audit(Some(&acme()), 0, usize::MAX).await.unwrap().len();
    let errors = put(runtime, "refused", draft).await.unwrap_err();
    let after = runtime.audit(Some(&acme()), 0, usize::MAX).await.unwrap().len();
    assert_eq!(before, after, "what is refused leaves nothing behind");
    assert!(runtime.employee(&acme(), &employee("refused"), None).await.unwrap().is_none());
    errors
}

pub(crate) async fn paid(
    runtime: &Runtime,
    country: &str,
    asked: CalculationRequest,
) -> Result<String, String> {
    let slot = slot(&format!("pay/{}", country.to_lowercase()));
    let asked = CalculationRequest { slot, ..asked };
    match runtime.calculate(&acme(), asked).await {
        Ok(result) => Ok(answer(&result)),
        Err(error @ CalculateError::WhichEmployment(_)) => Err(error.to_string()),
        Err(CalculateError::Calculation(CalculationError::InvalidFacts(errors))) => {
            Err(errors.iter().map(ToString::to_string).collect())
        }
        Err(error) => panic!("{error}"),
    }
}

fn on(month: i8) -> CalculationRequest {
    of("e1", date(2020, month, 15), None)
}

pub(crate) fn entities() -> Value {
    json!({
        "acme-cn": { "name": "Acme Shanghai", "country": "CN" },
        "acme-de": { "name": "Acme GmbH", "country": "DE" },
        "acme-us": { "name": "Acme Inc.", "country": "US" },
    })
}

#[tokio::test]
async fn a_slot_is_for_the_employments_in_the_country_of_its_version() {
    let runtime = ready().await;
    organize(&runtime, json!({ "legal_entities": entities() })).await;
    let two = json!({
        "de": { "legal_entity": [["2020-01-01", "acme-de"]], "number": [["2020-01-01", 1]] },
        "us": { "legal_entity": [["2020-01-01", "acme-us"]], "number": [["2020-01-01", 2]] },
    });
    put(&runtime, "e1", draft(&json!({}), &two)).await.unwrap();
    assert_eq!(paid(&runtime, "DE", on(6)).await.unwrap(), "21");
    assert_eq!(paid(&runtime, "US", on(6)).await.unwrap(), "32");
    let nobody = paid(&runtime, "CN", on(6)).await.unwrap_err();
    assert!(nobody.contains("the slot pay/cn is not for the employee on 2020-06-15"), "{nobody}");
    assert!(nobody.contains("legal entity acme-de"), "{nobody}");
    // The receipt says which employment it was.
    let asked = CalculationRequest { slot: slot("pay/us"), ..on(6) };
    let receipt = runtime.calculate(&acme(), asked).await.unwrap().receipt;
    assert_eq!(receipt.employment.unwrap().as_str(), "us");
}

#[tokio::test]
async fn a_transfer_moves_an_employment_from_slot_to_slot_on_its_day() {
    let runtime = ready().await;
    organize(&runtime, json!({ "legal_entities": entities() })).await;
    let moved = json!({
        "legal_entity": [["2020-01-01", "acme-cn"], ["2020-05-01", "acme-de"]],
        "number": [["2020-01-01", 1]],
    });
    put(&runtime, "e1", draft(&moved, &json!({}))).await.unwrap();
    assert_eq!(paid(&runtime, "CN", on(4)).await.unwrap(), "11");
    assert!(paid(&runtime, "DE", on(4)).await.is_err());
    assert_eq!(paid(&runtime, "DE", on(5)).await.unwrap(), "21");
    assert!(paid(&runtime, "CN", on(5)).await.is_err());
}

#[tokio::test]
async fn a_population_holds_from_its_day_and_as_it_was_known() {
    let runtime = ready().await;
    let person = json!({ "number": [["2020-01-01", 1]], "pay_group": [["2020-01-01", "board"]] });
    organize(&runtime, json!({})).await;
    put(&runtime, "e1", draft(&person, &json!({}))).await.unwrap();
    let before = runtime.audit(Some(&acme()), 0, usize::MAX).await.unwrap();
    let before = before.last().unwrap().recorded_at;
    organize(
        &runtime,
        json!({ "slots": { "pay/cn": [
            { "from": "2020-01-01", "pay_groups": ["staff", "board"] },
            { "from": "2020-05-01", "pay_groups": ["staff"] },
        ] } }),
    )
    .await;
    assert_eq!(paid(&runtime, "CN", on(4)).await.unwrap(), "11");
    let gone = paid(&runtime, "CN", on(5)).await.unwrap_err();
    assert!(gone.contains("pay group board"), "{gone}");
    let then = CalculationRequest { known_at: Some(before), ..on(5) };
    assert_eq!(paid(&runtime, "CN", then).await.unwrap(), "11", "as known before it was said");
}

#[tokio::test]
async fn what_is_said_of_an_employment_and_of_a_ruleset_goes_before_what_is_said_of_the_person() {
    let runtime = ready().await;
    organize(&runtime, json!({})).await;
    let person = json!({
        "number": [["2020-01-01", 1]],
        "test/bonus-de/number": [["2020-03-01", 2]],
    });
    let employments = json!({
        "one": { "number": [["2020-05-01", 3]] , "status": [["2020-01-01", "active"]] },
        "two": { "test/bonus-de/number": [["2020-05-01", 4]], "status": [["2020-01-01", "active"]] },
    });
    put(&runtime, "e1", draft(&person, &employments)).await.unwrap();
    let asked = |employment: &str, month| CalculationRequest {
        employment: Some(EmploymentId::new(employment).unwrap()),
        ..on(month)
    };
    let expected = [
        ("CN", "one", 2, 11),
        ("CN", "one", 6, 13),
        ("DE", "one", 2, 21),
        ("DE", "one", 4, 22),
        ("DE", "one", 6, 23),
        ("CN", "two", 6, 11),
        ("DE", "two", 6, 24),
    ];
    for (country, employment, month, amount) in expected {
        let found = paid(&runtime, country, asked(employment, month)).await.unwrap();
        assert_eq!(found, amount.to_string(), "{country} {employment} in month {month}");
    }
    let which = paid(&runtime, "CN", on(6)).await.unwrap_err();
    assert!(which.contains("2 employments") && which.contains("one, two"), "{which}");
    let unknown = paid(&runtime, "CN", asked("three", 6)).await.unwrap_err();
    assert!(unknown.contains("no employment three; there are one, two"), "{unknown}");
}

#[tokio::test]
async fn an_employment_that_runs_goes_before_one_that_has_ended_or_not_begun() {
    let runtime = ready().await;
    organize(&runtime, json!({})).await;
    let employments = json!({
        "first": {
            "number": [["2020-01-01", 1]],
            "status": [["2020-01-01", "active"], ["2020-04-01", "ended"]],
        },
        "again": { "number": [["2020-01-01", 2]], "status": [["2020-06-01", "active"]] },
    });
    put(&runtime, "e1", draft(&json!({}), &employments)).await.unwrap();
    assert_eq!(paid(&runtime, "CN", on(2)).await.unwrap(), "11");
    assert_eq!(paid(&runtime, "CN", on(7)).await.unwrap(), "12");
    let between = paid(&runtime, "CN", on(5)).await.unwrap_err();
    let each = "the employment again begins on 2020-06-01; the employment first is ended since \
                2020-04-01";
    assert!(between.contains(each), "{between}");
    // What is paid outside of both is for one of them.
    let outside = || CalculationRequest { outside_employment: true, ..on(5) };
    let which = paid(&runtime, "CN", outside()).await.unwrap_err();
    assert!(which.contains("2 employments"), "{which}");
    let first =
        CalculationRequest { employment: Some(EmploymentId::new("first").unwrap()), ..outside() };
    assert_eq!(paid(&runtime, "CN", first).await.unwrap(), "11");
    // Of the month in which one ends and none begins, the one is paid.
    let leaving = json!({
        "status": [["2020-01-01", "active"], ["2020-04-10", "ended"]],
        "number": [["2020-01-01", 3]],
    });
    put(
        &runtime,
        "e1",
        draft(&json!({}), &json!({ "first": leaving, "again": employments["again"] })),
    )
    .await
    .unwrap();
    assert_eq!(paid(&runtime, "CN", on(4)).await.unwrap(), "13");
}

#[tokio::test]
async fn no_write_of_one_countrys_people_depends_on_anothers_rules() {
    let runtime = ready().await;
    organize(&runtime, json!({ "legal_entities": entities() })).await;
    // The rule of each country takes a number; a text is wrong where a rule is for it.
    let text = json!([["2020-01-01", "nineteen"]]);
    let wrong = json!({ "legal_entity": [["2020-01-01", "acme-de"]], "number": text });
    let errors = refused(&runtime, draft(&wrong, &json!({}))).await;
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].starts_with("/attributes/number/0/value: "), "{errors:?}");
    assert!(errors[0].contains("test/bonus-de 1.0.0 in the slot pay/de demands"), "{errors:?}");
    // Under the name of another ruleset it is nobody's business here.
    let scoped = json!({
        "legal_entity": [["2020-01-01", "acme-de"]],
        "number": [["2020-01-01", 1]],
        "test/bonus-us/number": text,
    });
    put(&runtime, "e1", draft(&scoped, &json!({}))).await.unwrap();
    assert_eq!(paid(&runtime, "DE", on(6)).await.unwrap(), "21");
}

#[tokio::test]
async fn who_can_not_be_placed_is_refused_and_told_why() {
    let runtime = ready().await;
    organize(
        &runtime,
        json!({
            "legal_entities": entities(),
            "concurrent_employments": "forbidden",
            "custom_fields": {
                "badge": { "type": "text", "meaning": "Number of the badge." },
                "hukou": { "type": "choice", "choices": ["urban", "rural"],
                    "meaning": "Kind of registration.", "countries": ["CN"] },
            },
        }),
    )
    .await;
    let refuse = async |person: Value, employments: Value, expected: &[&str]| {
        let errors = refused(&runtime, draft(&person, &employments)).await;
        assert_eq!(errors.len(), expected.len(), "{errors:?}");
        for expected in expected {
            let found = errors.iter().any(|error| error.contains(expected));
            assert!(found, "expected {expected:?} in {errors:?}");
        }
    };
    let since = |value: &str| json!([["2020-01-01", value]]);
    refuse(
        json!({ "legal_entity": since("acme-dee") }),
        json!({}),
        &["/attributes/legal_entity/0/value: expected a legal entity of the organization, found \
           \"acme-dee\" (did you mean \"acme-de\"?)"],
    )
    .await;
    refuse(
        json!({ "country": since("FR") }),
        json!({}),
        &["/attributes/country: expected an employment that some slot is for"],
    )
    .await;
    refuse(
        json!({ "country": since("de") }),
        json!({}),
        &[
            "/attributes/country/0/value: expected a country as two capital letters",
            "/attributes/country: expected an employment that some slot is for",
        ],
    )
    .await;
    refuse(
        json!({ "bagde": since("7") }),
        json!({}),
        &["a custom field that the organization declares, found \"bagde\" (did you mean \"badge\"?)"],
    )
    .await;
    refuse(
        json!({ "country": since("DE"), "hukou": since("urban") }),
        json!({}),
        &["/attributes/hukou: expected a field for employments in CN"],
    )
    .await;
    refuse(
        json!({ "country": since("CN"), "hukou": since("suburban") }),
        json!({}),
        &["/attributes/hukou/0/value: expected"],
    )
    .await;
    refuse(
        json!({ "status": since("ended") }),
        json!({}),
        &["/attributes/status: expected a status before it"],
    )
    .await;
    refuse(
        json!({ "status": since("retired") }),
        json!({}),
        &["/attributes/status/0/value: expected"],
    )
    .await;
    refuse(
        json!({}),
        json!({
            "one": { "status": [["2020-01-01", "active"], ["2020-06-01", "ended"]] },
            "two": { "status": [["2020-05-31", "active"]] },
        }),
        &["/employments/two/attributes/status: expected one employment at a time, as the \
           organization demands, found one and two on 2020-05-31"],
    )
    .await;
    refuse(
        json!({ "number@one": since("1") }),
        json!({ "one": { "number@two": since("1") }, "two": {} }),
        &[
            "/attributes/number@one: expected a name without @",
            "/employments/one/attributes/number@two: expected a name without @",
            "/employments/two/attributes: expected at least one attribute",
        ],
    )
    .await;
    // One employment after the other is what the tenant allows.
    let employments = json!({
        "one": { "status": [["2020-01-01", "active"], ["2020-06-01", "ended"]] },
        "two": { "status": [["2020-06-01", "active"]] },
    });
    put(&runtime, "e1", draft(&json!({}), &employments)).await.unwrap();
}

#[tokio::test]
async fn an_organization_that_can_not_be_is_refused_with_everything_that_is_wrong() {
    let runtime = ready().await;
    let wrong = json!({
        "legal_entities": { "Acme": { "name": "", "country": "DE" } },
        "slots": { "pay/cn": [
            { "from": "2020-05-01", "legal_entities": ["nobody"] },
            { "from": "2020-05-01" },
        ] , "pay/de": [] },
        "custom_fields": {
            "status": { "type": "text", "meaning": "Taken." },
            "size": { "type": "choice", "meaning": "Size." },
        },
    });
    match try_organize(&runtime, wrong).await {
        Err(OrganizationError::Invalid(defects)) => {
            let mut places: Vec<&str> =
                defects.iter().map(|defect| defect.pointer.as_str()).collect();
            places.sort_unstable();
            let expected = [
                "/custom_fields/size/choices",
                "/custom_fields/status",
                "/legal_entities/Acme",
                "/legal_entities/Acme/name",
                "/slots/pay~1cn/0/legal_entities",
                "/slots/pay~1cn/1/from",
                "/slots/pay~1de",
            ];
            assert_eq!(places, expected);
        }
        other => panic!("{other:?}"),
    }
    // As many as there may be, each with the longest name, are longer than may be kept.
    let long: serde_json::Map<String, Value> = (0..1_000)
        .map(|number| (format!("l{number}"), json!({ "name": "n".repeat(200), "country": "DE" })))
        .collect();
    match try_organize(&runtime, json!({ "legal_entities": long })).await {
        Err(OrganizationError::Invalid(defects)) => {
            assert_eq!(defects.len(), 1, "{defects:?}");
            assert_eq!(defects[0].expected, "at most 131072 bytes of JSON");
        }
        other => panic!("{other:?}"),
    }
    let unreadable = json!({ "slots": { "pay/cn": [{ "from": "2020-13-01" }] } });
    match try_organize(&runtime, unreadable).await {
        Err(OrganizationError::Unreadable { pointer, .. }) => {
            assert_eq!(pointer, "/slots/pay/cn/0/from");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(runtime.organization(&acme(), None).revision, 0);
    let nobody = runtime
        .put_organization(&somebody(), &tenant("nobody"), Precondition::None, json!({}))
        .await;
    assert!(matches!(nobody, Err(OrganizationError::UnknownTenant(_))), "{nobody:?}");
}

#[tokio::test]
async fn a_tenant_that_has_said_nothing_is_as_it_was() {
    let runtime = ready().await;
    // A field of this name means nothing yet, whatever stands in it.
    let person = json!({ "number": [["2020-01-01", 1]], "country": [["2020-01-01", "Germany"]] });
    put(&runtime, "e1", draft(&person, &json!({}))).await.unwrap();
    for (country, bonus) in BONUSES {
        assert_eq!(paid(&runtime, country, on(6)).await.unwrap(), (1 + bonus).to_string());
    }
    let unknown = CalculationRequest {
        employment: Some(EmploymentId::new("one").unwrap()),
        slot: slot("pay/cn"),
        ..on(6)
    };
    let found = runtime.calculate(&acme(), unknown).await;
    let is_unknown =
        matches!(found, Err(CalculateError::WhichEmployment(WhichEmployment::Unknown { .. })));
    assert!(is_unknown, "{found:?}");
}

#[tokio::test]
async fn every_attribute_that_somebody_declares_can_be_looked_up() {
    let runtime = ready().await;
    organize(
        &runtime,
        json!({ "custom_fields": {
            "badge": { "type": "text", "meaning": "Number of the badge.", "countries": ["DE"] },
        } }),
    )
    .await;
    let declared = runtime.declared_attributes(&acme()).await;
    let of = |name: &str| -> Vec<Declarer> {
        let named = declared.iter().filter(|attribute| attribute.name == name);
        named.map(|attribute| attribute.declared_by.clone()).collect()
    };
    assert_eq!(of("status"), [Declarer::Host]);
    assert_eq!(of("badge"), [Declarer::Organization { countries: vec!["DE".to_owned()] }]);
    let mut slots: Vec<String> = of("number")
        .into_iter()
        .map(|declarer| match declarer {
            Declarer::Ruleset { ruleset, version, slot } => format!("{ruleset} {version} {slot}"),
            other => panic!("{other:?}"),
        })
        .collect();
    slots.sort_unstable();
    let expected = ["cn", "de", "us"].map(|own| format!("test/bonus-{own} 1.0.0 pay/{own}"));
    assert_eq!(slots, expected);
}

#[tokio::test]
async fn who_reads_a_proposal_sees_which_facts_are_something_else_in_another_slot() {
    let runtime = ready().await;
    // The number has one digit here, and any in every other slot.
    let mut description = rulesets::description();
    let bounds = IntegerBounds { minimum: None, maximum: Some(9) };
    description.facts[0].shape = Shape::Scalar(ScalarKind::Integer(bounds));
    let files = rulesets::files(rulesets::hostile("honest", &description));
    let files = with(files, "ruleset.toml", &MANIFEST.replace("test/bonus", "test/labels"));
    let published = runtime
        .publish(&somebody(), Scope::Everyone, rulesets::package(files).write().unwrap())
        .await;
    published.unwrap();
    let draft = ProposalDraft {
        slot: "labels".to_owned(),
        ruleset: "test/labels".to_owned(),
        version: "1.0.0".to_owned(),
        valid_from: date(2020, 1, 1),
        impact_report: None,
        reason: None,
    };
    let policy = serde_json::to_value(Policy::default()).unwrap();
    runtime.put_policy(&somebody(), Some(&acme()), Precondition::None, policy).await.unwrap();
    let proposed = runtime.propose(&somebody(), &acme(), draft).await.unwrap();
    let read = async || runtime.proposal(&acme(), proposed.id).await.unwrap().collisions;
    let slots = |collisions: Vec<Collision>| -> Vec<String> {
        let mut slots: Vec<String> =
            collisions.iter().map(|one| format!("{} {}", one.fact, one.slot)).collect();
        slots.sort_unstable();
        slots
    };
    let all = ["number pay/cn", "number pay/de", "number pay/us"];
    assert_eq!(slots(read().await), all, "every slot is for everybody");
    let said = json!({ "slots": { "labels": [{ "from": "2020-01-01", "countries": ["DE"] }] } });
    organize(&runtime, said).await;
    assert_eq!(slots(read().await), ["number pay/de"], "only those are for the same people");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_impact_report_is_over_the_employments_that_the_slot_is_for_on_its_days() {
    let runtime = ready().await;
    organize(&runtime, json!({ "legal_entities": entities() })).await;
    let number = |value: i64| json!([["2020-01-01", value]]);
    let two = json!({
        "de": { "legal_entity": [["2020-01-01", "acme-de"]], "number": number(1) },
        "us": { "legal_entity": [["2020-01-01", "acme-us"]], "number": number(2) },
    });
    put(&runtime, "e1", draft(&json!({}), &two)).await.unwrap();
    let moved = json!({
        "legal_entity": [["2020-01-01", "acme-cn"], ["2020-05-01", "acme-de"]],
        "number": number(3),
    });
    put(&runtime, "e2", draft(&moved, &json!({}))).await.unwrap();
    let chinese = json!({ "legal_entity": [["2020-01-01", "acme-cn"]], "number": number(4) });
    put(&runtime, "e3", draft(&chinese, &json!({}))).await.unwrap();
    let candidate = package("DE", "2.0.0", 21);
    runtime.publish(&somebody(), Scope::Everyone, candidate).await.unwrap();
    let asked = ImpactRequest {
        slot: slot("pay/de"),
        ruleset: "test/bonus-de".to_owned(),
        version: "2.0.0".to_owned(),
        population: ImpactPopulation::All,
        dates: vec![date(2020, 4, 15), date(2020, 6, 15)],
        facts: serde_json::Map::new(),
    };
    let content = impacts::content(&runtime, asked).await;
    assert_eq!((content.employees, content.affected), (2, 2));
    assert_eq!(content.computed, Some(Computed { calculations: 3, of: 3 }));
    let mut largest: Vec<&str> =
        content.largest.iter().map(|change| change.employee.as_str()).collect();
    largest.sort_unstable();
    assert_eq!(largest, ["e1/de", "e2"]);
    // What is shown of one is what it was measured by.
    for change in &content.largest {
        let shown = serde_json::to_value(&change.candidate).unwrap().to_string();
        let expected = if change.employee == "e2" { "\"24\"" } else { "\"22\"" };
        assert!(shown.contains(expected), "{shown}");
    }
    // Whoever is erased is in none of it.
    runtime.erase_employee(&somebody(), &acme(), &employee("e1")).await.unwrap();
    let reports = runtime.impact_reports(&acme(), None, 1).await.unwrap();
    let left = runtime.impact_content(&acme(), reports.reports[0].id).await.unwrap().unwrap();
    let left: Vec<&str> = left.largest.iter().map(|change| change.employee.as_str()).collect();
    assert_eq!(left, ["e2"]);
}
