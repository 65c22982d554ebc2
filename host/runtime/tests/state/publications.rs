//! Publishing.

use jiff::civil::date;
use serde_json::json;
use stele_ruleset::{
    CheckFailure, CheckName, Package, PrivateKey, Refused, Report, TrustError, TrustedKey, Unsigned,
};
use stele_runtime::{CoverageRule, Policy, Precondition, PublishError, Runtime, Scope};

use crate::{
    rulesets::{self, case, with},
    support::{
        NAME, acme, activate, answer, bonus, bonus_named, empty, furnished, on_disk, request,
        somebody, tenant,
    },
};

async fn entries(runtime: &Runtime) -> usize {
    runtime.audit(None, 0, 100).await.unwrap().len()
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
    let before = entries(&runtime).await;
    let again = runtime.publish(&somebody(), Scope::Everyone, bonus("1.0.0", 10)).await.unwrap();
    assert!(again.already);
    assert!(again.report.passed);
    assert_eq!(entries(&runtime).await, before);
}

#[tokio::test]
async fn other_content_under_a_published_version_is_a_conflict() {
    let runtime = furnished().await;
    let before = entries(&runtime).await;
    let refused = runtime.publish(&somebody(), Scope::Everyone, bonus("1.0.0", 11)).await;
    let Err(PublishError::Conflict { name, version, published, offered }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!((name.as_str(), version.as_str()), (NAME, "1.0.0"));
    assert_ne!(published, offered);
    assert_eq!(entries(&runtime).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_who_publish_one_version_at_once_exactly_one_does() {
    let runtime = empty().await;
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
    assert_eq!(entries(&runtime).await, 1);
}

#[tokio::test]
async fn what_is_refused_leaves_nothing_behind() {
    let runtime = empty().await;
    let wrong = with(rulesets::honest(), "cases/one.toml", &case("1", "12"));
    let wrong = rulesets::package(wrong).write().unwrap();
    let refused = runtime.publish(&somebody(), Scope::Everyone, wrong).await;
    let Err(PublishError::Check(CheckFailure::Refused(refused))) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(refused.report.failed().unwrap().check.name(), "cases");
    let garbage = runtime.publish(&somebody(), Scope::Everyone, b"garbage".to_vec()).await;
    assert!(matches!(garbage, Err(PublishError::Package(_))), "{garbage:?}");
    assert!(runtime.rulesets_for_everyone().is_empty());
    assert_eq!(runtime.verify().await.unwrap().objects, 0);
    assert_eq!(entries(&runtime).await, 0);
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
    let entries = runtime.audit(Some(&acme()), 0, 10).await.unwrap();
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
    let runtime = empty().await;
    runtime.publish(&somebody(), Scope::Everyone, bonus("1.0.0", 10)).await.unwrap();
    let one = runtime.verify().await.unwrap().objects;
    runtime.publish(&somebody(), Scope::Everyone, bonus("1.0.1", 11)).await.unwrap();
    // Manifest, parameters, two cases, list of files, report; not the component and the texts.
    assert_eq!(runtime.verify().await.unwrap().objects - one, 6);
}

#[tokio::test]
async fn what_was_published_runs_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let before = {
        let runtime = on_disk(folder.path()).await;
        crate::support::furnish(&runtime).await;
        activate(&runtime, "2.0.0", date(2020, 1, 1)).await;
        runtime.calculate(&acme(), request()).await.unwrap().receipt
    };
    let runtime = on_disk(folder.path()).await;
    let result = runtime.calculate(&acme(), request()).await.unwrap();
    assert_eq!(answer(&result), "21");
    assert_eq!(result.receipt, before);
    assert_eq!(json!(before)["digest"], json!(result.ruleset.digest().to_string()));
}

/// The bonus with another horizon, of 2020 to this day.
fn until(version: &str, last: &str) -> Vec<u8> {
    let package = Package::read(&bonus(version, 10)).unwrap();
    let mut files: rulesets::Files =
        package.files().map(|(path, content)| (path.to_owned(), content.to_vec())).collect();
    let manifest = std::str::from_utf8(&files["ruleset.toml"]).unwrap();
    let manifest = manifest.replace("2021-12-31", last);
    files.insert("ruleset.toml".to_owned(), manifest.into_bytes());
    rulesets::package(files).write().unwrap()
}

async fn refusal(runtime: &Runtime, scope: Scope, package: Vec<u8>) -> Refused {
    match runtime.publish(&somebody(), scope, package).await {
        Err(PublishError::Check(CheckFailure::Refused(refused))) => *refused,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_version_that_takes_something_away_needs_a_new_major_number() {
    let runtime = furnished().await;
    let before = entries(&runtime).await;
    let report = refusal(&runtime, Scope::Everyone, until("1.1.0", "2021-12-30")).await.report;
    let failed = report.failed().unwrap();
    assert_eq!(failed.check, CheckName::Compatibility);
    assert!(failed.detail.contains("callers of 1.0.0") && failed.detail.contains("2.0.0"));
    let lost = &failed.errors[0];
    assert_eq!((&*lost.file, &*lost.key), ("ruleset.toml", "validity.until"));
    assert_eq!((&*lost.expected, &*lost.found), ("2021-12-31 or later", "2021-12-30"));
    assert_eq!(entries(&runtime).await, before, "nothing is written");

    let publish = async |package| {
        let report = runtime.publish(&somebody(), Scope::Everyone, package).await.unwrap().report;
        compatibility(&report).to_owned()
    };
    assert_eq!(publish(until("3.0.0", "2021-12-30")).await, "the first version 3");
    assert_eq!(publish(until("1.1.0", "2022-12-31")).await, "whoever calls 1.0.0 can call it");
}

/// What the check of compatibility says.
fn compatibility(report: &Report) -> &str {
    let mut checks = report.checks.iter();
    checks.find(|check| check.check == CheckName::Compatibility).map_or("", |check| &check.detail)
}

#[tokio::test]
async fn a_backport_is_compared_with_the_nearest_lower_version() {
    let runtime = furnished().await;
    let publish =
        async |package| runtime.publish(&somebody(), Scope::Everyone, package).await.unwrap();
    publish(until("1.2.0", "2022-12-31")).await;
    let report = publish(until("1.1.0", "2021-12-31")).await.report;
    assert_eq!(compatibility(&report), "whoever calls 1.0.0 can call it");
    let report = refusal(&runtime, Scope::Everyone, until("1.3.0", "2022-12-30")).await.report;
    assert!(report.failed().unwrap().detail.contains("callers of 1.2.0"));
}

#[tokio::test]
async fn versions_0_and_pre_releases_promise_nothing() {
    let runtime = empty().await;
    let publish =
        async |package| runtime.publish(&somebody(), Scope::Everyone, package).await.unwrap();
    publish(until("0.1.0", "2022-12-31")).await;
    publish(until("0.2.0", "2021-12-31")).await;
    publish(until("1.0.0-rc.1", "2023-12-31")).await;
    publish(until("1.0.0", "2021-12-31")).await;
    publish(until("1.1.0-rc.1", "2022-12-31")).await;
    publish(until("1.1.0", "2021-12-31")).await;
    let early = until("1.2.0-rc.1", "2021-12-30");
    let report = refusal(&runtime, Scope::Everyone, early).await.report;
    assert_eq!(report.failed().unwrap().check, CheckName::Compatibility, "but they keep promises");
}

#[tokio::test]
async fn a_tenants_first_version_keeps_what_it_saw_before() {
    let runtime = empty().await;
    runtime.create_tenant(&somebody(), acme(), "Acme").await.unwrap();
    let named = |version: &str, last: &str| {
        let package = Package::read(&until(version, last)).unwrap();
        let mut files: rulesets::Files =
            package.files().map(|(path, content)| (path.to_owned(), content.to_vec())).collect();
        let manifest = std::str::from_utf8(&files["ruleset.toml"]).unwrap();
        let manifest = manifest.replace("test/bonus", "acme/bonus");
        files.insert("ruleset.toml".to_owned(), manifest.into_bytes());
        rulesets::package(files).write().unwrap()
    };
    let everyone = named("1.0.0", "2021-12-31");
    runtime.publish(&somebody(), Scope::Everyone, everyone).await.unwrap();
    let own = named("1.1.0", "2021-12-30");
    let report = refusal(&runtime, Scope::Tenant(acme()), own).await.report;
    assert_eq!(report.failed().unwrap().check, CheckName::Compatibility);
}

#[tokio::test]
async fn a_policy_decides_who_may_release_a_ruleset() {
    let runtime = empty().await;
    let key = PrivateKey::generate().unwrap();
    let policy = Policy {
        trusted_keys: vec![TrustedKey {
            name: "Law department".to_owned(),
            public_key: key.public().clone(),
            rulesets: vec!["test/*".parse().unwrap()],
        }],
        unsigned: Unsigned::Refused,
        ..Policy::default()
    };
    let content = serde_json::to_value(&policy).unwrap();
    let none = Precondition::None;
    runtime.put_policy(&somebody(), None, none, content).await.unwrap();
    let publish =
        async |package: Vec<u8>| runtime.publish(&somebody(), Scope::Everyone, package).await;
    let before = entries(&runtime).await;
    let Err(PublishError::Check(CheckFailure::Refused(refused))) =
        publish(bonus("1.0.0", 10)).await
    else {
        panic!("an unsigned package is refused")
    };
    assert_eq!(refused.report.failed().unwrap().check, CheckName::Signature);
    assert_eq!(entries(&runtime).await, before);

    let mut signed = Package::read(&bonus("1.0.0", 10)).unwrap();
    signed.sign(&key).unwrap();
    let published = publish(signed.write().unwrap()).await.unwrap();
    assert!(published.report.checks[0].detail.starts_with("signed by Law department"));
    // The same content again, this time unsigned: the version is there, and still nobody vouches.
    let again = publish(bonus("1.0.0", 10)).await;
    assert!(matches!(again, Err(PublishError::Untrusted(TrustError::Unsigned(_)))), "{again:?}");
}

/// The shipped ruleset of formulas, whose cases reach every branch and 7 of 8 rows of tables.
fn allowances() -> Vec<u8> {
    let repository = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = repository.join("rulesets/acme/allowances");
    Package::from_folder(&folder, &repository).unwrap().write().unwrap()
}

#[tokio::test]
async fn a_policy_decides_how_much_of_its_formulas_the_cases_of_a_version_must_reach() {
    let runtime = furnished().await;
    let demand = async |revision: u64, rows_percent: u32| {
        let coverage = CoverageRule { branches_percent: 100, rows_percent };
        let policy = Policy { coverage, ..Policy::without_approvals() };
        let content = serde_json::to_value(&policy).unwrap();
        let latest = Precondition::Revision(revision);
        runtime.put_policy(&somebody(), Some(&acme()), latest, content).await
    };
    let refused = demand(1, 101).await.unwrap_err().to_string();
    assert_eq!(refused, "/coverage/rows_percent: expected a number from 0 to 100, found 101");

    demand(1, 88).await.unwrap();
    let publish = async || runtime.publish(&somebody(), Scope::Tenant(acme()), allowances()).await;
    let Err(PublishError::Check(CheckFailure::Refused(refused))) = publish().await else {
        panic!("too little is reached")
    };
    let failed = refused.report.failed().unwrap();
    assert_eq!(failed.check, CheckName::Coverage);
    assert!(
        failed.detail.ends_with("87 % of the rows, 88 % by the policy: 1 problem"),
        "{failed:?}"
    );

    demand(2, 87).await.unwrap();
    let published = publish().await.unwrap();
    let coverage = published.report.coverage.unwrap();
    assert_eq!((coverage.branches.percent(), coverage.rows.percent()), (100, 87));
    let check = published.report.checks.iter().find(|check| check.check == CheckName::Coverage);
    assert_eq!(check.unwrap().warnings.len(), 1, "what is not reached is reported in any case");
}
