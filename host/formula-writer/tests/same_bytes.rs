//! What is written is the same everywhere, and a component that a host takes.

use stele_formula_writer::contract::Description;
use stele_formula_writer::{LARGEST_IMAGE, Machine, Part, WriteError, difference, write};
use wasmparser::{Validator, WasmFeatures};

fn description(meaning: &str) -> Description {
    Description {
        name: "acme-allowances".to_owned(),
        meaning: meaning.to_owned(),
        facts: Vec::new(),
        parameters: Vec::new(),
        items: Vec::new(),
        figures: Vec::new(),
        findings: Vec::new(),
        steps: Vec::new(),
    }
}

#[test]
fn the_same_description_and_program_give_the_same_bytes() {
    let written = || write(Machine::newest(), &description("Allowances."), b"program").unwrap();
    assert_eq!(written(), written());
    let other = write(Machine::newest(), &description("Allowances!"), b"program").unwrap();
    assert_ne!(written(), other);
}

#[test]
fn what_is_written_is_valid_without_floating_point_numbers() {
    let component = write(Machine::newest(), &description("Allowances."), &[7; 100_000]).unwrap();
    let features = WasmFeatures::default().difference(WasmFeatures::FLOATS);
    Validator::new_with_features(features).validate_all(&component).unwrap();
}

#[test]
fn what_a_memory_should_not_hold_is_not_written() {
    let program = vec![0; LARGEST_IMAGE];
    let refused = write(Machine::newest(), &description("Allowances."), &program).unwrap_err();
    assert!(matches!(refused, WriteError::TooLarge { found } if found > LARGEST_IMAGE));
}

#[test]
fn the_first_difference_is_named_by_what_it_is_in() {
    let (machine, described, program) = (Machine::newest(), description("Allowances."), b"program");
    let component = write(machine, &described, program).unwrap();
    let compared = |found: &[u8]| difference(machine, &described, program, found).unwrap();
    assert_eq!(compared(&component), None);

    let changed = |text: &str| {
        let at = component.windows(text.len()).rposition(|at| at == text.as_bytes()).unwrap();
        let mut changed = component.clone();
        changed[at] ^= 1;
        let difference = compared(&changed).unwrap();
        assert_eq!((difference.at, difference.expected), (at, Some(component[at])));
        difference
    };
    assert_eq!(changed("Allowances.").part, Part::Description("Allowances.".to_owned()));
    let program = changed("program");
    assert_eq!(program.part, Part::Program);
    assert!(program.to_string().contains(", in the program: expected 0x70, found 0x71"));

    let mut code = component.clone();
    code[1_000] ^= 1;
    assert_eq!(compared(&code).unwrap().part, Part::Machine);
    let longer = [component.clone(), vec![0]].concat();
    let difference = compared(&longer).unwrap();
    assert_eq!((difference.at, difference.expected), (component.len(), None));
}
