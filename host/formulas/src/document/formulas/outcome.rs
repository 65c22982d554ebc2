//! What formulas come to in an outcome: lines, findings, refusals.

use crate::check::Typed;
use crate::document::declarations::{Finding, Line, Refusal};
use crate::document::formulas::read::{LineFormulas, Read};
use crate::document::formulas::{Owner, Shown, Work, count};
use crate::document::names::used;
use crate::document::reading::{Piece, report};
use crate::error::{Error, Kind};
use crate::types::Type;
use std::collections::BTreeSet;
use stele_formula_program::fault::{Cell, Place};
use stele_formula_program::node::Node;
use stele_formula_program::operand::{NodeId, Slot};
use stele_formula_program::program;
use stele_formula_program::value::Value;

impl<'d> Work<'d> {
    pub(super) fn line(
        &mut self,
        item: u32,
        line: &Line,
        formulas: &LineFormulas<'d>,
    ) -> (Option<program::Line>, Shown) {
        let each = self.bound(formulas.each.as_ref());
        let bound: Vec<_> =
            each.iter().map(|(name, _, slot, of)| (name.as_str(), *slot, of.clone())).collect();
        let when = formulas.when.as_ref().and_then(|when| self.condition(when, &bound));
        let holds = formulas.when.as_ref().map(|when| &when.expression);
        let amount = self.amount(&formulas.amount, &bound, holds, line.unit.as_deref());
        let subject =
            formulas.subject.as_ref().and_then(|subject| self.text(subject, &bound, holds));
        let shown = Shown::of(amount.as_ref());
        let Some(amount) = amount else {
            self.figure(&line.item.text, None);
            return (None, Shown::default());
        };
        let zero = self.builder.constant(Value::Number(0.into()));
        let given = match when {
            Some(when) => self.builder.node(Node::Choose { a: when, b: amount.node, c: zero }),
            None => amount.node,
        };
        let each = each.as_ref().map(|(_, list, slot, _)| (*list, *slot));
        let whole = match each {
            // What others refer to is the sum of all lines of the item.
            Some((list, slot)) => {
                let all = self.builder.node(Node::Each { list, slot, body: given });
                let arguments = self.builder.operands(&[all]);
                let function = stele_formula_program::function::Function::SumOf;
                self.builder.node(Node::Call { function, arguments })
            }
            None => given,
        };
        let figure = self.figure(&line.item.text, Some(Typed { node: whole, of: amount.of }));
        let amount = if each.is_some() { amount.node } else { figure };
        let subject = subject.map(|subject| subject.node);
        (Some(program::Line { item, each, when, amount, subject, step: None }), shown)
    }

    /// The list of an `each`, and the name of its elements.
    pub(super) fn bound(
        &mut self,
        each: Option<&(String, Read<'d>)>,
    ) -> Option<(String, NodeId, Slot, Type)> {
        let (name, read) = each?;
        self.used.extend(used(&read.expression, &[], &self.columns));
        let typed = self.checked(read, &[], None)?;
        match &typed.of {
            Type::List(element) => {
                let slot = self.builder.slot();
                Some((name.clone(), typed.node, slot, (**element).clone()))
            }
            other => {
                let error =
                    Error::new(Kind::Type, read.expression.span, "a list", other.to_string());
                self.found(read.piece, read.offset, error);
                None
            }
        }
    }

    pub(super) fn findings(&mut self) {
        let declarations = self.declarations;
        for (finding, kind) in declarations.findings.iter().zip(0..) {
            if let Some(made) = self.finding(finding, kind) {
                self.builder.program.findings.push(made);
            }
        }
    }

    pub(super) fn finding(&mut self, finding: &'d Finding, kind: u32) -> Option<program::Finding> {
        self.of = Owner::of(&finding.name, &finding.citation);
        let each = finding.each.as_ref().and_then(|each| self.each(each));
        let each = self.bound(each.as_ref());
        let bound: Vec<_> =
            each.iter().map(|(name, _, slot, of)| (name.as_str(), *slot, of.clone())).collect();
        let read = self.parsed(&finding.when, "when");
        self.uses(read.as_ref(), &bound);
        let when = read.as_ref().and_then(|read| self.condition(read, &bound));
        let holds = read.as_ref().map(|read| &read.expression);
        let part = |work: &mut Self,
                    (piece, part): (&'d Option<Piece>, &'static str),
                    expected: &str,
                    is: &dyn Fn(&Type) -> bool| {
            let read = piece.as_ref().and_then(|piece| work.parsed(piece, part));
            work.uses(read.as_ref(), &bound);
            let read = read?;
            work.typed(&read, &bound, holds, expected, is).map(|typed| typed.node)
        };
        let subject =
            part(self, (&finding.subject, "subject"), "a text", &|of| of.present().is_text());
        let on = part(self, (&finding.on, "on"), "a date", &|of| *of.present() == Type::Date);
        let limit =
            part(self, (&finding.limit, "limit"), "a number", &|of| of.present().is_number());
        let actual =
            part(self, (&finding.actual, "actual"), "a number", &|of| of.present().is_number());
        let each = each.map(|(_, list, slot, _)| (list, slot));
        Some(program::Finding { kind, each, when: when?, subject, on, limit, actual })
    }

    pub(super) fn uses(&mut self, read: Option<&Read<'_>>, bound: &[(&str, Slot, Type)]) {
        let bound: Vec<String> = bound.iter().map(|(name, ..)| (*name).to_owned()).collect();
        if let Some(read) = read {
            self.used.extend(used(&read.expression, &bound, &self.columns));
        }
    }

    pub(super) fn refusals(&mut self) {
        let declarations = self.declarations;
        let parameters: BTreeSet<&str> =
            declarations.parameters.iter().map(|field| field.name.text.as_str()).collect();
        for refusal in &declarations.refusals {
            let Some(place) = self.place(refusal) else { continue };
            self.of = Owner {
                name: refusal.about().map_or("refusal", |about| &about.text),
                citation: refusal.citation.as_deref(),
            };
            let Some(read) = self.parsed(&refusal.when, "refusal") else { continue };
            let names = used(&read.expression, &[], &self.columns);
            // A function of the rule's own may ask for facts.
            let of_others = |name: &String| {
                self.globals.contains_key(name) || self.own_functions.contains_key(name)
            };
            let of_parameters =
                names.iter().all(|name| parameters.contains(name.as_str()) || !of_others(name));
            self.used.extend(names);
            let branches = self.sources.branches().len();
            let Some(when) = self.condition(&read, &[]) else { continue };
            let message = self.builder.text(&refusal.message);
            let citation = refusal.citation.as_ref().map(|cited| self.builder.text_id(cited));
            let made = program::Refusal { when, place, message, citation };
            if of_parameters {
                // It is asked when a ruleset is published, and no case comes through it.
                self.conditions.pop();
                self.sources.forget_branches(branches);
                self.builder.program.checks.push(made);
            } else {
                self.builder.program.refusals.push(made);
            }
        }
    }

    /// What a refusal is about.
    pub(super) fn place(&mut self, refusal: &Refusal) -> Option<Place> {
        let declarations = self.declarations;
        let (name, fields, what) = match (&refusal.fact, &refusal.parameter) {
            (Some(fact), _) => (fact, &declarations.facts, "a fact"),
            (None, Some(parameter)) => (parameter, &declarations.parameters, "a parameter"),
            (None, None) => return Some(Place::Whole),
        };
        match fields.iter().position(|field| field.name.text == name.text) {
            Some(position) if refusal.fact.is_some() => {
                Some(Place::Fact(Cell::whole(count(position))))
            }
            Some(position) => Some(Place::Parameter(Cell::whole(count(position)))),
            None => {
                let names = fields.iter().map(|field| field.name.text.as_str());
                let near = crate::error::nearest(&name.text, names);
                let error = Error::new(Kind::UnknownName, name.span, what, &name.text).near(near);
                report(&mut self.errors, error);
                None
            }
        }
    }
}
