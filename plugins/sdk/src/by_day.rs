//! Parameters by day: tables of which a rule needs what holds on each of several days, not only on
//! the day of the calculation.
//!
//! The host hands over what is in force on the day of the calculation. A rule that values events of
//! earlier days, or a period in which the law changes, declares a column with the first day for
//! which a row holds; its ruleset keeps the older row beside the newer one, without an `until`, and
//! the rule asks for the row of each day. In a table with a key the day is part of the key.
//!
//! ```
//! use stele_sdk::{by_day::{AppliesFrom, applying_on}, prelude::*};
//!
//! /// What an hour on call is worth, from a day on.
//! #[derive(Row)]
//! pub struct OnCall {
//!     /// The first day whose hours are worth it, until a later row.
//!     #[column(key)]
//!     pub applies_from: Date,
//!     /// The allowance.
//!     #[column(unit = "EUR/hour")]
//!     pub allowance: Decimal,
//! }
//!
//! impl AppliesFrom for OnCall {
//!     fn applies_from(&self) -> Date {
//!         self.applies_from
//!     }
//! }
//!
//! let day = |day: &str| day.parse::<Date>().unwrap();
//! let row = |from, euros| OnCall { applies_from: day(from), allowance: Decimal::from(euros) };
//! let table = [row("2026-07-01", 5), row("2026-01-01", 4)];
//! let allowance = |on| applying_on(&table, day(on)).map(|row| row.allowance);
//! assert_eq!(allowance("2025-12-31"), None);
//! assert_eq!(allowance("2026-06-30"), Some(Decimal::from(4)));
//! assert_eq!(allowance("2026-07-01"), Some(Decimal::from(5)));
//! ```

use crate::Date;

/// A row that holds from a day on, until a later row of its kind.
pub trait AppliesFrom {
    /// The first day for which it holds.
    fn applies_from(&self) -> Date;
}

/// The row that holds on a day: of those that have begun, the one that began last. None: none has.
/// Of several that begin on one day it is the last one, so a rule whose table has no key refuses
/// such tables in [`Rule::check`](crate::Rule::check).
pub fn applying_on<'r, R: AppliesFrom>(
    rows: impl IntoIterator<Item = &'r R>,
    day: Date,
) -> Option<&'r R> {
    let begun = rows.into_iter().filter(|row| row.applies_from() <= day);
    begun.max_by_key(|row| row.applies_from())
}
