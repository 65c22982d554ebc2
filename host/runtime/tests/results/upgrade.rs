//! A data folder that an earlier version wrote is opened by this one, and nothing of it is lost.

use std::fs::File;
use std::path::Path;

use jiff::civil::date;
use serde_json::{Map, json};
use stele_runtime::{
    CalculationRequest, DatedValue, EmployeeDraft, EmploymentId, EmploymentTerms, Precondition,
    ReplayFilter, ReplaySummary,
};

use crate::results::all_replayed;
use crate::support::{acme, answer, employee, on_disk, slot, somebody};

/// Unpacks a folder of `tests/kept`.
fn kept(name: &str) -> tempfile::TempDir {
    let archive = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kept").join(name);
    let unzipped = zstd::Decoder::new(File::open(archive).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    tar::Archive::new(unzipped).unpack(folder.path()).unwrap();
    folder
}

#[tokio::test]
async fn a_folder_from_before_employments_opens_replays_and_verifies() {
    let folder = kept("2026-11-29.tar.zst");
    let runtime = on_disk(folder.path()).await;
    let verified = runtime.verify().await.unwrap();
    assert_eq!(verified.results, 10);
    assert!(verified.audit_entries > 10, "{verified:?}");

    let (summary, different) = all_replayed(&runtime, ReplayFilter::default()).await;
    assert!(different.is_empty(), "{different:?}");
    // Two of them were the erased employee's.
    let expected = ReplaySummary { replayed: 8, identical: 8, different: 0, erased: 2 };
    assert_eq!(summary, expected);

    // Nothing was said of an organization, so what an attribute is called means nothing.
    assert_eq!(runtime.organization(&acme(), None).revision, 0);
    let known = runtime.employee(&acme(), &employee("e-1"), None).await.unwrap().unwrap();
    assert!(known.employments.is_empty());
    assert_eq!(known.attributes["country"][0].value, json!("nowhere"));
    let facts = [("period_start", "2026-11-01"), ("period_end", "2026-11-30")];
    let facts: Map<_, _> =
        facts.into_iter().map(|(name, day)| (name.to_owned(), json!(day))).collect();
    let asked = || CalculationRequest {
        slot: slot("points"),
        date: date(2026, 11, 30),
        known_at: None,
        employee: Some(employee("e-1")),
        employment: None,
        outside_employment: false,
        facts: facts.clone(),
        explain: false,
        record: false,
    };
    let before = runtime.calculate(&acme(), asked()).await.unwrap();
    assert_eq!(before.receipt.employment, None);

    // The same person gets employments, and the old results still replay.
    let from = date(2026, 1, 1);
    let own = DatedValue { from, value: json!(5) };
    let terms = EmploymentTerms {
        attributes: [("excellent_reviews".to_owned(), vec![own])].into_iter().collect(),
    };
    let employments = [(EmploymentId::new("second").unwrap(), terms)].into_iter().collect();
    let draft = EmployeeDraft { attributes: known.attributes, employments };
    let id = employee("e-1");
    runtime.put_employee(&somebody(), &acme(), &id, draft, Precondition::None).await.unwrap();
    let after = runtime.calculate(&acme(), asked()).await.unwrap();
    assert_eq!(after.receipt.employment.as_ref().unwrap().as_str(), "second");
    assert_ne!(answer(&after), String::new());
    let (again, different) = all_replayed(&runtime, ReplayFilter::default()).await;
    assert!(different.is_empty(), "{different:?}");
    assert_eq!(again, expected);
}
