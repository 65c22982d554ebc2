//! A formula as people read it.

use super::*;

#[test]
fn a_formula_is_shown_with_labels_values_and_result_in_the_language_of_the_reader() {
    let taxable = || {
        let arguments = vec![(Source::Fact(0), value("62459.28")), (Source::Own, value("5000"))];
        let tokens = vec![argument(0), argument(1), Token::Subtract, constant("0"), Token::AtLeast];
        figure(arguments, tokens, "57459.28")
    };
    let explained = explained(vec![taxable()]);
    assert_eq!(
        explained.shown("en"),
        "Taxable income = Wages 62,459.28 − 5,000, but at least 0 = 57,459.28"
    );
    assert_eq!(
        explained.shown("zh"),
        "应纳税所得额 = 工资 62,459.28 − 5,000，但至少为0 = 57,459.28"
    );
    // Labels in the ruleset's first language, words and numbers in the reader's.
    assert_eq!(
        explained.shown("de"),
        "Taxable income = Wages 62.459,28 − 5.000, aber mindestens 0 = 57.459,28"
    );
}

#[test]
fn parentheses_stand_where_they_are_needed_and_nowhere_else() {
    use Token::{Add, Divide, Multiply, Negate, Subtract};
    for (tokens, expected) in [
        (vec![A, B, C, Multiply, Add], "a + b × c = 22.00"),
        (vec![A, B, Add, C, Multiply], "(a + b) × c = 42.00"),
        (vec![A, B, C, Add, Subtract], "a − (b + c) = 3.00"),
        (vec![A, B, Subtract, C, Subtract], "a − b − c = 3.00"),
        (vec![A, B, C, Subtract, Subtract], "a − (b − c) = 9.00"),
        (vec![A, B, C, Subtract, Add], "a + b − c = 11.00"),
        (vec![A, B, Multiply, C, Multiply], "a × b × c = 120.00"),
        (vec![A, B, A, Multiply, Divide], "a ÷ (b × a) = 0.25"),
        (vec![A, B, Add, Negate], "−(a + b) = -14.00"),
        (vec![A, B, Token::Largest(2), C, Subtract], "(the larger of a and b) − c = 7.00"),
        (vec![A, B, Subtract, C, Token::Smallest(2)], "the smaller of (a − b) and c = 3.00"),
        (vec![A, B, C, Token::Sum(3)], "the sum of a, b and c = 17.00"),
        (vec![A, B, Subtract, C, Token::AtMost], "a − b, but at most c = 3.00"),
        (vec![A, B, Token::AtLeast, C, Token::AtMost], "a, but at least b, but at most c = 3.00"),
        (
            vec![A, B, Token::AtLeast, C, Token::Largest(2)],
            "the larger of (a, but at least b) and c = 10.00",
        ),
        (vec![A, B, Token::Less, B, C, Token::Choose], "b if a < b, otherwise c = 3.00"),
    ] {
        let (_, result) = expected.rsplit_once(" = ").unwrap();
        assert_eq!(shown(tokens, result), expected);
    }
    assert_eq!(shown(vec![A], "10"), "a");
}

#[test]
fn shares_and_percentages_are_shown_in_percent() {
    let rate = || (Source::Parameter(0), value("0.08"));
    let arguments = vec![(Source::Fact(0), value("62459.28")), rate()];
    let share = figure(arguments, vec![argument(0), argument(1), Token::Share], "4996.7424");
    assert_eq!(
        explained(vec![share]).shown("en"),
        "Taxable income = Wages 62,459.28 × Rate 8 % = 4,996.7424"
    );
    let arguments = vec![(Source::Fact(0), value("62459.28")), rate()];
    let tokens = vec![argument(0), argument(1), constant("0.005"), Token::Add, Token::Share];
    let shown = explained(vec![figure(arguments, tokens, "5309.0388")]).shown("en");
    assert_eq!(shown, "Taxable income = Wages 62,459.28 × (Rate 8 % + 0.5 %) = 5,309.0388");
    let arguments = vec![(Source::Fact(0), value("62459.28")), (Source::Own, value("7.5"))];
    let tokens = vec![argument(0), argument(1), Token::Percent];
    let shown = explained(vec![figure(arguments, tokens, "4684.446")]).shown("de");
    assert_eq!(shown, "Taxable income = Wages 62.459,28 × 7,5\u{a0}% = 4.684,446");
}

#[test]
fn rounding_says_in_which_direction_and_to_what() {
    let rounded =
        |direction, unit: &str| Token::Rounded(Rounding { direction, unit: decimal(unit) });
    let half_up = vec![A, C, Token::Divide, rounded(Direction::HalfUp, "0.01")];
    assert_eq!(shown(half_up, "3.33"), "a ÷ c, rounded half up to 0.01 = 3.33");
    let down = vec![A, rounded(Direction::Down, "4"), C, Token::Multiply];
    assert_eq!(shown(down, "24"), "(a, rounded down to 4) × c = 24.00");
}

#[test]
fn a_tax_shows_its_bands() {
    let by_limit = by(0, Limits::UpTo, 2, TaxMethod::Marginal);
    let shown = taxed(by_limit, 1, "62459.28", brackets(0..2), "3725.928").shown("en");
    assert_eq!(
        shown,
        "Taxable income = tax on 62,459.28 by Brackets (36,000.00 × 3 % + 26,459.28 × \
         10 %) = 3,725.928"
    );
    for (table, amount, rows, tax, bands) in [
        (
            by(1, Limits::Over, 2, TaxMethod::Marginal),
            "40000",
            0..2,
            "1480",
            "36,000.00 × 3 % + 4,000.00 × 10 %",
        ),
        (
            by(1, Limits::AtLeast, 2, TaxMethod::Marginal),
            "36000",
            0..2,
            "1080",
            "36,000.00 × 3 % + 0.00 × 10 %",
        ),
        (by(1, Limits::Over, 2, TaxMethod::Marginal), "36000", 0..1, "1080", "36,000.00 × 3 %"),
        (by(1, Limits::Over, 2, TaxMethod::Marginal), "0", 0..0, "0", "0.00"),
        (
            by(0, Limits::UpTo, 2, TaxMethod::QuickDeduction(3)),
            "62459.28",
            1..2,
            "3725.928",
            "62,459.28 × 10 % − 2,520.00",
        ),
        (by(0, Limits::UpTo, 2, TaxMethod::Whole), "200000", 2..3, "40000", "200,000.00 × 20 %"),
        (by(0, Limits::UpTo, 2, TaxMethod::Whole), "144000", 1..2, "14400", "144,000.00 × 10 %"),
    ] {
        let shown = taxed(table, 1, amount, brackets(rows), tax).shown("en");
        assert!(shown.contains(&format!("by Brackets ({bands}) = ")), "{shown}");
    }
}

#[test]
fn only_the_branch_that_is_taken_is_worked_out() {
    let arguments = vec![
        (Source::Fact(3), Value::Scalar(Scalar::Boolean(true))),
        (Source::Own, Value::Scalar(Scalar::None)),
    ];
    let tokens =
        vec![argument(0), constant("5"), argument(1), constant("0"), Token::Divide, Token::Choose];
    let shown = explained(vec![figure(arguments, tokens, "5")]).shown("en");
    assert_eq!(shown, "Taxable income = 5 if Resident yes, otherwise – ÷ 0 = 5.00");
}

#[test]
fn days_flags_and_choices_are_compared_and_counted() {
    let arguments = vec![
        (Source::Fact(2), day(1990, 3, 31)),
        (Source::Own, day(2020, 4, 30)),
        (Source::Fact(4), Value::Scalar(Scalar::Choice(0))),
    ];
    let tokens = vec![argument(0), argument(1), Token::YearsBetween];
    let years = explained(vec![figure(arguments.clone(), tokens, "30")]);
    assert_eq!(
        years.shown("en"),
        "Taxable income = whole years from Day of birth March 31, 1990 to April 30, 2020 = \
         30.00"
    );
    let tokens = vec![argument(0), argument(1), Token::MonthsBetween];
    explained(vec![figure(arguments.clone(), tokens, "360")]).calculated().adds_up().unwrap();
    let tokens = vec![
        argument(2),
        argument(2),
        Token::Equal,
        argument(0),
        argument(1),
        Token::LessOrEqual,
        Token::Both,
        constant("1"),
        constant("2"),
        Token::Choose,
    ];
    let chosen = explained(vec![figure(arguments, tokens, "1")]);
    assert_eq!(
        chosen.shown("zh"),
        "应纳税所得额 = 如果税级 四级 = 税级 四级且出生日 1990年3月31日 ≤ 2020年4月30日则为1，否则为2 = 1.00"
    );
    let _ = chosen.shown("en");
}

#[test]
fn no_language_of_the_host_lacks_a_word_or_changes_an_amount() {
    let table = by(0, Limits::UpTo, 2, TaxMethod::Marginal);
    let arguments = vec![(Source::Parameter(1), brackets(0..2)), (Source::Own, value("62459.28"))];
    let rounded = Token::Rounded(Rounding { direction: Direction::HalfUp, unit: decimal("0.01") });
    let tokens = vec![
        argument(1),
        Token::Tax(table),
        rounded,
        constant("0"),
        Token::AtLeast,
        constant("1"),
        constant("2"),
        Token::Largest(3),
    ];
    let explained = explained(vec![figure(arguments, tokens, "3725.93")]);
    let english = explained.shown("en");
    for words in Words::all() {
        let shown = explained.shown(words.tag());
        assert!(!shown.contains(['{', '$']), "{shown}");
        assert!(words.tag() == "en" || shown != english, "{shown}");
        for amount in ["62459.28", "36000.00", "26459.28", "3725.93", "0.01"] {
            assert!(shown.contains(&words.number(amount)), "{amount} in {shown}");
        }
    }
}

#[test]
fn what_is_nothing_or_not_given_is_left_out_of_what_is_shown() {
    let relief = || (Source::Fact(1), value("0"));
    let arguments = vec![(Source::Fact(0), value("62459.28")), relief()];
    let tokens = vec![argument(0), argument(1), Token::Subtract, constant("5000"), Token::Subtract];
    assert_eq!(
        explained(vec![figure(arguments, tokens, "57459.28")]).shown("en"),
        "Taxable income = Wages 62,459.28 − 5,000 = 57,459.28"
    );
    let missing = (Source::Own, Value::Scalar(Scalar::None));
    let arguments = vec![(Source::Fact(0), value("62459.28")), missing];
    let tokens = vec![argument(0), argument(1), Token::AtMost];
    assert_eq!(
        explained(vec![figure(arguments, tokens, "62459.28")]).shown("en"),
        "Taxable income = Wages 62,459.28"
    );
    // What is left alone is the result, which is not said twice.
    let arguments = vec![relief(), (Source::Fact(0), value("62459.28")), relief()];
    let tokens = vec![argument(0), argument(1), Token::Add, argument(2), Token::Subtract];
    assert_eq!(
        explained(vec![figure(arguments, tokens, "62459.28")]).shown("en"),
        "Taxable income = Wages 62,459.28"
    );
    let decimals = vec![(Source::Fact(0), value("62459.28")), (Source::Own, value("1"))];
    let tokens = vec![argument(0), argument(1), Token::RoundedTo(Direction::Up)];
    assert_eq!(
        explained(vec![figure(decimals, tokens, "62459.3")]).shown("en"),
        "Taxable income = Wages 62,459.28, rounded up to 0.1 = 62,459.30"
    );
}
