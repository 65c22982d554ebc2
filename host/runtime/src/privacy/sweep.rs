//! What had to be kept when its erasure was asked for, erased when its days have passed.

use stele_store::ErasureRecord;

use super::erasure::EraseError;
use crate::state::{actor::Actor, runtime::Runtime};

/// Who stands in the audit log for an erasure that nobody asked for today.
const SWEEPER: &str = "retention";

/// Erasures that are read at a time.
const PAGE: usize = 100;

/// What a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Erasures that were not complete.
    pub pending: usize,
    /// Erasures of these that were carried on.
    pub carried_on: usize,
    /// Erasures of these that could not be: the log says why. They are tried again next time.
    pub failed: usize,
}

impl Runtime {
    /// Carries on every erasure that was asked for and is not complete. Meant to be called every
    /// hour. An erasure that fails keeps none of the others.
    pub async fn sweep_erasures(&self) -> Result<Swept, EraseError> {
        let mut swept = Swept::default();
        let mut after = None;
        loop {
            let page = self.store().erasures(after.as_ref(), PAGE).await?;
            let Some(last) = page.last() else { return Ok(swept) };
            after = Some(last.clone());
            self.sweep_page(page, &mut swept).await;
        }
    }

    async fn sweep_page(&self, erasures: Vec<ErasureRecord>, swept: &mut Swept) {
        let actor = Actor::new(uuid::Uuid::nil(), SWEEPER);
        for erasure in erasures.into_iter().filter(|erasure| !erasure.complete) {
            swept.pending += 1;
            let (tenant, employee) = (&erasure.tenant, &erasure.employee);
            let carried_on = async {
                let plan = self.plan(tenant, employee).await?;
                if plan.has_work() {
                    self.carry_out(&actor, tenant, employee, plan).await?;
                    return Ok::<_, EraseError>(true);
                }
                Ok(false)
            };
            match carried_on.await {
                Ok(true) => swept.carried_on += 1,
                Ok(false) => {}
                Err(error) => {
                    swept.failed += 1;
                    tracing::error!(%tenant, %error, "an erasure could not be carried on");
                }
            }
        }
    }
}
