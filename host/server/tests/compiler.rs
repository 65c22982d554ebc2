//! Components are compiled by a process of their own: what harms the compiler takes that down and
//! nothing else. Through the binary, as `stele serve` does it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use stele_engine::{
    Cache, CheckError, Compilation, CompilerProgram, ComponentLimits, Engine, Exactness, Rejection,
    Settings,
};

/// An engine whose compiler is the binary.
fn engine(change: impl FnOnce(&mut Settings)) -> Engine {
    let program = Some(CompilerProgram {
        program: PathBuf::from(env!("CARGO_BIN_EXE_stele")),
        argument: OsString::from(stele_server::COMPILE),
    });
    let compilation = Compilation { program, ..Compilation::default() };
    let mut settings = Settings { compilation, ..Settings::default() };
    change(&mut settings);
    Engine::new(settings).unwrap()
}

/// A rule of the repository.
fn shipped() -> Vec<u8> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/rules");
    std::fs::read(rules.join("payroll-cn.wasm")).expect("rules are built by: cargo xtask rules")
}

/// A component that no limit before the compiler refuses and that keeps it busy for minutes: every
/// local variable is joined at every loop.
fn bomb(functions: usize) -> Vec<u8> {
    let locals = "(local i64)".repeat(1_900);
    let sets: String = (0..1_900).map(|at| format!("(local.set {at} (i64.const {at}))")).collect();
    let (open, close) = ("(loop ".repeat(190), ")".repeat(190));
    let round = format!("{open} (br_if 0 (i32.const 0)) {sets} {close}");
    let function = format!("(func {locals} {})", round.repeat(20));
    let name = "stele:rule/rule@1.1.0";
    let text = format!(
        "(component (core module $m {}) (core instance (instantiate $m))
           (component $empty) (instance $rule (instantiate $empty))
           (export \"{name}\" (instance $rule)))",
        function.repeat(functions)
    );
    wat::parse_str(text).unwrap()
}

/// Lets the bomb through to the compiler.
fn without_limits_before(settings: &mut Settings) {
    let none = usize::MAX;
    settings.component = ComponentLimits {
        function_bytes: none,
        functions: none,
        declarations: none,
        values: none,
        nesting: none,
        locals: none,
        function_flow: none,
        flow: none,
    };
}

fn rejected(error: CheckError) -> Rejection {
    match error {
        CheckError::Rejected(rejection) => rejection,
        other => panic!("{other}"),
    }
}

/// The processes that compile for this test: children of this process.
fn compiling() -> Vec<u32> {
    let own = std::process::id();
    let tasks = std::fs::read_dir(format!("/proc/{own}/task")).unwrap();
    let children = tasks
        .filter_map(|task| std::fs::read_to_string(task.unwrap().path().join("children")).ok());
    let named = |id: &u32| {
        let command = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&command).contains(stele_server::COMPILE)
    };
    children
        .flat_map(|ids| ids.split_whitespace().map(|id| id.parse().unwrap()).collect::<Vec<u32>>())
        .filter(named)
        .collect()
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_secs(60), "{what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn the_process_gives_the_same_code_as_this_one_would() {
    let folder = tempfile::tempdir().unwrap();
    let mut codes = Vec::new();
    for (name, by_process) in [("here", false), ("there", true)] {
        let cache = Cache::new(folder.path().join(name), folder.path().join("key"));
        let engine = engine(|settings| {
            if !by_process {
                settings.compilation.program = None;
            }
            settings.cache = Some(cache.clone());
        });
        let started = Instant::now();
        engine.load("acme", &shipped(), Exactness::Exact).await.unwrap();
        println!("{name}: checked, compiled, described in {:?}", started.elapsed());
        let file = std::fs::read_dir(cache.folder).unwrap().next().unwrap().unwrap().path();
        codes.push(std::fs::read(file).unwrap());
    }
    assert!(codes[0] == codes[1], "byte for byte");
}

/// One test, because it counts the processes of this program.
#[tokio::test(flavor = "multi_thread")]
async fn a_bomb_takes_down_its_own_process_and_nothing_else() {
    // Time of the processor.
    let seconds = engine(|settings| {
        without_limits_before(settings);
        settings.compilation.processor_time = Duration::from_secs(1);
    });
    let rejection = rejected(seconds.check("acme", &bomb(1), Exactness::Exact).await.unwrap_err());
    assert_eq!(rejection.check(), "compile");
    assert!(rejection.reason().contains("more than 1 s of processor time"), "{rejection}");

    // Memory.
    let memory = engine(|settings| {
        without_limits_before(settings);
        settings.compilation.memory_bytes = 256 << 20;
    });
    let rejection = rejected(memory.check("acme", &bomb(1), Exactness::Exact).await.unwrap_err());
    assert!(rejection.reason().contains("more than 268435456 bytes of memory"), "{rejection}");

    // The clock.
    let clock = engine(|settings| {
        without_limits_before(settings);
        settings.compilation.time = Duration::from_millis(300);
    });
    let rejection = rejected(clock.check("acme", &bomb(1), Exactness::Exact).await.unwrap_err());
    assert!(rejection.reason().contains("compiling it takes more than"), "{rejection}");
    until("the process ends with its time", || compiling().is_empty()).await;

    // Nobody waits any more.
    let waited = engine(without_limits_before);
    let checking = tokio::spawn({
        let waited = waited.clone();
        async move { waited.check("acme", &bomb(1), Exactness::Exact).await }
    });
    until("the process starts", || compiling().len() == 1).await;
    checking.abort();
    until("the process ends when nobody waits", || compiling().is_empty()).await;

    // One of each holder at once, and no more of one than the settings say.
    let turns = engine(|settings| {
        without_limits_before(settings);
        settings.compilation.at_once = 2.try_into().unwrap();
        settings.compilation.of_one_holder = 2.try_into().unwrap();
    });
    let start = |holder: &'static str| {
        let turns = turns.clone();
        tokio::spawn(async move { turns.check(holder, &bomb(1), Exactness::Exact).await })
    };
    let first = [start("acme"), start("acme")];
    until("one starts and one waits", || {
        let statistics = turns.statistics();
        (statistics.compiling, statistics.waiting_to_compile) == (1, 1)
    })
    .await;
    let busy = turns.check("acme", &bomb(1), Exactness::Exact).await.unwrap_err();
    assert!(matches!(busy, CheckError::Busy { .. }), "{busy}");
    assert_eq!(compiling().len(), 1, "one of a holder");
    // Another holder need not wait for him.
    turns.check("other", &shipped(), Exactness::Exact).await.unwrap();
    for checking in first {
        checking.abort();
    }
    until("all end", || compiling().is_empty()).await;
}

#[tokio::test]
async fn a_compiler_that_can_not_be_started_is_no_fault_of_the_component() {
    let engine = engine(|settings| {
        if let Some(program) = &mut settings.compilation.program {
            program.program = PathBuf::from("/nonexistent");
        }
    });
    let error = engine.check("acme", &shipped(), Exactness::Exact).await.unwrap_err();
    assert!(matches!(error, CheckError::Host(_)), "{error}");
}
