//! A whole ruleset of formulas: `formulas.toml` from text to the description and the program of a
//! rule.
//!
//! A document passes `reading` → `declared` (what is written, as `declarations`) → `order` (what a formula needs
//! comes before it) → `formulas` (each is checked) → `description` and `explanation` (what the rule
//! says of itself and of what it did) → `schedule` → `pieces` (what it says in its faults). `labels` are
//! the English words, `unused` what nothing needs, `schema` what an editor may know of a document.
//!
//! For the checks of a publication: `reach` has the ways that cases can take, `tables` what formulas
//! expect of the tables of the law, `decimals` how many decimals amounts can have, `places` where all
//! that stands in the text.

pub mod decimals;
pub mod declarations;
mod declared;
mod description;
mod explanation;
mod formulas;
mod labels;
mod names;
mod order;
mod pieces;
pub mod places;
pub mod reach;
mod reached;
mod reading;
mod schedule;
pub mod schema;
pub mod tables;
mod unused;

use crate::error::{Error, Kind};
use crate::limits::{LONGEST_DOCUMENT, MOST_COLUMNS, MOST_FIELDS, MOST_FORMULAS};
use crate::source::Span;
use declarations::Declarations;
use places::Places;
use reach::Fork;
use reading::Fields;
use stele_formula_program::encoding::Malformed;
use stele_formula_program::operand::NodeId;
use stele_formula_program::program::{MAXIMUM_DEPTH, Program};
use stele_formula_writer::contract::Description;
use tables::Lookup;
use toml::de::DeTable;

pub use reading::Piece;

/// A document that was checked: what a component is made of.
#[derive(Debug)]
pub struct Compiled {
    /// What the document declares.
    pub declarations: Declarations,
    /// What the rule says of itself.
    pub description: Description,
    /// The bytes of its program.
    pub program: Vec<u8>,
    /// The English labels, as a file of `texts/`.
    pub english: String,
    /// What is declared and used by nothing.
    pub warnings: Vec<Error>,
    /// Where the nodes of the program stand in the document.
    pub places: Places,
    /// The ways that an evaluation can take.
    pub forks: Vec<Fork>,
    /// The tables of the law in which formulas look rows up.
    pub lookups: Vec<Lookup>,
}

/// Checks a document and makes its program. `name` is what the rule calls itself.
///
/// # Errors
/// Everything that is wrong with it, in the order of the text.
pub fn compile(name: &str, text: &str) -> Result<Compiled, Vec<Error>> {
    if text.len() > LONGEST_DOCUMENT {
        let expected = format!("at most {LONGEST_DOCUMENT} bytes");
        return Err(vec![Error::new(Kind::TooLarge, Span::default(), expected, "the document")]);
    }
    let declarations = declared(text)?;
    let formulas = formulas::check(text, &declarations)?;
    let forks = reach::forks(&formulas);
    let lookups = tables::lookups(&formulas.builder.program, &formulas.sources);
    let mut builder = formulas.builder;
    schedule::schedule(&mut builder.program);
    let explained =
        explanation::explain(&mut builder, &declarations, &formulas.sources, &formulas.values);
    let description = description::describe(name, &declarations, &formulas.values, explained);
    pieces::pieces(&mut builder, &formulas.sources);
    let nodes = (0..builder.program.nodes.len()).map(|node| NodeId(node as u32));
    let places = Places::of(&formulas.sources, &formulas.places, nodes);
    let program = builder.program.encode();
    if let Err(malformed) = Program::decode(&program) {
        return Err(vec![not_a_program(malformed, text, &places, builder.program.nodes.len())]);
    }
    let warnings = unused::unused(&declarations, &formulas.used);
    let english = labels::english(&declarations);
    Ok(Compiled { declarations, description, program, english, warnings, places, forks, lookups })
}

/// Why what was made is no program: formulas that are each shallow nest through the functions and figures
/// that they ask for.
fn not_a_program(malformed: Malformed, text: &str, places: &Places, nodes: usize) -> Error {
    let place = match malformed {
        // Not every operation is a piece of the text: the next that is holds it.
        Malformed::TooDeep(first) => {
            (first.0..nodes as u32).find_map(|node| places.place(text, NodeId(node)))
        }
        _ => None,
    };
    let (span, found) = match place {
        Some(place) => (place.span, format!("the nesting of `{}` in {}", place.text, place.of)),
        None => (Span::default(), format!("the program ({malformed})")),
    };
    let expected = format!(
        "at most {MAXIMUM_DEPTH} levels, those of the functions and figures that it asks for \
         included; ask for less in one formula"
    );
    Error::new(Kind::TooLarge, span, expected, found)
}

/// What a document declares.
///
/// # Errors
/// Everything that is wrong with how it is written, formulas aside.
pub fn declared(text: &str) -> Result<Declarations, Vec<Error>> {
    let (table, unreadable) = DeTable::parse_recoverable(text);
    let mut errors: Vec<Error> = Vec::new();
    for error in unreadable {
        let place = error.span().map(reading::span).unwrap_or_default();
        let found = error.message().to_owned();
        reading::report(&mut errors, Error::new(Kind::Syntax, place, "TOML", found));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let fields = Fields::of(table.get_ref(), Span::default());
    let declarations = Declarations::read(fields, &mut errors);
    for (most, what, found) in [
        (
            MOST_FORMULAS,
            "figures, lines, functions, findings and refusals",
            declarations.formulas(),
        ),
        (MOST_FIELDS, "facts and parameters", declarations.fields().count()),
        (
            MOST_COLUMNS,
            "columns of a table",
            declarations.fields().map(|field| field.columns.len()).max().unwrap_or(0),
        ),
    ] {
        if found > most {
            let (expected, found) = (format!("at most {most} {what}"), format!("{found} of them"));
            let error = Error::new(Kind::TooLarge, Span::default(), expected, found);
            reading::report(&mut errors, error);
        }
    }
    if errors.is_empty() { Ok(declarations) } else { Err(errors) }
}
