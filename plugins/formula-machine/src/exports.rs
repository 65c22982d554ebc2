//! The functions of the contract, by the names that the component model gives them.
//!
//! They are written by hand instead of generated: the generated ones build each value anew on its
//! way in and out, and would build the description that lies ready in memory.

use stele_formula_program::evaluate::Prepared;
use stele_formula_program::fault;
use stele_formula_program::program::Program;

use crate::image;
use crate::inputs::Given;
use crate::layout::{Answer, Cell, Created, Fault, List, Place, Value};
use crate::outcome::{Written, text};
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
    fn new_handle(evaluator: usize) -> u32;
}

/// The program with one set of parameters.
struct Evaluator {
    prepared: Prepared<'static, Given<'static>>,
    parameters: Given<'static>,
    /// How many lines an outcome has, if none is given for each element of a list.
    lines: usize,
}

#[unsafe(export_name = "stele:rule/rule@1.1.0#describe")]
extern "C" fn describe() -> *const u8 {
    image::description()
}

/// # Safety
/// The parameters are a list that the host has written for this call. Nothing takes it away again:
/// evaluators stay until the instance ends.
#[unsafe(export_name = "stele:rule/rule@1.1.0#[static]evaluator.create")]
unsafe extern "C" fn create(parameters: *const Value<'static>, count: usize) -> *const u8 {
    // SAFETY: the caller's promise.
    let parameters = unsafe { List::at(parameters, count) };
    let created = match evaluator(Given(parameters.as_slice())) {
        Ok(evaluator) => {
            let evaluator = Box::into_raw(Box::new(evaluator));
            // SAFETY: the host only keeps the number.
            Created::Evaluator(unsafe { new_handle(evaluator.expose_provenance()) })
        }
        Err(fault) => Created::Fault(fault_of(&fault)),
    };
    let created = Box::into_raw(Box::new(created));
    working_space::keep();
    created.cast()
}

fn evaluator(parameters: Given<'static>) -> Result<Evaluator, Box<fault::Fault>> {
    // The host makes the component anew of its text before it takes it: what is written is a program.
    let Ok(program) = Program::decode(image::program()) else {
        std::arch::wasm32::unreachable();
    };
    let lines = program.lines.len();
    Ok(Evaluator { prepared: Prepared::new(program, parameters, &Given(&[]))?, parameters, lines })
}

/// # Safety
/// The evaluator is one of `create`; the facts are a list that the host has written for this call.
#[unsafe(export_name = "stele:rule/rule@1.1.0#[method]evaluator.evaluate")]
unsafe extern "C" fn evaluate(
    evaluator: &'static Evaluator,
    facts: *const Value<'static>,
    count: usize,
    explain: u32,
) -> *const u8 {
    let Evaluator { prepared, parameters, lines } = evaluator;
    // SAFETY: the caller's promise.
    let facts = Given(unsafe { List::at(facts, count) }.as_slice());
    let mut out = Written::new(facts, *parameters, *lines);
    let answer = match prepared.evaluate(&facts, explain != 0, &mut out) {
        Ok(()) => out.into_answer(),
        Err(fault) => Answer::Fault(fault_of(&fault)),
    };
    Box::into_raw(Box::new(answer)).cast()
}

/// The host has read the answer.
#[unsafe(export_name = "cabi_post_stele:rule/rule@1.1.0#[method]evaluator.evaluate")]
extern "C" fn evaluated(_answer: *const u8) {
    working_space::release();
}

/// An evaluator lies in what an instance never gives back: the host drops both at once.
#[unsafe(export_name = "stele:rule/rule@1.1.0#[dtor]evaluator")]
extern "C" fn drop_evaluator(_evaluator: usize) {}

fn fault_of<'a>(fault: &fault::Fault) -> Fault<'a> {
    let cell = |cell: fault::Cell| Cell {
        field: cell.field,
        row: cell.row.into(),
        column: cell.column.into(),
    };
    Fault {
        place: match fault.place {
            fault::Place::Whole => Place::Whole,
            fault::Place::Fact(fact) => Place::Fact(cell(fact)),
            fault::Place::Parameter(parameter) => Place::Parameter(cell(parameter)),
        },
        message: text(&fault.message),
        citation: fault.citation.as_deref().map(text).into(),
    }
}
