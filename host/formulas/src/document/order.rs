//! The order in which formulas are checked: what a formula needs comes before it.

use std::collections::{BTreeSet, HashMap};

/// Formulas by name with what each needs, in the order of the document.
pub(super) struct Needs {
    names: Vec<String>,
    positions: HashMap<String, usize>,
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
        Self { names, positions, needs }
    }

    /// The positions in an order in which each comes after what it needs; else the cycles, each as
    /// the names that need each other with the first at both ends.
    pub(super) fn order(&self) -> Result<Vec<usize>, Vec<Vec<String>>> {
        #[derive(Clone, Copy, PartialEq)]
        enum Seen {
            No,
            Open,
            Done,
        }
        let mut seen = vec![Seen::No; self.names.len()];
        let (mut order, mut cycles) = (Vec::new(), Vec::new());
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
                                let from = path.iter().position(|(at, _)| *at == needed);
                                let within = path.iter().skip(from.unwrap_or(0)).map(|(at, _)| *at);
                                let within = within.chain([needed]);
                                cycles.push(within.map(|at| self.names[at].clone()).collect());
                            }
                            Seen::Done => {}
                        }
                    }
                    None => {
                        seen[*at] = Seen::Done;
                        order.push(*at);
                        path.pop();
                    }
                }
            }
        }
        if cycles.is_empty() { Ok(order) } else { Err(cycles) }
    }

    /// The position of a formula.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }
}
