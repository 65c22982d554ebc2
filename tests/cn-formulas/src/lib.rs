//! Chinese payroll written as formulas, as test data: the proof that the language of formulas is
//! enough for a country that was not chosen for it. Start reading at `ruleset/formulas.toml`.
//!
//! The law is that of `rulesets/cn/payroll`: its parameters and its cases, so that no number stands
//! here. `tests/same_lines.rs` compares what is paid with what the Rust rule pays.
//!
//! What may not enter: anything that a tenant is paid by.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use stele_ruleset::{
    CASES_FOLDER, COMPONENT_FILE, FORMULAS_FILE, FormulaText, MANIFEST_FILE, Manifest,
    PARAMETERS_FILE, Package, PackageError,
};

const MANIFEST: &str = include_str!("../ruleset/ruleset.toml");
const FORMULAS: &str = include_str!("../ruleset/formulas.toml");

/// The shipped ruleset with the same law.
const SHIPPED: &str = "rulesets/cn/payroll";

/// Begins what a case expects that shows a refusal.
const REFUSAL: &str = "[expect.fault]";

/// The ruleset, with the parameters of the shipped one and with those of its cases that end in a
/// payslip: a refusal has words of its own here.
///
/// # Errors
/// Where a file can not be read, or formulas or manifest are wrong.
pub fn package() -> Result<Package, PackageError> {
    let manifest = Manifest::parse(MANIFEST).map_err(PackageError::Manifest)?;
    let machine = manifest.machine.unwrap_or_else(FormulaText::newest_machine);
    let component = FormulaText::read(&manifest.component, machine, FORMULAS).component();
    let mut files = BTreeMap::from([
        (MANIFEST_FILE.to_owned(), MANIFEST.into()),
        (FORMULAS_FILE.to_owned(), FORMULAS.into()),
        (COMPONENT_FILE.to_owned(), component.map_err(PackageError::Formulas)?),
        (PARAMETERS_FILE.to_owned(), read(&shipped().join(PARAMETERS_FILE))?),
    ]);
    let cases = shipped().join(CASES_FOLDER);
    let unreadable =
        |source| PackageError::Unreadable { file: cases.display().to_string(), source };
    for case in std::fs::read_dir(&cases).map_err(unreadable)? {
        let path = case.map_err(unreadable)?.path();
        let content = read(&path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !String::from_utf8_lossy(&content).contains(REFUSAL) {
            files.insert(format!("{CASES_FOLDER}{name}"), content);
        }
    }
    Package::from_files(files)
}

/// The folder of the shipped ruleset with the same law.
fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(SHIPPED)
}

fn read(path: &Path) -> Result<Vec<u8>, PackageError> {
    std::fs::read(path)
        .map_err(|source| PackageError::Unreadable { file: path.display().to_string(), source })
}
