//! Why a rule trapped, in the product's own words.

use std::fmt;

/// Why a rule trapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrapCause {
    /// The rule ran into `unreachable`: a panic or a failed assertion of its author.
    Unreachable,
    /// It recursed too deeply.
    StackOverflow,
    /// It read or wrote outside of its memory.
    MemoryOutOfBounds,
    /// It called through a table wrongly: out of bounds, empty, or of another type.
    IndirectCall,
    /// Integer overflow in a division or a conversion.
    IntegerOverflow,
    /// Integer division by zero.
    DivisionByZero,
    /// It broke the canonical ABI: a bad pointer, discriminant, text or handle.
    Interface,
    /// It reached machinery that rules may not use: threads, async, garbage collection.
    Unsupported,
    /// A trap that this version of the host does not know.
    Unknown,
}

impl TrapCause {
    /// All causes, for metrics.
    pub const ALL: [Self; 9] = [
        Self::Unreachable,
        Self::StackOverflow,
        Self::MemoryOutOfBounds,
        Self::IndirectCall,
        Self::IntegerOverflow,
        Self::DivisionByZero,
        Self::Interface,
        Self::Unsupported,
        Self::Unknown,
    ];

    /// A name for metrics and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::StackOverflow => "stack_overflow",
            Self::MemoryOutOfBounds => "memory_out_of_bounds",
            Self::IndirectCall => "indirect_call",
            Self::IntegerOverflow => "integer_overflow",
            Self::DivisionByZero => "division_by_zero",
            Self::Interface => "interface",
            Self::Unsupported => "unsupported",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for TrapCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreachable => "it panicked or failed an assertion of its own",
            Self::StackOverflow => "it recursed too deeply",
            Self::MemoryOutOfBounds => "it went outside of its memory",
            Self::IndirectCall => "it made an impossible indirect call",
            Self::IntegerOverflow => "an integer overflowed",
            Self::DivisionByZero => "an integer was divided by zero",
            Self::Interface => "it broke the canonical ABI",
            Self::Unsupported => "it reached machinery that rules may not use",
            Self::Unknown => "for a reason that this host does not know",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_its_own_name() {
        let names: std::collections::HashSet<_> =
            TrapCause::ALL.iter().map(|cause| cause.name()).collect();
        assert_eq!(names.len(), TrapCause::ALL.len());
    }
}
