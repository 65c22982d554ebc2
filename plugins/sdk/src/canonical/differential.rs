//! The same calls through this folder and through the generated bindings, which lift and lower as the
//! canonical ABI says: from the same bytes both must write the same answer.
//!
//! Run under the address sanitizer (`cargo xtask sanitize`) it also shows that nothing is read after
//! it was freed, freed twice or lost.

use std::mem::ManuallyDrop;
use std::sync::{Mutex, OnceLock, PoisonError};

use proptest::prelude::*;
use rustix::mm::{MapFlags, ProtFlags, mmap_anonymous};

use super::tests::{Echo, written};
use super::{
    Answer, Cell, Fault, Finding, Line, List, Optional, Place, Step, Text, evaluate, release,
};
use crate::contract::{self, generated_calls as generated};
use crate::evaluator::Evaluator;

/// What stands in memory, as the contract's values.
trait Seen {
    type Contract;
    fn seen(&self) -> Self::Contract;
}

impl Seen for Text {
    type Contract = String;
    fn seen(&self) -> String {
        self.as_str().to_owned()
    }
}

impl Seen for u32 {
    type Contract = u32;
    fn seen(&self) -> u32 {
        *self
    }
}

impl Seen for super::Date {
    type Contract = contract::Date;
    fn seen(&self) -> contract::Date {
        (*self).into()
    }
}

impl Seen for super::Decimal {
    type Contract = contract::Decimal;
    fn seen(&self) -> contract::Decimal {
        (*self).into()
    }
}

impl<T: Seen> Seen for Optional<T> {
    type Contract = Option<T::Contract>;
    fn seen(&self) -> Self::Contract {
        match self {
            Self::None => None,
            Self::Some(value) => Some(value.seen()),
        }
    }
}

impl<T: Seen> Seen for List<T> {
    type Contract = Vec<T::Contract>;
    fn seen(&self) -> Self::Contract {
        all(self.start, self.length)
    }
}

/// The elements of a list that nobody frees meanwhile.
fn all<T: Seen>(start: *const T, length: usize) -> Vec<T::Contract> {
    if length == 0 {
        return Vec::new();
    }
    // SAFETY: both sides write lists of so many elements there.
    unsafe { std::slice::from_raw_parts(start, length) }.iter().map(Seen::seen).collect()
}

impl Seen for Line {
    type Contract = contract::Line;
    fn seen(&self) -> contract::Line {
        self.to_contract()
    }
}

impl Seen for Finding {
    type Contract = contract::Finding;
    fn seen(&self) -> contract::Finding {
        contract::Finding {
            kind: self.kind,
            subject: self.subject.seen(),
            on: self.on.seen(),
            limit: self.limit.seen(),
            actual: self.actual.seen(),
        }
    }
}

impl Seen for super::Scalar {
    type Contract = contract::Scalar;
    fn seen(&self) -> contract::Scalar {
        match self {
            Self::None => contract::Scalar::None,
            Self::Boolean(flag) => contract::Scalar::Boolean(*flag),
            Self::Integer(number) => contract::Scalar::Integer(*number),
            Self::Decimal(number) => contract::Scalar::Decimal(number.seen()),
            Self::Text(text) => contract::Scalar::Text(text.seen()),
            Self::Date(date) => contract::Scalar::Date(date.seen()),
            Self::DateTime(moment) => contract::Scalar::DateTime((*moment).into()),
            Self::Choice(position) => contract::Scalar::Choice(*position),
        }
    }
}

impl Seen for super::Value {
    type Contract = contract::Value;
    fn seen(&self) -> contract::Value {
        match self {
            Self::Scalar(scalar) => contract::Value::Scalar(scalar.seen()),
            Self::Table(rows) => contract::Value::Table(rows.seen()),
        }
    }
}

impl Seen for Step {
    type Contract = contract::Step;
    fn seen(&self) -> contract::Step {
        contract::Step {
            kind: self.kind,
            line: self.line.seen(),
            values: self.values.seen(),
            result: self.result.seen(),
        }
    }
}

impl Seen for Cell {
    type Contract = contract::Cell;
    fn seen(&self) -> contract::Cell {
        contract::Cell { field: self.field, row: self.row.seen(), column: self.column.seen() }
    }
}

impl Seen for Fault {
    type Contract = contract::Fault;
    fn seen(&self) -> contract::Fault {
        contract::Fault {
            place: match &self.place {
                Place::Whole => contract::Place::Whole,
                Place::Fact(cell) => contract::Place::Fact(cell.seen()),
                Place::Parameter(cell) => contract::Place::Parameter(cell.seen()),
            },
            message: self.message.seen(),
            citation: self.citation.seen(),
        }
    }
}

impl Seen for Answer {
    type Contract = Result<contract::Outcome, contract::Fault>;
    fn seen(&self) -> Self::Contract {
        match self {
            Self::Outcome { lines, findings, steps } => Ok(contract::Outcome {
                lines: all(lines.start, lines.length),
                findings: findings.seen(),
                steps: steps.seen(),
            }),
            Self::Fault(fault) => Err(fault.seen()),
        }
    }
}

type Outcome = Result<contract::Outcome, contract::Fault>;

/// The values as the host writes them, owned by the call that gets them.
fn handed_over(values: Vec<contract::Value>) -> (*mut u8, usize) {
    let mut facts = ManuallyDrop::new(written(values).into_boxed_slice());
    (facts.as_mut_ptr().cast(), facts.len())
}

fn in_place(values: Vec<contract::Value>, explain: bool) -> Outcome {
    let evaluator = Evaluator::<Echo>::create(Vec::new()).unwrap();
    let (facts, count) = handed_over(values);
    // SAFETY: the list belongs to the call; the answer is released once, after it was read.
    unsafe {
        let answer = evaluate(&evaluator, facts, count, explain);
        let seen = (*answer.cast::<Answer>()).seen();
        release(answer);
        seen
    }
}

/// An evaluator as the bindings keep one, which lasts. They take an address of 32 bits for it, as
/// those of a rule's memory are, so it lies low.
fn evaluator_behind_a_handle() -> *mut u8 {
    static ADDRESS: OnceLock<usize> = OnceLock::new();
    let address = ADDRESS.get_or_init(|| {
        type Kept = Option<Evaluator<Echo>>;
        const LOW: usize = 0x2000_0000;
        let (read, alone) = (ProtFlags::READ | ProtFlags::WRITE, MapFlags::PRIVATE);
        // SAFETY: new memory, larger than what is written there, which nobody else knows.
        unsafe {
            let page = mmap_anonymous(LOW as *mut _, size_of::<Kept>(), read, alone).unwrap();
            page.cast::<Kept>().write(Some(Evaluator::create(Vec::new()).unwrap()));
            page as usize
        }
    });
    assert!(u32::try_from(*address).is_ok(), "the system gave no low address");
    *address as *mut u8
}

fn through_the_bindings(values: Vec<contract::Value>, explain: bool) -> Outcome {
    // A rule has one thread, and the bindings one place for an answer; the tests have several.
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (facts, count) = handed_over(values);
    // SAFETY: as above; the answer lies in the bindings' own memory until the next call.
    unsafe {
        let answer = generated::_export_method_evaluator_evaluate_cabi::<Evaluator<Echo>>(
            evaluator_behind_a_handle(),
            facts,
            count,
            i32::from(explain),
        );
        let seen = (*answer.cast::<Answer>()).seen();
        generated::__post_return_method_evaluator_evaluate::<Evaluator<Echo>>(answer);
        seen
    }
}

fn decimal() -> impl Strategy<Value = contract::Decimal> {
    (any::<bool>(), 0..=28_u8, any::<u32>(), any::<u64>()).prop_map(
        |(negative, scale, high, low)| contract::Decimal {
            negative: negative && (high > 0 || low > 0),
            scale,
            high,
            low,
        },
    )
}

fn date() -> impl Strategy<Value = contract::Date> {
    (1..=9999_u16, 1..=12_u8, 1..=28_u8).prop_map(|(year, month, day)| contract::Date {
        year,
        month,
        day,
    })
}

fn moment() -> impl Strategy<Value = contract::DateTime> {
    (date(), 0..24_u8, 0..60_u8, 0..60_u8, -1439..=1439_i16).prop_map(
        |(date, hour, minute, second, offset)| contract::DateTime {
            date,
            hour,
            minute,
            second,
            offset,
        },
    )
}

fn scalar() -> impl Strategy<Value = contract::Scalar> {
    prop_oneof![
        Just(contract::Scalar::None),
        any::<bool>().prop_map(contract::Scalar::Boolean),
        any::<i64>().prop_map(contract::Scalar::Integer),
        decimal().prop_map(contract::Scalar::Decimal),
        any::<String>().prop_map(contract::Scalar::Text),
        date().prop_map(contract::Scalar::Date),
        moment().prop_map(contract::Scalar::DateTime),
        any::<u32>().prop_map(contract::Scalar::Choice),
    ]
}

fn table() -> impl Strategy<Value = contract::Value> {
    prop::collection::vec(prop::collection::vec(scalar(), 0..4), 0..4)
        .prop_map(contract::Value::Table)
}

/// Rows of a text and an amount, as the rule declares them.
fn rows() -> impl Strategy<Value = contract::Value> {
    let amount =
        prop_oneof![Just(contract::Scalar::None), decimal().prop_map(contract::Scalar::Decimal)];
    let row = (any::<String>(), amount)
        .prop_map(|(name, amount)| vec![contract::Scalar::Text(name), amount]);
    prop::collection::vec(row, 0..4).prop_map(contract::Value::Table)
}

/// What the rule declares.
fn declared() -> impl Strategy<Value = Vec<contract::Value>> {
    use contract::{Scalar, Value};
    let text = prop_oneof![any::<String>(), Just("fault".to_owned())];
    (decimal(), any::<i64>(), any::<bool>(), text, date(), moment(), rows(), rows()).prop_map(
        |(amount, count, flag, text, day, moment, rows, more)| {
            vec![
                Value::Scalar(Scalar::Decimal(amount)),
                Value::Scalar(Scalar::None),
                Value::Scalar(Scalar::Integer(count)),
                Value::Scalar(Scalar::Boolean(flag)),
                Value::Scalar(Scalar::Text(text)),
                Value::Scalar(Scalar::Date(day)),
                Value::Scalar(Scalar::DateTime(moment)),
                rows,
                more,
            ]
        },
    )
}

/// Anything at all, which a host would never hand over.
fn undeclared() -> impl Strategy<Value = Vec<contract::Value>> {
    let value = prop_oneof![scalar().prop_map(contract::Value::Scalar), table()];
    prop::collection::vec(value, 0..12)
}

proptest! {
    #[test]
    fn declared_facts_give_the_same_answer_in_place_and_through_the_bindings(
        values in declared(),
        explain in any::<bool>(),
    ) {
        prop_assert_eq!(in_place(values.clone(), explain), through_the_bindings(values, explain));
    }

    #[test]
    fn anything_else_is_the_same_fault_in_place_and_through_the_bindings(
        values in undeclared(),
        explain in any::<bool>(),
    ) {
        prop_assert_eq!(in_place(values.clone(), explain), through_the_bindings(values, explain));
    }
}
