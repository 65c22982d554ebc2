//! Whose turn it is on the processor. Long work of many holders shares a few threads of its own, in
//! short slices and fair turns, so that nobody's work keeps another's waiting, and below the
//! threads that serve, so that an answer which takes microseconds never waits for work which takes
//! minutes.
//!
//! What may not enter here: rules, wasmtime, tenants (a holder is an opaque name), HTTP, the store.
//!
//! | idea | file |
//! |---|---|
//! | who is next: pure, without threads or a clock | `turns` |
//! | the threads, and where a job enters and leaves | `pool` |
//! | what a job sees of its turn | `turn` |
//! | a job whose panics stay inside of it | `contained` |
//! | one long piece of work that may block, beside the turns | `background` |
//! | how far a thread stands below those that serve | `niceness` |
//! | every number an operator may set, with its reason | `settings` |
//!
//! Start reading in `turns`: it is the whole policy.
//!
//! A job is a future. It asks its [`Turn`] between two steps whether it is over, and gives the
//! thread away if so; while it waits for something else it holds none. Whoever drops the future of
//! [`Compute::run`] ends the job where it next gives its thread away: work whose caller has gone is
//! not done.

mod background;
mod contained;
mod error;
mod niceness;
mod pool;
mod settings;
mod statistics;
mod turn;
mod turns;

pub use background::{BackgroundError, in_background};
pub use error::{ComputeError, Room};
pub use pool::Compute;
pub use settings::Settings;
pub use statistics::Statistics;
pub use turn::Turn;
