//! Long content in pieces of [`layout::CHUNK`] bytes, each under a number after a common prefix.

use super::Ledger;
use crate::{
    backend::{self, Backend, Write},
    envelope,
    error::StoreError,
    layout::{self, Tree},
};

/// Content that is cut, as it is written.
#[derive(Clone)]
pub(super) struct Cut {
    tree: Tree,
    prefix: Vec<u8>,
    writes: Vec<Write>,
}

/// Cuts content into pieces under the prefix.
pub(super) fn cut(tree: Tree, prefix: &[u8], content: &[u8]) -> Result<Cut, StoreError> {
    let pieces = content.chunks(layout::CHUNK).enumerate().map(|(position, piece)| {
        let key = piece_key(prefix, position)?;
        let value = envelope::bytes(tree, &key, piece);
        Ok(Write { tree, key, value: Some(value) })
    });
    let writes = pieces.collect::<Result<_, StoreError>>()?;
    Ok(Cut { tree, prefix: prefix.to_vec(), writes })
}

impl Cut {
    /// The writes of content under a prefix that nothing lies under.
    pub(super) fn into_new(self) -> Vec<Write> {
        self.writes
    }
}

fn piece_key(prefix: &[u8], position: usize) -> Result<Vec<u8>, StoreError> {
    let position = u32::try_from(position)
        .map_err(|_| StoreError::defect("storing content", "it is longer than 24 TiB"))?;
    let mut key = prefix.to_vec();
    key.extend_from_slice(&position.to_be_bytes());
    Ok(key)
}

impl<B: Backend> Ledger<B> {
    /// All pieces whose keys begin with the prefix, joined.
    pub(super) fn pieces(&self, tree: Tree, prefix: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut joined = Vec::new();
        for pair in backend::scan_prefix(&self.backend, tree, prefix) {
            let (key, value) = pair?;
            joined.extend_from_slice(envelope::read_bytes(tree, &key, &value)?);
        }
        Ok(joined)
    }

    /// The writes that put content in the place of what lies under its prefix, of which nothing is
    /// left that is longer.
    pub(super) fn replacing(&self, cut: Cut) -> Result<Vec<Write>, StoreError> {
        let Cut { tree, prefix, mut writes } = cut;
        let written = writes.len();
        for pair in backend::scan_prefix(&self.backend, tree, &prefix).skip(written) {
            writes.push(Write { tree, key: pair?.0, value: None });
        }
        Ok(writes)
    }
}
