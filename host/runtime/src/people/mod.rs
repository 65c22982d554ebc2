//! Employees: attributes with the dates from which they hold, in revisions that are never changed.
//!
//! | file | idea |
//! |---|---|
//! | `employee` | one employee, and a page of them: written, deleted, read |
//! | `name`, `employment` | whose an attribute is, and what is known of one employment |
//! | `file`, `import` | a file of many, read row by row and written as one change |
//! | `declared`, `terms`, `organization` | who declares attributes: versions in force, the host, the tenant |
//! | `dictionary` | every attribute that somebody declares |
//! | `check`, `suits`, `placed` | attributes have a form, suit what is declared, and can be placed |
//!
//! What may not enter here: what somebody is paid.

mod check;
mod declared;
mod dictionary;
mod employee;
pub(crate) mod employment;
mod file;
mod import;
pub(crate) mod name;
mod organization;
mod placed;
mod suits;
mod terms;

pub use check::AttributeError;
pub use dictionary::{DeclaredAttribute, Declarer};
pub use employee::{
    Employee, EmployeeDraft, EmployeeError, EmployeePage, EmployeeWritten, EmploymentTerms,
    Employments,
};
pub use employment::WhichEmployment;
pub use file::EmployeeFile;
pub use import::{ImportError, ImportReport};
pub use organization::{OrganizationError, OrganizationView};
