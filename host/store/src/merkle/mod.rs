//! A log as a Merkle tree, in the manner of RFC 6962: whoever holds a few hashes can be shown that
//! an entry is in the log, and that today's log is yesterday's with entries added.
//!
//! A leaf is the SHA-256 of a zero byte and an entry's JSON as stored; an inner node that of a one
//! byte, the left and the right hash. `proof` is pure: it makes proofs of any source of nodes and
//! checks them without one. `frontier` is all that is needed to know the root of a log that passes
//! by once. `edge`, `tiles`, `finding` and `examine` are the store's side: what of the tree is kept,
//! how it is read, what may stand against it, and how log and tree are believed again after a start.

mod edge;
mod examine;
mod finding;
mod frontier;
mod proof;
mod tiles;

pub(crate) use edge::{Edge, tiles_on};
pub(crate) use examine::{Examiner, logs};
pub(crate) use finding::{Finding, read_entry};
pub use frontier::Frontier;
pub use proof::{
    InvalidProof, Nodes, check_consistency, check_inclusion, consistency, empty_root, inclusion,
    leaf_hash, node_hash, root,
};
pub(crate) use tiles::{Head, StoredTree, head_write, read_head, tile_write};
