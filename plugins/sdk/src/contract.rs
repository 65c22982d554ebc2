//! The contract of `wit/rule.wit` as Rust types, generated.
//!
//! A rule author seldom meets these types: the derive macros read and write them. They are public
//! because tests may want to look at a description or at an outcome as the host sees it.

#[allow(missing_docs, unreachable_pub, clippy::all)]
mod generated {
    wit_bindgen::generate!({
        path: "../../wit",
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

/// What `export!` needs of the generated bindings.
#[doc(hidden)]
pub use generated::{export_component, exports};
