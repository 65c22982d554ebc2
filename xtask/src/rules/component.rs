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
        .context("reading the contract in the module")?
        .encode()
        .context("making the module a component")?;
    // What the encoder adds around the module must hold too.
    Validator::new_with_features(floats::features())
        .validate_all(&component)
        .context("the component is not valid without floating-point numbers")?;
    require_contract(&component)?;
    Ok(component)
}

/// A module whose crate never calls `export!` becomes a component that exports nothing.
fn require_contract(component: &[u8]) -> Result<()> {
    for payload in Parser::new(0).parse_all(component) {
        if let Payload::ComponentExportSection(section) = payload? {
            for export in section {
                if export?.name.name.starts_with(CONTRACT) {
                    return Ok(());
                }
            }
        }
    }
    bail!("it does not export {CONTRACT}…: does the crate call stele_sdk::export!?")
}

/// What every rule exports, but for the version.
const CONTRACT: &str = "stele:rule/rule@";

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

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(module: &str) -> String {
        format!("{:#}", from_module(&wat::parse_str(module).unwrap()).unwrap_err())
    }

    #[test]
    fn an_import_is_refused_by_name() {
        let refusal = refusal(r#"(module (import "wasi:clocks/wall-clock" "now" (func)))"#);
        assert!(refusal.starts_with("it imports wasi:clocks/wall-clock now: "), "{refusal}");
    }

    #[test]
    fn a_float_is_refused_and_its_function_named() {
        let refusal = refusal(
            "(module
               (func $harmless (result i32) i32.const 1)
               (func $half_a_cent (drop (f64.const 0.005))))",
        );
        assert!(refusal.contains(" in half_a_cent: a rule is built without floating"), "{refusal}");
    }

    #[test]
    fn a_float_in_a_signature_is_refused() {
        let refusal = refusal("(module (type (func (param f32))))");
        assert!(refusal.contains("look for f32 and f64"), "{refusal}");
    }

    #[test]
    fn a_module_without_the_contract_is_refused_with_what_is_missing() {
        let refusal = refusal("(module)");
        assert!(refusal.contains("does the crate call stele_sdk::export!"), "{refusal}");
    }

    #[test]
    fn only_the_names_are_left_out() {
        let module = wat::parse_str(
            r#"(module
                 (@custom "kept" "k")
                 (func $named (export "f") (result i32) i32.const 7)
                 (data "kept"))"#,
        )
        .unwrap();
        let stripped = without_names(&module).unwrap();
        Validator::new().validate_all(&stripped).unwrap();
        let contains = |text: &str| stripped.windows(text.len()).any(|at| at == text.as_bytes());
        assert!(contains("kept") && !contains("named"));
        assert_eq!(without_names(&stripped).unwrap(), stripped);
    }
}
