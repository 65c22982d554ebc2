//! Who bears which part of the care rate.

use stele_sdk::prelude::*;

use crate::law::ContributionYear;
use crate::rounding::half;

impl ContributionYear {
    /// SGB XI § 58: the employee bears half of the care rate, in Saxony more, because it kept its
    /// Day of Repentance; § 55 Abs. 3: and alone the surcharge for the childless, or less for
    /// children.
    pub(crate) fn employee_care_rate(
        &self,
        saxony: bool,
        childless: bool,
        children: i64,
    ) -> Decimal {
        let mut rate = self.employee_care_share(saxony);
        if childless {
            rate += self.care_childless_surcharge;
        } else if children > 0 {
            rate -= Decimal::from(children) * self.care_child_discount;
        }
        rate
    }

    /// The employee's share of the care rate without surcharge and discounts.
    pub(crate) fn employee_care_share(&self, saxony: bool) -> Decimal {
        let share = half(self.care_rate);
        if saxony { share + self.care_saxon_shift } else { share }
    }

    /// The employer's share of the care rate.
    pub(crate) fn employer_care_rate(&self, saxony: bool) -> Decimal {
        let share = half(self.care_rate);
        if saxony { share - self.care_saxon_shift } else { share }
    }
}
