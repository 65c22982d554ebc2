//! Identifiers that no new employee may have.

use stele_ruleset::FieldError;
use stele_store::EmployeeId;

/// Words that name files of all employees where an employee would be named: nobody of that name
/// could be read alone.
const RESERVED: [&str; 2] = ["export", "import"];

/// Refuses a reserved one. Whoever had it before it was reserved keeps it.
pub(super) fn check_new(id: &EmployeeId, pointer: &str) -> Result<(), FieldError> {
    if !RESERVED.contains(&id.as_str()) {
        return Ok(());
    }
    let expected = "an identifier other than export and import, which name files of all employees";
    Err(FieldError::new(pointer, expected, format!("\"{id}\"")))
}
