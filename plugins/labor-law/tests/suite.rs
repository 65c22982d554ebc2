//! What the rule promises with each of its shipped rulesets.

use stele_sdk_test::Exceptions;

const COLUMNS: &str = "the parameters are shown by their values and sources";

mod china {
    use super::{COLUMNS, Exceptions};

    stele_sdk_test::suite!(
        labor_law::LaborLaw,
        "cn/labor-law",
        Exceptions::none()
            .columns_without_text(COLUMNS)
            .nothing_in_words("flexible_hours", "flexible working time knows no overtime")
            .nothing_in_words("rest_days_together", "such work is counted with all other")
            .nothing_in_words("averaging_period_open", "no averaging period ends, so none yet")
    );
}

mod europe {
    use super::{COLUMNS, Exceptions};

    stele_sdk_test::suite!(
        labor_law::LaborLaw,
        "eu/working-time",
        Exceptions::none().columns_without_text(COLUMNS)
    );
}
