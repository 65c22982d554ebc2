//! The rulesets of the repository.

use std::path::Path;

use stele_runtime::ruleset::{Package, check};

use crate::support::{engine, repository, shipped};

/// Every folder with a manifest, as `cn/payroll`.
fn names() -> Vec<String> {
    fn walk(folder: &Path, prefix: &str, names: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if !path.is_dir() {
                continue;
            }
            let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
            if path.join("ruleset.toml").is_file() {
                names.push(name);
            } else {
                walk(&path, &format!("{name}/"), names);
            }
        }
    }
    let mut names_found = Vec::new();
    walk(&repository().join("rulesets"), "", &mut names_found);
    names_found.sort();
    assert!(names_found.len() >= 6, "rulesets found: {names_found:?}");
    names_found
}

#[tokio::test]
async fn every_shipped_ruleset_holds_in_every_check() {
    let engine = engine();
    let mut refused = String::new();
    for name in names() {
        match check(&engine, &shipped(&name)).await {
            Ok(published) => {
                assert!(published.report.passed);
                assert!(
                    published.report.cases.iter().all(|case| case.fuel.is_some() || case.passed)
                );
                println!("{}", published.report);
            }
            Err(error) => refused.push_str(&error.report.to_string()),
        }
    }
    assert!(refused.is_empty(), "{refused}");
}

#[test]
fn every_shipped_ruleset_packs_to_the_same_bytes_twice() {
    for name in names() {
        let package = shipped(&name);
        let bytes = package.write().unwrap();
        let again = Package::read(&bytes).unwrap();
        assert_eq!(again.digest(), package.digest());
        assert_eq!(again.write().unwrap(), bytes);
    }
}
