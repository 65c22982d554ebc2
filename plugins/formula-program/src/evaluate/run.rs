//! One evaluation of a program, from its schedule to its findings.

use crate::evaluate::MAXIMUM_VISITS;
use crate::fault::Fault;
use crate::inputs::{Finding, Inputs, Outcome};
use crate::node::Node;
use crate::operand::{ConstantId, FigureId, NodeId, Slot};
use crate::prepare::Plan;
use crate::program::{Program, Refusal, Step};
use crate::value::{Row, Rows, Value};
use core::marker::PhantomData;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// A value, or why there is none.
pub(crate) type Evaluated<T> = Result<T, Box<Fault>>;

/// Parameters for as long as one evaluation: their values live longer.
pub(crate) struct During<'r, 'a, P> {
    parameters: &'r P,
    lifetime: PhantomData<&'a ()>,
}

impl<'r, 'a, P: Inputs<'a>> During<'r, 'a, P> {
    pub(crate) fn new(parameters: &'r P) -> Self {
        Self { parameters, lifetime: PhantomData }
    }
}

impl<'a: 'v, 'v, P: Inputs<'a>> Inputs<'v> for During<'_, 'a, P> {
    #[inline]
    fn scalar(&self, position: u32) -> Value<'v> {
        self.parameters.scalar(position)
    }

    #[inline]
    fn rows(&self, position: u32) -> u32 {
        self.parameters.rows(position)
    }

    #[inline]
    fn cell(&self, position: u32, row: u32, column: u32) -> Value<'v> {
        self.parameters.cell(position, row, column)
    }

    #[inline]
    fn columns(&self, position: u32) -> u32 {
        self.parameters.columns(position)
    }
}

/// Whether a figure was computed.
#[derive(Clone, Debug)]
enum Computed<'v> {
    NotYet,
    Value(Value<'v>),
    Fault(Box<Fault>),
}

/// One evaluation.
pub(crate) struct Run<'v, 'r, P, F> {
    pub(crate) program: &'r Program<'v>,
    pub(crate) plan: &'r Plan<'v>,
    pub(crate) parameters: &'r P,
    pub(crate) facts: &'r F,
    slots: Vec<Value<'v>>,
    figures: Vec<Computed<'v>>,
    /// Figures in the order in which they were computed, for the explanation.
    order: Vec<FigureId>,
    /// The figure that is being computed.
    pub(crate) formula: Option<FigureId>,
    visits: u32,
}

impl<'v, 'r, P: Inputs<'v>, F: Inputs<'v>> Run<'v, 'r, P, F> {
    pub(crate) fn new(
        program: &'r Program<'v>,
        plan: &'r Plan<'v>,
        parameters: &'r P,
        facts: &'r F,
    ) -> Self {
        let slots = (0..program.slots).map(|_| Value::None).collect();
        let figures = program.figures.iter().map(|_| Computed::NotYet).collect();
        Self { slots, figures, ..Self::of_known(program, plan, parameters, facts) }
    }

    /// For nodes that need neither facts, figures nor names.
    pub(crate) fn of_known(
        program: &'r Program<'v>,
        plan: &'r Plan<'v>,
        parameters: &'r P,
        facts: &'r F,
    ) -> Self {
        Self {
            program,
            plan,
            parameters,
            facts,
            slots: Vec::new(),
            figures: Vec::new(),
            order: Vec::new(),
            formula: None,
            visits: 0,
        }
    }

    /// All of the program.
    pub(crate) fn all<O: Outcome>(mut self, explain: bool, outcome: &mut O) -> Evaluated<()> {
        let program = self.program;
        for figure in &program.schedule {
            // A fault is raised where somebody asks for the figure: a refusal may say more.
            let _ = self.compute(*figure);
        }
        self.refuse(&program.refusals)?;
        let mut given = 0;
        let mut line_steps: Vec<(u32, &Step, Vec<Value<'v>>, Value<'v>)> = Vec::new();
        for line in &program.lines {
            let mut emit = |run: &mut Self| -> Evaluated<()> {
                if !run.condition(line.when)? {
                    return Ok(());
                }
                let amount = run.number(line.amount)?;
                let subject = run.optional(line.subject)?;
                outcome.line(line.item, amount, subject.as_text());
                if explain && let Some(step) = &line.step {
                    let values = run.shown(step);
                    line_steps.push((given, step, values, Value::Number(amount)));
                }
                given += 1;
                Ok(())
            };
            self.for_each(line.each, &mut emit)?;
        }
        for finding in &program.findings {
            let mut emit = |run: &mut Self| -> Evaluated<()> {
                if !run.condition(Some(finding.when))? {
                    return Ok(());
                }
                let subject = run.optional(finding.subject)?;
                let on = run.optional(finding.on)?;
                let limit = run.optional(finding.limit)?;
                let actual = run.optional(finding.actual)?;
                outcome.finding(Finding {
                    kind: finding.kind,
                    subject: subject.as_text(),
                    on: as_date(&on),
                    limit: as_number(&limit),
                    actual: as_number(&actual),
                });
                Ok(())
            };
            self.for_each(finding.each, &mut emit)?;
        }
        if explain {
            self.explain(outcome);
            for (line, step, values, result) in &line_steps {
                outcome.step(step.kind, Some(*line), values, result);
            }
        }
        Ok(())
    }

    /// Once, or for each element of a list.
    fn for_each(
        &mut self,
        each: Option<(NodeId, Slot)>,
        body: &mut dyn FnMut(&mut Self) -> Evaluated<()>,
    ) -> Evaluated<()> {
        let Some((list, slot)) = each else {
            return body(self);
        };
        let list = self.value(list)?;
        for place in 0..self.length(&list) {
            let element = self.element(&list, place)?;
            self.took(&element);
            self.set(slot, element);
            body(self)?;
        }
        Ok(())
    }

    /// The steps of all figures that were computed, each after those that it shows.
    fn explain<O: Outcome>(&mut self, outcome: &mut O) {
        let mut seen = vec![false; self.figures.len()];
        let mut next = 0;
        // Showing a value may compute a figure that nothing else needed: it is explained, too.
        while let Some(figure) = self.order.get(next).copied() {
            next += 1;
            let mut open: Vec<(FigureId, Option<Vec<Value<'v>>>)> = vec![(figure, None)];
            while let Some((figure, values)) = open.pop() {
                let Some(step) = self.step(figure) else { continue };
                if let Some(values) = values {
                    if let Some(Computed::Value(result)) = self.figures.get(figure.index()) {
                        outcome.step(step.kind, None, &values, result);
                    }
                    continue;
                }
                if seen.get_mut(figure.index()).is_none_or(|seen| core::mem::replace(seen, true)) {
                    continue;
                }
                let values = self.shown(step);
                open.push((figure, Some(values)));
                for argument in &step.arguments {
                    if let Some(Node::Figure { figure }) = self.program.nodes.get(argument.index())
                    {
                        open.push((*figure, None));
                    }
                }
            }
        }
    }

    /// How a figure is explained.
    fn step(&self, figure: FigureId) -> Option<&'r Step> {
        self.program.figures.get(figure.index())?.step.as_ref()
    }

    /// The values that a step shows; none where a branch that was not taken has none.
    fn shown(&mut self, step: &Step) -> Vec<Value<'v>> {
        step.arguments.iter().map(|node| self.value(*node).unwrap_or(Value::None)).collect()
    }

    /// Refuses where a condition holds.
    pub(crate) fn refuse(&mut self, refusals: &'r [Refusal]) -> Evaluated<()> {
        for refusal in refusals {
            if self.condition(Some(refusal.when))? {
                let message = self.value(refusal.message)?;
                let message = message.as_text().unwrap_or("refused").into();
                let citation = refusal.citation.map(|citation| self.constant(citation));
                let citation = citation.as_ref().and_then(Value::as_text).map(Box::from);
                let place = refusal.place;
                return Err(Box::new(Fault { place, message, citation, placed: true }));
            }
        }
        Ok(())
    }

    fn condition(&mut self, when: Option<NodeId>) -> Evaluated<bool> {
        let Some(when) = when else { return Ok(true) };
        let held = self.boolean(when)?;
        self.facts.held(when, held);
        Ok(held)
    }

    fn optional(&mut self, node: Option<NodeId>) -> Evaluated<Value<'v>> {
        node.map_or(Ok(Value::None), |node| self.value(node))
    }

    /// The value of a figure, computed when it is first asked for.
    pub(crate) fn figure(&mut self, figure: FigureId) -> Evaluated<Value<'v>> {
        self.compute(figure)?;
        match self.figures.get(figure.index()) {
            Some(Computed::Value(value)) => Ok(value.clone()),
            _ => Err(self.fault("no such figure", &[])),
        }
    }

    /// The value of a figure that is a number and was computed.
    #[inline]
    pub(crate) fn computed_number(&self, figure: FigureId) -> Option<Decimal> {
        match self.figures.get(figure.index()) {
            Some(Computed::Value(Value::Number(number))) => Some(*number),
            _ => None,
        }
    }

    /// Computes a figure, if it was not yet.
    pub(crate) fn compute(&mut self, figure: FigureId) -> Evaluated<()> {
        match self.figures.get(figure.index()) {
            Some(Computed::Value(_)) => return Ok(()),
            Some(Computed::Fault(fault)) => return Err(fault.clone()),
            _ => {}
        }
        let Some(declared) = self.program.figures.get(figure.index()) else {
            return Err(self.fault("no such figure", &[]));
        };
        let outer = self.formula.replace(figure);
        let value = self.value(declared.node).map_err(|fault| self.of_figure(figure, fault));
        self.formula = outer;
        let Some(place) = self.figures.get_mut(figure.index()) else { return Ok(()) };
        match value {
            Ok(value) => {
                *place = Computed::Value(value);
                self.order.push(figure);
                Ok(())
            }
            Err(fault) => {
                *place = Computed::Fault(fault.clone());
                Err(fault)
            }
        }
    }

    #[inline]
    pub(crate) fn slot(&self, slot: Slot) -> Value<'v> {
        self.slots.get(slot.index()).cloned().unwrap_or(Value::None)
    }

    #[inline]
    pub(crate) fn set(&mut self, slot: Slot, value: Value<'v>) {
        if let Some(place) = self.slots.get_mut(slot.index()) {
            *place = value;
        }
    }

    #[inline]
    pub(crate) fn constant(&self, constant: ConstantId) -> Value<'v> {
        self.program.constants.get(constant.index()).cloned().unwrap_or(Value::None)
    }

    /// A value that a formula found: a row of it is used.
    #[inline]
    pub(crate) fn took(&self, value: &Value<'v>) {
        if let Value::Row(row) = value {
            self.facts.used(*row);
        }
    }

    /// Counts an element that is looked at.
    #[inline]
    pub(crate) fn visit(&mut self) -> Evaluated<()> {
        self.visits += 1;
        if self.visits > MAXIMUM_VISITS {
            return Err(self.fault("the formulas look at too many elements", &[]));
        }
        Ok(())
    }

    /// A cell of a row.
    #[inline]
    pub(crate) fn cell(&self, row: Row, column: u32) -> Value<'v> {
        match row.rows {
            Rows::Fact(position) => self.facts.cell(position, row.row, column),
            Rows::Parameter(position) => self.parameters.cell(position, row.row, column),
        }
    }

    /// How many rows there are.
    pub(crate) fn count(&self, rows: Rows) -> u32 {
        match rows {
            Rows::Fact(position) => self.facts.rows(position),
            Rows::Parameter(position) => self.parameters.rows(position),
        }
    }
}

fn as_date(value: &Value<'_>) -> Option<Date> {
    match value {
        Value::Date(date) => Some(*date),
        _ => None,
    }
}

fn as_number(value: &Value<'_>) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(*number),
        _ => None,
    }
}
