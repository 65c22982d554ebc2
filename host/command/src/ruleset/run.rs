//! `stele ruleset run`: one result in full, without a server.

use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;
use serde_json::{Value, json};
use stele_engine::{Engine, Settings};
use stele_ruleset::{AnswerTooLong, Calculation, CalculationError, Ruleset, Wording};

use super::source::SourceArguments;
use crate::facts::FactsArguments;
use crate::failure::Failure;
use crate::output::{Output, text};
use crate::slip;

/// Calculate once with a version wherever it is, without a server: every line and finding, and how
/// each line came about, as the API would answer. Nothing is checked; see `stele ruleset test`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  stele ruleset run rulesets/gb/payroll --date 2026-04-30 --facts april.json
  stele ruleset run rulesets/cn/payroll --date 2026-01-31 --facts - --fact gross=30000 --json")]
pub(crate) struct Arguments {
    /// The folder of a ruleset, a .stele file, or name@version at a server.
    #[arg(value_name = "DIR|FILE|NAME@VERSION")]
    source: String,
    /// The date for which the law and the facts hold.
    #[arg(long)]
    date: Date,
    #[command(flatten)]
    facts: FactsArguments,
    /// The language of labels and explanations, such as zh; the ruleset's first where not given.
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    #[command(flatten)]
    from: SourceArguments,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let Arguments { source, date, facts, language, from } = arguments;
    let facts = facts.read().await?;
    let package = from.open(&source).await?;
    let engine =
        Engine::new(Settings::default()).map_err(|error| Failure::Failed(error.to_string()))?;
    let ruleset = Ruleset::open(&engine, &package)
        .await
        .map_err(|error| Failure::CheckFailed(error.to_string()))?;
    let first = ruleset.texts().languages().first().map_or("en", |first| first.tag());
    let wording = ruleset.wording(&[language.as_deref().unwrap_or(first)]);
    match ruleset.calculate(&engine, &Arc::from("run"), date, &facts, true).await {
        Ok(calculation) => {
            let document = document(&ruleset, &calculation, wording)
                .map_err(|error| Failure::CheckFailed(error.to_string()))?;
            output.show(&document, |document| slip::render(document, output.tables()));
            Ok(())
        }
        Err(CalculationError::Failure(failure)) => Err(Failure::Failed(failure.to_string())),
        Err(error) => {
            // People read any other refusal in how the command ends.
            if output.is_json() || matches!(error, CalculationError::InvalidFacts(_)) {
                output.show(&refusal(&error), |refusal| wrong_facts(&refusal["errors"]));
            }
            Err(Failure::CheckFailed(match error {
                CalculationError::InvalidFacts(errors) => {
                    format!("no result: {} of the facts are wrong", errors.len())
                }
                other => format!("no result: {other}"),
            }))
        }
    }
}

/// What the API answers, without what only a server knows: slot, activation, times.
fn document(
    ruleset: &Ruleset,
    calculation: &Calculation,
    wording: Wording<'_>,
) -> Result<Value, AnswerTooLong> {
    let view = calculation.render(ruleset, wording)?;
    let manifest = ruleset.manifest();
    Ok(json!({
        "date": calculation.date,
        "language": view.language,
        "words": view.words,
        "lines": view.lines,
        "findings": view.findings,
        "steps": view.steps,
        "receipt": {
            "ruleset": manifest.name,
            "version": manifest.version,
            "digest": ruleset.digest(),
            "component_digest": ruleset.component_digest(),
            "date": calculation.date,
            "parameters_digest": calculation.digests.parameters,
            "facts_digest": calculation.digests.facts,
            "outcome_digest": calculation.digests.outcome,
            "fuel": calculation.fuel,
        },
    }))
}

/// Why there is no result, with every wrong fact.
fn refusal(error: &CalculationError) -> Value {
    match error {
        CalculationError::InvalidFacts(errors) => {
            json!({ "title": "wrong facts", "errors": errors })
        }
        CalculationError::Fault(fault) => json!({ "title": fault.to_string(), "fault": fault }),
        other => json!({ "title": other.to_string() }),
    }
}

fn wrong_facts(errors: &Value) -> String {
    let errors = errors.as_array().into_iter().flatten();
    let lines =
        errors.map(|error| format!("{}: {}", text(&error["pointer"]), text(&error["message"])));
    lines.collect::<Vec<_>>().join("\n")
}
