//! Which branches of the formulas and which rows of the tables the cases of a version reach. The cases
//! are run as formulas, beside the component, and watched. What they answer is not looked at: the
//! component's answers were.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};

use stele_compute::Turn;
use stele_digest::Digest;
use stele_engine::contract::{Description, Value};
use stele_formula_program::evaluate::Prepared;
use stele_formula_program::inputs::NoFacts;
use stele_formulas::document::reach::Fork;

use super::native::{Given, Unseen, Watched, Ways};
use super::rows::{Row, Table};
use crate::defect::Defect;
use crate::formula_text::FormulaText;
use crate::package::PARAMETERS_FILE;
use crate::parameters::{InForce, Parameters};
use crate::report::{Coverage, Reached};
use crate::scalar::plain_text;

/// Most branches, and most rows, that are named.
const MOST_NAMED: usize = 100;

/// Most rows that are counted, each as often as it changes.
const MOST_ROWS: usize = 1_000_000;

/// Cases that are run before others have their turn; each takes less than it took as a component.
const AT_ONCE: usize = 8;

/// Most characters of a row that are shown.
const LONGEST_ROW: usize = 100;

/// The formulas and tables of a version, for cases to reach.
#[derive(Clone, Copy)]
pub(crate) struct Reachable<'a> {
    pub(crate) formulas: &'a FormulaText,
    pub(crate) description: &'a Description,
    pub(crate) parameters: &'a Parameters,
}

/// A case that reaches the rule.
#[derive(Clone, Copy)]
pub(crate) struct Watchable<'a> {
    pub(crate) in_force: &'a InForce,
    pub(crate) facts: &'a [Value],
}

/// How much the cases reach, and what they do not.
pub(crate) struct Covered {
    pub(crate) coverage: Coverage,
    /// Branches that no case takes.
    pub(crate) branches: Vec<Defect>,
    /// Rows that no case uses.
    pub(crate) rows: Vec<Defect>,
}

impl Reachable<'_> {
    /// Runs the cases and says what they reach; none where the formulas can not be read.
    pub(crate) async fn by(self, cases: &[Watchable<'_>], turn: Turn) -> Option<Covered> {
        let mut reached = Seen::default();
        let mut sets: BTreeMap<Digest, Vec<&Watchable<'_>>> = BTreeMap::new();
        for case in cases {
            sets.entry(case.in_force.digest()).or_default().push(case);
        }
        for cases in sets.values() {
            for cases in cases.chunks(AT_ONCE) {
                turn.pass().await;
                let Some(first) = cases.first() else { continue };
                let ways = self.watch(first.in_force, cases)?;
                reached.add(ways, first.in_force, self);
            }
        }
        let (branches, without) = self.branches(&reached, cases.len());
        let (rows, unused) = self.rows(&reached, cases.len());
        Some(Covered { coverage: Coverage { branches, rows }, branches: without, rows: unused })
    }

    /// Runs cases that have the same parameters.
    fn watch(&self, in_force: &InForce, cases: &[&Watchable<'_>]) -> Option<Ways> {
        let parameters = Given(in_force.values());
        // Parameters that the formulas refuse were refused before.
        let prepared = Prepared::new(self.formulas.program()?, parameters, &NoFacts).ok()?;
        let ways = RefCell::new(Ways::default());
        for case in cases {
            let facts = Watched { facts: Given(case.facts), ways: &ways };
            // A case may expect a refusal: what was come to before it counts.
            let _ = prepared.evaluate(&facts, false, &mut Unseen);
        }
        Some(ways.into_inner())
    }

    /// The table of a parameter.
    fn table(&self, position: usize) -> Option<Table<'_>> {
        Table::of(self.description, self.parameters, position)
    }

    fn branches(&self, reached: &Seen, cases: usize) -> (Reached, Vec<Defect>) {
        let (mut count, mut without) = (Reached::default(), Vec::new());
        for fork in self.formulas.forks() {
            for way in [true, false] {
                count.of += 1;
                let taken = match fork {
                    Fork::If(node) => reached.ways.chosen.contains(&(*node, way)),
                    Fork::When(node) => reached.ways.held.contains(&(*node, way)),
                };
                if taken {
                    count.reached += 1;
                } else if without.len() < MOST_NAMED {
                    without.extend(self.formulas.place(fork.node()).map(|place| {
                        let taken = match (fork, way) {
                            (Fork::If(_), true) => "that takes the first branch of",
                            (Fork::If(_), false) => "that takes the `else` of",
                            (Fork::When(_), true) => "in which there holds",
                            (Fork::When(_), false) => "in which there does not hold",
                        };
                        let expected = format!("a case {taken} `{}` in {}", place.text, place.of);
                        place.defect(expected, none_of(cases))
                    }));
                }
            }
        }
        (count, without)
    }

    fn rows(&self, reached: &Seen, cases: usize) -> (Reached, Vec<Defect>) {
        let (mut count, mut unused) = (Reached::default(), Vec::new());
        for position in 0..self.description.parameters.len() {
            let Some(table) = self.table(position) else { continue };
            let mut seen = HashSet::new();
            for segment in self.parameters.segments(position) {
                for row in table.rows(&segment) {
                    if count.of >= MOST_ROWS || !seen.insert((row.entry, row.row)) {
                        continue;
                    }
                    count.of += 1;
                    if reached.rows.contains(&(position, row.entry, row.row)) {
                        count.reached += 1;
                    } else if unused.len() < MOST_NAMED {
                        let (place, shown) = (table.place(row), shown(&table, row));
                        let expected = format!("a case that uses the row {shown}, {segment}");
                        unused.push(Defect::new(PARAMETERS_FILE, place, expected, none_of(cases)));
                    }
                }
            }
        }
        (count, unused)
    }
}

fn none_of(cases: usize) -> String {
    match cases {
        0 => "no case that reaches the rule".to_owned(),
        cases => format!("none of {cases}"),
    }
}

/// `up_to = 300, rate = 0.2`
fn shown(table: &Table<'_>, row: Row<'_>) -> String {
    let mut shown = String::new();
    for (column, cell) in table.columns.iter().zip(row.cells) {
        if matches!(cell, stele_engine::contract::Scalar::None) {
            continue;
        }
        if shown.chars().count() > LONGEST_ROW {
            shown.push_str(", …");
            break;
        }
        if !shown.is_empty() {
            shown.push_str(", ");
        }
        let text: String = plain_text(&column.kind, cell).chars().take(LONGEST_ROW).collect();
        shown.push_str(&format!("{} = {text}", column.name));
    }
    shown
}

/// What the cases reached so far.
#[derive(Default)]
struct Seen {
    ways: Ways,
    /// Parameter, entry and row of the entry.
    rows: HashSet<(usize, usize, usize)>,
}

impl Seen {
    /// Adds what was seen with one set of parameters.
    fn add(&mut self, ways: Ways, in_force: &InForce, of: Reachable<'_>) {
        self.ways.chosen.extend(ways.chosen);
        self.ways.held.extend(ways.held);
        let mut used: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (parameter, row) in ways.rows {
            used.entry(parameter).or_default().push(row);
        }
        for (parameter, used) in used {
            let position = parameter as usize;
            let Some(table) = of.table(position) else { continue };
            let rows = table.rows_of(in_force.entries(position));
            let found = used.into_iter().filter_map(|row| rows.get(row as usize));
            self.rows.extend(found.map(|row| (position, row.entry, row.row)));
        }
    }
}
