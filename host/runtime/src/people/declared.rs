//! Who says what attributes must look like: the versions in force, and the tenant itself.

use std::sync::Arc;

use jiff::civil::Date;
use stele_ruleset::Ruleset;
use stele_store::{Slot, TenantId};

use crate::state::{organization::Organization, runtime::Runtime};

/// A version that is in force for some dates.
#[derive(Clone)]
pub(super) struct Declared {
    pub(super) ruleset: Arc<Ruleset>,
    pub(super) slot: Slot,
    pub(super) from: Date,
    /// None: until further notice.
    pub(super) until: Option<Date>,
}

/// Who says what attributes must look like: the versions in force, and the tenant itself.
pub(super) struct Declarations {
    pub(super) versions: Vec<Declared>,
    pub(super) organization: Option<Arc<Organization>>,
}

impl Runtime {
    /// What the versions that are, as known now, in force on some date declare, and the tenant's
    /// organization. A version that can not be made ready is left out: it is no fault of the
    /// employee's data, and every calculation with it says so.
    pub(super) async fn declared_facts(&self, tenant: &TenantId) -> Declarations {
        let (as_of, catalog) = self.state().now();
        let organization = catalog.organized(tenant, as_of).map(|one| one.organization.clone());
        let mut versions = Vec::new();
        for (slot, history) in catalog.slots.get(tenant).into_iter().flat_map(|slots| slots.iter())
        {
            for (active, until) in history.periods() {
                let from = active.record.valid_from;
                match active
                    .place
                    .open_patiently(tenant.shared(), self.engine(), self.store())
                    .await
                {
                    Ok(ruleset) => {
                        versions.push(Declared { ruleset, slot: slot.clone(), from, until });
                    }
                    Err(error) => {
                        tracing::warn!(%tenant, %slot, %error, "a ruleset in force can not be made ready");
                    }
                }
            }
        }
        Declarations { versions, organization }
    }
}
