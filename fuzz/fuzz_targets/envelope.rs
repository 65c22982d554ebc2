//! Bytes that are said to be signatures: what is read keeps its bytes, and is about nothing and
//! signed by nobody that it does not name.

#![no_main]
#![allow(clippy::panic, reason = "a panic is how a target says what it found")]

use libfuzzer_sys::fuzz_target;
use stele_ruleset::{Envelope, PrivateKey};

fuzz_target!(|bytes: &[u8]| {
    let Ok(envelope) = Envelope::parse(bytes) else { return };
    let Ok(again) = Envelope::parse(envelope.bytes()) else {
        panic!("the bytes that are kept can not be read")
    };
    assert_eq!(envelope.signatures().len(), again.signatures().len());
    let Ok(stranger) = PrivateKey::generate() else { return };
    assert!(!envelope.is_signed_by(stranger.public()));
});
