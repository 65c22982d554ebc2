//! Tax codes: what their letters and numbers say (Specification for PAYE Tax Table Routines, 3.3
//! and 15; HMRC PAYE manual, PAYE11015).
//!
//! | code | meaning |
//! |---|---|
//! | a number with L, M, N or T | free pay of ten times the number, and nine, a year |
//! | K and a number | additional pay of the same amount |
//! | 0T | no free pay |
//! | BR, D0, D1, D2, D3 | all pay at one rate |
//! | NT | no tax |
//!
//! S before it stands for the bands of Scotland, C (Cymru) for those of Wales.

use stele_sdk::prelude::*;

use crate::choices::FlatCode;
use crate::facts::Payment;
use crate::law::{Band, Law};

const CITATION: &str =
    "HMRC, Specification for PAYE Tax Table Routines, para. 3.3; PAYE manual PAYE11015";

/// Longest number of a suffix code ("999999T") and of a K code ("K9999").
const SUFFIX_DIGITS: usize = 6;
const K_DIGITS: usize = 4;

/// Whose bands apply.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Region {
    /// England and Northern Ireland, and everyone without a prefix.
    Rest,
    /// Prefix S.
    Scotland,
    /// Prefix C.
    Wales,
}

impl Region {
    /// The bands of the region (appendices A to C of the specification).
    pub(crate) fn bands(self, law: &Law) -> &[Band] {
        match self {
            Region::Rest => &law.bands,
            Region::Scotland => &law.scottish_bands,
            Region::Wales => &law.welsh_bands,
        }
    }
}

/// What a code does to the pay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// Suffix code: free pay by its number; 0 for 0T.
    Free(i64),
    /// K code: additional pay by its number.
    Additional(i64),
    /// All pay at one rate.
    Flat(FlatCode),
    /// No tax.
    NoTax,
}

/// A code that was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TaxCode {
    /// Whose bands apply.
    pub region: Region,
    /// What it does to the pay.
    pub kind: Kind,
}

/// Reads a code, in capitals or not.
pub(crate) fn read(text: &str) -> Result<TaxCode, Fault> {
    let text = text.trim_ascii();
    let mut letters = [0_u8; 8];
    let Some(code) = letters.get_mut(..text.len()) else { return Err(unknown(text)) };
    code.copy_from_slice(text.as_bytes());
    code.make_ascii_uppercase();
    let (region, kind) = match &*code {
        [b'S', rest @ ..] => (Region::Scotland, rest),
        [b'C', rest @ ..] => (Region::Wales, rest),
        rest => (Region::Rest, rest),
    };
    let kind = match kind {
        // NT takes nobody's bands and no prefix.
        b"NT" if region == Region::Rest => Kind::NoTax,
        b"BR" => Kind::Flat(FlatCode::Br),
        b"D0" => Kind::Flat(FlatCode::D0),
        b"D1" => Kind::Flat(FlatCode::D1),
        b"D2" => Kind::Flat(FlatCode::D2),
        b"D3" => Kind::Flat(FlatCode::D3),
        b"0T" => Kind::Free(0),
        [b'K', digits @ ..] => match number(digits, K_DIGITS) {
            Some(number) => Kind::Additional(number),
            None => return Err(unknown(text)),
        },
        [digits @ .., b'L' | b'M' | b'N' | b'T'] => match number(digits, SUFFIX_DIGITS) {
            Some(number) => Kind::Free(number),
            None => return Err(unknown(text)),
        },
        _ => return Err(unknown(text)),
    };
    Ok(TaxCode { region, kind })
}

/// Digits that begin with 1 to 9, at most so many.
fn number(digits: &[u8], most: usize) -> Option<i64> {
    if digits.len() > most || !matches!(digits, [b'1'..=b'9', ..]) {
        return None;
    }
    digits.iter().try_fold(0_i64, |number, digit| {
        digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0'))
    })
}

#[cold]
fn unknown(text: &str) -> Fault {
    let hint = match text.to_ascii_uppercase() {
        code if ["W1", "M1", "X"].iter().any(|end| code.ends_with(end)) => {
            "; week 1/month 1 is said by tax_basis, not in the code"
        }
        _ => "",
    };
    Fault::fact(
        Payment::TAX_CODE,
        format!(
            "must be a number of 1 to 999999 followed by L, M, N or T, K followed by a number of 1 to 9999, BR, D0, D1, 0T, each also with the prefix S or C, SD2, SD3, or NT, found {text}{hint}"
        ),
    )
    .citing(CITATION)
}

/// The rate of a flat code among the region's bands. D2 and D3 exist only where there are that
/// many rates above the basic rate: in Scotland.
pub(crate) fn flat_rate(bands: &[Band], code: FlatCode) -> Result<Decimal, Fault> {
    let band = bands.iter().find(|band| band.code == Some(code));
    band.map(|band| band.rate).ok_or_else(|| no_such_rate(bands, code))
}

#[cold]
fn no_such_rate(bands: &[Band], code: FlatCode) -> Fault {
    let known: Vec<_> = bands.iter().filter_map(|band| band.code).map(FlatCode::name).collect();
    Fault::fact(
        Payment::TAX_CODE,
        format!(
            "of the codes for a single rate must be one of {}, after the prefix if there is one, found {}",
            known.join(", "),
            code.name()
        ),
    )
    .citing(CITATION)
}

/// The band that pay after the code lies in.
pub(crate) struct InBand {
    /// Limit of the bands below, and tax on it, in a year. None in the lowest band.
    pub below: Option<(Decimal, Decimal)>,
    /// Rate of the band.
    pub rate: Decimal,
}

/// The first band that holds the pay by its limit in a year, or the last, which has none.
pub(crate) fn band(bands: &[Band], holds: impl Fn(Decimal) -> bool) -> InBand {
    let mut found = InBand { below: None, rate: Decimal::ZERO };
    for band in bands {
        found.rate = band.rate;
        match (band.up_to, band.tax) {
            (Some(limit), Some(tax)) if !holds(limit) => found.below = Some((limit, tax)),
            _ => break,
        }
    }
    found
}
