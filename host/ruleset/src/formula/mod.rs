//! Formulas of steps: worked out again over the values that a step shows, compared with what it says,
//! and written for people. So no explanation can differ from the computation, whoever wrote the rule.
//!
//! | file | idea |
//! |---|---|
//! | `calculated` | a calculation as its formulas see it |
//! | `expression` | the tokens of a formula as a tree |
//! | `evaluate` | its value, exactly; start reading here |
//! | `round`, `tax` | the two operators with rules of their own |
//! | `agree` | whether what a step says is what facts, parameters, lines and earlier steps say |
//! | `sources` | what facts, parameters, lines and earlier steps have |
//! | `effort` | how much may be compared for one explanation |
//! | `disagreement` | what is said of one that does not add up |
//! | `write` | the expression between its operands, with the least parentheses |
//! | `render` | the same with labels, values and result, in the reader's language |
//! | `declared` | the same without values: with declared names, or with labels |
//! | `worked` | a value while it is worked out |
//! | `name` | what an argument or a target is called, and what it counts |

mod agree;
mod calculated;
mod declared;
mod disagreement;
mod effort;
mod evaluate;
mod expression;
mod name;
mod render;
mod round;
mod sources;
mod tax;
mod worked;
mod write;

pub use calculated::{Calculated, Formulas};
pub(crate) use declared::{declared_formula, labelled_formula};
pub use disagreement::{Disagreement, NotWorkable};
pub(crate) use effort::Effort;
pub(crate) use name::{citation, of_target as unit_of_target, unit};
pub(crate) use render::{Reader, shown_value};
pub(crate) use worked::is_same;
