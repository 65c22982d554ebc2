//! Roots and proofs against the definition, and against the vectors of Certificate Transparency.

// A helper that fails fails its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::convert::Infallible;

use proptest::prelude::*;
use stele_store::{
    Digest,
    merkle::{
        Frontier, InvalidProof, Nodes, check_consistency, check_inclusion, consistency, inclusion,
        leaf_hash, node_hash, root,
    },
};

/// The eight leaves of the reference implementation of Certificate Transparency.
const LEAVES: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];
/// Its roots over the first 0, 1 … 8 of them.
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
/// Nodes that its proofs name.
const LEAF_1: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const LEAF_4: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const NODE_2_3: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const NODE_4_5: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
const NODE_6_7: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const NODE_4_7: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";

/// Leaves by hash; each node is computed when asked for.
struct Naive(Vec<Digest>);

impl Nodes for Naive {
    type Error = Infallible;

    fn node(&self, level: u32, index: u64) -> Result<Digest, Infallible> {
        let width = 1_usize << level;
        let start = usize::try_from(index).unwrap() * width;
        Ok(hash_of(&self.0[start..start + width]))
    }
}

/// RFC 6962, section 2.1, word by word.
fn hash_of(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => Digest::of(b""),
        [one] => *one,
        more => {
            let mut k = 1;
            while k * 2 < more.len() {
                k *= 2;
            }
            node_hash(&hash_of(&more[..k]), &hash_of(&more[k..]))
        }
    }
}

/// RFC 6962, section 2.1.1.
fn path_of(leaf: usize, leaves: &[Digest]) -> Vec<Digest> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let k = leaves.len().next_power_of_two() / 2;
    let (mut path, other) = if leaf < k {
        (path_of(leaf, &leaves[..k]), hash_of(&leaves[k..]))
    } else {
        (path_of(leaf - k, &leaves[k..]), hash_of(&leaves[..k]))
    };
    path.push(other);
    path
}

/// RFC 6962, section 2.1.2.
fn subproof_of(old: usize, leaves: &[Digest], whole: bool) -> Vec<Digest> {
    if old == leaves.len() {
        return if whole { Vec::new() } else { vec![hash_of(leaves)] };
    }
    let k = leaves.len().next_power_of_two() / 2;
    let (mut proof, other) = if old <= k {
        (subproof_of(old, &leaves[..k], whole), hash_of(&leaves[k..]))
    } else {
        (subproof_of(old - k, &leaves[k..], false), hash_of(&leaves[..k]))
    };
    proof.push(other);
    proof
}

fn reference() -> Naive {
    Naive(LEAVES.iter().map(|leaf| leaf_hash(&hex::decode(leaf).unwrap())).collect())
}

fn numbered(size: usize) -> Naive {
    Naive((0..size).map(|number| leaf_hash(&number.to_be_bytes())).collect())
}

fn texts(digests: &[Digest]) -> Vec<String> {
    digests.iter().map(Digest::to_string).collect()
}

#[test]
fn roots_and_proofs_are_those_of_certificate_transparency() {
    let tree = reference();
    for (size, expected) in ROOTS.iter().enumerate() {
        assert_eq!(root(&tree, size as u64).unwrap().to_string(), *expected, "{size} leaves");
    }
    let paths: [(u64, u64, &[&str]); 5] = [
        (0, 1, &[]),
        (0, 8, &[LEAF_1, NODE_2_3, NODE_4_7]),
        (5, 8, &[LEAF_4, NODE_6_7, ROOTS[4]]),
        (2, 3, &[ROOTS[2]]),
        (1, 5, &[ROOTS[1], NODE_2_3, LEAF_4]),
    ];
    for (leaf, size, expected) in paths {
        assert_eq!(texts(&inclusion(&tree, leaf, size).unwrap()), expected, "{leaf} in {size}");
    }
    let proofs: [(u64, u64, &[&str]); 4] = [
        (1, 1, &[]),
        (1, 8, &[LEAF_1, NODE_2_3, NODE_4_7]),
        (6, 8, &[NODE_4_5, NODE_6_7, ROOTS[4]]),
        (2, 5, &[NODE_2_3, LEAF_4]),
    ];
    for (from, to, expected) in proofs {
        assert_eq!(texts(&consistency(&tree, from, to).unwrap()), expected, "{from} to {to}");
    }
}

#[test]
fn a_log_that_passes_by_has_the_root_of_the_definition_at_every_size() {
    let tree = numbered(1100);
    let mut frontier = Frontier::default();
    for size in 0..=1000 {
        assert_eq!(frontier.size(), size as u64);
        let expected = root(&tree, size as u64).unwrap();
        assert_eq!(frontier.root(), expected, "{size} leaves");
        if size % 37 == 0 || size < 70 {
            assert_eq!(expected, hash_of(&tree.0[..size]), "{size} leaves");
        }
        frontier.push(tree.0[size]);
    }
}

#[test]
fn every_proof_of_a_small_tree_is_that_of_the_definition_and_is_believed() {
    let tree = numbered(40);
    for size in 0..=40_usize {
        let whole = root(&tree, size as u64).unwrap();
        for leaf in 0..size {
            let proof = inclusion(&tree, leaf as u64, size as u64).unwrap();
            assert_eq!(proof, path_of(leaf, &tree.0[..size]));
            check_inclusion(&tree.0[leaf], leaf as u64, size as u64, &proof, &whole).unwrap();
        }
        for from in 0..=size {
            let proof = consistency(&tree, from as u64, size as u64).unwrap();
            if from > 0 {
                assert_eq!(proof, subproof_of(from, &tree.0[..size], true), "{from} to {size}");
            }
            let old = root(&tree, from as u64).unwrap();
            check_consistency(from as u64, size as u64, &old, &whole, &proof).unwrap();
        }
    }
}

/// Sizes up to 1000, and around the powers at which tiles are full.
fn sizes() -> impl Strategy<Value = usize> {
    prop_oneof![
        12 => 0..1000_usize,
        4 => 126..131_usize,
        4 => 254..259_usize,
        2 => 16_382..16_387_usize,
        1 => 65_534..65_539_usize
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn proofs_are_those_of_the_definition_and_nothing_else_is_believed(
        size in sizes(),
        place in any::<prop::sample::Index>(),
        flipped in any::<prop::sample::Index>(),
        bit in 0..256_usize,
    ) {
        let tree = numbered(size.max(1));
        let size = size.max(1);
        let leaf = place.index(size);
        let whole = hash_of(&tree.0);
        prop_assert_eq!(root(&tree, size as u64).unwrap(), whole);

        let (at, length) = (leaf as u64, size as u64);
        let proof = inclusion(&tree, at, length).unwrap();
        prop_assert_eq!(&proof, &path_of(leaf, &tree.0));
        prop_assert_eq!(check_inclusion(&tree.0[leaf], at, length, &proof, &whole), Ok(()));
        // Another place, another leaf, a changed, a shorter and a longer proof.
        prop_assert!(check_inclusion(&tree.0[leaf], at + 1, length, &proof, &whole).is_err());
        prop_assert!(check_inclusion(&whole, at, length, &proof, &whole).is_err() || size == 1);
        let longer = [proof.as_slice(), &[whole]].concat();
        prop_assert_eq!(
            check_inclusion(&tree.0[leaf], at, length, &longer, &whole),
            Err(InvalidProof::WrongLength)
        );
        if !proof.is_empty() {
            let changed = flip(&proof, flipped, bit);
            prop_assert!(check_inclusion(&tree.0[leaf], at, length, &changed, &whole).is_err());
            let shorter = &proof[1..];
            prop_assert!(check_inclusion(&tree.0[leaf], at, length, shorter, &whole).is_err());
        }

        let from = leaf as u64;
        let old = hash_of(&tree.0[..leaf]);
        let proof = consistency(&tree, from, length).unwrap();
        prop_assert_eq!(check_consistency(from, length, &old, &whole, &proof), Ok(()));
        if leaf > 0 {
            prop_assert_eq!(&proof, &subproof_of(leaf, &tree.0, true));
            prop_assert!(check_consistency(from, length, &whole, &whole, &proof).is_err());
            prop_assert!(check_consistency(from, length, &old, &old, &proof).is_err());
            prop_assert!(check_consistency(from, length + 1, &old, &whole, &[]).is_err());
            let changed = flip(&proof, flipped, bit);
            prop_assert!(check_consistency(from, length, &old, &whole, &changed).is_err());
        }
    }
}

fn flip(proof: &[Digest], at: prop::sample::Index, bit: usize) -> Vec<Digest> {
    let mut changed = proof.to_vec();
    let at = at.index(changed.len());
    let mut bytes = *changed[at].as_bytes();
    bytes[bit / 8] ^= 1 << (bit % 8);
    changed[at] = Digest::from_bytes(bytes);
    changed
}
