//! The policy as a document: what may stand in it, and what is wrong with it.

use serde::{Deserialize, Serialize};
use stele_ruleset::{LeastCoverage, Pattern, TrustPolicy, TrustedKey, Unsigned};
use stele_store::Slot;

use super::error::PolicyError;
use super::retention::{LONGEST_RETENTION, Retention, RetentionError};

/// Most rules of a policy.
const MOST_RULES: usize = 1000;
/// Most approvals that a slot may ask for.
const MOST_APPROVALS: u32 = 20;
/// Everybody, or all of something, in percent.
const EVERYBODY: u32 = 100;

fn everybody() -> u32 {
    EVERYBODY
}

/// A policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// What is demanded in which slots; the first rule whose pattern fits decides, and where none
    /// fits, [`SlotRule::default`].
    #[serde(default)]
    pub approvals: Vec<SlotRule>,
    /// Whose signatures release which rulesets.
    #[serde(default)]
    pub trusted_keys: Vec<TrustedKey>,
    /// What happens to a package without a signature.
    #[serde(default)]
    pub unsigned: Unsigned,
    /// How much of a rule of formulas the cases of a version must reach.
    #[serde(default)]
    pub coverage: CoverageRule,
    /// For how long what is known of people is kept.
    #[serde(default)]
    pub retention: Retention,
    /// Whether it stands in the audit log who read or explained a result.
    #[serde(default)]
    pub readings: Readings,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            approvals: vec![SlotRule::default()],
            trusted_keys: Vec::new(),
            unsigned: Unsigned::default(),
            coverage: CoverageRule::default(),
            retention: Retention::default(),
            readings: Readings::default(),
        }
    }
}

/// What is demanded before a version is put in force in a slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SlotRule {
    /// Which slots: a name in which `*` stands for any text.
    #[schema(value_type = String, example = "*/payroll")]
    pub slots: Pattern,
    /// How many people other than the proposer must agree; 0: a slot that one person may fill.
    #[schema(example = 1)]
    pub approvals: u32,
    /// Whether they must be shown an impact report.
    #[serde(default)]
    pub impact_report: Demand,
    /// Where they must: the least share of the tenant's people that the report must be over, in
    /// percent, as known when it was made; all of them where nothing is said.
    #[serde(default = "everybody")]
    pub impact_share_percent: u32,
    /// Where they must: the least share of the report's calculations that the candidate must have
    /// an outcome for, in percent; all of them where nothing is said.
    #[serde(default = "everybody")]
    pub impact_computed_percent: u32,
}

impl Default for SlotRule {
    fn default() -> Self {
        Self {
            slots: Pattern::any(),
            approvals: 1,
            impact_report: Demand::Optional,
            impact_share_percent: EVERYBODY,
            impact_computed_percent: EVERYBODY,
        }
    }
}

/// How much of a rule of formulas the cases of a version must reach for it to be published. What is not
/// reached is reported in any case. Rules that were written as components have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CoverageRule {
    /// The least share of branches, in percent: of both ways of each `if` and of each condition of a
    /// line, a finding or a refusal. 0: any.
    #[schema(example = 80)]
    pub branches_percent: u32,
    /// The least share of the rows of tables of the law, each as often as it changes, in percent. 0: any.
    #[schema(example = 50)]
    pub rows_percent: u32,
}

/// Whether each reading of a result stands in the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Readings {
    /// It does not.
    #[default]
    Unlogged,
    /// It does, with who read which.
    Logged,
}

/// Whether something must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Demand {
    /// It may be there.
    #[default]
    Optional,
    /// Nothing happens without it.
    Required,
}

impl Policy {
    /// A policy under which one person may fill every slot.
    pub fn without_approvals() -> Self {
        Self {
            approvals: vec![SlotRule { approvals: 0, ..SlotRule::default() }],
            ..Self::default()
        }
    }

    /// What is demanded in a slot.
    pub fn for_slot(&self, slot: &Slot) -> SlotRule {
        self.approvals
            .iter()
            .find(|rule| rule.slots.matches(slot.as_str()))
            .cloned()
            .unwrap_or_default()
    }

    /// The part that says whose packages are published.
    pub fn trust(&self) -> TrustPolicy {
        TrustPolicy { trusted_keys: self.trusted_keys.clone(), unsigned: self.unsigned }
    }

    /// The part that says how much cases must reach.
    pub fn least_coverage(&self) -> LeastCoverage {
        let CoverageRule { branches_percent, rows_percent } = self.coverage;
        LeastCoverage { branches_percent, rows_percent }
    }

    pub(super) fn check(&self) -> Result<(), PolicyError> {
        let wrong = |pointer: String, expected: String, found: String| {
            Err(PolicyError::Invalid { pointer, expected, found })
        };
        if self.approvals.len() > MOST_RULES {
            return wrong(
                "/approvals".to_owned(),
                format!("at most {MOST_RULES} rules"),
                self.approvals.len().to_string(),
            );
        }
        if self.trusted_keys.len() > MOST_RULES {
            return wrong(
                "/trusted_keys".to_owned(),
                format!("at most {MOST_RULES} keys"),
                self.trusted_keys.len().to_string(),
            );
        }
        if let Err(RetentionError::TooLong { pointer, found }) = self.retention.check() {
            let expected = format!("at most {LONGEST_RETENTION} days");
            return wrong(format!("/retention{pointer}"), expected, found.to_string());
        }
        for (name, percent) in [
            ("branches_percent", self.coverage.branches_percent),
            ("rows_percent", self.coverage.rows_percent),
        ] {
            if percent > EVERYBODY {
                return wrong(
                    format!("/coverage/{name}"),
                    format!("a number from 0 to {EVERYBODY}"),
                    percent.to_string(),
                );
            }
        }
        for (position, rule) in self.approvals.iter().enumerate() {
            if rule.approvals > MOST_APPROVALS {
                return wrong(
                    format!("/approvals/{position}/approvals"),
                    format!("a number from 0 to {MOST_APPROVALS}"),
                    rule.approvals.to_string(),
                );
            }
            for (name, percent) in [
                ("impact_share_percent", rule.impact_share_percent),
                ("impact_computed_percent", rule.impact_computed_percent),
            ] {
                if !(1..=EVERYBODY).contains(&percent) {
                    return wrong(
                        format!("/approvals/{position}/{name}"),
                        format!("a number from 1 to {EVERYBODY}"),
                        percent.to_string(),
                    );
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rule_that_fits_decides() {
        let rule = |slots: &str, approvals| SlotRule {
            slots: slots.parse().unwrap(),
            approvals,
            ..SlotRule::default()
        };
        let approvals = vec![rule("cn/*", 2), rule("*/payroll", 0)];
        let policy = Policy { approvals, ..Policy::default() };
        let needed = |slot: &str| policy.for_slot(&Slot::new(slot).unwrap()).approvals;
        assert_eq!(needed("cn/payroll"), 2);
        assert_eq!(needed("de/payroll"), 0);
        assert_eq!(needed("points"), 1, "where no rule fits, one other person agrees");
    }
}
