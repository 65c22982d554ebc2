//! Packages: deterministic to write, bounded to read.

use std::io::Write;

use proptest::prelude::*;
use stele_ruleset::{LARGEST_CONTENT, MOST_FILES, Package, PackageError};

use crate::support::{Files, case, files, package, with};

/// The tar archive inside of a package.
fn tar_of(package: &Package) -> Vec<u8> {
    zstd::decode_all(package.write().unwrap().as_slice()).unwrap()
}

fn compressed(tar: &[u8]) -> Vec<u8> {
    zstd::encode_all(tar, 1).unwrap()
}

/// A sound archive with one more entry, whose header is changed before it is written.
fn with_entry(content: &[u8], change: impl FnOnce(&mut tar::Header)) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_ustar();
    header.set_size(content.len() as u64);
    header.set_mode(0o644);
    change(&mut header);
    header.set_cksum();
    archive.append(&header, content).unwrap();
    let mut tar = archive.into_inner().unwrap();
    tar.truncate(tar.len() - 1024);
    tar.extend(tar_of(&package(files(b"rule".to_vec()))));
    compressed(&tar)
}

fn named(path: &str) -> Vec<u8> {
    with_entry(b"title = \"x\"", |header| {
        header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
    })
}

fn refusal(bytes: &[u8]) -> PackageError {
    Package::read(bytes).expect_err("it must be refused")
}

#[test]
fn what_was_written_reads_as_the_same_package() {
    let original = package(files(b"rule".to_vec()));
    let bytes = original.write().unwrap();
    let read = Package::read(&bytes).unwrap();
    assert_eq!(read.digest(), original.digest());
    assert_eq!(read.manifest(), original.manifest());
    assert!(read.files().eq(original.files()));
    assert_eq!(read.write().unwrap(), bytes);
}

#[test]
fn the_digest_does_not_depend_on_compression() {
    let original = package(files(b"rule".to_vec()));
    let again = Package::read(&compressed(&tar_of(&original))).unwrap();
    assert_eq!(again.digest(), original.digest());
}

#[test]
fn the_digest_covers_every_file_and_its_path() {
    let original = package(files(b"rule".to_vec()));
    for path in original.files().map(|(path, _)| path.to_owned()) {
        let mut changed = files(b"rule".to_vec());
        let content = changed.get_mut(&path).unwrap();
        content.push(b'\n');
        assert_ne!(package(changed).digest(), original.digest(), "{path} changed");
    }
    let mut renamed = files(b"rule".to_vec());
    let case = renamed.remove("cases/one.toml").unwrap();
    renamed.insert("cases/uno.toml".to_owned(), case);
    assert_ne!(package(renamed).digest(), original.digest());
}

#[test]
fn the_digest_is_what_the_documentation_says() {
    use sha2::{Digest as _, Sha256};
    let original = package(files(b"rule".to_vec()));
    let mut lines = String::new();
    for (path, content) in original.files() {
        lines.push_str(&format!("{} {path}\n", hex::encode(Sha256::digest(content))));
    }
    assert_eq!(original.digest().to_string(), hex::encode(Sha256::digest(lines)));
}

#[test]
fn paths_out_of_the_package_are_refused() {
    for path in [
        "../evil.toml",
        "/etc/passwd",
        "cases/../../evil.toml",
        "cases/a/b.toml",
        "cases/.hidden.toml",
        "texts/en.toml.exe",
        "cases\\one.toml",
        "ruleset.toml/",
        "",
    ] {
        let error = refusal(&named(path));
        assert!(matches!(error, PackageError::UnexpectedFile { .. }), "{path}: {error}");
    }
}

#[test]
fn links_folders_and_extensions_are_refused() {
    use tar::EntryType;
    for kind in [
        EntryType::Symlink,
        EntryType::Link,
        EntryType::Directory,
        EntryType::Fifo,
        EntryType::Char,
        EntryType::GNULongName,
        EntryType::GNUSparse,
        EntryType::XHeader,
        EntryType::XGlobalHeader,
    ] {
        let bytes = with_entry(b"", |header| {
            header.set_path("cases/link.toml").unwrap();
            header.set_entry_type(kind);
        });
        let error = refusal(&bytes);
        assert!(matches!(error, PackageError::UnexpectedFile { .. }), "{kind:?}: {error}");
    }
}

#[test]
fn a_file_that_occurs_twice_is_refused() {
    let error = refusal(&named("cases/one.toml"));
    assert!(matches!(&error, PackageError::DuplicateFile { file } if file == "cases/one.toml"));
}

#[test]
fn a_bomb_is_refused_before_it_fills_the_memory() {
    let mut bomb = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
    for _ in 0..(LARGEST_CONTENT >> 20) + 64 {
        bomb.write_all(&vec![0; 1 << 20]).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    assert!(bomb.len() < 1 << 20, "a bomb is small");
    assert!(matches!(refusal(&bomb), PackageError::ContentTooLarge { .. }));
}

#[test]
fn a_window_that_would_fill_the_memory_is_refused() {
    let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
    encoder.window_log(30).unwrap();
    encoder.write_all(&tar_of(&package(files(b"rule".to_vec())))).unwrap();
    // The first frame says that it needs a window of 1 GiB.
    assert!(matches!(refusal(&encoder.finish().unwrap()), PackageError::NotAnArchive(_)));
}

#[test]
fn a_size_that_lies_is_refused() {
    for size in [u64::MAX, 1 << 40, 5 << 20, 4096] {
        let bytes = with_entry(b"", |header| {
            header.set_path("cases/lie.toml").unwrap();
            header.set_size(size);
        });
        let error = refusal(&bytes);
        assert!(
            matches!(
                error,
                PackageError::FileTooLarge { .. }
                    | PackageError::NotAnArchive(_)
                    | PackageError::UnexpectedFile { .. }
                    | PackageError::MissingFile { .. }
            ),
            "{size}: {error}"
        );
    }
}

#[test]
fn more_files_than_a_package_has_are_refused() {
    let mut many = files(b"rule".to_vec());
    for index in 0..MOST_FILES {
        many = with(many, &format!("cases/case-{index}.toml"), &case("1", "11"));
    }
    let error = Package::from_files(many).expect_err("too many");
    assert!(matches!(error, PackageError::TooManyFiles { .. }));
}

#[test]
fn data_after_the_end_is_refused() {
    let mut tar = tar_of(&package(files(b"rule".to_vec())));
    tar.extend([1; 512]);
    assert!(matches!(refusal(&compressed(&tar)), PackageError::NotAnArchive(_)));
}

#[test]
fn a_cut_package_is_refused_wherever_it_is_cut() {
    let bytes = package(files(b"rule".to_vec())).write().unwrap();
    for length in 0..bytes.len() {
        assert!(Package::read(&bytes[..length]).is_err(), "cut after {length} bytes");
    }
}

#[test]
fn missing_and_unreadable_files_are_named() {
    for path in ["ruleset.toml", "component.wasm", "parameters.toml"] {
        let mut incomplete = files(b"rule".to_vec());
        incomplete.remove(path);
        let error = Package::from_files(incomplete).expect_err("incomplete");
        assert!(matches!(&error, PackageError::MissingFile { file } if file == path), "{error}");
    }
    let mut binary: Files = files(b"rule".to_vec());
    binary.insert("texts/zh.toml".to_owned(), vec![0xff, 0xfe]);
    let error = Package::from_files(binary).expect_err("not text");
    assert!(matches!(&error, PackageError::NotText { file } if file == "texts/zh.toml"));
}

#[test]
fn every_problem_of_a_manifest_is_reported_at_once() {
    let manifest = r#"
        name = "Payroll"
        version = "1"
        kind = "Pay Roll"
        jurisdiction = "China"
        languages = ["en", "deutsch!", "EN"]
        currency = "yuan"
        decimals = 9
        component = "payroll cn"
        [validity]
        from = 2026-01-01
        until = 2025-01-01
    "#;
    let error = Package::from_files(with(files(b"rule".to_vec()), "ruleset.toml", manifest))
        .expect_err("nothing in it is right");
    let PackageError::Manifest(defects) = error else { panic!("{error}") };
    let keys: Vec<&str> = defects.iter().map(|defect| defect.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "name",
            "version",
            "kind",
            "jurisdiction",
            "languages[1]",
            "languages[2]",
            "currency",
            "decimals",
            "component",
            "validity.until"
        ]
    );
}

#[test]
fn an_unknown_key_of_the_manifest_is_refused_with_its_line() {
    let manifest = format!("colour = \"red\"\n{}", crate::support::MANIFEST);
    let error = Package::from_files(with(files(b"rule".to_vec()), "ruleset.toml", &manifest))
        .expect_err("unknown key");
    let text = error.to_string();
    assert!(text.contains("line 1") && text.contains("colour"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn reading_any_bytes_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = Package::read(&bytes);
        let _ = Package::read(&compressed(&bytes));
    }

    #[test]
    fn a_changed_byte_never_passes_as_the_same_package(
        position in any::<prop::sample::Index>(),
        value in 1u8..,
    ) {
        let original = package(files(b"rule".to_vec()));
        let mut tar = tar_of(&original);
        let position = position.index(tar.len());
        tar[position] ^= value;
        if let Ok(read) = Package::read(&compressed(&tar)) {
            // Only what has no meaning may change without a trace: rights, padding, times.
            prop_assert!(read.digest() != original.digest() || read.files().eq(original.files()));
        }
    }

    #[test]
    fn any_files_write_and_read_as_themselves(
        names in proptest::collection::btree_set("[a-z0-9][a-z0-9_-]{0,20}", 1..8),
        content in ".{0,200}",
        component in proptest::collection::vec(any::<u8>(), 0..2000),
    ) {
        let mut all = files(component);
        for name in names {
            all = with(all, &format!("cases/{name}.toml"), &content);
        }
        let original = package(all);
        let bytes = original.write().unwrap();
        let read = Package::read(&bytes).unwrap();
        prop_assert_eq!(read.digest(), original.digest());
        prop_assert_eq!(read.write().unwrap(), bytes);
    }
}

/// The files of the honest ruleset in a folder, written in this order with these rights.
#[cfg(unix)]
fn on_disk(backwards: bool, mode: u32, seconds: u64) -> (tempfile::TempDir, tempfile::TempDir) {
    use std::os::unix::fs::PermissionsExt;
    use std::time::{Duration, SystemTime};
    let (folder, rules) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut files: Vec<_> = files(b"rule".to_vec()).into_iter().collect();
    if backwards {
        files.reverse();
    }
    for (path, content) in files {
        let file = match path.as_str() {
            "component.wasm" => rules.path().join("text-rule.wasm"),
            path => folder.path().join(path),
        };
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, content).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        std::fs::File::open(&file).unwrap().set_modified(at).unwrap();
    }
    (folder, rules)
}

#[cfg(unix)]
#[test]
fn neither_order_nor_times_nor_rights_of_files_change_a_package() {
    let of = |(folder, rules): (tempfile::TempDir, tempfile::TempDir)| {
        std::fs::write(folder.path().join("README.md"), "not part of it").unwrap();
        std::fs::write(folder.path().join("cases/.hidden"), "nor is this").unwrap();
        Package::from_folder(folder.path(), rules.path()).unwrap().write().unwrap()
    };
    let bytes = of(on_disk(false, 0o644, 1_000_000_000));
    assert_eq!(of(on_disk(true, 0o600, 1_700_000_000)), bytes);
    assert_eq!(of(on_disk(false, 0o755, 1)), bytes);
    let tar = zstd::decode_all(bytes.as_slice()).unwrap();
    let mut archive = tar::Archive::new(tar.as_slice());
    let mut paths = Vec::new();
    for entry in archive.entries().unwrap() {
        let entry = entry.unwrap();
        let header = entry.header();
        assert_eq!((header.mtime().unwrap(), header.mode().unwrap()), (0, 0o644));
        assert_eq!((header.uid().unwrap(), header.gid().unwrap()), (0, 0));
        paths.push(entry.path().unwrap().display().to_string());
    }
    assert!(paths.is_sorted(), "{paths:?}");
}
