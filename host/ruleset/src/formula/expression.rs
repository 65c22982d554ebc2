//! The tokens of a formula as a tree.

use stele_engine::contract::{StepKind, Token};

/// An operand, or an operator over its operands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expression {
    pub(super) token: Token,
    pub(super) operands: Vec<Expression>,
}

impl Expression {
    /// That of a step's formula; none where it has none. The engine has checked that the tokens are a
    /// whole expression.
    pub(crate) fn of(kind: &StepKind) -> Option<Self> {
        let mut operands: Vec<Self> = Vec::new();
        for token in &kind.formula.as_ref()?.tokens {
            let first = operands.len().checked_sub(token.operands())?;
            let taken = operands.split_off(first);
            operands.push(Self { token: *token, operands: taken });
        }
        operands.pop()
    }
}
