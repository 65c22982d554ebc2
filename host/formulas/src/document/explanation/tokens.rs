//! Nodes as tokens of the contract.

use crate::document::description::decimal;
use crate::document::explanation::kinds::is_number;
use crate::document::explanation::{MOST_TOKENS, Walk};
use rust_decimal::Decimal;
use stele_formula_program::function::Function;
use stele_formula_program::node::{self, Node};
use stele_formula_program::operand::{NodeId, Operands};
use stele_formula_program::value::Value;
use stele_formula_writer::contract::{
    Direction, Limits, Rounding, Source, TaxMethod, TaxTable, Token,
};

impl Walk<'_, '_> {
    pub(super) fn node(&self, id: NodeId) -> Option<Node> {
        self.builder.program.nodes.get(id.index()).copied()
    }

    pub(super) fn operands(&self, operands: Operands) -> Vec<NodeId> {
        operands.of(&self.builder.program.operands).iter().map(|node| NodeId(*node)).collect()
    }

    pub(super) fn constant(&self, id: NodeId) -> Option<Decimal> {
        match self.node(id)? {
            Node::Constant { constant } => {
                match self.builder.program.constants.get(constant.index())? {
                    Value::Number(number) => Some(*number),
                    _ => None,
                }
            }
            Node::Negate { a } => self.constant(a).map(|number| -number),
            _ => None,
        }
    }

    /// The tokens of a node; none where there are too many.
    pub(super) fn tokens(&mut self, id: NodeId) -> Option<Vec<Token>> {
        let mut tokens = Vec::new();
        self.push(id, &mut tokens)?;
        Some(tokens)
    }

    pub(super) fn push(&mut self, id: NodeId, tokens: &mut Vec<Token>) -> Option<()> {
        if tokens.len() > MOST_TOKENS {
            return None;
        }
        let node = self.node(id)?;
        match node {
            Node::Constant { .. } if self.constant(id).is_some() => {
                tokens.push(Token::Number(decimal(self.constant(id)?)));
            }
            Node::Required { a } if self.is_number(a) => self.push(a, tokens)?,
            Node::Add { a, b } => self.both(a, b, Token::Add, tokens)?,
            Node::Subtract { a, b } => self.both(a, b, Token::Subtract, tokens)?,
            Node::Multiply { a, b } if self.is_rate(b) => self.both(a, b, Token::Share, tokens)?,
            Node::Multiply { a, b } if self.is_rate(a) => self.both(b, a, Token::Share, tokens)?,
            Node::Multiply { a, b } => self.both(a, b, Token::Multiply, tokens)?,
            Node::Divide { a, b } => self.both(a, b, Token::Divide, tokens)?,
            Node::Negate { a } => {
                self.push(a, tokens)?;
                tokens.push(Token::Negate);
            }
            Node::Sum { terms } => self.several(terms, Token::Sum, tokens)?,
            Node::Choose { a, b, c } => {
                self.push(a, tokens)?;
                let outer = std::mem::replace(&mut self.within_branch, true);
                let branches = self.push(b, tokens).and_then(|()| self.push(c, tokens));
                self.within_branch = outer;
                branches?;
                tokens.push(Token::Choose);
            }
            Node::Less { a, b } if self.is_number(a) && self.is_number(b) => {
                self.both(a, b, Token::Less, tokens)?;
            }
            Node::LessOrEqual { a, b } if self.is_number(a) && self.is_number(b) => {
                self.both(a, b, Token::LessOrEqual, tokens)?;
            }
            Node::Equal { a, b } if self.is_number(a) && self.is_number(b) => {
                self.both(a, b, Token::Equal, tokens)?;
            }
            Node::Unequal { a, b } if self.is_number(a) && self.is_number(b) => {
                self.both(a, b, Token::Unequal, tokens)?;
            }
            Node::Tax { amount, rows, limits, limit, rate, method, other }
                if self.is_one_table(rows) =>
            {
                self.push(amount, tokens)?;
                if !self.is_at_least_zero(amount) {
                    // No tax is taken of less than nothing.
                    tokens.push(Token::Number(decimal(Decimal::ZERO)));
                    tokens.push(Token::AtLeast);
                }
                let used = Node::TaxRows { amount, rows, limits, limit, method };
                let used = self.builder.node(used);
                let source = self.table(rows)?;
                let rows = self.argument(used, source);
                tokens.push(Token::Tax(TaxTable {
                    rows,
                    limit,
                    limits: match limits {
                        node::Limits::UpTo => Limits::UpTo,
                        node::Limits::Over => Limits::Over,
                        node::Limits::AtLeast => Limits::AtLeast,
                    },
                    rate,
                    method: match method {
                        node::TaxMethod::Marginal => TaxMethod::Marginal,
                        node::TaxMethod::QuickDeduction => TaxMethod::QuickDeduction(other),
                        node::TaxMethod::BaseTax => TaxMethod::BaseTax(other),
                        node::TaxMethod::Whole => TaxMethod::Whole,
                    },
                }));
            }
            Node::Call { function, arguments } => {
                let arguments = self.operands(arguments);
                if self.call(function, &arguments, tokens)?.is_none() {
                    tokens.push(self.shown(id));
                }
            }
            _ => tokens.push(self.shown(id)),
        }
        Some(())
    }

    /// Whether rows are those of one table that the host tells from others: of one that is dated row by
    /// row under a number, each row would be a table of its own.
    fn is_one_table(&self, rows: NodeId) -> bool {
        let declared = self.given.declarations;
        let table = match self.table(rows) {
            Some(Source::Parameter(position)) => declared.parameters.get(position as usize),
            Some(Source::Fact(position)) => declared.facts.get(position as usize),
            _ => None,
        };
        table.is_some_and(|table| {
            !table.columns.iter().any(|column| column.key && is_number(column.kind))
        })
    }

    /// Whether a number is known not to be negative: the largest of some of which one is not.
    fn is_at_least_zero(&self, id: NodeId) -> bool {
        let id = match self.node(id) {
            Some(Node::Figure { figure }) => {
                self.builder.program.figures.get(figure.index()).map_or(id, |figure| figure.node)
            }
            _ => id,
        };
        match self.node(id) {
            Some(Node::Constant { .. }) => {
                self.constant(id).is_some_and(|number| number >= Decimal::ZERO)
            }
            Some(Node::Call { function: Function::Max, arguments }) => {
                let list = self.operands(arguments).first().and_then(|list| self.node(*list));
                match list {
                    Some(Node::List { elements }) => {
                        let zero = |number: Decimal| number >= Decimal::ZERO;
                        self.operands(elements)
                            .iter()
                            .any(|one| self.constant(*one).is_some_and(zero))
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }

    pub(super) fn both(
        &mut self,
        a: NodeId,
        b: NodeId,
        token: Token,
        tokens: &mut Vec<Token>,
    ) -> Option<()> {
        self.push(a, tokens)?;
        self.push(b, tokens)?;
        tokens.push(token);
        Some(())
    }

    pub(super) fn several(
        &mut self,
        terms: Operands,
        token: fn(u32) -> Token,
        tokens: &mut Vec<Token>,
    ) -> Option<()> {
        let terms = self.operands(terms);
        terms.iter().try_for_each(|term| self.push(*term, tokens))?;
        if terms.len() > 1 {
            tokens.push(token(u32::try_from(terms.len()).ok()?));
        }
        Some(())
    }

    /// A call in tokens; `Some(None)` where it has none.
    pub(super) fn call(
        &mut self,
        function: Function,
        arguments: &[NodeId],
        tokens: &mut Vec<Token>,
    ) -> Option<Option<()>> {
        let several = match function {
            Function::Min => Some(Token::Smallest as fn(u32) -> Token),
            Function::Max => Some(Token::Largest as fn(u32) -> Token),
            Function::SumOf => Some(Token::Sum as fn(u32) -> Token),
            _ => None,
        };
        if let (Some(token), [list]) = (several, arguments) {
            let Some(Node::List { elements }) = self.node(*list) else { return Some(None) };
            if elements.count == 0
                || !self.operands(elements).iter().all(|one| self.is_number(*one))
            {
                return Some(None);
            }
            self.several(elements, token, tokens)?;
            return Some(Some(()));
        }
        match (function, arguments) {
            (Function::Clamp, [of, low, high]) => {
                self.both(*of, *low, Token::AtLeast, tokens)?;
                self.push(*high, tokens)?;
                tokens.push(Token::AtMost);
            }
            (Function::Prorate, [amount, part, whole]) => {
                self.both(*amount, *part, Token::Multiply, tokens)?;
                self.push(*whole, tokens)?;
                tokens.push(Token::Divide);
            }
            _ => {
                let Some((direction, unit)) = self.rounding(function, arguments) else {
                    return Some(None);
                };
                self.push(*arguments.first()?, tokens)?;
                tokens.push(Token::Rounded(Rounding { direction, unit: decimal(unit) }));
            }
        }
        Some(Some(()))
    }

    /// The direction and the unit of a rounding, where both are written in the formula.
    pub(super) fn rounding(
        &self,
        function: Function,
        arguments: &[NodeId],
    ) -> Option<(Direction, Decimal)> {
        let (direction, to_multiple) = match function {
            Function::RoundHalfUp => (Direction::HalfUp, false),
            Function::RoundHalfDown => (Direction::HalfDown, false),
            Function::Decimal => (Direction::HalfEven, false),
            Function::RoundUp => (Direction::Up, false),
            Function::RoundDown => (Direction::Down, false),
            Function::Ceiling => (Direction::Ceiling, false),
            Function::Floor => (Direction::Floor, false),
            Function::RoundHalfUpToMultiple => (Direction::HalfUp, true),
            Function::RoundHalfDownToMultiple => (Direction::HalfDown, true),
            Function::RoundHalfEvenToMultiple => (Direction::HalfEven, true),
            Function::RoundUpToMultiple => (Direction::Up, true),
            Function::RoundDownToMultiple => (Direction::Down, true),
            _ => return None,
        };
        let second = arguments.get(1).copied()?;
        if to_multiple {
            let unit = self.constant(second)?;
            return (unit > Decimal::ZERO).then_some((direction, unit));
        }
        let scale = match self.constant(second) {
            Some(scale) => scale.trunc(),
            None if matches!(function, Function::Floor | Function::Ceiling) => Decimal::ZERO,
            None => return None,
        };
        let scale: i32 = scale.try_into().ok()?;
        if !(-20..=28).contains(&scale) {
            return None;
        }
        let unit = match u32::try_from(scale) {
            Ok(decimals) => Decimal::new(1, decimals),
            Err(_) => Decimal::from_i128_with_scale(10_i128.pow(scale.unsigned_abs()), 0),
        };
        Some((direction, unit))
    }
}
