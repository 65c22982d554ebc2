//! What a tenant demands before something happens: how many people must agree to an activation,
//! whether they must have seen its effect on money, whose signatures release a ruleset, how much of its
//! formulas its cases must reach, and for how long what is known of people is kept.
//!
//! A policy is data: it is read at the door that it guards, and the commit that goes through the
//! door expects the very revision that was read. Who has written none has the strictest that needs
//! no further set-up: one other person agrees to every activation.
//!
//! | file | idea |
//! |---|---|
//! | `document` | what a policy may say |
//! | `retention` | for how long what is known of people is kept |
//! | `error` | why one is not written |
//! | `store` | a policy written and read |

mod document;
mod error;
mod retention;
mod store;

pub use document::{CoverageRule, Demand, Policy, Readings, SlotRule};
pub use error::PolicyError;
pub(crate) use retention::day;
pub use retention::{LONGEST_RETENTION, Retention, RetentionError};
pub use store::PolicyView;
pub(crate) use store::expectation;
