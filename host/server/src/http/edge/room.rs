//! Room for one kind of work, of which nobody can take all: it is bounded in all, for one tenant
//! and for one token.

use std::collections::HashMap;
use std::sync::Arc;

use metrics::{counter, gauge};
use parking_lot::Mutex;
use stele_runtime::{Credential, TenantId};
use uuid::Uuid;

use super::problem::Problem;
use crate::limits::Share;

/// Tenants or tokens that are remembered although they hold nothing, so that a request need not
/// make and remove an entry.
const REMEMBERED: usize = 1024;

/// Who takes room.
#[derive(Debug, Clone)]
pub(crate) enum Holder {
    /// Everybody without a token that is known; together they are as one tenant.
    Unknown,
    /// A token. The operator's tokens together are as one tenant.
    Known(Arc<Credential>),
}

impl Holder {
    fn tenant(&self) -> Option<&TenantId> {
        match self {
            Holder::Unknown => None,
            Holder::Known(credential) => credential.tenant.as_ref(),
        }
    }
}

/// Room for one kind of work.
#[derive(Debug)]
pub(crate) struct Room {
    /// The limit, as the settings call it.
    limit: &'static str,
    /// The work, in words that follow "too many".
    what: &'static str,
    /// Seconds after which some of it has usually ended.
    retry: u64,
    share: Share,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    all: usize,
    by_unknown: usize,
    by_operator: usize,
    by_tenant: HashMap<TenantId, usize>,
    by_token: HashMap<Uuid, usize>,
}

impl Room {
    /// Empty room.
    pub(crate) fn new(
        limit: &'static str,
        what: &'static str,
        retry: u64,
        share: Share,
    ) -> Arc<Room> {
        Arc::new(Room { limit, what, retry, share, held: Mutex::new(Held::default()) })
    }

    /// Takes room for one.
    ///
    /// # Errors
    /// 429: the token or its tenant holds its share; 503: everybody together holds all.
    pub(crate) fn enter(self: &Arc<Room>, holder: Holder) -> Result<Place, Problem> {
        self.held.lock().take(&holder, &self.share).map_err(|full| self.refuse(full))?;
        Ok(Place { room: self.clone(), holder })
    }

    /// Tells the metrics how much is held.
    pub(crate) fn measure(&self) {
        let held = u32::try_from(self.held.lock().all).unwrap_or(u32::MAX);
        gauge!("stele_http_room_held", "limit" => self.limit).set(f64::from(held));
    }

    fn refuse(&self, full: Full) -> Problem {
        let Room { limit, what, retry, share, .. } = self;
        let (of, most, whose) = match full {
            Full::Token => ("token", share.token, "your token has"),
            Full::Tenant => ("tenant", share.tenant, "your tenant has"),
            Full::Unknown => {
                ("unknown", share.tenant, "callers without a token that is known have")
            }
            Full::All => ("all", share.total, "the server has"),
        };
        counter!("stele_http_room_refused_total", "limit" => *limit, "share" => of).increment(1);
        let detail =
            format!("Too many {what} at the same time: {whose} {most} of them; try again.");
        let problem = match full {
            Full::All => Problem::full(*retry, limit, most, detail),
            _ => Problem::share_used(*retry, limit, most, detail),
        };
        problem.with_member("share", of.into())
    }
}

/// Which bound was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Full {
    Token,
    Tenant,
    Unknown,
    All,
}

impl Held {
    fn take(&mut self, holder: &Holder, share: &Share) -> Result<(), Full> {
        if let Holder::Known(credential) = holder
            && self.by_token.get(&credential.token).is_some_and(|held| *held >= share.token)
        {
            return Err(Full::Token);
        }
        let of_tenant = match holder {
            Holder::Unknown => self.by_unknown,
            Holder::Known(_) => match holder.tenant() {
                None => self.by_operator,
                Some(tenant) => self.by_tenant.get(tenant).copied().unwrap_or_default(),
            },
        };
        if of_tenant >= share.tenant {
            return Err(match holder {
                Holder::Unknown => Full::Unknown,
                Holder::Known(_) => Full::Tenant,
            });
        }
        if self.all >= share.total {
            return Err(Full::All);
        }
        self.all += 1;
        let Holder::Known(credential) = holder else {
            self.by_unknown += 1;
            return Ok(());
        };
        forget_idle(&mut self.by_token);
        *self.by_token.entry(credential.token).or_default() += 1;
        match &credential.tenant {
            None => self.by_operator += 1,
            Some(tenant) => match self.by_tenant.get_mut(tenant) {
                Some(held) => *held += 1,
                None => {
                    forget_idle(&mut self.by_tenant);
                    self.by_tenant.insert(tenant.clone(), 1);
                }
            },
        }
        Ok(())
    }

    fn give_back(&mut self, holder: &Holder) {
        self.all -= 1;
        let Holder::Known(credential) = holder else {
            self.by_unknown -= 1;
            return;
        };
        if let Some(held) = self.by_token.get_mut(&credential.token) {
            *held -= 1;
        }
        match &credential.tenant {
            None => self.by_operator -= 1,
            Some(tenant) => {
                if let Some(held) = self.by_tenant.get_mut(tenant) {
                    *held -= 1;
                }
            }
        }
    }
}

fn forget_idle<K: Eq + std::hash::Hash>(held: &mut HashMap<K, usize>) {
    if held.len() >= REMEMBERED {
        held.retain(|_, held| *held > 0);
    }
}

/// Room for one, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    room: Arc<Room>,
    holder: Holder,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.room.held.lock().give_back(&self.holder);
    }
}

#[cfg(test)]
mod tests {
    use stele_runtime::TokenScope;

    use super::*;

    fn holder(tenant: Option<&str>) -> Holder {
        Holder::Known(Arc::new(Credential {
            token: Uuid::now_v7(),
            tenant: tenant.map(|tenant| TenantId::new(tenant).unwrap()),
            subject: Uuid::now_v7(),
            name: "test".to_owned(),
            scopes: vec![TokenScope::Calculate],
        }))
    }

    fn room(total: usize, tenant: usize, token: usize) -> Arc<Room> {
        Room::new("tests", "tests", 1, Share { total, tenant, token })
    }

    /// As many places as one holder gets.
    fn all_of(room: &Arc<Room>, holder: &Holder) -> Vec<Place> {
        std::iter::from_fn(|| room.enter(holder.clone()).ok()).collect()
    }

    #[test]
    fn a_token_holds_its_share_and_leaves_the_rest_to_others() {
        let room = room(8, 4, 2);
        let (one, other) = (holder(Some("acme")), holder(Some("acme")));
        let held = (all_of(&room, &one), all_of(&room, &other));
        assert_eq!((held.0.len(), held.1.len()), (2, 2));
    }

    #[test]
    fn a_tenant_holds_its_share_whatever_its_tokens() {
        let room = room(8, 3, 2);
        let places: Vec<_> = (0..4).map(|_| all_of(&room, &holder(Some("acme")))).collect();
        assert_eq!(places.iter().map(Vec::len).sum::<usize>(), 3);
        for another in [holder(Some("other")), holder(None), Holder::Unknown] {
            assert!(room.enter(another).is_ok());
        }
    }

    #[test]
    fn what_is_given_back_can_be_taken_again() {
        let room = room(2, 2, 2);
        for holder in [holder(Some("acme")), holder(None), Holder::Unknown] {
            for _ in 0..3 {
                assert_eq!(all_of(&room, &holder).len(), 2);
            }
        }
    }

    #[test]
    fn a_refusal_names_the_share() {
        let room = room(3, 2, 1);
        let acme = holder(Some("acme"));
        let _held = (room.enter(acme.clone()).unwrap(), room.enter(holder(Some("acme"))).unwrap());
        let refusal = |holder| room.enter(holder).unwrap_err().kind().parts().1.as_u16();
        assert_eq!(refusal(acme), 429);
        assert_eq!(refusal(holder(Some("acme"))), 429);
        let _last = room.enter(holder(Some("other"))).unwrap();
        assert_eq!(refusal(holder(Some("third"))), 503);
    }
}
