//! What holds for every review, whatever the numbers.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{amount, decimal, evaluate, review, scheme};
use performance::*;
use proptest::prelude::*;
use stele_sdk::prelude::*;

/// A measurement with two decimals between two whole numbers.
fn measured(lowest: i64, highest: i64) -> impl Strategy<Value = Decimal> {
    (lowest * 100..=highest * 100).prop_map(|hundredths| Decimal::new(hundredths, 2))
}

fn any_review() -> impl Strategy<Value = Review> {
    (measured(0, 150), measured(1, 5), measured(0, 100))
        .prop_map(|(sales, service, learning)| review(sales, service, learning))
}

fn any_rounding() -> impl Strategy<Value = Rounding> {
    prop_oneof![Just(Rounding::HalfUp), Just(Rounding::HalfEven), Just(Rounding::Down)]
}

/// Everything that a review yields.
fn shown(review: &Review) -> String {
    format!("{:?}", evaluate(&scheme(), review).expect("a review on its scales"))
}

fn grade(out: &ReviewOutcome) -> Decimal {
    amount(out, Item::Grade)
}

proptest! {
    #[test]
    fn weights_are_accepted_exactly_when_they_add_to_100_percent(
        sales in 0u32..=1000, service in 0u32..=1000, learning in 0u32..=1000, honest: bool,
    ) {
        let learning = if honest { 1000u32.saturating_sub(sales + service) } else { learning };
        let mut scheme = scheme();
        for (criterion, tenths) in scheme.criteria.iter_mut().zip([sales, service, learning]) {
            criterion.weight = Decimal::new(i64::from(tenths), 1);
        }
        let checked = Performance::check(&scheme);
        if sales + service + learning == 1000 {
            prop_assert!(checked.is_ok(), "{checked:?}");
        } else {
            let fault = checked.expect_err("weights beside 100 %");
            prop_assert!(fault.concerns_parameter(Scheme::CRITERIA), "{fault:?}");
            prop_assert!(fault.message().contains("100 %"), "{fault}");
        }
    }

    #[test]
    fn the_score_stays_between_the_ends_of_the_scales(
        review in any_review(), rounding in any_rounding(),
    ) {
        let scheme = Scheme { rounding, ..scheme() };
        let out = evaluate(&scheme, &review).expect("a review on its scales");
        let score = amount(&out, Item::Score);
        // 30 % of the 20 points that a service rating of 1 is worth; 50 % of 150 + 50 % of 100.
        prop_assert!(score >= decimal("6") && score <= decimal("125"), "{score}");
        prop_assert_eq!(score, score.round_dp(1));
    }

    #[test]
    fn a_cap_is_never_exceeded(
        review in any_review(), cap in measured(0, 150), total in measured(0, 150),
    ) {
        let mut scheme = Scheme { score_cap: Some(total), ..scheme() };
        scheme.criteria[0].cap = Some(cap);
        let out = evaluate(&scheme, &review).expect("a review on its scales");
        prop_assert!(out.amount_about(Item::CriterionScore, "sales").expect("a score") <= cap);
        prop_assert!(amount(&out, Item::Score) <= total);
    }

    #[test]
    fn a_better_measurement_never_lowers_score_or_grade(
        review in any_review(), which in 0usize..3, better in measured(0, 150),
        rounding in any_rounding(),
    ) {
        let scheme = Scheme { rounding, ..scheme() };
        let highest = [decimal("150"), decimal("5"), decimal("100")][which];
        let mut improved = review.clone();
        improved.ratings[which].score = (review.ratings[which].score + better).min(highest);
        let (before, after) = (evaluate(&scheme, &review), evaluate(&scheme, &improved));
        let (before, after) = (before.expect("a review"), after.expect("a review"));
        prop_assert!(amount(&after, Item::Score) >= amount(&before, Item::Score));
        prop_assert!(grade(&after) <= grade(&before));
    }

    #[test]
    fn a_core_criterion_below_the_gate_never_earns_more_than_the_gate_allows(
        review in any_review(),
    ) {
        let scheme = scheme();
        let out = evaluate(&scheme, &review).expect("a review on its scales");
        let gated = ["sales", "service"]
            .map(|criterion| out.amount_about(Item::CriterionScore, criterion).expect("a score"))
            .iter()
            .any(|score| *score < decimal("60"));
        let ungated = evaluate(&Scheme { gates: Vec::new(), ..scheme }, &review).expect("a review");
        let expected = if gated { grade(&ungated).max(decimal("3")) } else { grade(&ungated) };
        prop_assert_eq!(grade(&out), expected);
        let said = out.findings().any(|finding| finding.finding == Finding::GradeCapped);
        prop_assert_eq!(said, grade(&out) > grade(&ungated));
    }

    #[test]
    fn longer_employment_never_lowers_the_bonus(
        days in 1i64..=366, one in 0i64..=366, other in 0i64..=366, cents in 0i64..=100_000_000,
        minimum in 0i64..=100, rounding in any_rounding(),
    ) {
        let scheme = Scheme { minimum_days_employed: minimum, rounding, ..scheme() };
        let (shorter, longer) = (one.min(other).min(days), one.max(other).min(days));
        let bonus = |employed| {
            let review = Review {
                days_employed: Some(employed), days_in_period: Some(days),
                bonus_base: Some(Decimal::new(cents, 2)), ..common::good_review()
            };
            amount(&evaluate(&scheme, &review).expect("a review"), Item::PerformanceBonus)
        };
        prop_assert!(bonus(shorter) <= bonus(longer));
    }

    #[test]
    fn the_whole_period_earns_what_no_days_at_all_earn(
        days in 1i64..=366, cents in 0i64..=100_000_000,
    ) {
        let whole = Review { bonus_base: Some(Decimal::new(cents, 2)), ..common::good_review() };
        let counted =
            Review { days_employed: Some(days), days_in_period: Some(days), ..whole.clone() };
        prop_assert_eq!(shown(&whole), shown(&counted));
    }

    #[test]
    fn the_parts_of_the_bonus_add_up_and_a_whole_share_costs_nothing(
        cents in 0i64..=100_000_000, at_stake in measured(0, 100), earned in measured(0, 100),
        rounding in any_rounding(),
    ) {
        let scheme = Scheme { rounding, ..scheme() };
        let earned = earned.min(at_stake);
        let paid = |earned| {
            let review = Review {
                bonus_base: Some(Decimal::new(cents, 2)),
                points_share_at_stake: Some(at_stake), points_share_earned: Some(earned),
                ..common::good_review()
            };
            evaluate(&scheme, &review).expect("a review")
        };
        let out = paid(earned);
        let (results, points) = (amount(&out, Item::ResultsBonus), amount(&out, Item::PointsBonus));
        prop_assert_eq!(amount(&out, Item::PerformanceBonus), results + points);
        prop_assert!(results >= Decimal::ZERO && points >= Decimal::ZERO);
        let whole = paid(at_stake);
        prop_assert_eq!(amount(&whole, Item::PerformanceBonus), amount(&whole, Item::GradeBonus));
        prop_assert!(results + points <= amount(&whole, Item::PerformanceBonus));
    }

    #[test]
    fn the_order_of_the_ratings_changes_nothing(review in any_review(), seed in 0usize..6) {
        let mut shuffled = review.clone();
        shuffled.ratings.rotate_left(seed % 3);
        if seed >= 3 { shuffled.ratings.swap(0, 1) }
        prop_assert_eq!(shown(&review), shown(&shuffled));
    }

    #[test]
    fn an_explanation_changes_nothing_and_every_step_leads_to_a_line(review in any_review()) {
        let review = Review { bonus_base: Some(decimal("6000")), ..review };
        let silent = evaluate(&scheme(), &review).expect("a review");
        let mut explained = ReviewOutcome::new(true);
        Performance::evaluate(&scheme(), &review, &mut explained).expect("a review");
        prop_assert!(silent.lines().eq(explained.lines()));
        prop_assert!(silent.findings().eq(explained.findings()));
        prop_assert_eq!(silent.steps().count(), 0);
        prop_assert!(explained.steps().count() > 0);
        let lines = explained.lines().count();
        for step in explained.steps() {
            prop_assert!(step.line.is_some_and(|line| line < lines), "{step:?}");
            prop_assert!(!step.text.contains('{'), "{}", step.text);
        }
    }
}
