//! What the rule promises with its shipped ruleset.

use payroll_cn::ChinaPayroll;

stele_sdk_test::suite!(ChinaPayroll, "cn/payroll");
