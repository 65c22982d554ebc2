//! Calls of functions: which way to call fits the arguments, and the types that follow.

use crate::check::{Checker, Typed};
use crate::error::{Error, Kind, nearest};
use crate::functions::{self, Function, Given, Parameter, Runs, Shape};
use crate::source::Span;
use crate::syntax::{Argument, Expression, Syntax, Word};
use crate::types::{Quantity, Type};
use stele_formula_program::node::Node;
use stele_formula_program::operand::NodeId;
use stele_formula_program::value::Value;

/// An argument in its place: not given, one, or several for one parameter.
pub(super) type Placed<'e> = Vec<Vec<&'e Expression>>;

impl Checker<'_> {
    pub(super) fn call(
        &mut self,
        name: &Word,
        arguments: &[Argument],
        span: Span,
    ) -> Option<Typed> {
        if let Some(own) = self.own_functions.get(&name.text).cloned() {
            return self.invoke(&own, name, arguments, span);
        }
        let ways = functions::named(&name.text);
        if ways.is_empty() {
            return self.unknown_function(name);
        }
        // The first way that takes so many arguments of these names; where there are several, the
        // one whose types fit.
        let fitting: Vec<(&Function, Placed<'_>)> = ways
            .iter()
            .filter_map(|way| place(way, arguments).map(|placed| (*way, placed)))
            .collect();
        let Some(((last, last_placed), earlier)) = fitting.split_last() else {
            let expected: Vec<String> = ways.iter().map(|way| signature(way)).collect();
            let found = format!("{} arguments", arguments.len());
            let names: Vec<&str> = arguments
                .iter()
                .filter_map(|argument| argument.name.as_ref())
                .map(|name| name.text.as_str())
                .collect();
            let found =
                if names.is_empty() { found } else { format!("{found}: {}", names.join(", ")) };
            return self.error(Kind::Arguments, span, expected.join(" or "), found);
        };
        for (way, placed) in earlier {
            let errors = self.errors.len();
            let found = self.way(way, placed, span);
            if found.is_some() {
                return found;
            }
            self.errors.truncate(errors);
        }
        self.way(last, last_placed, span)
    }

    fn unknown_function(&mut self, name: &Word) -> Option<Typed> {
        if let Some((_, why)) = OUTSIDE.iter().find(|(outside, _)| *outside == name.text) {
            return self.error(Kind::Outside, name.span, *why, format!("`{}`", name.text));
        }
        let names = functions::all().map(|function| function.name);
        let own: Vec<String> = self.own_functions.keys().cloned().collect();
        let near = nearest(&name.text, names.chain(own.iter().map(String::as_str)));
        let error = Error::new(Kind::UnknownFunction, name.span, "", &name.text).near(near);
        self.report(error)
    }

    fn way(&mut self, way: &Function, placed: &Placed<'_>, span: Span) -> Option<Typed> {
        if let Runs::Special(special) = way.runs {
            return self.special(special, placed, span);
        }
        let mut fit = Fit::default();
        let mut nodes: Vec<Option<NodeId>> = Vec::new();
        for (parameter, given) in way.parameters.iter().zip(placed) {
            nodes.push(self.parameter(way, parameter, given, &mut fit));
        }
        let nodes: Vec<NodeId> = nodes.into_iter().collect::<Option<_>>()?;
        let of = fit.result(way.result);
        match way.runs {
            Runs::Code(code) | Runs::Listed(code) => Some(self.called(code, &nodes, of)),
            Runs::Special(_) => None,
        }
    }

    /// The node of an argument; that of several is a list.
    fn parameter(
        &mut self,
        way: &Function,
        parameter: &Parameter,
        given: &[&Expression],
        fit: &mut Fit,
    ) -> Option<NodeId> {
        match (parameter.given, given) {
            (Given::Repeatedly, [one]) if way.parameters.len() == 1 => {
                self.one_list(parameter.takes, one, fit)
            }
            (Given::Repeatedly, several) => {
                let element = element(parameter.takes)?;
                let nodes: Vec<Option<NodeId>> =
                    several.iter().map(|one| self.argument(element, one, fit)).collect();
                let nodes: Vec<NodeId> = nodes.into_iter().collect::<Option<_>>()?;
                let elements = self.builder.operands(&nodes);
                Some(self.builder.node(Node::List { elements }))
            }
            (Given::PerhapsNull | Given::OptionallyNull, [one]) if one.is == Syntax::Null => {
                Some(self.builder.constant(Value::None))
            }
            (_, [one]) => self.argument(parameter.takes, one, fit),
            _ => Some(self.builder.constant(Value::None)),
        }
    }

    /// The only argument of a function that takes a list or its elements.
    fn one_list(&mut self, takes: Shape, one: &Expression, fit: &mut Fit) -> Option<NodeId> {
        if takes == Shape::Lists {
            // A list of lists is each of them; another list is the only one.
            let typed = self.value(one)?;
            let nested = matches!(&typed.of, Type::List(inner) if matches!(**inner, Type::List(_)));
            if !nested {
                fit.take(takes, &Type::List(std::rc::Rc::new(typed.of.clone())));
                let elements = self.builder.operands(&[typed.node]);
                return Some(self.builder.node(Node::List { elements }));
            }
        }
        self.argument(takes, one, fit)
    }

    /// An argument of a shape; a value where a list is due is a list of one.
    fn argument(&mut self, takes: Shape, one: &Expression, fit: &mut Fit) -> Option<NodeId> {
        let typed = self.check(one)?;
        let typed = match takes {
            Shape::Anything | Shape::Value => typed,
            _ => self.present(typed, one.span)?,
        };
        let is_list = matches!(typed.of, Type::List(_));
        let typed = if element(takes).is_some() && !is_list && takes != Shape::Lists {
            let (node, of) = self.as_list(typed);
            self.made(node, of.list())
        } else {
            typed
        };
        match fit.take(takes, &typed.of) {
            Taken::Fits => Some(typed.node),
            Taken::Not(expected) => {
                self.error(Kind::Type, one.span, expected, typed.of.to_string())
            }
            Taken::Unit(expected) => {
                self.error(Kind::Unit, one.span, expected.to_string(), typed.of.to_string())
            }
        }
    }

    fn invoke(
        &mut self,
        own: &crate::check::OwnFunction,
        name: &Word,
        arguments: &[Argument],
        span: Span,
    ) -> Option<Typed> {
        if arguments.len() != own.parameters.len()
            || arguments.iter().any(|argument| argument.name.is_some())
        {
            let expected =
                format!("`{}` with {} arguments in order", name.text, own.parameters.len());
            return self.error(
                Kind::Arguments,
                span,
                expected,
                format!("{} arguments", arguments.len()),
            );
        }
        let mut nodes = Vec::new();
        for (argument, parameter) in arguments.iter().zip(&own.parameters) {
            let typed = match parameter {
                Type::Optional(_) => self.check(&argument.value),
                _ => self.value(&argument.value),
            };
            nodes.push(match typed {
                Some(typed) if parameter.accepts(&typed.of) => Some(typed.node),
                Some(typed) => {
                    let kind = if parameter.is_number() && typed.of.is_number() {
                        Kind::Unit
                    } else {
                        Kind::Type
                    };
                    self.error(
                        kind,
                        argument.value.span,
                        parameter.to_string(),
                        typed.of.to_string(),
                    )
                }
                None => None,
            });
        }
        let nodes: Vec<NodeId> = nodes.into_iter().collect::<Option<_>>()?;
        let arguments = self.builder.operands(&nodes);
        Some(self.node(Node::Invoke { function: own.id, arguments }, own.result.clone()))
    }
}

/// Functions of the standard that are left out, and why.
pub(crate) const OUTSIDE: [(&str, &str); 8] = [
    ("now", "a date that is a fact: a rule has no clock"),
    ("today", "a date that is a fact: a rule has no clock"),
    ("matches", "`contains`, `starts with` or `ends with`: there are no patterns"),
    ("replace", "`substring before` and `substring after`: there are no patterns"),
    ("exp", "a whole power: there are no functions whose result is never exact"),
    ("log", "a whole power: there are no functions whose result is never exact"),
    ("random number", "numbers that are facts: a rule gives the same each time"),
    ("invoke", "a call by name"),
];

/// The arguments of a call in the places of a function's parameters.
fn place<'e>(way: &Function, arguments: &'e [Argument]) -> Option<Placed<'e>> {
    let mut placed: Placed<'e> = way.parameters.iter().map(|_| Vec::new()).collect();
    let named = arguments.iter().any(|argument| argument.name.is_some());
    for (position, argument) in arguments.iter().enumerate() {
        let place = match &argument.name {
            Some(name) => {
                way.parameters.iter().position(|parameter| parameter.name == name.text)?
            }
            None if named => return None,
            None => {
                let last = way.parameters.len().checked_sub(1)?;
                let repeated = way.parameters.get(last)?.given == Given::Repeatedly;
                if repeated { position.min(last) } else { position }
            }
        };
        let slot = placed.get_mut(place)?;
        let repeated = way.parameters.get(place)?.given == Given::Repeatedly;
        if !slot.is_empty() && (!repeated || named) {
            return None;
        }
        slot.push(&argument.value);
    }
    let complete = way
        .parameters
        .iter()
        .zip(&placed)
        .all(|(parameter, given)| parameter.given.may_be_left_out() || !given.is_empty());
    complete.then_some(placed)
}

/// How a function is called.
pub(crate) fn signature(way: &Function) -> String {
    let parameters: Vec<String> = way
        .parameters
        .iter()
        .map(|parameter| match parameter.given {
            Given::Once | Given::PerhapsNull => parameter.name.to_owned(),
            Given::Optionally | Given::OptionallyNull => format!("{}?", parameter.name),
            Given::Repeatedly => format!("{}…", parameter.name),
        })
        .collect();
    format!("{}({})", way.name, parameters.join(", "))
}

/// What the elements of a list must be.
fn element(shape: Shape) -> Option<Shape> {
    Some(match shape {
        Shape::Values => Shape::Value,
        Shape::Ordered => Shape::InOrder,
        Shape::Numbers => Shape::Same,
        Shape::Sizes => Shape::Size,
        Shape::Booleans => Shape::Boolean,
        Shape::Texts => Shape::Text,
        Shape::Places => Shape::Plain,
        Shape::AnyList => Shape::Anything,
        Shape::Lists => Shape::Values,
        _ => return None,
    })
}

/// What the arguments of a call have in common so far.
#[derive(Default)]
struct Fit {
    /// What its numbers count.
    quantity: Option<Quantity>,
    /// The type of its values.
    value: Option<Type>,
}

enum Taken {
    Fits,
    Not(String),
    Unit(Quantity),
}

impl Fit {
    fn take(&mut self, takes: Shape, of: &Type) -> Taken {
        if let (Shape::Texts, Type::List(inner)) = (takes, of)
            && inner.present().is_text()
        {
            // Texts that are missing are left out.
            return Taken::Fits;
        }
        if let Some(fixed) = takes.fixed() {
            return if fixed.accepts(of) { Taken::Fits } else { Taken::Not(fixed.to_string()) };
        }
        match (takes, of) {
            (Shape::Number, Type::Number(_)) => Taken::Fits,
            (Shape::Same | Shape::Size, Type::Number(quantity)) => self.same(*quantity),
            (Shape::InOrder, Type::Number(quantity)) if self.value.is_none() => {
                self.same(*quantity)
            }
            (Shape::InOrder, of) if of.ordered() && !of.is_number() && self.quantity.is_none() => {
                match &self.value {
                    Some(earlier) if earlier.either(of) == Type::Any => {
                        Taken::Not(earlier.to_string())
                    }
                    _ => self.kept(of),
                }
            }
            (Shape::Size, Type::Months | Type::Duration) => self.kept(of),
            (Shape::Day, Type::Date | Type::Moment) => Taken::Fits,
            (Shape::Anything, Type::Function) => Taken::Not("a value".to_owned()),
            (Shape::Anything, _) | (Shape::AnyList, Type::List(_)) => Taken::Fits,
            (Shape::Value, of) => self.kept(of),
            (Shape::Values, Type::List(inner)) => self.kept(inner),
            (Shape::Lists, Type::List(inner)) => match &**inner {
                Type::List(inner) => self.kept(inner),
                other => self.kept(other),
            },
            (Shape::Numbers | Shape::Sizes | Shape::Ordered, Type::List(inner)) => match &**inner {
                Type::Number(quantity) => self.same(*quantity),
                // No elements: what follows is said when it is computed. A sum of nothing has no unit.
                Type::Null if takes != Shape::Sizes => self.kept(inner),
                Type::Months | Type::Duration if takes != Shape::Numbers => self.kept(inner),
                other if takes == Shape::Ordered && other.ordered() => self.kept(other),
                _ => Taken::Not(takes.to_string()),
            },
            _ => Taken::Not(takes.to_string()),
        }
    }

    fn same(&mut self, quantity: Quantity) -> Taken {
        match self.quantity {
            Some(earlier) => match earlier.with(quantity) {
                Some(both) => self.quantity = Some(both),
                None => return Taken::Unit(earlier),
            },
            None => self.quantity = Some(quantity),
        }
        Taken::Fits
    }

    fn kept(&mut self, of: &Type) -> Taken {
        let joined = match &self.value {
            Some(earlier) => earlier.either(of),
            None => of.clone(),
        };
        self.value = Some(joined);
        Taken::Fits
    }

    fn result(&self, shape: Shape) -> Type {
        if let Some(fixed) = shape.fixed() {
            return fixed;
        }
        let number = self.quantity.map(Type::Number);
        let value = number.clone().or_else(|| self.value.clone()).unwrap_or(Type::Any);
        match shape {
            Shape::Same | Shape::Number => number.unwrap_or(Type::PLAIN),
            Shape::Values | Shape::Numbers | Shape::Sizes | Shape::Ordered | Shape::Lists => {
                value.list()
            }
            Shape::AnyList => Type::Any.list(),
            Shape::Anything => Type::Any,
            _ => value,
        }
    }
}
