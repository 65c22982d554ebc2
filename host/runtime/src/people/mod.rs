//! Employees: attributes with the dates from which they hold, in revisions that are never changed.
//!
//! | file | idea |
//! |---|---|
//! | `employee`, `patch` | one employee, and a page of them: written, changed in part, deleted, read |
//! | `history` | what was known of one and when, and who wrote it |
//! | `identifier` | what nobody new is called |
//! | `name`, `employment` | whose an attribute is, and what is known of one employment |
//! | `choice` | which employment a calculation is for, and whether it may be paid on the date |
//! | `file`, `import` | a file of many, read row by row and written as one change |
//! | `export` | all of them in the form of an import |
//! | `statement` | what somebody says of attributes, and how it is merged with what is known |
//! | `change` | whether a change may be; `difference`: what it changes, `wrong`: what is wrong with it |
//! | `shadow`, `beginning` | that a change says nothing in vain, and begins no employment by mistake |
//! | `required` | that nothing is missing after it that is required |
//! | `ended` | that no employment ends twice |
//! | `unread` | what it says and no calculation reads on any of its days |
//! | `amounts` | that no amount is taken over in another unit, or paid twice |
//! | `closer` | which of several attributes of one name goes before the others |
//! | `affected` | whom a change of the organization affects |
//! | `declared`, `terms`, `organization` | who declares attributes: versions in force, the host, the tenant |
//! | `dictionary` | every attribute that somebody declares |
//! | `membership` | on which days which slots are for which employments |
//! | `check`, `suits`, `placed` | attributes have a form, suit what is declared, and can be placed |
//! | `reading` | how what is declared is written in a file |
//!
//! What may not enter here: what somebody is paid.

mod affected;
mod amounts;
mod beginning;
mod change;
mod check;
pub(crate) mod choice;
mod closer;
mod declared;
mod dictionary;
mod difference;
mod employee;
pub(crate) mod employment;
mod ended;
mod export;
mod file;
mod history;
mod identifier;
mod import;
mod membership;
pub(crate) mod name;
mod organization;
mod patch;
mod placed;
mod reading;
mod required;
mod shadow;
mod statement;
mod suits;
mod terms;
mod unread;
mod wrong;

pub use affected::{AffectedPeople, EmployingEntity, FieldInUse, LackingFact};
pub use check::AttributeError;
pub use choice::WhichEmployment;
pub use dictionary::{DeclaredAttribute, Declarer};
pub use difference::{ChangeKind, ValueChange};
pub use employee::{
    Employee, EmployeeDraft, EmployeeError, EmployeePage, EmployeeWritten, EmploymentTerms,
    Employments,
};
pub use export::{EmployeeExport, ExportError, ExportForm};
pub use file::{DecimalMark, EmployeeFile};
pub use history::{EmployeeHistory, HistoryChange, HistoryRevision, RevisionState};
pub use import::{
    ChangedValues, ImportError, ImportMode, ImportOptions, ImportReport, ImportedEmployee,
    ImportedShadow, ImportedUnread,
};
pub use organization::{OrganizationError, OrganizationView};
pub use patch::{EmployeePatch, EmployeePatched};
pub use shadow::ShadowedValue;
pub use unread::{Unread, UnreadValue};
