//! What is small and costs the compiler minutes is refused before the compiler sees it.

use std::time::{Duration, Instant};

use stele_engine::{CheckError, ComponentLimits, Engine, Exactness};

use crate::support::{description, engine, from_text, hostile, now};

/// Refuses a component for a number of its parts, at once. The time is no measurement: without the
/// limits each of these takes from many seconds to minutes.
#[track_caller]
fn refused_at_once(engine: &Engine, bytes: &[u8], part: &str) {
    let started = Instant::now();
    let error = now(engine.check("test", bytes, Exactness::Exact)).expect_err("it must be refused");
    let took = started.elapsed();
    let CheckError::Rejected(rejection) = error else { panic!("{error}") };
    assert_eq!(rejection.check(), "size", "{rejection}");
    assert!(rejection.reason().contains(part), "{rejection}");
    assert!(rejection.reason().contains("at most"), "it names the limit: {rejection}");
    assert_eq!(engine.statistics().compilations, 0, "nothing was compiled");
    println!("{took:?} for {} bytes: {rejection}", bytes.len());
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[test]
fn locals_that_are_joined_at_every_loop_are_refused_before_they_are_compiled() {
    let locals = "(local i64)".repeat(1_500);
    let sets: String = (0..1_500).map(|at| format!("(local.set {at} (i64.const {at}))")).collect();
    let (open, close) = ("(loop ".repeat(150), ")".repeat(150));
    let rounds = format!("{open} (br_if 0 (i32.const 0)) {sets} {close}").repeat(8);
    let bytes = from_text(&format!("(func $joins {locals} {rounds})"), &description());
    refused_at_once(&engine(|_| {}), &bytes, "ways through a function times its local variables");
}

#[test]
fn branches_that_carry_every_local_are_refused_too() {
    let locals = "(local i64)".repeat(1_500);
    let branches = "(br_if 0 (i32.const 0))".repeat(40_000);
    let bytes = from_text(&format!("(func $joins {locals} {branches})"), &description());
    refused_at_once(&engine(|_| {}), &bytes, "ways through a function");
}

#[test]
fn many_functions_that_are_each_within_the_limits_are_not_together() {
    let locals = "(local i64)".repeat(1_000);
    let branches = "(br_if 0 (i32.const 0))".repeat(1_500);
    let functions = format!("(func {locals} {branches})").repeat(10);
    let bytes = from_text(&functions, &description());
    refused_at_once(&engine(|_| {}), &bytes, "ways through functions");
}

#[test]
fn deep_nesting_and_a_crowd_of_locals_are_refused() {
    let engine = engine(|_| {});
    let deep = format!("(func $deep {} {})", "(block ".repeat(500), ")".repeat(500));
    refused_at_once(&engine, &from_text(&deep, &description()), "blocks within one another");
    let crowd = format!("(func $crowd {})", "(local i64)".repeat(10_000));
    refused_at_once(&engine, &from_text(&crowd, &description()), "local variables");
    let wide = format!("(func $wide {})", "(param i64)".repeat(500));
    refused_at_once(&engine, &from_text(&wide, &description()), "parameters or results");
}

/// A module of a component with an empty section of another kind around it.
fn with_module(module: &[u8]) -> Vec<u8> {
    // The header of a component, and a section with a module in it.
    let mut bytes = b"\0asm\x0d\0\x01\0\x01".to_vec();
    bytes.extend(number(module.len()));
    bytes.extend(module);
    bytes
}

/// A section of a module.
fn section(kind: u8, content: &[u8]) -> Vec<u8> {
    [&[kind][..], &number(content.len()), content].concat()
}

fn number(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 128 {
        bytes.push(number as u8 & 127 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

#[test]
fn four_hundred_thousand_empty_functions_are_refused() {
    const MANY: usize = 400_000;
    let types = section(1, &[1, 0x60, 0, 0]);
    let functions = section(3, &[number(MANY), vec![0; MANY]].concat());
    let code = section(10, &[number(MANY), [2, 0, 0x0b].repeat(MANY)].concat());
    let module = [b"\0asm\x01\0\0\0".to_vec(), types, functions, code].concat();
    refused_at_once(&engine(|_| {}), &with_module(&module), "functions in a component");
}

#[test]
fn a_crowd_of_types_is_refused_wherever_it_is() {
    const MANY: usize = 400_000;
    let apart = section(1, &[number(MANY), [0x60, 0, 0].repeat(MANY)].concat());
    let in_a_group = section(1, &[vec![1, 0x4e], number(MANY), [0x60, 0, 0].repeat(MANY)].concat());
    for types in [apart, in_a_group] {
        let module = [b"\0asm\x01\0\0\0".to_vec(), types].concat();
        refused_at_once(&engine(|_| {}), &with_module(&module), "declarations in a component");
    }
    // And types of the component itself: `bool`.
    let types = section(7, &[number(MANY), [0x7f].repeat(MANY)].concat());
    let bytes = [b"\0asm\x0d\0\x01\0".to_vec(), types].concat();
    refused_at_once(&engine(|_| {}), &bytes, "declarations in a component");
}

#[test]
fn what_is_exactly_at_a_limit_passes() {
    let body = format!("(func $deep {} {})", "(block ".repeat(100), ")".repeat(100));
    let at = |nesting| {
        let limits = ComponentLimits { nesting, ..ComponentLimits::default() };
        let engine = engine(|settings| settings.component = limits);
        now(engine.check("test", &from_text(&body, &description()), Exactness::Exact))
    };
    assert!(at(100).is_ok());
    assert!(at(99).is_err());
    assert!(now(engine(|_| {}).check("test", &hostile("honest"), Exactness::Exact)).is_ok());
}
