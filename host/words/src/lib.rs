//! The host's own words, in the languages that it speaks: the headings and sentences around the
//! texts of a ruleset, and how numbers and dates are written. A translator finds the sentences in
//! `texts/`, one Fluent file a language; what each must say is in [`Phrase`] and [`Message`].
//!
//! | file | idea |
//! |---|---|
//! | `words` | a language: its sentences and its customs; start reading here |
//! | `message` | everything that the host says, with the values that it says it of |
//! | `customs` | numbers, days and moments as the readers of a language write them |
//! | `negotiation` | the best language for a reader |
//!
//! What may not enter here: a rule, a ruleset's texts, a tenant, markup, HTTP; a float. Numbers come
//! and go as texts, so an amount stays exact.

mod customs;
mod message;
mod negotiation;
mod words;

pub use message::{Message, Phrase};
pub use negotiation::best_language;
pub use words::Words;
