//! The same of policies, proposals, impact reports, results and erasures.

use async_trait::async_trait;
use uuid::Uuid;

use super::Door;
use crate::{
    backend::Backend,
    error::StoreError,
    names::{EmployeeId, TenantId},
    records::{
        EmployeeDigests, ErasureRecord, ImpactReportRecord, ListedResult, OrganizationRecord,
        PolicyRecord, ProposalRecord, ResultId, ResultRecord,
    },
    store::TrustStore,
};

#[async_trait]
impl<B: Backend + 'static> TrustStore for Door<B> {
    async fn policy(&self, holder: Option<&TenantId>) -> Result<Option<PolicyRecord>, StoreError> {
        let holder = holder.cloned();
        self.read(move |ledger| ledger.policy(holder.as_ref())).await
    }

    async fn organizations(
        &self,
        tenant: &TenantId,
    ) -> Result<Vec<OrganizationRecord>, StoreError> {
        let tenant = tenant.clone();
        self.read(move |ledger| ledger.organizations(&tenant)).await
    }

    async fn proposal(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Option<ProposalRecord>, StoreError> {
        let tenant = tenant.clone();
        self.read(move |ledger| ledger.proposal(&tenant, id)).await
    }

    async fn proposal_revisions(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Vec<ProposalRecord>, StoreError> {
        let tenant = tenant.clone();
        self.read(move |ledger| ledger.proposal_revisions(&tenant, id)).await
    }

    async fn proposals(
        &self,
        tenant: &TenantId,
        before: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<ProposalRecord>, StoreError> {
        let tenant = tenant.clone();
        self.read(move |ledger| ledger.proposals(&tenant, before, limit)).await
    }

    async fn impact_report(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Option<ImpactReportRecord>, StoreError> {
        let tenant = tenant.clone();
        self.read(move |ledger| ledger.impact_report(&tenant, id)).await
    }

    async fn impact_reports(
        &self,
        tenant: &TenantId,
        before: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<ImpactReportRecord>, StoreError> {
        let tenant = tenant.clone();
        self.read(move |ledger| ledger.impact_reports(&tenant, before, limit)).await
    }

    async fn impact_content(
        &self,
        tenant: &TenantId,
        id: Uuid,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let tenant = tenant.clone();
        self.read(move |ledger| ledger.impact_content(&tenant, id)).await
    }

    async fn result(
        &self,
        tenant: &TenantId,
        id: ResultId,
    ) -> Result<Option<ResultRecord>, StoreError> {
        let tenant = tenant.clone();
        self.read(move |ledger| ledger.result(&tenant, id)).await
    }

    async fn results(
        &self,
        tenant: &TenantId,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<ResultRecord>, StoreError> {
        let tenant = tenant.clone();
        self.read(move |ledger| ledger.results(&tenant, after, limit)).await
    }

    async fn results_of(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
        after: Option<ResultId>,
        limit: usize,
    ) -> Result<Vec<ListedResult>, StoreError> {
        let (tenant, employee) = (tenant.clone(), employee.clone());
        self.read(move |ledger| ledger.results_of(&tenant, &employee, after, limit)).await
    }

    async fn result_list(
        &self,
        tenant: &TenantId,
        after: Option<ResultId>,
        limit: usize,
    ) -> Result<Vec<ListedResult>, StoreError> {
        let tenant = tenant.clone();
        self.read(move |ledger| ledger.result_list(&tenant, after, limit)).await
    }

    async fn results_by_ids(
        &self,
        tenant: &TenantId,
        ids: &[ResultId],
    ) -> Result<Vec<Option<ResultRecord>>, StoreError> {
        let (tenant, ids) = (tenant.clone(), ids.to_vec());
        self.read(move |ledger| ledger.results_by_ids(&tenant, &ids)).await
    }

    async fn employee_digests(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
    ) -> Result<Option<EmployeeDigests>, StoreError> {
        let (tenant, employee) = (tenant.clone(), employee.clone());
        self.read(move |ledger| ledger.employee_digests(&tenant, &employee)).await
    }

    async fn erasure(
        &self,
        tenant: &TenantId,
        employee: &EmployeeId,
    ) -> Result<Option<ErasureRecord>, StoreError> {
        let (tenant, employee) = (tenant.clone(), employee.clone());
        self.read(move |ledger| ledger.erasure(&tenant, &employee)).await
    }

    async fn erasures(
        &self,
        after: Option<&ErasureRecord>,
        limit: usize,
    ) -> Result<Vec<ErasureRecord>, StoreError> {
        let after = after.cloned();
        self.read(move |ledger| ledger.erasures(after.as_ref(), limit)).await
    }
}
