//! No floating-point number may be in a rule: money and hours are exact.
//!
//! The host checks it with the same validator; here the check can still name the function.

use anyhow::{Result, bail};
use std::collections::BTreeMap;
use wasmparser::{KnownCustom, Name, Parser, Payload, Validator, WasmFeatures};

/// What the host's validator allows, as far as floats go.
pub(crate) fn features() -> WasmFeatures {
    WasmFeatures::default().difference(WasmFeatures::FLOATS)
}

/// An error that names the function, if the module uses a float anywhere.
pub(crate) fn refuse(module: &[u8]) -> Result<()> {
    let Err(error) = Validator::new_with_features(features()).validate_all(module) else {
        return Ok(());
    };
    let function = function_at(module, error.offset());
    let place = function.map(|name| format!(" in {name}")).unwrap_or_default();
    bail!(
        "{error}{place}: a rule is built without floating-point numbers; look for f32 and f64 in \
         the rule and in what it depends on"
    )
}

/// Name of the function whose body lies at this offset.
fn function_at(module: &[u8], offset: usize) -> Option<String> {
    let mut names = BTreeMap::new();
    let mut imported: u32 = 0;
    let mut bodies: u32 = 0;
    let mut found = None;
    for payload in Parser::new(0).parse_all(module) {
        match payload.ok()? {
            Payload::ImportSection(section) => {
                imported += u32::try_from(section.into_imports().count()).ok()?;
            }
            Payload::CodeSectionEntry(body) => {
                if body.range().contains(&offset) {
                    found = Some(bodies);
                }
                bodies += 1;
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    read_names(section, &mut names);
                }
            }
            _ => {}
        }
    }
    names.remove(&(found? + imported))
}

fn read_names(section: wasmparser::NameSectionReader<'_>, names: &mut BTreeMap<u32, String>) {
    for subsection in section.into_iter().flatten() {
        if let Name::Function(functions) = subsection {
            for naming in functions.into_iter().flatten() {
                names.insert(naming.index, naming.name.to_owned());
            }
        }
    }
}
