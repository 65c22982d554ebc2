//! Nothing unverified is compiled or run.

use stele_engine::{Engine, Exactness, Rejection};

use crate::support::{self, described, description, engine, hostile, whole};

fn rejected(engine: &Engine, bytes: &[u8]) -> Rejection {
    support::check(engine, bytes, Exactness::Exact).expect_err("it must be refused")
}

/// Asserts the check and a part of the sentence.
#[track_caller]
fn assert_rejected(bytes: &[u8], check: &str, part: &str) {
    let engine = engine(|_| {});
    let rejection = rejected(&engine, bytes);
    assert_eq!(rejection.check(), check, "{rejection}");
    assert!(rejection.reason().contains(part), "{rejection}");
}

#[test]
fn an_honest_rule_passes_every_check_and_says_what_it_is() {
    let engine = engine(|_| {});
    let bytes = hostile("honest");
    let rule = support::check(&engine, &bytes, Exactness::Exact).unwrap();
    assert_eq!(rule.description(), &description());
    assert_eq!(rule.digest(), stele_engine::Digest::of(&bytes));
    assert_eq!(rule.exactness(), Exactness::Exact);
}

#[test]
fn a_component_over_the_size_limit_is_refused_before_it_is_read() {
    let engine = engine(|settings| settings.component_bytes = 1000);
    let rejection = rejected(&engine, &[0; 1001]);
    assert_eq!(rejection.check(), "size");
    assert!(rejection.reason().contains("at most 1000 bytes, found 1001"), "{rejection}");
}

#[test]
fn a_component_of_exactly_the_size_limit_passes() {
    let bytes = hostile("honest");
    let engine = engine(|settings| settings.component_bytes = bytes.len());
    support::check(&engine, &bytes, Exactness::Exact).unwrap();
}

#[test]
fn a_function_over_its_size_limit_is_refused_before_it_is_compiled() {
    let body = format!("(func $large {})", "(drop (i32.const 1))".repeat(100_000));
    let bytes = support::from_text(&body, &description());
    assert_rejected(&bytes, "size", "a function: expected at most 262144 bytes, found 300002");
}

#[test]
fn garbage_is_refused() {
    assert_rejected(b"", "parse", "");
    assert_rejected(b"not wasm at all", "parse", "not a WebAssembly component");
    assert_rejected(&[0xff; 4096], "parse", "not a WebAssembly component");
}

#[test]
fn a_core_module_is_refused_with_advice() {
    assert_rejected(&whole("core_module"), "parse", "found a core module");
}

#[test]
fn every_truncated_component_is_refused() {
    let engine = engine(|_| {});
    let bytes = hostile("honest");
    for length in (0..bytes.len()).step_by(97) {
        rejected(&engine, &bytes[..length]);
    }
}

/// Whatever a flipped byte does, the engine answers and goes on.
#[test]
fn no_flipped_byte_harms_the_engine() {
    let engine = engine(|settings| settings.preparation_fuel = 100_000);
    let bytes = hostile("honest");
    for at in (8..bytes.len()).step_by(61) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x15;
        let _ = support::check(&engine, &flipped, Exactness::Exact);
    }
    support::check(&engine, &bytes, Exactness::Exact).unwrap();
}

#[test]
fn importing_wasi_is_refused_by_name() {
    assert_rejected(&whole("imports_wasi"), "imports", "wasi:cli/environment@0.2.0");
}

#[test]
fn importing_anything_else_is_refused_by_name() {
    assert_rejected(&whole("imports_a_function"), "imports", "log");
}

#[test]
fn a_float_is_refused_where_exactness_is_demanded() {
    let engine = engine(|_| {});
    let bytes = hostile("uses_floats");
    let rejection = rejected(&engine, &bytes);
    assert_eq!(rejection.check(), "validate");
    assert!(rejection.reason().contains("found floating-point numbers"), "{rejection}");
}

#[test]
fn a_float_is_allowed_where_it_is_not() {
    let engine = engine(|_| {});
    let rule = support::check(&engine, &hostile("uses_floats"), Exactness::Approximate).unwrap();
    assert_eq!(rule.exactness(), Exactness::Approximate);
}

#[test]
fn a_rule_checked_for_less_does_not_serve_where_more_is_demanded() {
    let engine = engine(|_| {});
    let bytes = hostile("uses_floats");
    let _held = support::load(&engine, &bytes, Exactness::Approximate).unwrap();
    assert_eq!(support::load(&engine, &bytes, Exactness::Exact).unwrap_err().check(), "validate");
}

#[test]
fn floats_hide_nowhere() {
    for body in [
        // In a vector.
        "(func $hidden (param v128) (result v128)
           (f32x4.add (local.get 0) (local.get 0)))",
        // In a conversion inside of vectors.
        "(func $hidden (param v128) (result v128) (i32x4.trunc_sat_f32x4_s (local.get 0)))",
        // In a type, a local, a global, a constant, a load.
        "(func $hidden (param f32))",
        "(func $hidden (local f64))",
        "(global $hidden f64 (f64.const 0))",
        "(func $hidden (drop (f32.const 0)))",
        "(func $hidden (drop (f64.load (i32.const 0))))",
        "(func $hidden (drop (i32.reinterpret_f32 (f32.reinterpret_i32 (i32.const 0)))))",
        "(type $hidden (func (result f32)))",
    ] {
        let bytes = support::from_text(body, &description());
        assert_rejected(&bytes, "validate", "floating-point");
    }
}

#[test]
fn machinery_that_a_pure_function_does_not_need_is_refused() {
    for module in [
        "(memory 1 1 shared)",
        "(memory i64 1)",
        "(memory 1) (memory 1)",
        "(func (param v128) (result v128)
           (i8x16.relaxed_swizzle (local.get 0) (local.get 0)))",
        "(type (struct))",
        "(func (param externref))",
        "(tag (param i32))",
        "(func (return_call 0))",
    ] {
        let bytes = wat::parse_str(format!("(component (core module {module}))")).unwrap();
        assert_rejected(&bytes, "validate", "not a valid component of the allowed features");
    }
}

#[test]
fn another_world_is_refused() {
    let nothing = wat::parse_str("(component)").unwrap();
    assert_rejected(&nothing, "world", "found nothing");
    assert_rejected(&whole("exports_something_else"), "world", "found run");
    assert_rejected(&whole("exports_another_shape"), "world", "evaluator");
}

#[test]
fn the_right_names_with_other_types_are_refused() {
    let bytes = support::with_contract("honest", |wit| wit.replace("scale: u8", "scale: u16"));
    assert_rejected(&bytes, "world", "another shape");
}

#[test]
fn another_major_version_of_the_contract_is_refused() {
    let bytes = support::with_contract("honest", |wit| wit.replace("@1.1.0", "@2.0.0"));
    assert_rejected(&bytes, "world", "stele:rule/rule@2.0.0");
}

#[test]
fn a_later_version_of_the_contract_is_refused_with_those_that_are_served() {
    for version in ["1.2.0", "1.1.1", "1.0.1", "1.1.0-rc.1"] {
        let named = format!("@{version}");
        let bytes = support::with_contract("honest", |wit| wit.replace("@1.1.0", &named));
        let expected = format!(
            "expected one export, stele:rule/rule@1.1.0 or stele:rule/rule@1.0.0, found \
             stele:rule/rule@{version}"
        );
        assert_rejected(&bytes, "world", &expected);
    }
}

#[test]
fn an_export_beside_the_rule_is_refused() {
    let bytes = support::with_contract("honest", |wit| {
        wit.replace("export rule;", "export rule; export run: func();")
    });
    assert_rejected(&bytes, "world", "run");
}

#[test]
fn a_component_that_needs_more_than_an_instance_may_have_is_refused() {
    let bytes = support::from_text("(table $large 1000000 funcref)", &description());
    assert_rejected(&bytes, "compile", "table");
    let globals = "(global i64 (i64.const 0))".repeat(40_000);
    let engine = engine(|settings| settings.component.declarations = 50_000);
    let rejection = rejected(&engine, &support::from_text(&globals, &description()));
    assert_eq!(rejection.check(), "compile", "{rejection}");
}

#[test]
fn a_component_whose_memory_starts_too_large_is_refused() {
    let bytes = support::with_memory("honest", 1000);
    assert_rejected(&bytes, "compile", "memory");
}

#[test]
fn a_describe_without_an_answer_is_refused_and_harms_nobody() {
    let engine = engine(|settings| settings.preparation_fuel = 1_000_000);
    for (name, part) in [
        ("describe_loops", "used up the fuel"),
        ("start_loops", "used up the fuel"),
        ("describe_traps", "trapped"),
        ("describe_returns_nonsense", "breaks the contract"),
        ("starts_with_100_mb", "more memory"),
    ] {
        let rejection = rejected(&engine, &hostile(name));
        assert_eq!(rejection.check(), "describe", "{rejection}");
        assert!(rejection.reason().contains(part), "{name}: {rejection}");
    }
    support::check(&engine, &hostile("honest"), Exactness::Exact).unwrap();
}

#[test]
fn a_description_larger_than_the_host_takes_is_refused() {
    let mut large = description();
    large.meaning = "x".repeat(40_000);
    let engine = engine(|settings| settings.output_bytes = 30_000);
    let rejection = rejected(&engine, &described("honest", &large));
    assert_eq!(rejection.check(), "describe");
    assert!(rejection.reason().contains("larger than the host takes"), "{rejection}");
}

#[test]
fn a_component_that_somebody_holds_is_compiled_once() {
    let engine = engine(|_| {});
    let bytes = hostile("honest");
    let held = support::check(&engine, &bytes, Exactness::Exact).unwrap();
    for _ in 0..10 {
        assert_eq!(
            support::load(&engine, &bytes, Exactness::Exact).unwrap().digest(),
            held.digest()
        );
    }
    assert_eq!(engine.statistics().compilations, 1);
    drop(held);
    support::load(&engine, &bytes, Exactness::Exact).unwrap();
    assert_eq!(engine.statistics().compilations, 2, "nothing is kept that nobody holds");
}
