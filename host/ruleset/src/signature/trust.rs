//! Whom a policy trusts, and what it says to a package.

use serde::{Deserialize, Serialize};

use super::envelope::{Envelope, Signature};
use super::key::{KeyId, PublicKey};
use super::pattern::Pattern;
use super::statement::{Subject, WrongSubject};
use crate::defect::quote;

/// The keys that are trusted for which rulesets, and what happens to unsigned packages. The
/// default trusts nobody and accepts unsigned packages.
///
/// ```json
/// { "trusted_keys": [{ "name": "Law department", "public_key": "-----BEGIN PUBLIC KEY-----…",
///                      "rulesets": ["cn/*"] }],
///   "unsigned": "refused" }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TrustPolicy {
    /// Keys and what they are trusted for.
    pub trusted_keys: Vec<TrustedKey>,
    /// What happens to a package without a signature.
    pub unsigned: Unsigned,
}

/// A key and what it is trusted for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedKey {
    /// Whose it is, for people.
    pub name: String,
    /// The key; PEM, or the base64 of its SubjectPublicKeyInfo.
    pub public_key: PublicKey,
    /// The rulesets that it may release.
    pub rulesets: Vec<Pattern>,
}

/// What happens to packages without a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unsigned {
    /// They may be published.
    #[default]
    Accepted,
    /// They may not.
    Refused,
}

/// A trusted key whose signature of the package was verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signer {
    /// Whose the key is.
    pub name: String,
    /// What names the key.
    pub key_id: KeyId,
}

/// Why a package is not trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// There is no signature, and the policy asks for one.
    #[error("{} is not signed, and the policy refuses unsigned packages", .0.name())]
    Unsigned(Box<Subject>),
    /// The signatures are over something else.
    #[error(transparent)]
    WrongSubject(#[from] WrongSubject),
    /// Signed with keys that the policy does not know.
    #[error("signed with the key {key}, which the policy does not know")]
    UnknownKey {
        /// What the signature says of its key.
        key: String,
    },
    /// Signed with a key that is trusted for other rulesets only.
    #[error(
        "signed with the key of {signer} ({key}), which is trusted for {} and not for {ruleset}",
        .patterns.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    )]
    NotForRuleset {
        /// Whose the key is.
        signer: String,
        /// What names it.
        key: KeyId,
        /// What it is trusted for.
        patterns: Vec<Pattern>,
        /// The package's ruleset.
        ruleset: String,
    },
    /// A signature that names a trusted key and is not of it.
    #[error("the signature that names the key of {signer} ({key}) is not of that key")]
    Forged {
        /// Whose the key is.
        signer: String,
        /// What names it.
        key: KeyId,
    },
}

impl TrustError {
    /// What would have been right, and what there is, for a report.
    pub fn expectation(&self) -> (String, String) {
        match self {
            Self::Unsigned(_) => ("a signature of a trusted key".to_owned(), "nothing".to_owned()),
            Self::WrongSubject(wrong) => (
                format!("signatures over {} {}", wrong.expected.name(), wrong.expected.digest),
                format!("over {} {}", quote(&wrong.found_name), wrong.found_digest),
            ),
            Self::UnknownKey { key } => {
                ("a signature of a trusted key".to_owned(), format!("of the key {key}"))
            }
            Self::NotForRuleset { signer, key, ruleset, .. } => (
                format!("a signature of a key that is trusted for {ruleset}"),
                format!("of the key {key} of {signer}"),
            ),
            Self::Forged { signer, key } => (
                format!("a signature of the key {key} of {signer}"),
                "one that is not of it".to_owned(),
            ),
        }
    }
}

impl std::fmt::Display for Signer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} ({})", self.name, self.key_id)
    }
}

impl TrustPolicy {
    /// Who signed this package, of those that the policy trusts for it.
    ///
    /// A signature that is there is always over this very package. One that names a trusted key
    /// must be of that key; one of an unknown key is passed over where a trusted one is beside it.
    /// Where the policy trusts nobody for the ruleset and accepts unsigned packages, there is
    /// nothing to verify a signature with, and nobody is named.
    pub fn check(
        &self,
        subject: &Subject,
        envelope: Option<&Envelope>,
    ) -> Result<Vec<Signer>, TrustError> {
        let Some(envelope) = envelope else {
            return match self.unsigned {
                Unsigned::Accepted => Ok(Vec::new()),
                Unsigned::Refused => Err(TrustError::Unsigned(Box::new(subject.clone()))),
            };
        };
        envelope.is_about(subject)?;
        let mut signers: Vec<Signer> = Vec::new();
        let mut untrusted = None;
        for signature in envelope.signatures() {
            match self.signer(subject, envelope, signature) {
                Ok(trusted) => {
                    let signer =
                        Signer { name: trusted.name.clone(), key_id: trusted.public_key.id() };
                    if !signers.iter().any(|other| other.key_id == signer.key_id) {
                        signers.push(signer);
                    }
                }
                Err(error @ TrustError::Forged { .. }) => return Err(error),
                // The most telling of them: a key that is known, but for something else.
                Err(error @ TrustError::NotForRuleset { .. }) => untrusted = Some(error),
                Err(error) => untrusted = Some(untrusted.unwrap_or(error)),
            }
        }
        match untrusted {
            Some(error) if signers.is_empty() && self.expects_signature(subject) => Err(error),
            _ => Ok(signers),
        }
    }

    /// Whether a signature has to be of somebody whom the policy knows.
    fn expects_signature(&self, subject: &Subject) -> bool {
        self.unsigned == Unsigned::Refused
            || self.trusted_keys.iter().any(|trusted| trusted.releases(&subject.ruleset))
    }

    fn signer(
        &self,
        subject: &Subject,
        envelope: &Envelope,
        signature: &Signature,
    ) -> Result<&TrustedKey, TrustError> {
        let mut named =
            self.trusted_keys.iter().filter(|trusted| signature.names(trusted.public_key.id()));
        let unknown = || TrustError::UnknownKey { key: signature.shown() };
        if signature.key_id.is_none() {
            // It names nobody: it is of whom it verifies for.
            let signer = named.find(|trusted| {
                trusted.releases(&subject.ruleset)
                    && envelope.verifies(signature, &trusted.public_key)
            });
            return signer.ok_or_else(unknown);
        }
        // The same key may stand there twice, for different rulesets.
        let mut elsewhere = None;
        for trusted in named {
            let (signer, key) = (trusted.name.clone(), trusted.public_key.id());
            if !envelope.verifies(signature, &trusted.public_key) {
                return Err(TrustError::Forged { signer, key });
            }
            if trusted.releases(&subject.ruleset) {
                return Ok(trusted);
            }
            let patterns = trusted.rulesets.clone();
            let ruleset = subject.ruleset.clone();
            elsewhere = Some(TrustError::NotForRuleset { signer, key, patterns, ruleset });
        }
        Err(elsewhere.unwrap_or_else(unknown))
    }
}

impl TrustedKey {
    fn releases(&self, ruleset: &str) -> bool {
        self.rulesets.iter().any(|pattern| pattern.matches(ruleset))
    }
}
