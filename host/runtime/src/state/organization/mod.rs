//! How a tenant is organized: its legal entities, the fields that it declares itself, and whom the
//! versions in each slot are for. A tenant that has said nothing has people who are all alike: every
//! slot is for everybody.
//!
//! | file | idea |
//! |---|---|
//! | `document`, `country` | what may be said |
//! | `population` | whom a slot is for, on a date |
//! | `organized` | a revision as it lies in the catalog |

mod country;
mod document;
mod organized;
mod population;

pub use country::Country;
pub(crate) use document::counted;
pub use document::{
    Concurrency, CustomField, CustomKind, LegalEntity, Organization, OrganizationDefect, Undeclared,
};
pub(crate) use organized::Organized;
pub use population::SlotPopulation;
pub(crate) use population::{Place, Placement};
