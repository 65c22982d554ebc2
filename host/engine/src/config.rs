//! The whole of wasmtime narrowed to what a rule may use: every knob with its reason.

use wasmparser::WasmFeatures;
use wasmtime::{Config, OptLevel, PoolingAllocationConfig};

use crate::settings::Settings;

/// What a rule may be made of. The validator in `check` and the compiler are given the same list.
/// Left out: threads, relaxed SIMD, memory64, multiple memories in one module, garbage collection
/// and exceptions, because each is more machinery or less determinism than a pure function needs.
pub(crate) const FEATURES: WasmFeatures = WasmFeatures::WASM1
    .union(WasmFeatures::SIGN_EXTENSION)
    .union(WasmFeatures::SATURATING_FLOAT_TO_INT)
    .union(WasmFeatures::BULK_MEMORY)
    .union(WasmFeatures::BULK_MEMORY_OPT)
    .union(WasmFeatures::MULTI_VALUE)
    .union(WasmFeatures::REFERENCE_TYPES)
    .union(WasmFeatures::CALL_INDIRECT_OVERLONG)
    .union(WasmFeatures::SIMD)
    .union(WasmFeatures::EXTENDED_CONST)
    .union(WasmFeatures::COMPONENT_MODEL)
    .difference(WasmFeatures::GC_TYPES);

/// Instances beside the evaluators: one for `describe` while a component is checked.
const CHECKING: u32 = 1;

/// Stack of a rule, in bytes. Far below the 2 MiB of a worker thread, so that a recursion ends in
/// a trap and not in the guard page of the host's stack.
const STACK_BYTES: usize = 512 * 1024;

/// Bookkeeping of one core instance or component instance, in bytes; wasmtime refuses a component
/// that needs more when it is compiled. Bounds the number of globals, functions and types.
const INSTANCE_BYTES: usize = 512 * 1024;

/// Elements of tables that are cleared by hand instead of given back to the kernel. Memories are
/// given back: a page that nobody wrote to can be told from one that somebody did, on which
/// restoring a memory rests, and a fresh instance takes no longer.
const KEEP_RESIDENT_BYTES: usize = 64 * 1024;

/// The configuration of an engine that runs rules.
pub(crate) fn running(settings: &Settings) -> Config {
    let mut config = compiling();
    // Memories start as copy-on-write images of the component's data.
    config.memory_init_cow(true);
    config.allocation_strategy(pool(settings));
    config
}

/// What decides what compiled code is like, the same in every process: the pool of instances and
/// the settings have no part in it.
pub(crate) fn compiling() -> Config {
    let mut config = Config::new();
    config.wasm_features(WasmFeatures::all().difference(FEATURES), false);
    config.wasm_features(FEATURES, true);

    // Bounded time: deterministic by fuel, and by the clock on top. A store has neither until
    // `store.rs` sets them.
    config.consume_fuel(true);
    config.epoch_interruption(true);

    // The same bits on every machine, also for the kinds of ruleset that may use floats.
    config.cranelift_nan_canonicalization(true);

    // Rules never wait, so stores need no tables for concurrent tasks (half of the cost of a
    // fresh instance).
    config.concurrency_support(false);
    config.max_wasm_stack(STACK_BYTES);

    // A trap is counted by its cause; a backtrace of a stripped rule helps nobody and costs time.
    config.wasm_backtrace_max_frames(None);
    config.generate_address_map(false);
    config.native_unwind_info(false);

    config.cranelift_opt_level(OptLevel::Speed);
    config.parallel_compilation(true);
    config
}

/// Pool limits follow the settings, so that a rule always meets our limiter, which names the limit,
/// before it meets the pool, which fails.
pub(crate) fn pool(settings: &Settings) -> PoolingAllocationConfig {
    let evaluators = u32::try_from(settings.evaluators.get()).unwrap_or(u32::MAX);
    let instances = evaluators.saturating_add(CHECKING);
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(instances);
    pool.total_core_instances(instances.saturating_mul(settings.core_instances));
    pool.total_memories(instances.saturating_mul(settings.memories));
    pool.total_tables(instances.saturating_mul(settings.tables));
    pool.max_core_instances_per_component(settings.core_instances);
    pool.max_memories_per_component(settings.memories);
    pool.max_tables_per_component(settings.tables);
    pool.max_memories_per_module(1);
    pool.max_tables_per_module(settings.tables);
    pool.max_memory_size(settings.memory_bytes);
    pool.table_elements(settings.table_elements);
    pool.max_core_instance_size(INSTANCE_BYTES);
    pool.max_component_instance_size(INSTANCE_BYTES);
    pool.table_keep_resident(KEEP_RESIDENT_BYTES);
    pool
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A rule must meet our limits, which name themselves, before it meets the allocator's.
    #[test]
    fn the_limits_of_an_instance_lie_within_those_of_the_pool() {
        let small = Settings {
            evaluators: 1.try_into().unwrap(),
            memory_bytes: 1 << 16,
            memories: 1,
            tables: 1,
            table_elements: 1,
            core_instances: 1,
            ..Settings::default()
        };
        let large = Settings {
            evaluators: 1000.try_into().unwrap(),
            memory_bytes: 1 << 30,
            memories: 4,
            tables: 20,
            table_elements: 100_000,
            core_instances: 50,
            ..Settings::default()
        };
        for settings in [small, Settings::default(), large] {
            let pool = pool(&settings);
            let alive = u32::try_from(settings.evaluators.get()).unwrap() + CHECKING;
            assert!(alive <= pool.get_total_component_instances());
            assert!(alive * settings.core_instances <= pool.get_total_core_instances());
            assert!(alive * settings.memories <= pool.get_total_memories());
            assert!(alive * settings.tables <= pool.get_total_tables());
            assert!(settings.core_instances <= pool.get_max_core_instances_per_component());
            assert!(settings.memories <= pool.get_max_memories_per_component());
            assert!(settings.tables <= pool.get_max_tables_per_component());
            assert!(settings.memory_bytes <= pool.get_max_memory_size());
            assert!(settings.table_elements <= pool.get_table_elements());
        }
    }

    #[test]
    fn both_limits_of_time_are_on_and_nothing_runs_beside_a_rule() {
        let engine = wasmtime::Engine::new(&running(&Settings::default())).unwrap();
        assert!(engine.get_consume_fuel() && engine.get_epoch_interruption());
        assert_eq!(engine.get_cranelift_nan_canonicalization(), Some(true));
        assert!(!engine.get_concurrency_support());
        assert!(engine.get_pooling_config().is_some());
        assert_eq!(engine.get_wasm_features(), FEATURES, "the validator's list is the compiler's");
    }
}
