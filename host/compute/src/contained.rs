//! A job whose panics stay inside of it.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

/// A future that answers its own panic. A panic while it is dropped is caught as well: between the
/// turns of others there is nobody to tell, and the thread has to go on.
pub(crate) struct Contained<F>(Option<Pin<Box<F>>>);

/// The job panicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Panicked;

impl<F> Contained<F> {
    pub(crate) fn new(job: F) -> Self {
        Self(Some(Box::pin(job)))
    }
}

impl<F: Future> Future for Contained<F> {
    type Output = Result<F::Output, Panicked>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(job) = self.0.as_mut() else { return Poll::Ready(Err(Panicked)) };
        let polled = caught(AssertUnwindSafe(|| job.as_mut().poll(context)));
        match polled {
            Ok(polled) => polled.map(Ok),
            Err(_) => Poll::Ready(Err(Panicked)),
        }
    }
}

impl<F> Drop for Contained<F> {
    fn drop(&mut self) {
        let job = self.0.take();
        // What it says was reported where it panicked.
        let _ = caught(AssertUnwindSafe(|| drop(job)));
    }
}

/// Catches a panic, and one of what it carries, which is dropped.
fn caught<T>(run: AssertUnwindSafe<impl FnOnce() -> T>) -> Result<T, Panicked> {
    catch_unwind(run).map_err(|carried: Box<dyn Any + Send>| {
        // A message is text. Anything else is left where it is instead of run once more.
        if !carried.is::<String>() && !carried.is::<&'static str>() {
            std::mem::forget(carried);
        }
        Panicked
    })
}
