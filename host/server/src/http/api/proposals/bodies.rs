//! What callers send to the door of an activation.

use jiff::civil::Date;
use stele_fields::FromFields;
use stele_runtime::{ProposalDraft, RollbackDraft, Slot};
use utoipa::ToSchema;
use uuid::Uuid;

/// What is to be put in force.
#[derive(Debug, FromFields, ToSchema)]
#[schema(as = ProposalRequest)]
pub(crate) struct ProposalBody {
    /// The slot.
    slot: Slot,
    /// The ruleset.
    #[schema(example = "cn/payroll")]
    ruleset: String,
    /// Its version.
    #[schema(example = "2026.1.0")]
    version: String,
    /// First date for which it is to hold; to come or past.
    #[schema(example = "2026-01-01")]
    valid_from: Date,
    /// The impact report that the approver is shown.
    impact_report: Option<Uuid>,
    /// Why.
    reason: Option<String>,
}

impl From<ProposalBody> for ProposalDraft {
    fn from(body: ProposalBody) -> ProposalDraft {
        ProposalDraft {
            slot: body.slot.to_string(),
            ruleset: body.ruleset,
            version: body.version,
            valid_from: body.valid_from,
            impact_report: body.impact_report,
            reason: body.reason,
        }
    }
}

/// What the approver was shown.
#[derive(Debug, FromFields, ToSchema)]
#[schema(as = ApprovalRequest)]
pub(crate) struct ApprovalBody {
    /// The `binding` of the proposal that the approver looked at.
    pub binding: String,
}

/// Why not.
#[derive(Debug, FromFields, ToSchema)]
#[schema(as = RejectionRequest)]
pub(crate) struct RejectionBody {
    /// Why.
    pub reason: String,
}

/// What is to be undone.
#[derive(Debug, FromFields, ToSchema)]
#[schema(as = RollbackRequest)]
pub(crate) struct RollbackBody {
    /// The slot.
    slot: Slot,
    /// The activation to go back behind; where not given, the one that is in force today.
    activation: Option<Uuid>,
    /// First date for which the former version is to hold again; where not given, that of the
    /// activation, as if it had never been.
    valid_from: Option<Date>,
    /// The impact report that the approver is shown.
    impact_report: Option<Uuid>,
    /// Why.
    reason: String,
    /// Put it in force at once, on one person's word; needs the scope `activations:emergency`.
    #[fields(default)]
    #[schema(value_type = Option<bool>)]
    pub emergency: bool,
}

impl From<RollbackBody> for RollbackDraft {
    fn from(body: RollbackBody) -> RollbackDraft {
        RollbackDraft {
            slot: body.slot.to_string(),
            activation: body.activation,
            valid_from: body.valid_from,
            impact_report: body.impact_report,
            reason: body.reason,
            emergency: body.emergency,
        }
    }
}
