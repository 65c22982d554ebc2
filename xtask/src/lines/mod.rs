//! `cargo xtask lines`: how long each rule is, how much of it only explains, and how long its tests
//! and its rulesets' texts are.

mod explanation;

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// What `cargo xtask lines` takes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Count in this checkout instead of the one that the command is of
    #[arg(long, value_name = "FOLDER")]
    root: Option<PathBuf>,
    /// Fail where more than so many percent of a payroll rule only explain
    #[arg(long, value_name = "PERCENT")]
    most: Option<usize>,
}

/// Packages of `plugins/` that are no rules.
const NO_RULES: [&str; 4] = ["sdk", "sdk-macros", "formula-machine", "formula-program"];

/// What is counted of a rule. Lines without anything but blanks do not count.
struct Rule {
    name: String,
    source: usize,
    explanation: usize,
    tests: usize,
}

impl Rule {
    fn percent(&self) -> usize {
        // Upwards: 10.1 % is more than 10 %.
        (self.explanation * 100).div_ceil(self.source.max(1))
    }
}

/// Counts, prints, and compares with what is allowed.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let root = match &arguments.root {
        Some(root) => root.clone(),
        None => crate::workspace::root()?,
    };
    let rules = rules(&root.join("plugins"))?;
    println!("{:<28}{:>8}{:>13}{:>6}{:>8}", "rule", "source", "explanation", "%", "tests");
    for rule in &rules {
        let Rule { name, source, explanation, tests } = rule;
        let percent = rule.percent();
        println!("{name:<28}{source:>8}{explanation:>13}{percent:>6}{tests:>8}");
    }
    let sum = |of: fn(&Rule) -> usize| rules.iter().map(of).sum::<usize>();
    println!(
        "{:<28}{:>8}{:>13}{:>6}{:>8}",
        "all",
        sum(|rule| rule.source),
        sum(|rule| rule.explanation),
        "",
        sum(|rule| rule.tests)
    );
    println!("\n{:<28}{:>8}", "texts of rulesets", "lines");
    for (name, lines) in texts(&root.join("rulesets"))? {
        println!("{name:<28}{lines:>8}");
    }
    let payroll = rules.iter().filter(|rule| rule.name.starts_with("payroll-"));
    let over: Vec<&str> = payroll
        .filter(|rule| arguments.most.is_some_and(|most| rule.percent() > most))
        .map(|rule| rule.name.as_str())
        .collect();
    if !over.is_empty() {
        bail!("more explanation than is allowed in {}", over.join(", "));
    }
    Ok(())
}

fn rules(plugins: &Path) -> Result<Vec<Rule>> {
    let mut rules = Vec::new();
    for folder in entries(plugins)? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if NO_RULES.contains(&name.as_str()) || !folder.join("src").is_dir() {
            continue;
        }
        let mut rule = Rule { name, source: 0, explanation: 0, tests: 0 };
        for file in files(&folder.join("src"), "rs")? {
            let text = read(&file)?;
            rule.source += count(&text);
            rule.explanation += explanation::lines(&text);
        }
        for file in files(&folder.join("tests"), "rs")? {
            rule.tests += count(&read(&file)?);
        }
        rules.push(rule);
    }
    Ok(rules)
}

/// The lines of the texts of each ruleset, by its name.
fn texts(rulesets: &Path) -> Result<Vec<(String, usize)>> {
    let mut all = Vec::new();
    for publisher in entries(rulesets)? {
        for ruleset in entries(&publisher)? {
            let name = ruleset.strip_prefix(rulesets)?.display().to_string();
            let texts = files(&ruleset.join("texts"), "toml")?;
            let lines = texts.iter().map(|file| Ok(count(&read(file)?))).sum::<Result<usize>>()?;
            all.push((name, lines));
        }
    }
    Ok(all)
}

fn count(text: &str) -> usize {
    text.lines().filter(|line| !line.trim().is_empty()).count()
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
}

/// Folders and files in a folder, in order; nothing where there is no folder.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Files of a kind in a folder and all in it, in order.
fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in entries(folder)? {
        if path.is_dir() {
            found.extend(files(&path, extension)?);
        } else if path.extension().is_some_and(|is| is == extension) {
            found.push(path);
        }
    }
    Ok(found)
}
