//! How every figure and line is explained: the formula as it was written, in the contract's tokens
//! over what the reader knows: facts, parameters, figures, items. What has no token is shown by its
//! value, labelled with its own text.

use crate::builder::Builder;
use crate::check::Sources;
use crate::document::declarations::{Declarations, Field, FieldKind};
use crate::document::description::decimal;
use crate::types::Quantity;
use rust_decimal::Decimal;
use std::collections::{BTreeSet, HashMap};
use stele_formula_program::function::Function;
use stele_formula_program::node::{self, Node};
use stele_formula_program::operand::{NodeId, Operands};
use stele_formula_program::program::{Program, Step};
use stele_formula_program::value::Value;
use stele_formula_writer::contract::{
    Argument, ColumnOf, Direction, Formula, Limits, Rounding, Source, StepKind, Target, TaxMethod,
    TaxTable, Token,
};

/// Most tokens of a formula; a longer one is shown by its value.
const MOST_TOKENS: usize = 200;

/// The kinds of steps that a rule has.
#[derive(Default)]
pub(super) struct Explained {
    pub(super) kinds: Vec<StepKind>,
}

/// Gives the figures and lines of a program their steps.
pub(super) fn explain(
    builder: &mut Builder,
    declarations: &Declarations,
    sources: &Sources,
    units: &[Option<Quantity>],
) -> Explained {
    let mut explained = Explained::default();
    let mut targets: HashMap<String, Target> = HashMap::new();
    for (figure, position) in declarations.figures.iter().zip(0..) {
        targets.insert(figure.name.text.clone(), Target::Figure(position));
    }
    for (line, position) in declarations.lines.iter().zip(0..) {
        targets.insert(line.item.text.clone(), Target::Item(position));
    }
    let given = Given { declarations, sources, targets, units };
    for position in 0..builder.program.figures.len() {
        let figure = &builder.program.figures[position];
        let (name, node) = (name_of(&builder.program, figure.name), figure.node);
        let Some(target @ Target::Figure(_)) = given.targets.get(&name).copied() else { continue };
        let step = explained.step(builder, &given, &name, target, node);
        builder.program.figures[position].step = step;
    }
    for position in 0..builder.program.lines.len() {
        let line = &builder.program.lines[position];
        let Some(declared) = declarations.lines.get(line.item as usize) else { continue };
        let (item, mut node) = (line.item, line.amount);
        if let Some(Node::Figure { figure }) = builder.program.nodes.get(node.index())
            && let Some(figure) = builder.program.figures.get(figure.index())
        {
            node = figure.node;
        }
        // A line is there only where its condition holds: its amount is what is explained.
        if line.when.is_some()
            && let Some(Node::Choose { b, .. }) = builder.program.nodes.get(node.index())
        {
            node = *b;
        }
        let name = declared.item.text.clone();
        let step = explained.step(builder, &given, &name, Target::Item(item), node);
        builder.program.lines[position].step = step;
    }
    explained
}

/// What the steps of all formulas need.
struct Given<'d> {
    declarations: &'d Declarations,
    sources: &'d Sources,
    targets: HashMap<String, Target>,
    /// What each figure, then each line counts; none where it is no number.
    units: &'d [Option<Quantity>],
}

impl Given<'_> {
    /// Whether what has a step is a number.
    fn counts(&self, target: Option<&Target>) -> bool {
        let position = match target {
            Some(Target::Figure(figure)) => *figure as usize,
            Some(Target::Item(item)) => self.declarations.figures.len() + *item as usize,
            None => return false,
        };
        self.units.get(position).is_some_and(Option::is_some)
    }
}

impl Explained {
    fn step(
        &mut self,
        builder: &mut Builder,
        given: &Given<'_>,
        name: &str,
        gives: Target,
        node: NodeId,
    ) -> Option<Step> {
        let mut walk = Walk { builder, given, arguments: Vec::new(), nodes: Vec::new() };
        if !given.counts(Some(&gives)) {
            return None;
        }
        let tokens = match walk.tokens(node) {
            Some(tokens) if tokens.len() <= MOST_TOKENS => tokens,
            _ => {
                walk.arguments.clear();
                walk.nodes.clear();
                vec![walk.shown(node)]
            }
        };
        let parameters = walk.other_parameters(node);
        let (arguments, nodes) = (walk.arguments, walk.nodes);
        let kind = u32::try_from(self.kinds.len()).ok()?;
        self.kinds.push(StepKind {
            name: name.to_owned(),
            text: None,
            formula: Some(Formula { gives, tokens }),
            citation: None,
            arguments,
            parameters,
        });
        Some(Step { kind, arguments: nodes })
    }
}

fn name_of(program: &Program<'_>, constant: stele_formula_program::operand::ConstantId) -> String {
    let constant = program.constants.get(constant.index());
    constant.and_then(Value::as_text).unwrap_or_default().to_owned()
}

/// One formula on its way to tokens.
struct Walk<'b, 'd> {
    builder: &'b mut Builder,
    given: &'b Given<'d>,
    arguments: Vec<Argument>,
    /// The nodes of the arguments' values.
    nodes: Vec<NodeId>,
}

impl Walk<'_, '_> {
    fn node(&self, id: NodeId) -> Option<Node> {
        self.builder.program.nodes.get(id.index()).copied()
    }

    fn operands(&self, operands: Operands) -> Vec<NodeId> {
        operands.of(&self.builder.program.operands).iter().map(|node| NodeId(*node)).collect()
    }

    fn constant(&self, id: NodeId) -> Option<Decimal> {
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
    fn tokens(&mut self, id: NodeId) -> Option<Vec<Token>> {
        let mut tokens = Vec::new();
        self.push(id, &mut tokens)?;
        Some(tokens)
    }

    fn push(&mut self, id: NodeId, tokens: &mut Vec<Token>) -> Option<()> {
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
                [a, b, c].into_iter().try_for_each(|part| self.push(part, tokens))?;
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
            Node::Tax { amount, rows, limits, limit, rate, method, other } => {
                self.push(amount, tokens)?;
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

    fn both(&mut self, a: NodeId, b: NodeId, token: Token, tokens: &mut Vec<Token>) -> Option<()> {
        self.push(a, tokens)?;
        self.push(b, tokens)?;
        tokens.push(token);
        Some(())
    }

    fn several(
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
    fn call(
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
    fn rounding(&self, function: Function, arguments: &[NodeId]) -> Option<(Direction, Decimal)> {
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

    /// A value that is shown: a name where it has one, else its own text.
    fn shown(&mut self, id: NodeId) -> Token {
        let (value, source) = match self.named(id) {
            Some(named) => named,
            None => match self.given.sources.get(&id) {
                Some(text) => (id, Source::Expression(text.clone())),
                None => (id, Source::Own),
            },
        };
        Token::Argument(self.argument(value, source))
    }

    /// What a node is called, and the node of the value that is shown.
    fn named(&mut self, id: NodeId) -> Option<(NodeId, Source)> {
        let zero = |walk: &mut Self, id: NodeId, optional: bool| {
            let b = walk.builder.constant(Value::Number(Decimal::ZERO));
            if optional { walk.builder.node(Node::Default { a: id, b }) } else { id }
        };
        match self.node(id)? {
            Node::Fact { fact } => {
                let optional = self.given.declarations.facts.get(fact.index())?.optional;
                Some((zero(self, id, optional), Source::Fact(fact.0)))
            }
            Node::Parameter { parameter } => {
                let optional = self.given.declarations.parameters.get(parameter.index())?.optional;
                Some((zero(self, id, optional), Source::Parameter(parameter.0)))
            }
            // An amount that is taken as zero where it is missing.
            Node::Default { a, b } if self.constant(b) == Some(Decimal::ZERO) => {
                match self.node(a)? {
                    Node::Fact { .. } | Node::Parameter { .. } => self.named(a),
                    _ => None,
                }
            }
            Node::Figure { figure } => {
                let name = self.builder.program.figures.get(figure.index())?.name;
                match self.given.targets.get(&name_of(&self.builder.program, name))? {
                    Target::Item(item) => Some((id, Source::Item(*item))),
                    Target::Figure(figure) => Some((id, Source::Figure(*figure))),
                }
            }
            Node::Cell { row, column } => match self.table(row)? {
                Source::Fact(field) => Some((id, Source::FactColumn(ColumnOf { field, column }))),
                Source::Parameter(field) => {
                    Some((id, Source::ParameterColumn(ColumnOf { field, column })))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The table that rows, or a row, are of.
    fn table(&self, rows: NodeId) -> Option<Source> {
        match self.node(rows)? {
            Node::FactRows { fact } => Some(Source::Fact(fact.0)),
            Node::ParameterRows { parameter } => Some(Source::Parameter(parameter.0)),
            Node::Filter { list, .. }
            | Node::FirstWhere { list, .. }
            | Node::Element { list, .. } => self.table(list),
            Node::Required { a } => self.table(a),
            Node::RowHolding { rows, .. } | Node::RowWith { rows, .. } => self.table(rows),
            _ => None,
        }
    }

    /// The position of an argument, there already or new.
    fn argument(&mut self, node: NodeId, source: Source) -> u32 {
        let same = self.nodes.iter().zip(&self.arguments);
        let same = same.map(|(other, argument)| *other == node && argument.source == source);
        if let Some(position) = same.clone().position(|same| same) {
            return position as u32;
        }
        let name = self.argument_name(&source);
        self.arguments.push(Argument { name, unit: None, source });
        self.nodes.push(node);
        self.arguments.len() as u32 - 1
    }

    /// A name that no other argument has.
    fn argument_name(&self, source: &Source) -> String {
        let declared = self.given.declarations;
        let field = |fields: &[Field], position: u32| {
            fields.get(position as usize).map(|field| field.name.text.clone())
        };
        let column = |fields: &[Field], of: &ColumnOf| {
            let table = fields.get(of.field as usize)?;
            let column = table.columns.get(of.column as usize)?;
            Some(format!("{}_{}", table.name.text, column.name.text))
        };
        let name = match source {
            Source::Fact(position) => field(&declared.facts, *position),
            Source::Parameter(position) => field(&declared.parameters, *position),
            Source::FactColumn(of) => column(&declared.facts, of),
            Source::ParameterColumn(of) => column(&declared.parameters, of),
            Source::Item(position) => {
                declared.lines.get(*position as usize).map(|line| line.item.text.clone())
            }
            Source::Figure(position) => {
                declared.figures.get(*position as usize).map(|figure| figure.name.text.clone())
            }
            Source::Own | Source::Expression(_) => None,
        };
        let name = name.unwrap_or_else(|| "value".to_owned());
        let taken = |name: &str| self.arguments.iter().any(|argument| argument.name == name);
        if !taken(&name) {
            return name;
        }
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        numbered.into_iter().find(|name| !taken(name)).unwrap_or_default()
    }

    /// Parameters that the formula uses and no argument names.
    fn other_parameters(&self, node: NodeId) -> Vec<u32> {
        let program = &self.builder.program;
        let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut open = vec![node];
        while let Some(id) = open.pop() {
            let Some(node) = program.nodes.get(id.index()).filter(|_| seen.insert(id)) else {
                continue;
            };
            match node {
                Node::Parameter { parameter } | Node::ParameterRows { parameter } => {
                    found.insert(parameter.0);
                }
                Node::Invoke { function, .. } => {
                    open.extend(program.functions.get(function.index()).map(|of| of.body));
                }
                _ => {}
            }
            // Every operand is visited: nothing here refuses one.
            let _ = node.operands(&program.operands, &mut |operand| {
                open.push(operand);
                Ok(())
            });
        }
        for argument in &self.arguments {
            match &argument.source {
                Source::Parameter(position) => found.remove(position),
                Source::ParameterColumn(of) => found.remove(&of.field),
                _ => false,
            };
        }
        found.into_iter().collect()
    }

    /// Whether a value is known to be a number.
    fn is_number(&self, id: NodeId) -> bool {
        let numeric = |field: Option<&Field>| field.is_some_and(|field| is_number(field.kind));
        let declared = self.given.declarations;
        match self.node(id) {
            Some(Node::Constant { .. }) => self.constant(id).is_some(),
            Some(Node::Fact { fact }) => numeric(declared.facts.get(fact.index())),
            Some(Node::Parameter { parameter }) => {
                numeric(declared.parameters.get(parameter.index()))
            }
            Some(Node::Figure { figure }) => {
                let figure = self.builder.program.figures.get(figure.index());
                figure.is_some_and(|figure| {
                    let name = name_of(&self.builder.program, figure.name);
                    self.given.counts(self.given.targets.get(&name))
                })
            }
            Some(Node::Cell { row, column }) => match self.table(row) {
                Some(Source::Fact(position)) => {
                    let table = declared.facts.get(position as usize);
                    numeric(table.and_then(|table| table.columns.get(column as usize)))
                }
                Some(Source::Parameter(position)) => {
                    let table = declared.parameters.get(position as usize);
                    numeric(table.and_then(|table| table.columns.get(column as usize)))
                }
                _ => false,
            },
            Some(
                Node::Add { .. }
                | Node::Subtract { .. }
                | Node::Multiply { .. }
                | Node::Divide { .. }
                | Node::Power { .. }
                | Node::Negate { .. }
                | Node::Sum { .. }
                | Node::Rounded { .. }
                | Node::RoundedProduct { .. }
                | Node::Tax { .. },
            ) => true,
            Some(Node::Choose { b, .. }) => self.is_number(b),
            Some(Node::Required { a } | Node::Default { a, .. }) => self.is_number(a),
            Some(Node::Call { function, .. }) => is_numeric(function),
            Some(Node::Invoke { function, .. }) => {
                let function = self.builder.program.functions.get(function.index());
                function.is_some_and(|function| self.is_number(function.body))
            }
            _ => false,
        }
    }

    /// Whether a value is shown in percent.
    fn is_rate(&self, id: NodeId) -> bool {
        let rate = |field: Option<&Field>| field.is_some_and(|field| field.kind == FieldKind::Rate);
        let declared = self.given.declarations;
        match self.node(id) {
            Some(Node::Fact { fact }) => rate(declared.facts.get(fact.index())),
            Some(Node::Parameter { parameter }) => rate(declared.parameters.get(parameter.index())),
            Some(Node::Cell { row, column }) => match self.table(row) {
                Some(Source::Parameter(position)) => {
                    let table = declared.parameters.get(position as usize);
                    rate(table.and_then(|table| table.columns.get(column as usize)))
                }
                _ => false,
            },
            _ => false,
        }
    }
}

fn is_number(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Money
            | FieldKind::Rate
            | FieldKind::Number
            | FieldKind::Integer
            | FieldKind::Hours
            | FieldKind::Days
    )
}

/// Functions that give numbers and nothing else.
fn is_numeric(function: Function) -> bool {
    use Function as F;
    matches!(
        function,
        F::Decimal
            | F::Floor
            | F::Ceiling
            | F::RoundUp
            | F::RoundDown
            | F::RoundHalfUp
            | F::RoundHalfDown
            | F::RoundUpToMultiple
            | F::RoundDownToMultiple
            | F::RoundHalfUpToMultiple
            | F::RoundHalfDownToMultiple
            | F::RoundHalfEvenToMultiple
            | F::Modulo
            | F::Sqrt
            | F::Clamp
            | F::Count
            | F::SumOf
            | F::Mean
            | F::Product
            | F::Median
            | F::Min
            | F::Max
            | F::DaysBetween
            | F::MonthsBetween
            | F::YearsBetween
            | F::Age
            | F::DaysInMonth
            | F::Prorate
            | F::Year
            | F::Month
            | F::Day
            | F::Number
            | F::StringLength
    )
}
