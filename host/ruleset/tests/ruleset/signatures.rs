//! Signatures over packages, and whom a policy trusts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde_json::{Value, json};
use stele_ruleset::{
    CheckName, Conditions, Envelope, EnvelopeError, KeyError, LARGEST_ENVELOPE, MOST_SIGNATURES,
    Package, PackageError, Pattern, PrivateKey, PublicKey, SIGNATURES_FILE, SignError,
    StatementError, Subject, TrustError, TrustPolicy, TrustedKey, Unsigned, check_under,
};

use crate::support::{engine, files, honest, package, report_of, with};

/// The keys of RFC 8410, sections 10.1 and 10.3.
const SECRET: &str = "-----BEGIN PRIVATE KEY-----\n\
    MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
    -----END PRIVATE KEY-----\n";
const PUBLIC: &str = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";

fn bonus() -> Package {
    package(files(b"rule".to_vec()))
}

fn signed(keys: &[&PrivateKey]) -> Package {
    let mut package = bonus();
    for key in keys {
        package.sign(key).unwrap();
    }
    package
}

fn envelope(package: &Package) -> Value {
    serde_json::from_slice(package.signatures().unwrap().bytes()).unwrap()
}

/// The package with other bytes in the place of its signatures.
fn with_envelope(bytes: &[u8]) -> Result<Package, PackageError> {
    let mut files = files(b"rule".to_vec());
    files.insert(SIGNATURES_FILE.to_owned(), bytes.to_vec());
    Package::from_files(files)
}

fn refused(envelope: &Value) -> EnvelopeError {
    match with_envelope(envelope.to_string().as_bytes()) {
        Err(PackageError::Signatures(error)) => error,
        other => panic!("{other:?}"),
    }
}

fn trusting(key: &PrivateKey, pattern: &str) -> TrustPolicy {
    TrustPolicy {
        trusted_keys: vec![TrustedKey {
            name: "Law department".to_owned(),
            public_key: key.public().clone(),
            rulesets: vec![pattern.parse().unwrap()],
        }],
        unsigned: Unsigned::Accepted,
    }
}

fn verdict(policy: &TrustPolicy, package: &Package) -> Result<Vec<String>, TrustError> {
    let signers = policy.check(&Subject::of(package), package.signatures())?;
    Ok(signers.into_iter().map(|signer| signer.name).collect())
}

#[test]
fn keys_are_read_and_written_as_the_standard_says() {
    let key = PrivateKey::from_pem(SECRET).unwrap();
    assert_eq!(key.to_pem().unwrap(), SECRET);
    let public: PublicKey = PUBLIC.parse().unwrap();
    assert_eq!(*key.public(), public);
    assert_eq!(public.to_pem().parse::<PublicKey>().unwrap(), public);
    let der = STANDARD.decode(PUBLIC).unwrap();
    assert_eq!(public.id().to_string(), stele_digest::Digest::of(&der).to_string());
}

#[test]
fn what_is_no_key_is_refused_without_repeating_a_secret() {
    let error = SECRET.parse::<PublicKey>().unwrap_err();
    assert!(!error.to_string().contains("MC4C"), "{error}");
    assert_eq!(PrivateKey::from_pem(PUBLIC).unwrap_err(), KeyError::Private);
    let long = "A".repeat(100_000);
    for text in ["", "hello", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----", &long] {
        let error = text.parse::<PublicKey>().unwrap_err();
        assert!(matches!(&error, KeyError::Public { found } if found.len() < 100), "{error}");
        PrivateKey::from_pem(text).unwrap_err();
    }
    // The neutral element: everybody can sign with it.
    let weak = STANDARD.encode([&STANDARD.decode(PUBLIC).unwrap()[..12], &[1], &[0; 31]].concat());
    assert_eq!(weak.parse::<PublicKey>().unwrap_err(), KeyError::Weak);
}

#[test]
fn a_signature_travels_with_the_package_and_leaves_its_digest() {
    let key = PrivateKey::generate().unwrap();
    let signed = signed(&[&key]);
    assert_eq!(signed.digest(), bonus().digest());
    let read = Package::read(&signed.write().unwrap()).unwrap();
    assert_eq!(read.signatures(), signed.signatures());
    assert!(read.files().eq(bonus().files()), "what the digest covers is the same");
    assert_eq!(verdict(&trusting(&key, "test/*"), &read), Ok(vec!["Law department".to_owned()]));
}

#[test]
fn a_signed_package_is_the_same_bytes_whoever_signs_first_and_however_often() {
    let (a, b) = (PrivateKey::generate().unwrap(), PrivateKey::generate().unwrap());
    let bytes = signed(&[&a, &b]).write().unwrap();
    assert_eq!(signed(&[&b, &a]).write().unwrap(), bytes);
    assert_eq!(signed(&[&a, &b, &a, &a]).write().unwrap(), bytes);
    assert_eq!(Package::read(&bytes).unwrap().write().unwrap(), bytes);
    assert_eq!(envelope(&signed(&[&a, &b]))["signatures"].as_array().unwrap().len(), 2);
}

#[test]
fn the_envelope_is_the_one_of_the_standard() {
    let key = PrivateKey::from_pem(SECRET).unwrap();
    let package = signed(&[&key]);
    let envelope = envelope(&package);
    assert_eq!(envelope["payloadType"], "application/vnd.in-toto+json");
    assert_eq!(envelope["signatures"][0]["keyid"], key.public().id().to_string());
    let payload = STANDARD.decode(envelope["payload"].as_str().unwrap()).unwrap();
    assert_eq!(
        serde_json::from_slice::<Value>(&payload).unwrap(),
        json!({
            "_type": "https://in-toto.io/Statement/v1",
            "subject": [{
                "name": "test/bonus@1.0.0",
                "digest": { "sha256": package.digest().to_string() },
            }],
            "predicateType": "urn:stele:ruleset-release:v1",
        })
    );
    // Verified here by another way: the encoding of the standard, by hand.
    let mut message =
        format!("DSSEv1 28 application/vnd.in-toto+json {} ", payload.len()).into_bytes();
    message.extend(&payload);
    let signature = STANDARD.decode(envelope["signatures"][0]["sig"].as_str().unwrap()).unwrap();
    let signature = ed25519_dalek::Signature::from_slice(&signature).unwrap();
    let public: [u8; 32] = STANDARD.decode(PUBLIC).unwrap()[12..].try_into().unwrap();
    let public = ed25519_dalek::VerifyingKey::from_bytes(&public).unwrap();
    public.verify_strict(&message, &signature).unwrap();
}

#[test]
fn signatures_of_another_package_are_refused_with_both_digests() {
    let key = PrivateKey::generate().unwrap();
    let other = with(files(b"rule".to_vec()), "cases/one.toml", "title = \"other\"");
    let mut other = package(other);
    other.sign(&key).unwrap();
    let moved = with_envelope(other.signatures().unwrap().bytes()).unwrap();
    for policy in [trusting(&key, "*"), TrustPolicy::default()] {
        let error = verdict(&policy, &moved).unwrap_err();
        assert!(matches!(error, TrustError::WrongSubject(_)), "{error}");
        let text = error.to_string();
        assert!(text.contains(&other.digest().to_string()), "{text}");
        assert!(text.contains(&moved.digest().to_string()), "{text}");
    }
    let mut moved = moved;
    assert!(matches!(moved.sign(&key), Err(SignError::WrongSubject(_))));
}

#[test]
fn a_policy_that_refuses_unsigned_packages_takes_only_trusted_ones() {
    let (trusted, stranger) = (PrivateKey::generate().unwrap(), PrivateKey::generate().unwrap());
    let policy = TrustPolicy { unsigned: Unsigned::Refused, ..trusting(&trusted, "test/*") };
    assert!(matches!(verdict(&policy, &bonus()), Err(TrustError::Unsigned(_))));
    let unknown = verdict(&policy, &signed(&[&stranger])).unwrap_err();
    let id = stranger.public().id().to_string();
    assert_eq!(unknown, TrustError::UnknownKey { key: id });
    let both = verdict(&policy, &signed(&[&stranger, &trusted]));
    assert_eq!(both, Ok(vec!["Law department".to_owned()]), "a stranger beside does no harm");
}

#[test]
fn a_key_is_trusted_for_its_rulesets_and_no_others() {
    let key = PrivateKey::generate().unwrap();
    let mut policy = trusting(&key, "cn/*");
    policy.unsigned = Unsigned::Refused;
    let error = verdict(&policy, &signed(&[&key])).unwrap_err();
    assert!(
        matches!(&error, TrustError::NotForRuleset { ruleset, .. } if ruleset == "test/bonus"),
        "{error}"
    );
    policy.trusted_keys.extend(trusting(&key, "test/*").trusted_keys);
    assert_eq!(verdict(&policy, &signed(&[&key])).unwrap().len(), 1, "the key stands there twice");
}

#[test]
fn where_a_ruleset_has_a_trusted_key_a_signature_of_another_is_refused() {
    let (trusted, stranger) = (PrivateKey::generate().unwrap(), PrivateKey::generate().unwrap());
    let policy = trusting(&trusted, "test/*");
    assert_eq!(verdict(&policy, &bonus()), Ok(Vec::new()), "unsigned is accepted");
    let error = verdict(&policy, &signed(&[&stranger])).unwrap_err();
    assert!(matches!(error, TrustError::UnknownKey { .. }), "{error}");
    let nobody = TrustPolicy::default();
    assert_eq!(verdict(&nobody, &signed(&[&stranger])), Ok(Vec::new()), "nobody is named");
}

#[test]
fn a_signature_in_the_name_of_a_trusted_key_that_is_not_of_it_is_refused() {
    let (trusted, forger) = (PrivateKey::generate().unwrap(), PrivateKey::generate().unwrap());
    let mut forged = envelope(&signed(&[&forger]));
    forged["signatures"][0]["keyid"] = trusted.public().id().to_string().into();
    let good = envelope(&signed(&[&trusted]))["signatures"][0].clone();
    let forged = with_envelope(forged.to_string().as_bytes()).unwrap();
    let error = verdict(&trusting(&trusted, "test/*"), &forged).unwrap_err();
    assert!(matches!(error, TrustError::Forged { .. }), "{error}");
    // Without a name it is tried with every key.
    let mut unnamed = envelope(&signed(&[&trusted]));
    unnamed["signatures"] = json!([{ "sig": good["sig"] }]);
    let unnamed = with_envelope(unnamed.to_string().as_bytes()).unwrap();
    assert_eq!(verdict(&trusting(&trusted, "test/*"), &unnamed).unwrap().len(), 1);
}

#[test]
fn every_flipped_bit_of_a_signature_or_of_what_it_is_over_is_found() {
    let key = PrivateKey::generate().unwrap();
    let policy = trusting(&key, "test/*");
    let good = envelope(&signed(&[&key]));
    for member in ["sig", "payload"] {
        let text = match member {
            "sig" => good["signatures"][0]["sig"].as_str().unwrap(),
            _ => good["payload"].as_str().unwrap(),
        };
        let bytes = STANDARD.decode(text).unwrap();
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            let mut bad = good.clone();
            let text = STANDARD.encode(flipped);
            match member {
                "sig" => bad["signatures"][0]["sig"] = text.into(),
                _ => bad["payload"] = text.into(),
            }
            let trusted = with_envelope(bad.to_string().as_bytes())
                .map_err(|error| error.to_string())
                .and_then(|package| verdict(&policy, &package).map_err(|error| error.to_string()));
            assert!(trusted.is_err(), "byte {at} of {member}");
        }
    }
}

#[test]
fn hostile_envelopes_are_refused_by_name() {
    let key = PrivateKey::generate().unwrap();
    let good = envelope(&signed(&[&key]));
    let changed = |pointer: &str, value: Value| {
        let mut changed = good.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        changed
    };
    assert!(matches!(
        refused(&changed("/payloadType", json!("text/plain"))),
        EnvelopeError::PayloadType(_)
    ));
    for (pointer, member) in [("/payload", "payload"), ("/signatures/0/sig", "signatures[0].sig")] {
        let error = refused(&changed(pointer, json!("not base64!")));
        assert!(matches!(&error, EnvelopeError::Base64 { member: found, .. } if found == member));
    }
    let short = refused(&changed("/signatures/0/sig", json!("AAAA")));
    assert_eq!(short, EnvelopeError::Length { position: 0, found: 3 });
    assert_eq!(refused(&changed("/signatures", json!([]))), EnvelopeError::Signatures(0));
    let one = good["signatures"][0].clone();
    let twice = refused(&changed("/signatures", json!([one, one])));
    assert!(matches!(twice, EnvelopeError::SameKey(_)), "{twice}");
    let many: Vec<Value> = (0..=MOST_SIGNATURES)
        .map(|n| json!({ "keyid": n.to_string(), "sig": one["sig"] }))
        .collect();
    assert_eq!(
        refused(&changed("/signatures", json!(many))),
        EnvelopeError::Signatures(MOST_SIGNATURES + 1)
    );

    let statement = |statement: Value| {
        let payload = STANDARD.encode(statement.to_string());
        match refused(&changed("/payload", json!(payload))) {
            EnvelopeError::Statement(error) => error,
            other => panic!("{other}"),
        }
    };
    let subject = json!({ "name": "a/b@1.0.0", "digest": { "sha256": "00" } });
    let of = |kind: &str, subjects: Value, predicate: &str| json!({ "_type": kind, "subject": subjects, "predicateType": predicate });
    const KIND: &str = "https://in-toto.io/Statement/v1";
    const PREDICATE: &str = "urn:stele:ruleset-release:v1";
    assert!(matches!(statement(json!({})), StatementError::Json(_)));
    assert!(matches!(statement(of("x", json!([subject]), PREDICATE)), StatementError::Type(_)));
    assert!(matches!(statement(of(KIND, json!([subject]), "x")), StatementError::Predicate(_)));
    assert_eq!(statement(of(KIND, json!([]), PREDICATE)), StatementError::Subjects(0));
    let two = json!([subject, subject]);
    assert_eq!(statement(of(KIND, two, PREDICATE)), StatementError::Subjects(2));
    assert!(matches!(statement(of(KIND, json!([subject]), PREDICATE)), StatementError::Digest(_)));
}

#[test]
fn keys_that_occur_twice_in_the_json_are_refused() {
    let key = PrivateKey::generate().unwrap();
    let text = envelope(&signed(&[&key])).to_string();
    for (once, twice) in [
        ("\"payloadType\":", "\"payloadType\":\"x\",\"payloadType\":"),
        ("\"sig\":", "\"sig\":\"AA==\",\"sig\":"),
        ("\"signatures\":", "\"signatures\":[],\"signatures\":"),
    ] {
        let error = with_envelope(text.replacen(once, twice, 1).as_bytes()).unwrap_err();
        assert!(matches!(error, PackageError::Signatures(EnvelopeError::Json(_))), "{error}");
    }
}

#[test]
fn an_envelope_that_is_too_large_is_refused_before_it_is_read() {
    let error = with_envelope(&vec![b' '; LARGEST_ENVELOPE + 1]).unwrap_err();
    assert!(matches!(error, PackageError::FileTooLarge { .. }), "{error}");
    let error = Envelope::parse(&vec![b' '; LARGEST_ENVELOPE + 1]).unwrap_err();
    assert_eq!(error, EnvelopeError::TooLarge(LARGEST_ENVELOPE as u64 + 1));
    let deep = "[".repeat(LARGEST_ENVELOPE);
    assert!(matches!(Envelope::parse(deep.as_bytes()), Err(EnvelopeError::Json(_))));
}

#[test]
fn an_archive_with_two_envelopes_is_refused() {
    let key = PrivateKey::generate().unwrap();
    let tar = zstd::decode_all(signed(&[&key]).write().unwrap().as_slice()).unwrap();
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_ustar();
    header.set_path(SIGNATURES_FILE).unwrap();
    header.set_size(2);
    header.set_mode(0o644);
    header.set_cksum();
    archive.append(&header, b"{}".as_slice()).unwrap();
    let mut twice = archive.into_inner().unwrap();
    twice.truncate(1024);
    twice.extend(tar);
    let error = Package::read(&zstd::encode_all(twice.as_slice(), 1).unwrap()).unwrap_err();
    assert!(matches!(&error, PackageError::DuplicateFile { file } if file == SIGNATURES_FILE));
}

#[test]
fn a_policy_is_the_same_after_it_was_stored() {
    let key = PrivateKey::generate().unwrap();
    let policy = TrustPolicy { unsigned: Unsigned::Refused, ..trusting(&key, "cn/*") };
    let text = serde_json::to_string(&policy).unwrap();
    assert_eq!(serde_json::from_str::<TrustPolicy>(&text).unwrap(), policy);
    assert_eq!(serde_json::from_str::<TrustPolicy>("{}").unwrap(), TrustPolicy::default());
    for (wrong, said) in [
        (json!({ "unsigned": "maybe" }), "accepted"),
        (json!({ "trusted": [] }), "trusted_keys"),
        (
            json!({ "trusted_keys": [{ "name": "x", "public_key": "x", "rulesets": [] }] }),
            "Ed25519 public key",
        ),
        (
            json!({ "trusted_keys": [{ "name": "x", "public_key": PUBLIC, "rulesets": ["CN/?"] }] }),
            "such as cn/*",
        ),
    ] {
        let error = serde_json::from_value::<TrustPolicy>(wrong).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
}

#[tokio::test]
async fn the_report_says_who_signed_and_the_check_fails_where_nobody_is_trusted() {
    let (trusted, stranger) = (PrivateKey::generate().unwrap(), PrivateKey::generate().unwrap());
    let conditions = Conditions { trust: trusting(&trusted, "test/*"), ..Conditions::default() };
    let mut good = package(honest());
    good.sign(&trusted).unwrap();
    let report = check_under(&engine(), &good, conditions.clone()).await.unwrap().report;
    assert_eq!(report.checks[0].check, CheckName::Signature);
    let said = format!("signed by Law department ({})", trusted.public().id());
    assert_eq!(report.checks[0].detail, said);

    let mut bad = package(honest());
    bad.sign(&stranger).unwrap();
    let report = report_of(check_under(&engine(), &bad, conditions).await);
    let failed = report.failed().unwrap();
    assert_eq!(failed.check, CheckName::Signature);
    assert_eq!(failed.errors[0].file, SIGNATURES_FILE);
    assert!(report.checks[1..].iter().all(|check| check.detail.is_empty()), "nothing else ran");
}

/// `*` as a regular expression would do it, without one.
fn naive(pattern: &[u8], name: &[u8]) -> bool {
    match pattern.split_first() {
        None => name.is_empty(),
        Some((b'*', rest)) => (0..=name.len()).any(|at| naive(rest, &name[at..])),
        Some((byte, rest)) => name.first() == Some(byte) && naive(rest, &name[1..]),
    }
}

proptest! {
    #[test]
    fn a_pattern_matches_as_its_definition_says(pattern in "[ab/*]{1,8}", name in "[ab/]{0,10}") {
        let compiled: Pattern = pattern.parse().unwrap();
        prop_assert_eq!(compiled.matches(&name), naive(pattern.as_bytes(), name.as_bytes()));
    }

    #[test]
    fn no_bytes_harm_the_reader_of_envelopes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Envelope::parse(&bytes).is_err());
    }
}
