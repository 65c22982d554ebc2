//! What a rule yielded when its outcomes were kept: digests of every case and of a great many
//! inputs drawn at random. They show that a change of how a rule is written, explained or compiled
//! changes nothing that anyone is paid.
//!
//! Who changes the law or a rule on purpose keeps the outcomes anew, with `KEEP_OUTCOMES=1 cargo test`
//! and the reason in the commit, and looks at which of the cases' digests are others.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use stele_digest::Digest;
use stele_sdk::prelude::*;

use crate::random::Inputs;
use crate::shipped::{Shipped, evaluate};

/// Inputs drawn of each ruleset.
const INPUTS: u64 = 50_000;

/// Inputs that share a digest: few enough to be looked through where one is another.
const INPUTS_A_DIGEST: u64 = 250;

/// Of so many inputs at least one has an outcome; the rest show what is refused.
const OUTCOMES_OF: u64 = 8;

/// Hexadecimal digits of a digest that are kept: enough to tell two outcomes apart by accident.
const DIGITS: usize = 16;

/// Digests as they stand in a file.
struct Kept {
    /// The facts that were exchanged. One that is declared later changes no input.
    facts: Vec<String>,
    cases: BTreeMap<String, String>,
    random: Vec<String>,
}

/// Each difference between what the rule yields and what was kept.
pub(crate) fn differences<R: Rule>(shipped: &Shipped<R>) -> Vec<String> {
    let path = path(shipped);
    if std::env::var_os("KEEP_OUTCOMES").is_some() {
        let text = now(shipped, &Kept::anew(shipped)).text(shipped);
        std::fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return Vec::new();
    }
    let text = std::fs::read_to_string(&path);
    let text = text.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let kept = Kept::read(&text);
    let now = now(shipped, &kept);
    let cases = kept.cases.iter().filter_map(|(name, digest)| {
        let other = now.cases.get(name) != Some(digest);
        other.then(|| format!("the case {name} has another outcome, or is no more"))
    });
    let random = kept.random.iter().zip(&now.random).zip(0..).filter_map(|((kept, now), at)| {
        let first = at * INPUTS_A_DIGEST;
        let last = first + INPUTS_A_DIGEST - 1;
        (kept != now).then(|| format!("of the inputs {first} to {last} some have other outcomes"))
    });
    cases.chain(random).collect()
}

/// What the rule yields now, of the cases and with the facts that were kept.
fn now<R: Rule>(shipped: &Shipped<R>, kept: &Kept) -> Kept {
    let cases: Vec<_> =
        shipped.cases().iter().filter(|case| kept.cases.contains_key(&case.file)).collect();
    let of_cases = cases.iter().map(|case| {
        let out = shipped.calculate(&case.facts, case.date);
        (case.file.clone(), short(&out.map_or_else(|_| "refused".to_owned(), |out| paid(&out))))
    });
    let inputs = Inputs::of(shipped, &cases, &kept.facts);
    let mut laws: BTreeMap<Date, Day<R>> = BTreeMap::new();
    for case in &cases {
        laws.entry(case.date).or_insert_with(|| Day::of(shipped, case.date));
    }
    let mut answered = 0;
    let random = (0..INPUTS / INPUTS_A_DIGEST).map(|part| {
        let mut text = String::new();
        for number in part * INPUTS_A_DIGEST..(part + 1) * INPUTS_A_DIGEST {
            let input = inputs.draw(number, |date| laws[&date].amounts.as_slice());
            let Some(law) = &laws[&input.date].law else { continue };
            let out = <R::Facts as Facts>::read(input.facts)
                .and_then(|facts| evaluate::<R>(law, &facts, false));
            answered += u64::from(out.is_ok());
            text.push_str(
                &out.map_or_else(|fault| format!("{:?}\n", fault.place()), |out| paid(&out)),
            );
        }
        short(&text)
    });
    let random = random.collect();
    println!("{}: {answered} of {INPUTS} inputs have an outcome", shipped.manifest().name);
    assert!(answered * OUTCOMES_OF >= INPUTS, "only {answered} of {INPUTS} inputs have an outcome");
    Kept { facts: kept.facts.clone(), cases: of_cases.collect(), random }
}

/// The law of a day.
struct Day<R: Rule> {
    law: Option<R::Parameters>,
    amounts: Vec<Decimal>,
}

impl<R: Rule> Day<R> {
    fn of(shipped: &Shipped<R>, date: Date) -> Self {
        Self { law: shipped.try_law(date).ok(), amounts: shipped.amounts(date) }
    }
}

impl Kept {
    /// Every case and every fact; the digests are still to come.
    fn anew<R: Rule>(shipped: &Shipped<R>) -> Self {
        let facts = shipped.description().facts.iter().map(|fact| fact.name.clone()).collect();
        let cases = shipped.cases().iter().map(|case| (case.file.clone(), String::new())).collect();
        Self { facts, cases, random: Vec::new() }
    }

    fn read(text: &str) -> Self {
        let table: toml::Table = text.parse().expect("kept outcomes");
        let list = |name: &str| -> Vec<String> {
            let list = table[name].as_array().expect("a list").iter();
            list.map(|text| text.as_str().expect("a text").to_owned()).collect()
        };
        let cases = table["cases"].as_table().expect("digests by case").iter();
        let case = |(name, digest): (&String, &toml::Value)| {
            (name.clone(), digest.as_str().expect("a digest").to_owned())
        };
        Self { facts: list("facts"), random: list("random"), cases: cases.map(case).collect() }
    }

    fn text<R: Rule>(&self, shipped: &Shipped<R>) -> String {
        let ruleset = &shipped.manifest().name;
        let mut text = format!(
            "# Digests of what {} yields with {ruleset}. Made by `KEEP_OUTCOMES=1 cargo test`.\n",
            R::NAME
        );
        let mut list = |name: &str, values: &[String]| {
            let _ = writeln!(text, "{name} = [");
            for value in values {
                let _ = writeln!(text, "  \"{value}\",");
            }
            let _ = writeln!(text, "]");
        };
        list("facts", &self.facts);
        list("random", &self.random);
        let _ = writeln!(text, "\n[cases]");
        for (name, digest) in &self.cases {
            let _ = writeln!(text, "\"{name}\" = \"{digest}\"");
        }
        text
    }
}

fn path<R: Rule>(shipped: &Shipped<R>) -> PathBuf {
    let name = shipped.manifest().name.to_string().replace('/', "-");
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("outcomes/{name}.toml"))
}

/// Lines and findings, in order, as they count: amounts by their value, not by their zeros.
fn paid<I: Items, F: Findings, S: Steps>(out: &Outcome<I, F, S>) -> String {
    let mut text = String::new();
    for line in out.lines() {
        let _ = writeln!(text, "{} {:?} {}", line.name, line.subject, line.amount.normalize());
    }
    for found in out.findings() {
        let number = |amount: Option<Decimal>| amount.map(|amount| amount.normalize().to_string());
        let (on, limit, actual) = (found.on, number(found.limit), number(found.actual));
        let _ = writeln!(text, "{} {:?} {on:?} {limit:?} {actual:?}", found.name, found.subject);
    }
    text.push('\n');
    text
}

fn short(text: &str) -> String {
    let mut digest = Digest::of(text.as_bytes()).to_string();
    digest.truncate(DIGITS);
    digest
}
