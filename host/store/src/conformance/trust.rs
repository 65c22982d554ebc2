//! Policies, proposals, impact reports, results and erasures.

use jiff::Timestamp;
use stele_digest::Digest;
use uuid::Uuid;

use super::{Broken, Make, equal, holds, sample};
use crate::{
    commit::{
        AnswerDraft, Change, Commit, CommitError, EraseDraft, Expectation, ImpactReportDraft,
        PolicyDraft, ProposalDraft, ResultDraft, ResultHeadDraft, ResultsDraft,
    },
    error::StoreError,
    names::{EmployeeId, EmploymentId, TenantId},
    records::{
        ImpactState, ListedResult, Log, ProposalState, Provenance, ResultId, RulesetVersion,
        Verdict, digest_of_batch,
    },
};

fn policy(tenant: Option<&TenantId>, approvals: u64) -> Commit {
    let log = tenant.map_or(Log::Operator, |tenant| Log::Tenant(tenant.clone()));
    let content = serde_json::json!({ "approvals": approvals });
    sample::commit(log, vec![Change::PutPolicy(PolicyDraft { tenant: tenant.cloned(), content })])
}

pub(super) async fn a_policy_has_revisions(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    equal("no policy", store.policy(Some(&acme)).await?, None)?;
    store.commit(policy(Some(&acme), 1)).await?;
    store.commit(policy(None, 7)).await?;
    let expected = Expectation::PolicyRevision { tenant: Some(acme.clone()), revision: Some(1) };
    store.commit(sample::expecting(policy(Some(&acme), 2), expected.clone())).await?;
    let late = store.commit(sample::expecting(policy(Some(&acme), 3), expected)).await;
    holds("a policy that was changed meanwhile is not overwritten", late.is_err())?;
    let found = async |holder: Option<&TenantId>| -> Result<_, Broken> {
        Ok(store.policy(holder).await?.map(|found| (found.revision, found.content.to_string())))
    };
    equal("the tenant's", found(Some(&acme)).await?, Some((2, r#"{"approvals":2}"#.to_owned())))?;
    equal("the operator's", found(None).await?, Some((1, r#"{"approvals":7}"#.to_owned())))
}

fn proposal(
    tenant: &TenantId,
    id: u128,
    state: ProposalState,
    verdict: Option<Verdict>,
) -> Result<Commit, Broken> {
    let draft = ProposalDraft {
        tenant: tenant.clone(),
        id: Uuid::from_u128(id),
        proposal: sample::proposal()?,
        state,
        verdict,
        reason: None,
    };
    Ok(sample::commit(Log::Tenant(tenant.clone()), vec![Change::PutProposal(Box::new(draft))]))
}

pub(super) async fn a_proposal_keeps_every_decision(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let (acme, beta) = (sample::tenant("acme")?, sample::tenant("beta")?);
    let proposed = store.commit(proposal(&acme, 1, ProposalState::Proposed, None)?).await?;
    store.commit(proposal(&acme, 2, ProposalState::Proposed, None)?).await?;
    let activation = Uuid::from_u128(9);
    let activated = ProposalState::Activated { activation };
    store.commit(proposal(&acme, 1, ProposalState::Proposed, Some(Verdict::Approved))?).await?;
    let expected = Expectation::ProposalRevision {
        tenant: acme.clone(),
        id: Uuid::from_u128(1),
        revision: Some(2),
    };
    let approve = || proposal(&acme, 1, activated, Some(Verdict::Approved));
    let approved = store.commit(sample::expecting(approve()?, expected.clone())).await?;
    holds(
        "of two decisions on one revision the second is refused",
        store.commit(sample::expecting(approve()?, expected)).await.is_err(),
    )?;
    let found = store
        .proposal(&acme, Uuid::from_u128(1))
        .await?
        .ok_or_else(|| Broken("the proposal is gone".to_owned()))?;
    equal("revision", found.revision, 3)?;
    equal("state", found.state, activated)?;
    equal("proposed at", found.proposed_at, proposed.recorded_at)?;
    equal("recorded at", found.recorded_at, approved.recorded_at)?;
    let verdicts: Vec<Verdict> = found.decisions.iter().map(|said| said.verdict).collect();
    equal("verdicts", verdicts, vec![Verdict::Approved, Verdict::Approved])?;

    let revisions = store.proposal_revisions(&acme, Uuid::from_u128(1)).await?;
    let numbers: Vec<u64> = revisions.iter().map(|record| record.revision).collect();
    equal("revisions", numbers, vec![1, 2, 3])?;

    let ids = async |before, limit| -> Result<Vec<u128>, Broken> {
        let page = store.proposals(&acme, before, limit).await?;
        Ok(page.iter().map(|record| record.id.as_u128()).collect())
    };
    equal("all, the newest first", ids(None, 10).await?, vec![2, 1])?;
    equal("a page of one", ids(None, 1).await?, vec![2])?;
    equal("the next page", ids(Some(Uuid::from_u128(2)), 10).await?, vec![1])?;
    equal("of another tenant", store.proposals(&beta, None, 10).await?.len(), 0)?;
    equal("of another tenant", store.proposal(&beta, Uuid::from_u128(1)).await?, None)
}

pub(super) async fn an_impact_report_is_finished_with_its_content(
    make: Make<'_>,
) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    let id = Uuid::from_u128(5);
    let put = |state, content: Option<&[u8]>| {
        let draft = ImpactReportDraft {
            tenant: acme.clone(),
            id,
            request: serde_json::json!({ "slot": "payroll" }),
            state,
            content: content.map(Into::into),
        };
        sample::commit(Log::Tenant(acme.clone()), vec![Change::PutImpactReport(Box::new(draft))])
    };
    store.commit(put(ImpactState::Running, None)).await?;
    equal("no content while it runs", store.impact_content(&acme, id).await?, None)?;
    // Longer than one piece, then shorter: nothing of the longer one may be left.
    let long: Vec<u8> =
        (0..40_000_u64).flat_map(|n| n.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes()).collect();
    for content in [long.as_slice(), b"short"] {
        let digest = Digest::of(content);
        store.commit(put(ImpactState::Finished { digest }, Some(content))).await?;
        equal("content", store.impact_content(&acme, id).await?, Some(content.to_vec()))?;
        let report = store.impact_report(&acme, id).await?.map(|report| report.state);
        equal("state", report, Some(ImpactState::Finished { digest }))?;
    }
    equal("reports", store.impact_reports(&acme, None, 10).await?.len(), 1)?;
    store.verify().await?;
    Ok(())
}

/// Every second result is in an employment of its own.
fn provenance(number: usize) -> Result<Provenance, Broken> {
    let employment = match number % 2 {
        0 => None,
        _ => Some(EmploymentId::new("second")?),
    };
    Ok(Provenance { version: version(), employment })
}

fn version() -> RulesetVersion {
    RulesetVersion {
        ruleset: "cn/payroll".to_owned(),
        version: "1.0.0".to_owned(),
        digest: Digest::of(b"package"),
    }
}

fn results(
    tenant: &TenantId,
    batch: u128,
    owners: &[(Option<&EmployeeId>, &[u8])],
) -> Result<Commit, Broken> {
    let mut drafts = Vec::new();
    for (number, (employee, content)) in owners.iter().enumerate() {
        let salt = format!("{number:032x}");
        let head = ResultHeadDraft {
            employee: employee.cloned(),
            slot: crate::names::Slot::new("payroll")?,
            kind: "payroll".to_owned(),
            provenance: provenance(number)?,
            date: jiff::civil::Date::constant(2026, 1, 31),
            salt,
        };
        drafts.push(ResultDraft::new(head, content.to_vec()));
    }
    let draft = ResultsDraft {
        tenant: tenant.clone(),
        batch: Uuid::from_u128(batch),
        results: drafts,
        answers: Vec::new(),
    };
    let digest = draft.digest();
    let mut commit =
        sample::commit(Log::Tenant(tenant.clone()), vec![Change::RecordResults(draft)]);
    commit.audit.digest = digest;
    Ok(commit)
}

fn id(batch: u128, position: u32) -> ResultId {
    ResultId { batch: Uuid::from_u128(batch), position }
}

pub(super) async fn results_are_read_back_one_by_one(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let (acme, beta) = (sample::tenant("acme")?, sample::tenant("beta")?);
    let (e1, e2) = (sample::employee("e1")?, sample::employee("e2")?);
    store.commit(sample::create_tenant(&acme)).await?;
    let recorded = store
        .commit(results(&acme, 1, &[(Some(&e1), b"one"), (Some(&e2), b"two"), (None, b"")])?)
        .await?;
    store.commit(results(&acme, 2, &[(Some(&e1), b"later")])?).await?;
    let content = async |tenant, id| -> Result<_, Broken> {
        Ok(store.result(tenant, id).await?.and_then(|result| result.content))
    };
    equal("the first", content(&acme, id(1, 0)).await?, Some(b"one".to_vec()))?;
    equal("the second", content(&acme, id(1, 1)).await?, Some(b"two".to_vec()))?;
    equal("an empty one", content(&acme, id(1, 2)).await?, Some(Vec::new()))?;
    equal("none behind the last", content(&acme, id(1, 3)).await?, None)?;
    equal("of another tenant", content(&beta, id(1, 0)).await?, None)?;
    let first = store.result(&acme, id(1, 0)).await?;
    let entry = first.map(|result| (result.audit_sequence, result.recorded_at));
    equal("its entry", entry, Some((recorded.audit_sequence, recorded.recorded_at)))?;
    let of_employee = store.results_of(&acme, &e1, None, 10).await?;
    let ids = |listed: &[ListedResult]| listed.iter().map(|listed| listed.id).collect::<Vec<_>>();
    equal("of an employee", ids(&of_employee), vec![id(1, 0), id(2, 0)])?;
    let heads = of_employee.iter().map(|listed| (listed.digest, listed.recorded_at));
    let mut expected = Vec::new();
    for id in [id(1, 0), id(2, 0)] {
        let result = store.result(&acme, id).await?;
        expected.extend(result.map(|result| (result.head.digest, result.recorded_at)));
    }
    holds("what is listed is what was recorded", heads.eq(expected))?;
    let after = store.results_of(&acme, &e1, Some(id(1, 0)), 10).await?;
    equal("of an employee, after the first", ids(&after), vec![id(2, 0)])?;
    equal("of an employee, at most", store.results_of(&acme, &e1, None, 1).await?.len(), 1)?;
    let all: Vec<ResultId> =
        store.results(&acme, None, 10).await?.iter().map(|result| result.id).collect();
    equal("all", all, vec![id(1, 0), id(1, 1), id(1, 2), id(2, 0)])?;
    equal("whole batches", store.results(&acme, None, 1).await?.len(), 3)?;
    equal("after a batch", store.results(&acme, Some(Uuid::from_u128(1)), 10).await?.len(), 1)?;
    let list = async |after, limit| store.result_list(&acme, after, limit).await;
    equal("the list", ids(&list(None, 10).await?), vec![id(1, 0), id(1, 1), id(1, 2), id(2, 0)])?;
    equal("a page of it", ids(&list(None, 2).await?), vec![id(1, 0), id(1, 1)])?;
    equal("the page after", ids(&list(Some(id(1, 1)), 2).await?), vec![id(1, 2), id(2, 0)])?;
    equal("of another tenant", store.result_list(&beta, None, 10).await?.len(), 0)?;
    let second = list(Some(id(1, 0)), 1).await?.pop();
    let second = second.map(|listed| (listed.employee, listed.provenance, listed.recorded_at));
    let expected = Some((Some(e2.clone()), Some(provenance(1)?), recorded.recorded_at));
    equal("what is listed", second, expected)?;
    let asked = [id(2, 0), id(1, 3), id(1, 1), id(9, 0), id(1, 0)];
    let found = store.results_by_ids(&acme, &asked).await?;
    let found: Vec<_> = found.into_iter().map(|found| Some(found?.id)).collect();
    equal(
        "by identifiers",
        found,
        vec![Some(asked[0]), None, Some(asked[2]), None, Some(asked[4])],
    )?;
    equal("verified", store.verify().await?.results, 4)?;

    let key = |name: &str| sample::key(Some(&acme), name);
    let answering = |batch, keys: &[&str]| -> Result<Commit, Broken> {
        let mut commit = results(&acme, batch, &[(None, b"x"), (None, b"y")])?;
        for change in &mut commit.changes {
            if let Change::RecordResults(draft) = change {
                draft.answers = (keys.iter())
                    .map(|name| AnswerDraft {
                        key: key(name),
                        request: Digest::of(name.as_bytes()),
                        status: 200,
                        body: format!("{batch} {name}"),
                    })
                    .collect();
            }
        }
        Ok(commit)
    };
    store.commit(answering(4, &["a", "b"])?).await?;
    let remembered = store.responses(&[key("b"), key("c"), key("a")]).await?;
    let bodies = remembered.into_iter().map(|answer| Some(answer?.body)).collect::<Vec<_>>();
    equal("answers", bodies, vec![Some("4 b".to_owned()), None, Some("4 a".to_owned())])?;
    let again = store.commit(answering(5, &["c", "b"])?).await;
    let answered = matches!(again, Err(CommitError::Store(StoreError::Answered)));
    holds("what is answered under one of the keys is not recorded again", answered)?;
    equal("nothing of it", store.result(&acme, id(5, 0)).await?, None)?;
    equal("no answer", store.response(&key("c")).await?, None)?;
    holds("one key, one answer", store.commit(answering(6, &["d", "d"])?).await.is_err())?;

    let mut wrong = results(&acme, 3, &[(None, b"x")])?;
    wrong.audit.digest = Digest::of(b"something else");
    holds("results need their digest in the log", store.commit(wrong).await.is_err())
}

pub(super) async fn what_is_erased_is_gone_and_the_log_stays_whole(
    make: Make<'_>,
) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    let (e1, e2) = (sample::employee("e1")?, sample::employee("e2")?);
    sample::put_now(store.as_ref(), &acme, &e1, Some("30000")).await?;
    sample::put_now(store.as_ref(), &acme, &e2, Some("20000")).await?;
    store.commit(results(&acme, 1, &[(Some(&e1), b"one"), (Some(&e2), b"two")])?).await?;
    let before = store.audit(&Log::Tenant(acme.clone()), 0, 100).await?;
    // The result of another employee is not this employee's to erase.
    let erase = |attributes, complete| {
        let draft = EraseDraft {
            tenant: acme.clone(),
            employee: e1.clone(),
            results: vec![id(1, 0), id(1, 1), id(4, 0)],
            attributes,
            complete,
        };
        sample::commit(Log::Tenant(acme.clone()), vec![Change::Erase(draft)])
    };
    store.commit(erase(false, false)).await?;
    let known =
        store.employee(&acme, &e1, Timestamp::MAX).await?.and_then(|found| found.attributes);
    holds("attributes stay until they are to go", known.is_some())?;
    store.commit(erase(true, true)).await?;

    let erased = store
        .result(&acme, id(1, 0))
        .await?
        .ok_or_else(|| Broken("that there was a result is not known any more".to_owned()))?;
    equal("content", erased.content, None)?;
    equal("employee", erased.head.employee, None)?;
    equal("salt", erased.head.salt.as_str(), "")?;
    let kept = store.result(&acme, id(1, 1)).await?.and_then(|result| result.content);
    equal("another employee's result", kept, Some(b"two".to_vec()))?;
    equal("results of the employee", store.results_of(&acme, &e1, None, 10).await?, Vec::new())?;
    let listed = store.result_list(&acme, None, 10).await?;
    equal("the list", listed.iter().map(|listed| listed.id).collect(), vec![id(1, 1)])?;
    let known = store.employee(&acme, &e1, Timestamp::MAX).await?;
    equal("attributes", known.as_ref().and_then(|known| known.attributes.clone()), None)?;
    equal("salt", known.map(|known| known.salt), Some(String::new()))?;
    let other =
        store.employee(&acme, &e2, Timestamp::MAX).await?.and_then(|known| known.attributes);
    holds("another employee's attributes stay", other.is_some())?;
    let erasure = store.erasure(&acme, &e1).await?;
    let erasure = erasure.map(|found| (found.erased, found.attributes_erased, found.complete));
    equal("erasure", erasure, Some((vec![id(1, 0)], true, true)))?;
    equal("erasures", store.erasures(None, 100).await?.len(), 1)?;

    let after = store.audit(&Log::Tenant(acme.clone()), 0, 100).await?;
    equal("entries before", after.get(..before.len()), Some(before.as_slice()))?;
    let heads = store.results(&acme, None, 10).await?;
    let digest = digest_of_batch(heads.iter().map(|result| &result.head));
    equal("digest of the batch", before.last().map(|entry| entry.digest), Some(digest))?;
    equal("verified", store.verify().await?.results, 2)
}
