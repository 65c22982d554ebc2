//! Whether a tariff book makes sense, asked once, when it is published.

use crate::parameters::{BalanceFloor, BonusShare, Tariff, TariffBook};
use stele_sdk::prelude::*;

/// Refuses a tariff book that contradicts itself.
///
/// # Errors
/// A fault that names the parameter, and the row and column where there is one.
pub(crate) fn tariff_book(book: &TariffBook) -> Result<(), Fault> {
    floors(book)?;
    tariffs(book)?;
    shares(book)
}

fn floors(book: &TariffBook) -> Result<(), Fault> {
    if book.balance_floors.is_empty() {
        return Err(Fault::parameter(
            TariffBook::BALANCE_FLOORS,
            "must have at least one row, found none",
        ));
    }
    for (row, floor) in book.balance_floors.iter().enumerate() {
        if floor.floor > Decimal::ZERO {
            return Err(Fault::parameter_cell(
                TariffBook::BALANCE_FLOORS,
                row,
                BalanceFloor::FLOOR,
                format!("must be 0 or below, found {}", floor.floor),
            ));
        }
    }
    Ok(())
}

fn tariffs(book: &TariffBook) -> Result<(), Fault> {
    for (row, tariff) in book.tariff.iter().enumerate() {
        let cell =
            |column, message| Err(Fault::parameter_cell(TariffBook::TARIFF, row, column, message));
        for (column, name) in [(Tariff::EVENT, &tariff.event), (Tariff::CATEGORY, &tariff.category)]
        {
            if !is_code(name) {
                return cell(
                    column,
                    format!("must be lower-case letters, digits and _, found '{name}'"),
                );
            }
        }
        for other in book.tariff[..row].iter().filter(|other| other.event == tariff.event) {
            if other.applies_from == tariff.applies_from {
                return cell(
                    Tariff::EVENT,
                    format!(
                        "must occur once from one day on, found {} from {} again",
                        tariff.event, tariff.applies_from
                    ),
                );
            }
            // A category's points of a period are those of its events.
            if other.category != tariff.category {
                return cell(
                    Tariff::CATEGORY,
                    format!(
                        "must be {} for {}, as from {} on, found {}",
                        other.category, tariff.event, other.applies_from, tariff.category
                    ),
                );
            }
        }
        if tariff.cap_period.is_some() && tariff.cap.is_none() {
            return cell(
                Tariff::CAP_PERIOD,
                format!("must be left out for {}, which has no cap", tariff.event),
            );
        }
        if tariff.expires_after.is_some() && tariff.points < Decimal::ZERO {
            return cell(
                Tariff::EXPIRES_AFTER,
                format!("must be left out for {}: a deduction does not expire", tariff.event),
            );
        }
    }
    Ok(())
}

fn shares(book: &TariffBook) -> Result<(), Fault> {
    for (row, share) in book.bonus_shares.iter().enumerate() {
        let cell = |column, message| {
            Err(Fault::parameter_cell(TariffBook::BONUS_SHARES, row, column, message))
        };
        if !book.tariff.iter().any(|tariff| tariff.category == share.category) {
            return cell(
                BonusShare::CATEGORY,
                format!("must be a category of the tariff, found {}", share.category),
            );
        }
        if book.bonus_shares[..row].iter().any(|other| other.category == share.category) {
            return cell(
                BonusShare::CATEGORY,
                format!("must occur once, found {} again", share.category),
            );
        }
        if share.full_points <= Decimal::ZERO {
            return cell(
                BonusShare::FULL_POINTS,
                format!("must be above 0, found {}", share.full_points),
            );
        }
    }
    let sum: Decimal = book.bonus_shares.iter().map(|share| share.percent).sum();
    if sum > Decimal::ONE_HUNDRED {
        return Err(Fault::parameter(
            TariffBook::BONUS_SHARES,
            format!("must add to at most 100 % of the bonus, found {} %", sum.normalize()),
        ));
    }
    Ok(())
}

/// Events and categories are parts of subjects, where spaces and colons tell the parts apart.
fn is_code(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
