//! The promises of the HTTP API, through its router and without a network.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can not go on has failed")]

mod audit;
mod batch;
mod calculations;
mod connections;
mod console;
mod credentials;
mod documents;
mod employee_command;
mod employees;
mod employments;
mod error_size;
mod forgetting;
mod fuel;
mod idempotency;
mod impact_reports;
mod limits;
mod network;
mod organizations;
mod problems;
mod proposals;
mod publication;
mod results;
mod shares;
mod slow_bodies;
mod support;
mod unread_answers;
