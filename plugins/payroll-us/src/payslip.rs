//! Where this rule writes its lines, findings and steps.

use stele_sdk::prelude::*;

use crate::Step;
use crate::items::{Finding, Item};

/// The payslip of one payment, or the estimate of one year.
pub type Payslip = Outcome<Item, Finding, Step>;
