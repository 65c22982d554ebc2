//! The folder of a ruleset, together with the component that it names.

use std::path::{Path, PathBuf};

use clap::Args;
use stele_ruleset::Package;

use crate::failure::Failure;

/// Where `cargo xtask rules` puts components, below the root of a workspace.
const RULES: &str = "target/rules";

/// Where components are found.
#[derive(Debug, Args)]
pub(crate) struct RulesArgument {
    /// The folder with the components, as <name>.wasm. Where not given: target/rules, here or in a
    /// folder above the ruleset.
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

impl RulesArgument {
    /// Gathers the package of a folder.
    pub(crate) async fn gather(&self, folder: &Path) -> Result<Package, Failure> {
        let rules = self.find(folder);
        let folder = folder.to_owned();
        tokio::task::spawn_blocking(move || {
            Package::from_folder(&folder, &rules).map_err(|error| {
                Failure::CheckFailed(format!(
                    "{} is no package: {error} (components are looked for in {})",
                    folder.display(),
                    rules.display()
                ))
            })
        })
        .await
        .map_err(|error| Failure::Failed(error.to_string()))?
    }

    /// The file of a component, which must be there.
    pub(crate) fn component(&self, folder: &Path, name: &str) -> Result<PathBuf, Failure> {
        let file = self.find(folder).join(format!("{name}.wasm"));
        match file.is_file() {
            true => Ok(file),
            false => Err(Failure::Usage(format!(
                "there is no component {}: build it with `cargo xtask rules`, or name the folder \
                 with --rules",
                file.display()
            ))),
        }
    }

    /// The folder with the components, for a ruleset in this folder.
    pub(crate) fn find(&self, folder: &Path) -> PathBuf {
        if let Some(rules) = &self.rules {
            return rules.clone();
        }
        let here = PathBuf::from(RULES);
        // A folder that is yet to be made has folders above it as well.
        let above = std::path::absolute(folder).unwrap_or_default();
        std::iter::once(here.clone())
            .chain(above.ancestors().map(|folder| folder.join(RULES)))
            .find(|candidate| candidate.is_dir())
            .unwrap_or(here)
    }
}
