//! HTML that can not be written wrongly: every text is escaped, every element is closed.

/// A document that is being written.
#[derive(Debug, Default)]
pub(super) struct Markup {
    html: String,
}

impl Markup {
    /// What was written.
    pub(super) fn finish(self) -> String {
        self.html
    }

    /// Markup of our own, as it is. Never with a text from elsewhere.
    pub(super) fn raw(&mut self, html: &'static str) {
        self.html.push_str(html);
    }

    /// A text, escaped for content and for quoted attributes.
    pub(super) fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.html.push_str("&amp;"),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '"' => self.html.push_str("&quot;"),
                '\'' => self.html.push_str("&#39;"),
                // What HTML forbids, and what would turn the direction of the text around it.
                '\u{0}'..='\u{8}'
                | '\u{b}'
                | '\u{c}'
                | '\u{e}'..='\u{1f}'
                | '\u{7f}'..='\u{9f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}' => {
                    self.html.push('\u{fffd}');
                }
                other => self.html.push(other),
            }
        }
    }

    /// An element with what `inside` writes.
    pub(super) fn element(&mut self, name: &'static str, inside: impl FnOnce(&mut Self)) {
        self.with(name, &[], inside);
    }

    /// An element with attributes.
    pub(super) fn with(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &str)],
        inside: impl FnOnce(&mut Self),
    ) {
        self.html.push('<');
        self.html.push_str(name);
        for (attribute, value) in attributes {
            self.html.push(' ');
            self.html.push_str(attribute);
            self.html.push_str("=\"");
            self.text(value);
            self.html.push('"');
        }
        self.html.push('>');
        inside(self);
        self.html.push_str("</");
        self.html.push_str(name);
        self.html.push('>');
    }

    /// An element with a text.
    pub(super) fn leaf(&mut self, name: &'static str, text: &str) {
        self.element(name, |markup| markup.text(text));
    }

    /// An element with a class and a text.
    pub(super) fn classed(&mut self, name: &'static str, class: &'static str, text: &str) {
        self.with(name, &[("class", class)], |markup| markup.text(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let mut markup = Markup::default();
        markup.with("p", &[("title", "\"><script>alert('1')</script>")], |markup| {
            markup.text("<img src=x onerror=\"alert(1)\"> & \u{202e}\u{0}");
        });
        assert_eq!(
            markup.finish(),
            "<p title=\"&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;\">&lt;img src=x \
             onerror=&quot;alert(1)&quot;&gt; &amp; \u{fffd}\u{fffd}</p>"
        );
    }
}
