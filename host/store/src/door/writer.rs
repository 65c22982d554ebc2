//! The thread that writes, and the way of a commit to it and back.

use std::{
    sync::Arc,
    thread::{self, JoinHandle},
};

use stele_compute::in_background;
use stele_digest::Digest;

use crate::{
    backend::Backend,
    commit::{Commit, CommitError, Committed, ResponseKey},
    error::StoreError,
    ledger::{Ledger, Next, Work},
};

/// The thread. It ends with this, after what waits was written.
pub(super) struct WriterThread<B: Backend> {
    ledger: Arc<Ledger<B>>,
    thread: Option<JoinHandle<()>>,
}

impl<B: Backend + 'static> WriterThread<B> {
    pub(super) fn start(ledger: Arc<Ledger<B>>) -> Result<Self, StoreError> {
        let writing = ledger.clone();
        let thread = thread::Builder::new()
            .name("stele-writer".to_owned())
            .spawn(move || writing.write_until_closed())
            .map_err(|error| StoreError::io("starting the thread that writes", error))?;
        Ok(Self { ledger, thread: Some(thread) })
    }
}

impl<B: Backend> Drop for WriterThread<B> {
    fn drop(&mut self) {
        self.ledger.close();
        if let Some(thread) = self.thread.take() {
            // Its panics are caught where they come up.
            let _ = thread.join();
        }
    }
}

/// Makes the commit, in a task of its own: whoever stops waiting does not stop it.
pub(super) async fn commit<B: Backend + 'static>(
    ledger: Arc<Ledger<B>>,
    commit: Commit,
) -> Result<Arc<Committed>, CommitError> {
    let committing = tokio::spawn(async move {
        if commit.is_import() {
            // Takes seconds, one at a time.
            let importing = in_background("stele-import", move || ledger.commit(commit));
            return importing.await.map_err(no_answer)?.map(Some);
        }
        let preparing = ledger.clone();
        let prepared = blocking(move || preparing.prepare_work(commit)).await?;
        carry_out(&ledger, prepared).await
    });
    let committed = committing.await.map_err(no_answer)??;
    committed.ok_or_else(|| no_answer("it was not told what was committed"))
}

/// Remembers an answer, likewise.
pub(super) async fn remember<B: Backend + 'static>(
    ledger: Arc<Ledger<B>>,
    key: ResponseKey,
    request: Digest,
    status: u16,
    body: String,
) -> Result<(), CommitError> {
    let work = Work::Remember { key, request, status, body };
    let remembering = tokio::spawn(async move { carry_out(&ledger, work).await });
    remembering.await.map_err(no_answer)?.map(|_| ())
}

async fn carry_out<B: Backend + 'static>(
    ledger: &Arc<Ledger<B>>,
    mut work: Work,
) -> Result<Option<Arc<Committed>>, CommitError> {
    let mut tries = 0;
    loop {
        let outcome = ledger.enter(work)?.await;
        let waiting = ledger.clone();
        work = match ledger.next(outcome.ok(), tries) {
            Next::Answer(answer) => return answer,
            Next::Again(overtaken) => {
                tries += 1;
                blocking(move || waiting.prepare_again(*overtaken)).await?
            }
            Next::After { work, import } => {
                blocking(move || {
                    waiting.wait_for_import(import);
                    Ok(*work)
                })
                .await?
            }
        };
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let working = tokio::task::spawn_blocking(work);
    working.await.unwrap_or_else(|error| Err(StoreError::defect("preparing a commit", error)))
}

fn no_answer(detail: impl std::fmt::Display) -> CommitError {
    StoreError::defect("committing", detail).into()
}
