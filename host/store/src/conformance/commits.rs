//! All or nothing, in order, once.

use std::sync::Arc;

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
    store::{RESPONSES_KEPT, Store},
};

pub(super) fn a_commit_whose_expectation_fails_writes_nothing(
    make: Make<'_>,
) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    store.commit(sample::create_tenant(&acme))?;
    let horizon = store.horizon();
    let mut commit = sample::create_token(1, Some(&acme));
    commit.expect.push(Expectation::TenantPresent(acme.clone()));
    commit.expect.push(Expectation::TenantAbsent(acme.clone()));
    match store.commit(commit) {
        Err(CommitError::Unmet(Unmet { expectation, .. })) => {
            equal("what failed", expectation, Expectation::TenantAbsent(acme))?;
        }
        other => return Err(Broken(format!("expected a refusal, found {other:?}"))),
    }
    equal("tokens", store.tokens()?.len(), 0)?;
    equal("entries", store.audit_length(&Log::Operator)?, 1)?;
    equal("horizon", store.horizon(), horizon)
}

pub(super) fn each_expectation_is_checked(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let (acme, beta) = (sample::tenant("acme")?, sample::tenant("beta")?);
    let (here, gone) = (sample::employee("here")?, sample::employee("gone")?);
    store.commit(sample::create_tenant(&acme))?;
    store.commit(sample::create_token(1, None))?;
    store.commit(sample::create_token(2, None))?;
    let revoke = Change::RevokeToken { id: Uuid::from_u128(2) };
    store.commit(sample::commit(Log::Operator, vec![revoke]))?;
    store.commit(sample::publish(Scope::Everyone, "1.0.0", &[b"package"]))?;
    sample::put_now(store.as_ref(), &acme, &here, Some("1"))?;
    sample::put_now(store.as_ref(), &acme, &here, Some("2"))?;
    sample::put_now(store.as_ref(), &acme, &gone, Some("1"))?;
    sample::put_now(store.as_ref(), &acme, &gone, None)?;
    store.remember(&sample::key(Some(&acme), "used"), Digest::ZERO, 200, String::new())?;

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
        equal(&what, store.commit(tried).is_ok(), met)?;
    }
    Ok(())
}

pub(super) fn recorded_time_increases_whatever_the_clock_does(
    make: Make<'_>,
) -> Result<(), Broken> {
    let clock = sample::HandClock::new();
    let store = make(clock.clone())?;
    let mut last = Timestamp::UNIX_EPOCH;
    for seconds in [0, 0, 10, -3600, -1, 0, 7200] {
        clock.move_by(seconds);
        let recorded_at = store.commit(sample::commit(Log::Operator, Vec::new()))?.recorded_at;
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

pub(super) fn observers_hear_of_commits_in_order_before_the_committer_does(
    make: Make<'_>,
) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let listener = Arc::new(Listener::default());
    store.observe(listener.clone());
    let commit = |store: &Arc<dyn Store>| -> Result<bool, Broken> {
        let committed = store.commit(sample::commit(Log::Operator, Vec::new()))?;
        Ok(listener.0.lock().contains(&committed.recorded_at))
    };
    let heard: Result<Vec<bool>, Broken> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| (0..20).map(|_| commit(&store)).collect::<Result<Vec<_>, _>>()))
            .collect();
        let mut heard = Vec::new();
        for thread in threads {
            let ended = thread.join().map_err(|_| Broken("a committer panicked".to_owned()))?;
            heard.extend(ended?);
        }
        Ok(heard)
    });
    holds("every commit was heard of before it returned", heard?.into_iter().all(|heard| heard))?;
    let heard = listener.0.lock();
    equal("commits", heard.len(), 160)?;
    holds("in order", heard.is_sorted())
}

pub(super) fn of_many_writers_of_one_revision_exactly_one_wins(
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
        let winners = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    let put = sample::put(&acme, &employee, Some("1"));
                    let commit = sample::expecting(put, expected.clone());
                    let store = &store;
                    scope.spawn(move || store.commit(commit).is_ok())
                })
                .collect();
            threads.into_iter().filter_map(|thread| thread.join().ok()).filter(|won| *won).count()
        });
        equal("winners", winners, 1)?;
    }
    equal("entries", store.audit_length(&Log::Tenant(acme))?, 20)
}

pub(super) fn an_answer_is_remembered_with_its_change(make: Make<'_>) -> Result<(), Broken> {
    let store = sample::store(make)?;
    let acme = sample::tenant("acme")?;
    let answering = |commit| Commit {
        response: Some(ResponseDraft {
            key: sample::key(Some(&acme), "key"),
            request: Digest::of(b"request"),
            status: 201,
            body: Box::new(|committed: &Committed| committed.recorded_at.to_string()),
        }),
        ..commit
    };
    let refused = sample::create_tenant(&acme);
    let refused = sample::expecting(refused, Expectation::TenantPresent(acme.clone()));
    holds("it is refused", store.commit(answering(refused)).is_err())?;
    equal("no change, no answer", store.response(&sample::key(Some(&acme), "key"))?, None)?;

    let committed = store.commit(answering(sample::create_tenant(&acme)))?;
    let answer = store
        .response(&sample::key(Some(&acme), "key"))?
        .ok_or_else(|| Broken("the answer is missing".to_owned()))?;
    equal("status", answer.status, 201)?;
    equal("request", answer.request, Digest::of(b"request"))?;
    equal("body", answer.body, committed.recorded_at.to_string())?;
    let other = ResponseKey { subject: Uuid::from_u128(8), ..sample::key(Some(&acme), "key") };
    equal("another subject", store.response(&other)?, None)?;
    let entries = store.audit_length(&Log::Operator)?;
    for _ in 0..2 {
        let again = store.commit(answering(sample::commit(Log::Operator, Vec::new())));
        let answered = matches!(again, Err(CommitError::Store(StoreError::Answered)));
        holds("what is answered under a key is not done again", answered)?;
    }
    equal("entries", store.audit_length(&Log::Operator)?, entries)?;
    equal("another holder", store.response(&sample::key(None, "key"))?, None)?;

    store.remember(&sample::key(Some(&acme), "key"), Digest::ZERO, 200, "new".to_owned())?;
    let replaced = store.response(&sample::key(Some(&acme), "key"))?.map(|answer| answer.body);
    equal("replaced", replaced, Some("new".to_owned()))
}

pub(super) fn answers_are_forgotten_after_their_time(make: Make<'_>) -> Result<(), Broken> {
    let clock = sample::HandClock::new();
    let store = make(clock.clone())?;
    store.remember(&sample::key(None, "old"), Digest::ZERO, 200, String::new())?;
    clock.move_by(24 * 3600);
    store.remember(&sample::key(None, "young"), Digest::ZERO, 200, String::new())?;
    holds("a day later", store.response(&sample::key(None, "old"))?.is_some())?;
    clock.move_by(RESPONSES_KEPT.as_secs() - 24 * 3600 + 1);
    // Two commits: the first sweeps, the second is made after it.
    for _ in 0..2 {
        store.commit(sample::commit(Log::Operator, Vec::new()))?;
    }
    equal("after its time", store.response(&sample::key(None, "old"))?, None)?;
    holds("the younger one", store.response(&sample::key(None, "young"))?.is_some())
}
