//! The order in which formulas are checked: what a formula needs comes before it.

use std::collections::{BTreeSet, HashMap};

use crate::limits::MOST_ERRORS;

/// Names at each end of a long cycle that are named: a cycle may be as long as the document.
const ENDS: usize = 4;

/// What comes before what.
pub(super) struct Order {
    /// The positions; each comes after what it needs, but for those of `closing`.
    pub(super) positions: Vec<usize>,
    /// The positions that something needs which they need themselves.
    pub(super) closing: BTreeSet<usize>,
    /// So many of the cycles as are reported.
    pub(super) cycles: Vec<Cycle>,
}

/// Formulas that need each other.
pub(super) struct Cycle {
    /// The position of the first.
    pub(super) first: usize,
    /// Their names, with the first at both ends.
    pub(super) way: String,
}

/// Formulas by name with what each needs, in the order of the document.
pub(super) struct Needs {
    names: Vec<String>,
    needs: Vec<Vec<usize>>,
}

impl Needs {
    pub(super) fn of(formulas: Vec<(String, BTreeSet<String>)>) -> Self {
        let positions: HashMap<String, usize> = formulas
            .iter()
            .enumerate()
            .map(|(position, (name, _))| (name.clone(), position))
            .collect();
        let needs = formulas
            .iter()
            .map(|(_, used)| used.iter().filter_map(|name| positions.get(name).copied()).collect())
            .collect();
        let names = formulas.into_iter().map(|(name, _)| name).collect();
        Self { names, needs }
    }

    /// The positions in an order in which each comes after what it needs.
    pub(super) fn order(&self) -> Order {
        #[derive(Clone, Copy, PartialEq)]
        enum Seen {
            No,
            Open,
            Done,
        }
        let mut seen = vec![Seen::No; self.names.len()];
        let mut order =
            Order { positions: Vec::new(), closing: BTreeSet::new(), cycles: Vec::new() };
        for start in 0..self.names.len() {
            if seen[start] != Seen::No {
                continue;
            }
            // A stack of our own: a chain of formulas may be as long as the document.
            let mut path: Vec<(usize, usize)> = vec![(start, 0)];
            seen[start] = Seen::Open;
            while let Some((at, next)) = path.last_mut() {
                match self.needs[*at].get(*next).copied() {
                    Some(needed) => {
                        *next += 1;
                        match seen[needed] {
                            Seen::No => {
                                seen[needed] = Seen::Open;
                                path.push((needed, 0));
                            }
                            Seen::Open => {
                                order.closing.insert(needed);
                                if order.cycles.len() < MOST_ERRORS {
                                    let from = path.iter().rposition(|(at, _)| *at == needed);
                                    let within = path.get(from.unwrap_or(0)..).unwrap_or_default();
                                    let way = self.way(within);
                                    order.cycles.push(Cycle { first: needed, way });
                                }
                            }
                            Seen::Done => {}
                        }
                    }
                    None => {
                        seen[*at] = Seen::Done;
                        order.positions.push(*at);
                        path.pop();
                    }
                }
            }
        }
        order
    }

    /// The names of a cycle, with the first at both ends.
    fn way(&self, cycle: &[(usize, usize)]) -> String {
        let named = |(at, _): &(usize, usize)| self.names[*at].as_str();
        let mut names: Vec<&str> = if cycle.len() <= 2 * ENDS {
            cycle.iter().map(named).collect()
        } else {
            let (begin, end) = (&cycle[..ENDS], &cycle[cycle.len() - ENDS..]);
            begin.iter().map(named).chain(["…"]).chain(end.iter().map(named)).collect()
        };
        names.extend(cycle.first().map(named));
        names.join(" → ")
    }
}
