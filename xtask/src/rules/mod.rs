//! `cargo xtask rules`: builds the rules of `plugins/` as components into `target/rules/`, and the
//! formula machine into `target/machines/`.
//!
//! A rule is built for `wasm32-unknown-unknown` with the profile `rule`, made a component, and
//! checked for what the host would refuse: imports and floating-point numbers. The same sources
//! give the same bytes with the same toolchain; a component is rewritten only if it changed, so
//! that whatever depends on it is not disturbed.

mod build;
mod component;
mod floats;
pub(crate) mod machine;
mod packages;
mod toolchain;

use anyhow::{Context, Result, bail};
use packages::RulePackage;
use std::fs;
use std::path::{Path, PathBuf};

/// What `cargo xtask rules` takes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Build this rule only (its package name); may be repeated
    #[arg(long = "rule", value_name = "NAME")]
    rules: Vec<String>,
}

pub(crate) use packages::cargo;

impl Arguments {
    /// Every rule of the product.
    pub(crate) fn all() -> Self {
        Self { rules: Vec::new() }
    }

    /// These rules.
    pub(crate) fn only(names: &[&str]) -> Self {
        Self { rules: names.iter().map(|name| (*name).to_owned()).collect() }
    }
}

/// Builds the rules that were asked for, all if none was named.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = packages::Workspace::read()?;
    let selected = select(workspace.rules(), &arguments.rules)?;
    let toolchain = toolchain::choose()?;
    println!("rules: {toolchain}");
    for rule in selected {
        let module = build::build(&workspace, &toolchain, rule)?;
        let component = component::from_module(&module).with_context(|| {
            format!("the rule {} is no component that the host takes", rule.name)
        })?;
        let path = workspace.root().join(rule.component());
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        }
        let state = if write_if_changed(&path, &component)? { "written" } else { "unchanged" };
        println!("rules: {} {} bytes, {state}", relative(&workspace, &path), component.len());
    }
    Ok(())
}

fn select<'a>(rules: &'a [RulePackage], names: &[String]) -> Result<Vec<&'a RulePackage>> {
    if names.is_empty() {
        return Ok(rules.iter().filter(|rule| rule.product).collect());
    }
    let named = |name: &String| match rules.iter().find(|rule| &rule.name == name) {
        Some(rule) => Ok(rule),
        None => {
            let known: Vec<_> = rules.iter().map(|rule| rule.name.as_str()).collect();
            bail!("no rule {name} in plugins/; there are {}", known.join(", "))
        }
    };
    names.iter().map(named).collect()
}

/// True if the file was written; false if it held these bytes already.
fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<bool> {
    if fs::read(path).is_ok_and(|present| present == bytes) {
        return Ok(false);
    }
    // Another process may read the component while it is rewritten: it sees the old or the new one.
    let unfinished = path.with_extension(format!("{}.unfinished", std::process::id()));
    fs::write(&unfinished, bytes).with_context(|| format!("writing {}", unfinished.display()))?;
    fs::rename(&unfinished, path).with_context(|| format!("writing {}", path.display()))?;
    Ok(true)
}

fn relative(workspace: &packages::Workspace, path: &Path) -> String {
    let relative: PathBuf = path.strip_prefix(workspace.root()).unwrap_or(path).to_owned();
    relative.display().to_string()
}
