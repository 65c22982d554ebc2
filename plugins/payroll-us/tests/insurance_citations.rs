//! A step of one insurance of a state shows the provision of that insurance, and of no other.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod support;

use std::collections::BTreeSet;

use support::{SHIPPED, law_on, payslip_of};

/// Lines of the states' insurances, and by which words of its source each one's provision is known.
const PROVISIONS: [(&str, &str, &str); 12] = [
    ("CA", "state_disability_insurance", "California Unemployment Insurance Code, ss. 926"),
    ("NY", "state_disability_insurance", "at most 60 cents a week"),
    ("NY", "paid_family_leave", "Paid Family Leave premium rate"),
    ("PA", "state_unemployment", "Pennsylvania Unemployment Compensation Law, s. 301.4"),
    ("MA", "paid_family_leave", "M.G.L. c. 175M, s. 6"),
    ("NJ", "state_unemployment", "N.J.S.A. 43:21-7 (d) and 43:21-19 (o)"),
    ("NJ", "workforce_development", "N.J.S.A. 34:15D-12"),
    ("NJ", "state_disability_insurance", "N.J.S.A. 43:21-7 (d) (1) (G)"),
    ("NJ", "paid_family_leave", "N.J.S.A. 43:21-39.1"),
    ("AK", "state_unemployment", "AS 23.20.290"),
    ("WA", "paid_family_leave", "RCW 50A.10.030"),
    ("WA", "long_term_care", "RCW 50B.04.080"),
];

#[test]
fn every_step_of_an_insurance_shows_the_provision_of_that_insurance_alone() {
    let mut wrong = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for case in SHIPPED.cases() {
        let Some(out) = payslip_of(&law_on(case.date), &case.facts, case.date) else { continue };
        for (position, line) in out.lines().enumerate() {
            let Some((state, item, own)) = PROVISIONS
                .iter()
                .find(|(state, item, _)| line.subject == Some(*state) && line.name == *item)
            else {
                continue;
            };
            for step in out.steps().filter(|step| step.line == Some(position)) {
                let shown = SHIPPED.sources(step.name, &case.facts, case.date);
                if shown.len() != 1 || !shown[0].contains(own) {
                    wrong.insert(format!("{state}, {item}, {}: {shown:#?}", step.name));
                }
                seen.insert((*state, *item));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
    let all: BTreeSet<_> = PROVISIONS.iter().map(|(state, item, _)| (*state, *item)).collect();
    assert_eq!(seen, all, "a case of every insurance leads to its line by steps");
}
