//! Tables of the law: tax by brackets and rows.

use crate::check::scope::names_of;
use crate::check::{Checker, Typed};
use crate::error::Kind;
use crate::source::Span;
use crate::syntax::Expression;
use crate::types::{Quantity, Table, Type};
use std::rc::Rc;
use stele_formula_program::node::{Limits, Node, TaxMethod};
use stele_formula_program::operand::NodeId;
use stele_formula_program::value::Value;

/// The names of columns that say where a row begins or ends.
const LIMITS: [(&str, Limits); 3] =
    [("up_to", Limits::UpTo), ("over", Limits::Over), ("from", Limits::AtLeast)];

impl Checker<'_> {
    /// An expression that is rows of a table.
    fn table(&mut self, expression: &Expression) -> Option<(NodeId, Rc<Table>)> {
        let typed = self.value(expression)?;
        if let Type::List(inner) = &typed.of
            && let Type::Row(table) = &**inner
        {
            return Some((typed.node, table.clone()));
        }
        self.error(Kind::Type, expression.span, "a table", typed.of.to_string())
    }

    /// The column of a table that limits its rows.
    fn limit(&mut self, table: &Table, span: Span) -> Option<(Limits, u32, Quantity)> {
        for (name, limits) in LIMITS {
            if let Some((column, quantity)) = number_column(table, name) {
                return Some((limits, column, quantity));
            }
        }
        let found = format!("{} without one", table.name);
        self.error(Kind::Type, span, "a column `up_to`, `over` or `from` of numbers", found)
    }

    pub(super) fn tax(
        &mut self,
        amount: &Expression,
        table: &Expression,
        span: Span,
    ) -> Option<Typed> {
        let (value, rows) = (self.number(amount), self.table(table));
        let ((value, quantity), (rows, table_type)) = (value?, rows?);
        let (limits, limit, counted) = self.limit(&table_type, table.span)?;
        if quantity.with(counted).is_none() {
            return self.error(Kind::Unit, amount.span, counted.to_string(), quantity.to_string());
        }
        let Some((rate, _)) = number_column(&table_type, "rate") else {
            return self.error(
                Kind::Type,
                table.span,
                "a column `rate` of numbers",
                format!("{} without one", table_type.name),
            );
        };
        let (method, other) =
            if let Some((column, _)) = number_column(&table_type, "quick_deduction") {
                (TaxMethod::QuickDeduction, column)
            } else if let Some((column, _)) = number_column(&table_type, "base_tax") {
                if limits == Limits::UpTo {
                    let expected = "a column `over` or `from` beside `base_tax`";
                    return self.error(Kind::Type, span, expected, "a column `up_to`");
                }
                (TaxMethod::BaseTax, column)
            } else {
                (TaxMethod::Marginal, rate)
            };
        let of = Type::Number(quantity.with(counted)?);
        Some(self.node(Node::Tax { amount: value, rows, limits, limit, rate, method, other }, of))
    }

    pub(super) fn row_holding(&mut self, of: &Expression, table: &Expression) -> Option<Typed> {
        let (value, rows) = (self.number(of), self.table(table));
        let ((value, quantity), (rows, table_type)) = (value?, rows?);
        let (limits, limit, counted) = self.limit(&table_type, table.span)?;
        if quantity.with(counted).is_none() {
            return self.error(Kind::Unit, of.span, counted.to_string(), quantity.to_string());
        }
        let node = Node::RowHolding { value, rows, limits, limit };
        Some(self.node(node, Type::Row(table_type).found()))
    }

    pub(super) fn row_of(&mut self, table: &Expression, key: &Expression) -> Option<Typed> {
        let (rows, value) = (self.table(table), self.value(key));
        let ((rows, table_type), value) = (rows?, value?);
        let Some(column) = table_type.columns.first() else {
            return self.error(Kind::Type, table.span, "a table with a column", "one without");
        };
        let keys = Typed { node: value.node, of: column.of.clone() };
        self.compared(crate::syntax::Comparison::Equal, (&keys, key.span), (&value, key.span))?;
        let names = match column.of.present() {
            Type::Choice(choice) => names_of(choice, self.builder),
            _ => self.builder.constant_id(Value::None),
        };
        let node = Node::RowWith { value: value.node, rows, column: 0, names };
        Some(self.node(node, Type::Row(table_type.clone()).found()))
    }
}

/// The position of a column of numbers, and what they count.
fn number_column(table: &Table, name: &str) -> Option<(u32, Quantity)> {
    let position = table.columns.iter().position(|column| column.name == name)?;
    match table.columns.get(position)?.of.present() {
        Type::Number(quantity) => Some((u32::try_from(position).ok()?, *quantity)),
        _ => None,
    }
}
