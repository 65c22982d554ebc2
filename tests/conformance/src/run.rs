//! Runs the rows of one source through one way into the system and compares.
//!
//! A row may be a sequence (twelve months) in which a later calculation needs the lines of an
//! earlier one. So the rows advance in waves: the first calculation of every row, then the second.

use rust_decimal::Decimal;
use serde_json::Value;

use crate::mapping::{Lines, Mapping, Wanted};

/// A way into the system: answers calculations in order.
pub(crate) trait Way {
    /// What it is called in the report: `engine`, `http`.
    fn name(&self) -> &'static str;

    /// The lines of each calculation, or why there are none.
    async fn answer(
        &mut self,
        ruleset: &str,
        wave: &[Wanted],
    ) -> anyhow::Result<Vec<Result<Lines, String>>>;
}

/// What came of a source.
pub(crate) struct Summary {
    /// Rows compared, those explained away included.
    pub(crate) rows: usize,
    /// Rows of which every compared line is within the tolerance.
    pub(crate) equal: usize,
    /// Unequal rows that the mapping proves wrong in the source, with the proof.
    pub(crate) explained: Vec<String>,
    /// The first differences, with their inputs.
    pub(crate) differences: Vec<String>,
}

impl Summary {
    /// Whether enough rows are equal.
    pub(crate) fn holds(&self, bound: Decimal) -> bool {
        Decimal::from(self.equal + self.explained.len()) >= bound * Decimal::from(self.rows)
    }
}

/// How many differences are shown for a source.
const SHOWN: usize = 3;

struct Progress<'a> {
    row: &'a Value,
    steps: Vec<(usize, i64)>,
    done: Vec<Lines>,
    difference: Option<String>,
}

/// Runs all rows of a source.
pub(crate) async fn run(
    mapping: &Mapping,
    rows: &[Value],
    way: &mut impl Way,
) -> anyhow::Result<Summary> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let steps = mapping.steps(row)?;
        all.push(Progress { row, steps, done: Vec::new(), difference: None });
    }
    for wave in 0.. {
        let mut asked = Vec::new();
        let mut wanted = Vec::new();
        for (index, progress) in all.iter().enumerate() {
            if progress.difference.is_none()
                && let Some(step) = progress.steps.get(wave)
            {
                wanted.push(mapping.wanted(progress.row, *step, &progress.done)?);
                asked.push(index);
            }
        }
        if asked.is_empty() {
            break;
        }
        let answers = way.answer(&mapping.ruleset, &wanted).await?;
        anyhow::ensure!(
            answers.len() == wanted.len(),
            "{} answers to {} questions",
            answers.len(),
            wanted.len()
        );
        for ((index, wanted), answer) in asked.into_iter().zip(&wanted).zip(answers) {
            let progress = &mut all[index];
            match answer {
                Ok(lines) => {
                    progress.difference = difference(mapping, wanted, &lines);
                    progress.done.push(lines);
                }
                Err(problem) => progress.difference = Some(problem),
            }
            if let Some(difference) = &mut progress.difference {
                let facts = Value::Object(wanted.facts.clone());
                *difference = format!(
                    "{} (calculation {}, {}): {difference}\n      facts: {facts}",
                    progress.row["id"].as_str().unwrap_or("a row without id"),
                    wave + 1,
                    wanted.date,
                );
            }
        }
    }
    let mut summary =
        Summary { rows: all.len(), equal: 0, explained: Vec::new(), differences: Vec::new() };
    for progress in all {
        let Some(difference) = progress.difference else {
            summary.equal += 1;
            continue;
        };
        let id = progress.row["id"].as_str();
        let known = mapping.explained.iter().find(|known| Some(known.id.as_str()) == id);
        if let Some(known) = known {
            summary.explained.push(format!("{}: {}", known.id, known.reason));
        } else if summary.differences.len() < SHOWN {
            summary.differences.push(difference);
        }
    }
    Ok(summary)
}

fn difference(mapping: &Mapping, wanted: &Wanted, lines: &Lines) -> Option<String> {
    let mut found = Vec::new();
    for (name, expected) in &wanted.lines {
        match lines.get(name) {
            None if expected.is_zero() => {}
            None => found.push(format!("{name}: expected {expected}, found no such line")),
            Some(actual) if (actual - expected).abs() <= mapping.tolerance => {}
            Some(actual) => found.push(format!("{name}: expected {expected}, found {actual}")),
        }
    }
    (!found.is_empty()).then(|| found.join("; "))
}
