//! Functions whose check or result depends on more than the types of their arguments.

use crate::check::calls::Placed;
use crate::check::operators::literal_text;
use crate::check::{Checker, Typed};
use crate::error::Kind;
use crate::functions::Special;
use crate::source::Span;
use crate::syntax::{Expression, Syntax};
use crate::types::Type;
use stele_formula_program::function::Function as Code;
use stele_formula_program::node::Node;

impl Checker<'_> {
    pub(super) fn special(
        &mut self,
        special: Special,
        placed: &Placed<'_>,
        span: Span,
    ) -> Option<Typed> {
        let given = |place: usize| placed.get(place).and_then(|given| given.first()).copied();
        match special {
            Special::Not => self.negated(given(0)?),
            Special::GetOrElse => self.get_or_else(given(0)?, given(1)?),
            Special::Sort => {
                let typed = self.value(given(0)?)?;
                let (list, element) = self.as_list(typed);
                let (slots, condition) =
                    self.of_elements(given(1)?, &[element.clone(), element.clone()])?;
                let [first, second] = slots.as_slice() else { return None };
                let (first, second) = (*first, *second);
                Some(self.node(Node::Sort { list, first, second, condition }, element.list()))
            }
            Special::ReplaceWhere => {
                let typed = self.value(given(0)?)?;
                let (list, element) = self.as_list(typed);
                let value = self.check(given(2)?)?;
                let types = [element.clone(), value.of.clone()];
                let (slots, condition) = self.of_elements(given(1)?, &types)?;
                let [of_list, new] = slots.as_slice() else { return None };
                let node = Node::ReplaceWhere {
                    list,
                    element: *of_list,
                    new: *new,
                    value: value.node,
                    condition,
                };
                Some(self.node(node, element.either(&value.of).list()))
            }
            Special::GetValue => self.get_value(given(0)?, given(1)?),
            Special::GetEntries => {
                let context = self.value(given(0)?)?;
                let Type::Context(entries) = &context.of else {
                    return self.error(Kind::Type, span, "a context", context.of.to_string());
                };
                let value = entries
                    .iter()
                    .map(|(_, of)| of.clone())
                    .reduce(|one, other| one.either(&other))
                    .unwrap_or(Type::Any);
                let entry = vec![("key".to_owned(), Type::Text), ("value".to_owned(), value)];
                let of = Type::Context(entry.into()).list();
                Some(self.called(Code::GetEntries, &[context.node], of))
            }
            Special::Context => self.context_of(given(0)?),
            Special::ContextPut => {
                let context = self.value(given(0)?);
                let value = self.check(given(2)?);
                let (context, value) = (context?, value?);
                let Some(key) = literal_text(given(1)?) else {
                    let expected = "a key that is written in the formula";
                    return self.error(
                        Kind::Outside,
                        given(1)?.span,
                        expected,
                        "a key that is computed",
                    );
                };
                let Type::Context(entries) = &context.of else {
                    return self.error(Kind::Type, span, "a context", context.of.to_string());
                };
                let of = put(entries.to_vec(), key, value.of.clone());
                let name = self.builder.text(key);
                let nodes = [context.node, name, value.node];
                Some(self.called(Code::ContextPut, &nodes, Type::Context(of.into())))
            }
            Special::ContextMerge => self.merged(given(0)?),
            Special::Duration => {
                let from = given(0)?;
                match literal_text(from) {
                    Some(text) => self.duration_literal(text, from.span),
                    None => {
                        let typed = self.value(from)?;
                        match typed.of {
                            Type::Months | Type::Duration => Some(typed),
                            of if of.is_text() => self.error(
                                Kind::Outside,
                                from.span,
                                "a duration that is written in the formula",
                                "a duration of a text that is computed",
                            ),
                            of => self.error(Kind::Type, from.span, "a text", of.to_string()),
                        }
                    }
                }
            }
            Special::Range => self.range_of(given(0)?),
            Special::Tax => self.tax(given(0)?, given(1)?, span),
            Special::RowHolding => self.row_holding(given(0)?, given(1)?),
            Special::RowOf => self.row_of(given(0)?, given(1)?),
        }
    }

    fn negated(&mut self, operand: &Expression) -> Option<Typed> {
        let a = self.boolean(operand)?;
        Some(self.node(Node::Not { a }, Type::Boolean))
    }

    fn get_or_else(&mut self, of: &Expression, default: &Expression) -> Option<Typed> {
        let (a, b) = (self.check(of), self.value(default));
        let (a, b) = (a?, b?);
        if !a.of.comparable(&b.of) {
            let numbers = a.of.present().is_number() && b.of.is_number();
            let kind = if numbers { Kind::Unit } else { Kind::Type };
            return self.error(kind, default.span, a.of.present().to_string(), b.of.to_string());
        }
        let result = match &a.of {
            Type::Null => b.of.clone(),
            of => of.present().either(&b.of),
        };
        Some(self.node(Node::Default { a: a.node, b: b.node }, result))
    }

    fn get_value(&mut self, context: &Expression, key: &Expression) -> Option<Typed> {
        let typed = self.value(context)?;
        let Type::Context(entries) = &typed.of else {
            return self.error(Kind::Type, context.span, "a context", typed.of.to_string());
        };
        let Some(name) = literal_text(key) else {
            let expected = "a key that is written in the formula";
            return self.error(Kind::Outside, key.span, expected, "a key that is computed");
        };
        let found = entries.iter().find(|(other, _)| other == name);
        let of = found.map_or(Type::Null, |(_, of)| of.clone());
        let name = self.builder.text(name);
        Some(self.called(Code::GetValue, &[typed.node, name], of))
    }

    /// The context of entries whose keys are written in the formula.
    fn context_of(&mut self, entries: &Expression) -> Option<Typed> {
        let parts: Vec<&Expression> = match &entries.is {
            Syntax::List(parts) => parts.iter().collect(),
            Syntax::Context(_) => vec![entries],
            _ => {
                let typed = self.check(entries)?;
                return self.error(
                    Kind::Type,
                    entries.span,
                    "a list of entries",
                    typed.of.to_string(),
                );
            }
        };
        let mut types: Vec<(String, Type)> = Vec::new();
        for part in parts {
            let typed = self.check(part)?;
            let written = match &part.is {
                Syntax::Context(written) => written.as_slice(),
                _ => &[],
            };
            let key = written
                .iter()
                .find(|(name, _)| name.text == "key")
                .and_then(|(_, key)| literal_text(key));
            let value = match &typed.of {
                Type::Context(of) => of.iter().find(|(name, _)| name == "value").cloned(),
                _ => None,
            };
            let (Some(key), Some((_, value))) = (key, value) else {
                let expected = "`{key: \"…\", value: …}` with a key that is written in the formula";
                return self.error(Kind::Type, part.span, expected, typed.of.to_string());
            };
            if types.iter().any(|(other, _)| other == key) {
                return self.error(Kind::Duplicate, part.span, "", format!("`{key}`"));
            }
            types.push((key.to_owned(), value));
        }
        let typed = self.value(entries)?;
        let (list, _) = self.as_list(typed);
        Some(self.called(Code::ContextOf, &[list], Type::Context(types.into())))
    }

    fn merged(&mut self, contexts: &Expression) -> Option<Typed> {
        // A list of contexts of different entries has no one type: each is looked at by itself.
        let parts: Vec<&Expression> = match &contexts.is {
            Syntax::List(parts) => parts.iter().collect(),
            _ => vec![contexts],
        };
        let mut entries: Vec<(String, Type)> = Vec::new();
        let mut nodes = Vec::new();
        for part in parts {
            let typed = self.value(part)?;
            let Type::Context(of) = &typed.of else {
                return self.error(Kind::Type, part.span, "a context", typed.of.to_string());
            };
            for (name, of) in of.iter() {
                entries = put(entries, name, of.clone());
            }
            nodes.push(typed.node);
        }
        let elements = self.builder.operands(&nodes);
        let list = self.builder.node(Node::List { elements });
        Some(self.called(Code::ContextMerge, &[list], Type::Context(entries.into())))
    }

    /// The range that a text is: its ends are literals.
    fn range_of(&mut self, from: &Expression) -> Option<Typed> {
        let Some(text) = literal_text(from) else {
            let typed = self.value(from)?;
            if !typed.of.is_text() {
                return self.error(Kind::Type, from.span, "a text", typed.of.to_string());
            }
            let expected = "a range that is written in the formula";
            return self.error(
                Kind::Outside,
                from.span,
                expected,
                "a range of a text that is computed",
            );
        };
        let wrong = "a range of two numbers, texts, dates, times or durations, the first not after the second";
        let parsed = crate::parser::parse(text.trim());
        let Ok(Expression { is: Syntax::Range(low, high, bounds), .. }) = parsed else {
            return self.error(Kind::Literal, from.span, wrong, format!("`{text}`"));
        };
        let literal =
            |end: &Option<Box<Expression>>| end.as_ref().is_none_or(|end| is_literal(end));
        if !literal(&low) || !literal(&high) {
            return self.error(Kind::Literal, from.span, wrong, format!("`{text}`"));
        }
        let mut errors = Vec::new();
        let globals = std::collections::HashMap::new();
        let own = std::collections::HashMap::new();
        // The text of the range is no formula of the document.
        let mut sources = crate::check::sources::Sources::default();
        let made = Checker {
            text: text.trim(),
            builder: self.builder,
            scope: crate::check::scope::Scope::new(&globals),
            own_functions: &own,
            errors: &mut errors,
            sources: &mut sources,
        }
        .range(low.as_deref(), high.as_deref(), bounds, from.span);
        match made {
            Some(range) if self.in_order(range.node) => Some(range),
            _ => self.error(Kind::Literal, from.span, wrong, format!("`{text}`")),
        }
    }

    /// Whether the ends of a range of literals are in order.
    fn in_order(&self, range: stele_formula_program::operand::NodeId) -> bool {
        let program = &self.builder.program;
        let constant =
            |node: &stele_formula_program::operand::NodeId| match program.nodes.get(node.index()) {
                Some(Node::Constant { constant }) => program.constants.get(constant.index()),
                Some(Node::Negate { .. } | Node::Opposite { .. }) => None,
                _ => None,
            };
        match program.nodes.get(range.index()) {
            Some(Node::Range { low, high, .. }) => match (constant(low), constant(high)) {
                (Some(low), Some(high)) => stele_formula_program::evaluate::in_order(low, high),
                _ => true,
            },
            _ => false,
        }
    }
}

/// A number, a text, a date, a time or a duration that is written down.
fn is_literal(expression: &Expression) -> bool {
    match &expression.is {
        Syntax::Number | Syntax::Text(_) | Syntax::At(_) => true,
        Syntax::Negate(inner) => matches!(inner.is, Syntax::Number),
        Syntax::Call(name, arguments) => {
            matches!(name.text.as_str(), "date" | "time" | "date and time" | "duration")
                && arguments.iter().all(|argument| matches!(argument.value.is, Syntax::Text(_)))
        }
        _ => false,
    }
}

/// Entries with one more, or with another in its place.
fn put(mut entries: Vec<(String, Type)>, name: &str, of: Type) -> Vec<(String, Type)> {
    match entries.iter_mut().find(|(other, _)| other == name) {
        Some((_, place)) => *place = of,
        None => entries.push((name.to_owned(), of)),
    }
    entries
}
