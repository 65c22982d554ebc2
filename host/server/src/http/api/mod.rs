//! The routes: one file or folder a resource. A handler names in its signature what it demands,
//! asks the runtime, and renders the answer; it decides nothing itself.

pub(crate) mod activations;
pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod calculations;
pub(crate) mod documents;
pub(crate) mod employees;
pub(crate) mod impact;
pub(crate) mod operations;
pub(crate) mod organization;
pub(crate) mod policy;
pub(crate) mod proposals;
pub(crate) mod results;
pub(crate) mod rulesets;
pub(crate) mod tenants;
pub(crate) mod tokens;
