//! A formula from text to tree: a Pratt parser with places.
//!
//! User names have no spaces, so FEEL has no ambiguity: words that follow each other are a built-in
//! name, the longest that there is, and only where one may stand (`round half up(`, `.time offset`,
//! `instance of date and time`).
//!
//! `tokens` walks the tokens and counts depth; `expression` has operators, `primary` what stands
//! between them, `tests` ranges and what follows `in`, `types` what follows `instance of`.

mod expression;
mod primary;
mod tests;
mod tokens;
mod types;

use crate::error::Error;
use crate::syntax::Expression;
use tokens::Tokens;

pub(crate) use tokens::{is_reserved, shortened};

/// The tree of a formula.
///
/// # Errors
/// The first place where the text is no formula.
pub fn parse(text: &str) -> Result<Expression, Error> {
    let mut tokens = Tokens::of(text)?;
    let expression = tokens.expression()?;
    tokens.end()?;
    Ok(expression)
}
