//! Whether a key's evaluations are short, as far as it is known: what decides whether the next one
//! may run on a thread that serves others.

/// Short evaluations in a row that a key owes after a long one. A rule may be long for one employee
/// in a hundred; with less it would be tried in place, and cut off there, again and again.
const OWED: u32 = 64;

/// What is known of a key. Kept beside its idle evaluators, and gone with them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct History {
    owed: u32,
}

/// What a lease has seen.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Seen {
    /// How many evaluations it made.
    pub(crate) evaluations: u64,
    /// Whether one of them took more than a short one's fuel, or was cut off.
    pub(crate) long: bool,
}

impl History {
    pub(crate) fn is_short(self) -> bool {
        self.owed == 0
    }

    pub(crate) fn add(&mut self, seen: Seen) {
        let evaluations = u32::try_from(seen.evaluations).unwrap_or(u32::MAX);
        self.owed = if seen.long { OWED } else { self.owed.saturating_sub(evaluations) };
    }
}
