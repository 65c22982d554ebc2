//! Who is paid what in which slot, over random histories of people, employments, populations and
//! moves, compared with a model that looks at everything day by day.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};
use stele_runtime::{CalculationRequest, EmployeeDraft, EmploymentId, Runtime};

use crate::employments::{BONUSES, draft, organize, paid, put, ready};
use crate::support::of;

const COUNTRIES: [&str; 3] = ["CN", "DE", "US"];

/// What is said from the first of a month on.
type Dated<T> = Vec<(i8, T)>;

/// What is said of an employment, or of the person for all of them.
#[derive(Debug, Clone, Default)]
struct Terms {
    country: Dated<usize>,
    entity: Dated<usize>,
    group: Dated<usize>,
    number: Dated<i64>,
    /// For the ruleset of a country alone.
    scoped: Option<(usize, Dated<i64>)>,
    /// True: runs; false: has ended. Begins with true.
    status: Dated<bool>,
}

/// Whom a slot is for: countries, entities and groups; empty: all of them.
#[derive(Debug, Clone)]
struct Population {
    countries: Vec<usize>,
    entities: Vec<usize>,
    groups: Vec<usize>,
}

#[derive(Debug, Clone)]
struct World {
    person: Terms,
    employments: Vec<Terms>,
    /// For each country's slot; none: nothing is said of it.
    slots: Vec<Option<Dated<Population>>>,
}

fn dated<T: Clone + std::fmt::Debug>(
    value: impl Strategy<Value = T> + Clone,
) -> impl Strategy<Value = Dated<T>> {
    proptest::collection::btree_map(1_i8..=12, value, 0..3)
        .prop_map(|values| values.into_iter().collect())
}

fn terms() -> impl Strategy<Value = Terms> {
    let place = || dated(0_usize..3);
    let status = proptest::collection::btree_set(1_i8..=12, 0..4)
        .prop_map(|months| months.into_iter().enumerate().map(|(n, m)| (m, n % 2 == 0)).collect());
    let scoped = proptest::option::of((0_usize..3, dated(50_i64..60)));
    (place(), place(), place(), dated(0_i64..9), scoped, status).prop_map(
        |(country, entity, group, number, scoped, status)| Terms {
            country,
            entity,
            group,
            number,
            scoped,
            status,
        },
    )
}

fn population() -> impl Strategy<Value = Population> {
    let names = || proptest::collection::btree_set(0_usize..3, 0..3);
    (names(), names(), names()).prop_map(|(countries, entities, groups)| Population {
        countries: countries.into_iter().collect(),
        entities: entities.into_iter().collect(),
        groups: groups.into_iter().collect(),
    })
}

fn world() -> impl Strategy<Value = World> {
    let said = proptest::collection::btree_map(1_i8..=12, population(), 1..3);
    let said = said.prop_map(|said| said.into_iter().collect::<Dated<Population>>());
    let slots = proptest::collection::vec(proptest::option::of(said), 3);
    (terms(), proptest::collection::vec(terms(), 0..3), slots)
        .prop_map(|(person, employments, slots)| World { person, employments, slots })
}

fn at<T>(values: &Dated<T>, month: i8) -> Option<&T> {
    values.iter().rfind(|(from, _)| *from <= month).map(|(_, value)| value)
}

impl World {
    /// The employments by name; one without a name where there are none apart. An employment is
    /// begun by where it is or that it runs.
    fn employments(&self) -> Vec<(Option<String>, Terms)> {
        let said = |terms: &Terms| {
            let Terms { country, entity, status, .. } = terms;
            !(country.is_empty() && entity.is_empty() && status.is_empty())
        };
        let told = self.employments.iter().enumerate().filter(|(_, terms)| said(terms));
        let told: Vec<_> =
            told.map(|(number, terms)| (Some(format!("e{number}")), terms.clone())).collect();
        if told.is_empty() { vec![(None, Terms::default())] } else { told }
    }

    fn value<T: Clone>(&self, own: &Dated<T>, person: &Dated<T>, month: i8) -> Option<T> {
        at(own, month).or_else(|| at(person, month)).cloned()
    }

    /// Whether the slot is in the month for an employment that belongs where it does in another one.
    fn admits(&self, slot: usize, own: &Terms, month: i8, placed: i8) -> bool {
        let entity = self.value(&own.entity, &self.person.entity, placed);
        // Each entity is in the country of its number.
        let country = self.value(&own.country, &self.person.country, placed).or(entity);
        let group = self.value(&own.group, &self.person.group, placed);
        match &self.slots[slot] {
            None => country.is_none_or(|country| country == slot),
            Some(said) => at(said, month).is_some_and(|said| {
                let is_in = |names: &[usize], value: Option<usize>| {
                    names.is_empty() || value.is_some_and(|value| names.contains(&value))
                };
                is_in(&said.countries, country)
                    && is_in(&said.entities, entity)
                    && is_in(&said.groups, group)
            }),
        }
    }

    /// Whether it runs in the month. All that is said is said from the first of a month on.
    fn runs(&self, own: &Terms, month: i8) -> bool {
        let is_said = !own.status.is_empty() || !self.person.status.is_empty();
        self.value(&own.status, &self.person.status, month).unwrap_or(!is_said)
    }

    /// The month in which it belongs as it does for a payment: that in which it begins, before it, and
    /// the last one, after it.
    fn placed(&self, own: &Terms, month: i8) -> i8 {
        if self.runs(own, month) {
            return month;
        }
        let ran = (1..month).rfind(|month| self.runs(own, *month));
        let statuses = own.status.iter().chain(&self.person.status);
        ran.or(statuses.map(|(from, _)| *from).min()).unwrap()
    }

    /// Whether the slot was for it in an earlier month in which it ran.
    fn was_here(&self, slot: usize, own: &Terms, month: i8) -> bool {
        let is_somewhere = |month| {
            let Terms { country, entity, group, .. } = &self.person;
            self.value(&own.country, country, month).is_some()
                || self.value(&own.entity, entity, month).is_some()
                || self.value(&own.group, group, month).is_some()
        };
        (1..month).any(|month| {
            self.runs(own, month) && is_somewhere(month) && self.admits(slot, own, month, month)
        })
    }

    /// The employment that is paid in the slot, for a payment outside of it or not; none: nobody, or
    /// nobody knows which.
    fn chosen(&self, slot: usize, month: i8, outside: bool) -> Option<(Option<String>, Terms)> {
        let is_here = |terms: &Terms| self.admits(slot, terms, month, self.placed(terms, month));
        let (running, others): (Vec<_>, Vec<_>) = self
            .employments()
            .into_iter()
            .filter(|(_, terms)| is_here(terms) || self.was_here(slot, terms, month))
            .partition(|(_, terms)| is_here(terms) && self.runs(terms, month));
        let those = if running.is_empty() && outside { others } else { running };
        <[_; 1]>::try_from(those).ok().map(|[only]| only)
    }

    fn number(&self, slot: usize, own: &Terms, month: i8) -> Option<i64> {
        let scoped = |terms: &Terms| match &terms.scoped {
            Some((of, values)) if *of == slot => at(values, month).copied(),
            _ => None,
        };
        scoped(own)
            .or_else(|| at(&own.number, month).copied())
            .or_else(|| scoped(&self.person))
            .or_else(|| at(&self.person.number, month).copied())
    }
}

fn from(month: i8) -> String {
    date(2020, month, 1).to_string()
}

fn json_of<T>(values: &Dated<T>, value: impl Fn(&T) -> Value) -> Value {
    values.iter().map(|(month, said)| json!([from(*month), value(said)])).collect()
}

fn json_of_terms(terms: &Terms) -> Value {
    let mut said = Map::new();
    let mut add = |name: String, values: Value| {
        if values != json!([]) {
            said.insert(name, values);
        }
    };
    add("country".into(), json_of(&terms.country, |number| json!(COUNTRIES[*number])));
    add("legal_entity".into(), json_of(&terms.entity, |number| json!(format!("l{number}"))));
    add("pay_group".into(), json_of(&terms.group, |number| json!(format!("g{number}"))));
    add("number".into(), json_of(&terms.number, |number| json!(number)));
    add(
        "status".into(),
        json_of(&terms.status, |runs| json!(if *runs { "active" } else { "ended" })),
    );
    if let Some((of, values)) = &terms.scoped {
        let name = format!("test/bonus-{}/number", COUNTRIES[*of].to_lowercase());
        add(name, json_of(values, |number| json!(number)));
    }
    Value::Object(said)
}

fn organization(world: &World) -> Value {
    let entities: Map<String, Value> = (0..3)
        .map(|number| (format!("l{number}"), json!({ "name": "L", "country": COUNTRIES[number] })))
        .collect();
    let mut slots = Map::new();
    for (number, said) in world.slots.iter().enumerate() {
        let Some(said) = said else { continue };
        let populations = said.iter().map(|(month, said)| {
            let names = |prefix: &str, numbers: &[usize]| -> Vec<String> {
                numbers.iter().map(|number| format!("{prefix}{number}")).collect()
            };
            json!({
                "from": from(*month),
                "countries": said.countries.iter().map(|n| COUNTRIES[*n]).collect::<Vec<_>>(),
                "legal_entities": names("l", &said.entities),
                "pay_groups": names("g", &said.groups),
            })
        });
        let slot = format!("pay/{}", COUNTRIES[number].to_lowercase());
        slots.insert(slot, populations.collect());
    }
    json!({ "legal_entities": entities, "slots": slots })
}

async fn agrees(runtime: &Runtime, name: &str, world: &World) -> Result<(), TestCaseError> {
    organize(runtime, organization(world)).await;
    let kept = record(world);
    if kept.attributes.is_empty() && kept.employments.is_empty() {
        return Ok(());
    }
    // A history for which no slot is at some time is refused: then there is nothing to compare.
    if let Err(errors) = put(runtime, name, kept).await {
        let unplaced = errors.iter().all(|error| error.contains("some slot is for"));
        prop_assert!(unplaced, "{errors:?}");
        return Ok(());
    }
    for (slot, (country, bonus)) in BONUSES.into_iter().enumerate() {
        for (month, outside) in (1..=12).flat_map(|month| [(month, false), (month, true)]) {
            let on: Date = date(2020, month, 15);
            let asked = || CalculationRequest { outside_employment: outside, ..of(name, on, None) };
            let chosen = world.chosen(slot, month, outside);
            let expected = chosen.as_ref().map(|(_, own)| world.number(slot, own, month));
            let found = paid(runtime, country, asked()).await;
            let expected = expected.map(|number| number.map(|number| (number + bonus).to_string()));
            let found = match found {
                Ok(amount) => Some(Some(amount)),
                Err(error) if error.contains("number") => Some(None),
                Err(_) => None,
            };
            prop_assert_eq!(
                &found,
                &expected,
                "{} in month {}, outside {}",
                country,
                month,
                outside
            );
            let Some((Some(id), own)) = chosen else { continue };
            let asked =
                CalculationRequest { employment: Some(EmploymentId::new(&id).unwrap()), ..asked() };
            let named = paid(runtime, country, asked).await.ok();
            let expected = world.number(slot, &own, month);
            prop_assert_eq!(named, expected.map(|number| (number + bonus).to_string()));
        }
    }
    Ok(())
}

/// The record of a world's person.
fn record(world: &World) -> EmployeeDraft {
    let employments: Map<String, Value> = world
        .employments()
        .into_iter()
        .filter_map(|(id, terms)| Some((id?, json_of_terms(&terms))))
        .collect();
    draft(&json_of_terms(&world.person), &Value::Object(employments))
}

/// What each employment of the second world is paid in each slot and month, as things are.
async fn all_paid(runtime: &Runtime, name: &str, world: &World) -> Vec<Result<String, String>> {
    let mut all = Vec::new();
    for (id, _) in world.employments() {
        for (country, _) in BONUSES {
            for month in 1..=12 {
                let employment = id.as_ref().map(|id| EmploymentId::new(id).unwrap());
                let asked =
                    CalculationRequest { employment, ..of(name, date(2020, month, 15), None) };
                all.push(paid(runtime, country, asked).await);
            }
        }
    }
    all
}

/// Whoever is written anew, and was paid in a slot that is for them still, is paid in it: or the
/// record is refused.
async fn loses_nothing(
    runtime: &Runtime,
    name: &str,
    before: &World,
    after: &World,
) -> Result<bool, TestCaseError> {
    organize(runtime, organization(before)).await;
    let [known, record] = [before, after].map(record);
    let is_empty =
        |draft: &EmployeeDraft| draft.attributes.is_empty() && draft.employments.is_empty();
    if is_empty(&known) || is_empty(&record) || put(runtime, name, known).await.is_err() {
        return Ok(false);
    }
    // Who has no employments that are told apart any more has said so.
    let told = |world: &World| world.employments().iter().any(|(id, _)| id.is_some());
    if told(before) && !told(after) {
        return Ok(false);
    }
    let was_paid = all_paid(runtime, name, after).await;
    if put(runtime, name, record).await.is_err() {
        return Ok(false);
    }
    let is_paid = all_paid(runtime, name, after).await;
    for (was, is) in was_paid.iter().zip(&is_paid) {
        let is_missing = is.as_ref().is_err_and(|said| said.contains("number"));
        prop_assert!(was.is_err() || !is_missing, "{was:?}, then {is:?}");
    }
    Ok(true)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    #[test]
    fn everybody_is_paid_in_the_slots_that_are_for_them_by_what_is_known_of_the_employment(
        worlds in proptest::collection::vec(world(), 40),
    ) {
        let waiting = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        waiting.block_on(async {
            let runtime = ready().await;
            for (number, world) in worlds.iter().enumerate() {
                agrees(&runtime, &format!("p{number}"), world).await?;
            }
            Ok::<(), TestCaseError>(())
        })?;
    }
}

#[test]
fn no_record_that_is_taken_leaves_out_what_somebody_was_paid_by() {
    // Of few pairs drawn at random the second record is taken: enough of them that some are.
    let pairs = proptest::collection::vec((world(), world()), 100);
    let mut runner = TestRunner::new(ProptestConfig { cases: 4, ..ProptestConfig::default() });
    let taken = AtomicUsize::new(0);
    let outcome = runner.run(&pairs, |pairs| {
        let waiting = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        waiting.block_on(async {
            let runtime = ready().await;
            for (number, (before, after)) in pairs.iter().enumerate() {
                let is_taken =
                    loses_nothing(&runtime, &format!("p{number}"), before, after).await?;
                taken.fetch_add(usize::from(is_taken), Relaxed);
            }
            Ok(())
        })
    });
    outcome.unwrap();
    assert_ne!(taken.into_inner(), 0, "no record was taken");
}
