//! Free pay of suffix codes and additional pay of K codes: Tables A, as the Specification for PAYE
//! Tax Table Routines calculates them (4.3).

use stele_sdk::prelude::*;

use crate::law::Law;
use crate::period::Calendar;

/// 4.3.1: the adjustment for week 1 or month 1.
///
/// > If the code is 0, nil. Divide the number less 1 by 500; to the remainder add 1, multiply by 10,
/// > add 9, divide by 52 (or 12), and round up to the next penny. Add 96.16 (or 416.67) for each
/// > whole 500.
pub(crate) fn of_first_period(law: &Law, number: i64, calendar: Calendar) -> Decimal {
    if number == 0 {
        return Decimal::ZERO;
    }
    let blocks = (number - 1) / law.code_block;
    let rest = (number - 1) % law.code_block + 1;
    let of_year = rest * law.code_unit + law.code_margin;
    let pence = (of_year * 100 + calendar.of_a_year() - 1) / calendar.of_a_year();
    let whole_blocks = match calendar {
        Calendar::Weeks => law.code_block_week,
        Calendar::Months => law.code_block_month,
    };
    Decimal::new(pence, 2) + whole_blocks * Decimal::from(blocks)
}

/// The allowance of a year that a code stands for: the tables' 500s and pennies left out.
pub(crate) fn of_year(law: &Law, number: i64) -> Decimal {
    match number {
        0 => Decimal::ZERO,
        number => Decimal::from(number * law.code_unit + law.code_margin),
    }
}
