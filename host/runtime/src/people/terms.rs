//! The attributes that the host declares itself: who a person is, and the terms of an employment
//! that say which rules are for it. They are checked once a tenant has said how it is organized.

use std::sync::LazyLock;

use stele_engine::contract::{Choice, Field, Origin, ScalarKind, Shape};

/// The country whose law holds for the employment.
pub(crate) const COUNTRY: &str = "country";
/// The employer.
pub(crate) const LEGAL_ENTITY: &str = "legal_entity";
/// With whom it is paid.
pub(crate) const PAY_GROUP: &str = "pay_group";
/// Whether it runs.
pub(crate) const STATUS: &str = "status";
/// The status of one that runs.
pub(crate) const ACTIVE: &str = "active";
/// The status of one that runs, on leave.
pub(crate) const ON_LEAVE: &str = "on_leave";
/// The status of one that has ended.
pub(crate) const ENDED: &str = "ended";

/// Those by which it is found out which slots an employment is for, and whether it runs.
pub(crate) const READ: [&str; 4] = [COUNTRY, LEGAL_ENTITY, PAY_GROUP, STATUS];

/// Longest of these texts, in characters.
const LONGEST_TEXT: u32 = 200;

static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let text = || ScalarKind::Text(LONGEST_TEXT);
    let status = [
        (ACTIVE, "employed"),
        (ON_LEAVE, "employed, on leave"),
        (ENDED, "left; what holds from this day on"),
    ];
    let status =
        status.map(|(name, meaning)| Choice { name: name.into(), meaning: meaning.into() });
    let fields = [
        ("family_name", "The person's family name.", text()),
        ("given_name", "The person's given name.", text()),
        ("language", "The language in which the person reads, as a BCP 47 tag.", text()),
        ("birth_date", "The day on which the person was born.", ScalarKind::Date),
        ("email", "Where the person gets mail.", text()),
        ("phone", "Where the person can be called.", text()),
        (LEGAL_ENTITY, "The employer: a legal entity of the organization.", text()),
        (
            COUNTRY,
            "The country whose law holds, by its code of two letters; where nothing is said, that of the legal entity.",
            text(),
        ),
        ("place_of_work", "Where the person works.", text()),
        (PAY_GROUP, "With whom the employment is paid.", text()),
        ("cost_centre", "Who bears the cost.", text()),
        (STATUS, "Whether the employment runs.", ScalarKind::Choice(status.to_vec())),
        ("end_reason", "Why the employment ended.", text()),
    ];
    let fields = fields.map(|(name, meaning, kind)| Field {
        name: name.to_owned(),
        meaning: meaning.to_owned(),
        unit: None,
        required: false,
        origin: Origin::Caller,
        shape: Shape::Scalar(kind),
    });
    fields.to_vec()
});

/// The attributes that the host declares.
pub(crate) fn fields() -> &'static [Field] {
    &FIELDS
}

/// The field of that name.
pub(crate) fn field(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}
