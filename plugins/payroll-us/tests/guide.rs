//! `docs/adding-a-us-state.md` is true: the code that it shows is that of Illinois.

#![allow(clippy::expect_used, reason = "a test stops at what it did not expect")]

use std::path::Path;

#[test]
fn the_code_of_the_guide_is_that_of_illinois() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("a file");
    let guide = read("../../docs/adding-a-us-state.md");
    let law = read("src/states/illinois.rs");
    let blocks: Vec<&str> = guide
        .split("```rust\n")
        .skip(1)
        .map(|rest| rest.split("```\n").next().unwrap_or_default())
        .collect();
    assert!(!blocks.is_empty(), "the guide shows no code");
    for block in blocks {
        assert!(law.contains(block), "states/illinois.rs has no such lines:\n{block}");
    }
}
