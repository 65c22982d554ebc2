//! What the rule promises with its shipped ruleset.

use payroll_us::UnitedStatesPayroll;

stele_sdk_test::suite!(UnitedStatesPayroll, "us/payroll");
