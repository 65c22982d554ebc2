//! Makes a core module a component, and checks what the host would refuse.

use super::floats;
use anyhow::{Context, Result, bail};
use wasmparser::{Parser, Payload, Validator};
use wit_component::ComponentEncoder;

/// The component of a module that carries its contract in a custom section, as the SDK's `export!`
/// puts it there.
pub(crate) fn from_module(module: &[u8]) -> Result<Vec<u8>> {
    refuse_imports(module)?;
    floats::refuse(module)?;
    let component = ComponentEncoder::default()
        .validate(true)
        .module(&without_names(module)?)
        .context("reading the contract in the module: does the rule call stele_sdk::export!?")?
        .encode()
        .context("making the module a component")?;
    // What the encoder adds around the module must hold too.
    Validator::new_with_features(floats::features())
        .validate_all(&component)
        .context("the component is not valid without floating-point numbers")?;
    Ok(component)
}

/// Modules of this prefix are no imports of the component: they hand out and take back the handles
/// of the resources that it exports itself.
const OF_EXPORTS: &str = "[export]";

/// A rule imports nothing. The encoder would say so too, but not what to do.
fn refuse_imports(module: &[u8]) -> Result<()> {
    let mut imports = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                let import = import?;
                if !import.module.starts_with(OF_EXPORTS) {
                    imports.push(format!("{} {}", import.module, import.name));
                }
            }
        }
    }
    if imports.is_empty() {
        return Ok(());
    }
    bail!(
        "it imports {}: a rule imports nothing; look for a dependency that needs a clock, random \
         numbers, files or JavaScript",
        imports.join(", ")
    )
}

/// The module without the functions' names, which nobody reads once it is deployed.
fn without_names(module: &[u8]) -> Result<Vec<u8>> {
    // Magic number and version.
    const HEADER: usize = 8;
    let mut kept = module.get(..HEADER).context("the module is cut off")?.to_vec();
    let mut end_of_last = HEADER;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let Some((_, range)) = payload.as_section() else { continue };
        let names = matches!(&payload, Payload::CustomSection(section) if section.name() == "name");
        // From the end of the last section, so with this section's own header.
        let section = module.get(end_of_last..range.end).context("a section is cut off")?;
        if !names {
            kept.extend_from_slice(section);
        }
        end_of_last = range.end;
    }
    Ok(kept)
}
