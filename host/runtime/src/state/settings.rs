//! What an operator may set.

use std::time::Duration;

use crate::state::{audit_key::AuditKey, ceiling::Ceilings};

/// The runtime's settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The engine's limits. Where no cache of compiled code is named, the data folder's `cache` and
    /// `cache-key` are used.
    pub engine: stele_engine::Settings,
    /// The threads that rules run on, and in which turns.
    pub compute: stele_compute::Settings,
    /// How much the store of a data folder holds in memory.
    pub store: stele_store::Bounds,
    /// The key that signs checkpoints. Where none is given, that of the data folder is used; a
    /// store without a folder gets a new one at each start.
    pub audit_key: Option<AuditKey>,
    /// Requests under idempotency keys.
    pub keyed_requests: KeyedRequests,
    /// Impact reports that are being made.
    pub impact_reports: ImpactReports,
    /// Most of what is always in memory.
    pub ceilings: Ceilings,
    /// Rulesets that are ready, with their compiled code and their texts.
    pub ready_rulesets: ReadyRulesets,
    /// How long writing the database anew may take at the end, so that what was erased is in none of
    /// its bytes.
    pub forgetting: Duration,
}

/// Service managers wait 90 seconds as a rule before they kill; the rest is for what runs.
const FORGETTING: Duration = Duration::from_secs(60);

impl Default for Settings {
    fn default() -> Self {
        Self {
            engine: stele_engine::Settings::default(),
            compute: stele_compute::Settings::default(),
            store: stele_store::Bounds::default(),
            audit_key: None,
            keyed_requests: KeyedRequests::default(),
            impact_reports: ImpactReports::default(),
            ceilings: Ceilings::default(),
            ready_rulesets: ReadyRulesets::default(),
            forgetting: FORGETTING,
        }
    }
}

/// Bounds of rulesets that are ready.
#[derive(Debug, Clone, Copy)]
pub struct ReadyRulesets {
    /// Most at the same time: some tenants in each of some dozens of countries. A large payroll takes
    /// some megabytes; one that is not ready is so again after some milliseconds.
    pub most: usize,
    /// Most of one tenant that wait to be made ready, one after the other. More than a tenant has in
    /// force, so that all of them may be asked for at once after a start.
    pub openings_of_a_tenant: usize,
}

impl Default for ReadyRulesets {
    fn default() -> Self {
        Self { most: 128, openings_of_a_tenant: 64 }
    }
}

/// Bounds of requests under idempotency keys, which are carried out also when nobody waits for them
/// any more.
#[derive(Debug, Clone)]
pub struct KeyedRequests {
    /// Most that are worked on at the same time: twice as many as may be asked at the same time, so
    /// that those whose clients have gone do not keep others out at once. Each holds its body.
    pub most: usize,
    /// Most of one tenant, so that no tenant keeps the others out.
    pub most_of_a_tenant: usize,
    /// How long the same request waits for the answer of the first: longer than a slow commit
    /// takes, shorter than clients and proxies wait, 30 seconds as a rule.
    pub patience: Duration,
}

impl Default for KeyedRequests {
    fn default() -> Self {
        Self { most: 2048, most_of_a_tenant: 512, patience: Duration::from_secs(10) }
    }
}

/// Bounds of impact reports that are being made.
#[derive(Debug, Clone, Copy)]
pub struct ImpactReports {
    /// Most at the same time. One keeps all cores busy, so more at once only make each other late.
    pub most: usize,
    /// Most of one tenant, so that no tenant keeps the others out.
    pub most_of_a_tenant: usize,
    /// Most employees that are erased while one is made: it must leave them out, and remembers them
    /// until then. One that would have to leave out more is not worth to be made to its end.
    pub erased: usize,
}

impl Default for ImpactReports {
    fn default() -> Self {
        Self { most: 4, most_of_a_tenant: 2, erased: 10_000 }
    }
}
