//! The rules of this repository, where `cargo xtask rules` has built them.

use std::path::Path;

use stele_engine::Exactness;

use crate::support::{self, engine};

#[test]
fn every_rule_of_the_repository_passes_every_check() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/rules");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: no rules are built, run `cargo xtask rules`");
        return;
    };
    let engine = engine(|_| {});
    for file in files {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            let bytes = std::fs::read(&path).unwrap();
            if let Err(rejection) = support::check(&engine, &bytes, Exactness::Exact) {
                panic!("{}: {rejection}", path.display());
            }
        }
    }
}
