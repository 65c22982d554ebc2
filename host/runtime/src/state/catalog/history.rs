//! All activations of one slot, and which of them is in force: the one with the greatest
//! `valid_from`, and among these the greatest sequence, of those with `valid_from` at or before the
//! date and recorded at or before the moment of knowledge.
//!
//! They are kept in that order, in blocks. A question about what is known now needs only the last
//! activation of each `valid_from`. A question about what was known earlier goes back from the
//! date, past whole blocks where everything was recorded later: with 100,000 activations some
//! hundred steps. An insertion copies one block and the list of blocks.

use std::{collections::BTreeMap, sync::Arc};

use jiff::{Timestamp, civil::Date};
use stele_store::ActivationRecord;
use uuid::Uuid;

use crate::state::shelf::Shelved;

/// Most activations of a block: about the square root of the most that a slot is expected to have.
const BLOCK: usize = 256;

/// An activation and the package that it names.
#[derive(Debug)]
pub(crate) struct Active {
    pub(crate) record: ActivationRecord,
    pub(crate) place: Arc<Shelved>,
}

impl Active {
    fn order(&self) -> (Date, u64) {
        (self.record.valid_from, self.record.sequence)
    }
}

#[derive(Debug, Clone)]
struct Block {
    activations: Vec<Arc<Active>>,
    /// When the earliest of them was recorded.
    earliest: Timestamp,
}

/// The slot's activations. Not empty once it is in a catalog.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    blocks: Vec<Arc<Block>>,
    /// The latest activation of each `valid_from`.
    latest: BTreeMap<Date, Arc<Active>>,
    /// When the first was recorded.
    first: Option<Timestamp>,
}

impl History {
    /// Adds an activation that was recorded after all others.
    pub(crate) fn insert(&mut self, active: Arc<Active>) {
        let recorded_at = active.record.recorded_at;
        self.first.get_or_insert(recorded_at);
        self.latest.insert(active.record.valid_from, Arc::clone(&active));

        let order = active.order();
        let after = self.blocks.partition_point(|block| {
            block.activations.first().is_some_and(|first| first.order() <= order)
        });
        let position = after.saturating_sub(1);
        let Some(block) = self.blocks.get_mut(position).map(Arc::make_mut) else {
            let block = Block { activations: vec![active], earliest: recorded_at };
            self.blocks.push(Arc::new(block));
            return;
        };
        let inside = block.activations.partition_point(|other| other.order() <= order);
        block.activations.insert(inside, active);
        block.earliest = block.earliest.min(recorded_at);
        if block.activations.len() > BLOCK {
            let upper = block.activations.split_off(BLOCK / 2);
            block.earliest = earliest(&block.activations).unwrap_or(block.earliest);
            let earliest = earliest(&upper).unwrap_or(recorded_at);
            self.blocks.insert(position + 1, Arc::new(Block { activations: upper, earliest }));
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.blocks.iter().map(|block| block.activations.len()).sum()
    }

    /// Whether anything was known of the slot.
    pub(crate) fn is_known(&self, known_at: Timestamp) -> bool {
        self.first.is_some_and(|first| first <= known_at)
    }

    /// The activation in force.
    pub(crate) fn in_force(&self, date: Date, known_at: Timestamp) -> Option<&Arc<Active>> {
        // What is known now is asked most often.
        if let Some((_, latest)) = self.latest.range(..=date).next_back()
            && latest.record.recorded_at <= known_at
        {
            return Some(latest);
        }
        let end = self.blocks.partition_point(|block| {
            block.activations.first().is_some_and(|first| first.record.valid_from <= date)
        });
        for block in self.blocks.get(..end)?.iter().rev() {
            if block.earliest > known_at {
                continue;
            }
            let inside =
                block.activations.partition_point(|active| active.record.valid_from <= date);
            let candidates = block.activations.get(..inside).unwrap_or_default();
            let known = |active: &&Arc<Active>| active.record.recorded_at <= known_at;
            if let Some(found) = candidates.iter().rev().find(known) {
                return Some(found);
            }
        }
        None
    }

    /// When the last was recorded.
    pub(crate) fn last_recorded(&self) -> Option<Timestamp> {
        let activations = self.blocks.iter().flat_map(|block| &block.activations);
        activations.map(|active| active.record.recorded_at).max()
    }

    /// The activation with this identifier.
    pub(crate) fn find(&self, id: Uuid) -> Option<&Arc<Active>> {
        self.blocks
            .iter()
            .flat_map(|block| &block.activations)
            .find(|active| active.record.id == id)
    }

    /// What was in force on the day that this one begins, before it was recorded.
    pub(crate) fn before(&self, active: &Active) -> Option<&Arc<Active>> {
        let just_before =
            active.record.recorded_at.checked_sub(jiff::SignedDuration::from_micros(1)).ok()?;
        self.in_force(active.record.valid_from, just_before)
    }

    /// As known now: the activations that are in force on some date, each with the last day before
    /// the next one takes over, none for the last.
    pub(crate) fn periods(&self) -> impl Iterator<Item = (&Arc<Active>, Option<Date>)> {
        let next = self.latest.keys().skip(1).map(Some).chain(std::iter::once(None));
        self.latest.values().zip(next.map(|date| date.and_then(|date| date.yesterday().ok())))
    }
}

fn earliest(activations: &[Arc<Active>]) -> Option<Timestamp> {
    activations.iter().map(|active| active.record.recorded_at).min()
}
