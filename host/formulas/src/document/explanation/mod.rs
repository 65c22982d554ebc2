//! How every figure and line is explained: the formula as it was written, in the contract's tokens
//! over what the reader knows: facts, parameters, figures, items. What has no token is shown by its
//! value, labelled with its own text.

mod arguments;
mod kinds;
mod tokens;

use crate::builder::Builder;
use crate::check::sources::Sources;
use crate::document::declarations::Declarations;
use crate::document::formulas::Shown;
use std::collections::HashMap;
use stele_formula_program::node::Node;
use stele_formula_program::operand::NodeId;
use stele_formula_program::program::{Program, Step};
use stele_formula_program::value::Value;
use stele_formula_writer::contract::{Argument, Formula, StepKind, Target};

/// Most values of a step, as the contract says.
const MOST_ARGUMENTS: usize = 64;

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
    values: &[Shown],
) -> Explained {
    let mut explained = Explained::default();
    let mut targets: HashMap<String, Target> = HashMap::new();
    for (figure, position) in declarations.figures.iter().zip(0..) {
        targets.insert(figure.name.text.clone(), Target::Figure(position));
    }
    for (line, position) in declarations.lines.iter().zip(0..) {
        targets.insert(line.item.text.clone(), Target::Item(position));
    }
    let given = Given { declarations, sources, targets, values };
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
    /// What each figure, then each line is.
    values: &'d [Shown],
}

impl Given<'_> {
    /// What of a figure or a line is shown.
    fn shown(&self, target: Target) -> Shown {
        let position = match target {
            Target::Figure(figure) => figure as usize,
            Target::Item(item) => self.declarations.figures.len() + item as usize,
        };
        self.values.get(position).copied().unwrap_or_default()
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
        let shown = given.shown(gives);
        if !shown.is_explained() {
            return None;
        }
        let mut walk =
            Walk { builder, given, arguments: Vec::new(), nodes: Vec::new(), within_branch: false };
        let in_tokens = shown.quantity.is_some();
        let tokens = match walk.tokens(node).filter(|_| in_tokens) {
            Some(tokens)
                if tokens.len() <= MOST_TOKENS && walk.arguments.len() <= MOST_ARGUMENTS =>
            {
                tokens
            }
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
    /// Within a branch that may not be taken: what it needs may not be there.
    within_branch: bool,
}
