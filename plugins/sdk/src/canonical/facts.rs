//! The facts of one call: where the host wrote them, or, in native tests, as the contract's values.

use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;
use std::vec::IntoIter;

use super::Value;
use crate::contract;
use crate::types::FieldType;

/// The facts of one call, one value a declared fact. They are given out in order.
pub struct FactValues(Source);

enum Source {
    Contract(RefCell<IntoIter<contract::Value>>),
    InPlace(Written),
}

/// The list that the host wrote.
struct Written {
    values: Vec<ManuallyDrop<Value>>,
    /// Values before this one are given out, or own no memory.
    given: Cell<usize>,
}

/// The values that can be read where they lie. Reading one changes nothing, so that the compiler
/// keeps all of them in registers; that is why it stands apart from what gives values out.
#[derive(Clone, Copy)]
pub struct InPlace<'a>(&'a [ManuallyDrop<Value>]);

impl From<Vec<contract::Value>> for FactValues {
    #[inline]
    fn from(values: Vec<contract::Value>) -> Self {
        Self(Source::Contract(RefCell::new(values.into_iter())))
    }
}

impl FactValues {
    /// A list that the host wrote.
    #[inline]
    pub(super) fn in_place(values: Vec<Value>) -> Self {
        let mut values = ManuallyDrop::new(values);
        let (start, length, capacity) = (values.as_mut_ptr(), values.len(), values.capacity());
        // SAFETY: the same vector; `ManuallyDrop` has the layout of what it holds.
        let values = unsafe { Vec::from_raw_parts(start.cast(), length, capacity) };
        Self(Source::InPlace(Written { values, given: Cell::new(0) }))
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        match &self.0 {
            Source::Contract(values) => values.borrow().len(),
            Source::InPlace(written) => written.values.len(),
        }
    }

    #[inline]
    pub(crate) fn lying(&self) -> InPlace<'_> {
        InPlace(match &self.0 {
            Source::Contract(_) => &[],
            Source::InPlace(written) => &written.values,
        })
    }

    /// The value at a position, wherever it is; none if it was given out before.
    pub(crate) fn take(&self, position: usize) -> Option<contract::Value> {
        match &self.0 {
            Source::Contract(values) => values.borrow_mut().next(),
            Source::InPlace(written) => written.take(position).map(contract::Value::from),
        }
    }

    /// All have been read: what was not given out owns no memory.
    #[inline]
    pub(crate) fn finish(self) {
        if let Source::InPlace(written) = &self.0 {
            written.given.set(written.values.len());
        }
    }
}

impl Written {
    fn take(&self, position: usize) -> Option<Value> {
        if position < self.given.get() {
            return None;
        }
        let value = self.values.get(position)?;
        self.given.set(position + 1);
        // SAFETY: a value before `given` is neither taken again nor dropped, and `InPlace` reads
        // nothing that it owns.
        Some(unsafe { std::ptr::read(&**value) })
    }
}

impl Drop for Written {
    #[inline]
    fn drop(&mut self) {
        for value in self.values.iter_mut().skip(self.given.get()) {
            // SAFETY: it was not given out.
            unsafe { ManuallyDrop::drop(value) }
        }
    }
}

impl InPlace<'_> {
    /// The value at a position if it lies there and owns no memory.
    #[inline(always)]
    pub fn read<T: FieldType>(self, position: usize) -> Option<T> {
        self.0.get(position).and_then(|value| T::peek(value))
    }
}
