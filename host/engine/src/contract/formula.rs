//! What the tokens of a formula take.

use super::Token;

impl Token {
    /// How many operands stand before it.
    pub fn operands(&self) -> usize {
        match self {
            Self::Argument(_) | Self::Number(_) => 0,
            Self::Negate | Self::Rounded(_) | Self::Tax(_) | Self::Not => 1,
            Self::Add
            | Self::Subtract
            | Self::Multiply
            | Self::Share
            | Self::Percent
            | Self::Divide
            | Self::AtLeast
            | Self::AtMost
            | Self::Equal
            | Self::Unequal
            | Self::Less
            | Self::LessOrEqual
            | Self::More
            | Self::MoreOrEqual
            | Self::Both
            | Self::Either
            | Self::DaysBetween
            | Self::MonthsBetween
            | Self::YearsBetween => 2,
            Self::Choose => 3,
            Self::Smallest(count) | Self::Largest(count) | Self::Sum(count) => *count as usize,
        }
    }
}
