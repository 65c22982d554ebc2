//! Backup and restore.

use std::fs;

use jiff::civil::date;
use stele_runtime::{
    AuditKey, BackupSummary, OpenError, RestoreError, Runtime, StoreError, TokenDraft, TokenScope,
};

use crate::support::{acme, activate, calculated, furnish, of, on_disk, put, settings, somebody};

/// What a backup says of itself, and its bytes.
async fn backup_of(runtime: &Runtime) -> (BackupSummary, Vec<u8>) {
    let file = tempfile::NamedTempFile::new().unwrap();
    let written = runtime.backup(file.reopen().unwrap()).await.unwrap();
    (written, fs::read(file.path()).unwrap())
}

#[tokio::test]
async fn a_restored_folder_works_as_the_old_one_did() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = on_disk(&folder.path().join("old")).await;
    furnish(&runtime).await;
    activate(&runtime, "2.0.0", date(2020, 1, 1)).await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 5)]).await;
    let scopes = vec![TokenScope::Operator];
    let token = TokenDraft { tenant: None, name: "operator".to_owned(), scopes, subject: None };
    let (_, secret) = runtime.create_token(&somebody(), token).await.unwrap();
    let (written, backup) = backup_of(&runtime).await;

    let data = folder.path().join("new");
    fs::create_dir(&data).unwrap();
    let key = AuditKey::read(&folder.path().join("old/audit-key.pem")).unwrap();
    let read = Runtime::restore(backup.as_slice(), &data, &key).unwrap();
    assert_eq!(read, written);
    let kept = AuditKey::read(&data.join("audit-key.pem")).unwrap();
    assert_eq!(kept.verifier(), key.verifier());
    let restored = on_disk(&data).await;
    assert!(restored.authenticate(secret.reveal()).is_some());
    assert_eq!(calculated(&restored, of("e1", date(2020, 6, 30), None)).await.unwrap(), "25");
    assert_eq!(restored.rulesets(&acme()), runtime.rulesets(&acme()));
    assert_eq!(
        restored.audit(Some(&acme()), 0, 100).await.unwrap(),
        runtime.audit(Some(&acme()), 0, 100).await.unwrap()
    );
    // And goes on.
    activate(&restored, "1.0.0", date(2020, 1, 1)).await;
    restored.verify().await.unwrap();
}

#[tokio::test]
async fn a_bad_backup_or_a_full_folder_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old");
    let runtime = on_disk(&old).await;
    furnish(&runtime).await;
    let (_, backup) = backup_of(&runtime).await;

    let key = AuditKey::generate().unwrap();
    let over = Runtime::restore(backup.as_slice(), &old, &key);
    assert!(matches!(over, Err(RestoreError::NotEmpty(_))), "{over:?}");
    let new = folder.path().join("new");
    let half = backup.get(..backup.len() / 2).unwrap();
    let cut = Runtime::restore(half, &new, &key);
    assert!(matches!(cut, Err(RestoreError::Store(StoreError::Backup { .. }))), "{cut:?}");
    let left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["old"], "nothing is left of a failed restore");
}

#[tokio::test]
async fn a_damaged_database_is_refused_with_the_way_to_restore() {
    let folder = tempfile::tempdir().unwrap();
    drop(on_disk(folder.path()).await);
    let file = folder.path().join("db/db");
    let mut bytes = fs::read(&file).unwrap();
    bytes.iter_mut().for_each(|byte| *byte ^= 0x10);
    fs::write(&file, bytes).unwrap();
    let refused = Runtime::open(folder.path(), settings()).await.err().unwrap();
    assert!(matches!(refused, OpenError::Store(StoreError::Corrupt { .. })), "{refused}");
    assert!(refused.to_string().contains("stele restore"), "{refused}");
}

#[tokio::test]
async fn one_data_folder_serves_one_runtime() {
    let folder = tempfile::tempdir().unwrap();
    let _open = on_disk(folder.path()).await;
    let second = Runtime::open(folder.path(), settings()).await.err().unwrap();
    assert!(matches!(second, OpenError::Store(StoreError::Locked { .. })), "{second}");
}
