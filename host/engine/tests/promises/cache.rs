//! Compiled code is run as it is: nothing is loaded that this installation did not write.

use std::path::{Path, PathBuf};

use stele_engine::{Cache, Engine, Exactness, Statistics};

use crate::support::{self, amount, engine, evaluate, hostile, now};

/// A folder and a key beside it.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("compiled")
    }

    fn cache(&self) -> Cache {
        Cache::new(self.folder(), self.0.path().join("key"))
    }

    fn engine(&self) -> Engine {
        engine(|settings| settings.cache = Some(self.cache()))
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut files: Vec<_> =
            std::fs::read_dir(self.folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }
}

fn counts(statistics: &Statistics) -> (u64, u64, u64) {
    (statistics.cache_hits, statistics.cache_damaged, statistics.compilations)
}

#[tokio::test]
async fn compiled_code_comes_from_the_cache_folder_and_works() {
    let place = Place::new();
    let bytes = hostile("honest");
    support::load(&place.engine(), &bytes, Exactness::Exact).unwrap();
    let second = place.engine();
    let rule = support::load(&second, &bytes, Exactness::Exact).unwrap();
    assert_eq!(counts(&second.statistics()), (1, 0, 0));
    assert_eq!(amount(&evaluate(&second, &rule, 42).await.unwrap()), 42);
}

/// Whatever bit is flipped, nothing of it is loaded, and the next start finds it whole again.
#[tokio::test]
async fn a_flipped_bit_is_seen_before_it_is_loaded() {
    let place = Place::new();
    let bytes = hostile("honest");
    support::load(&place.engine(), &bytes, Exactness::Exact).unwrap();
    let [file] = &place.files()[..] else { panic!("one file is expected") };
    let whole = std::fs::read(file).unwrap();
    // Everywhere: in the checksum, the headers, the code, the last byte.
    let places = (0..whole.len()).step_by(whole.len() / 40).chain([0, 31, 32, whole.len() - 1]);
    for (round, at) in places.enumerate() {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (round % 8);
        std::fs::write(file, &flipped).unwrap();
        let engine = place.engine();
        let rule = support::load(&engine, &bytes, Exactness::Exact).unwrap();
        assert_eq!(counts(&engine.statistics()), (0, 1, 1), "byte {at}: compiled again, and said");
        assert_eq!(amount(&evaluate(&engine, &rule, 7).await.unwrap()), 7);
        let again = std::fs::read(file).unwrap();
        assert!(again == whole, "byte {at}: replaced by the same code");
    }
}

#[test]
fn code_cut_short_or_of_another_component_is_not_loaded() {
    let place = Place::new();
    let (honest, other) = (hostile("honest"), hostile("remembers"));
    support::load(&place.engine(), &honest, Exactness::Exact).unwrap();
    let [file] = &place.files()[..] else { panic!("one file is expected") };
    let file = file.clone();
    let whole = std::fs::read(&file).unwrap();
    support::load(&place.engine(), &other, Exactness::Exact).unwrap();
    let of_other = place.files().into_iter().find(|found| *found != file).unwrap();
    let foreign = std::fs::read(of_other).unwrap();
    for content in [&[][..], &whole[..31], &whole[..32], &whole[..whole.len() / 2], &foreign] {
        std::fs::write(&file, content).unwrap();
        let engine = place.engine();
        support::load(&engine, &honest, Exactness::Exact).unwrap();
        assert_eq!(counts(&engine.statistics()), (0, 1, 1), "{} bytes", content.len());
    }
}

/// Whoever can write to the folder, and not read the key, can not have anything run.
#[test]
fn code_that_was_made_under_another_key_is_not_loaded() {
    let (ours, theirs) = (Place::new(), Place::new());
    let bytes = hostile("honest");
    support::load(&ours.engine(), &bytes, Exactness::Exact).unwrap();
    support::load(&theirs.engine(), &bytes, Exactness::Exact).unwrap();
    std::fs::copy(&theirs.files()[0], &ours.files()[0]).unwrap();
    let engine = ours.engine();
    support::load(&engine, &bytes, Exactness::Exact).unwrap();
    assert_eq!(counts(&engine.statistics()), (0, 1, 1));
}

#[test]
fn nothing_is_kept_of_what_was_only_checked() {
    let place = Place::new();
    let engine = place.engine();
    let rule = support::check(&engine, &hostile("honest"), Exactness::Exact).unwrap();
    assert!(support::check(&engine, &hostile("describe_traps"), Exactness::Exact).is_err());
    assert_eq!(place.files(), [] as [PathBuf; 0], "it may be refused yet");
    now(engine.keep(&rule)).unwrap();
    assert_eq!(place.files().len(), 1);
}

#[test]
fn what_was_used_longest_ago_goes_first() {
    let place = Place::new();
    let start = |files| engine(|settings| settings.cache = Some(Cache { files, ..place.cache() }));
    let names = ["honest", "remembers", "faults", "traps"];
    let mut last = None;
    for name in names {
        support::load(&start(3), &hostile(name), Exactness::Exact).unwrap();
        // The first is used again and again.
        let engine = start(3);
        support::load(&engine, &hostile("honest"), Exactness::Exact).unwrap();
        last = Some(engine.statistics());
    }
    assert_eq!(place.files().len(), 3);
    assert_eq!(counts(&last.unwrap()), (1, 0, 0), "the first is still there");
    let engine = start(3);
    support::load(&engine, &hostile("remembers"), Exactness::Exact).unwrap();
    assert_eq!(engine.statistics().cache_hits, 0, "the second went");

    start(1);
    assert_eq!(place.files().len(), 1, "a smaller limit holds from the next start on");
    engine_of_bytes(&place, 100);
    assert_eq!(place.files().len(), 0, "and so does one of bytes");
}

fn engine_of_bytes(place: &Place, bytes: u64) {
    engine(|settings| settings.cache = Some(Cache { bytes, ..place.cache() }));
}

#[test]
fn a_folder_that_takes_nothing_costs_a_compilation_and_no_more() {
    let place = Place::new();
    let bytes = hostile("honest");
    let engine = place.engine();
    std::fs::remove_dir(place.folder()).unwrap();
    for compilations in 1..=2 {
        support::load(&engine, &bytes, Exactness::Exact).unwrap();
        assert_eq!(engine.statistics().compilations, compilations);
    }
}

#[cfg(unix)]
#[test]
fn folder_and_key_are_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    let start = || {
        let settings = stele_engine::Settings {
            cache: Some(place.cache()),
            ..stele_engine::Settings::default()
        };
        Engine::new(settings)
    };
    start().unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let change = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let key = place.cache().key;
    assert_eq!((mode(&place.folder()), mode(&key)), (0o700, 0o600));
    for (path, right, wrong) in [(place.folder(), 0o700, 0o755), (key, 0o600, 0o644)] {
        change(&path, wrong);
        let refused = start().err().unwrap().to_string();
        assert!(refused.contains("others may reach it"), "{refused}");
        change(&path, right);
    }
}
