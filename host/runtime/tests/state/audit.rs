//! The audit log: what it says, what is signed, and what an export is worth.

use std::{collections::BTreeSet, fs, os::unix::fs::PermissionsExt, sync::Arc};

use futures::TryStreamExt as _;
use jiff::{Timestamp, civil::date};
use stele_runtime::{
    AuditFilter, AuditKey, Checkpoint, CheckpointError, EmployeeFile, ImportOptions, OpenError,
    Runtime, SignedCheckpoint, StoreError, Tampering, TenantId, VerifierKey, VerifyError, merkle,
    verify_export,
};
use stele_store::{Backend, Door, Memory, MemoryStore, SystemClock, Tree, Write};

use crate::support::{
    acme, activate, calculated, employee, empty, furnish, on_disk, put, ready, request, settings,
    somebody, tenant,
};

fn verifier(runtime: &Runtime) -> VerifierKey {
    VerifierKey::from_pem(&runtime.audit_verifier().to_pem().unwrap()).unwrap()
}

async fn checkpoint(runtime: &Runtime, of: Option<&TenantId>) -> (SignedCheckpoint, Checkpoint) {
    let signed = runtime.audit_checkpoint(of, None).await.unwrap();
    let opened = Checkpoint::open(&signed.note, &verifier(runtime)).unwrap();
    (signed, opened)
}

async fn export(runtime: &Arc<Runtime>, of: Option<&TenantId>) -> String {
    let export = runtime.begin_audit_export(&somebody(), of).await.unwrap();
    let lines: Vec<Vec<u8>> = runtime.clone().audit_export(export).try_collect().await.unwrap();
    String::from_utf8(lines.concat()).unwrap()
}

/// A log of six entries and its export, with a checkpoint of the third and one of all.
struct Exported {
    runtime: Arc<Runtime>,
    text: String,
    older: Checkpoint,
    newest: Checkpoint,
}

async fn exported() -> Exported {
    let runtime = empty().await;
    runtime.create_tenant(&somebody(), acme(), "Acme").await.unwrap();
    for number in 0..3 {
        put(&runtime, &format!("e{number}"), &[(date(2020, 1, 1), number)]).await;
    }
    let (_, older) = checkpoint(&runtime, Some(&acme())).await;
    for number in 3..5 {
        put(&runtime, &format!("e{number}"), &[(date(2020, 1, 1), number)]).await;
    }
    let text = export(&runtime, Some(&acme())).await;
    let (_, newest) = checkpoint(&runtime, Some(&acme())).await;
    assert_eq!((older.size, newest.size, text.lines().count()), (3, 6, 7));
    Exported { runtime, text, older, newest }
}

impl Exported {
    fn verify(&self, text: impl AsRef<[u8]>) -> Result<u64, VerifyError> {
        verify_export(text.as_ref(), &self.newest, Some(&self.older)).map(|report| report.covered)
    }

    /// What was found: how, first and last entry in doubt.
    fn found(&self, text: impl AsRef<[u8]>) -> (Tampering, Option<u64>, Option<u64>) {
        match self.verify(text) {
            Err(VerifyError::Tampered { tampering, first, last, expected, found }) => {
                assert!(!expected.is_empty() && !found.is_empty());
                (tampering, first, last)
            }
            other => panic!("{other:?}"),
        }
    }

    fn lines(&self) -> Vec<&str> {
        self.text.lines().collect()
    }
}

fn joined(lines: &[&str]) -> String {
    lines.iter().flat_map(|line| [line, "\n"]).collect()
}

#[tokio::test]
async fn an_export_is_verified_with_nothing_but_files() {
    let exported = exported().await;
    assert_eq!(exported.verify(&exported.text).unwrap(), 6);
    let last: serde_json::Value = serde_json::from_str(exported.lines()[6]).unwrap();
    assert_eq!(last["action"], "audit.exported", "an export is itself audited");
    assert_eq!(last["actor"]["name"], "Somebody");
    // The lines are what was hashed.
    let log = exported.runtime.audit(Some(&acme()), 0, 10).await.unwrap();
    for (line, entry) in exported.lines().into_iter().skip(1).zip(log) {
        assert_eq!(merkle::leaf_hash(line.as_bytes()), entry.hash().unwrap());
    }
    // Younger entries than the checkpoint's are no reason to refuse.
    let report = verify_export(exported.text.as_bytes(), &exported.older, None).unwrap();
    assert_eq!((report.entries, report.covered), (6, 3));
}

#[tokio::test]
async fn every_changed_byte_of_an_export_is_found() {
    let exported = exported().await;
    let bytes = exported.text.as_bytes();
    // The place of each line's first byte.
    let mut starts = vec![0];
    starts
        .extend(bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1));
    for position in 0..bytes.len() {
        for mask in [0x01, 0x02, 0x20, 0x80] {
            let mut changed = bytes.to_vec();
            changed[position] ^= mask;
            let (tampering, first, last) = exported.found(&changed);
            let line = starts.iter().rposition(|start| *start <= position).unwrap() as u64;
            let Some(entry) = line.checked_sub(1) else {
                let known = [
                    Tampering::Header,
                    Tampering::OtherLog,
                    Tampering::Extended,
                    Tampering::Truncated,
                ];
                assert!(known.contains(&tampering), "header byte {position}: {tampering:?}");
                continue;
            };
            let (Some(first), Some(last)) = (first, last) else {
                panic!("entry {entry} byte {position}: {tampering:?} without an entry")
            };
            assert!(
                first <= entry && entry <= last && last - first <= 2,
                "entry {entry}, byte {position}, {tampering:?}: {first} to {last}"
            );
        }
    }
}

#[tokio::test]
async fn removed_moved_repeated_cut_and_added_lines_are_named() {
    let exported = exported().await;
    let lines = exported.lines();
    for at in 0..6_usize {
        let mut removed = lines.clone();
        removed.remove(at + 1);
        let expected = if at == 5 { Tampering::Truncated } else { Tampering::Removed };
        let entry = Some(at as u64);
        assert_eq!(exported.found(joined(&removed)), (expected, entry, entry));

        let mut repeated = lines.clone();
        repeated.insert(at + 1, lines[at + 1]);
        let (tampering, first, _) = exported.found(joined(&repeated));
        let expected = if at == 5 { Tampering::Extended } else { Tampering::Reordered };
        assert_eq!((tampering, first), (expected, Some(at as u64 + 1)));

        let cut = joined(&lines[..=at]);
        assert_eq!(exported.found(&cut), (Tampering::Truncated, entry, entry));
        for other in at + 1..6 {
            let mut moved = lines.clone();
            moved.swap(at + 1, other + 1);
            assert_eq!(exported.found(joined(&moved)).0, Tampering::Reordered);
            assert_eq!(exported.found(joined(&moved)).1, entry);
        }
    }
    let half = &exported.text[..exported.text.len() - 1];
    assert_eq!(exported.found(half).0, Tampering::Truncated, "the last line feed");
    for nothing in ["", "\n", "{}\n", "not an export\n"] {
        assert_eq!(exported.found(nothing), (Tampering::Header, None, None));
    }
    // Cut off, and the number of entries mended: the checkpoint knows.
    let mended = joined(&lines[..4]).replace("\"entries\":6", "\"entries\":3");
    assert_eq!(exported.found(mended), (Tampering::Truncated, Some(3), Some(3)));
}

/// Rewrites the export from an entry on, with all hashes that follow from it.
fn rewritten(lines: &[&str], from: usize) -> String {
    let mut text = format!("{}\n", lines[0]);
    let mut previous: Option<String> = None;
    for (sequence, line) in lines.iter().skip(1).enumerate() {
        let mut line = (*line).to_owned();
        if sequence == from {
            line = line.replace("Somebody", "Somebodi");
        }
        if let Some(previous) = &previous {
            let at = line.find("\"previous\":\"").unwrap() + 12;
            line.replace_range(at..at + 64, previous);
        }
        if sequence >= from {
            previous = Some(merkle::leaf_hash(line.as_bytes()).to_string());
        }
        text.push_str(&line);
        text.push('\n');
    }
    text
}

#[tokio::test]
async fn a_log_that_was_written_anew_does_not_have_the_signed_root() {
    let exported = exported().await;
    for from in 0..6 {
        let forged = rewritten(&exported.lines(), from);
        let (tampering, first, last) = exported.found(&forged);
        assert_eq!(tampering, Tampering::Changed);
        // The older checkpoint tells the first three from the others.
        let expected = if from < 3 { (Some(0), Some(2)) } else { (Some(3), Some(5)) };
        assert_eq!((first, last), expected, "written anew from {from} on");
    }
}

#[tokio::test]
async fn checkpoints_that_do_not_fit_each_other_are_refused() {
    let exported = exported().await;
    let swapped = verify_export(exported.text.as_bytes(), &exported.older, Some(&exported.newest));
    assert!(matches!(swapped, Err(VerifyError::Checkpoints { .. })), "{swapped:?}");
    let forked = Checkpoint { root: exported.older.root, ..exported.newest.clone() };
    let forked = verify_export(exported.text.as_bytes(), &exported.newest, Some(&forked));
    assert!(matches!(forked, Err(VerifyError::Checkpoints { .. })), "{forked:?}");
    let (_, operators) = checkpoint(&exported.runtime, None).await;
    let other = verify_export(exported.text.as_bytes(), &operators, None);
    assert!(
        matches!(other, Err(VerifyError::Tampered { tampering: Tampering::OtherLog, .. })),
        "{other:?}"
    );
    let mixed = verify_export(exported.text.as_bytes(), &exported.newest, Some(&operators));
    assert!(matches!(mixed, Err(VerifyError::Checkpoints { .. })), "{mixed:?}");
}

#[tokio::test]
async fn a_checkpoint_is_a_signed_note_and_any_changed_byte_shows() {
    let runtime = ready().await;
    let (signed, opened) = checkpoint(&runtime, Some(&acme())).await;
    let fingerprint = runtime.audit_verifier().fingerprint();
    let lines: Vec<&str> = signed.note.lines().collect();
    assert_eq!(lines[0], format!("stele.audit/{fingerprint}/tenants/acme"));
    assert_eq!(lines[1], signed.size.to_string());
    assert_eq!((lines[3], lines[4]), (format!("time {}", signed.at).as_str(), ""));
    assert!(lines[5].starts_with(&format!("\u{2014} {} ", lines[0])), "{}", lines[5]);
    assert!(signed.key.starts_with(&format!("{}+", lines[0])), "{}", signed.key);
    assert_eq!((opened.size, opened.root, opened.at), (signed.size, signed.root, Some(signed.at)));
    assert_eq!(opened.log(), "tenants/acme");

    let key = verifier(&runtime);
    let json = serde_json::to_string(&signed).unwrap();
    assert_eq!(Checkpoint::open(&json, &key).unwrap(), opened, "as the server answers it");
    for text in [&signed.note, &json] {
        for position in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[position] ^= 1;
            let Ok(changed) = String::from_utf8(changed) else { continue };
            let believed = Checkpoint::open(&changed, &key);
            assert!(believed.is_err(), "byte {position}: {changed}");
        }
    }
    // A witness's signature beside ours does no harm; ours must be there.
    let witnessed = format!("{}\u{2014} witness.example AAAAAAAA\n", signed.note);
    assert_eq!(Checkpoint::open(&witnessed, &key).unwrap(), opened);
    let other = AuditKey::generate().unwrap().verifier();
    let refused = Checkpoint::open(&signed.note, &other);
    assert!(matches!(refused, Err(CheckpointError::NotSigned { .. })), "{refused:?}");
    for hostile in ["", "\n\n", "a\n\nb\n", "x\n99999999999999999999\nAA==\n\n\u{2014} x AAAA\n"] {
        assert!(Checkpoint::open(hostile, &key).is_err(), "{hostile:?}");
    }
}

#[tokio::test]
async fn proofs_are_believed_by_whoever_has_the_checkpoints() {
    let runtime = ready().await;
    let (_, older) = checkpoint(&runtime, None).await;
    for number in 0..200 {
        let name = format!("t{number}");
        runtime.create_tenant(&somebody(), tenant(&name), &name).await.unwrap();
    }
    let (_, newest) = checkpoint(&runtime, None).await;
    for entry in [0, 1, 127, 128, newest.size - 1] {
        let proof = runtime.audit_inclusion(None, entry, Some(newest.size)).await.unwrap();
        merkle::check_inclusion(&proof.leaf, entry, proof.size, &proof.proof, &newest.root)
            .unwrap();
        let read = runtime.audit(None, entry, 1).await.unwrap();
        assert_eq!(read[0].hash().unwrap(), proof.leaf);
    }
    let proof = runtime.audit_consistency(None, older.size, None).await.unwrap();
    assert_eq!((proof.from_root, proof.to_root), (older.root, newest.root));
    let (from, to) = (older.size, newest.size);
    merkle::check_consistency(from, to, &older.root, &newest.root, &proof.proof).unwrap();
    let then = runtime.audit_checkpoint(None, Some(older.size)).await.unwrap();
    assert_eq!(then.root, older.root, "a former state can be signed again");
    let beyond = runtime.audit_checkpoint(None, Some(newest.size + 1)).await;
    assert!(matches!(beyond, Err(StoreError::BeyondLog { .. })), "{beyond:?}");
}

#[tokio::test]
async fn the_key_is_made_once_and_read_by_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("audit-key.pem");
    let first = on_disk(folder.path()).await.audit_verifier();
    let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(), 0o600);
    assert!(fs::read_to_string(&path).unwrap().starts_with("-----BEGIN PRIVATE KEY-----"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(on_disk(folder.path()).await.audit_verifier(), first);
    assert_eq!(mode(), 0o600, "it is narrowed");
    fs::write(&path, "something else").unwrap();
    let refused = Runtime::open(folder.path(), settings()).await.err().unwrap();
    assert!(matches!(refused, OpenError::AuditKey(_)), "{refused}");
    assert!(refused.to_string().contains("audit-key.pem"), "{refused}");
    let other = tempfile::tempdir().unwrap();
    assert_ne!(on_disk(other.path()).await.audit_verifier(), first);
    assert!(!format!("{:?}", AuditKey::generate().unwrap()).contains("SigningKey"));
}

#[tokio::test]
async fn entries_are_found_by_time_actor_subject_and_action() {
    let runtime = ready().await;
    let before = runtime.audit(Some(&acme()), 0, 100).await.unwrap().len();
    for number in 0..5 {
        put(&runtime, &format!("e{number}"), &[(date(2020, 1, 1), number)]).await;
    }
    let of = Some(acme());
    let all = runtime.audit(of.as_ref(), 0, 100).await.unwrap();
    let found = async |filter: AuditFilter| -> Vec<u64> {
        // In pages of two, as a reader would turn them.
        let (mut found, mut from) = (Vec::new(), 0);
        loop {
            let page = runtime.audit_page(of.as_ref(), &filter, from, 2).await.unwrap();
            assert!(page.entries.len() <= 2 && page.damaged_from.is_none());
            found.extend(page.entries.iter().map(|entry| entry.sequence));
            match page.next {
                Some(next) => from = next,
                None => return found,
            }
        }
    };
    let sequences = |entries: std::ops::Range<usize>| -> Vec<u64> {
        all[entries].iter().map(|entry| entry.sequence).collect()
    };
    let end = all.len();
    let any = AuditFilter::default;
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(found(any()).await, sequences(0..end));
    assert_eq!(
        found(AuditFilter { action: text("employee."), ..any() }).await,
        sequences(before..end)
    );
    assert_eq!(
        found(AuditFilter { employee: Some(employee("e3")), ..any() }).await,
        [before as u64 + 3]
    );
    assert_eq!(found(AuditFilter { actor: text("Somebody"), ..any() }).await, sequences(0..end));
    let subject = all[0].actor.subject.to_string();
    assert_eq!(found(AuditFilter { actor: Some(subject), ..any() }).await, sequences(0..end));
    assert_eq!(found(AuditFilter { actor: text("Some"), ..any() }).await, Vec::<u64>::new());
    let time = |at: usize| Some(all[at].recorded_at);
    assert_eq!(
        found(AuditFilter { from: time(before + 2), ..any() }).await,
        sequences(before + 2..end)
    );
    assert_eq!(
        found(AuditFilter { to: time(before + 2), ..any() }).await,
        sequences(0..before + 2)
    );
    let between = AuditFilter { from: time(1), to: time(before + 1), ..any() };
    assert_eq!(found(between).await, sequences(1..before + 1));
    let nothing = AuditFilter { from: Some(Timestamp::MAX), ..any() };
    assert_eq!(found(nothing).await, Vec::<u64>::new());
}

/// What an entry holds of an employee is salted: the same data gives another digest each time.
#[tokio::test]
async fn personal_content_can_not_be_guessed_from_its_entry() {
    let runtime = ready().await;
    for _ in 0..3 {
        put(&runtime, "e1", &[(date(2020, 1, 1), 30_000)]).await;
    }
    let options = ImportOptions::default();
    for id in ["e2", "e3"] {
        let line = r#"{"id":"ID","attributes":{"number":[{"from":"2020-01-01","value":30000}]}}"#;
        let line = line.replace("ID", id);
        runtime
            .import_employees(&somebody(), &acme(), EmployeeFile::ndjson(line), options)
            .await
            .unwrap();
    }
    let filter = AuditFilter { action: Some("employee".to_owned()), ..AuditFilter::default() };
    let page = runtime.audit_page(Some(&acme()), &filter, 0, 100).await.unwrap();
    let digests: BTreeSet<_> = page.entries.iter().map(|entry| entry.digest).collect();
    assert_eq!((digests.len(), page.entries.len()), (5, 5));
    let text = export(&runtime, Some(&acme())).await;
    assert!(!text.contains("30000"), "{text}");
}

#[tokio::test]
async fn a_damaged_log_costs_its_own_changes_and_nothing_else() {
    let memory = Memory::default();
    let open = async || {
        let store = MemoryStore::start(memory.clone(), Arc::new(SystemClock)).unwrap();
        Runtime::with_store(Arc::new(Door::new(store).unwrap()), settings()).await.unwrap()
    };
    let runtime = open().await;
    furnish(&runtime).await;
    activate(&runtime, "1.0.0", date(2020, 1, 1)).await;
    for number in 0..4 {
        put(&runtime, &format!("e{number}"), &[(date(2020, 1, 1), number)]).await;
    }
    let (_, whole) = checkpoint(&runtime, Some(&acme())).await;
    let mut key = b"acme\0".to_vec();
    key.extend_from_slice(&2_u64.to_be_bytes());
    let value = memory.get(Tree::Audit, &key).unwrap().map(|mut value| {
        value[40] ^= 1;
        value
    });
    memory.write(vec![Write { tree: Tree::Audit, key, value }]).unwrap();

    let runtime = open().await;
    let cause = runtime.read_only().await.unwrap().to_string();
    assert!(cause.contains("tenants/acme") && cause.contains("entry 2"), "{cause}");
    // Served: calculations, employees, entries and proofs before the damage.
    assert_eq!(calculated(&runtime, request()).await.unwrap(), "11");
    assert!(runtime.employee(&acme(), &employee("e3"), None).await.unwrap().is_some());
    let page = runtime.audit_page(Some(&acme()), &AuditFilter::default(), 0, 10).await.unwrap();
    assert_eq!((page.entries.len(), page.next, page.damaged_from), (2, None, Some(2)));
    assert_eq!(runtime.audit_checkpoint(Some(&acme()), None).await.unwrap().size, 2);
    runtime.audit_inclusion(Some(&acme()), 1, None).await.unwrap();
    let beyond = runtime.audit_checkpoint(Some(&acme()), Some(whole.size)).await;
    assert!(matches!(beyond, Err(StoreError::DamagedLog(_))), "{beyond:?}");
    assert!(runtime.audit_checkpoint(None, None).await.unwrap().size > 2);
    // Taken: changes in any other log.
    runtime.create_tenant(&somebody(), tenant("new"), "New").await.unwrap();
    runtime.begin_audit_export(&somebody(), None).await.unwrap();
    // Refused: its own.
    let acme = acme();
    let refused = runtime.begin_audit_export(&somebody(), Some(&acme)).await.unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly { .. }), "{refused}");
    assert!(refused.to_string().contains("entry 2"), "{refused}");
}
