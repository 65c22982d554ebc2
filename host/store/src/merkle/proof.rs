//! Roots and proofs: RFC 6962, section 2.1, and their checks as RFC 9162, sections 2.1.3.2 and
//! 2.1.4.2, writes them out. Nothing here reads a store.

use sha2::{Digest as _, Sha256};
use stele_digest::Digest;

/// Hash of a leaf: SHA-256 of a zero byte and the content.
pub fn leaf_hash(content: &[u8]) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update([0]);
    hasher.update(content);
    Digest::from_bytes(hasher.finalize().into())
}

/// Hash of an inner node: SHA-256 of a one byte and the two below it.
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update([1]);
    hasher.update(left.as_bytes());
    hasher.update(right.as_bytes());
    Digest::from_bytes(hasher.finalize().into())
}

/// Root of a tree without leaves: SHA-256 of nothing.
pub fn empty_root() -> Digest {
    Digest::of(&[])
}

/// Where hashes of complete subtrees come from.
pub trait Nodes {
    /// Why one cannot be had.
    type Error;

    /// Hash over the `2^level` leaves from `index * 2^level` on, all of which there are.
    fn node(&self, level: u32, index: u64) -> Result<Digest, Self::Error>;
}

/// Root over the first `size` leaves.
pub fn root<N: Nodes>(nodes: &N, size: u64) -> Result<Digest, N::Error> {
    if size == 0 { Ok(empty_root()) } else { subtree(nodes, 0, size) }
}

/// The hashes that lead from leaf `leaf` to the root over the first `size`, the lowest first.
/// `leaf` is less than `size`.
pub fn inclusion<N: Nodes>(nodes: &N, leaf: u64, size: u64) -> Result<Vec<Digest>, N::Error> {
    let (mut start, mut length) = (0, size);
    let mut path = Vec::new();
    while length > 1 {
        let left = split(length);
        if leaf - start < left {
            path.push(subtree(nodes, start + left, length - left)?);
            length = left;
        } else {
            path.push(subtree(nodes, start, left)?);
            start += left;
            length -= left;
        }
    }
    path.reverse();
    Ok(path)
}

/// The hashes that show that the first `from` leaves are the same in both trees, of `from` and of
/// `to` leaves. Empty where one of the trees is empty or both are the same. `from` is at most `to`.
pub fn consistency<N: Nodes>(nodes: &N, from: u64, to: u64) -> Result<Vec<Digest>, N::Error> {
    let mut proof = Vec::new();
    if from == 0 || from == to {
        return Ok(proof);
    }
    let (mut start, mut length, mut old) = (0, to, from);
    // Whether the old tree is still the whole of what is looked at from its first leaf on: its
    // root is known to whoever asks.
    let mut is_whole = true;
    while old != length {
        let left = split(length);
        if old <= left {
            proof.push(subtree(nodes, start + left, length - left)?);
            length = left;
        } else {
            proof.push(subtree(nodes, start, left)?);
            start += left;
            length -= left;
            old -= left;
            is_whole = false;
        }
    }
    if !is_whole {
        proof.push(subtree(nodes, start, length)?);
    }
    proof.reverse();
    Ok(proof)
}

/// A proof that proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProof {
    /// No tree of that size has such a proof.
    #[error("the proof has the wrong number of hashes for these sizes")]
    WrongLength,
    /// It leads to another root.
    #[error("the proof leads to the root {found}, expected {expected}")]
    WrongRoot {
        /// The root that was to be reached.
        expected: Digest,
        /// The root that it leads to.
        found: Digest,
    },
}

fn reaches(expected: &Digest, found: Digest) -> Result<(), InvalidProof> {
    if found == *expected {
        Ok(())
    } else {
        Err(InvalidProof::WrongRoot { expected: *expected, found })
    }
}

/// Checks that the leaf with this hash is at position `leaf` of the tree of `size` leaves with
/// this root.
pub fn check_inclusion(
    hash: &Digest,
    leaf: u64,
    size: u64,
    proof: &[Digest],
    root: &Digest,
) -> Result<(), InvalidProof> {
    if leaf >= size {
        return Err(InvalidProof::WrongLength);
    }
    let (mut at, mut last) = (leaf, size - 1);
    let mut found = *hash;
    for sibling in proof {
        if last == 0 {
            return Err(InvalidProof::WrongLength);
        }
        if at & 1 == 1 || at == last {
            found = node_hash(sibling, &found);
            climb(&mut at, &mut last);
        } else {
            found = node_hash(&found, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(InvalidProof::WrongLength);
    }
    reaches(root, found)
}

/// Checks that the tree of `from` leaves with the root `old` is the beginning of the tree of `to`
/// leaves with the root `new`.
pub fn check_consistency(
    from: u64,
    to: u64,
    old: &Digest,
    new: &Digest,
    proof: &[Digest],
) -> Result<(), InvalidProof> {
    if from > to || ((from == 0 || from == to) && !proof.is_empty()) {
        return Err(InvalidProof::WrongLength);
    }
    if from == 0 {
        return reaches(old, empty_root());
    }
    if from == to {
        return reaches(old, *new);
    }
    let (mut at, mut last) = (from - 1, to - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    // A complete tree is itself the first hash, which the proof leaves out.
    let (first, rest) = if from.is_power_of_two() {
        (old, proof)
    } else {
        proof.split_first().ok_or(InvalidProof::WrongLength)?
    };
    let (mut found_old, mut found_new) = (*first, *first);
    for sibling in rest {
        if last == 0 {
            return Err(InvalidProof::WrongLength);
        }
        if at & 1 == 1 || at == last {
            found_old = node_hash(sibling, &found_old);
            found_new = node_hash(sibling, &found_new);
            climb(&mut at, &mut last);
        } else {
            found_new = node_hash(&found_new, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(InvalidProof::WrongLength);
    }
    reaches(old, found_old)?;
    reaches(new, found_new)
}

/// Up past the levels on which the right edge has no node of its own.
fn climb(at: &mut u64, last: &mut u64) {
    while *at & 1 == 0 && *at != 0 {
        *at >>= 1;
        *last >>= 1;
    }
}

/// Root over the leaves from `start` on, `length` of them, at least one. `start` is a multiple of
/// every power of two up to the least that is not below `length`.
fn subtree<N: Nodes>(nodes: &N, start: u64, length: u64) -> Result<Digest, N::Error> {
    if length.is_power_of_two() {
        let level = length.trailing_zeros();
        return nodes.node(level, start >> level);
    }
    let left = split(length);
    let first = subtree(nodes, start, left)?;
    let second = subtree(nodes, start + left, length - left)?;
    Ok(node_hash(&first, &second))
}

/// The greatest power of two below `length`, which is at least 2.
fn split(length: u64) -> u64 {
    1 << (u64::BITS - 1 - (length - 1).leading_zeros())
}
