//! The contract of `wit/version-1.0/rule.wit` as Rust types, generated.
//!
//! A rule author seldom meets these types: the derive macros read and write them. They are public
//! because tests may want to look at a description or at an outcome as the host sees it.

#[allow(missing_docs, unreachable_pub, clippy::all)]
mod generated {
    wit_bindgen::generate!({
        path: "../../wit/version-1.0",
        world: "rule-component",
        pub_export_macro: true,
        export_macro_name: "export_component",
        additional_derives: [PartialEq],
        runtime_path: "::stele_sdk::derive::runtime",
    });
}

pub use generated::exports::stele::rule::rule::{
    Argument, Cell, Choice, Column, Date, DateTime, Decimal, DecimalBounds, Description, Evaluator,
    Fault, Field, Finding, FindingKind, IntegerBounds, Item, Line, Origin, Outcome, Place, Scalar,
    ScalarKind, Severity, Shape, Step, StepKind, TableShape, Value,
};

pub(crate) use generated::exports::stele::rule::rule::{Guest, GuestEvaluator};

/// The calls as the generated bindings make them, to compare.
#[cfg(test)]
pub(crate) use generated::exports::stele::rule::rule as generated_calls;

/// What `export!` needs of the generated bindings.
#[doc(hidden)]
pub use generated::export_component;

/// The generated bindings, with `evaluate` in place of theirs: it leaves the values where they are.
/// What is defined here hides what the glob brings; the path is the one that the macro expects.
#[doc(hidden)]
#[allow(
    missing_docs,
    clippy::missing_safety_doc,
    clippy::module_inception,
    reason = "called by generated code only"
)]
pub mod in_memory {
    pub mod exports {
        pub mod stele {
            pub mod rule {
                pub mod rule {
                    use crate::canonical::{self, InMemory};
                    pub use crate::contract::generated::exports::stele::rule::rule::*;

                    #[inline]
                    pub unsafe fn _export_method_evaluator_evaluate_cabi<T>(
                        evaluator: *mut u8,
                        facts: *mut u8,
                        count: usize,
                        explain: i32,
                    ) -> *mut u8
                    where
                        T: GuestEvaluator + InMemory,
                    {
                        // SAFETY: the host calls it with a live evaluator of this component and a
                        // list that it has written for this call.
                        unsafe {
                            let evaluator = EvaluatorBorrow::lift(evaluator);
                            canonical::evaluate(evaluator.get::<T>(), facts, count, explain != 0)
                        }
                    }

                    #[inline]
                    pub unsafe fn __post_return_method_evaluator_evaluate<T>(answer: *mut u8) {
                        // SAFETY: the host gives back what `evaluate` returned, once.
                        unsafe { canonical::release(answer) }
                    }
                }
            }
        }
    }
}
