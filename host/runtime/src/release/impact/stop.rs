//! Why there is no report.

use std::time::Duration;

use stele_engine::Failure;
use stele_store::StoreError;

use super::total::TooManyDigits;
use crate::state::{running::TooManyErased, shelf::LoadError};

/// How long the work waits for room in the engine before it gives up. Calculations of others take
/// microseconds, so a full pool is free again soon.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stop {
    #[error("the server stopped before the report was finished")]
    Stopped,
    #[error(transparent)]
    TooManyErased(#[from] TooManyErased),
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the engine has had no room for {} seconds; ask again later", PATIENCE.as_secs())]
    NoRoom,
    #[error("the engine failed: {0}")]
    Engine(Failure),
    #[error("there are more than {most} results between these dates; ask for fewer dates")]
    TooManyResults { most: usize },
    #[error(
        "the results are of {found} dates, or of too many versions on them; at most {most} dates \
         can be compared at once: ask for fewer"
    )]
    TooManyDates { found: usize, most: usize },
    #[error("a total has more digits than can be added up exactly")]
    TooManyDigits,
    #[error("a worker ended without an answer")]
    Worker,
    #[error("the report can not be written: {0}")]
    Write(#[from] serde_json::Error),
}

impl From<TooManyDigits> for Stop {
    fn from(_: TooManyDigits) -> Self {
        Self::TooManyDigits
    }
}
