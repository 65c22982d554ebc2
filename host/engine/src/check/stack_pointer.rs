//! Whether a function leaves a global as it found it, however it returns.
//!
//! Compiled languages keep the end of their stack in a global: a function takes its frame off it,
//! and puts it back before it returns. Nothing makes them do so, and a rule could hide a number in
//! it. So each function is walked once with what is known of the global, the local variables and the
//! operands: an unknown number, a constant, or *what the global was at the start plus a constant*.
//! Where two ways meet, only what both know is kept; a loop must bring the global back as it found
//! it. Every function that passes keeps the global if those that it calls do; since all pass, all do.

use std::collections::HashMap;

use wasmparser::{
    BinaryReaderError, FuncValidator, FunctionBody, Operator, OperatorsReader, WasmModuleResources,
};

/// A known number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Constant(i32),
    /// The global's first value plus so much.
    Start(i32),
}

/// What is known at a place of the function.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    global: Option<Known>,
    /// The local variables that hold what the global was at the start plus so much.
    locals: Vec<(u32, i32)>,
}

impl State {
    /// What both know.
    fn join(self, other: Self) -> Self {
        let global = self.global.filter(|_| self.global == other.global);
        let locals = self.locals.into_iter().filter(|known| other.locals.contains(known));
        Self { global, locals: locals.collect() }
    }

    fn local(&self, local: u32) -> Option<Known> {
        let known = self.locals.iter().find(|(known, _)| *known == local);
        known.map(|(_, more)| Known::Start(*more))
    }

    fn set_local(&mut self, local: u32, value: Option<Known>) {
        self.locals.retain(|(known, _)| *known != local);
        if let Some(Known::Start(more)) = value {
            self.locals.push((local, more));
        }
    }
}

fn join(one: Option<State>, other: Option<State>) -> Option<State> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.join(other)),
        (one, other) => one.or(other),
    }
}

/// A block that is open. States that are none were not reached.
#[derive(Debug, Default)]
struct Block {
    /// In a loop: what the global must be at each way back.
    again: Option<Option<Known>>,
    /// Of an `if` without an `else` so far: what is known when its condition does not hold.
    otherwise: Option<State>,
    /// What is known where branches out of it meet.
    exit: Option<State>,
}

/// Where local variables are assigned and loops end, by the number of the instruction.
#[derive(Default)]
struct Assignments {
    of_locals: HashMap<u32, Vec<usize>>,
    ends: HashMap<usize, usize>,
    /// Whether the global is changed at all.
    any: bool,
}

impl Assignments {
    fn read(body: &FunctionBody<'_>, global: u32) -> Result<Self, BinaryReaderError> {
        let mut found = Self::default();
        let mut open = Vec::new();
        for (at, operator) in body.get_operators_reader()?.into_iter().enumerate() {
            match operator? {
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                    found.of_locals.entry(local_index).or_default().push(at);
                }
                Operator::GlobalSet { global_index } => found.any |= global_index == global,
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                    open.push(at);
                }
                Operator::End => {
                    found.ends.extend(open.pop().map(|start| (start, at)));
                }
                _ => {}
            }
        }
        Ok(found)
    }

    /// Whether a local variable is assigned in the block that starts here.
    fn within(&self, local: u32, start: usize) -> bool {
        let end = self.ends.get(&start).copied().unwrap_or(usize::MAX);
        self.of_locals.get(&local).is_some_and(|places| {
            let next = places.partition_point(|place| *place < start);
            places.get(next).is_some_and(|place| *place < end)
        })
    }
}

/// Whether a function keeps the global; none if it is not valid.
pub(super) fn is_kept<T: WasmModuleResources>(
    validator: &mut FuncValidator<T>,
    body: &FunctionBody<'_>,
    global: u32,
) -> Option<bool> {
    let assignments = Assignments::read(body, global).ok()?;
    if !assignments.any {
        return Some(true);
    }
    let mut reader = body.get_binary_reader();
    validator.read_locals(&mut reader).ok()?;
    let mut operators = OperatorsReader::new(reader);
    let mut walk = Walk {
        global,
        assignments,
        state: Some(State { global: Some(Known::Start(0)), locals: Vec::new() }),
        operands: Vec::new(),
        blocks: vec![Block::default()],
        kept: true,
    };
    let mut at = 0;
    while !operators.eof() && walk.kept {
        let offset = operators.original_position();
        let operator = operators.read().ok()?;
        let (taken, given) = operator.operator_arity(validator)?;
        walk.step(at, &operator, taken as usize, given as usize);
        validator.op(offset, &operator).ok()?;
        // Behind a place that is not reached the stack is what the validator says.
        walk.operands.resize(validator.operand_stack_height() as usize, None);
        at += 1;
    }
    Some(walk.kept)
}

struct Walk {
    global: u32,
    assignments: Assignments,
    /// None where nothing comes by.
    state: Option<State>,
    operands: Vec<Option<Known>>,
    blocks: Vec<Block>,
    kept: bool,
}

impl Walk {
    fn step(&mut self, at: usize, operator: &Operator<'_>, taken: usize, given: usize) {
        let results = self.value(operator);
        for _ in 0..taken {
            self.operands.pop();
        }
        match results {
            Some(value) => self.operands.push(value),
            None => self.operands.resize(self.operands.len() + given, None),
        }
        self.flow(at, operator);
    }

    /// The one value that an instruction leaves, where more than its being there is known; looks at
    /// the operands and changes variables.
    fn value(&mut self, operator: &Operator<'_>) -> Option<Option<Known>> {
        let top = self.operands.last().copied().flatten();
        let state = self.state.as_mut()?;
        match operator {
            Operator::GlobalGet { global_index } if *global_index == self.global => {
                Some(state.global)
            }
            Operator::GlobalSet { global_index } if *global_index == self.global => {
                state.global = top;
                None
            }
            Operator::LocalGet { local_index } => Some(state.local(*local_index)),
            Operator::LocalSet { local_index } => {
                state.set_local(*local_index, top);
                None
            }
            Operator::LocalTee { local_index } => {
                state.set_local(*local_index, top);
                Some(top)
            }
            Operator::I32Const { value } => Some(Some(Known::Constant(*value))),
            Operator::I32Add | Operator::I32Sub => {
                let below = self.operands.len().checked_sub(2)?;
                let left = self.operands.get(below).copied().flatten();
                Some(match (operator, left, top) {
                    (Operator::I32Add, Some(Known::Start(a)), Some(Known::Constant(b)))
                    | (Operator::I32Add, Some(Known::Constant(b)), Some(Known::Start(a))) => {
                        Some(Known::Start(a.wrapping_add(b)))
                    }
                    (Operator::I32Sub, Some(Known::Start(a)), Some(Known::Constant(b))) => {
                        Some(Known::Start(a.wrapping_sub(b)))
                    }
                    _ => None,
                })
            }
            _ => None,
        }
    }

    fn flow(&mut self, at: usize, operator: &Operator<'_>) {
        match operator {
            Operator::Block { .. } => self.blocks.push(Block::default()),
            Operator::Loop { .. } => {
                if let Some(state) = &mut self.state {
                    state.locals.retain(|(local, _)| !self.assignments.within(*local, at));
                }
                let again = self.state.as_ref().map(|state| state.global);
                self.blocks.push(Block { again, ..Block::default() });
            }
            Operator::If { .. } => {
                let otherwise = self.state.clone();
                self.blocks.push(Block { otherwise, ..Block::default() });
            }
            Operator::Else => {
                if let Some(block) = self.blocks.last_mut() {
                    block.exit = join(block.exit.take(), self.state.take());
                    self.state = block.otherwise.take();
                }
            }
            Operator::End => {
                let Some(block) = self.blocks.pop() else { return };
                let reached = join(self.state.take(), block.otherwise);
                self.state = join(reached, block.exit);
                if self.blocks.is_empty() {
                    self.returns();
                }
            }
            Operator::Br { relative_depth } => {
                self.branch(*relative_depth);
                self.state = None;
            }
            Operator::BrIf { relative_depth } => self.branch(*relative_depth),
            Operator::BrTable { targets } => {
                for target in targets.targets() {
                    match target {
                        Ok(target) => self.branch(target),
                        Err(_) => self.kept = false,
                    }
                }
                self.branch(targets.default());
                self.state = None;
            }
            Operator::Return => {
                self.returns();
                self.state = None;
            }
            Operator::Unreachable => self.state = None,
            _ => {}
        }
    }

    fn branch(&mut self, depth: u32) {
        let Some(state) = &self.state else { return };
        let place = self.blocks.len().checked_sub(depth as usize + 1);
        let Some(block) = place.and_then(|place| self.blocks.get_mut(place)) else {
            self.kept = false;
            return;
        };
        match block.again {
            Some(before) => self.kept &= before.is_none() || before == state.global,
            None => block.exit = join(block.exit.take(), Some(state.clone())),
        }
    }

    /// A place where the function returns, if it is reached.
    fn returns(&mut self) {
        if let Some(state) = &self.state {
            self.kept &= state.global == Some(Known::Start(0));
        }
    }
}
