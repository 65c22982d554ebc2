//! One package against the policy.

use super::policy::Policy;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use spdx::{Expression, LicenseReq, Licensee, ParseMode};
use std::path::Path;
use std::process::Command;

/// The only registry.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// A package that is locked, as cargo describes it.
#[derive(Deserialize)]
pub(super) struct Package {
    name: String,
    version: String,
    /// None for one of ours.
    source: Option<String>,
    license: Option<String>,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    req: String,
    path: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

impl Package {
    /// Every package of the lock file, with all features.
    pub(super) fn all(root: &Path) -> Result<Vec<Self>> {
        let output = Command::new(crate::rules::cargo())
            .args(["metadata", "--locked", "--all-features", "--format-version", "1"])
            .current_dir(root)
            .output()
            .context("running cargo metadata")?;
        if !output.status.success() {
            bail!("cargo metadata failed:\n{}", String::from_utf8_lossy(&output.stderr));
        }
        let metadata: Metadata = serde_json::from_slice(&output.stdout)
            .context("reading what cargo metadata printed")?;
        Ok(metadata.packages)
    }
}

impl Policy {
    /// Everything that is not allowed about a package, in sentences.
    pub(super) fn refuses(&self, package: &Package) -> Vec<String> {
        let Package { name, version, source, .. } = package;
        let mut refused = Vec::new();
        match source.as_deref() {
            // One of ours: its licence is ours.
            None => {
                let wild =
                    |dependency: &&Dependency| dependency.req == "*" && dependency.path.is_none();
                for dependency in package.dependencies.iter().filter(wild) {
                    refused.push(format!("{name}: {} without a version", dependency.name));
                }
            }
            Some(CRATES_IO) => {
                if let Err(error) = self.licence(package) {
                    refused.push(format!("{name} {version}: {error:#}"));
                }
            }
            Some(source) => refused.push(format!("{name} {version}: from {source}")),
        }
        refused
    }

    fn licence(&self, package: &Package) -> Result<()> {
        let declared = package.license.as_deref().context("no licence is declared")?;
        let own = self.licenses.exceptions.iter().filter(|own| own.package == package.name);
        let allowed = self.licenses.allow.iter().chain(own.flat_map(|own| &own.allow));
        let allowed: Vec<Licensee> = allowed
            .map(|licence| {
                Licensee::parse(licence).with_context(|| format!("deny.toml: {licence}"))
            })
            .collect::<Result<_>>()?;
        // Older crates write MIT/Apache-2.0.
        let expression = Expression::parse_mode(declared, ParseMode::LAX)
            .with_context(|| format!("the licence {declared}"))?;
        let satisfied = |asked: &LicenseReq| allowed.iter().any(|one| one.satisfies(asked));
        if !expression.evaluate(satisfied) {
            bail!("the licence {declared}");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = r#"
        [graph]
        all-features = true
        [licenses]
        allow = ["MIT", "Apache-2.0 WITH LLVM-exception"]
        confidence-threshold = 0.9
        exceptions = [{ crate = "smart", allow = ["MPL-2.0"] }]
        private = { ignore = true }
        [bans]
        multiple-versions = "allow"
        wildcards = "deny"
        allow-wildcard-paths = true
        [sources]
        unknown-registry = "deny"
        unknown-git = "deny"
    "#;

    fn refused(name: &str, source: Option<&str>, license: Option<&str>) -> Vec<String> {
        let package = Package {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            source: source.map(str::to_owned),
            license: license.map(str::to_owned),
            dependencies: vec![Dependency {
                name: "any".to_owned(),
                req: "*".to_owned(),
                path: None,
            }],
        };
        Policy::parse(POLICY).unwrap().refuses(&package)
    }

    #[test]
    fn a_licence_is_allowed_by_name_by_choice_or_by_exception() {
        let registry = Some(CRATES_IO);
        for licence in ["MIT", "MIT/GPL-3.0", "GPL-2.0 OR MIT", "Apache-2.0 WITH LLVM-exception"] {
            assert_eq!(refused("a", registry, Some(licence)), Vec::<String>::new());
        }
        assert_eq!(refused("smart", registry, Some("MPL-2.0")), Vec::<String>::new());
        for licence in ["MPL-2.0", "MIT AND GPL-3.0", "Apache-2.0", "nonsense"] {
            assert_eq!(refused("a", registry, Some(licence)).len(), 1, "{licence}");
        }
        assert_eq!(refused("a", registry, None), ["a 1.0.0: no licence is declared"]);
    }

    #[test]
    fn another_source_is_refused() {
        let git = "git+https://example.org/a";
        assert_eq!(refused("a", Some(git), Some("MIT")), [format!("a 1.0.0: from {git}")]);
    }

    #[test]
    fn ours_must_say_which_version() {
        assert_eq!(refused("ours", None, None), ["ours: any without a version"]);
    }

    #[test]
    fn what_the_file_says_beyond_the_check_is_an_error() {
        assert!(Policy::parse(&format!("{POLICY}\n[advisories]\nyanked = \"deny\"")).is_err());
        assert!(Policy::parse(&POLICY.replace("\"allow\"", "\"deny\"")).is_err());
    }
}
