//! `stele ruleset new`: a ruleset that works, to be changed.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use serde_json::{Value, json};
use stele_engine::{Engine, Settings};
use stele_ruleset::{FormulaText, Package, Parameters, RulesetName};

use super::component::rule_of;
use super::fill;
use super::folder::RulesArgument;
use super::report;
use super::source::SourceArguments;
use super::template::{Files, STARTERS, Words};
use super::test::check_package;
use crate::failure::Failure;
use crate::output::{Output, text};

/// Make a ruleset that works, with a case that passes: formulas, data of a ready-made component, a
/// copy of another ruleset, or a rule of your own in Rust. Nothing is overwritten. For a law whose numbers are
/// not at hand every number is left to be written, and refused until it is.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The ruleset's name, such as acme/points.
    #[arg(value_name = "NAME")]
    name: String,
    /// A rule made of formulas, as text: no compiler is needed.
    #[arg(long, conflicts_with_all = ["data_only", "component", "like"])]
    formulas: bool,
    /// Only data for a ready-made component: --component or --like says which.
    #[arg(long)]
    data_only: bool,
    /// The component: points, performance or labor-law with --data-only; else the name of the new
    /// rule, made of the ruleset's name where not given.
    #[arg(long, value_name = "COMPONENT")]
    component: Option<String>,
    /// Start as a copy of this ruleset's data: a .stele file, a folder or name@version at a server.
    #[arg(long, value_name = "FILE|DIR|NAME@VERSION", conflicts_with_all = ["kind", "jurisdiction", "currency", "decimals", "from", "until", "language"])]
    like: Option<String>,
    /// payroll, labor-law, performance, points or any other; the component's where not given.
    #[arg(long)]
    kind: Option<String>,
    /// ISO 3166 code of the place whose law it is, or EU. No number of another law is written for it.
    #[arg(long, value_name = "CODE")]
    jurisdiction: Option<String>,
    /// Languages, the first one first; English where not given.
    #[arg(long, value_name = "TAG", num_args = 1..)]
    language: Vec<String>,
    /// ISO 4217 code of the currency.
    #[arg(long, default_value = "EUR", value_name = "CODE")]
    currency: String,
    /// Decimals of the currency.
    #[arg(long, default_value_t = 2)]
    decimals: u8,
    /// The first day for which it holds; the first of this year where not given.
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// The last day for which it holds; the last of the year of --from where not given.
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// The folder to make; rulesets/NAME where not given.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    place: SourceArguments,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let name: RulesetName =
        arguments.name.parse().map_err(|error| Failure::Usage(format!("NAME: {error}")))?;
    let folder = match &arguments.dir {
        Some(folder) => folder.clone(),
        None => Path::new("rulesets").join(name.as_str()),
    };
    refuse_present(&folder)?;
    if let Some(source) = &arguments.like {
        let package = arguments.place.open(source).await?;
        write(&folder, copy(&package, &name, &folder)?).await?;
        return prove(&folder, arguments.place.rules(), output).await;
    }
    let words = words(&arguments, &name, &folder)?;
    if arguments.formulas {
        let rules = arguments.place.rules();
        write(&folder, words.formulas()).await?;
        // The languages other than English, whose labels are to be written.
        fill::run_on(&folder, rules, false).await?;
        return prove(&folder, rules, output).await;
    }
    if arguments.data_only {
        let Some(starter) = STARTERS.iter().find(|starter| starter.component == words.component)
        else {
            let known: Vec<&str> = STARTERS.iter().map(|starter| starter.component).collect();
            return Err(Failure::Usage(format!(
                "there is no starting point for {:?}; there is one for {}. Another component is \
                 started as a copy: --like rulesets/cn/payroll",
                words.component,
                known.join(", ")
            )));
        };
        if let (Some(law), None) = (&starter.law, &words.jurisdiction) {
            return Err(Failure::Usage(format!(
                "--component {} needs --jurisdiction: for {} its numbers are written, for any other \
                 place each is left to be written",
                words.component, law.place
            )));
        }
        // Before anything is written: without the component nothing can be tested.
        let rules = arguments.place.rules();
        let component = rules.component(&folder, &words.component)?;
        let blank = match starter.other_law(words.jurisdiction.as_deref()) {
            Some(_) => Parameters::blank(rule_of(&component).await?.description(), words.from),
            None => String::new(),
        };
        write(&folder, words.data(starter, &blank)).await?;
        fill::run_on(&folder, rules, false).await?;
        return prove(&folder, rules, output).await;
    }
    let plugin = plugin_folder(&folder, &words.component)?;
    refuse_present(&plugin)?;
    write(&folder, words.code()).await?;
    write(&plugin, words.plugin()).await?;
    let made = json!({
        "ruleset": name.as_str(),
        "component": words.component,
        "folder": folder.display().to_string(),
        "plugin": plugin.display().to_string(),
        "unwritten": words.jurisdiction.is_some(),
    });
    output.show(&made, |made| {
        format!(
            "{}: the data of {}{}\n{}: its rule, to be changed\n\nnext:\n  cargo xtask rules --rule {}\n  \
             stele ruleset test {}",
            text(&made["folder"]),
            text(&made["ruleset"]),
            match made["unwritten"] == true {
                true => "; its numbers are to be written, and are refused until they are",
                false => "",
            },
            text(&made["plugin"]),
            text(&made["component"]),
            text(&made["folder"]),
        )
    });
    Ok(())
}

fn words(arguments: &Arguments, name: &RulesetName, folder: &Path) -> Result<Words, Failure> {
    let component = match &arguments.component {
        Some(component) => component.clone(),
        None if arguments.data_only => {
            return Err(Failure::Usage(
                "--data-only needs --component, such as points, or --like".to_owned(),
            ));
        }
        None => name.as_str().replace('/', "-"),
    };
    let starter = STARTERS.iter().find(|starter| starter.component == component);
    let kind = match (&arguments.kind, starter) {
        (Some(kind), _) => kind.clone(),
        (None, Some(starter)) if arguments.data_only => starter.kind.to_owned(),
        (None, _) => "payroll".to_owned(),
    };
    let this_year = jiff::Zoned::now().date().first_of_year();
    let from = arguments.from.unwrap_or(this_year);
    let until = arguments.until.unwrap_or_else(|| from.last_of_year());
    let languages = match arguments.language.as_slice() {
        [] => vec!["en".to_owned()],
        languages => languages.to_vec(),
    };
    let words = Words {
        name: name.to_string(),
        title: name.to_string(),
        kind,
        component,
        machine: arguments.formulas.then(FormulaText::newest_machine),
        jurisdiction: arguments.jurisdiction.clone(),
        languages,
        currency: arguments.currency.clone(),
        decimals: arguments.decimals,
        from,
        until,
        folder: folder.display().to_string(),
    };
    // The same rules as for every manifest: what is wrong is said before anything is written.
    stele_ruleset::Manifest::parse(&words.manifest()).map_err(|defects| {
        let wrong: Vec<String> = defects
            .iter()
            .map(|defect| {
                format!("{}: expected {}, found {}", defect.key, defect.expected, defect.found)
            })
            .collect();
        Failure::Usage(wrong.join("; "))
    })?;
    Ok(words)
}

/// The data of a package under another name.
fn copy(package: &Package, name: &RulesetName, folder: &Path) -> Result<Files, Failure> {
    let manifest = package.manifest();
    let words = Words {
        name: name.to_string(),
        title: name.to_string(),
        kind: manifest.kind.clone(),
        component: manifest.component.clone(),
        machine: manifest.machine,
        jurisdiction: None,
        languages: manifest.languages.clone(),
        currency: String::new(),
        decimals: 0,
        from: manifest.validity.from,
        until: manifest.validity.until,
        folder: folder.display().to_string(),
    };
    let mut files = vec![("README.md".to_owned(), words.readme())];
    for (path, content) in package.files() {
        let Ok(content) = std::str::from_utf8(content) else { continue };
        let content = match path {
            "component.wasm" => continue,
            "ruleset.toml" => renamed(content, name)
                .ok_or_else(|| Failure::Failed("its manifest can not be edited".to_owned()))?,
            _ => content.to_owned(),
        };
        files.push((path.to_owned(), content));
    }
    Ok(files)
}

/// A manifest under another name, as its first version; its comments stay.
fn renamed(manifest: &str, name: &RulesetName) -> Option<String> {
    let mut document: toml_edit::DocumentMut = manifest.parse().ok()?;
    *document.get_mut("name")? = toml_edit::value(name.as_str());
    *document.get_mut("version")? = toml_edit::value("1.0.0");
    Some(document.to_string())
}

/// `plugins/<component>` of the clone that the ruleset lies in.
fn plugin_folder(folder: &Path, component: &str) -> Result<PathBuf, Failure> {
    let here = std::env::current_dir().map_err(|error| Failure::Failed(error.to_string()))?;
    here.join(folder)
        .ancestors()
        .chain(here.ancestors())
        .find(|above| above.join("plugins/sdk/Cargo.toml").is_file())
        .map(|root| root.join("plugins").join(component))
        .ok_or_else(|| {
            Failure::Usage(
                "a rule of your own is made inside a clone of the Stele repository, where \
                 `cargo xtask rules` builds it: no folder above has plugins/sdk. Outside of it, \
                 start with --data-only and a ready-made component"
                    .to_owned(),
            )
        })
}

fn refuse_present(folder: &Path) -> Result<(), Failure> {
    match folder.exists() {
        true => Err(Failure::Usage(format!("{} exists; nothing is overwritten", folder.display()))),
        false => Ok(()),
    }
}

async fn write(folder: &Path, files: Files) -> Result<(), Failure> {
    for (path, content) in files {
        let file = folder.join(path);
        let failed = |error| Failure::file("can not write", &file, &error);
        if let Some(above) = file.parent() {
            tokio::fs::create_dir_all(above).await.map_err(failed)?;
        }
        tokio::fs::write(&file, content).await.map_err(failed)?;
    }
    Ok(())
}

/// Runs every check on what was made, so that "it works" is not a promise but was seen.
async fn prove(folder: &Path, rules: &RulesArgument, output: &Output) -> Result<(), Failure> {
    let package = rules.gather(folder).await?;
    let engine =
        Engine::new(Settings::default()).map_err(|error| Failure::Failed(error.to_string()))?;
    let report = check_package(&engine, &package).await?;
    let passed = report.passed;
    let report =
        serde_json::to_value(report).map_err(|error| Failure::Failed(error.to_string()))?;
    let made = json!({
        "ruleset": package.manifest().name.as_str(),
        "component": package.manifest().component,
        "folder": folder.display().to_string(),
        "report": report,
    });
    output.show(&made, |made: &Value| {
        format!(
            "{}\n{}: see its README.md for what to change",
            report::render(&made["report"], output.paint(), output.tables()),
            text(&made["folder"])
        )
    });
    match passed {
        true => Ok(()),
        false => Err(Failure::CheckFailed(
            "it was made, and would be refused until what is named above is done".to_owned(),
        )),
    }
}
