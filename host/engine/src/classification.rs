//! What an error out of a call into a rule means. Every trap of wasmtime has its place here: a test
//! walks all discriminants, so that an upgrade of wasmtime that adds one fails the build instead of
//! surprising a user.

use wasmtime::Trap;

use crate::failure::Failure;
use crate::limits::LimitExceeded;
use crate::trap::TrapCause;

/// wasmtime's message where an answer exceeds [`Settings::output_bytes`](crate::Settings). This type
/// and the next are private; tests fail if an upgrade changes the texts.
const ANSWER_TOO_LARGE: &str = "fuel allocated for hostcalls has been exhausted";
/// wasmtime's message beyond [`Settings::handles`](crate::Settings).
const TOO_MANY_HANDLES: &str = "store handle limit exceeded";

impl Failure {
    /// What an error while instantiating means: the rule's, or else our pool's.
    pub(crate) fn instantiating(error: wasmtime::Error) -> Self {
        match Self::from(error) {
            Self::InvalidOutcome(message) => Self::Internal(message),
            failure => failure,
        }
    }

    /// Whether an error out of a call says that the rule wanted one more handle than it may have.
    pub(crate) fn is_of_handles(error: &wasmtime::Error) -> bool {
        error.root_cause().to_string().contains(TOO_MANY_HANDLES)
    }
}

impl From<wasmtime::Error> for Failure {
    /// Says what an error out of a call into a rule means. An error that is neither a trap nor one
    /// of our limits comes from reading the answer: bad text, a bad case, a pointer out of bounds.
    fn from(error: wasmtime::Error) -> Self {
        if let Some(trap) = error.downcast_ref::<Trap>() {
            return classify(*trap);
        }
        if error.is::<LimitExceeded>() {
            return Self::OutOfMemory;
        }
        let message = error.root_cause().to_string();
        if message.contains(ANSWER_TOO_LARGE) {
            Self::OutputTooLarge
        } else if message.contains(TOO_MANY_HANDLES) {
            Self::OutOfMemory
        } else {
            Self::InvalidOutcome(message)
        }
    }
}

/// What a trap means: three of them are limits, the others the rule's own mistakes.
fn classify(trap: Trap) -> Failure {
    let cause = match trap {
        Trap::OutOfFuel => return Failure::OutOfFuel,
        Trap::Interrupt => return Failure::Deadline,
        Trap::AllocationTooLarge => return Failure::OutOfMemory,

        Trap::UnreachableCodeReached => TrapCause::Unreachable,
        Trap::StackOverflow => TrapCause::StackOverflow,
        Trap::MemoryOutOfBounds => TrapCause::MemoryOutOfBounds,
        Trap::TableOutOfBounds | Trap::IndirectCallToNull | Trap::BadSignature => {
            TrapCause::IndirectCall
        }
        Trap::IntegerOverflow | Trap::BadConversionToInteger => TrapCause::IntegerOverflow,
        Trap::IntegerDivisionByZero => TrapCause::DivisionByZero,

        Trap::CannotEnterComponent
        | Trap::CannotLeaveComponent
        | Trap::InvalidChar
        | Trap::StringOutOfBounds
        | Trap::ListOutOfBounds
        | Trap::InvalidDiscriminant
        | Trap::UnalignedPointer
        | Trap::DebugAssertStringEncodingFinished
        | Trap::DebugAssertEqualCodeUnits
        | Trap::DebugAssertPointerAligned
        | Trap::DebugAssertUpperBitsUnset
        | Trap::ReferenceCountOverflow => TrapCause::Interface,

        Trap::HeapMisaligned
        | Trap::AtomicWaitNonSharedMemory
        | Trap::NullReference
        | Trap::ArrayOutOfBounds
        | Trap::CastFailure
        | Trap::NoAsyncResult
        | Trap::UnhandledTag
        | Trap::ContinuationAlreadyConsumed
        | Trap::DisabledOpcode
        | Trap::AsyncDeadlock
        | Trap::CannotBlockSyncTask
        | Trap::TaskCancelNotCancelled
        | Trap::TaskCancelOrReturnTwice
        | Trap::SubtaskCancelAfterTerminal
        | Trap::TaskReturnInvalid
        | Trap::WaitableSetDropHasWaiters
        | Trap::SubtaskDropNotResolved
        | Trap::ThreadNewIndirectInvalidType
        | Trap::ThreadNewIndirectUninitialized
        | Trap::BackpressureOverflow
        | Trap::UnsupportedCallbackCode
        | Trap::CannotResumeThread
        | Trap::ConcurrentFutureStreamOp
        | Trap::StreamOpTooBig
        | Trap::WaitableSyncAndAsync
        | Trap::UncaughtException => TrapCause::Unsupported,

        // The enum is open. The test below makes sure that nothing known ends here.
        _ => TrapCause::Unknown,
    };
    Failure::Trap { cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trap_of_this_wasmtime_has_a_cause() {
        let traps: Vec<Trap> = (0..=u8::MAX).filter_map(Trap::from_u8).collect();
        assert!(traps.len() >= 50, "the walk finds the discriminants: {}", traps.len());
        for trap in traps {
            let failure = classify(trap);
            assert_ne!(failure, Failure::Trap { cause: TrapCause::Unknown }, "{trap:?}");
        }
    }
}
