//! Other engines that compute with formulas, at their own best: everything is read and compiled once,
//! then the same payslip is computed over and over.
//!
//! `stele-peers FORMULAS` prints what each engine gives, as one JSON object, and for every line that
//! it reads then the nanoseconds that a payslip takes, in the same order. The bench (`tests/bench`)
//! asks in turn with what it measures itself, so that a drifting machine slows all.

mod dsntk;
mod formulas;
mod zen;

use std::collections::BTreeMap;
use std::io::{BufRead as _, Write as _};
use std::time::Instant;

use anyhow::Context as _;

use crate::formulas::Formulas;

/// Payslips between two looks at the clock: as in the bench.
const CALLS: u32 = 100;

/// An engine with a payslip's formulas and facts.
trait Peer {
    /// Its name.
    fn name(&self) -> &'static str;

    /// What each formula comes to, as a number in plain digits.
    fn results(&self) -> anyhow::Result<BTreeMap<String, String>>;

    /// Computes so many payslips.
    fn compute(&self, times: u32) -> anyhow::Result<()>;
}

fn main() -> anyhow::Result<()> {
    let path = std::env::args().nth(1).context("the file of formulas")?;
    let text = std::fs::read_to_string(&path).with_context(|| path.clone())?;
    let formulas: Formulas = toml::from_str(&text).with_context(|| path.clone())?;
    let peers: [Box<dyn Peer>; 2] =
        [Box::new(zen::Zen::new(&formulas)?), Box::new(dsntk::Dsntk::new(&formulas)?)];
    let mut results = BTreeMap::new();
    for peer in &peers {
        results.insert(peer.name(), peer.results().context(peer.name())?);
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", serde_json::to_string(&results)?)?;
    out.flush()?;
    for line in std::io::stdin().lock().lines() {
        line?;
        let mut taken = BTreeMap::new();
        for peer in &peers {
            let begun = Instant::now();
            peer.compute(CALLS)?;
            taken.insert(peer.name(), begun.elapsed().as_nanos() / u128::from(CALLS));
        }
        writeln!(out, "{}", serde_json::to_string(&taken)?)?;
        out.flush()?;
    }
    Ok(())
}
