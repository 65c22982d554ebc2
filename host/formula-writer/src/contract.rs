//! What a rule says of itself, as Rust types made from `wit/rule.wit`; each item's comment stands
//! there.

#[allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    clippy::all,
    reason = "generated; calls and values are left alone, since nothing here is a rule"
)]
mod generated {
    wit_bindgen::generate!({
        path: "../../wit",
        world: "rule-component",
        additional_derives: [PartialEq],
    });
}

pub use generated::exports::stele::rule::rule::{
    Argument, Choice, Column, ColumnOf, Decimal, DecimalBounds, Description, Direction, Field,
    Figure, FindingKind, Formula, IntegerBounds, Item, Limits, Origin, Rounding, ScalarKind,
    Severity, Shape, Source, StepKind, TableShape, Target, TaxMethod, TaxTable, Token,
};
