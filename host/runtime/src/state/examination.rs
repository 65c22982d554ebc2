//! The logs of a large store are examined after the start, beside everything else.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::Instant,
};

use stele_store::{Store, StoreError};

/// Entries examined in one go: some milliseconds, so that the end is not waited for.
const STEP: u64 = 2000;

/// The thread that examines, while there is something left.
#[derive(Debug)]
pub(crate) struct Examination {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Examination {
    /// Begins, if the store has not examined all when it was opened.
    pub(crate) fn start(store: &Arc<dyn Store>) -> Result<Self, StoreError> {
        let stop = Arc::new(AtomicBool::new(false));
        if store.examine_logs(0)? {
            return Ok(Self { stop, thread: None });
        }
        let (store, stopped) = (Arc::clone(store), Arc::clone(&stop));
        let thread = std::thread::Builder::new()
            .name("examination".to_owned())
            .spawn(move || examine(store.as_ref(), &stopped))
            .map_err(|error| StoreError::Io {
                action: "starting to examine the audit logs",
                detail: error.to_string(),
            })?;
        Ok(Self { stop, thread: Some(thread) })
    }
}

fn examine(store: &dyn Store, stop: &AtomicBool) {
    let begun = Instant::now();
    tracing::info!("the audit logs are examined while requests are served");
    while !stop.load(Ordering::Relaxed) {
        let step = Instant::now();
        match store.examine_logs(STEP) {
            Ok(false) => {}
            Ok(true) => {
                let seconds = begun.elapsed().as_secs();
                tracing::info!(
                    seconds,
                    is_read_only = store.read_only().is_some(),
                    "all audit logs were examined"
                );
                return;
            }
            Err(error) => {
                tracing::error!(%error, "the audit logs can not be examined to their end");
                return;
            }
        }
        // Half of a core at most: whoever asks for something comes first.
        std::thread::sleep(step.elapsed());
    }
}

impl Drop for Examination {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the examination of the audit logs ended by a defect");
        }
    }
}
