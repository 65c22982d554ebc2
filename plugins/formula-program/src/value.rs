//! The values that formulas compute with.

use jiff::civil;
use rust_decimal::Decimal;
use std::rc::Rc;

/// A value. Cloning one copies at most a reference count.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// Not given: only of what may be missing.
    None,
    /// True or false.
    Boolean(bool),
    /// An exact number of 96 bits and at most 28 decimals.
    Number(Decimal),
    /// A text, of the program or of the input.
    Text(&'a str),
    /// A text that was made.
    MadeText(Rc<str>),
    /// The position of a choice, as it lies in the input; `Named` gives its text.
    Choice(u32),
    /// A day.
    Date(civil::Date),
    /// A time of day.
    Time(Time),
    /// A moment.
    Moment(Moment),
    /// A duration of whole months.
    Months(i64),
    /// A duration of days, hours, minutes and seconds.
    Duration(Duration),
    /// A list.
    List(Rc<[Value<'a>]>),
    /// A context: its entries in the order of the text.
    Context(Rc<[(Name<'a>, Value<'a>)]>),
    /// A range.
    Range(Rc<Range<'a>>),
    /// All rows of an input.
    Rows(Rows),
    /// A row of an input.
    Row(Row),
}

/// The name of an entry of a context.
#[derive(Clone, Debug)]
pub enum Name<'a> {
    /// A name of the program.
    Written(&'a str),
    /// A name that was made.
    Made(Rc<str>),
}

impl Name<'_> {
    /// The name as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Written(name) => name,
            Self::Made(name) => name,
        }
    }
}

/// A time of day, perhaps with how far it is ahead of UTC.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Time {
    /// The local time.
    pub time: civil::Time,
    /// Seconds that it is ahead of UTC; none where it is not said.
    pub offset: Option<i32>,
}

/// A day and a time of day, perhaps with how far it is ahead of UTC.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// Local day and time.
    pub local: civil::DateTime,
    /// Seconds that it is ahead of UTC; none where it is not said.
    pub offset: Option<i32>,
}

/// A duration to the nanosecond; both parts have the same sign.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Duration {
    /// Whole seconds.
    pub seconds: i64,
    /// And so many nanoseconds, less than a second.
    pub nanoseconds: i32,
}

/// What lies between two ends.
#[derive(Clone, Debug)]
pub struct Range<'a> {
    /// The lower end; none is open.
    pub low: Value<'a>,
    /// The upper end; none is open.
    pub high: Value<'a>,
    /// The lower end belongs to it.
    pub with_low: bool,
    /// The upper end belongs to it.
    pub with_high: bool,
}

/// Where rows lie.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rows {
    /// The rows of a fact.
    Fact(u32),
    /// The rows of a parameter.
    Parameter(u32),
}

/// One row of an input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    /// Where it lies.
    pub rows: Rows,
    /// Counted from 0.
    pub row: u32,
}

impl Value<'_> {
    /// The text, where it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::MadeText(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }
}
