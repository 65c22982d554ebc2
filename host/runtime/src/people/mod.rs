//! Employees: attributes with the dates from which they hold, in revisions that are never changed.
//!
//! | file | idea |
//! |---|---|
//! | `employee` | one employee, and a page of them: written, deleted, read |
//! | `file`, `import` | a file of many, read row by row and written as one change |
//! | `check` | attributes that a ruleset declares as facts must have their type |
//!
//! What may not enter here: what somebody is paid.

mod check;
mod employee;
mod file;
mod import;

pub use check::AttributeError;
pub use employee::{Employee, EmployeeDraft, EmployeeError, EmployeePage, EmployeeWritten};
pub use file::EmployeeFile;
pub use import::{ImportError, ImportReport};
