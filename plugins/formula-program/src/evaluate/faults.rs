//! What a fault says: formula, place in its text, operands, provision, and of a table the row and the
//! column. All of it is made after something went wrong: an evaluation that has an answer pays nothing.

use crate::evaluate::run::{Evaluated, Run};
use crate::evaluate::texts::write_value;
use crate::fault::{Cell, Fault, Place};
use crate::inputs::Inputs;
use crate::node::Node;
use crate::number::NoNumber;
use crate::operand::{ConstantId, FigureId, NodeId};
use crate::program::{Formula, Piece};
use crate::value::{Row, Rows, Value};
use core::fmt::Write as _;
use rust_decimal::Decimal;

/// Most characters of a formula that a fault shows.
const LONGEST_PIECE: usize = 80;

/// Most values that are named of a condition that no row meets.
const MOST_OPERANDS: usize = 6;

/// Most nodes of such a condition that are looked at.
const MOST_NODES: usize = 200;

impl<'v, P: Inputs<'v>, F: Inputs<'v>> Run<'v, '_, P, F> {
    /// A fault, which does not say yet where it is.
    #[cold]
    #[allow(clippy::unused_self, reason = "reads as a step of the run")]
    pub(crate) fn fault(&self, words: &str, operands: &[&Value<'v>]) -> Box<Fault> {
        let mut message = words.to_owned();
        for (place, operand) in operands.iter().enumerate() {
            message.push_str(if place == 0 { ": " } else { ", " });
            write_value(operand, &mut message);
        }
        Fault::new(message)
    }

    /// A fault of the arithmetic.
    #[cold]
    #[allow(clippy::unused_self, reason = "reads as a step of the run")]
    pub(crate) fn no_number(
        &self,
        why: NoNumber,
        sign: &str,
        a: Decimal,
        b: Decimal,
    ) -> Box<Fault> {
        Fault::new(format!("{}: {} {sign} {}", why.words(), a.normalize(), b.normalize()))
    }

    /// A fault of an operation on one number.
    #[cold]
    pub(crate) fn unary(&self, why: NoNumber, a: Decimal) -> Box<Fault> {
        self.fault(why.words(), &[&Value::Number(a)])
    }

    /// The fault with where its node stands in the text, if it does not say so yet and the program
    /// knows it.
    #[cold]
    pub(crate) fn at(&self, node: NodeId, mut fault: Box<Fault>) -> Box<Fault> {
        if fault.placed {
            return fault;
        }
        let Some((piece, formula)) = self.piece(node) else { return fault };
        let name = self.text_of(formula.name);
        let text = self.text_of(formula.text);
        let (start, end) = (piece.start as usize, piece.end as usize);
        let before = text.get(..start).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.chars().rev().take_while(|letter| *letter != '\n').count() + 1;
        let mut message = name.to_owned();
        // A function, or a piece that stands in several formulas.
        if let Some(computed) = self.formula
            && self.figure_name(computed) != Some(name)
        {
            let _ = write!(message, " (for {})", self.figure_name(computed).unwrap_or_default());
        }
        if line > 1 {
            let _ = write!(message, ", line {line}");
        }
        let _ = write!(message, ", character {column}, `");
        let shown = text.get(start..end).unwrap_or_default();
        message.extend(shown.chars().take(LONGEST_PIECE));
        if shown.chars().nth(LONGEST_PIECE).is_some() {
            message.push('…');
        }
        let _ = write!(message, "`: {}", fault.message);
        fault.message = message.into();
        fault.citation = formula.citation.map(|citation| self.text_of(citation).into());
        fault.placed = true;
        fault
    }

    /// The fault with the figure that was computed, where its place is not known.
    #[cold]
    pub(crate) fn of_figure(&self, figure: FigureId, mut fault: Box<Fault>) -> Box<Fault> {
        if !fault.placed {
            let name = self.figure_name(figure).unwrap_or_default();
            fault.message = format!("{name}: {}", fault.message).into();
            fault.placed = true;
        }
        fault
    }

    /// A fault about a cell of a row, or about all of the row.
    #[cold]
    #[allow(clippy::unused_self, reason = "reads as a step of the run")]
    pub(crate) fn in_row(&self, row: Row, column: Option<u32>, fault: Box<Fault>) -> Box<Fault> {
        let cell = |field| Cell { field, row: Some(row.row), column };
        fault.about(match row.rows {
            Rows::Fact(field) => Place::Fact(cell(field)),
            Rows::Parameter(field) => Place::Parameter(cell(field)),
        })
    }

    /// A fault about a table, or a column of one.
    #[cold]
    #[allow(clippy::unused_self, reason = "reads as a step of the run")]
    pub(crate) fn in_table(
        &self,
        rows: &Value<'v>,
        column: Option<u32>,
        fault: Box<Fault>,
    ) -> Box<Fault> {
        let rows = match rows {
            Value::Rows(rows) => *rows,
            // What is left of a table.
            Value::List(elements) => match elements.first() {
                Some(Value::Row(row)) => row.rows,
                _ => return fault,
            },
            _ => return fault,
        };
        let cell = |field| Cell { field, row: None, column };
        fault.about(match rows {
            Rows::Fact(field) => Place::Fact(cell(field)),
            Rows::Parameter(field) => Place::Parameter(cell(field)),
        })
    }

    /// A value that was looked for, is used and was not found.
    #[cold]
    pub(crate) fn not_found(&mut self, looked_for: NodeId) -> Box<Fault> {
        match self.found_by(looked_for) {
            Ok(fault) | Err(fault) => fault,
        }
    }

    fn found_by(&mut self, looked_for: NodeId) -> Evaluated<Box<Fault>> {
        Ok(match self.node(looked_for)? {
            Node::RowHolding { value, rows, limit, .. } => {
                let (value, rows) = (self.value(value)?, self.value(rows)?);
                let fault = self.fault("no row of the table holds", &[&value]);
                self.in_table(&rows, Some(limit), fault)
            }
            Node::RowWith { value, rows, column, .. } => {
                let (value, rows) = (self.value(value)?, self.value(rows)?);
                let fault = self.fault("no row of the table has", &[&value]);
                self.in_table(&rows, Some(column), fault)
            }
            Node::FirstWhere { list, condition, .. } => {
                let list = self.value(list)?;
                let words = format!("no row meets the condition{}", self.operands(condition));
                self.in_table(&list, None, Fault::new(words))
            }
            Node::Element { list, place } => {
                let (list, place) = (self.value(list)?, self.value(place)?);
                let words = format!("there is no such place in a list of {}", self.length(&list));
                self.in_table(&list, None, self.fault(&words, &[&place]))
            }
            _ => self.fault("a value is needed and there is none", &[]),
        })
    }

    /// The values of names in a condition: `: city = "beijing", gross_pay = 1000`.
    fn operands(&mut self, condition: NodeId) -> String {
        let mut shown = String::new();
        let (mut open, mut seen) = (vec![condition], Vec::new());
        let mut named = 0;
        while let Some(id) = open.pop() {
            if seen.len() >= MOST_NODES || named >= MOST_OPERANDS {
                break;
            }
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
            let Ok(node) = self.node(id) else { continue };
            let is_name = match node {
                Node::Fact { .. } | Node::Parameter { .. } | Node::Figure { .. } => true,
                Node::Named { choice, .. } => matches!(self.node(choice), Ok(Node::Fact { .. })),
                _ => false,
            };
            if is_name && let Some((piece, formula)) = self.piece(id) {
                let name = self.text_of(formula.text).get(piece.start as usize..piece.end as usize);
                if let (Some(name), Ok(value)) = (name.map(str::to_owned), self.value(id)) {
                    shown.push_str(if named == 0 { ": " } else { ", " });
                    let _ = write!(shown, "{name} = ");
                    write_value(&value, &mut shown);
                    named += 1;
                }
                continue;
            }
            // Every operand is visited: nothing here refuses one.
            let mut within = Vec::new();
            let _ = node.operands(&self.program.operands, &mut |operand| {
                within.push(operand);
                Ok(())
            });
            open.extend(within.into_iter().rev());
        }
        shown
    }

    /// Where a node stands.
    fn piece(&self, node: NodeId) -> Option<(Piece, &'_ Formula)> {
        let pieces = &self.program.pieces;
        let found = pieces.binary_search_by_key(&node, |piece| piece.node).ok()?;
        let piece = *pieces.get(found)?;
        Some((piece, self.program.formulas.get(piece.formula.index())?))
    }

    fn figure_name(&self, figure: FigureId) -> Option<&'_ str> {
        self.program.figures.get(figure.index()).map(|figure| self.text_of(figure.name))
    }

    fn text_of(&self, constant: ConstantId) -> &'_ str {
        let constant = self.program.constants.get(constant.index());
        constant.and_then(Value::as_text).unwrap_or_default()
    }
}
