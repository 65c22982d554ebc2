//! For how long a tenant keeps what it knows of people: a part of its policy.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Most days that a policy may demand: a hundred years. Longer is a slip of the finger.
pub const LONGEST_RETENTION: u32 = 36_525;

/// The member of a tenant's policy that holds it.
const MEMBER: &str = "retention";

/// Retention periods in days. What a policy does not name is kept until somebody asks for its
/// erasure, and not a day longer: 0 days.
///
/// Days are those of UTC. A period begins on the day of the last revision, for attributes; for a
/// result on the day that it was recorded or calculated for, whichever is later.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Days for attributes of employees.
    #[serde(default)]
    pub facts_days: u32,
    /// Days for results, by the kind of their ruleset.
    #[serde(default)]
    pub results_days: BTreeMap<String, u32>,
}

/// Why a policy's retention cannot be used. Nothing is erased by a policy that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RetentionError {
    /// It does not have the members above.
    #[error("the retention of the policy can not be read: {0}")]
    Unreadable(String),
    /// More days than allowed.
    #[error("{pointer}: expected at most {LONGEST_RETENTION} days, found {found}")]
    TooLong {
        /// JSON pointer inside the retention.
        pointer: String,
        /// The days that it names.
        found: u32,
    },
}

impl Retention {
    /// The retention of a policy; none named: 0 days for everything.
    pub fn of_policy(policy: &Value) -> Result<Self, RetentionError> {
        let retention: Self = match policy.get(MEMBER) {
            None | Some(Value::Null) => return Ok(Self::default()),
            // A list would be read as members in their order.
            Some(retention) if !retention.is_object() => {
                return Err(RetentionError::Unreadable("expected an object".to_owned()));
            }
            Some(retention) => Self::deserialize(retention)
                .map_err(|error| RetentionError::Unreadable(error.to_string()))?,
        };
        retention.check()?;
        Ok(retention)
    }

    /// Checks its bounds.
    pub fn check(&self) -> Result<(), RetentionError> {
        let results = self.results_days.iter();
        let named = results.map(|(kind, days)| (format!("/results_days/{kind}"), *days));
        for (pointer, found) in
            std::iter::once(("/facts_days".to_owned(), self.facts_days)).chain(named)
        {
            if found > LONGEST_RETENTION {
                return Err(RetentionError::TooLong { pointer, found });
            }
        }
        Ok(())
    }

    /// The first day on which attributes may be erased whose last revision was recorded then.
    pub fn attributes_until(&self, recorded_at: Timestamp) -> Date {
        after(day(recorded_at), self.facts_days)
    }

    /// The first day on which a result may be erased.
    pub fn result_until(&self, kind: &str, date: Date, recorded_at: Timestamp) -> Date {
        match self.results_days.get(kind).copied().unwrap_or_default() {
            // A result for a day to come is not kept until that day if nothing asks for it.
            0 => day(recorded_at),
            days => after(day(recorded_at).max(date), days),
        }
    }
}

/// The day of a moment, in UTC.
pub(crate) fn day(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

fn after(day: Date, days: u32) -> Date {
    day.checked_add(i64::from(days).days()).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_policy_does_not_name_is_kept_for_no_day() {
        for policy in [json!({}), json!({ "retention": null }), json!({ "retention": {} })] {
            let retention = Retention::of_policy(&policy).unwrap();
            let recorded_at: Timestamp = "2026-03-02T23:00:00Z".parse().unwrap();
            assert_eq!(retention.attributes_until(recorded_at), date(2026, 3, 2));
            let until = retention.result_until("payroll", date(2027, 1, 31), recorded_at);
            assert_eq!(until, date(2026, 3, 2));
        }
    }

    #[test]
    fn a_retention_that_can_not_be_read_is_an_error_and_not_none() {
        for retention in [
            json!({ "facts_days": -1 }),
            json!({ "facts_days": "many" }),
            json!({ "results": {} }),
            json!({ "results_days": { "payroll": 36_526 } }),
            json!([]),
        ] {
            let policy = json!({ "retention": retention });
            assert!(Retention::of_policy(&policy).is_err(), "{policy}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_erased_before_its_days_have_passed(
            recorded in 0_i64..4_000_000_000, ahead in 0_i32..400, days in 1_u32..=LONGEST_RETENTION,
        ) {
            let recorded_at = Timestamp::from_second(recorded).unwrap();
            let calculated_for = day(recorded_at).checked_add(ahead.days()).unwrap();
            let retention =
                Retention { results_days: BTreeMap::from([("payroll".to_owned(), days)]), facts_days: days };
            let until = retention.result_until("payroll", calculated_for, recorded_at);
            let kept = day(recorded_at).until(until).unwrap().get_days();
            prop_assert!(i64::from(kept) >= i64::from(days));
            prop_assert!(until > calculated_for);
            prop_assert_eq!(retention.attributes_until(recorded_at), after(day(recorded_at), days));
        }
    }
}
