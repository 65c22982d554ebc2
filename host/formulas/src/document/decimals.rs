//! How many digits after the point the amount of a line can have, without computing it: a rounding says
//! so, a sum has as many as its longest addend, a product as many as its factors together, and a quotient
//! any number.

use crate::document::reached::operands;
use rust_decimal::Decimal;
use std::collections::HashMap;
use stele_formula_program::function::Function;
use stele_formula_program::node::{Node, TaxMethod};
use stele_formula_program::operand::{NodeId, Slot};
use stele_formula_program::program::Program;
use stele_formula_program::value::Value;

/// How deeply values are followed; what lies deeper is not known. A program nests less deeply, save
/// through the names within formulas.
const DEEPEST: usize = 400;

/// Digits after the point of what a rule is given.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Of each fact.
    pub facts: Vec<Digits>,
    /// Of each parameter, by its values.
    pub parameters: Vec<Digits>,
    /// Digits that a fact is taken to have whose declaration does not say.
    pub undeclared: u32,
}

/// Digits after the point of a fact or parameter.
#[derive(Clone, Debug)]
pub enum Digits {
    /// Of one value; none where they are not declared.
    One(Option<u32>),
    /// Of a table, by columns.
    Columns(Vec<Option<u32>>),
}

/// The most digits after the point that an amount can have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Most {
    /// How many.
    pub digits: Bound,
    /// The fact whose declaration does not say how many it has, and so is taken to have as many as it
    /// should.
    pub undeclared: Option<u32>,
    /// The node that has them.
    pub node: NodeId,
}

/// A bound of digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Bound {
    /// At most so many.
    AtMost(u32),
    /// It is not known.
    Unknown,
    /// As many as fit.
    AsManyAsFit,
}

/// The most digits of each line of a program, by its item.
#[must_use]
pub fn of_lines(program: &Program<'_>, given: &Given) -> Vec<(u32, Most)> {
    let (known, elements) = (HashMap::new(), HashMap::new());
    let mut walk = Walk { program, given, slots: slots(program), known, elements, depth: 0 };
    // In their order, so that none waits for a long chain of others.
    for figure in &program.figures {
        walk.of(figure.node);
        walk.element(figure.node, figure.node);
    }
    program.lines.iter().map(|line| (line.item, walk.of(line.amount))).collect()
}

/// What is in a slot.
#[derive(Clone, Copy)]
enum In {
    /// A value.
    Value(NodeId),
    /// The elements of a list.
    Element(NodeId),
}

/// What may be in each slot.
fn slots(program: &Program<'_>) -> HashMap<Slot, Vec<In>> {
    let mut slots: HashMap<Slot, Vec<In>> = HashMap::new();
    let mut add = |slot: Slot, what: In| slots.entry(slot).or_default().push(what);
    for node in &program.nodes {
        match *node {
            Node::Filter { list, slot, .. }
            | Node::FirstWhere { list, slot, .. }
            | Node::Each { list, slot, .. }
            | Node::EachFlat { list, slot, .. }
            | Node::Some { list, slot, .. }
            | Node::Every { list, slot, .. } => add(slot, In::Element(list)),
            Node::Sort { list, first, second, .. } => {
                add(first, In::Element(list));
                add(second, In::Element(list));
            }
            Node::ReplaceWhere { list, element, new, value, .. } => {
                add(element, In::Element(list));
                add(new, In::Value(value));
            }
            Node::Bind { slot, value, .. } => add(slot, In::Value(value)),
            Node::Invoke { function, arguments } => {
                let function = program.functions.get(function.index());
                let parameters = function.map_or(&[][..], |function| &function.parameters);
                let arguments = arguments.of(&program.operands);
                for (slot, argument) in parameters.iter().zip(arguments) {
                    add(*slot, In::Value(NodeId(*argument)));
                }
            }
            _ => {}
        }
    }
    let each = program.lines.iter().map(|line| line.each);
    for (list, slot) in each.chain(program.findings.iter().map(|finding| finding.each)).flatten() {
        add(slot, In::Element(list));
    }
    slots
}

struct Walk<'p> {
    program: &'p Program<'p>,
    given: &'p Given,
    slots: HashMap<Slot, Vec<In>>,
    known: HashMap<NodeId, Most>,
    /// The same of the elements of lists.
    elements: HashMap<NodeId, Most>,
    depth: usize,
}

impl Walk<'_> {
    /// The most digits of a number.
    fn of(&mut self, id: NodeId) -> Most {
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        if self.depth >= DEEPEST {
            return self.bound(id, Bound::Unknown);
        }
        self.depth += 1;
        let most = self.computed(id);
        self.depth -= 1;
        self.known.insert(id, most);
        most
    }

    fn bound(&self, node: NodeId, digits: Bound) -> Most {
        Most { digits, undeclared: None, node }
    }

    fn node(&self, id: NodeId) -> Option<Node> {
        self.program.nodes.get(id.index()).copied()
    }

    fn computed(&mut self, id: NodeId) -> Most {
        let Some(node) = self.node(id) else { return self.bound(id, Bound::Unknown) };
        match node {
            Node::Constant { .. } => match self.constant(id) {
                Some(number) => self.bound(id, Bound::AtMost(number.normalize().scale())),
                // `null` is no amount.
                None => self.bound(id, Bound::AtMost(0)),
            },
            Node::Fact { fact } => {
                let digits = match self.given.facts.get(fact.index()) {
                    Some(Digits::One(digits)) => *digits,
                    _ => None,
                };
                self.declared(id, digits, fact.0)
            }
            Node::Parameter { parameter } => {
                let digits = match self.given.parameters.get(parameter.index()) {
                    Some(Digits::One(digits)) => *digits,
                    _ => None,
                };
                self.bound(id, digits.map_or(Bound::Unknown, Bound::AtMost))
            }
            Node::Figure { figure } => match self.program.figures.get(figure.index()) {
                Some(figure) => self.of(figure.node),
                None => self.bound(id, Bound::Unknown),
            },
            Node::Local { slot } => {
                let within = self.slots.get(&slot).cloned().unwrap_or_default();
                self.longest(id, &within)
            }
            Node::Cell { row, column } => self.cell(id, row, column),
            Node::Add { a, b } | Node::Subtract { a, b } | Node::Default { a, b } => {
                self.longest(id, &[In::Value(a), In::Value(b)])
            }
            Node::Choose { b, c, .. } => self.longest(id, &[In::Value(b), In::Value(c)]),
            Node::Sum { terms } => {
                let terms = terms.of(&self.program.operands);
                let terms: Vec<In> = terms.iter().map(|term| In::Value(NodeId(*term))).collect();
                self.longest(id, &terms)
            }
            Node::Multiply { a, b } => self.product(id, a, b),
            Node::Negate { a } | Node::Required { a } => self.of(a),
            Node::Bind { body, .. } => self.of(body),
            Node::Invoke { function, .. } => match self.program.functions.get(function.index()) {
                Some(function) => self.of(function.body),
                None => self.bound(id, Bound::Unknown),
            },
            Node::Element { list, .. } | Node::FirstWhere { list, .. } => {
                self.longest(id, &[In::Element(list)])
            }
            Node::Tax { amount, rows, rate, method, other, .. } => {
                let rate = self.column(id, rows, rate);
                let amount = self.of(amount);
                let tax = times(id, amount, rate);
                match method {
                    TaxMethod::Marginal | TaxMethod::Whole => tax,
                    TaxMethod::QuickDeduction | TaxMethod::BaseTax => {
                        let other = self.column(id, rows, other);
                        longer(tax, other)
                    }
                }
            }
            Node::Divide { .. } | Node::Power { .. } => self.bound(id, Bound::AsManyAsFit),
            Node::Call { function, arguments } => {
                let arguments: Vec<NodeId> =
                    arguments.of(&self.program.operands).iter().copied().map(NodeId).collect();
                self.call(id, function, &arguments)
            }
            _ => self.bound(id, Bound::Unknown),
        }
    }

    fn declared(&self, node: NodeId, digits: Option<u32>, fact: u32) -> Most {
        match digits {
            Some(digits) => self.bound(node, Bound::AtMost(digits)),
            None => {
                let digits = Bound::AtMost(self.given.undeclared);
                Most { digits, undeclared: Some(fact), node }
            }
        }
    }

    fn call(&mut self, id: NodeId, function: Function, arguments: &[NodeId]) -> Most {
        use Function as F;
        let argument = |place: usize| arguments.get(place).copied();
        match function {
            F::Decimal
            | F::Floor
            | F::Ceiling
            | F::RoundUp
            | F::RoundDown
            | F::RoundHalfUp
            | F::RoundHalfDown => {
                let scale = argument(1).and_then(|scale| self.most_of(scale));
                let scale = match (scale, argument(1).map(|scale| self.node(scale))) {
                    (Some(scale), _) => Some(scale),
                    // `floor(n)` and `ceiling(n)` are whole.
                    (None, Some(Some(Node::Constant { .. })) | None) => Some(0),
                    _ => None,
                };
                let of = argument(0).map(|of| self.of(of));
                match (scale.map(|scale| u32::try_from(scale).unwrap_or(0)), of) {
                    // What has fewer digits keeps them.
                    (Some(scale), Some(of))
                        if of.digits <= Bound::AtMost(scale) && of.undeclared.is_none() =>
                    {
                        of
                    }
                    (Some(scale), _) => self.bound(id, Bound::AtMost(scale)),
                    (None, _) => self.bound(id, Bound::Unknown),
                }
            }
            F::RoundUpToMultiple
            | F::RoundDownToMultiple
            | F::RoundHalfUpToMultiple
            | F::RoundHalfDownToMultiple
            | F::RoundHalfEvenToMultiple => match argument(1) {
                Some(multiple) => {
                    let digits = self.of(multiple).digits;
                    self.bound(id, digits)
                }
                None => self.bound(id, Bound::Unknown),
            },
            F::Abs | F::Modulo | F::Clamp => {
                let all: Vec<In> = arguments.iter().copied().map(In::Value).collect();
                self.longest(id, &all)
            }
            F::Min | F::Max | F::SumOf => {
                let all: Vec<In> = arguments.iter().copied().map(In::Element).collect();
                self.longest(id, &all)
            }
            F::Mean | F::Median | F::Stddev | F::Sqrt | F::Prorate => {
                self.bound(id, Bound::AsManyAsFit)
            }
            F::Count
            | F::StringLength
            | F::Year
            | F::Month
            | F::Day
            | F::Weekday
            | F::Hour
            | F::Minute
            | F::DayOfYear
            | F::WeekOfYear
            | F::DaysBetween
            | F::MonthsBetween
            | F::YearsBetween
            | F::Age
            | F::DaysInMonth => self.bound(id, Bound::AtMost(0)),
            _ => self.bound(id, Bound::Unknown),
        }
    }

    /// The largest value of a scale, where it is written or is a parameter of whole numbers: of a
    /// parameter, as many digits as it may ask for.
    fn most_of(&self, scale: NodeId) -> Option<i64> {
        match self.node(scale)? {
            Node::Constant { .. } => {
                self.constant(scale).and_then(|scale| i64::try_from(scale.trunc()).ok())
            }
            Node::Negate { a } => self.most_of(a).map(|scale| -scale),
            _ => None,
        }
    }

    fn constant(&self, id: NodeId) -> Option<Decimal> {
        match self.node(id)? {
            Node::Constant { constant } => match self.program.constants.get(constant.index())? {
                Value::Number(number) => Some(*number),
                _ => None,
            },
            _ => None,
        }
    }

    /// The longest of several.
    fn longest(&mut self, id: NodeId, all: &[In]) -> Most {
        let mut longest: Option<Most> = None;
        for one in all {
            let most = match *one {
                In::Value(value) if value == id => self.bound(id, Bound::Unknown),
                In::Value(value) => self.of(value),
                In::Element(list) => self.element(id, list),
            };
            longest = Some(match longest {
                Some(longest) => longer(longest, most),
                None => most,
            });
        }
        longest.unwrap_or_else(|| self.bound(id, Bound::Unknown))
    }

    fn product(&mut self, id: NodeId, a: NodeId, b: NodeId) -> Most {
        let (a, b) = (self.of(a), self.of(b));
        times(id, a, b)
    }

    /// An element of a list of numbers.
    fn element(&mut self, id: NodeId, list: NodeId) -> Most {
        if let Some(known) = self.elements.get(&list) {
            return *known;
        }
        if self.depth >= DEEPEST {
            return self.bound(id, Bound::Unknown);
        }
        self.depth += 1;
        let most = self.element_of(id, list);
        self.depth -= 1;
        self.elements.insert(list, most);
        most
    }

    fn element_of(&mut self, id: NodeId, list: NodeId) -> Most {
        match self.node(list) {
            Some(Node::List { elements }) => {
                let elements = elements.of(&self.program.operands);
                let all: Vec<In> = elements.iter().map(|one| In::Value(NodeId(*one))).collect();
                match all.as_slice() {
                    [] => self.bound(id, Bound::AtMost(0)),
                    all => self.longest(id, all),
                }
            }
            Some(Node::Each { body, .. }) => self.of(body),
            Some(Node::EachFlat { body, .. }) => self.element(id, body),
            Some(Node::Filter { list, .. } | Node::Sort { list, .. }) => self.element(id, list),
            Some(Node::Sequence { .. }) => self.bound(id, Bound::AtMost(0)),
            Some(Node::Choose { b, c, .. }) => {
                let (b, c) = (self.element(id, b), self.element(id, c));
                longer(b, c)
            }
            Some(Node::Figure { figure }) => match self.program.figures.get(figure.index()) {
                Some(figure) => self.element(id, figure.node),
                None => self.bound(id, Bound::Unknown),
            },
            _ => self.bound(id, Bound::Unknown),
        }
    }

    fn cell(&mut self, id: NodeId, row: NodeId, column: u32) -> Most {
        match self.table(row, 0) {
            Some(table) => self.column_of(id, table, column),
            None => self.bound(id, Bound::Unknown),
        }
    }

    fn column(&mut self, id: NodeId, rows: NodeId, column: u32) -> Most {
        match self.table(rows, 0) {
            Some(table) => self.column_of(id, table, column),
            None => self.bound(id, Bound::Unknown),
        }
    }

    fn column_of(&self, id: NodeId, table: Node, column: u32) -> Most {
        let digits = |of: Option<&Digits>| match of {
            Some(Digits::Columns(columns)) => columns.get(column as usize).copied().flatten(),
            _ => None,
        };
        match table {
            Node::FactRows { fact } => {
                self.declared(id, digits(self.given.facts.get(fact.index())), fact.0)
            }
            Node::ParameterRows { parameter } => {
                let digits = digits(self.given.parameters.get(parameter.index()));
                self.bound(id, digits.map_or(Bound::Unknown, Bound::AtMost))
            }
            _ => self.bound(id, Bound::Unknown),
        }
    }

    /// The table that rows, or a row, are of, where it is one.
    fn table(&self, rows: NodeId, depth: usize) -> Option<Node> {
        if depth > DEEPEST {
            return None;
        }
        let next = |id| self.table(id, depth + 1);
        match self.node(rows)? {
            node @ (Node::FactRows { .. } | Node::ParameterRows { .. }) => Some(node),
            Node::Filter { list, .. }
            | Node::FirstWhere { list, .. }
            | Node::Element { list, .. }
            | Node::Sort { list, .. } => next(list),
            Node::Required { a } => next(a),
            Node::RowHolding { rows, .. } | Node::RowWith { rows, .. } => next(rows),
            Node::Figure { figure } => next(self.program.figures.get(figure.index())?.node),
            Node::Local { slot } => match self.slots.get(&slot).map(Vec::as_slice) {
                Some([In::Element(list) | In::Value(list)]) => next(*list),
                _ => None,
            },
            node @ Node::List { .. } => match operands(self.program, node).as_slice() {
                [one] => next(*one),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The longer of two that one or the other gives.
fn longer(a: Most, b: Most) -> Most {
    let undeclared = a.undeclared.or(b.undeclared);
    let longer = if b.digits > a.digits { b } else { a };
    Most { undeclared, ..longer }
}

/// What a product of two has.
fn times(node: NodeId, a: Most, b: Most) -> Most {
    let digits = match (a.digits, b.digits) {
        (Bound::AtMost(a), Bound::AtMost(b)) => Bound::AtMost(a.saturating_add(b)),
        (a, b) => a.max(b),
    };
    Most { digits, undeclared: a.undeclared.or(b.undeclared), node }
}
