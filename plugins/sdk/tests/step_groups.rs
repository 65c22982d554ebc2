//! Sentences in several enums are one list of steps.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use stele_sdk::prelude::*;

#[derive(Items, Clone, Copy)]
enum Item {
    /// Tax.
    #[item(category = "tax")]
    Tax,
}

#[derive(Steps)]
enum TaxStep {
    /// Half of {base}.
    Half { base: Decimal },
    /// Nothing is due.
    Nothing,
}

#[derive(Steps)]
enum PayStep {
    /// {amount}, as stated.
    Stated { amount: Decimal },
}

#[derive(Steps)]
enum Step {
    Tax(TaxStep),
    Pay(PayStep),
}

#[test]
fn the_groups_follow_each_other_in_the_description() {
    let names: Vec<&str> = Step::STEPS.iter().map(|step| step.name).collect();
    assert_eq!(names, ["half", "nothing", "stated"]);
}

#[test]
fn a_step_of_each_group_is_written_as_it_is() {
    let mut out: Outcome<Item, Nothing, Step> = Outcome::new(true);
    out.step(|| TaxStep::Half { base: Decimal::TEN });
    out.step(|| TaxStep::Nothing);
    out.step(|| PayStep::Stated { amount: Decimal::ONE });
    out.line(Item::Tax, Decimal::ONE);
    let texts: Vec<String> = out.steps().map(|step| step.text).collect();
    assert_eq!(texts, ["Half of 10.", "Nothing is due.", "1, as stated."]);
    let kinds: Vec<u32> = out.into_contract().steps.iter().map(|step| step.kind).collect();
    assert_eq!(kinds, [0, 1, 2]);
}
