//! Every attribute that somebody declares: what can be said of people, by whom it is asked, and what
//! its values are.

use serde::Serialize;
use stele_engine::contract::{Field, Origin};
use stele_ruleset::fact_type;
use stele_store::{Slot, TenantId};

use super::terms;
use crate::state::runtime::Runtime;

/// An attribute that somebody declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct DeclaredAttribute {
    /// Its name.
    pub name: String,
    /// What it is.
    pub meaning: String,
    /// What its values are, in words.
    #[serde(rename = "type")]
    pub kind: String,
    /// What a number counts.
    pub unit: Option<String>,
    /// Whether a calculation needs it.
    pub required: bool,
    /// Who declares it.
    pub declared_by: Declarer,
}

/// Who declares an attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Declarer {
    /// The host: who a person is, and the terms of an employment.
    Host,
    /// The tenant, as a custom field of its organization.
    Organization {
        /// The countries whose employments may have it; all where none is named.
        countries: Vec<String>,
    },
    /// A version that is in force on some day, as one of its facts.
    Ruleset {
        /// Its ruleset.
        ruleset: String,
        /// Its version.
        version: String,
        /// The slot.
        slot: Slot,
    },
}

impl Runtime {
    /// Every attribute that somebody declares for the tenant's people, as known now: first the
    /// host's, then the tenant's, then the facts of each version in force.
    pub async fn declared_attributes(&self, tenant: &TenantId) -> Vec<DeclaredAttribute> {
        let declarations = self.declared_facts(tenant).await;
        let mut declared: Vec<DeclaredAttribute> =
            terms::fields().iter().map(|field| of(field, Declarer::Host)).collect();
        for (name, custom) in declarations.organization.iter().flat_map(|one| &one.custom_fields) {
            let countries = custom.countries.iter().map(|country| country.code().to_owned());
            let declarer = Declarer::Organization { countries: countries.collect() };
            declared.push(of(&custom.field(name), declarer));
        }
        for version in &declarations.versions {
            let manifest = version.ruleset.manifest();
            let facts = version.ruleset.description().facts.iter();
            // What the host fills in is nobody's to say.
            for field in facts.filter(|field| matches!(field.origin, Origin::Caller)) {
                declared.push(of(
                    field,
                    Declarer::Ruleset {
                        ruleset: manifest.name.to_string(),
                        version: manifest.version.to_string(),
                        slot: version.slot.clone(),
                    },
                ));
            }
        }
        declared
    }
}

fn of(field: &Field, declared_by: Declarer) -> DeclaredAttribute {
    DeclaredAttribute {
        name: field.name.clone(),
        meaning: field.meaning.clone(),
        kind: fact_type(field),
        unit: field.unit.clone(),
        required: field.required,
        declared_by,
    }
}
