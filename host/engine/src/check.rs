//! From untrusted bytes to a rule, in this order: size, parse, validate, world, imports, compile,
//! describe. Nothing is compiled before it is valid and imports nothing; nothing runs before it is
//! compiled, and then only under limits.

use std::sync::Arc;
use std::time::Instant;

use stele_digest::Digest;
use wasmparser::{Encoding, Parser, Payload, Validator, WasmFeatures};
use wasmtime::component::{Component, InstancePre, Linker};

use crate::Shared;
use crate::config::FEATURES;
use crate::contract::{INTERFACE, RuleComponent, VERSION};
use crate::description;
use crate::failure::{Check, Failure, Rejection};
use crate::functions::Functions;
use crate::limits::Limits;
use crate::outcome::Bounds;
use crate::rule::{Exactness, Rule};
use crate::store;

/// Longest name out of an unchecked component that is repeated in a message, in characters.
const QUOTED: usize = 100;

/// All checks.
pub(crate) fn check(
    engine: &Arc<Shared>,
    bytes: &[u8],
    exactness: Exactness,
) -> Result<Rule, Rejection> {
    size(bytes, engine.settings.component_bytes)?;
    let surface = parse(bytes, engine.settings.function_bytes)?;
    validate(bytes, exactness)?;
    world(&surface)?;
    imports(&surface)?;
    let digest = Digest::of(bytes);
    let component = compile(engine, bytes, digest)?;
    describe(engine, component, digest, exactness)
}

fn size(bytes: &[u8], limit: usize) -> Result<(), Rejection> {
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

/// Also refuses a function that is too large, because it is met here first.
fn parse(bytes: &[u8], largest_function: usize) -> Result<Surface, Rejection> {
    let rejected = |reason: String| Rejection::new(Check::Parse, reason);
    let broken = |error: wasmparser::BinaryReaderError| {
        Rejection::new(Check::Parse, format!("not a WebAssembly component: {error}"))
    };
    let mut surface = Surface { imports: Vec::new(), exports: Vec::new() };
    // 0 outside, 1 in the component itself, more in the modules and components inside of it.
    let mut depth = 0_usize;
    for payload in Parser::new(0).parse_all(bytes) {
        match payload.map_err(broken)? {
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
            Payload::CodeSectionEntry(function) => size(function.as_bytes(), largest_function)
                .map_err(|rejection| {
                    let reason = format!("a function: {}", rejection.reason());
                    Rejection::new(Check::Size, reason)
                })?,
            _ => {}
        }
    }
    Ok(surface)
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
fn world(surface: &Surface) -> Result<(), Rejection> {
    let is_rule =
        |name: &str| name.strip_prefix(INTERFACE).is_some_and(|version| version.starts_with("@1."));
    match surface.exports.as_slice() {
        [export] if is_rule(export) => Ok(()),
        [] => Err(wrong_world("nothing")),
        exports => Err(wrong_world(&quote(&exports.join(", ")))),
    }
}

fn wrong_world(found: &str) -> Rejection {
    let reason = format!("expected one export, {INTERFACE}@{VERSION}, found {found}");
    Rejection::new(Check::World, reason)
}

fn compile(
    engine: &Arc<Shared>,
    bytes: &[u8],
    digest: Digest,
) -> Result<InstancePre<Limits>, Rejection> {
    let started = Instant::now();
    let component = Component::from_binary(&engine.wasmtime, bytes)
        .map_err(|error| Rejection::new(Check::Compile, format!("{error:#}")))?;
    let took = started.elapsed();
    engine.counters.compiled(took);
    tracing::info!(component = %digest, bytes = bytes.len(), took_ms = took.as_millis(), "compiled");

    let wrong = |error: wasmtime::Error| wrong_world(&format!("another shape: {error:#}"));
    // An empty linker: there is nothing that a rule could be given.
    Linker::new(&engine.wasmtime).instantiate_pre(&component).map_err(wrong)
}

/// Instantiates under limits, compares the types of all functions, asks for the description and
/// reads it with a lawyer's eye.
fn describe(
    engine: &Arc<Shared>,
    component: InstancePre<Limits>,
    digest: Digest,
    exactness: Exactness,
) -> Result<Rule, Rejection> {
    let settings = &engine.settings;
    let failed = |failure: Failure| {
        Rejection::new(Check::Describe, format!("`describe` gave no answer: {failure}"))
    };
    // The pool keeps room for one instance beside the evaluators.
    let _room = engine.describing.lock();
    let mut store = store::open(&engine.wasmtime, settings).map_err(failed)?;
    let instance =
        component.instantiate(&mut store).map_err(|error| failed(Failure::instantiating(error)))?;
    let typed = RuleComponent::new(&mut store, &instance)
        .map_err(|error| wrong_world(&format!("another shape: {error:#}")))?;
    let description = typed
        .stele_rule_rule()
        .call_describe(&mut store)
        .map_err(|error| failed(Failure::from(error)))?;
    description::check(&description).map_err(|wrong| Rejection::new(Check::Describe, wrong))?;
    let bounds = Bounds::new(&description, settings);
    let functions = Functions::find(component).ok_or_else(|| wrong_world("no evaluator"))?;
    Ok(Rule::new(digest, exactness, description, bounds, functions))
}

fn quote(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
