//! Citations in other languages. A citation may name several publications, one after the other, and
//! the same ones stand in many citations: so each part is translated once, and the whole is put
//! together.

use std::collections::{BTreeMap, BTreeSet};

use crate::length::LONGEST_TEXT;

/// What stands between two publications of a citation.
const BETWEEN: &str = "; ";

/// A citation, and its parts where it has several: every text that may be translated.
pub(super) fn parts(citation: &str) -> impl Iterator<Item = &str> {
    let several = citation.contains(BETWEEN).then(|| citation.split(BETWEEN));
    std::iter::once(citation).chain(several.into_iter().flatten())
}

/// Those of the citations that are not translated as a whole, but of which some part is. It ends where
/// more than `most` bytes are made, which are then too many.
pub(super) fn put_together(
    cited: &BTreeSet<String>,
    translated: &BTreeMap<String, String>,
    language: &str,
    most: usize,
) -> BTreeMap<String, String> {
    let between = match language.split('-').next() {
        Some("zh" | "ja") => "；",
        _ => BETWEEN,
    };
    let known = |part| translated.get(part).map_or(part, String::as_str);
    let mut together = BTreeMap::new();
    let mut bytes = 0;
    for citation in cited.iter().filter(|citation| !translated.contains_key(*citation)) {
        let parts: Vec<&str> = citation.split(BETWEEN).collect();
        if bytes > most || !parts.iter().any(|part| translated.contains_key(*part)) {
            continue;
        }
        // Before it is written: of many short parts each may have a long translation.
        let length: usize = parts.iter().map(|part| known(*part).len() + between.len()).sum();
        if length <= LONGEST_TEXT {
            bytes += length;
            let shown = parts.iter().copied().map(known).collect::<Vec<_>>().join(between);
            together.insert(citation.clone(), shown);
        }
    }
    together
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_translated_stands_as_it_is_written() {
        let cited = ["Act, art. 1; Notice 7", "Notice 8", "Act, art. 1"].map(str::to_owned).into();
        let translated = [("Act, art. 1".to_owned(), "法第一条".to_owned())].into();
        let together = put_together(&cited, &translated, "zh", 1000);
        assert_eq!(
            together,
            [("Act, art. 1; Notice 7".to_owned(), "法第一条；Notice 7".to_owned())].into()
        );
        assert!(put_together(&cited, &BTreeMap::new(), "zh", 1000).is_empty());
    }

    #[test]
    fn few_parts_do_not_make_a_flood() {
        let cited = (0..10_000).map(|number| format!("a; {number}")).collect();
        let translated = [("a".to_owned(), "x".repeat(4000))].into();
        let together = put_together(&cited, &translated, "zh", 100_000);
        assert!(together.len() < 30, "{}", together.len());
    }
}
