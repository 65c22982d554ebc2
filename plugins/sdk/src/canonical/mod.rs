//! The hot call of a rule, `evaluate`, as the canonical ABI of the component model lays it out in
//! the rule's memory.
//!
//! The generated bindings build each value anew on its way in and on its way out, which costs more
//! than most formulas. Here facts are read where the host wrote them, and lines are written once,
//! where the host reads them. Everything else (`describe`, `create`) stays generated.
//!
//! A record of the canonical ABI is a C struct, a variant a C struct of tag and union, a list a
//! pointer and a length: `repr(C)` and `repr(C, u8)` give these layouts, and the assertions below
//! compare their sizes with those of the generated code. Nothing in here may depend on a rule.
//! Start at [`evaluate`].

mod convert;
#[cfg(test)]
mod differential;
mod facts;
#[cfg(test)]
mod tests;

pub use facts::FactValues;
pub(crate) use facts::InPlace;

use crate::contract;
use crate::fault::Fault as RuleFault;

/// `list<T>`: owned, with memory of the rule's own allocator.
#[repr(C)]
pub struct List<T> {
    start: *mut T,
    length: usize,
}

/// `list<T>` that lies in a vector elsewhere.
#[repr(C)]
struct Borrowed<T> {
    start: *const T,
    length: usize,
}

/// `string`: UTF-8, which both sides guarantee.
#[repr(transparent)]
pub struct Text(List<u8>);

/// `option<T>`.
#[repr(C, u8)]
pub(crate) enum Optional<T> {
    None,
    Some(T),
}

#[derive(Clone, Copy)]
#[repr(C)]
pub struct Decimal {
    negative: bool,
    scale: u8,
    high: u32,
    low: u64,
}

#[derive(Clone, Copy)]
#[repr(C)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

#[derive(Clone, Copy)]
#[repr(C)]
pub struct DateTime {
    date: Date,
    hour: u8,
    minute: u8,
    second: u8,
    offset: i16,
}

#[repr(C, u8)]
pub enum Scalar {
    None,
    Boolean(bool),
    Integer(i64),
    Decimal(Decimal),
    Text(Text),
    Date(Date),
    DateTime(DateTime),
    Choice(u32),
}

#[repr(C, u8)]
pub enum Value {
    Scalar(Scalar),
    Table(List<List<Scalar>>),
}

#[repr(C)]
pub(crate) struct Line {
    pub(crate) item: u32,
    amount: Decimal,
    subject: Optional<Text>,
}

#[repr(C)]
struct Finding {
    kind: u32,
    subject: Optional<Text>,
    on: Optional<Date>,
    limit: Optional<Decimal>,
    actual: Optional<Decimal>,
}

#[repr(C)]
struct Step {
    kind: u32,
    line: Optional<u32>,
    values: List<Value>,
    result: Optional<Scalar>,
}

#[repr(C)]
struct Cell {
    field: u32,
    row: Optional<u32>,
    column: Optional<u32>,
}

#[repr(C, u8)]
#[allow(dead_code, reason = "the host reads them")]
enum Place {
    Whole,
    Fact(Cell),
    Parameter(Cell),
}

#[repr(C)]
struct Fault {
    place: Place,
    message: Text,
    citation: Optional<Text>,
}

/// `result<outcome, fault>`.
#[repr(C, u8)]
#[allow(dead_code, reason = "the host reads them")]
enum Answer {
    Outcome { lines: Borrowed<Line>, findings: List<Finding>, steps: List<Step> },
    Fault(Fault),
}

/// An answer and what it borrows.
#[repr(C)]
struct Given {
    /// First, because its address is the answer's.
    answer: Answer,
    lines: Vec<Line>,
    /// Whether a line owns a text.
    subjects: bool,
}

/// The sizes of the generated code, which the host's are.
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<Value>() == 32 && size_of::<Scalar>() == 24);
    assert!(size_of::<Line>() == 40 && size_of::<Finding>() == 72 && size_of::<Step>() == 56);
    assert!(size_of::<Answer>() == 48);
};

/// What a rule's evaluator gives: an outcome in parts, or a fault.
pub(crate) struct Parts {
    pub(crate) lines: Vec<Line>,
    /// Whether a line has a subject.
    pub(crate) subjects: bool,
    pub(crate) findings: Vec<contract::Finding>,
    pub(crate) steps: Vec<contract::Step>,
}

/// An evaluator that is called through memory.
pub trait InMemory {
    /// Evaluates.
    #[doc(hidden)]
    fn evaluate_in_memory(&self, facts: FactValues, explain: bool) -> Evaluated;
}

/// What [`InMemory`] yields.
pub struct Evaluated(pub(crate) Result<Parts, RuleFault>);

/// One call: the facts at `facts`, and the answer at the returned address until [`release`].
///
/// # Safety
/// `facts` and `count` are a list of the contract's values that the host has written with this
/// component's `cabi_realloc`, and now belongs to this call.
#[inline]
pub(crate) unsafe fn evaluate(
    evaluator: &impl InMemory,
    facts: *mut u8,
    count: usize,
    explain: bool,
) -> *mut u8 {
    // SAFETY: the caller's promise; the layout is the host's by the assertions above.
    let facts = List { start: facts.cast::<Value>(), length: count }.into_vec();
    let given = match evaluator.evaluate_in_memory(FactValues::in_place(facts), explain).0 {
        Ok(Parts { lines, subjects, findings, steps }) => Given {
            answer: Answer::Outcome {
                lines: Borrowed { start: lines.as_ptr(), length: lines.len() },
                findings: findings.into_iter().map(Finding::from).collect::<Vec<_>>().into(),
                steps: steps.into_iter().map(Step::from).collect::<Vec<_>>().into(),
            },
            lines,
            subjects,
        },
        Err(fault) => Given {
            answer: Answer::Fault(fault.contract.into()),
            lines: Vec::new(),
            subjects: false,
        },
    };
    Box::into_raw(Box::new(given)).cast()
}

/// Frees an answer.
///
/// # Safety
/// `answer` came from [`evaluate`] and was not released before.
#[inline]
pub(crate) unsafe fn release(answer: *mut u8) {
    // SAFETY: the caller's promise.
    let mut given = unsafe { Box::from_raw(answer.cast::<Given>()) };
    if !given.subjects {
        // SAFETY: lines without a subject own nothing, so that there is no need to visit each.
        unsafe { given.lines.set_len(0) }
    }
}
