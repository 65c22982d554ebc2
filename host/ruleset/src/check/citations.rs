//! Whether every citation names something that a reader can look up. What is paid rests on law or
//! on an official publication (of a company: on its agreement), so a path in the author's folder
//! says nothing to whoever reads a payslip, and "the state's publication" does not say which.
//!
//! A program can not tell whether a publication exists. It refuses what certainly names none.

use stele_engine::contract::Description;

use crate::defect::{Defect, quote};
use crate::manifest::{MANIFEST_FILE, Manifest};
use crate::package::{COMPONENT_FILE, PARAMETERS_FILE};
use crate::parameters::Parameters;

/// Folders and endings of files that an author works with, and no publisher's.
const FOLDERS: [&str; 9] =
    ["rulesets", "plugins", "cases", "texts", "docs", "src", "tests", "shared", "target"];
const ENDINGS: [&str; 12] = [
    ".toml", ".rs", ".md", ".json", ".ndjson", ".jsonl", ".yaml", ".yml", ".csv", ".txt", ".wat",
    ".wasm",
];
/// Endings by which a name without a folder is a file as well. `.rs` and `.md` end addresses of
/// Serbia and Moldova.
const CERTAIN_ENDINGS: [&str; 6] = [".toml", ".json", ".ndjson", ".jsonl", ".yaml", ".wasm"];

/// What stands where a citation is yet to be written.
const PLACEHOLDERS: [&str; 16] = [
    "",
    "todo",
    "tbd",
    "tba",
    "fixme",
    "xxx",
    "n/a",
    "none",
    "nothing",
    "unknown",
    "source",
    "citation",
    "law",
    "publication",
    "as above",
    "see above",
];

/// Words that name a kind of publication and no publication.
const KINDS: [&str; 16] = [
    "act",
    "circular",
    "guidance",
    "guide",
    "instructions",
    "law",
    "laws",
    "notice",
    "ordinance",
    "publication",
    "publications",
    "regulation",
    "regulations",
    "rules",
    "source",
    "statute",
];

/// How many citations there are, and those that name nothing.
pub(super) fn of(
    manifest: &Manifest,
    description: &Description,
    parameters: &Parameters,
) -> (usize, Vec<Defect>) {
    let mut cited = 0;
    let mut defects = Vec::new();
    let mut look = |file: &str, key: String, citation: &str| {
        cited += 1;
        if let Some(problem) = problem(citation) {
            let expected = "law or an official publication that a reader can look up";
            let found = format!("{}, {problem}", quote(citation));
            defects.push(Defect::new(file, key, expected, found));
        }
    };
    if let Some(source) = &manifest.validity_source {
        look(MANIFEST_FILE, "validity.source".to_owned(), source);
    }
    let declared = (description.items.iter())
        .map(|item| ("items", &item.name, &item.citation))
        .chain(description.figures.iter().map(|of| ("figures", &of.name, &of.citation)))
        .chain(description.findings.iter().map(|kind| ("findings", &kind.name, &kind.citation)))
        .chain(description.steps.iter().map(|kind| ("steps", &kind.name, &kind.citation)));
    for (section, name, citation) in declared {
        if let Some(citation) = citation {
            look(COMPONENT_FILE, format!("{section}.{name}.citation"), citation);
        }
    }
    for (position, field) in description.parameters.iter().enumerate() {
        for (place, entry) in parameters.series(position).into_iter().flat_map(|s| s.written()) {
            let key = format!("{}[{place}].source", field.name);
            look(PARAMETERS_FILE, key, &entry.source);
        }
    }
    (cited, defects)
}

/// Why a citation names nothing; none: it may name something.
fn problem(citation: &str) -> Option<&'static str> {
    if is_placeholder(citation) {
        return Some("which does not say which one");
    }
    let apart = |letter: char| {
        letter.is_whitespace() || matches!(letter, '(' | ')' | '[' | ']' | ',' | ';' | '"' | '`')
    };
    let is_path = citation.split(apart).any(|word| is_path(word.trim_end_matches(['.', ':'])));
    is_path.then_some("a file of the author's")
}

/// `rulesets/us/payroll/parameters.toml`, `../notes.txt`; no address (`www.gov.uk/paye.csv`) and no
/// number (`2003/88/EC`).
fn is_path(word: &str) -> bool {
    let ends_with = |endings: &[&str]| {
        let lower = word.to_lowercase();
        endings.iter().any(|ending| lower.len() > ending.len() && lower.ends_with(ending))
    };
    if word.contains("://") {
        return false;
    }
    match word.split_once('/') {
        None => ends_with(&CERTAIN_ENDINGS) || word.eq_ignore_ascii_case("readme.md"),
        Some(("." | ".." | "~", rest)) => !rest.is_empty(),
        Some(("", rest)) => rest.contains('/') && ends_with(&ENDINGS),
        Some((first, _)) if FOLDERS.contains(&first) => true,
        Some((first, _)) => !first.contains('.') && ends_with(&ENDINGS),
    }
}

/// `TODO`, `the state's publication`: nothing with a number or a name of its own in it.
fn is_placeholder(citation: &str) -> bool {
    let text = citation.trim_matches(|letter: char| !letter.is_alphanumeric());
    let lower = text.to_lowercase();
    if PLACEHOLDERS.contains(&lower.as_str()) || lower.starts_with("to be written") {
        return true;
    }
    // A name has a capital letter or a number somewhere after the first letter.
    let is_name = |letter: char| letter.is_uppercase() || letter.is_numeric();
    let lacks_a_name = !text.chars().skip(1).any(is_name);
    let mut words = lower.split_whitespace();
    let points = |word: &str| {
        matches!(word, "the" | "its" | "their" | "this" | "that" | "each" | "own" | "see")
    };
    lacks_a_name
        && words.next().is_some_and(points)
        && words.next_back().is_some_and(|word| KINDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_from_an_address_and_from_a_number() {
        for path in [
            "rulesets/us/payroll/parameters.toml",
            "see docs/adding-a-us-state.md",
            "../shared/law/gb.md",
            "parameters.toml, [[bands]]",
            "/work/notes/ni.csv",
        ] {
            assert_eq!(problem(path), Some("a file of the author's"), "{path}");
        }
        for citation in [
            "https://www.gov.uk/government/rates.csv",
            "gov.uk/guidance/rates.txt",
            "Directive 2003/88/EC, art. 6",
            "BGBl. 2024 I Nr. 386; Drucksache 20/12778",
            "26 U.S.C. § 3402 (a)/(b)",
            "www.pravno-informacioni-sistem.rs",
            "Zherenshefa [2025] No. 52 (https://rlsbt.zj.gov.cn/art/2025/9/18/a.html)",
            "First draft of acme/points",
        ] {
            assert_eq!(problem(citation), None, "{citation}");
        }
    }

    #[test]
    fn what_says_which_publication_is_told_from_what_does_not() {
        for placeholder in [
            "TODO",
            "n/a",
            "?",
            "Publication",
            "The state's withholding publication",
            "the city's law.",
            "See its own guidance",
        ] {
            let found = Some("which does not say which one");
            assert_eq!(problem(placeholder), found, "{placeholder}");
        }
        for citation in
            ["The Income Tax Act", "Labour law handbook of Acme", "Arbeitszeitgesetz", "劳动法"]
        {
            assert_eq!(problem(citation), None, "{citation}");
        }
    }
}
