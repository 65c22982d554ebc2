//! The words and sentences that the host itself adds to a result: in Chinese and German for their
//! readers, in English for everyone else.

use jiff::civil::Date;

/// A value whose source could not be seen.
pub(super) struct Unconfirmed<'a> {
    /// The parameter's label, with the key of the row.
    pub(super) label: String,
    /// First day on which the value holds.
    pub(super) from: Date,
    /// Where it is said to stand.
    pub(super) source: &'a str,
}

/// The languages that the host speaks.
enum Spoken {
    Chinese,
    German,
    English,
}

impl Spoken {
    fn of(tag: &str) -> Self {
        match tag.split('-').next() {
            Some("zh") => Self::Chinese,
            Some("de") => Self::German,
            _ => Self::English,
        }
    }
}

/// Says that a result rests on values whose sources could not be seen, and on which.
pub(super) fn unconfirmed_sentence(language: &str, values: &[Unconfirmed<'_>]) -> String {
    match Spoken::of(language) {
        Spoken::Chinese => in_chinese(values),
        Spoken::German => in_german(values),
        Spoken::English => in_english(values),
    }
}

/// `yes` or `no`.
pub(super) fn yes_or_no(language: &str, value: bool) -> &'static str {
    let (yes, no) = match Spoken::of(language) {
        Spoken::Chinese => ("是", "否"),
        Spoken::German => ("ja", "nein"),
        Spoken::English => ("yes", "no"),
    };
    if value { yes } else { no }
}

/// Names one after the other.
pub(super) fn list(language: &str, names: &[String]) -> String {
    names.join(match Spoken::of(language) {
        Spoken::Chinese => "，",
        Spoken::German | Spoken::English => ", ",
    })
}

/// A name with what it is more closely, as the language writes it.
pub fn in_brackets(language: &str, name: &str, more: &str) -> String {
    match Spoken::of(language) {
        Spoken::Chinese => format!("{name}（{more}）"),
        Spoken::German | Spoken::English => format!("{name} ({more})"),
    }
}

fn in_english(values: &[Unconfirmed<'_>]) -> String {
    if let [Unconfirmed { label, from, source }] = values {
        return format!(
            "The value of {label} from {from} could not be confirmed in its publication. Source: \
             {source}"
        );
    }
    let listed = listed(values, "; ", |Unconfirmed { label, from, source }| {
        format!("{label} from {from} (source: {source})")
    });
    format!(
        "{} values that this result rests on could not be confirmed in their publications: {listed}",
        values.len()
    )
}

fn in_german(values: &[Unconfirmed<'_>]) -> String {
    if let [Unconfirmed { label, from, source }] = values {
        return format!(
            "Der Wert „{label}“ ab {from} konnte in seiner Veröffentlichung nicht bestätigt werden. \
             Quelle: {source}"
        );
    }
    let listed = listed(values, "; ", |Unconfirmed { label, from, source }| {
        format!("{label} ab {from} (Quelle: {source})")
    });
    format!(
        "{} Werte, auf denen dieses Ergebnis beruht, konnten in ihren Veröffentlichungen nicht \
         bestätigt werden: {listed}",
        values.len()
    )
}

fn in_chinese(values: &[Unconfirmed<'_>]) -> String {
    if let [Unconfirmed { label, from, source }] = values {
        return format!("{label}自{from}起的取值未经公布文件核实。来源：{source}");
    }
    let listed = listed(values, "；", |Unconfirmed { label, from, source }| {
        format!("{label}自{from}起（来源：{source}）")
    });
    format!("本结果所依据的{}项取值未经公布文件核实：{listed}", values.len())
}

fn listed(
    values: &[Unconfirmed<'_>],
    between: &str,
    one: impl Fn(&Unconfirmed<'_>) -> String,
) -> String {
    values.iter().map(one).collect::<Vec<_>>().join(between)
}
