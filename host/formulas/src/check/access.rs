//! Paths and filters: entries of contexts, columns of tables, elements of lists, properties of dates.

use crate::check::scope::entry;
use crate::check::{Checker, Typed};
use crate::error::{Error, Kind, nearest};
use crate::syntax::{Expression, Syntax, Word};
use crate::types::Type;
use stele_formula_program::function::Function as Code;
use stele_formula_program::node::Node;
use stele_formula_program::operand::{NodeId, Slot};

impl Checker<'_> {
    /// A path: `whole` is all of it, for what is known of it.
    pub(super) fn path(
        &mut self,
        whole: &Expression,
        of: &Expression,
        word: &Word,
    ) -> Option<Typed> {
        let typed = self.value(of)?;
        let mut found = self.member(&typed, word)?;
        if let Type::Optional(inner) = &found.of
            && self.scope.is_present(whole)
        {
            found.of = (**inner).clone();
        }
        Some(found)
    }

    fn member(&mut self, typed: &Typed, word: &Word) -> Option<Typed> {
        if let Type::List(inner) = &typed.of {
            let slot = self.builder.slot();
            let element = self.builder.node(Node::Local { slot });
            let element = self.present(self.made(element, (**inner).clone()), word.span)?;
            let member = self.member(&element, word)?;
            let node = Node::Each { list: typed.node, slot, body: member.node };
            return Some(self.node(node, member.of.list()));
        }
        if let Some(found) = entry(&typed.of, typed.node, &word.text, self.builder) {
            return Some(found);
        }
        if let Some((code, of)) = property(&typed.of, &word.text) {
            return Some(self.called(code, &[typed.node], of));
        }
        let names: Vec<&str> = match &typed.of {
            Type::Context(entries) => entries.iter().map(|(name, _)| name.as_str()).collect(),
            Type::Row(table) => table.columns.iter().map(|column| column.name.as_str()).collect(),
            other => PROPERTIES
                .iter()
                .filter(|(name, _)| property(other, name).is_some())
                .map(|(name, _)| *name)
                .collect(),
        };
        let near = nearest(&word.text, names.iter().copied());
        let error = Error::new(Kind::UnknownEntry, word.span, names.join(", "), &word.text);
        self.report(error.near(near))
    }

    /// A call of a built-in function.
    pub(super) fn called(&mut self, function: Code, arguments: &[NodeId], of: Type) -> Typed {
        let arguments = self.builder.operands(arguments);
        self.node(Node::Call { function, arguments }, of)
    }

    /// An element by its place, or the elements for which a condition holds.
    pub(super) fn filter(&mut self, of: &Expression, condition: &Expression) -> Option<Typed> {
        // `list[condition][1]` is the first for which it holds: the others are not looked at.
        if let (Syntax::Filter(list, inner), Syntax::Number) = (&of.is, &condition.is)
            && condition.span.of(self.text) == "1"
        {
            let typed = self.value(list)?;
            let (list, element) = self.as_list(typed);
            return match self.condition(&element, inner)? {
                (slot, Condition::Holds(condition)) => {
                    let node = Node::FirstWhere { list, slot, condition };
                    Some(self.node(node, element.found()))
                }
                (_, Condition::Place(place)) => {
                    let node = self.builder.node(Node::Element { list, place });
                    let place = self.number(condition)?.0;
                    // An element is a list of one.
                    let elements = self.builder.operands(&[node]);
                    let list = self.builder.node(Node::List { elements });
                    Some(self.node(Node::Element { list, place }, element.found()))
                }
            };
        }
        let typed = self.value(of)?;
        let (list, element) = self.as_list(typed);
        match self.condition(&element, condition)? {
            (slot, Condition::Holds(condition)) => {
                Some(self.node(Node::Filter { list, slot, condition }, element.list()))
            }
            (_, Condition::Place(place)) => {
                Some(self.node(Node::Element { list, place }, element.found()))
            }
        }
    }

    /// A value as a list and the type of its elements: one that is no list is a list of one.
    pub(super) fn as_list(&mut self, typed: Typed) -> (NodeId, Type) {
        match typed.of {
            Type::List(element) => (typed.node, (*element).clone()),
            of => {
                let elements = self.builder.operands(&[typed.node]);
                (self.builder.node(Node::List { elements }), of)
            }
        }
    }

    fn condition(&mut self, element: &Type, condition: &Expression) -> Option<(Slot, Condition)> {
        let slot = self.builder.slot();
        self.scope.bind_element(slot, element.clone());
        let known = self.scope.known();
        let typed = self.value(condition);
        self.scope.forget(known);
        self.scope.unbind();
        let typed = typed?;
        match typed.of {
            Type::Boolean => Some((slot, Condition::Holds(typed.node))),
            Type::Number(_) => Some((slot, Condition::Place(typed.node))),
            other => {
                self.error(Kind::Type, condition.span, "a condition or a place", other.to_string())
            }
        }
    }
}

/// What stands in the brackets of a filter.
enum Condition {
    Holds(NodeId),
    Place(NodeId),
}

/// The properties of dates, times, durations and ranges.
const PROPERTIES: [(&str, Code); 17] = [
    ("year", Code::Year),
    ("month", Code::Month),
    ("day", Code::Day),
    ("weekday", Code::Weekday),
    ("hour", Code::Hour),
    ("minute", Code::Minute),
    ("second", Code::Second),
    ("time offset", Code::TimeOffset),
    ("years", Code::Years),
    ("months", Code::Months),
    ("days", Code::Days),
    ("hours", Code::Hours),
    ("minutes", Code::Minutes),
    ("seconds", Code::Seconds),
    ("start", Code::RangeStart),
    ("end", Code::RangeEnd),
    ("start included", Code::RangeStartIncluded),
];

/// The property of a value of this type, and its own type.
fn property(of: &Type, name: &str) -> Option<(Code, Type)> {
    if let (Type::Range(_), "end included") = (of, name) {
        return Some((Code::RangeEndIncluded, Type::Boolean));
    }
    let (_, code) = PROPERTIES.iter().find(|(other, _)| *other == name)?;
    let result = match (code, of) {
        (Code::Year | Code::Month | Code::Day | Code::Weekday, Type::Date | Type::Moment)
        | (Code::Hour | Code::Minute | Code::Second, Type::Time | Type::Moment)
        | (Code::Years | Code::Months, Type::Months)
        | (Code::Days | Code::Hours | Code::Minutes | Code::Seconds, Type::Duration) => Type::PLAIN,
        (Code::TimeOffset, Type::Time | Type::Moment) => Type::Duration.optional(),
        (Code::RangeStart | Code::RangeEnd, Type::Range(inner)) => (**inner).clone().optional(),
        (Code::RangeStartIncluded, Type::Range(_)) => Type::Boolean,
        _ => return None,
    };
    Some((*code, result))
}
