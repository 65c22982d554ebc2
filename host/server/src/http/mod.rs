//! The HTTP API: one file a resource, and one file for each thing that surrounds them all.
//!
//! A request passes `listener` → `connection` → `edge` → `router` → `credential` → `body` → the resource → the
//! runtime, and its answer comes back through `edge`.

mod activation_schemas;
mod activations;
mod activity;
mod answer_body;
mod application;
mod arriving;
mod audit;
mod backup;
mod body;
mod calculation_batch;
mod calculations;
mod connection;
mod connections;
mod credential;
mod cursor;
mod documents;
mod edge;
mod employee_import;
mod employees;
mod erasure;
mod etag;
mod evidence;
mod explanation;
mod fields;
mod idempotency;
mod impact_events;
mod impact_reports;
mod impact_schemas;
mod language;
mod lines;
mod listener;
mod operations;
mod pace;
mod paced_stream;
mod pipe;
mod policy;
mod problem;
mod problem_kind;
mod proposal_bodies;
mod proposals;
mod refusal;
mod replays;
mod request_metrics;
mod result_schemas;
mod results;
mod router;
mod ruleset_versions;
pub(crate) mod ruleset_view;
mod rulesets;
mod schemas;
mod segment;
mod streams;
mod tenants;
mod tokens;

pub use application::Application;
pub use listener::serve;
pub use router::router;
