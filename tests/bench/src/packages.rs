//! Versions of `cn/payroll` made for measurements: other version numbers, more or fewer cases.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use stele_ruleset::{COMPONENT_FILE, Package};

/// The files of `cn/payroll`, by path.
pub(crate) struct Template(BTreeMap<String, Vec<u8>>);

impl Template {
    /// Reads the ruleset and its built rule.
    pub(crate) fn read(root: &Path) -> anyhow::Result<Self> {
        let folder = root.join("rulesets/cn/payroll");
        let package = Package::from_folder(&folder, &root.join("target/rules"))?;
        Ok(Self(package.files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect()))
    }

    /// The built rule.
    pub(crate) fn component(&self) -> anyhow::Result<&[u8]> {
        self.0.get(COMPONENT_FILE).map(Vec::as_slice).context("no component")
    }

    /// The same with every occurrence of a text in a file replaced.
    pub(crate) fn with(&self, path: &str, from: &str, to: &str) -> anyhow::Result<Self> {
        let mut files = self.0.clone();
        let file = files.get_mut(path).with_context(|| format!("no {path}"))?;
        let text = std::str::from_utf8(file)?;
        anyhow::ensure!(text.contains(from), "{path} does not contain {from}");
        *file = text.replace(from, to).into_bytes();
        Ok(Self(files))
    }

    /// A package of that version with so many cases.
    pub(crate) fn package(&self, version: &str, cases: usize) -> anyhow::Result<Vec<u8>> {
        let mut files: BTreeMap<String, Vec<u8>> = (self.0.iter())
            .filter(|(path, _)| !path.starts_with("cases/"))
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect();
        let own: Vec<_> = self.0.iter().filter(|(path, _)| path.starts_with("cases/")).collect();
        for (number, (_, case)) in own.iter().cycle().take(cases).enumerate() {
            files.insert(format!("cases/case-{number:04}.toml"), (*case).clone());
        }
        let manifest = files.get("ruleset.toml").context("no manifest")?;
        let changed: Vec<String> = String::from_utf8(manifest.clone())?
            .lines()
            .map(|line| match line.starts_with("version = ") {
                true => format!("version = \"{version}\""),
                false => line.to_owned(),
            })
            .collect();
        files.insert("ruleset.toml".to_owned(), changed.join("\n").into_bytes());
        Ok(Package::from_files(files)?.write()?)
    }
}
