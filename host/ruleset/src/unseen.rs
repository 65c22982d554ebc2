//! Characters that nobody sees and that make a text look other than it is: control characters, which
//! move a terminal's cursor or end a line of a log, and the marks that change the direction of
//! writing, with which `gross` is shown as `ssorg` (Unicode Technical Report 36, section 2.3).

use std::borrow::Cow;

/// The first character of a text that is not seen as it is written.
pub fn unseen_character(text: &str) -> Option<char> {
    text.chars().find(|character| is_unseen(*character))
}

/// The text with every such character written out, as `\u{202e}`.
pub fn shown_as_written(text: &str) -> Cow<'_, str> {
    if unseen_character(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match is_unseen(character) {
            true => shown.extend(character.escape_unicode()),
            false => shown.push(character),
        }
    }
    Cow::Owned(shown)
}

/// What such a character is called where a text has one.
pub fn unseen_name(character: char) -> String {
    match character {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => "a line break".to_owned(),
        '\t' => "a tab".to_owned(),
        other => other.escape_unicode().to_string(),
    }
}

/// Whether a character is a control character, a separator of lines or paragraphs, one of the marks
/// of the bidirectional algorithm (Unicode Standard Annex 9, section 2), or has no width and no part
/// in any script: of such alone a reason could be made that says nothing.
pub fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{061c}'
                | '\u{00ad}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_written_out() {
        assert_eq!(shown_as_written("a\u{202e}b\u{1b}[2K"), "a\\u{202e}b\\u{1b}[2K");
        assert_eq!(shown_as_written("\u{200b}\u{feff}\u{ad}\u{e0041}").len(), 8 + 8 + 6 + 9);
        assert!(matches!(shown_as_written("年终奖 – Größe"), Cow::Borrowed(_)));
    }
}
