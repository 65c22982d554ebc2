//! The logs of a large store are examined after the start, beside everything else.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use stele_store::{Store, StoreError};
use tokio::task::JoinHandle;

/// Entries examined in one go: some milliseconds, so that the end is not waited for.
const STEP: u64 = 2000;

/// The task that examines, while there is something left.
#[derive(Debug)]
pub(crate) struct Examination(Option<JoinHandle<()>>);

impl Examination {
    /// Begins, if the store has not examined all when it was opened.
    pub(crate) async fn start(store: &Arc<dyn Store>) -> Result<Self, StoreError> {
        if store.examine_logs(0).await? {
            return Ok(Self(None));
        }
        Ok(Self(Some(tokio::spawn(examine(Arc::clone(store))))))
    }
}

async fn examine(store: Arc<dyn Store>) {
    let begun = Instant::now();
    tracing::info!("the audit logs are examined while requests are served");
    loop {
        let step = Instant::now();
        match store.examine_logs(STEP).await {
            Ok(false) => {}
            Ok(true) => {
                let seconds = begun.elapsed().as_secs();
                let is_read_only = store.read_only().await.is_some();
                return tracing::info!(seconds, is_read_only, "all audit logs were examined");
            }
            Err(error) => {
                return tracing::error!(
                    %error,
                    "the audit logs can not be examined to their end"
                );
            }
        }
        // Half of a core at most: whoever asks for something comes first.
        tokio::time::sleep(step.elapsed().max(Duration::from_millis(1))).await;
    }
}

/// Ends after the step that is being done.
impl Drop for Examination {
    fn drop(&mut self) {
        if let Some(examining) = self.0.take() {
            examining.abort();
        }
    }
}
