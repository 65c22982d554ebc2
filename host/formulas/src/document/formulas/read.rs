//! The formulas of a document as they are read, before they are checked.

use crate::document::declarations::{Figure, Function, Line};
use crate::document::formulas::{Owner, Work, count};
use crate::document::names::{Columns, used};
use crate::document::reading::{Piece, report};
use crate::error::{Error, Kind};
use crate::parser::parse;
use crate::source::Span;
use crate::syntax::{Expression, Syntax};
use std::collections::BTreeSet;

/// A formula that was read.
pub(super) struct Read<'d> {
    /// What it was read from.
    pub(super) piece: &'d Piece,
    /// The part of that which it is, and where in it.
    pub(super) text: &'d str,
    pub(super) offset: u32,
    /// Which formula of its owner it is; empty where it is the formula itself.
    pub(super) part: &'static str,
    pub(super) expression: Expression,
}

/// A formula that others may refer to, by its name.
pub(super) enum Named<'d> {
    Function(&'d Function, Read<'d>),
    Figure(usize, &'d Figure, Read<'d>),
    Line(usize, &'d Line, Box<LineFormulas<'d>>),
}

pub(super) struct LineFormulas<'d> {
    pub(super) each: Option<(String, Read<'d>)>,
    pub(super) when: Option<Read<'d>>,
    pub(super) subject: Option<Read<'d>>,
    pub(super) amount: Read<'d>,
}

impl<'d> Work<'d> {
    /// Reads all formulas that have names.
    pub(super) fn read(&mut self) -> Vec<Named<'d>> {
        let declarations = self.declarations;
        let mut all = Vec::new();
        for function in &declarations.functions {
            if let Some(read) = self.parsed(&function.formula, "") {
                all.push(Named::Function(function, read));
            }
        }
        for (position, figure) in declarations.figures.iter().enumerate() {
            if let Some(read) = self.parsed(&figure.formula, "") {
                all.push(Named::Figure(position, figure, read));
            }
        }
        for (position, line) in declarations.lines.iter().enumerate() {
            let each = line.each.as_ref().and_then(|each| self.each(each));
            let when = line.when.as_ref().and_then(|when| self.parsed(when, "when"));
            let subject = line.subject.as_ref().and_then(|subject| self.parsed(subject, "subject"));
            if let Some(amount) = self.parsed(&line.formula, "") {
                let formulas = Box::new(LineFormulas { each, when, subject, amount });
                all.push(Named::Line(position, line, formulas));
            }
        }
        all
    }

    pub(super) fn parsed(&mut self, piece: &'d Piece, part: &'static str) -> Option<Read<'d>> {
        self.parsed_from(piece, part, 0)
    }

    /// Reads what stands in a text from a byte on.
    fn parsed_from(
        &mut self,
        piece: &'d Piece,
        part: &'static str,
        from: usize,
    ) -> Option<Read<'d>> {
        let text = piece.text.get(from..).unwrap_or_default();
        let offset = count(from);
        match parse(text) {
            Ok(expression) => Some(Read { piece, text, offset, part, expression }),
            Err(error) => {
                self.found(piece, offset, error);
                None
            }
        }
    }

    /// `entry in entries`
    pub(super) fn each(&mut self, piece: &'d Piece) -> Option<(String, Read<'d>)> {
        let name = piece.text.split_once(" in ").map(|(name, _)| name.trim());
        let is_name = |name: &str| matches!(parse(name), Ok(Expression { is: Syntax::Name(found), .. }) if found == name);
        match name.filter(|name| is_name(name)) {
            Some(name) => {
                let from = piece.text.find(" in ").map_or(0, |place| place + " in ".len());
                self.parsed_from(piece, "each", from).map(|read| (name.to_owned(), read))
            }
            None => {
                let found = format!("`{}`", crate::parser::shortened(&piece.text));
                let error = Error::new(Kind::Syntax, piece.span, "`name in list`", found);
                report(&mut self.errors, error);
                None
            }
        }
    }

    /// An error of a formula, at its place in the document.
    pub(super) fn found(&mut self, piece: &Piece, offset: u32, mut error: Error) {
        let Span { start, end } = error.span;
        error.span = piece.place(self.text, Span { start: start + offset, end: end + offset });
        report(&mut self.errors, error);
    }
}

impl<'d> Named<'d> {
    pub(super) fn owner(&self) -> Owner<'d> {
        match self {
            Self::Function(function, _) => Owner::of(&function.name, &function.citation),
            Self::Figure(_, figure, _) => Owner::of(&figure.name, &figure.citation),
            Self::Line(_, line, _) => Owner::of(&line.item, &line.citation),
        }
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Function(function, _) => &function.name.text,
            Self::Figure(_, figure, _) => &figure.name.text,
            Self::Line(_, line, _) => &line.item.text,
        }
    }

    pub(super) fn span(&self) -> Span {
        match self {
            Self::Function(function, _) => function.name.span,
            Self::Figure(_, figure, _) => figure.name.span,
            Self::Line(_, line, _) => line.item.span,
        }
    }

    /// The names that it uses and does not bind.
    pub(super) fn uses(&self, columns: &Columns) -> BTreeSet<String> {
        match self {
            Self::Function(function, read) => {
                let bound: Vec<String> = function
                    .parameters
                    .iter()
                    .map(|parameter| parameter.name.text.clone())
                    .collect();
                used(&read.expression, &bound, columns)
            }
            Self::Figure(_, _, read) => used(&read.expression, &[], columns),
            Self::Line(_, _, formulas) => {
                let bound: Vec<String> =
                    formulas.each.iter().map(|(name, _)| name.clone()).collect();
                let within =
                    [Some(&formulas.amount), formulas.when.as_ref(), formulas.subject.as_ref()];
                let mut all: BTreeSet<String> = within
                    .into_iter()
                    .flatten()
                    .flat_map(|read| used(&read.expression, &bound, columns))
                    .collect();
                all.extend(
                    formulas.each.iter().flat_map(|(_, list)| used(&list.expression, &[], columns)),
                );
                all
            }
        }
    }
}
