//! What the rule promises with its shipped ruleset.

use payroll_de::GermanyPayroll;

stele_sdk_test::suite!(GermanyPayroll, "de/payroll");
