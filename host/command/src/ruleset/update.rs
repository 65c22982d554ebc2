//! `stele ruleset test --update`: cases brought up to date with what the rule answers, case by
//! case, after asking: first what does not hold, then the lines that a case does not list.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use stele_engine::Engine;
use stele_ruleset::{Accepted, Case, Ruleset};

use super::folder::RulesArgument;
use super::report;
use crate::failure::Failure;
use crate::output::Output;

/// Shows what each case would become and writes what is agreed to.
pub(super) async fn run(
    engine: &Engine,
    folder: &Path,
    rules: &RulesArgument,
    yes: bool,
    output: &Output,
) -> Result<(), Failure> {
    if folder.is_file() {
        return Err(Failure::Usage(format!(
            "{} is a package, which never changes; name the folder of the ruleset",
            folder.display()
        )));
    }
    if output.is_json() && !yes {
        return Err(Failure::Usage("--update with --json can't ask; add --yes".to_owned()));
    }
    let package = rules.gather(folder).await?;
    let ruleset = Ruleset::open(engine, &package)
        .await
        .map_err(|error| Failure::CheckFailed(error.to_string()))?;
    let holder: Arc<str> = Arc::from("update");
    for (file, text) in package.cases() {
        let case = match Case::parse(file, text, ruleset.description()) {
            Ok(case) => case,
            // The test that follows says what is wrong with it.
            Err(_) => continue,
        };
        let answer = ruleset.calculate(engine, &holder, case.date, &case.facts, false).await;
        let offers = Offers { place: folder.join(file), case: &case, yes, output };
        let accepted = match case.accept(text, ruleset.description(), &answer) {
            Ok(Some(accepted)) => offers.make(accepted, "accept what was found?").await?,
            Ok(None) => None,
            Err(error) => {
                output.note(&format!("  {file}: left as it is: {error}"));
                continue;
            }
        };
        let text = accepted.as_deref().unwrap_or(text);
        match case.complete(text, ruleset.description(), &answer) {
            Ok(Some(more)) => {
                offers.make(more, "add what the case does not list?").await?;
            }
            Ok(None) => {}
            Err(error) => output.note(&format!("  {file}: left as it is: {error}")),
        }
    }
    Ok(())
}

/// What is offered for one case.
struct Offers<'a> {
    place: PathBuf,
    case: &'a Case,
    yes: bool,
    output: &'a Output,
}

impl Offers<'_> {
    /// Shows what the file would become and writes it where that is agreed to; the text that was
    /// written.
    async fn make(&self, accepted: Accepted, question: &str) -> Result<Option<String>, Failure> {
        let Self { place, case, yes, output } = self;
        let differences = serde_json::to_value(&accepted.differences)
            .map_err(|error| Failure::Failed(error.to_string()))?;
        output.note(&format!(
            "  {}: {}\n{}",
            place.display(),
            case.title,
            report::differences(&differences, output.paint_of_notes())
        ));
        if !yes && !agreed(&format!("  {question}")).await? {
            output.note("  left as it is");
            return Ok(None);
        }
        tokio::fs::write(place, &accepted.text)
            .await
            .map_err(|error| Failure::file("can not write", place, &error))?;
        output.note("  written");
        Ok(Some(accepted.text))
    }
}

/// Asks on the terminal; anything but a yes is a no, and so is the end of the input.
async fn agreed(question: &str) -> Result<bool, Failure> {
    let question = question.to_owned();
    let asking = tokio::task::spawn_blocking(move || {
        let mut error = std::io::stderr();
        write!(error, "{question} [y/N] ").and_then(|()| error.flush())?;
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer)?;
        Ok::<_, std::io::Error>(matches!(answer.trim(), "y" | "Y" | "yes"))
    });
    asking
        .await
        .map_err(|error| Failure::Failed(error.to_string()))?
        .map_err(|error| Failure::Failed(format!("can not ask: {error}")))
}
