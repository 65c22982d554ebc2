//! File descriptors: as many as the system lets this process have, of which connections never take
//! the last.
//!
//! Many systems begin a process with 1,024, fewer than there may be connections. Without any left
//! the store can not open its files, nor a rule be compiled, and neither is the fault of whoever
//! asked for it.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Descriptors that connections leave to the store, to compiling and to everything else. The store
/// and the standard streams take about 20.
const OTHERS: usize = 256;

/// Asks the system for as many descriptors as it lets this process have.
pub(crate) fn raise() {
    let limit = getrlimit(Resource::Nofile);
    if limit.current == limit.maximum {
        return;
    }
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "the number of file descriptors can not be raised");
    }
}

/// How many of so many connections there may be.
pub(crate) fn leave_room_beside(connections: usize) -> usize {
    let descriptors = getrlimit(Resource::Nofile).current;
    let descriptors = descriptors.map_or(usize::MAX, |some| some.try_into().unwrap_or(usize::MAX));
    at_most(connections, descriptors)
}

fn at_most(connections: usize, descriptors: usize) -> usize {
    // Where there are hardly any, half of them are for connections.
    let left = descriptors.saturating_sub(OTHERS).max(descriptors / 2);
    connections.min(left).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_descriptors_to_others() {
        assert_eq!(at_most(4096, usize::MAX), 4096);
        assert_eq!(at_most(4096, 1024), 768);
        assert_eq!(at_most(100, 1024), 100);
        assert_eq!(at_most(4096, 64), 32);
        assert_eq!(at_most(4096, 0), 1);
    }
}
