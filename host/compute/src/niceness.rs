//! How far a thread stands below those that serve.

/// Puts this thread below those that serve.
#[cfg(target_os = "linux")]
pub(crate) fn lower_priority(niceness: u8) {
    // For Linux no process means this thread alone.
    if let Err(error) = rustix::process::setpriority_process(None, i32::from(niceness)) {
        tracing::warn!(%error, "a thread that computes has the priority of those that serve");
    }
}

/// Elsewhere niceness is the whole process's: the threads share as equals.
#[cfg(not(target_os = "linux"))]
pub(crate) fn lower_priority(_niceness: u8) {}
