//! What the rule promises with its shipped ruleset.

use payroll_gb::UnitedKingdomPayroll;

stele_sdk_test::suite!(UnitedKingdomPayroll, "gb/payroll");
