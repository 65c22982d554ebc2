//! Identifiers that no new employee may have.

use stele_ruleset::FieldError;
use stele_store::EmployeeId;

/// Words that name files of all employees where an employee would be named: nobody of that name
/// could be read alone.
const RESERVED: [&str; 2] = ["export", "import"];

/// What is wrong with a reserved one. Whoever had it before it was reserved keeps it.
pub(super) fn refused(id: &EmployeeId, pointer: &str) -> Option<FieldError> {
    if !RESERVED.contains(&id.as_str()) {
        return None;
    }
    let expected = "an identifier other than export and import, which name files of all employees";
    Some(FieldError::new(pointer, expected, format!("\"{id}\"")))
}
