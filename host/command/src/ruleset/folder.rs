//! The folder of a ruleset, together with the component that it names.

use std::path::{Path, PathBuf};

use clap::Args;
use stele_ruleset::{NotMade, Package, PackageError, nearest};

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
            Package::from_folder(&folder, &rules).map_err(|error| match error {
                PackageError::Formulas(NotMade::Wrong(wrong)) => Failure::WrongFormulas(wrong),
                error => Failure::CheckFailed(format!(
                    "{} is no package: {error} (components are looked for in {})",
                    folder.display(),
                    rules.display()
                )),
            })
        })
        .await
        .map_err(|error| Failure::Failed(error.to_string()))?
    }

    /// The file of a component, which must be there.
    pub(crate) fn component(&self, folder: &Path, name: &str) -> Result<PathBuf, Failure> {
        let rules = self.find(folder);
        let file = rules.join(format!("{name}.wasm"));
        if file.is_file() {
            return Ok(file);
        }
        let built = built(&rules);
        let meant = match nearest(name, built.iter().map(String::as_str)) {
            Some(meant) => format!("; did you mean {meant}?"),
            None => ".".to_owned(),
        };
        Err(Failure::Usage(match built.as_slice() {
            [] => format!(
                "there is no component {}: build it with `cargo xtask rules`, or name the folder \
                 with --rules",
                file.display()
            ),
            built => format!(
                "there is no component {name:?} in {}{meant} There are {}",
                rules.display(),
                built.join(", ")
            ),
        }))
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

/// The names of the components in a folder; none where it can not be read.
fn built(rules: &Path) -> Vec<String> {
    let files = std::fs::read_dir(rules).into_iter().flatten().flatten();
    let names =
        files.filter_map(|file| Some(file.file_name().to_str()?.strip_suffix(".wasm")?.to_owned()));
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}
