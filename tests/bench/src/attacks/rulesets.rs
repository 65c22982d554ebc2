//! Rulesets that mean no good, around rules in text format.

#[allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "the engine's tests, which use all of it"
)]
#[path = "../../../../host/engine/tests/promises/support/mod.rs"]
mod rules;

use std::collections::BTreeMap;

use stele_ruleset::Package;

/// The slot of all of them.
pub(crate) const SLOT: &str = "bonus";
/// A date for which they hold.
pub(crate) const DATE: &str = "2020-06-30";

/// Answers with one line, and loops until its fuel is gone where the number is 1.
pub(crate) const LOOPS: &str = "
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (block $answer
    (br_if $answer (i64.ne (call $number (local.get $facts)) (i64.const 1)))
    (loop $forever (br $forever)))
  (call $line (i32.const 0) (call $number (local.get $facts))))";

/// Answers with as many lines as the number says. A line of zeros is the first item's, amount 0.
pub(crate) const MANY_LINES: &str = "
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32)
  (memory.fill (i32.const 1024) (i32.const 0) (i32.const 48))
  (memory.fill (i32.const 16384) (i32.const 0) (i32.const 40960))
  (i32.store (i32.const 1028) (i32.const 16384))
  (i32.store (i32.const 1032) (i32.wrap_i64 (call $number (local.get $facts))))
  (i32.const 1024))";

/// A function that sets each of its locals inside nested loops: the blocks of the loops times the
/// locals is what a compiler keeps account of.
pub(crate) fn locals_in_loops(locals: usize, loops: usize) -> String {
    let mut text = String::from("(func $bomb (local");
    text.push_str(&" i32".repeat(locals));
    text.push_str(")\n");
    text.push_str(&"loop\n".repeat(loops));
    for local in 0..locals {
        text.push_str(&format!("i32.const {local} local.set {local}\n"));
    }
    text.push_str(&"i32.const 0 br_if 0 end\n".repeat(loops));
    text.push(')');
    text
}

/// So many functions without a body.
pub(crate) fn empty_functions(count: usize) -> String {
    "(func)\n".repeat(count)
}

/// A package of the rule: version `1.0.<patch>`, with this label on its lines.
pub(crate) fn package(body: &str, patch: u32, label: &str) -> anyhow::Result<Vec<u8>> {
    let component = rules::from_text(body, &rules::description());
    let mut files = BTreeMap::new();
    let mut add = |path: &str, bytes: Vec<u8>| files.insert(path.to_owned(), bytes);
    add(
        "ruleset.toml",
        format!(
            "name = \"test/bonus\"\nversion = \"1.0.{patch}\"\nkind = \"points\"\n\
             languages = [\"en\"]\ncomponent = \"text-rule\"\n\
             [validity]\nfrom = 2020-01-01\nuntil = 2021-12-31\n"
        )
        .into_bytes(),
    );
    add(
        "parameters.toml",
        format!(
            "[[bonus]]\nfrom = 2020-01-01\nvalue = {patch}\nsource = \"Agreement of 2019, item 1\"\n"
        )
        .into_bytes(),
    );
    add(
        "cases/one.toml",
        format!(
            "title = \"A number\"\ndate = {DATE}\n[facts]\nnumber = 2\n[expect]\n[expect.lines]\n"
        )
        .into_bytes(),
    );
    add(
        "texts/en.toml",
        format!(
            "title = \"Bonus\"\n[facts]\nnumber = \"Number\"\n\
             [items]\nanswer = \"{label}\"\nother_answer = \"Other answer\"\n"
        )
        .into_bytes(),
    );
    add("component.wasm", component);
    Ok(Package::from_files(files)?.write()?)
}
