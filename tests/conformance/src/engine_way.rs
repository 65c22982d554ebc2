//! Straight through the engine: package, check, calculate, in this process.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow};
use stele_engine::{Engine, Settings};
use stele_ruleset::{Package, Session, check, date_from_text};

use crate::mapping::{Lines, Wanted};
use crate::run::Way;

/// An engine and a session for each ruleset that was asked for.
pub(crate) struct EngineWay {
    root: PathBuf,
    engine: Engine,
    sessions: HashMap<String, Session>,
}

impl EngineWay {
    /// An engine with the default limits.
    pub(crate) fn new(root: &Path) -> anyhow::Result<Self> {
        let engine = Engine::new(Settings::default())?;
        Ok(Self { root: root.to_owned(), engine, sessions: HashMap::new() })
    }

    async fn session(&mut self, name: &str) -> anyhow::Result<&mut Session> {
        if !self.sessions.contains_key(name) {
            let folder = self.root.join("rulesets").join(name);
            let package = Package::from_folder(&folder, &self.root.join("target/rules"))?;
            let published = check(&self.engine, &package)
                .await
                .map_err(|refused| anyhow!("{name} is refused: {refused}"))?;
            let holder: Arc<str> = "conformance".into();
            let session = published.ruleset.session(&self.engine, &holder);
            self.sessions.insert(name.to_owned(), session);
        }
        self.sessions.get_mut(name).context("no session")
    }
}

impl Way for EngineWay {
    fn name(&self) -> &'static str {
        "engine"
    }

    async fn answer(
        &mut self,
        ruleset: &str,
        wave: &[Wanted],
    ) -> anyhow::Result<Vec<Result<Lines, String>>> {
        let session = self.session(ruleset).await?;
        let mut answers = Vec::with_capacity(wave.len());
        for wanted in wave {
            let date = date_from_text(&wanted.date)
                .with_context(|| format!("{:?} is not a date", wanted.date))?;
            let calculated = session.calculate(date, &wanted.facts, false).await;
            let calculation = match calculated {
                Ok(calculation) => calculation,
                Err(error) => {
                    answers.push(Err(error.to_string()));
                    continue;
                }
            };
            let description = session.ruleset().description();
            let mut lines = Lines::new();
            for line in &calculation.outcome.lines {
                let code = &description.items[line.item].name;
                let name = match &line.subject {
                    Some(subject) => format!("{code}/{subject}"),
                    None => code.clone(),
                };
                lines.insert(name, line.amount);
            }
            answers.push(Ok(lines));
        }
        Ok(answers)
    }
}
