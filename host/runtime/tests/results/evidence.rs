//! Evidence: complete, deterministic, and not believed.

use std::{collections::BTreeMap, io::Read as _, sync::OnceLock};

use stele_engine::Engine;
use stele_runtime::{
    CalculationRequest, Difference,
    evidence::{BundleError, EvidenceProblem, EvidenceReport, check},
};

use crate::{
    results::{of_number, recorded},
    support::{acme, ready, somebody},
};

type Parts = BTreeMap<String, Vec<u8>>;

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(stele_engine::Settings::default()).unwrap())
}

async fn bundle() -> Vec<u8> {
    let runtime = ready().await;
    let asked = CalculationRequest { explain: true, ..of_number(7) };
    let results = recorded(&runtime, vec![of_number(1), asked]).await;
    let id = results[1].0;
    let first = runtime.evidence(&somebody(), &acme(), id, None).await.unwrap();
    let second = runtime.evidence(&somebody(), &acme(), id, None).await.unwrap();
    assert!(first == second, "the same result gives other bytes");
    let entries = runtime.audit(Some(&acme()), 0, 100).await.unwrap();
    let exported: Vec<_> =
        entries.iter().filter(|entry| entry.action == "result.exported").collect();
    assert_eq!(exported.len(), 2);
    assert_eq!(exported[0].subject, id.to_string());
    first
}

fn unpack(bundle: &[u8]) -> Parts {
    let tar = zstd::decode_all(bundle).unwrap();
    let mut archive = tar::Archive::new(tar.as_slice());
    let entries = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let path = entry.path().unwrap().display().to_string();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        (path, content)
    });
    entries.collect()
}

fn pack(parts: &Parts) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (path, content) in parts {
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_path(path).unwrap();
        header.set_cksum();
        archive.append(&header, content.as_slice()).unwrap();
    }
    zstd::encode_all(archive.into_inner().unwrap().as_slice(), 3).unwrap()
}

/// With the list of parts brought up to date, as a forger would.
fn relisted(mut parts: Parts) -> Vec<u8> {
    let mut list: serde_json::Value = serde_json::from_slice(&parts["bundle.json"]).unwrap();
    for (path, content) in parts.iter().filter(|(path, _)| *path != "bundle.json") {
        list["parts"][path] = stele_runtime::Digest::of(content).to_string().into();
    }
    parts.insert("bundle.json".to_owned(), serde_json::to_vec(&list).unwrap());
    pack(&parts)
}

async fn checked(bundle: &[u8]) -> EvidenceReport {
    check(engine(), bundle).await.unwrap()
}

#[tokio::test]
async fn a_bundle_holds_with_nothing_but_itself() {
    let report = checked(&bundle().await).await;
    assert!(report.holds, "{report:?}");
    assert!(report.replay.unwrap().identical);
    assert_eq!(report.version.as_deref(), Some("test/bonus 1.0.0"));
    for part in ["package/component.wasm", "result.json", "audit/entry.json", "activation.json"] {
        assert!(report.parts.iter().any(|own| own == part), "{part}");
    }
}

#[tokio::test]
async fn every_missing_part_is_named() {
    let parts = unpack(&bundle().await);
    for missing in parts.keys() {
        let mut others = parts.clone();
        others.remove(missing);
        let report = checked(&pack(&others)).await;
        assert!(!report.holds, "{missing}");
        let named = EvidenceProblem::Missing { part: missing.clone() };
        assert!(report.problems.contains(&named), "{missing}: {:?}", report.problems);
    }
}

#[tokio::test]
async fn every_changed_part_is_named() {
    let parts = unpack(&bundle().await);
    for changed in parts.keys().filter(|part| *part != "bundle.json") {
        let mut others = parts.clone();
        let content = others.get_mut(changed).unwrap();
        let middle = content.len() / 2;
        content[middle] ^= 1;
        let report = checked(&pack(&others)).await;
        assert!(!report.holds, "{changed}");
        let named = |problem: &EvidenceProblem| matches!(problem, EvidenceProblem::Digest { part, .. } if part == changed);
        assert!(report.problems.iter().any(named), "{changed}: {:?}", report.problems);
    }
}

#[tokio::test]
async fn a_forged_amount_is_named_by_the_head_and_by_the_line() {
    let mut parts = unpack(&bundle().await);
    let text = String::from_utf8(parts["result.json"].clone()).unwrap();
    assert!(text.contains("\"amount\":\"17\""), "{text}");
    let forged = text.replace("\"amount\":\"17\"", "\"amount\":\"71\"");
    parts.insert("result.json".to_owned(), forged.into_bytes());
    let report = checked(&relisted(parts)).await;
    assert!(!report.holds);
    let of_head = |problem: &EvidenceProblem| matches!(problem, EvidenceProblem::Digest { part, vouched_by, .. } if part == "result.json" && vouched_by == "head.json");
    assert!(report.problems.iter().any(of_head), "{:?}", report.problems);
    let replay = report.replay.unwrap();
    let line = |one: &Difference| matches!(one, Difference::Line { .. });
    assert!(replay.differences.iter().any(line), "{replay:?}");
}

#[tokio::test]
async fn another_package_with_another_bonus_is_named() {
    let mut parts = unpack(&bundle().await);
    let path = "package/parameters.toml";
    let text = String::from_utf8(parts[path].clone()).unwrap().replace("value = 10", "value = 99");
    parts.insert(path.to_owned(), text.into_bytes());
    let report = checked(&relisted(parts)).await;
    let package = |problem: &EvidenceProblem| matches!(problem, EvidenceProblem::Digest { part, .. } if part == "package/");
    assert!(report.problems.iter().any(package), "{:?}", report.problems);
    let replay = report.replay.unwrap();
    for named in ["package", "parameters", "outcome", "line"] {
        let found = replay
            .differences
            .iter()
            .any(|one| serde_json::to_value(one).unwrap()["part"] == named);
        assert!(found, "{named}: {replay:?}");
    }
}

#[tokio::test]
async fn another_authority_is_named() {
    let parts = unpack(&bundle().await);
    for (part, from, to, problem) in [
        ("activation.json", "\"slot\":\"bonus\"", "\"slot\":\"other\"", "the slot"),
        ("activation.json", "\"tenant\":\"acme\"", "\"tenant\":\"evil\"", "the tenant"),
        ("head.json", "\"date\":\"2020-06-30\"", "\"date\":\"2020-06-29\"", "the date"),
        ("audit/entry.json", "result.recorded", "result.replayed", "the action"),
    ] {
        let mut others = parts.clone();
        let text = String::from_utf8(others[part].clone()).unwrap();
        assert!(text.contains(from), "{text}");
        others.insert(part.to_owned(), text.replace(from, to).into_bytes());
        let report = checked(&relisted(others)).await;
        let named = |one: &EvidenceProblem| matches!(one, EvidenceProblem::Contradiction { what, .. } if what == problem);
        assert!(report.problems.iter().any(named), "{problem}: {:?}", report.problems);
    }
}

#[tokio::test]
async fn the_proof_of_the_audit_log_travels_with_it() {
    let runtime = ready().await;
    let id = recorded(&runtime, vec![of_number(7)]).await[0].0;
    let proof = runtime.audit_proof_of(&acme(), id).await.unwrap();
    let bundle = runtime.evidence(&somebody(), &acme(), id, Some(proof.clone())).await.unwrap();
    let parts = unpack(&bundle);
    assert_eq!(parts["audit/inclusion.json"], proof.inclusion);
    assert_eq!(parts["audit/checkpoint.json"], proof.checkpoint);
    assert!(checked(&bundle).await.holds);
    for (part, from, to) in [
        ("audit/checkpoint.json", "\"size\": ", "\"size\": 1"),
        ("audit/inclusion.json", "\"entry\": ", "\"entry\": 1"),
    ] {
        let mut others = parts.clone();
        let text = String::from_utf8(others[part].clone()).unwrap();
        assert!(text.contains(from), "{text}");
        others.insert(part.to_owned(), text.replacen(from, to, 1).into_bytes());
        let report = checked(&relisted(others)).await;
        assert!(!report.holds && !report.problems.is_empty(), "{part}");
    }
}

#[tokio::test]
async fn what_is_no_bundle_is_refused_within_bounds() {
    let parts = unpack(&bundle().await);
    let refused = async |bytes: &[u8]| check(engine(), bytes).await.unwrap_err();
    assert!(matches!(refused(b"").await, BundleError::NotAnArchive(_)));
    assert!(matches!(refused(b"not a bundle").await, BundleError::NotAnArchive(_)));
    let whole = pack(&parts);
    assert!(matches!(refused(&whole[..whole.len() / 2]).await, BundleError::NotAnArchive(_)));
    let bomb = zstd::encode_all(std::io::repeat(0).take(200 << 20), 3).unwrap();
    assert!(matches!(refused(&bomb).await, BundleError::UnpacksTooLarge { .. }));
    assert!(matches!(refused(&vec![0; 25 << 20]).await, BundleError::TooLarge { .. }));
    for path in ["evil.sh", "package/../evil", "results.json"] {
        let mut others = parts.clone();
        others.insert(path.to_owned(), b"{}".to_vec());
        let report = check_named(&others).await;
        assert!(report, "{path}");
    }
}

/// Whether an unexpected part is refused or named.
async fn check_named(parts: &Parts) -> bool {
    let mut archive = tar::Builder::new(Vec::new());
    for (path, content) in parts {
        let mut header = tar::Header::new_ustar();
        // Past the checks of the library, as a forger would.
        header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append(&header, content.as_slice()).unwrap();
    }
    let bytes = zstd::encode_all(archive.into_inner().unwrap().as_slice(), 3).unwrap();
    match check(engine(), &bytes).await {
        Err(BundleError::UnexpectedPart { .. }) => true,
        Ok(report) => !report.holds && !report.problems.is_empty(),
        Err(error) => panic!("{error:?}"),
    }
}
