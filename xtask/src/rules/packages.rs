//! Which packages of the workspace are rules.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The workspace, as far as building rules goes.
pub(crate) struct Workspace {
    root: PathBuf,
    rules: Vec<RulePackage>,
}

/// A package whose library is a `cdylib`.
pub(crate) struct RulePackage {
    /// Whether it is in `plugins/`, and so part of the product; others serve measurements.
    pub(crate) product: bool,
    /// Whether it is the formula machine: a component like a rule's, and a rule only when the host
    /// has written formulas into it.
    pub(crate) machine: bool,
    /// Name of the package and of the component.
    pub(crate) name: String,
    /// Name of the module that cargo builds, without `.wasm`.
    pub(crate) module: String,
}

impl RulePackage {
    /// Where its component lies, from the workspace's root. The machine stands apart, so that
    /// whoever takes each file of `target/rules` for a rule is right.
    pub(crate) fn component(&self) -> PathBuf {
        let folder = if self.machine { "target/machines" } else { "target/rules" };
        Path::new(folder).join(format!("{}.wasm", self.name))
    }
}

impl Workspace {
    /// Asks cargo.
    pub(crate) fn read() -> Result<Self> {
        let output = Command::new(cargo())
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .arg("--manifest-path")
            .arg(manifest())
            .output()
            .context("running cargo metadata")?;
        if !output.status.success() {
            bail!("cargo metadata failed:\n{}", String::from_utf8_lossy(&output.stderr));
        }
        let metadata: Value = serde_json::from_slice(&output.stdout)
            .context("reading what cargo metadata printed")?;
        let root = metadata["workspace_root"].as_str().map(PathBuf::from);
        let root = root.context("cargo metadata names no workspace_root")?;
        let plugins = root.join("plugins");
        let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut rules: Vec<_> =
            packages.iter().filter_map(|package| rule(package, &plugins)).collect();
        rules.sort_by(|left, right| left.name.cmp(&right.name));
        Ok(Workspace { root, rules })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The rules, by name.
    pub(crate) fn rules(&self) -> &[RulePackage] {
        &self.rules
    }
}

/// The workspace's manifest. The folder is asked for at run time first: two checkouts that share a
/// target folder share this program, too.
fn manifest() -> PathBuf {
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR");
    let xtask = xtask.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&xtask).join("../Cargo.toml")
}

/// The cargo that runs this command.
pub(crate) fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

fn rule(package: &Value, plugins: &Path) -> Option<RulePackage> {
    let manifest = Path::new(package["manifest_path"].as_str()?);
    let library = package["targets"].as_array()?.iter().find(|target| {
        let types = target["crate_types"].as_array().map(Vec::as_slice).unwrap_or_default();
        types.iter().any(|crate_type| crate_type == "cdylib")
    })?;
    Some(RulePackage {
        product: manifest.starts_with(plugins),
        machine: package["metadata"]["stele"]["machine"] == true,
        name: package["name"].as_str()?.to_owned(),
        module: library["name"].as_str()?.replace('-', "_"),
    })
}
