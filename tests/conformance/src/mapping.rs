//! A mapping file: how the rows of one source become calculations and which of their lines are
//! compared with what. A new source is a new file in `tests/conformance/`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use rhai::{AST, Dynamic, Engine, Map, Scope};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;

use crate::expression;

/// The text of a mapping file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingFile {
    /// File name of the source, JSON lines of `{id, date, input, expected, …}`.
    source: String,
    /// The ruleset that answers, also used as the slot.
    ruleset: String,
    /// Largest difference of a line that counts as equal. "0": exact.
    tolerance: String,
    /// Share of the rows that must be equal, 0 to 1.
    bound: String,
    calculation: Vec<CalculationFile>,
    /// Rows that are wrong in the source, each with the provision that proves it.
    #[serde(default)]
    explained: Vec<Explained>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalculationFile {
    /// How often the calculation is repeated within a row, default 1. `i` counts from 0.
    repeat: Option<String>,
    /// Whether it applies to the row, default true.
    when: Option<String>,
    /// Statements run before the expressions; what they declare is in scope.
    prepare: Option<String>,
    /// Date of the calculation, default the row's.
    date: Option<String>,
    facts: BTreeMap<String, String>,
    lines: BTreeMap<String, String>,
}

/// A row of which the source is wrong.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Explained {
    /// The row's id.
    pub(crate) id: String,
    /// Article or page that proves it.
    pub(crate) reason: String,
}

/// A compiled mapping.
pub(crate) struct Mapping {
    /// File name of the source.
    pub(crate) source: String,
    /// Name of the ruleset, and the slot.
    pub(crate) ruleset: String,
    /// Largest difference that counts as equal.
    pub(crate) tolerance: Decimal,
    /// Share of rows that must be equal.
    pub(crate) bound: Decimal,
    /// Rows that the source has wrong.
    pub(crate) explained: Vec<Explained>,
    calculations: Vec<CalculationMapping>,
    engine: Engine,
}

struct CalculationMapping {
    repeat: Option<AST>,
    when: Option<AST>,
    prepare: Option<AST>,
    date: Option<AST>,
    facts: Vec<(String, AST)>,
    lines: Vec<(String, AST)>,
}

/// One calculation to make, and the lines to compare it with.
pub(crate) struct Wanted {
    /// Date of the calculation.
    pub(crate) date: String,
    /// Facts by name.
    pub(crate) facts: serde_json::Map<String, Value>,
    /// Expected amounts by `code` or `code/subject`.
    pub(crate) lines: Vec<(String, Decimal)>,
}

/// Amounts of a calculation by `code` or `code/subject`.
pub(crate) type Lines = BTreeMap<String, Decimal>;

impl Mapping {
    /// Reads and compiles a mapping file.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let file: MappingFile =
            toml::from_str(&text).with_context(|| path.display().to_string())?;
        let engine = expression::engine();
        let mut calculations = Vec::new();
        for calculation in &file.calculation {
            calculations.push(
                CalculationMapping::compile(&engine, calculation)
                    .with_context(|| path.display().to_string())?,
            );
        }
        Ok(Self {
            source: file.source,
            ruleset: file.ruleset,
            tolerance: Decimal::from_str_exact(&file.tolerance).context("tolerance")?,
            bound: Decimal::from_str_exact(&file.bound).context("bound")?,
            explained: file.explained,
            calculations,
            engine,
        })
    }

    /// How many calculations each block of the mapping makes of a row: (block, i) in order.
    pub(crate) fn steps(&self, row: &Value) -> anyhow::Result<Vec<(usize, i64)>> {
        let mut steps = Vec::new();
        for (block, calculation) in self.calculations.iter().enumerate() {
            let mut scope = self.scope(row, 0, &[])?;
            if let Some(when) = &calculation.when
                && !self.evaluate(&mut scope, when, "when")?.as_bool().map_err(|found| {
                    anyhow::anyhow!("when: true or false expected, found {found}")
                })?
            {
                continue;
            }
            let times = match &calculation.repeat {
                None => 1,
                Some(repeat) => self
                    .evaluate(&mut scope, repeat, "repeat")?
                    .as_int()
                    .map_err(|found| anyhow::anyhow!("repeat: a number expected, found {found}"))?,
            };
            steps.extend((0..times).map(|i| (block, i)));
        }
        if steps.is_empty() {
            bail!("no calculation of the mapping applies to the row {}", row["id"]);
        }
        Ok(steps)
    }

    /// The calculation that a step makes of a row, given the lines of the row's earlier ones.
    pub(crate) fn wanted(
        &self,
        row: &Value,
        step: (usize, i64),
        done: &[Lines],
    ) -> anyhow::Result<Wanted> {
        let calculation = &self.calculations[step.0];
        let mut scope = self.scope(row, step.1, done)?;
        if let Some(prepare) = &calculation.prepare {
            self.engine
                .run_ast_with_scope(&mut scope, prepare)
                .map_err(|error| anyhow::anyhow!("prepare: {error}"))?;
        }
        let date = match &calculation.date {
            None => row["date"].as_str().context("the row has no date")?.to_owned(),
            Some(date) => self
                .evaluate(&mut scope, date, "date")?
                .into_string()
                .map_err(|found| anyhow::anyhow!("date: a text expected, found {found}"))?,
        };
        let mut facts = serde_json::Map::new();
        for (name, fact) in &calculation.facts {
            if let Some(value) = expression::to_json(self.evaluate(&mut scope, fact, name)?)? {
                facts.insert(name.clone(), value);
            }
        }
        let mut lines = Vec::new();
        for (name, line) in &calculation.lines {
            let value = self.evaluate(&mut scope, line, name)?;
            if !value.is_unit() {
                let amount = expression::decimal(value)
                    .map_err(|error| anyhow::anyhow!("{name}: {error}"))?;
                lines.push((name.clone(), amount));
            }
        }
        Ok(Wanted { date, facts, lines })
    }

    fn scope(&self, row: &Value, i: i64, done: &[Lines]) -> anyhow::Result<Scope<'static>> {
        let mut scope = Scope::new();
        for name in ["id", "date", "input", "expected"] {
            scope.push_dynamic(name, expression::from_json(&row[name])?);
        }
        let mut totals = Map::new();
        let mut earlier = Vec::new();
        for lines in done {
            let mut map = Map::new();
            for (name, amount) in lines {
                map.insert(name.as_str().into(), Dynamic::from_decimal(*amount));
                let total = totals
                    .entry(name.as_str().into())
                    .or_insert(Dynamic::from_decimal(Decimal::ZERO));
                let sum = total.as_decimal().unwrap_or_default() + amount;
                *total = Dynamic::from_decimal(sum);
            }
            earlier.push(Dynamic::from_map(map));
        }
        scope.push_dynamic("done", Dynamic::from_array(earlier));
        scope.push_dynamic("totals", Dynamic::from_map(totals));
        scope.push("i", i);
        Ok(scope)
    }

    fn evaluate(&self, scope: &mut Scope<'_>, ast: &AST, name: &str) -> anyhow::Result<Dynamic> {
        self.engine
            .eval_ast_with_scope::<Dynamic>(scope, ast)
            .map_err(|error| anyhow::anyhow!("{name}: {error}"))
    }
}

impl CalculationMapping {
    fn compile(engine: &Engine, file: &CalculationFile) -> anyhow::Result<Self> {
        let one = |text: &Option<String>| -> anyhow::Result<Option<AST>> {
            text.as_ref().map(|text| compile(engine, text)).transpose()
        };
        let all = |texts: &BTreeMap<String, String>| -> anyhow::Result<Vec<(String, AST)>> {
            texts.iter().map(|(name, text)| Ok((name.clone(), compile(engine, text)?))).collect()
        };
        Ok(Self {
            repeat: one(&file.repeat)?,
            when: one(&file.when)?,
            prepare: one(&file.prepare)?,
            date: one(&file.date)?,
            facts: all(&file.facts)?,
            lines: all(&file.lines)?,
        })
    }
}

fn compile(engine: &Engine, text: &str) -> anyhow::Result<AST> {
    engine.compile(text).map_err(|error| anyhow::anyhow!("{text:?}: {error}"))
}
