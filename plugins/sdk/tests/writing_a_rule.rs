//! `docs/writing-a-rule.md` is true: its code, joined in its order, compiles and runs.

#![allow(clippy::expect_used, reason = "a test may fail loudly")]

use std::path::Path;

/// What opens and closes a block of Rust in the guide.
const OPENS: &str = "```rust\n";
const CLOSES: &str = "```\n";

/// Fewest blocks: facts, what comes out, provisions, the rule, the trial.
const FEWEST: usize = 5;

#[test]
fn the_guide_compiles_and_its_payslip_is_right() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/writing-a-rule.md");
    let guide = std::fs::read_to_string(guide).expect("the guide");
    let blocks: Vec<&str> = guide
        .split(OPENS)
        .skip(1)
        .map(|rest| rest.split(CLOSES).next().unwrap_or_default())
        .collect();
    assert!(blocks.len() >= FEWEST, "only {} blocks of Rust", blocks.len());
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("writing_a_rule_from_the_guide.rs");
    std::fs::write(&file, blocks.join("\n")).expect("written");
    trybuild::TestCases::new().pass(file);
}
