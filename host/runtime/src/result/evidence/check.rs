//! Checks a bundle with nothing but the bundle: recomputes every digest along the chain from the
//! facts to the audit log, and runs the rule again.
//!
//! Where the bundle has them, the inclusion proof must lead from the audit entry to the checkpoint.
//! What only somebody else can say is not checked here: whether that checkpoint is the log's, which
//! its signature and one that was kept elsewhere show.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use stele_digest::Digest;
use stele_engine::Engine;
use stele_ruleset::{COMPONENT_FILE, MANIFEST_FILE, PARAMETERS_FILE, Package, Ruleset};
use stele_store::{
    ActivationRecord, AuditEntry, ProposalRecord, ResultHead, ResultId, TenantId, merkle,
};

use super::{
    archive::{self, BundleError},
    bundle::{self, COMPULSORY, Contents, EvidenceHead},
};
use crate::{
    audit::{InclusionProof, SignedCheckpoint},
    result::{Replay, ResultContent, run_again},
};

/// What a bundle shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceReport {
    /// Whether nothing is missing, nothing contradicts anything, and the result comes out the same.
    pub holds: bool,
    /// Whose result; none where the bundle does not say.
    pub tenant: Option<TenantId>,
    /// Which result.
    pub result: Option<ResultId>,
    /// The ruleset and version that was run.
    pub version: Option<String>,
    /// The parts that are there.
    pub parts: Vec<String>,
    /// Everything that is wrong with the bundle.
    pub problems: Vec<EvidenceProblem>,
    /// What came of running the rule again; none where a part that it takes is missing or broken.
    pub replay: Option<Replay>,
}

/// One thing that is wrong with a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "problem")]
pub enum EvidenceProblem {
    /// A part is not there.
    #[error("{part}: missing")]
    Missing {
        /// Its path.
        part: String,
    },
    /// A part is there that the bundle does not name.
    #[error("{part}: the bundle does not name it")]
    Unnamed {
        /// Its path.
        part: String,
    },
    /// A part has another digest than the one that vouches for it.
    #[error("{part}: its digest is {found}; {vouched_by} says {expected}")]
    Digest {
        /// Its path.
        part: String,
        /// Which part names its digest.
        vouched_by: String,
        /// The digest there.
        expected: String,
        /// The digest that it has.
        found: String,
    },
    /// A part cannot be read.
    #[error("{part}: {reason}")]
    Unreadable {
        /// Its path.
        part: String,
        /// Why.
        reason: String,
    },
    /// Two parts say different things.
    #[error("{part}: {what} is {found}; {vouched_by} says {expected}")]
    Contradiction {
        /// The part.
        part: String,
        /// What is different.
        what: String,
        /// The other part.
        vouched_by: String,
        /// What the other part says.
        expected: String,
        /// What the part says.
        found: String,
    },
}

/// Checks a bundle that anyone may have made. Compiles and runs what is in it, within the engine's
/// limits.
pub async fn check(engine: &Engine, bytes: &[u8]) -> Result<EvidenceReport, BundleError> {
    let mut checker = Checker { parts: archive::unpack(bytes)?, problems: Vec::new() };
    checker.complete();
    let contents: Option<Contents> = checker.read(bundle::BUNDLE);
    if let Some(contents) = &contents {
        checker.listed(contents);
    }
    let content = checker.content();
    let head: Option<EvidenceHead> = checker.read(bundle::HEAD);
    if let (Some(contents), Some(head)) = (&contents, &head) {
        checker.same(bundle::HEAD, "the result", bundle::BUNDLE, &contents.result, &head.id);
    }
    if let Some(head) = &head {
        checker.recorded(head, content.as_ref());
    }
    checker.authority(contents.as_ref(), content.as_ref());
    let ruleset = checker.ruleset(engine, content.as_ref()).await;
    let replay = match (&ruleset, &content) {
        (Some(ruleset), Some(content)) => {
            let holder: Arc<str> = Arc::from("evidence");
            let mut session = ruleset.session(engine, &holder);
            match run_again(&mut session, content, content.has_steps()).await {
                Ok((replay, _)) => Some(replay),
                Err(failure) => {
                    checker.unreadable(bundle::RESULT, failure.to_string());
                    None
                }
            }
        }
        _ => None,
    };
    let Checker { parts, problems } = checker;
    Ok(EvidenceReport {
        holds: problems.is_empty() && replay.as_ref().is_some_and(|replay| replay.identical),
        tenant: contents.as_ref().map(|contents| contents.tenant.clone()),
        result: contents.map(|contents| contents.result),
        version: content
            .map(|content| format!("{} {}", content.receipt.ruleset, content.receipt.version)),
        parts: parts.into_keys().collect(),
        problems,
        replay,
    })
}

struct Checker {
    parts: BTreeMap<String, Vec<u8>>,
    problems: Vec<EvidenceProblem>,
}

impl Checker {
    /// Names every part that each bundle has and this one has not.
    fn complete(&mut self) {
        let package = [MANIFEST_FILE, COMPONENT_FILE, PARAMETERS_FILE];
        let package = package.map(|file| format!("{}{file}", bundle::PACKAGE));
        for part in COMPULSORY.map(str::to_owned).into_iter().chain(package) {
            if !self.parts.contains_key(&part) {
                self.problems.push(EvidenceProblem::Missing { part });
            }
        }
    }

    /// Each part against the digest in `bundle.json`.
    fn listed(&mut self, contents: &Contents) {
        if contents.format != bundle::FORMAT {
            let reason =
                format!("its format is {}; this program reads {}", contents.format, bundle::FORMAT);
            self.unreadable(bundle::BUNDLE, reason);
        }
        for (part, expected) in &contents.parts {
            match self.parts.get(part) {
                Some(content) => {
                    let found = Digest::of(content).to_string();
                    self.digest(part, bundle::BUNDLE, expected.clone(), found);
                }
                None => {
                    let missing = EvidenceProblem::Missing { part: shortened(part) };
                    if !self.problems.contains(&missing) {
                        self.problems.push(missing);
                    }
                }
            }
        }
        let named =
            |part: &&String| part.as_str() == bundle::BUNDLE || contents.parts.contains_key(*part);
        let unnamed: Vec<String> = self.parts.keys().filter(|part| !named(part)).cloned().collect();
        let unnamed = unnamed.into_iter().map(|part| EvidenceProblem::Unnamed { part });
        self.problems.extend(unnamed);
    }

    fn content(&mut self) -> Option<ResultContent> {
        match ResultContent::decode(self.parts.get(bundle::RESULT)?) {
            Ok(content) => Some(content),
            Err(error) => {
                self.unreadable(bundle::RESULT, error.to_string());
                None
            }
        }
    }

    /// From the content to the audit entry, digest by digest.
    fn recorded(&mut self, head: &EvidenceHead, content: Option<&ResultContent>) {
        if let Some(bytes) = self.parts.get(bundle::RESULT) {
            let found = ResultHead::digest_of(&head.salt, bytes).to_string();
            self.digest(bundle::RESULT, bundle::HEAD, head.digest.to_string(), found);
        }
        if let Some(content) = content {
            let receipt = &content.receipt;
            let named = receipt.result.map(|id| id.to_string()).unwrap_or_default();
            self.same(bundle::RESULT, "the result", bundle::HEAD, &head.id.to_string(), &named);
            self.same(bundle::HEAD, "the slot", bundle::RESULT, &receipt.slot, &head.slot);
            self.same(bundle::HEAD, "the date", bundle::RESULT, &receipt.date, &head.date);
        }
        let batch: Option<Vec<Digest>> = self.read(bundle::BATCH);
        if let Some(batch) = &batch {
            let position = usize::try_from(head.id.position).unwrap_or(usize::MAX);
            let found = batch.get(position).map(ToString::to_string).unwrap_or_default();
            self.digest(bundle::HEAD, bundle::BATCH, found, head.digest.to_string());
        }
        let entry: Option<AuditEntry> = self.read(bundle::ENTRY);
        let Some(entry) = entry else { return };
        if let Some(batch) = &batch {
            let found = Digest::of_digests(batch).to_string();
            self.digest(bundle::BATCH, bundle::ENTRY, entry.digest.to_string(), found);
        }
        let sequence = (&entry.sequence, &head.audit_sequence);
        self.same(bundle::HEAD, "the position in the log", bundle::ENTRY, sequence.0, sequence.1);
        let time = (&entry.recorded_at, &head.recorded_at);
        self.same(bundle::HEAD, "the recorded time", bundle::ENTRY, time.0, time.1);
        let subject = (&entry.actor.subject, &head.actor.subject);
        self.same(bundle::HEAD, "who recorded it", bundle::ENTRY, subject.0, subject.1);
        self.included(&entry);
        let batch = head.id.batch.as_hyphenated().to_string();
        let named = entry.subject.split(' ').next().unwrap_or_default().to_owned();
        let action = entry.action.as_str();
        self.same(bundle::ENTRY, "the action", "every bundle", &"result.recorded", &action);
        self.same(bundle::ENTRY, "the batch", bundle::HEAD, &batch, &named);
    }

    /// From the audit entry to the checkpoint, where the bundle has them.
    fn included(&mut self, entry: &AuditEntry) {
        let inclusion: Option<InclusionProof> = self.read(bundle::INCLUSION);
        let checkpoint: Option<SignedCheckpoint> = self.read(bundle::CHECKPOINT);
        let Some(inclusion) = inclusion else { return };
        match entry.hash() {
            Ok(leaf) => {
                self.same(bundle::INCLUSION, "the leaf", bundle::ENTRY, &leaf, &inclusion.leaf)
            }
            Err(error) => self.unreadable(bundle::ENTRY, error.to_string()),
        }
        self.same(bundle::INCLUSION, "the entry", bundle::ENTRY, &entry.sequence, &inclusion.entry);
        let InclusionProof { entry: sequence, size, leaf, root, proof, .. } = &inclusion;
        if let Err(error) = merkle::check_inclusion(leaf, *sequence, *size, proof, root) {
            self.unreadable(bundle::INCLUSION, error.to_string());
        }
        if let Some(checkpoint) = checkpoint {
            let by = bundle::CHECKPOINT;
            self.same(bundle::INCLUSION, "the log", by, &checkpoint.log, &inclusion.log);
            self.same(bundle::INCLUSION, "the size", by, &checkpoint.size, &inclusion.size);
            self.same(bundle::INCLUSION, "the root", by, &checkpoint.root, &inclusion.root);
        }
    }

    /// On whose authority the version was in force.
    fn authority(&mut self, contents: Option<&Contents>, content: Option<&ResultContent>) {
        let activation: Option<ActivationRecord> = self.read(bundle::ACTIVATION);
        let proposal: Option<ProposalRecord> = self.read(bundle::PROPOSAL);
        let Some(activation) = activation else { return };
        if let Some(contents) = contents {
            let (expected, found) = (&contents.tenant, &activation.tenant);
            self.same(bundle::ACTIVATION, "the tenant", bundle::BUNDLE, expected, found);
        }
        if let Some(content) = content {
            let receipt = &content.receipt;
            let digest = (receipt.digest.to_string(), activation.digest.to_string());
            let by = bundle::RESULT;
            self.same(
                bundle::ACTIVATION,
                "the activation",
                by,
                &receipt.activation,
                &activation.id,
            );
            self.same(bundle::ACTIVATION, "the slot", by, &receipt.slot, &activation.slot);
            self.same(bundle::ACTIVATION, "the package", by, &digest.0, &digest.1);
        }
        match (activation.proposal, &proposal) {
            (Some(_), None) if !self.parts.contains_key(bundle::PROPOSAL) => {
                let part = bundle::PROPOSAL.to_owned();
                self.problems.push(EvidenceProblem::Missing { part });
            }
            (id, Some(proposal)) => {
                let id = id.map(|id| id.to_string()).unwrap_or_default();
                let (by, found) = (bundle::ACTIVATION, proposal.id.to_string());
                self.same(bundle::PROPOSAL, "the proposal", by, &id, &found);
                let (expected, found) = (&activation.digest, &proposal.proposal.digest);
                self.same(bundle::PROPOSAL, "the package", by, expected, found);
            }
            _ => {}
        }
    }

    /// The version that was run, compiled anew from the bytes in the bundle.
    async fn ruleset(
        &mut self,
        engine: &Engine,
        content: Option<&ResultContent>,
    ) -> Option<Arc<Ruleset>> {
        let files: BTreeMap<String, Vec<u8>> = self
            .parts
            .iter()
            .filter_map(|(path, content)| {
                Some((path.strip_prefix(bundle::PACKAGE)?.to_owned(), content.clone()))
            })
            .collect();
        let package = match Package::from_files(files) {
            Ok(package) => package,
            Err(error) => {
                self.unreadable(bundle::PACKAGE, error.to_string());
                return None;
            }
        };
        if let Some(content) = content {
            let expected = content.receipt.digest.to_string();
            let found = package.digest().to_string();
            self.digest(bundle::PACKAGE, bundle::RESULT, expected, found);
        }
        match Ruleset::open(engine, &package).await {
            Ok(ruleset) => Some(ruleset),
            Err(error) => {
                self.unreadable(bundle::PACKAGE, error.to_string());
                None
            }
        }
    }

    /// A part as its type; none where it is missing, which is named elsewhere, or unreadable.
    fn read<T: DeserializeOwned>(&mut self, part: &str) -> Option<T> {
        match serde_json::from_slice(self.parts.get(part)?) {
            Ok(read) => Some(read),
            Err(error) => {
                self.unreadable(part, format!("it is not what is expected there: {error}"));
                None
            }
        }
    }

    fn unreadable(&mut self, part: &str, reason: String) {
        let reason = reason.chars().take(400).collect();
        self.problems.push(EvidenceProblem::Unreadable { part: part.to_owned(), reason });
    }

    fn digest(&mut self, part: &str, vouched_by: &str, expected: String, found: String) {
        if expected != found {
            self.problems.push(EvidenceProblem::Digest {
                part: part.to_owned(),
                vouched_by: vouched_by.to_owned(),
                expected: shortened(&expected),
                found,
            });
        }
    }

    fn same<T: PartialEq + ToString>(
        &mut self,
        part: &str,
        what: &str,
        vouched_by: &str,
        expected: &T,
        found: &T,
    ) {
        if expected != found {
            self.problems.push(EvidenceProblem::Contradiction {
                part: part.to_owned(),
                what: what.to_owned(),
                vouched_by: vouched_by.to_owned(),
                expected: shortened(&expected.to_string()),
                found: shortened(&found.to_string()),
            });
        }
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(120).collect()
}
