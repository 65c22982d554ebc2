//! Files that are watched, so that something is done again after each change.

use std::path::PathBuf;
use std::time::Duration;

use notify::event::EventKind;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::folder::RulesArgument;
use crate::failure::Failure;
use crate::output::Output;

/// An editor writes a file in several steps; what comes within this time is one change. Who edits
/// formulas looks for their errors at once.
const QUIET: Duration = Duration::from_millis(50);

/// Changes of some folders.
pub(super) struct Changes {
    // Dropped, it stops watching.
    _watcher: RecommendedWatcher,
    changed: UnboundedReceiver<()>,
}

impl Changes {
    /// Watches rulesets and the folder of built components.
    pub(super) fn of(sources: &[PathBuf], rules: &RulesArgument) -> Result<Changes, Failure> {
        let (sender, changed) = unbounded_channel();
        let mut watcher =
            notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                let changes = |event: notify::Event| {
                    // Reading is an event too, and the test itself reads.
                    matches!(
                        event.kind,
                        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_)
                    )
                };
                // An error may have hidden a change.
                if event.map_or(true, changes) {
                    // The receiver is gone only at the end.
                    let _ = sender.send(());
                }
            })
            .map_err(|error| Failure::Failed(format!("can not watch files: {error}")))?;
        for source in sources {
            // An editor that saves a file puts another one in its place: its folder stays.
            let own = match (source.is_file(), source.parent()) {
                (true, Some(folder)) if folder.as_os_str().is_empty() => {
                    (PathBuf::from("."), RecursiveMode::NonRecursive)
                }
                (true, Some(folder)) => (folder.to_owned(), RecursiveMode::NonRecursive),
                _ => (source.clone(), RecursiveMode::Recursive),
            };
            for (path, mode) in [own, (rules.find(source), RecursiveMode::NonRecursive)] {
                if path.exists() {
                    watcher.watch(&path, mode).map_err(|error| {
                        Failure::Failed(format!("can not watch {}: {error}", path.display()))
                    })?;
                }
            }
        }
        Ok(Changes { _watcher: watcher, changed })
    }

    /// Does the work now and after each change, until it is interrupted. What fails is shown, and
    /// the next change is waited for: a file may be half written.
    pub(super) async fn each(
        mut self,
        output: &Output,
        work: impl AsyncFn() -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        loop {
            if let Err(failure) = work().await {
                output.fail(&failure);
            }
            output.note("watching for changes; stop with Ctrl-C");
            tokio::select! {
                change = self.changed.recv() => if change.is_none() { return Ok(()) },
                _ = tokio::signal::ctrl_c() => return Ok(()),
            }
            while let Ok(Some(())) = tokio::time::timeout(QUIET, self.changed.recv()).await {}
        }
    }
}
