//! What formulas expect of the tables of the law that they look rows up in.

use crate::check::sources::Sources;
use crate::document::reached::{operands, reached};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use stele_formula_program::node::Node;
use stele_formula_program::operand::{ConstantId, NodeId, ParameterId, Slot};
use stele_formula_program::program::Program;
use stele_formula_program::value::Value;

pub use stele_formula_program::node::Limits;

/// Most steps from a lookup to the tables that it may look in: choices among choices double them.
const MOST_STEPS: usize = 64;

/// One place of a formula that looks rows up in a table of parameters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lookup {
    /// Position of the parameter.
    pub parameter: u32,
    /// The node, whose place is known.
    pub node: NodeId,
    /// Columns whose cells must equal something: rows that agree in them are a table of their own.
    pub keys: Vec<Key>,
    /// How a row is found among those.
    pub by: By,
    /// A row that is not found is a fault, because it is used.
    pub needed: bool,
}

/// A column whose cell must equal a value.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Key {
    /// Position of the column.
    pub column: u32,
    /// Names with which the formulas compare the same value elsewhere: they are dealt with there.
    pub dealt_with: Vec<String>,
}

/// How a row is found.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum By {
    /// By its keys alone.
    Keys,
    /// By the row's limit.
    Limit {
        /// Position of the column.
        column: u32,
        /// What the limit says.
        limits: Limits,
        /// Everything above the last row, or below the first, is taxed by no row.
        tax: bool,
    },
}

/// Every lookup of a program, in its order.
pub(super) fn lookups(program: &Program<'_>, sources: &Sources) -> Vec<Lookup> {
    let reached = reached(program);
    let needed: BTreeSet<NodeId> = program
        .nodes
        .iter()
        .filter_map(|node| match node {
            Node::Required { a } => Some(*a),
            Node::Cell { row, .. } => Some(*row),
            _ => None,
        })
        .collect();
    let search = Search { program, compared: compared(program) };
    let mut lookups = Vec::new();
    for (index, node) in program.nodes.iter().enumerate() {
        if !reached.get(index).copied().unwrap_or(false) {
            continue;
        }
        let id = NodeId(index as u32);
        for (parameter, keys, by) in search.lookups(*node) {
            // What is explained looks the same row up again.
            if sources.of(id).is_some() {
                let needed = needed.contains(&id);
                lookups.push(Lookup { parameter: parameter.0, node: id, keys, by, needed });
            }
        }
    }
    lookups
}

/// The names that values are compared with, by the values' nodes.
fn compared(program: &Program<'_>) -> BTreeMap<NodeId, BTreeSet<String>> {
    let mut compared: BTreeMap<NodeId, BTreeSet<String>> = BTreeMap::new();
    let text = |node: NodeId| match program.nodes.get(node.index()) {
        Some(Node::Constant { constant }) => {
            program.constants.get(constant.index())?.as_text().map(str::to_owned)
        }
        _ => None,
    };
    // `a in ("x", "y")` keeps `a` in a slot.
    let mut bound: BTreeMap<Slot, NodeId> = BTreeMap::new();
    for node in &program.nodes {
        if let Node::Bind { slot, value, .. } = node {
            bound.insert(*slot, *value);
        }
    }
    let kept = |id: NodeId| match program.nodes.get(id.index()) {
        Some(Node::Local { slot }) => bound.get(slot).copied().unwrap_or(id),
        _ => id,
    };
    for node in &program.nodes {
        match node {
            Node::Equal { a, b } | Node::Unequal { a, b } => {
                for (value, name) in [(*a, text(*b)), (*b, text(*a))] {
                    compared.entry(kept(value)).or_default().extend(name);
                }
            }
            Node::In { a, b } => {
                let Some(list) = program.nodes.get(b.index()) else { continue };
                let names = operands(program, *list).into_iter().chain([*b]).filter_map(text);
                compared.entry(kept(*a)).or_default().extend(names);
            }
            _ => {}
        }
    }
    compared
}

struct Search<'p> {
    program: &'p Program<'p>,
    compared: BTreeMap<NodeId, BTreeSet<String>>,
}

/// One condition on a row.
enum Condition {
    Key(Key),
    Limit(u32, Limits),
}

impl Search<'_> {
    fn node(&self, id: NodeId) -> Option<Node> {
        self.program.nodes.get(id.index()).copied()
    }

    fn lookups(&self, node: Node) -> Vec<(ParameterId, Vec<Key>, By)> {
        match node {
            Node::Tax { rows, limits, limit, .. } => {
                let by = By::Limit { column: limit, limits, tax: true };
                self.all(rows, Vec::new(), by)
            }
            Node::RowHolding { rows, limits, limit, .. } => {
                let by = By::Limit { column: limit, limits, tax: false };
                self.all(rows, Vec::new(), by)
            }
            Node::RowWith { value, rows, column, .. } => {
                self.all(rows, vec![self.key(column, value)], By::Keys)
            }
            Node::FirstWhere { list, slot, condition } => {
                let Some((keys, limit)) = self.conditions(condition, slot) else {
                    return Vec::new();
                };
                match limit {
                    None => self.all(list, keys, By::Keys),
                    Some((column, limits @ Limits::UpTo)) => {
                        self.all(list, keys, By::Limit { column, limits, tax: false })
                    }
                    // The first row that begins below a value is the first row of all.
                    Some(_) => Vec::new(),
                }
            }
            // The last row that begins at or below a value.
            Node::Element { list, place } if self.number(place) == Some(Decimal::NEGATIVE_ONE) => {
                let Some(Node::Filter { list, slot, condition }) = self.node(list) else {
                    return Vec::new();
                };
                match self.conditions(condition, slot) {
                    Some((keys, Some((column, limits)))) if limits != Limits::UpTo => {
                        self.all(list, keys, By::Limit { column, limits, tax: false })
                    }
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        }
    }

    fn all(&self, rows: NodeId, keys: Vec<Key>, by: By) -> Vec<(ParameterId, Vec<Key>, By)> {
        let tables = self.tables(rows, &mut { MOST_STEPS }).unwrap_or_default();
        let with = |(parameter, mut before): (ParameterId, Vec<Key>)| {
            before.extend(keys.iter().cloned());
            (parameter, before, by)
        };
        tables.into_iter().map(with).collect()
    }

    /// The tables that rows may be of, with what their cells must equal; none where that is not known.
    fn tables(&self, rows: NodeId, steps: &mut usize) -> Option<Vec<(ParameterId, Vec<Key>)>> {
        *steps = steps.checked_sub(1)?;
        match self.node(rows)? {
            Node::ParameterRows { parameter } => Some(vec![(parameter, Vec::new())]),
            Node::Figure { figure } => {
                self.tables(self.program.figures.get(figure.index())?.node, steps)
            }
            Node::Choose { b, c, .. } => {
                let mut tables = self.tables(b, steps)?;
                tables.extend(self.tables(c, steps)?);
                Some(tables)
            }
            Node::Filter { list, slot, condition } => {
                let (keys, limit) = self.conditions(condition, slot)?;
                if limit.is_some() {
                    return None;
                }
                let mut tables = self.tables(list, steps)?;
                tables.iter_mut().for_each(|(_, before)| before.extend(keys.iter().cloned()));
                Some(tables)
            }
            _ => None,
        }
    }

    /// The keys and the limit of a condition; none where it is of another form.
    #[allow(clippy::type_complexity, reason = "keys and a limit")]
    fn conditions(&self, of: NodeId, slot: Slot) -> Option<(Vec<Key>, Option<(u32, Limits)>)> {
        let terms = match self.node(of)? {
            node @ Node::And { .. } => operands(self.program, node),
            _ => vec![of],
        };
        let (mut keys, mut limit) = (Vec::new(), None);
        for term in terms {
            match self.condition(term, slot)? {
                Condition::Key(key) => keys.push(key),
                Condition::Limit(..) if limit.is_some() => return None,
                Condition::Limit(column, limits) => limit = Some((column, limits)),
            }
        }
        Some((keys, limit))
    }

    fn condition(&self, of: NodeId, slot: Slot) -> Option<Condition> {
        match self.node(of)? {
            Node::Equal { a, b } => {
                let (column, value) = self.cell_and_other(a, b, slot)?;
                Some(Condition::Key(self.key(column, value)))
            }
            // `value <= up_to`, `value < up_to`, `over < value`, `from <= value`
            Node::Less { a, b } | Node::LessOrEqual { a, b } => {
                let less = matches!(self.node(of)?, Node::Less { .. });
                if let Some(column) = self.cell(b, slot).filter(|_| !self.depends(a, slot)) {
                    return Some(Condition::Limit(column, Limits::UpTo));
                }
                let column = self.cell(a, slot).filter(|_| !self.depends(b, slot))?;
                let limits = if less { Limits::Over } else { Limits::AtLeast };
                Some(Condition::Limit(column, limits))
            }
            // `up_to = null or value <= up_to`
            node @ Node::Or { .. } => match operands(self.program, node).as_slice() {
                [open, limit] => {
                    let without = self.is_missing(*open, slot)?;
                    match self.condition(*limit, slot)? {
                        Condition::Limit(column, Limits::UpTo) if column == without => {
                            Some(Condition::Limit(column, Limits::UpTo))
                        }
                        _ => None,
                    }
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The column of which a condition says that it is missing.
    fn is_missing(&self, of: NodeId, slot: Slot) -> Option<u32> {
        match self.node(of)? {
            Node::IsNone { a } => self.cell(a, slot),
            Node::Equal { a, b } => {
                let none = |id| match self.node(id) {
                    Some(Node::Constant { constant }) => self.is_none(constant),
                    _ => false,
                };
                match (none(a), none(b)) {
                    (false, true) => self.cell(a, slot),
                    (true, false) => self.cell(b, slot),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn is_none(&self, constant: ConstantId) -> bool {
        self.program.constants.get(constant.index()).is_some_and(Value::is_none)
    }

    fn cell_and_other(&self, a: NodeId, b: NodeId, slot: Slot) -> Option<(u32, NodeId)> {
        match (self.cell(a, slot), self.cell(b, slot)) {
            (Some(column), None) if !self.depends(b, slot) => Some((column, b)),
            (None, Some(column)) if !self.depends(a, slot) => Some((column, a)),
            _ => None,
        }
    }

    /// The column of a cell of the row in the slot, perhaps so many times.
    fn cell(&self, id: NodeId, slot: Slot) -> Option<u32> {
        match self.node(id)? {
            Node::Cell { row, column } => match self.node(row)? {
                Node::Local { slot: found } if found == slot => Some(column),
                _ => None,
            },
            Node::Named { choice: a, .. } | Node::Required { a } => self.cell(a, slot),
            Node::Multiply { a, b } => match (self.number(a), self.number(b)) {
                (Some(times), None) if times > Decimal::ZERO => self.cell(b, slot),
                (None, Some(times)) if times > Decimal::ZERO => self.cell(a, slot),
                _ => None,
            },
            _ => None,
        }
    }

    fn number(&self, id: NodeId) -> Option<Decimal> {
        match self.node(id)? {
            Node::Constant { constant } => match self.program.constants.get(constant.index())? {
                Value::Number(number) => Some(*number),
                _ => None,
            },
            Node::Negate { a } => self.number(a).map(|number| -number),
            _ => None,
        }
    }

    /// Whether a value depends on what is in a slot.
    fn depends(&self, id: NodeId, slot: Slot) -> bool {
        let (mut open, mut seen) = (vec![id], BTreeSet::new());
        while let Some(id) = open.pop() {
            let Some(node) = self.node(id).filter(|_| seen.insert(id)) else { continue };
            if matches!(node, Node::Local { slot: found } if found == slot) {
                return true;
            }
            open.extend(operands(self.program, node));
        }
        false
    }

    fn key(&self, column: u32, value: NodeId) -> Key {
        let names = self.compared.get(&value).into_iter().flatten();
        Key { column, dealt_with: names.cloned().collect() }
    }
}
