//! Bytes that are said to be a rule: all checks, and what passes them is compiled and described.
//! They end, in bounded memory, with a rule or a reason. An input may be text, which is what people
//! can read of a corpus.

#![no_main]
#![allow(clippy::panic, reason = "a panic is how a target says what it found")]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use stele_engine::{CheckError, Engine, Exactness, Settings};
use tokio::runtime::Runtime;

/// Bytes of a component here: what is large is a matter of limits, and takes the compiler longer
/// than a fuzzer has.
const COMPONENT: usize = 16 << 10;

/// An engine that compiles in this process, and what waits for it.
struct Checking {
    tokio: Runtime,
    engine: Engine,
}

impl Checking {
    fn start() -> Option<Self> {
        let tokio = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
        let settings = Settings { component_bytes: COMPONENT, ..Settings::default() };
        Some(Self { tokio, engine: Engine::new(settings).ok()? })
    }
}

fuzz_target!(|bytes: &[u8]| {
    static CHECKING: OnceLock<Option<Checking>> = OnceLock::new();
    let checking = CHECKING.get_or_init(Checking::start);
    let Some(Checking { tokio, engine }) = checking else { panic!("the engine does not start") };
    let Ok(bytes) = wat::parse_bytes(bytes) else { return };
    match tokio.block_on(engine.check("fuzz", &bytes, Exactness::Exact)) {
        Ok(rule) => assert!(!rule.description().name.is_empty()),
        Err(CheckError::Rejected(rejection)) => assert!(!rejection.to_string().is_empty()),
        Err(error) => panic!("nothing was said of the component: {error}"),
    }
});
