//! Publishing.

use jiff::civil::date;
use serde_json::json;
use stele_runtime::{PublishError, Runtime, Scope};

use crate::{
    rulesets::{self, case, with},
    support::{
        NAME, acme, activate, answer, bonus, bonus_named, empty, furnished, on_disk, request,
        somebody, tenant,
    },
};

fn entries(runtime: &Runtime) -> usize {
    runtime.audit(None, 0, 100).unwrap().len()
}

#[tokio::test]
async fn a_published_version_is_listed_read_and_packed_as_it_was() {
    let runtime = furnished().await;
    let listed = runtime.rulesets(&acme());
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].versions, ["2.0.0", "1.0.0"]);
    assert_eq!(listed[0].latest.kind, "points");
    let versions = runtime.versions(&acme(), NAME).unwrap();
    assert_eq!(versions[1].published_by, "Somebody");
    assert_eq!((versions[1].from, versions[1].until), (date(2020, 1, 1), date(2021, 12, 31)));

    let detail = runtime.version(&acme(), NAME, "1.0.0").await.unwrap().unwrap();
    assert_eq!(detail.ruleset.digest(), versions[1].digest);
    assert!(detail.report.passed);
    assert_eq!(detail.report.cases.len(), 2);
    let package = runtime.package(&acme(), NAME, "1.0.0").await.unwrap().unwrap();
    assert_eq!(package.write().unwrap(), bonus("1.0.0", 10));

    assert!(runtime.version(&acme(), NAME, "3.0.0").await.unwrap().is_none());
    assert!(runtime.version(&acme(), "test/other", "1.0.0").await.unwrap().is_none());
    assert!(runtime.versions(&acme(), "test/other").is_none());
}

#[tokio::test]
async fn the_same_content_again_is_no_error_and_writes_nothing() {
    let runtime = furnished().await;
    let before = entries(&runtime);
    let again = runtime.publish(&somebody(), Scope::Everyone, bonus("1.0.0", 10)).await.unwrap();
    assert!(again.already);
    assert!(again.report.passed);
    assert_eq!(entries(&runtime), before);
}

#[tokio::test]
async fn other_content_under_a_published_version_is_a_conflict() {
    let runtime = furnished().await;
    let before = entries(&runtime);
    let refused = runtime.publish(&somebody(), Scope::Everyone, bonus("1.0.0", 11)).await;
    let Err(PublishError::Conflict { name, version, published, offered }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!((name.as_str(), version.as_str()), (NAME, "1.0.0"));
    assert_ne!(published, offered);
    assert_eq!(entries(&runtime), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_who_publish_one_version_at_once_exactly_one_does() {
    let runtime = empty();
    let publishing: Vec<_> = (0..4)
        .map(|amount| {
            let runtime = runtime.clone();
            tokio::spawn(async move {
                runtime.publish(&somebody(), Scope::Everyone, bonus("1.0.0", amount)).await
            })
        })
        .collect();
    let mut published = 0;
    for publishing in publishing {
        match publishing.await.unwrap() {
            Ok(view) => published += usize::from(!view.already),
            Err(PublishError::Conflict { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(published, 1);
    assert_eq!(entries(&runtime), 1);
}

#[tokio::test]
async fn what_is_refused_leaves_nothing_behind() {
    let runtime = empty();
    let wrong = with(rulesets::honest(), "cases/one.toml", &case("1", "12"));
    let wrong = rulesets::package(wrong).write().unwrap();
    let refused = runtime.publish(&somebody(), Scope::Everyone, wrong).await;
    let Err(PublishError::Refused(refused)) = refused else { panic!("{refused:?}") };
    assert_eq!(refused.report.failed().unwrap().check.name(), "cases");
    let garbage = runtime.publish(&somebody(), Scope::Everyone, b"garbage".to_vec()).await;
    assert!(matches!(garbage, Err(PublishError::Package(_))), "{garbage:?}");
    assert!(runtime.rulesets_for_everyone().is_empty());
    assert_eq!(runtime.verify().unwrap().objects, 0);
    assert_eq!(entries(&runtime), 0);
}

#[tokio::test]
async fn a_tenants_ruleset_is_seen_by_that_tenant_alone() {
    let runtime = furnished().await;
    let other = tenant("other");
    runtime.create_tenant(&somebody(), other.clone(), "Other").await.unwrap();
    let own = || Scope::Tenant(acme());
    runtime.publish(&somebody(), own(), bonus_named("acme/bonus", "1.0.0", 1)).await.unwrap();
    assert_eq!(runtime.rulesets(&acme()).len(), 2);
    assert_eq!(runtime.rulesets(&other).len(), 1);
    assert_eq!(runtime.rulesets_for_everyone().len(), 1);
    assert!(runtime.version(&other, "acme/bonus", "1.0.0").await.unwrap().is_none());
    // It is in the tenant's log, not in the operator's.
    let entries = runtime.audit(Some(&acme()), 0, 10).unwrap();
    assert_eq!(entries.last().unwrap().action, "ruleset.published");
    let unknown = Scope::Tenant(tenant("unknown"));
    let refused = runtime.publish(&somebody(), unknown, bonus_named("x/bonus", "1.0.0", 1)).await;
    assert!(matches!(refused, Err(PublishError::UnknownTenant(_))), "{refused:?}");
}

#[tokio::test]
async fn a_tenant_may_not_take_a_name_that_means_something_to_everyone() {
    let runtime = furnished().await;
    let own = || Scope::Tenant(acme());
    let refused = runtime.publish(&somebody(), own(), bonus("3.0.0", 30)).await;
    let Err(PublishError::NameTaken { suggestion, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(suggestion, "acme/bonus");

    // Under its own identifier it may, and then sees its own.
    let everyones = bonus_named("acme/bonus", "1.0.0", 1);
    runtime.publish(&somebody(), Scope::Everyone, everyones).await.unwrap();
    let acmes = bonus_named("acme/bonus", "1.0.0", 2);
    runtime.publish(&somebody(), own(), acmes.clone()).await.unwrap();
    let package = runtime.package(&acme(), "acme/bonus", "1.0.0").await.unwrap().unwrap();
    assert_eq!(package.write().unwrap(), acmes);
    // What a tenant had first it keeps.
    let first = bonus_named("first/bonus", "1.0.0", 1);
    runtime.publish(&somebody(), own(), first.clone()).await.unwrap();
    runtime.publish(&somebody(), Scope::Everyone, first).await.unwrap();
    runtime.publish(&somebody(), own(), bonus_named("first/bonus", "1.1.0", 2)).await.unwrap();
}

#[tokio::test]
async fn a_component_shared_by_versions_is_stored_once() {
    let runtime = empty();
    runtime.publish(&somebody(), Scope::Everyone, bonus("1.0.0", 10)).await.unwrap();
    let one = runtime.verify().unwrap().objects;
    runtime.publish(&somebody(), Scope::Everyone, bonus("1.0.1", 11)).await.unwrap();
    // Manifest, parameters, two cases, list of files, report; not the component and the texts.
    assert_eq!(runtime.verify().unwrap().objects - one, 6);
}

#[tokio::test]
async fn what_was_published_runs_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let before = {
        let runtime = on_disk(folder.path());
        crate::support::furnish(&runtime).await;
        activate(&runtime, "2.0.0", date(2020, 1, 1)).await;
        runtime.calculate(&acme(), request()).await.unwrap().receipt
    };
    let runtime = on_disk(folder.path());
    let result = runtime.calculate(&acme(), request()).await.unwrap();
    assert_eq!(answer(&result), "21");
    assert_eq!(result.receipt, before);
    assert_eq!(json!(before)["digest"], json!(result.ruleset.digest().to_string()));
}
