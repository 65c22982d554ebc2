//! The functions of the contract, by the names that the component model gives them.
//!
//! They are written by hand instead of generated: the generated ones build each value anew on its
//! way in and out, and would build the description that lies ready in memory.

use std::ptr;

use crate::image;
use crate::layout::{Answer, Created, List, Value};
use crate::working_space;

/// Puts the contract into the module, where the encoder of components finds it.
#[allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    unused_macros,
    clippy::all,
    reason = "generated; only the section with the contract is used"
)]
mod contract {
    wit_bindgen::generate!({ path: "../../wit", world: "rule-component" });
}

#[link(wasm_import_module = "[export]stele:rule/rule@1.1.0")]
unsafe extern "C" {
    /// A handle of the host for an evaluator at an address.
    #[link_name = "[resource-new]evaluator"]
    fn new_handle(evaluator: *mut Evaluator) -> u32;
}

struct Evaluator;

#[unsafe(export_name = "stele:rule/rule@1.1.0#describe")]
extern "C" fn describe() -> *const u8 {
    image::description()
}

#[unsafe(export_name = "stele:rule/rule@1.1.0#[static]evaluator.create")]
unsafe extern "C" fn create(parameters: *const Value<'static>, count: usize) -> *const u8 {
    let _ = List::<Value>::of(unsafe { std::slice::from_raw_parts(parameters, count) });
    let _ = image::program();
    let created = Created::Evaluator(unsafe { new_handle(Box::into_raw(Box::new(Evaluator))) });
    let answer = Box::into_raw(Box::new(created));
    working_space::keep();
    answer.cast()
}

#[unsafe(export_name = "stele:rule/rule@1.1.0#[method]evaluator.evaluate")]
unsafe extern "C" fn evaluate(
    _evaluator: &'static Evaluator,
    _facts: *const Value<'static>,
    _count: usize,
    _explain: u32,
) -> *const u8 {
    let answer = Answer::Outcome { lines: List::of(&[]), findings: List::of(&[]), steps: List::of(&[]) };
    Box::into_raw(Box::new(answer)).cast()
}

#[unsafe(export_name = "cabi_post_stele:rule/rule@1.1.0#[method]evaluator.evaluate")]
extern "C" fn evaluated(_answer: *const u8) {
    working_space::release();
}

/// An evaluator lies in what an instance never gives back: the host drops both at once.
#[unsafe(export_name = "stele:rule/rule@1.1.0#[dtor]evaluator")]
extern "C" fn drop_evaluator(_evaluator: *mut Evaluator) {}
