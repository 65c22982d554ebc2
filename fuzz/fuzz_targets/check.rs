//! Bytes that are said to be a rule: all checks, and what passes them is compiled and described.
//! They end, in bounded memory, with a rule or a reason. An input may be text, which is what people
//! can read of a corpus.

#![no_main]
#![allow(clippy::panic, reason = "a panic is how a target says what it found")]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use stele_engine::{Engine, Exactness, Settings};

/// Bytes of a component here: what is large is a matter of limits, and takes the compiler longer
/// than a fuzzer has.
const COMPONENT: usize = 16 << 10;

fn engine() -> Option<&'static Engine> {
    static ENGINE: OnceLock<Option<Engine>> = OnceLock::new();
    let start = || Engine::new(Settings { component_bytes: COMPONENT, ..Settings::default() }).ok();
    ENGINE.get_or_init(start).as_ref()
}

fuzz_target!(|bytes: &[u8]| {
    let Some(engine) = engine() else { panic!("the engine does not start") };
    let Ok(bytes) = wat::parse_bytes(bytes) else { return };
    match engine.check(&bytes, Exactness::Exact) {
        Ok(rule) => assert!(!rule.description().name.is_empty()),
        Err(rejection) => assert!(!rejection.to_string().is_empty()),
    }
});
