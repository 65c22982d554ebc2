//! What `#[provision]`, `work!`, `say!` and `provisions!` expand to.
//!
//! A function with `#[provision]` declares the steps of the `work!` and `say!` in it, as constants of
//! an empty type of its name. `provisions!` lists these types; where each stands in the list is a
//! constant, so that a step knows its position without looking for it, and a function that was
//! forgotten does not compile.

use crate::arithmetic::Operand;
use crate::contract::{self, Scalar, Value};
use crate::declaration::StepDeclaration;
use crate::exact;
use crate::outcome::Outcome;
use crate::rule::{Findings, Items, Steps};
use rust_decimal::Decimal;
use std::mem::ManuallyDrop;

/// A function of the law that declares steps.
pub trait Provision {
    /// The steps, in the order in which they are written.
    const STEPS: &'static [StepDeclaration];
}

/// A function of the law that stands in the list of a rule's steps.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is a provision that the rule does not list",
    label = "add it to `provisions!`"
)]
pub trait Listed<S>: Provision {
    /// Position of its first step.
    const FIRST: u32;
}

/// What a `work!` gives: a line of the item, or a figure, which is no line.
pub trait Target<I> {
    /// The item of the line that is written.
    fn item(self) -> Option<I>;
}

/// A line that is worked out and not written yet: `work!(out, Item::Base.later() = …)` gives one, for
/// [`Outcome::write`]. In a formula it is the line's amount.
#[derive(Clone, Copy, Debug)]
#[must_use = "the line is not written: give it to `Outcome::write`"]
pub struct Later<I> {
    item: I,
    amount: Decimal,
    /// How many steps there were with the one that worked it out.
    step: usize,
}

impl<I> Later<I> {
    /// What was worked out.
    pub fn amount(&self) -> Decimal {
        self.amount
    }
}

impl<I> Operand for Later<I> {
    type Value = Decimal;
    #[inline(always)]
    fn operand(&self) -> Decimal {
        self.amount
    }
    fn shown(&self) -> Scalar {
        self.amount.shown()
    }
}

impl<I: Items, F: Findings, S: Steps> Outcome<I, F, S> {
    /// Writes what was worked out: the line, if it is one, and the step, if an explanation is asked
    /// for.
    #[doc(hidden)]
    #[inline]
    pub fn worked<P: Listed<S>, const N: usize>(
        &mut self,
        step: u32,
        target: impl Target<I>,
        amount: Decimal,
        values: impl FnOnce() -> [Value; N],
    ) -> Decimal {
        if self.explaining() {
            self.push_worked(P::FIRST + step, Some(amount), &mut *ManuallyDrop::new(values()));
        }
        if let Some(item) = target.item() {
            self.line(item, amount);
        }
        amount
    }

    /// The same for a line about something.
    #[doc(hidden)]
    #[inline]
    pub fn worked_about<P: Listed<S>, const N: usize>(
        &mut self,
        step: u32,
        (item, subject): (I, impl Into<String>),
        amount: Decimal,
        values: impl FnOnce() -> [Value; N],
    ) -> Decimal {
        if self.explaining() {
            self.push_worked(P::FIRST + step, Some(amount), &mut *ManuallyDrop::new(values()));
        }
        self.line_about(item, subject, amount);
        amount
    }

    /// The same for a line that is written later.
    #[doc(hidden)]
    #[inline]
    pub fn worked_later<P: Listed<S>, const N: usize>(
        &mut self,
        step: u32,
        item: I,
        amount: Decimal,
        values: impl FnOnce() -> [Value; N],
    ) -> Later<I> {
        if self.explaining() {
            self.push_worked(P::FIRST + step, Some(amount), &mut *ManuallyDrop::new(values()));
        }
        Later { item, amount, step: self.contract_steps().len() }
    }

    /// Writes the line that was worked out before, behind those that were written since. The step
    /// that worked it out leads to it.
    #[inline]
    pub fn write(&mut self, later: Later<I>) {
        let Later { item, amount, step } = later;
        self.line(item, amount);
        if self.explaining() {
            self.lead_to_last_line(step);
        }
    }

    /// The same for a line about something.
    #[inline]
    pub fn write_about(&mut self, later: Later<I>, subject: impl Into<String>) {
        let Later { item, amount, step } = later;
        self.line_about(item, subject, amount);
        if self.explaining() {
            self.lead_to_last_line(step);
        }
    }

    /// Writes a sentence, if an explanation is asked for.
    #[doc(hidden)]
    #[inline]
    pub fn said<P: Listed<S>, const N: usize>(
        &mut self,
        step: u32,
        values: impl FnOnce() -> [Value; N],
    ) {
        if self.explaining() {
            self.push_worked(P::FIRST + step, None, &mut *ManuallyDrop::new(values()));
        }
    }

    // Not inlined into the formula, where it would be in the way of the usual case.
    #[cold]
    #[inline(never)]
    // Takes the values out of where they stand, so that no formula has to make a list of them.
    fn push_worked(&mut self, kind: u32, amount: Option<Decimal>, values: &mut [Value]) {
        let nothing = Value::Scalar(Scalar::None);
        let values = values.iter_mut().map(|value| std::mem::replace(value, nothing.clone()));
        let values = values.collect();
        let result = amount.map(|amount| Scalar::Decimal(exact::contract_decimal(amount)));
        self.push(contract::Step { kind, line: None, values, result });
    }
}

/// Works out a figure or a line, and says how: `work!(out, Item::Tax = half_up(base * rate, CENT))`.
///
/// It is the plain arithmetic that stands there, and gives its result. Where an explanation is asked
/// for it also writes a step whose formula is the expression's own tokens; where the name is an item
/// it writes the line; `Item::Tax.about("subject")` says what the line is about, `Item::Base.later()`
/// gives a [`Later`](crate::Later), and `[Item::A, Item::B][index]` is one of several. The function around it has [`#[provision]`](macro@crate::provision), which
/// says how operands tell what they are.
#[macro_export]
macro_rules! work {
    ($($anything:tt)*) => {
        ::std::compile_error!("`work!` stands in a function with #[provision]")
    };
}

/// Says something in a sentence: `say!(out, Exempt, "By the certificate, {wages} are not taxed.")`.
///
/// In braces stand the names of variables or of the arguments that follow, `tax = month.tax`, with the
/// unit of a number that is nothing else's: `{rate:percent}`. It leads to the next line. The function
/// around it has [`#[provision]`](macro@crate::provision).
#[macro_export]
macro_rules! say {
    ($($anything:tt)*) => {
        ::std::compile_error!("`say!` stands in a function with #[provision]")
    };
}
