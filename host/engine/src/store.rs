//! The one place where a store gets its limits. A new wasmtime store has no fuel and no deadline:
//! without them the first instruction traps, so nothing can run that did not pass through here.

use crate::failure::Failure;
use crate::limits::Limits;
use crate::settings::Settings;

/// A store with its limits.
pub(crate) type Store = wasmtime::Store<Limits>;

/// Ticks after which a brief evaluation is cut off, where it spends its time without spending fuel:
/// the current one and a whole one.
const BRIEF_TICKS: u64 = 2;

/// What a call into a rule may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Budget {
    fuel: u64,
    ticks: u64,
}

impl Budget {
    /// For one evaluation.
    pub(crate) fn evaluation(settings: &Settings) -> Self {
        Self { fuel: settings.fuel, ticks: settings.deadline_ticks() }
    }

    /// For one evaluation on a thread that serves others.
    pub(crate) fn brief(settings: &Settings) -> Self {
        Self {
            fuel: settings.short_fuel.min(settings.fuel),
            ticks: settings.deadline_ticks().min(BRIEF_TICKS),
        }
    }

    /// For one instantiation, `describe` or `create`.
    pub(crate) fn preparation(settings: &Settings) -> Self {
        Self { fuel: settings.preparation_fuel, ticks: settings.deadline_ticks() }
    }

    /// Gives the whole budget to the next call.
    pub(crate) fn grant(self, store: &mut Store) -> Result<(), Failure> {
        store.set_fuel(self.fuel).map_err(internal)?;
        store.set_epoch_deadline(self.ticks);
        Ok(())
    }

    /// Fuel that it gives.
    pub(crate) fn fuel(self) -> u64 {
        self.fuel
    }

    /// Fuel that has been used since it was granted.
    pub(crate) fn used(self, store: &Store) -> Result<u64, Failure> {
        Ok(self.fuel.saturating_sub(store.get_fuel().map_err(internal)?))
    }
}

/// A store with bounded memory, tables, instances, handles and answers, and the budget for a
/// first call.
pub(crate) fn open(engine: &wasmtime::Engine, settings: &Settings) -> Result<Store, Failure> {
    let mut store = Store::new(engine, Limits::new(settings));
    store.limiter(|limits| limits);
    // What the host allocates while it reads an answer.
    store.set_hostcall_fuel(settings.output_bytes);
    // Handles live in tables of the host.
    store.set_max_component_handles(settings.handles);
    store.epoch_deadline_trap();
    Budget::preparation(settings).grant(&mut store)?;
    Ok(store)
}

fn internal(error: wasmtime::Error) -> Failure {
    Failure::Internal(format!("{error:#}"))
}
