//! The tables of the parameters, as those nodes need them that look an amount up.

use crate::inputs::Inputs;
use crate::node::{Limits, Node, TaxMethod};
use crate::operand::NodeId;
use crate::prepare::column::Column;
use crate::prepare::schedule::Schedule;
use crate::program::Program;

/// Most nodes that are followed to the tables which a formula chooses between.
const MOST_NODES: usize = 32;

/// A parameter, what the limit of its rows says, and the columns that are used.
type Key = (u32, u8, u32, u32);

/// Tables, in the order of their keys; none for one whose rows are not in order.
#[derive(Default, Debug)]
pub(crate) struct Tables {
    columns: Vec<(Key, Option<Column>)>,
    schedules: Vec<(Key, Option<Schedule>)>,
}

impl Tables {
    /// Prepares the tables that a node may look an amount up in.
    pub(super) fn prepare<'a>(
        &mut self,
        node: Node,
        program: &Program<'a>,
        parameters: &impl Inputs<'a>,
    ) {
        let (rows, limits, limit, rate) = match node {
            Node::Tax { rows, limits, limit, rate, method: TaxMethod::Marginal, .. } => {
                (rows, limits, limit, Some(rate))
            }
            Node::Tax { rows, limits, limit, .. }
            | Node::RowHolding { rows, limits, limit, .. }
            | Node::TaxRows { rows, limits, limit, .. } => (rows, limits, limit, None),
            _ => return,
        };
        for parameter in parameters_of(rows, program) {
            match rate {
                Some(rate) => {
                    let key = (parameter, limits as u8, limit, rate);
                    if let Err(place) = self.schedules.binary_search_by_key(&key, |(key, _)| *key) {
                        let schedule = Schedule::of(parameters, parameter, (limits, limit, rate));
                        self.schedules.insert(place, (key, schedule));
                    }
                }
                None => {
                    let key = (parameter, limits as u8, limit, 0);
                    if let Err(place) = self.columns.binary_search_by_key(&key, |(key, _)| *key) {
                        let column = Column::of(parameters, parameter, limits, limit);
                        self.columns.insert(place, (key, column));
                    }
                }
            }
        }
    }

    /// The schedule of a parameter's rows, if they are in order.
    pub(crate) fn schedule(
        &self,
        parameter: u32,
        limits: Limits,
        limit: u32,
        rate: u32,
    ) -> Option<&Schedule> {
        let key = (parameter, limits as u8, limit, rate);
        let place = self.schedules.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        self.schedules.get(place)?.1.as_ref()
    }

    /// The limits of a parameter's rows, if they are in order.
    pub(crate) fn column(&self, parameter: u32, limits: Limits, limit: u32) -> Option<&Column> {
        let key = (parameter, limits as u8, limit, 0);
        let place = self.columns.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        self.columns.get(place)?.1.as_ref()
    }
}

/// The parameters whose rows a node may be, as far as few nodes say it.
fn parameters_of(rows: NodeId, program: &Program<'_>) -> Vec<u32> {
    let (mut open, mut found) = (vec![rows], Vec::new());
    for _ in 0..MOST_NODES {
        match open.pop().and_then(|node| program.nodes.get(node.index())) {
            Some(Node::ParameterRows { parameter }) => found.push(parameter.0),
            Some(Node::Choose { b, c, .. }) => open.extend([*c, *b]),
            Some(_) => {}
            None => break,
        }
    }
    found
}
