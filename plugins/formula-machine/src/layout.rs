//! What crosses the boundary, as the canonical ABI of the component model lays it out: facts are
//! read where the host wrote them, and an outcome is written once, where the host reads it.
//!
//! A record is a C struct, a variant a C struct of tag and union, a list a pointer and a length.
//! The sizes below are those that the host's generated code has.

#![allow(dead_code, reason = "the host reads what is written here, and writes what is read")]

use std::marker::PhantomData;

/// `list<T>` that lies in this memory, for as long as one call takes.
#[derive(Clone, Copy)]
#[repr(C)]
pub(crate) struct List<'a, T> {
    start: *const T,
    length: usize,
    lives: PhantomData<&'a [T]>,
}

impl<'a, T> List<'a, T> {
    /// The list of these.
    pub(crate) fn of(values: &'a [T]) -> Self {
        Self { start: values.as_ptr(), length: values.len(), lives: PhantomData }
    }

    /// The list that the host has written.
    ///
    /// # Safety
    /// It was written for this call, with our `cabi_realloc`.
    pub(crate) unsafe fn at(start: *const T, length: usize) -> Self {
        Self { start, length, lives: PhantomData }
    }

    /// What is in it.
    #[inline(always)]
    pub(crate) fn as_slice(&self) -> &'a [T] {
        // An empty list of the host points anywhere.
        if self.length == 0 {
            return &[];
        }
        // SAFETY: a list is one of ours, or one that the host has written for this call.
        unsafe { std::slice::from_raw_parts(self.start, self.length) }
    }
}

/// `string`.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct Text<'a>(List<'a, u8>);

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(List::of(text.as_bytes()))
    }
}

impl<'a> Text<'a> {
    pub(crate) fn as_str(&self) -> &'a str {
        // SAFETY: both sides write UTF-8 only.
        unsafe { str::from_utf8_unchecked(self.0.as_slice()) }
    }
}

/// `option<T>`.
#[derive(Clone, Copy)]
#[repr(C, u8)]
pub(crate) enum Optional<T> {
    None,
    Some(T),
}

impl<T> From<Option<T>> for Optional<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Self::Some)
    }
}

#[derive(Clone, Copy)]
#[repr(C)]
pub(crate) struct Decimal {
    pub(crate) negative: bool,
    pub(crate) scale: u8,
    pub(crate) high: u32,
    pub(crate) low: u64,
}

#[derive(Clone, Copy)]
#[repr(C)]
pub(crate) struct Date {
    pub(crate) year: u16,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

#[derive(Clone, Copy)]
#[repr(C)]
pub(crate) struct DateTime {
    pub(crate) date: Date,
    pub(crate) hour: u8,
    pub(crate) minute: u8,
    pub(crate) second: u8,
    pub(crate) offset: i16,
}

#[derive(Clone, Copy)]
#[repr(C, u8)]
pub(crate) enum Scalar<'a> {
    None,
    Boolean(bool),
    Integer(i64),
    Decimal(Decimal),
    Text(Text<'a>),
    Date(Date),
    DateTime(DateTime),
    Choice(u32),
}

pub(crate) type Row<'a> = List<'a, Scalar<'a>>;

#[derive(Clone, Copy)]
#[repr(C, u8)]
pub(crate) enum Value<'a> {
    Scalar(Scalar<'a>),
    Table(List<'a, Row<'a>>),
}

#[repr(C)]
pub(crate) struct Line<'a> {
    pub(crate) item: u32,
    pub(crate) amount: Decimal,
    pub(crate) subject: Optional<Text<'a>>,
}

#[repr(C)]
pub(crate) struct Finding<'a> {
    pub(crate) kind: u32,
    pub(crate) subject: Optional<Text<'a>>,
    pub(crate) on: Optional<Date>,
    pub(crate) limit: Optional<Decimal>,
    pub(crate) actual: Optional<Decimal>,
}

#[repr(C)]
pub(crate) struct Step<'a> {
    pub(crate) kind: u32,
    pub(crate) line: Optional<u32>,
    pub(crate) values: List<'a, Value<'a>>,
    pub(crate) result: Optional<Scalar<'a>>,
}

#[repr(C)]
pub(crate) struct Cell {
    pub(crate) field: u32,
    pub(crate) row: Optional<u32>,
    pub(crate) column: Optional<u32>,
}

#[repr(C, u8)]
pub(crate) enum Place {
    Whole,
    Fact(Cell),
    Parameter(Cell),
}

#[repr(C)]
pub(crate) struct Fault<'a> {
    pub(crate) place: Place,
    pub(crate) message: Text<'a>,
    pub(crate) citation: Optional<Text<'a>>,
}

/// `result<evaluator, fault>`.
#[repr(C, u8)]
pub(crate) enum Created<'a> {
    /// A handle.
    Evaluator(u32),
    Fault(Fault<'a>),
}

/// `result<outcome, fault>`.
#[repr(C, u8)]
pub(crate) enum Answer<'a> {
    Outcome {
        lines: List<'a, Line<'a>>,
        findings: List<'a, Finding<'a>>,
        steps: List<'a, Step<'a>>,
    },
    Fault(Fault<'a>),
}

const _: () = {
    assert!(size_of::<Scalar<'_>>() == 24 && size_of::<Value<'_>>() == 32);
    assert!(size_of::<Line<'_>>() == 40 && size_of::<Finding<'_>>() == 72);
    assert!(size_of::<Step<'_>>() == 56 && size_of::<Fault<'_>>() == 44);
    assert!(size_of::<Created<'_>>() == 48 && size_of::<Answer<'_>>() == 48);
};
