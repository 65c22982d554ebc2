//! `instance of`: decided from the type where it is checked.

use crate::check::{Checker, Typed};
use crate::error::Kind;
use crate::syntax::{Expression, Named};
use crate::types::Type;
use stele_formula_program::node::Node;
use stele_formula_program::value::Value;

impl Checker<'_> {
    pub(super) fn instance_of(&mut self, of: &Expression, named: &Named) -> Option<Typed> {
        let typed = self.check(of)?;
        self.known(named)?;
        let conforms = conforms(typed.of.present(), named);
        match (&typed.of, conforms) {
            (Type::Optional(_) | Type::Found(_), Some(true)) => {
                let missing = self.builder.node(Node::IsNone { a: typed.node });
                Some(self.node(Node::Not { a: missing }, Type::Boolean))
            }
            (_, Some(conforms)) => {
                let node = self.builder.constant(Value::Boolean(conforms));
                Some(self.made(node, Type::Boolean))
            }
            (_, None) => {
                let expected = "a value whose type is known";
                self.error(
                    Kind::Outside,
                    of.span,
                    expected,
                    "`instance of` of a value of no one type",
                )
            }
        }
    }

    fn known(&mut self, named: &Named) -> Option<()> {
        const SIMPLE: [&str; 14] = [
            "Any",
            "Null",
            "number",
            "string",
            "boolean",
            "date",
            "time",
            "date and time",
            "days and time duration",
            "years and months duration",
            "list",
            "context",
            "range",
            "function",
        ];
        match named {
            Named::Simple(word) if SIMPLE.contains(&word.text.as_str()) => Some(()),
            Named::Simple(word) => {
                self.error(Kind::UnknownName, word.span, "a type of FEEL", word.text.clone())
            }
            Named::List(inner) | Named::Range(inner) => self.known(inner),
            Named::Context(entries) => entries.iter().try_for_each(|(_, inner)| self.known(inner)),
            Named::Function => Some(()),
        }
    }
}

/// Whether values of a type are of the named one; none where only the value would tell.
fn conforms(of: &Type, named: &Named) -> Option<bool> {
    Some(match (of, named) {
        (Type::Null, Named::Simple(word)) => word.text == "Null",
        (Type::Null, _) => false,
        (_, Named::Simple(word)) if word.text == "Any" => true,
        (Type::Any, _) => return None,
        (Type::List(inner), Named::List(element)) => {
            // A list without elements is a list of anything.
            if **inner == Type::Null { true } else { conforms(inner, element)? }
        }
        (Type::Optional(_) | Type::Found(_), _) => return None,
        (Type::Range(inner), Named::Range(end)) => conforms(inner, end)?,
        (Type::Context(entries), Named::Context(named)) => {
            for (name, inner) in named {
                match entries.iter().find(|(other, _)| *other == name.text) {
                    Some((_, of)) => {
                        if !conforms(of, inner)? {
                            return Some(false);
                        }
                    }
                    None => return Some(false),
                }
            }
            true
        }
        (Type::Function, Named::Function) => return None,
        (of, Named::Simple(word)) => matches!(
            (of, word.text.as_str()),
            (Type::Number(_), "number")
                | (Type::Text | Type::Choice(_), "string")
                | (Type::Boolean, "boolean")
                | (Type::Date, "date")
                | (Type::Time, "time")
                | (Type::Moment, "date and time")
                | (Type::Duration, "days and time duration")
                | (Type::Months, "years and months duration")
                | (Type::List(_), "list")
                | (Type::Context(_) | Type::Row(_), "context")
                | (Type::Range(_), "range")
                | (Type::Function, "function")
        ),
        _ => false,
    })
}
