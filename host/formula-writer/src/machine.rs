//! The machines that were ever published. What was made by one can be made again by it alone, so
//! that none is ever taken away or changed.

use std::fmt;

/// A version of `plugins/formula-machine`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Machine {
    version: u32,
    component: &'static [u8],
}

/// All of them, the newest last.
const MACHINES: [Machine; 1] =
    [Machine { version: 1, component: include_bytes!("../machines/1.wasm") }];

impl Machine {
    /// The one of which new rules are made.
    pub fn newest() -> Self {
        let [.., newest] = MACHINES;
        newest
    }

    /// The one of this version, if it was ever published.
    pub fn of_version(version: u32) -> Option<Self> {
        MACHINES.into_iter().find(|machine| machine.version == version)
    }

    /// Its version: 1, 2, 3 …
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Its bytes: a component that is a rule but for the formulas.
    pub fn component(&self) -> &'static [u8] {
        self.component
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.version)
    }
}
