//! The types of values, with what numbers count.

use std::fmt;
use std::rc::Rc;

/// A type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Type {
    /// An exact number of something.
    Number(Quantity),
    /// True or false.
    Boolean,
    /// A text.
    Text,
    /// One of the names of a choice; a text, too.
    Choice(Rc<Choice>),
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A day and a time of day.
    Moment,
    /// A duration of whole months.
    Months,
    /// A duration of days and time.
    Duration,
    /// A list.
    List(Rc<Type>),
    /// A context with these entries.
    Context(Rc<[(String, Type)]>),
    /// A row of a table.
    Row(Rc<Table>),
    /// A range.
    Range(Rc<Type>),
    /// What may be missing: it must be dealt with before it is used.
    Optional(Rc<Type>),
    /// What was looked for: it may be compared with `null`, and is a fault where it is used and was
    /// not found.
    Found(Rc<Type>),
    /// `null` itself.
    Null,
    /// A value of any type: it can be kept, counted and compared, and not computed with.
    Any,
    /// A function, where one is written.
    Function,
}

/// What a number counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quantity {
    /// A number of the formula itself, which is what is needed.
    Written,
    /// A plain number.
    Plain,
    /// A fraction of something.
    Rate,
    /// An amount of money.
    Money,
    /// Hours.
    Hours,
    /// Days.
    Days,
}

/// The names of a choice.
#[derive(PartialEq, Eq, Debug)]
pub struct Choice {
    /// The names, in the order of the declaration.
    pub names: Vec<String>,
}

/// The columns of a table.
#[derive(PartialEq, Eq, Debug)]
pub struct Table {
    /// What the table is called.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(PartialEq, Eq, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The type of its cells.
    pub of: Type,
}

impl Type {
    /// A number of the formula itself.
    pub const WRITTEN: Self = Self::Number(Quantity::Written);
    /// A plain number.
    pub const PLAIN: Self = Self::Number(Quantity::Plain);

    /// A list of these.
    #[must_use]
    pub fn list(self) -> Self {
        Self::List(Rc::new(self))
    }

    /// The same, perhaps missing.
    #[must_use]
    pub fn optional(self) -> Self {
        match self {
            Self::Optional(_) | Self::Null | Self::Any => self,
            Self::Found(inner) => Self::Optional(inner),
            other => Self::Optional(Rc::new(other)),
        }
    }

    /// The same, perhaps not found.
    #[must_use]
    pub fn found(self) -> Self {
        match self {
            Self::Optional(_) | Self::Found(_) | Self::Null | Self::Any => self,
            other => Self::Found(Rc::new(other)),
        }
    }

    /// The type without that it may be missing.
    #[must_use]
    pub fn present(&self) -> &Self {
        match self {
            Self::Optional(inner) | Self::Found(inner) => inner,
            other => other,
        }
    }

    /// Whether values of it are texts.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Text | Self::Choice(_))
    }

    /// The type of what is one or the other; `Any` where they have nothing in common.
    #[must_use]
    pub fn either(&self, other: &Self) -> Self {
        if self == other {
            return self.clone();
        }
        match (self, other) {
            (Self::Null, other) | (other, Self::Null) => other.clone().optional(),
            (Self::Optional(a), Self::Optional(b) | Self::Found(b))
            | (Self::Found(a), Self::Optional(b)) => a.either(b).optional(),
            (Self::Optional(a), b) | (b, Self::Optional(a)) => a.either(b).optional(),
            (Self::Found(a), Self::Found(b)) => a.either(b).found(),
            (Self::Found(a), b) | (b, Self::Found(a)) => a.either(b).found(),
            (Self::Number(a), Self::Number(b)) => match a.with(*b) {
                Some(quantity) => Self::Number(quantity),
                None => Self::Any,
            },
            (a, b) if a.is_text() && b.is_text() => Self::Text,
            (Self::List(a), Self::List(b)) => a.either(b).list(),
            // Two tables of the law with the same columns.
            (Self::Row(a), Self::Row(b)) if a.columns == b.columns => Self::Row(a.clone()),
            (Self::Range(a), Self::Range(b)) => Self::Range(Rc::new(a.either(b))),
            (Self::Context(a), Self::Context(b)) => both_contexts(a, b),
            _ => Self::Any,
        }
    }

    /// Whether values of the two can be equal, so that comparing them makes sense.
    #[must_use]
    pub fn comparable(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null | Self::Any, _) | (_, Self::Null | Self::Any) => true,
            (Self::Optional(a) | Self::Found(a), b) | (b, Self::Optional(a) | Self::Found(a)) => {
                a.comparable(b)
            }
            (Self::Number(a), Self::Number(b)) => a.with(*b).is_some(),
            (Self::List(a), Self::List(b)) | (Self::Range(a), Self::Range(b)) => a.comparable(b),
            (Self::Context(_), Self::Context(_)) => true,
            (a, b) if a.is_text() && b.is_text() => true,
            (a, b) => a == b && !matches!(a, Self::Function),
        }
    }

    /// Whether values of another type are values of this one, too.
    #[must_use]
    pub fn accepts(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, _) => true,
            (Self::Optional(_), Self::Null) => true,
            (Self::Optional(inner), Self::Optional(other) | Self::Found(other)) => {
                inner.accepts(other)
            }
            (Self::Optional(inner), other) => inner.accepts(other),
            (Self::Number(Quantity::Plain), Self::Number(Quantity::Rate)) => true,
            (Self::Number(_), Self::Number(Quantity::Written)) => true,
            (Self::Number(Quantity::Rate), Self::Number(Quantity::Plain)) => true,
            (Self::Text, Self::Choice(_)) => true,
            (Self::List(inner), Self::List(other)) => **other == Self::Null || inner.accepts(other),
            (Self::Range(inner), Self::Range(other)) => inner.accepts(other),
            (a, b) => a == b,
        }
    }

    /// Whether values of it are numbers.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }

    /// Whether it consists of at most so many types, each counted wherever it stands: types are compared
    /// part by part, and a list of itself in itself would take for ever.
    #[must_use]
    pub fn is_at_most(&self, most: usize) -> bool {
        fn count(of: &Type, left: &mut usize) -> bool {
            let Some(rest) = left.checked_sub(1) else { return false };
            *left = rest;
            match of {
                Type::List(inner)
                | Type::Range(inner)
                | Type::Optional(inner)
                | Type::Found(inner) => count(inner, left),
                Type::Context(entries) => entries.iter().all(|(_, of)| count(of, left)),
                _ => true,
            }
        }
        let mut left = most;
        count(self, &mut left)
    }

    /// Whether values of the type have an order.
    #[must_use]
    pub fn ordered(&self) -> bool {
        self.is_text()
            || matches!(
                self,
                Self::Number(_)
                    | Self::Date
                    | Self::Time
                    | Self::Moment
                    | Self::Months
                    | Self::Duration
            )
    }
}

/// The entries that both have; those that only one has may be missing.
fn both_contexts(a: &[(String, Type)], b: &[(String, Type)]) -> Type {
    let of = |entries: &[(String, Type)], name: &str| {
        entries.iter().find(|(other, _)| other == name).map(|(_, of)| of.clone())
    };
    let mut entries: Vec<(String, Type)> = Vec::new();
    for (name, one) in a {
        let joined = match of(b, name) {
            Some(other) => one.either(&other),
            None => one.clone().optional(),
        };
        entries.push((name.clone(), joined));
    }
    for (name, other) in b {
        if of(a, name).is_none() {
            entries.push((name.clone(), other.clone().optional()));
        }
    }
    Type::Context(entries.into())
}

impl Quantity {
    /// What two numbers count that are added or compared; none where they do not go together.
    #[must_use]
    pub fn with(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Written, other) | (other, Self::Written) => Some(other),
            (Self::Plain | Self::Rate, Self::Plain | Self::Rate) if self != other => {
                Some(Self::Plain)
            }
            (a, b) if a == b => Some(a),
            _ => None,
        }
    }

    /// What a product counts.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Written, other) | (other, Self::Written) => Some(other),
            (Self::Rate, Self::Rate) => Some(Self::Rate),
            (Self::Plain | Self::Rate, other) | (other, Self::Plain | Self::Rate) => Some(other),
            (Self::Money, Self::Hours | Self::Days) | (Self::Hours | Self::Days, Self::Money) => {
                Some(Self::Money)
            }
            _ => None,
        }
    }

    /// What a quotient counts.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        match (self, other) {
            (a, Self::Written) => Some(a),
            (Self::Rate, Self::Plain) => Some(Self::Rate),
            (a, b) if a == b => Some(Self::Plain),
            (a, Self::Plain | Self::Rate) => Some(a),
            (Self::Money, Self::Hours | Self::Days) => Some(Self::Money),
            (Self::Hours, Self::Days) => Some(Self::Hours),
            (Self::Written, _) => Some(Self::Plain).filter(|_| other == Self::Rate),
            _ => None,
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Written | Self::Plain => "a number",
            Self::Rate => "a rate",
            Self::Money => "an amount of money",
            Self::Hours => "hours",
            Self::Days => "days",
        })
    }
}

impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(quantity) => quantity.fmt(formatter),
            Self::Boolean => formatter.write_str("true or false"),
            Self::Text => formatter.write_str("a text"),
            Self::Choice(choice) => write!(formatter, "one of {}", choice.names.join(", ")),
            Self::Date => formatter.write_str("a date"),
            Self::Time => formatter.write_str("a time"),
            Self::Moment => formatter.write_str("a date and time"),
            Self::Months => formatter.write_str("a duration of months"),
            Self::Duration => formatter.write_str("a duration of days and time"),
            Self::List(inner) => write!(formatter, "a list ({inner} each)"),
            Self::Context(_) => formatter.write_str("a context"),
            Self::Row(table) => write!(formatter, "a row of {}", table.name),
            Self::Range(inner) => write!(formatter, "a range ({inner})"),
            Self::Optional(inner) => write!(formatter, "{inner}, perhaps missing"),
            Self::Found(inner) => inner.fmt(formatter),
            Self::Null => formatter.write_str("null"),
            Self::Any => formatter.write_str("a value of no one type"),
            Self::Function => formatter.write_str("a function"),
        }
    }
}
