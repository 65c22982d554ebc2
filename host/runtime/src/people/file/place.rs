//! Where in a file something stands, as whoever mends it looks for it.

/// Counts lines as an editor does: a line ends with CR LF, LF or CR, in quotes too.
pub(super) struct Lines {
    /// How far was counted.
    at: usize,
    /// The line that this is on.
    line: u64,
}

impl Lines {
    pub(super) fn new() -> Self {
        Self { at: 0, line: 1 }
    }

    /// The line of what stands at a place or, where that is the end of a line, begins after it.
    /// Places must come in order.
    pub(super) fn of(&mut self, bytes: &[u8], place: usize) -> u64 {
        let rest = bytes.get(place..).unwrap_or_default();
        let ends = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let until = place + ends;
        let mut passed = bytes.get(self.at..until).unwrap_or_default().iter().peekable();
        while let Some(byte) = passed.next() {
            let is_end = match byte {
                b'\n' => true,
                b'\r' => passed.peek() != Some(&&b'\n'),
                _ => false,
            };
            self.line += u64::from(is_end);
        }
        self.at = self.at.max(until);
        self.line
    }
}

/// Bytes without the mark that some programs write before UTF-8.
pub(super) fn after_mark(bytes: &[u8]) -> usize {
    const MARK: &[u8] = b"\xef\xbb\xbf";
    if bytes.starts_with(MARK) { MARK.len() } else { 0 }
}

/// Whether the bytes begin with the mark that is written before UTF-16.
pub(super) fn is_utf_16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a", "b", "", "\"c", "d\"", "e"].join(end);
            let mut lines = Lines::new();
            let found: Vec<u64> = ["a", "b", "\"c", "e"]
                .iter()
                .map(|part| lines.of(text.as_bytes(), text.find(part).unwrap()))
                .collect();
            assert_eq!(found, [1, 2, 4, 6], "{end:?}");
            // A place at the end of the line before is where the next begins.
            let end_of_first = text.find(end).unwrap();
            assert_eq!(Lines::new().of(text.as_bytes(), end_of_first), 2, "{end:?}");
        }
    }
}
