//! From untrusted bytes to a rule, in this order: size, parts, parse, validate, world, imports;
//! compile, by `compile`; describe. Nothing is compiled before it is valid and imports nothing;
//! nothing runs before it is compiled, and then only under limits.

mod complexity;
mod stack_pointer;
mod state;

use std::sync::Arc;

use stele_digest::Digest;
use wasmparser::{Encoding, Parser, Payload, Validator, WasmFeatures};
use wasmtime::component::{Component, Linker};

use crate::config::FEATURES;
use crate::contract::{INTERFACE, Version};
use crate::description;
use crate::failure::{Check, CheckError, Failure, Rejection};
use crate::functions::{Functions, Undescribed};
use crate::memory::Image;
use crate::outcome::Bounds;
use crate::rule::{Exactness, Rule};
use crate::settings::Settings;
use crate::shared::Shared;
use crate::store;
use complexity::Complexity;

/// Longest name out of an unchecked component that is repeated in a message, in characters.
const QUOTED: usize = 100;

/// What the bytes themselves say.
pub(crate) struct Inspected {
    /// The version of the contract that they were made for.
    version: Version,
    /// What the rule's memory holds before anything runs, if that memory is all that it can remember
    /// by.
    initial_memory: Option<Image>,
}

/// All checks of the bytes themselves, after that of their size.
pub(crate) fn inspect(
    settings: &Settings,
    bytes: &[u8],
    exactness: Exactness,
) -> Result<Inspected, Rejection> {
    let surface = parse(bytes, settings)?;
    validate(bytes, exactness)?;
    let version = world(&surface)?;
    imports(&surface)?;
    Ok(Inspected { version, initial_memory: state::initial_memory(bytes) })
}

/// A part of at most so many bytes.
pub(crate) fn size(bytes: &[u8], limit: usize) -> Result<(), Rejection> {
    if bytes.len() > limit {
        let reason = format!("expected at most {limit} bytes, found {}", bytes.len());
        return Err(Rejection::new(Check::Size, reason));
    }
    Ok(())
}

/// What a component shows to the outside, before anything is known about it.
struct Surface {
    imports: Vec<String>,
    exports: Vec<String>,
}

/// Also refuses what is too large or has too many parts, because it is met here first.
fn parse(bytes: &[u8], settings: &Settings) -> Result<Surface, Rejection> {
    let rejected = |reason: String| Rejection::new(Check::Parse, reason);
    let mut surface = Surface { imports: Vec::new(), exports: Vec::new() };
    // 0 outside, 1 in the component itself, more in the modules and components inside of it.
    let mut depth = 0_usize;
    let mut complexity = Complexity::new(&settings.component);
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload.map_err(broken)?;
        if let Payload::CodeSectionEntry(function) = &payload {
            size(function.as_bytes(), settings.component.function_bytes).map_err(|rejection| {
                Rejection::new(Check::Size, format!("a function: {}", rejection.reason()))
            })?;
        }
        complexity.count(&payload)?;
        match payload {
            Payload::Version { encoding, .. } => {
                if depth == 0 && encoding != Encoding::Component {
                    let reason = "expected a component, found a core module: wrap it with \
                                  `wasm-tools component new`, or build it with the SDK";
                    return Err(rejected(reason.to_owned()));
                }
                depth += 1;
            }
            Payload::End(_) => depth = depth.saturating_sub(1),
            Payload::ComponentImportSection(section) if depth == 1 => {
                for import in section {
                    surface.imports.push(quote(import.map_err(broken)?.name.name));
                }
            }
            Payload::ComponentExportSection(section) if depth == 1 => {
                for export in section {
                    surface.exports.push(quote(export.map_err(broken)?.name.name));
                }
            }
            _ => {}
        }
    }
    Ok(surface)
}

fn broken(error: wasmparser::BinaryReaderError) -> Rejection {
    Rejection::new(Check::Parse, format!("not a WebAssembly component: {error}"))
}

/// With floats switched off for exactness, not one float type or instruction passes.
fn validate(bytes: &[u8], exactness: Exactness) -> Result<(), Rejection> {
    let valid = |features: WasmFeatures| {
        Validator::new_with_features(features).validate_all(bytes).map(|_| ())
    };
    let error = match exactness {
        Exactness::Approximate => valid(FEATURES),
        Exactness::Exact => valid(FEATURES.difference(WasmFeatures::FLOATS)),
    };
    let Err(error) = error else { return Ok(()) };
    let reason = if exactness == Exactness::Exact && valid(FEATURES).is_ok() {
        format!("expected exact arithmetic, found floating-point numbers ({error}); use decimals")
    } else {
        format!("not a valid component of the allowed features: {error}")
    };
    Err(Rejection::new(Check::Validate, reason))
}

fn imports(surface: &Surface) -> Result<(), Rejection> {
    if surface.imports.is_empty() {
        return Ok(());
    }
    let names = surface.imports.join(", ");
    let reason =
        format!("expected no import, found {}: a rule has access to nothing", quote(&names));
    Err(Rejection::new(Check::Imports, reason))
}

/// By name; the types are compared when the component is instantiated for `describe`.
fn world(surface: &Surface) -> Result<Version, Rejection> {
    let version = |name: &str| Version::named(name.strip_prefix(INTERFACE)?.strip_prefix('@')?);
    match surface.exports.as_slice() {
        [export] => version(export).ok_or_else(|| wrong_world(export)),
        [] => Err(wrong_world("nothing")),
        exports => Err(wrong_world(&quote(&exports.join(", ")))),
    }
}

fn wrong_world(found: &str) -> Rejection {
    let served = Version::SERVED.map(|version| format!("{INTERFACE}@{version}")).join(" or ");
    Rejection::new(Check::World, format!("expected one export, {served}, found {found}"))
}

/// Links what was compiled, instantiates it under limits, compares the types of all functions, asks
/// for the description and reads it with a lawyer's eye.
pub(crate) fn describe(
    shared: &Shared,
    component: &Component,
    digest: Digest,
    exactness: Exactness,
    Inspected { version, initial_memory }: Inspected,
) -> Result<Rule, CheckError> {
    let settings = &shared.settings;
    let wrong = |error: wasmtime::Error| wrong_world(&format!("another shape: {error:#}"));
    // An empty linker: there is nothing that a rule could be given.
    let component = Linker::new(&shared.wasmtime).instantiate_pre(component).map_err(wrong)?;
    let functions =
        Functions::find(component, version).ok_or_else(|| wrong_world("no evaluator"))?;
    // The pool keeps room for one instance beside the evaluators.
    let _room = shared.describing.lock();
    let mut store = store::open(&shared.wasmtime, settings).map_err(failed)?;
    let description = functions.describe(&mut store).map_err(|error| match error {
        Undescribed::AnotherShape(error) => wrong(error).into(),
        Undescribed::Failed(failure) => failed(failure),
    })?;
    description::check(&description).map_err(|wrong| Rejection::new(Check::Describe, wrong))?;
    let bounds = Bounds::new(&description, settings);
    let memory = initial_memory.map(Arc::new);
    Ok(Rule::new(digest, exactness, description, bounds, functions, memory))
}

/// Whose fault it is that `describe` gave no answer.
fn failed(failure: Failure) -> CheckError {
    match failure {
        Failure::Internal(_) | Failure::Saturated { .. } => CheckError::Host(failure.to_string()),
        failure => {
            Rejection::new(Check::Describe, format!("`describe` gave no answer: {failure}")).into()
        }
    }
}

fn quote(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
