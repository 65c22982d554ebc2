//! All or nothing, in order, once.

use std::sync::Arc;

use futures::future;
use jiff::Timestamp;
use parking_lot::Mutex;
use stele_digest::Digest;
use uuid::Uuid;

use super::{Broken, Make, equal, holds, sample};
use crate::{
    commit::{
        Change, Commit, CommitError, Committed, Expectation, Observer, ResponseDraft, ResponseKey,
        Unmet,
    },
    error::StoreError,
    names::EmployeeId,
    records::{Log, Scope},
    store::RESPONSES_KEPT,
};

pub(super) async fn a_commit_whose_expectation_fails_writes_nothing(
    make: Make<'_>,
) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    store.commit(sample::create_tenant(&acme)).await?;
    let horizon = store.horizon();
    let mut commit = sample::create_token(1, Some(&acme));
    commit.expect.push(Expectation::TenantPresent(acme.clone()));
    commit.expect.push(Expectation::TenantAbsent(acme.clone()));
    match store.commit(commit).await {
        Err(CommitError::Unmet(Unmet { expectation, .. })) => {
            equal("what failed", expectation, Expectation::TenantAbsent(acme))?;
        }
        other => return Err(Broken(format!("expected a refusal, found {other:?}"))),
    }
    equal("tokens", store.tokens(None, 100).await?.len(), 0)?;
    equal("entries", store.audit_length(&Log::Operator).await?, 1)?;
    equal("horizon", store.horizon(), horizon)
}

pub(super) async fn each_expectation_is_checked(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let (acme, beta) = (sample::tenant("acme")?, sample::tenant("beta")?);
    let (here, gone) = (sample::employee("here")?, sample::employee("gone")?);
    store.commit(sample::create_tenant(&acme)).await?;
    store.commit(sample::create_token(1, None)).await?;
    store.commit(sample::create_token(2, None)).await?;
    let revoke = Change::RevokeToken { id: Uuid::from_u128(2) };
    store.commit(sample::commit(Log::Operator, vec![revoke])).await?;
    store.commit(sample::publish(Scope::Everyone, "1.0.0", &[b"package"])).await?;
    sample::put_now(store.as_ref(), &acme, &here, Some("1")).await?;
    sample::put_now(store.as_ref(), &acme, &here, Some("2")).await?;
    sample::put_now(store.as_ref(), &acme, &gone, Some("1")).await?;
    sample::put_now(store.as_ref(), &acme, &gone, None).await?;
    store.remember(&sample::key(Some(&acme), "used"), Digest::ZERO, 200, String::new()).await?;

    let name = || "cn/payroll".to_owned();
    let version = |scope: &Scope, version: &str| Expectation::VersionAbsent {
        scope: scope.clone(),
        name: name(),
        version: version.to_owned(),
    };
    let revision = |employee: &EmployeeId, revision| Expectation::EmployeeRevision {
        tenant: acme.clone(),
        employee: employee.clone(),
        revision,
    };
    let answer = |key: &str| Expectation::ResponseAbsent(sample::key(Some(&acme), key));
    let own = Scope::Tenant(acme.clone());
    let cases = [
        (Expectation::TenantPresent(acme.clone()), true),
        (Expectation::TenantPresent(beta.clone()), false),
        (Expectation::TenantAbsent(acme.clone()), false),
        (Expectation::TenantAbsent(beta), true),
        (Expectation::TokenActive(Uuid::from_u128(1)), true),
        (Expectation::TokenActive(Uuid::from_u128(2)), false),
        (Expectation::TokenActive(Uuid::from_u128(3)), false),
        (version(&Scope::Everyone, "1.0.0"), false),
        (version(&Scope::Everyone, "1.0"), true),
        (version(&own, "1.0.0"), true),
        (Expectation::NameAbsent { scope: Scope::Everyone, name: name() }, false),
        (Expectation::NameAbsent { scope: own, name: name() }, true),
        (Expectation::NameAbsent { scope: Scope::Everyone, name: "cn/pay".to_owned() }, true),
        (revision(&here, Some(2)), true),
        (revision(&here, Some(1)), false),
        (revision(&here, None), false),
        (revision(&gone, None), true),
        (revision(&gone, Some(2)), false),
        (answer("used"), false),
        (answer("unused"), true),
    ];
    for (expectation, met) in cases {
        let what = format!("{expectation:?}");
        let tried = sample::expecting(sample::commit(Log::Operator, Vec::new()), expectation);
        equal(&what, store.commit(tried).await.is_ok(), met)?;
    }
    Ok(())
}

pub(super) async fn recorded_time_increases_whatever_the_clock_does(
    make: Make<'_>,
) -> Result<(), Broken> {
    let clock = sample::HandClock::new();
    let store = make(clock.clone())?;
    let mut last = Timestamp::UNIX_EPOCH;
    for seconds in [0, 0, 10, -3600, -1, 0, 7200] {
        clock.move_by(seconds);
        let recorded_at =
            store.commit(sample::commit(Log::Operator, Vec::new())).await?.recorded_at;
        holds("each commit is recorded after the one before", recorded_at > last)?;
        equal("the horizon", store.horizon(), recorded_at)?;
        last = recorded_at;
    }
    Ok(())
}

/// Remembers what it heard.
#[derive(Default)]
struct Listener(Mutex<Vec<Timestamp>>);

impl Observer for Listener {
    fn committed(&self, commits: &[Arc<Committed>]) {
        self.0.lock().extend(commits.iter().map(|commit| commit.recorded_at));
    }
}

pub(super) async fn observers_hear_of_commits_in_order_before_the_committer_does(
    make: Make<'_>,
) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let listener = Arc::new(Listener::default());
    store.observe(listener.clone());
    let committing = (0..8).map(|_| async {
        for _ in 0..20 {
            let committed = store.commit(sample::commit(Log::Operator, Vec::new())).await?;
            let heard = listener.0.lock().contains(&committed.recorded_at);
            holds("a commit was heard of before it returned", heard)?;
        }
        Ok::<_, Broken>(())
    });
    future::try_join_all(committing).await?;
    let heard = listener.0.lock();
    equal("commits", heard.len(), 160)?;
    holds("in order", heard.is_sorted())
}

pub(super) async fn of_many_writers_of_one_revision_exactly_one_wins(
    make: Make<'_>,
) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    let employee = sample::employee("e1")?;
    for revision in 0..20_u64 {
        let expected = Expectation::EmployeeRevision {
            tenant: acme.clone(),
            employee: employee.clone(),
            revision: (revision > 0).then_some(revision),
        };
        let committing = (0..8).map(|_| {
            let put = sample::put(&acme, &employee, Some("1"));
            store.commit(sample::expecting(put, expected.clone()))
        });
        let ended = future::join_all(committing).await;
        let winners = ended.iter().filter(|ended| ended.is_ok()).count();
        equal("winners", winners, 1)?;
    }
    equal("entries", store.audit_length(&Log::Tenant(acme)).await?, 20)
}

pub(super) async fn an_answer_is_remembered_with_its_change(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    let answering = |commit| Commit {
        response: Some(ResponseDraft {
            key: sample::key(Some(&acme), "key"),
            request: Digest::of(b"request"),
            status: 201,
            body: Arc::new(|committed: &Committed| committed.recorded_at.to_string()),
        }),
        ..commit
    };
    let refused = sample::create_tenant(&acme);
    let refused = sample::expecting(refused, Expectation::TenantPresent(acme.clone()));
    holds("it is refused", store.commit(answering(refused)).await.is_err())?;
    equal("no change, no answer", store.response(&sample::key(Some(&acme), "key")).await?, None)?;

    let committed = store.commit(answering(sample::create_tenant(&acme))).await?;
    let answer = store
        .response(&sample::key(Some(&acme), "key"))
        .await?
        .ok_or_else(|| Broken("the answer is missing".to_owned()))?;
    equal("status", answer.status, 201)?;
    equal("request", answer.request, Digest::of(b"request"))?;
    equal("body", answer.body, committed.recorded_at.to_string())?;
    let other = ResponseKey { subject: Uuid::from_u128(8), ..sample::key(Some(&acme), "key") };
    equal("another subject", store.response(&other).await?, None)?;
    let entries = store.audit_length(&Log::Operator).await?;
    for _ in 0..2 {
        let again = store.commit(answering(sample::commit(Log::Operator, Vec::new()))).await;
        let answered = matches!(again, Err(CommitError::Store(StoreError::Answered)));
        holds("what is answered under a key is not done again", answered)?;
    }
    equal("entries", store.audit_length(&Log::Operator).await?, entries)?;
    equal("another holder", store.response(&sample::key(None, "key")).await?, None)?;

    store.remember(&sample::key(Some(&acme), "key"), Digest::ZERO, 200, "new".to_owned()).await?;
    let replaced =
        store.response(&sample::key(Some(&acme), "key")).await?.map(|answer| answer.body);
    equal("replaced", replaced, Some("new".to_owned()))
}

pub(super) async fn answers_are_forgotten_after_their_time(make: Make<'_>) -> Result<(), Broken> {
    let clock = sample::HandClock::new();
    let store = make(clock.clone())?;
    store.remember(&sample::key(None, "old"), Digest::ZERO, 200, String::new()).await?;
    clock.move_by(24 * 3600);
    store.remember(&sample::key(None, "young"), Digest::ZERO, 200, String::new()).await?;
    holds("a day later", store.response(&sample::key(None, "old")).await?.is_some())?;
    clock.move_by(RESPONSES_KEPT.as_secs() - 24 * 3600 + 1);
    // Two commits: the first sweeps, the second is made after it.
    for _ in 0..2 {
        store.commit(sample::commit(Log::Operator, Vec::new())).await?;
    }
    equal("after its time", store.response(&sample::key(None, "old")).await?, None)?;
    holds("the younger one", store.response(&sample::key(None, "young")).await?.is_some())
}
