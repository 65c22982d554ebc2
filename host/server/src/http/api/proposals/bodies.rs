//! What callers send to the door of an activation.

use jiff::civil::Date;
use stele_runtime::{ProposalDraft, RollbackDraft, Slot};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::edge::fields::{Fields, FromFields};

/// What is to be put in force.
#[derive(Debug, ToSchema)]
#[schema(as = ProposalRequest)]
pub(crate) struct ProposalBody {
    /// The slot.
    #[schema(value_type = String, example = "payroll")]
    slot: Slot,
    /// The ruleset.
    #[schema(example = "cn/payroll")]
    ruleset: String,
    /// Its version.
    #[schema(example = "2026.1.0")]
    version: String,
    /// First date for which it is to hold; to come or past.
    #[schema(value_type = String, format = Date, example = "2026-01-01")]
    valid_from: Date,
    /// The impact report that the approver is shown.
    #[schema(value_type = Option<String>, format = "uuid")]
    impact_report: Option<Uuid>,
    /// Why.
    reason: Option<String>,
}

impl FromFields for ProposalBody {
    fn from_fields(fields: &mut Fields) -> Option<ProposalBody> {
        let slot = fields.required("slot");
        let ruleset = fields.required("ruleset");
        let version = fields.required("version");
        let valid_from = fields.required("valid_from");
        let impact_report = fields.optional("impact_report");
        let reason = fields.optional("reason");
        Some(ProposalBody {
            slot: slot?,
            ruleset: ruleset?,
            version: version?,
            valid_from: valid_from?,
            impact_report: impact_report?,
            reason: reason?,
        })
    }
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
#[derive(Debug, ToSchema)]
#[schema(as = ApprovalRequest)]
pub(crate) struct ApprovalBody {
    /// The `binding` of the proposal that the approver looked at.
    #[schema(value_type = String)]
    pub binding: String,
}

impl FromFields for ApprovalBody {
    fn from_fields(fields: &mut Fields) -> Option<ApprovalBody> {
        Some(ApprovalBody { binding: fields.required("binding")? })
    }
}

/// Why not.
#[derive(Debug, ToSchema)]
#[schema(as = RejectionRequest)]
pub(crate) struct RejectionBody {
    /// Why.
    pub reason: String,
}

impl FromFields for RejectionBody {
    fn from_fields(fields: &mut Fields) -> Option<RejectionBody> {
        Some(RejectionBody { reason: fields.required("reason")? })
    }
}

/// What is to be undone.
#[derive(Debug, ToSchema)]
#[schema(as = RollbackRequest)]
pub(crate) struct RollbackBody {
    /// The slot.
    #[schema(value_type = String, example = "payroll")]
    slot: Slot,
    /// The activation to go back behind; where not given, the one that is in force today.
    #[schema(value_type = Option<String>, format = "uuid")]
    activation: Option<Uuid>,
    /// First date for which the former version is to hold again; where not given, that of the
    /// activation, as if it had never been.
    #[schema(value_type = Option<String>, format = Date)]
    valid_from: Option<Date>,
    /// The impact report that the approver is shown.
    #[schema(value_type = Option<String>, format = "uuid")]
    impact_report: Option<Uuid>,
    /// Why.
    reason: String,
    /// Put it in force at once, on one person's word; needs the scope `activations:emergency`.
    #[schema(value_type = Option<bool>)]
    pub emergency: bool,
}

impl FromFields for RollbackBody {
    fn from_fields(fields: &mut Fields) -> Option<RollbackBody> {
        let slot = fields.required("slot");
        let activation = fields.optional("activation");
        let valid_from = fields.optional("valid_from");
        let impact_report = fields.optional("impact_report");
        let reason = fields.required("reason");
        let emergency = fields.optional("emergency");
        Some(RollbackBody {
            slot: slot?,
            activation: activation?,
            valid_from: valid_from?,
            impact_report: impact_report?,
            reason: reason?,
            emergency: emergency?.unwrap_or(false),
        })
    }
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
