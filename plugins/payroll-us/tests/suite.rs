//! What the rule promises with its shipped ruleset.

use payroll_us::UnitedStatesPayroll;
use stele_sdk_test::Exceptions;

stele_sdk_test::suite!(
    UnitedStatesPayroll,
    "us/payroll",
    Exceptions::none().nothing_in_words("exempt", "the certificate says that no tax is withheld")
);
