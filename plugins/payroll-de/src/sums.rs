//! The parts of totals, as an explanation writes them down.

use stele_sdk::prelude::*;
use stele_sdk::sentence;

use crate::Payslip;
use crate::items::Item;

/// What is earned.
pub(crate) const EARNINGS: &[Item] =
    &[Item::Gross, Item::OneOff, Item::MultiYearPay, Item::TaxFreePay];

/// What is withheld as tax.
pub(crate) const TAXES: &[Item] = &[
    Item::WageTax,
    Item::SolidaritySurcharge,
    Item::OneOffWageTax,
    Item::OneOffSolidaritySurcharge,
    Item::MultiYearWageTax,
    Item::MultiYearSolidaritySurcharge,
    Item::ChurchTax,
    Item::OneOffChurchTax,
    Item::MultiYearChurchTax,
];

/// What is withheld as contributions.
pub(crate) const OF_EMPLOYEE: &[Item] = &[
    Item::PensionEmployee,
    Item::UnemploymentEmployee,
    Item::HealthEmployee,
    Item::HealthAdditionalEmployee,
    Item::CareEmployee,
];

/// What the employer pays as contributions and levies.
pub(crate) const OF_EMPLOYER: &[Item] = &[
    Item::PensionEmployer,
    Item::UnemploymentEmployer,
    Item::HealthEmployer,
    Item::HealthAdditionalEmployer,
    Item::CareEmployer,
    Item::LevyU1,
    Item::LevyU2,
    Item::InsolvencyLevy,
];

/// Amounts of the lines of these items that were written so far, without those of zero.
pub(crate) fn parts(items: &[Item], out: &Payslip) -> Vec<Decimal> {
    let lines = out.lines().filter(|line| items.contains(&line.item) && !line.amount.is_zero());
    lines.map(|line| line.amount).collect()
}

/// Parts as a sum is written.
pub(crate) fn written(parts: Vec<Decimal>) -> String {
    sentence::sum(parts, 2)
}
