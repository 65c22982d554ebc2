//! What is checked of a rule because its formulas are known, and could not be of a component alone.
//!
//! | file | idea |
//! |---|---|
//! | `tables` | the tables in which formulas look rows up have no gaps and no overlaps |
//! | `decimals` | no amount has more decimals than its currency |
//! | `coverage` | which branches and rows the cases reach |
//! | `rows` | the rows of a table on a day, and where each stands in `parameters.toml` |
//! | `native` | facts and parameters of the host as the formulas read them |

pub(super) mod coverage;
pub(super) mod decimals;
mod native;
mod rows;
pub(super) mod tables;
