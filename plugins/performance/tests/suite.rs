//! What the rule promises with each of its shipped rulesets.

mod probation {
    stele_sdk_test::suite!(performance::Performance, "acme/probation");
}

mod sales {
    stele_sdk_test::suite!(
        performance::Performance,
        "acme/sales-performance",
        stele_sdk_test::Exceptions::none()
            .nothing_in_words("too_short", "it says that there is no bonus")
    );
}
