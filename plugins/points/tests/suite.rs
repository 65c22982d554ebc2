//! What the rule promises with its shipped ruleset.

use stele_sdk_test::Exceptions;

stele_sdk_test::suite!(
    points::Points,
    "acme/points",
    Exceptions::none()
        .taken_away("cut_at_floor", "so many points are deducted")
        .taken_away("taken_back", "so many points are taken back")
        .taken_away("expiry", "so many points can not be used any more")
);
