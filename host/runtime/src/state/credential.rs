//! Credentials: what a bearer token lets its holder do, and in whose name.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use stele_fields::{FromField, WrongFields, name_of};
use stele_store::{TenantId, TokenRecord};
use uuid::Uuid;

use crate::state::actor::Actor;

macro_rules! scopes {
    ($(#[doc = $meaning:literal] $scope:ident = $name:literal,)*) => {
        /// What a credential may do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum TokenScope { $(#[doc = $meaning] #[serde(rename = $name)] $scope,)* }

        impl TokenScope {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$scope,)*];

            /// The name in tokens, requests and documents.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$scope => $name,)* }
            }

            /// What it lets its holder do, as a sentence.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$scope => $meaning.trim_ascii(),)* }
            }
        }
    };
}

scopes! {
    /// Everything that concerns no single tenant: tenants, everyone's rulesets, all tokens.
    Operator = "operator",
    /// Read rulesets.
    RulesetsRead = "rulesets:read",
    /// Publish rulesets.
    RulesetsPublish = "rulesets:publish",
    /// Read activations.
    ActivationsRead = "activations:read",
    /// Propose activations and rollbacks; activate where the policy asks for nobody's approval.
    ActivationsWrite = "activations:write",
    /// Approve and reject what others propose, confirm what others did in an emergency.
    ActivationsApprove = "activations:approve",
    /// Roll back at once, on one person's word.
    ActivationsEmergency = "activations:emergency",
    /// Read the policy.
    PolicyRead = "policy:read",
    /// Write the policy.
    PolicyWrite = "policy:write",
    /// Read employees.
    EmployeesRead = "employees:read",
    /// Write, import and delete employees.
    EmployeesWrite = "employees:write",
    /// Erase what is known of employees, as far as retention allows.
    EmployeesErase = "employees:erase",
    /// Calculate, and record what was calculated.
    Calculate = "calculate",
    /// Read impact reports, which show what employees would be paid.
    ImpactRead = "impact:read",
    /// Ask for impact reports.
    ImpactWrite = "impact:write",
    /// Read recorded results, their explanation and their evidence.
    ResultsRead = "results:read",
    /// Run recorded results again.
    ResultsReplay = "results:replay",
    /// Read the audit log.
    AuditRead = "audit:read",
}

impl fmt::Display for TokenScope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A name that is no scope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is no scope; the scopes are {}", TokenScope::ALL.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(", "))]
pub struct UnknownScope {
    /// The name.
    pub found: String,
}

impl FromStr for TokenScope {
    type Err = UnknownScope;
    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        let named = Self::ALL.iter().find(|scope| scope.name() == text);
        named.copied().ok_or_else(|| UnknownScope { found: text.chars().take(80).collect() })
    }
}

impl FromField for TokenScope {
    fn expected() -> Cow<'static, str> {
        let names: Vec<&str> = Self::ALL.iter().map(|scope| scope.name()).collect();
        format!("one of {}", names.join(", ")).into()
    }

    fn read(value: Value, place: &str, errors: &mut WrongFields) -> Option<Self> {
        match value.as_str().map(str::parse) {
            Some(Ok(scope)) => Some(scope),
            _ => Self::refuse(place, &name_of(&value), errors),
        }
    }
}

/// A token as a request is judged by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The token.
    pub token: Uuid,
    /// The tenant that it is good for; none: the operator's.
    pub tenant: Option<TenantId>,
    /// The person or service.
    pub subject: Uuid,
    /// Its name.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<TokenScope>,
}

impl Credential {
    pub(crate) fn of(record: &TokenRecord) -> Self {
        Self {
            token: record.id,
            tenant: record.tenant.clone(),
            subject: record.subject,
            name: record.name.clone(),
            scopes: record.scopes.iter().filter_map(|scope| scope.parse().ok()).collect(),
        }
    }

    /// Whether it may do this.
    pub fn allows(&self, scope: TokenScope) -> bool {
        self.scopes.contains(&scope)
    }

    /// Who stands in the audit entry.
    pub fn actor(&self) -> Actor {
        Actor::new(self.subject, self.name.clone())
    }
}
