//! What one instance may hold: the limiter that wasmtime asks before memories and tables grow.

use wasmtime::ResourceLimiter;

use crate::settings::Settings;

/// A rule asked for more than it may have. Raised as a trap inside of the rule: a refused
/// `memory.grow` would end in an assertion of its allocator, and we could not tell why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LimitExceeded {
    #[error("more linear memory than an instance may have")]
    Memory,
    #[error("more table elements than an instance may have")]
    Table,
}

/// The limits of one store and what it has used of them.
#[derive(Debug)]
pub(crate) struct Limits {
    memory_bytes: usize,
    memory_bytes_used: usize,
    table_elements: usize,
    memories: usize,
    tables: usize,
    instances: usize,
}

impl Limits {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            memory_bytes: settings.memory_bytes,
            memory_bytes_used: 0,
            table_elements: settings.table_elements,
            memories: usize::try_from(settings.memories).unwrap_or(usize::MAX),
            tables: usize::try_from(settings.tables).unwrap_or(usize::MAX),
            instances: usize::try_from(settings.core_instances).unwrap_or(usize::MAX),
        }
    }
}

impl ResourceLimiter for Limits {
    /// Counts all memories of the instance together.
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let growth = desired.saturating_sub(current);
        let used = self.memory_bytes_used.saturating_add(growth);
        if used > self.memory_bytes {
            return Err(LimitExceeded::Memory.into());
        }
        // Beyond the rule's own maximum nothing grows, whatever is answered here.
        if maximum.is_none_or(|maximum| desired <= maximum) {
            self.memory_bytes_used = used;
        }
        Ok(true)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        if desired > self.table_elements { Err(LimitExceeded::Table.into()) } else { Ok(true) }
    }

    fn instances(&self) -> usize {
        self.instances
    }

    fn tables(&self) -> usize {
        self.tables
    }

    fn memories(&self) -> usize {
        self.memories
    }
}
