//! The best language for a reader among those that are spoken.

/// The tag among those that are spoken which is best for a reader who wants these, in the order of
/// preference: the very tag, then shorter ones (`zh-Hant-TW`, `zh-Hant`, `zh`), then any of the same
/// primary language. Chinese of Taiwan, Hong Kong and Macao is read in the traditional script where
/// the tag does not say otherwise. None: no wanted language is spoken.
pub fn best_language<'a>(spoken: &[&'a str], wanted: &[&str]) -> Option<&'a str> {
    let exactly = |tag: &str| spoken.iter().find(|other| other.eq_ignore_ascii_case(tag)).copied();
    for tag in wanted {
        let mut shorter = *tag;
        loop {
            if let Some(found) = exactly(shorter) {
                return Some(found);
            }
            match shorter.rsplit_once('-') {
                Some(("zh" | "ZH" | "Zh", region)) if is_traditional(region) => {
                    if let Some(found) = exactly("zh-Hant") {
                        return Some(found);
                    }
                    shorter = "zh";
                }
                Some((start, _)) => shorter = start,
                None => break,
            }
        }
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
        let own = primary(tag);
        let of_primary = |other: &&&str| primary(other).eq_ignore_ascii_case(&own);
        if let Some(found) = spoken.iter().find(of_primary) {
            return Some(found);
        }
    }
    None
}

/// Where Chinese is written in the traditional script.
fn is_traditional(region: &str) -> bool {
    ["TW", "HK", "MO"].iter().any(|other| other.eq_ignore_ascii_case(region))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_very_tag_goes_before_shorter_ones_and_these_before_another_of_the_language() {
        let spoken = ["en", "zh", "zh-Hant", "pt"];
        for (wanted, best) in [
            (&["zh-Hant-TW"][..], Some("zh-Hant")),
            (&["zh-hk"], Some("zh-Hant")),
            (&["zh-tw"], Some("zh-Hant")),
            (&["zh-Hans-CN"], Some("zh")),
            (&["zh-Hans-HK"], Some("zh")),
            (&["zh-SG"], Some("zh")),
            (&["fi", "pt-PT"], Some("pt")),
            (&["EN-gb"], Some("en")),
            (&["*"], None),
            (&["fi"], None),
            (&[], None),
        ] {
            assert_eq!(best_language(&spoken, wanted), best, "{wanted:?}");
        }
        assert_eq!(best_language(&["en", "zh"], &["zh-TW"]), Some("zh"));
        assert_eq!(best_language(&["zh-Hant"], &["zh"]), Some("zh-Hant"));
    }
}
