//! Stele beside other engines that compute with formulas, in one run on the same formulas
//! (`peers.toml`): GoRules' zen-engine and the decision toolkit dsntk, each at its own best. They are
//! a program of their own (`tests/peers`), which measures whenever it is asked, so that all are
//! measured in turn.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use anyhow::{Context, anyhow, ensure};
use rust_decimal::Decimal;
use serde::Deserialize;
use stele_engine::contract::{Scalar, Value};
use stele_engine::{Digest, Engine, EvaluatorKey, Exactness, Settings};
use stele_ruleset::FormulaText;

use crate::measurement::Measurement;

/// Where `xtask bench` says that the other engines' program is.
const PROGRAM: &str = "STELE_PEERS";

/// Calls between two looks at the clock, as the other program has it.
const CALLS: u32 = 100;

/// Rounds of which the median is taken.
const ROUNDS: usize = 201;

/// Payslips a second, of each that another engine computes.
const AHEAD: u32 = 5;

/// The formulas that all compute.
#[derive(Deserialize)]
struct Formulas {
    #[serde(rename = "fact")]
    facts: Vec<Fact>,
    #[serde(rename = "formula")]
    formulas: Vec<Formula>,
}

#[derive(Deserialize)]
struct Fact {
    name: String,
    value: String,
}

#[derive(Deserialize)]
struct Formula {
    name: String,
    feel: String,
}

/// Measures.
pub(crate) async fn measure(root: &Path) -> anyhow::Result<Vec<Measurement>> {
    let path = root.join("tests/bench/peers.toml");
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let formulas: Formulas = toml::from_str(&text).with_context(|| path.display().to_string())?;
    let engine = Engine::new(Settings::default())?;
    let made = FormulaText::read("peers", FormulaText::newest_machine(), &document(&formulas)?);
    let component = made.component().map_err(|wrong| anyhow!("{wrong}"))?;
    let rule = engine.check("bench", &component, Exactness::Exact).await?;
    let parameters = Digest::of(b"no parameters");
    let key = EvaluatorKey { holder: "bench".into(), component: rule.digest(), parameters };
    let mut lease = engine.lease(&rule, &key, &[].into()).await?;
    let number = |fact: &Fact| {
        let number: Decimal = fact.value.parse()?;
        anyhow::Ok(Value::Scalar(Scalar::Decimal(number.into())))
    };
    let facts: Vec<Value> = formulas.facts.iter().map(number).collect::<Result<_, _>>()?;

    let mut peers = Peers::start(&path)?;
    let lines = lease.evaluate(&facts, false)?.outcome.lines;
    for (peer, results) in peers.results()? {
        for (line, formula) in lines.iter().zip(&formulas.formulas) {
            let own = Decimal::try_from(line.amount)?;
            let other = results.get(&formula.name).with_context(|| formula.name.clone())?;
            let same = other.parse::<Decimal>().is_ok_and(|other| other == own);
            ensure!(same, "{} is {own}, of {peer} {other}", formula.name);
        }
    }

    let mut own = Vec::with_capacity(ROUNDS);
    let mut others: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for round in 0..=ROUNDS {
        let begun = Instant::now();
        for _ in 0..CALLS {
            black_box(lease.evaluate(black_box(&facts), false)?);
        }
        let taken = begun.elapsed();
        let measured = peers.measure()?;
        // The first round warms caches and branch predictors.
        if round > 0 {
            own.push(u64::try_from(taken.as_nanos())? / u64::from(CALLS));
            for (name, nanoseconds) in measured {
                others.entry(name).or_default().push(nanoseconds);
            }
        }
    }
    let own = rate(own)?;
    let ahead = |(name, nanoseconds): (String, Vec<u64>)| {
        let what: &'static str = if name == "dsntk" { "dsntk" } else { "zen-engine" };
        Ok(Measurement::new(format!("peers.{name}"), own, "1/s on one core")
            .against(what, rate(nanoseconds)?)
            .at_least(AHEAD.into()))
    };
    others.into_iter().map(ahead).collect()
}

/// The formulas as a ruleset's text: each a line.
fn document(formulas: &Formulas) -> anyhow::Result<String> {
    let mut text = String::from("title = \"Peers\"\nmeaning = \"A month's pay.\"\n");
    for Fact { name, .. } in &formulas.facts {
        write!(text, "\n[[fact]]\nname = \"{name}\"\ntype = \"money\"\nunit = \"KES/month\"\n")?;
        writeln!(text, "label = \"{name}\"\nmeaning = \"An amount.\"")?;
    }
    for Formula { name, feel } in &formulas.formulas {
        write!(text, "\n[[line]]\nitem = \"{name}\"\nlabel = \"{name}\"\n")?;
        write!(text, "category = \"information\"\ncitation = \"None\"\n")?;
        writeln!(text, "formula = \"{feel}\"")?;
    }
    Ok(text)
}

fn rate(mut nanoseconds: Vec<u64>) -> anyhow::Result<Decimal> {
    nanoseconds.sort_unstable();
    let median = nanoseconds.get(nanoseconds.len() / 2).context("nothing was measured")?;
    Ok((Decimal::from(1_000_000_000) / Decimal::from((*median).max(1))).round())
}

/// The other engines' program.
struct Peers {
    process: Child,
    asked: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peers {
    fn start(formulas: &Path) -> anyhow::Result<Self> {
        let program = std::env::var_os(PROGRAM).with_context(|| {
            format!("{PROGRAM} names no program: `cargo xtask bench` builds it")
        })?;
        let mut process = Command::new(&program)
            .arg(formulas)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| program.display().to_string())?;
        let asked = process.stdin.take().context("no input")?;
        let answers = BufReader::new(process.stdout.take().context("no output")?);
        Ok(Self { process, asked, answers })
    }

    /// What each formula comes to, by engine: the first line that it prints.
    fn results(&mut self) -> anyhow::Result<BTreeMap<String, BTreeMap<String, String>>> {
        Ok(serde_json::from_str(&self.line()?)?)
    }

    /// Nanoseconds that a payslip takes now, by engine.
    fn measure(&mut self) -> anyhow::Result<BTreeMap<String, u64>> {
        self.asked.write_all(b"\n")?;
        self.asked.flush()?;
        Ok(serde_json::from_str(&self.line()?)?)
    }

    fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        ensure!(self.answers.read_line(&mut line)? > 0, "the other engines' program has ended");
        Ok(line)
    }
}

impl Drop for Peers {
    fn drop(&mut self) {
        // It ends by itself where its input does; nothing is lost by ending it sooner.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
