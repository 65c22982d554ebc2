//! What can go wrong, one enum a border: starting the engine, checking a component, evaluating.

use std::path::PathBuf;
use std::time::Duration;

use crate::contract::Fault;
use crate::trap::TrapCause;

/// The engine can not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// wasmtime refuses the configuration, or the machine does not have what it needs.
    #[error("the engine can not start: {0}")]
    Engine(String),
    /// The folder for compiled code can not be used.
    #[error("the folder for compiled code, {}, can not be used: {reason}", folder.display())]
    CacheFolder {
        /// The folder that the settings name.
        folder: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The key of the compiled code's checksums can not be used.
    #[error("the key of compiled code, {}, can not be used: {reason}", file.display())]
    CacheKey {
        /// The file that the settings name.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The thread that drives deadlines can not be started.
    #[error("the thread that drives deadlines can not be started: {0}")]
    Ticker(#[source] std::io::Error),
}

/// The checks of a component, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Check {
    /// It is not larger than the limit, and has not more parts than the limits.
    Size,
    /// It is a WebAssembly component.
    Parse,
    /// It is valid, with floats off where exactness is demanded.
    Validate,
    /// It exports the rule interface, with the right types, and nothing else.
    World,
    /// It imports nothing.
    Imports,
    /// It compiles within the limits.
    Compile,
    /// It describes itself, and the description makes sense.
    Describe,
}

impl Check {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Parse => "parse",
            Self::Validate => "validate",
            Self::World => "world",
            Self::Imports => "imports",
            Self::Compile => "compile",
            Self::Describe => "describe",
        }
    }
}

/// A component that is not a rule: the check that failed and a sentence that says what was
/// expected and what was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {reason}", check.name())]
pub struct Rejection {
    check: Check,
    reason: String,
}

impl Rejection {
    pub(crate) fn new(check: Check, reason: impl Into<String>) -> Self {
        Self { check, reason: reason.into() }
    }

    /// The name of the check that failed: `size`, `parse`, `validate`, `imports`, `world`,
    /// `compile` or `describe`.
    pub const fn check(&self) -> &'static str {
        self.check.name()
    }

    /// What was expected and what was found.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// Why bytes did not become a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// They are not a rule: theirs is the fault.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// Too many compilations wait for their turn, of this holder or of all.
    #[error("the compiler is busy; try again in {} s", retry_after.as_secs())]
    Busy {
        /// When to try again.
        retry_after: Duration,
    },
    /// The host could not do it: no file descriptors, no memory, no process. It says nothing about
    /// the bytes.
    #[error("the component could not be compiled: {0}")]
    Host(String),
}

/// An evaluation without an outcome. [`Failure::Fault`] is the rule's answer; everything else costs
/// this one evaluation and the instance that ran it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The rule can not answer: a fact or a parameter does not allow it.
    #[error("the rule can not answer: {}", .0.message)]
    Fault(Fault),
    /// The rule trapped.
    #[error("the rule trapped: {cause}")]
    Trap {
        /// Why.
        cause: TrapCause,
    },
    /// The rule used up its fuel.
    #[error("the rule used up the fuel of one evaluation")]
    OutOfFuel,
    /// The rule ran past the wall-clock deadline.
    #[error("the rule ran past the deadline of one evaluation")]
    Deadline,
    /// The rule asked for more memory, tables or handles than it may have.
    #[error("the rule asked for more memory than an instance may have")]
    OutOfMemory,
    /// The facts or parameters are larger than a rule may be handed.
    #[error(
        "the facts or parameters are larger than a rule may be handed: {found} bytes, at most {limit}"
    )]
    InputTooLarge {
        /// Bytes that they take in the rule's memory.
        found: usize,
        /// Bytes that they may take.
        limit: usize,
    },
    /// Facts or parameters that are not one for each that was declared: a mistake of the caller.
    #[error("expected one value for each of {expected} declared, found {found}")]
    InvalidInput {
        /// How many are declared.
        expected: usize,
        /// How many were given.
        found: usize,
    },
    /// The rule's answer is larger than the host takes.
    #[error("the rule's answer is larger than the host takes")]
    OutputTooLarge,
    /// The rule's answer breaks the contract.
    #[error("the rule's answer breaks the contract: {0}")]
    InvalidOutcome(String),
    /// All evaluators are busy and no room came free in time.
    #[error("all evaluators are busy; try again in {} ms", retry_after.as_millis())]
    Saturated {
        /// When to try again.
        retry_after: Duration,
    },
    /// The host's own mistake.
    #[error("the engine failed: {0}")]
    Internal(String),
}

impl Failure {
    /// A name for metrics and logs, without facts.
    pub const fn cause(&self) -> &'static str {
        match self {
            Self::Fault(_) => "fault",
            Self::Trap { .. } => "trap",
            Self::OutOfFuel => "out_of_fuel",
            Self::Deadline => "deadline",
            Self::OutOfMemory => "out_of_memory",
            Self::InputTooLarge { .. } => "input_too_large",
            Self::InvalidInput { .. } => "invalid_input",
            Self::OutputTooLarge => "output_too_large",
            Self::InvalidOutcome(_) => "invalid_outcome",
            Self::Saturated { .. } => "saturated",
            Self::Internal(_) => "internal",
        }
    }

    /// Whether the instance may go on: only after the rule's own answer, or before it was called.
    pub(crate) const fn spares_the_instance(&self) -> bool {
        matches!(
            self,
            Self::Fault(_)
                | Self::InputTooLarge { .. }
                | Self::InvalidInput { .. }
                | Self::Saturated { .. }
        )
    }
}
