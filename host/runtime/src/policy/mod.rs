//! What a tenant demands before something happens: how many people must agree to an activation,
//! and whether they must have seen its effect on money.
//!
//! A policy is data: it is read at the door that it guards, and the commit that goes through the
//! door expects the very revision that was read. Who has written none has the strictest that needs
//! no further set-up: one other person agrees to every activation.

mod store;

use std::fmt;

use serde::{Deserialize, Serialize};
use stele_store::Slot;

pub(crate) use store::expectation;
pub use store::{PolicyError, PolicyView};

/// Most rules of a policy.
const MOST_RULES: usize = 1000;
/// Most approvals that a slot may ask for.
const MOST_APPROVALS: u32 = 20;

/// A policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// What is demanded in which slots; the first rule whose pattern fits decides, and where none
    /// fits, [`SlotRule::default`].
    #[serde(default)]
    pub approvals: Vec<SlotRule>,
}

impl Default for Policy {
    fn default() -> Self {
        Self { approvals: vec![SlotRule::default()] }
    }
}

/// What is demanded before a version is put in force in a slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotRule {
    /// Which slots: a name in which `*` stands for any text.
    pub slots: SlotPattern,
    /// How many people other than the proposer must agree; 0: a slot that one person may fill.
    pub approvals: u32,
    /// Whether they must be shown an impact report.
    #[serde(default)]
    pub impact_report: Demand,
}

impl Default for SlotRule {
    fn default() -> Self {
        Self { slots: SlotPattern::any(), approvals: 1, impact_report: Demand::Optional }
    }
}

/// Whether something must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Demand {
    /// It may be there.
    #[default]
    Optional,
    /// Nothing happens without it.
    Required,
}

/// A slot's name in which `*` stands for any text, also with slashes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SlotPattern(String);

impl SlotPattern {
    /// What every slot fits.
    pub fn any() -> Self {
        Self("*".to_owned())
    }

    /// Whether the slot fits.
    pub fn fits(&self, slot: &Slot) -> bool {
        let mut parts = self.0.split('*');
        let first = parts.next().unwrap_or_default();
        let Some(mut rest) = slot.as_str().strip_prefix(first) else { return false };
        let mut parts: Vec<&str> = parts.collect();
        let Some(last) = parts.pop() else { return rest.is_empty() };
        for part in parts {
            match rest.split_once(part) {
                Some((_, after)) => rest = after,
                None => return false,
            }
        }
        rest.ends_with(last)
    }
}

impl TryFrom<String> for SlotPattern {
    type Error = InvalidPattern;

    fn try_from(text: String) -> Result<Self, InvalidPattern> {
        let allowed = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'/' | b'*');
        if (1..=128).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text))
        } else {
            Err(InvalidPattern { found: text.chars().take(140).collect() })
        }
    }
}

impl From<SlotPattern> for String {
    fn from(pattern: SlotPattern) -> Self {
        pattern.0
    }
}

impl fmt::Display for SlotPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A text that no slot could fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a pattern has 1 to 128 lower-case letters, digits, hyphens, slashes and asterisks, found {found:?}"
)]
pub struct InvalidPattern {
    /// What was given.
    pub found: String,
}

impl Policy {
    /// A policy under which one person may fill every slot.
    pub fn without_approvals() -> Self {
        Self { approvals: vec![SlotRule { approvals: 0, ..SlotRule::default() }] }
    }

    /// What is demanded in a slot.
    pub fn for_slot(&self, slot: &Slot) -> SlotRule {
        self.approvals.iter().find(|rule| rule.slots.fits(slot)).cloned().unwrap_or_default()
    }

    fn check(&self) -> Result<(), PolicyError> {
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
        for (position, rule) in self.approvals.iter().enumerate() {
            if rule.approvals > MOST_APPROVALS {
                return wrong(
                    format!("/approvals/{position}/approvals"),
                    format!("a number from 0 to {MOST_APPROVALS}"),
                    rule.approvals.to_string(),
                );
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asterisk_stands_for_any_text_and_nothing_else_does() {
        let fits = |pattern: &str, slot: &str| {
            SlotPattern::try_from(pattern.to_owned()).unwrap().fits(&Slot::new(slot).unwrap())
        };
        assert!(fits("*", "cn/payroll") && fits("payroll", "payroll"));
        assert!(fits("cn/*", "cn/payroll") && fits("*/payroll", "cn/payroll"));
        assert!(fits("c*/p*l", "cn/payroll") && fits("*pay*roll*", "cn/payroll"));
        assert!(!fits("payroll", "cn/payroll") && !fits("cn/*", "de/payroll"));
        assert!(!fits("*a*a*a*a*", "cn/payroll"));
        assert!(!fits("pay*payroll", "payroll"), "the ends may not overlap");
        assert!(SlotPattern::try_from("Pay roll".to_owned()).is_err());
    }

    #[test]
    fn the_first_rule_that_fits_decides() {
        let rule = |slots: &str, approvals| SlotRule {
            slots: SlotPattern::try_from(slots.to_owned()).unwrap(),
            approvals,
            impact_report: Demand::Optional,
        };
        let policy = Policy { approvals: vec![rule("cn/*", 2), rule("*/payroll", 0)] };
        let needed = |slot: &str| policy.for_slot(&Slot::new(slot).unwrap()).approvals;
        assert_eq!(needed("cn/payroll"), 2);
        assert_eq!(needed("de/payroll"), 0);
        assert_eq!(needed("points"), 1, "where no rule fits, one other person agrees");
    }
}
