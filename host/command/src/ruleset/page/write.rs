//! The page: one file with its style in it, nothing from elsewhere, every text escaped.

use std::borrow::Cow;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use stele_formulas::labelled::Part;
use stele_ruleset::review::{
    Review, ReviewedCase, ReviewedFinding, ReviewedFormula, ReviewedRefusal, ReviewedSource,
    ReviewedValue,
};
use stele_ruleset::{SeverityView, Shown, is_unseen};
use stele_words::{Message, Phrase, Words};

/// Writes the page.
pub(super) fn page(review: &Review) -> String {
    let page = Page { review, words: Words::of(&[review.words]) };
    let page = html! {
        (DOCTYPE)
        html lang=(page.words.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="referrer" content="no-referrer";
                title { (text(&review.title)) " " (review.version) }
                style { (PreEscaped(include_str!("style.css"))) }
            }
            body { main { (page.body()) } }
        }
    };
    page.into_string()
}

struct Page<'a> {
    review: &'a Review,
    words: &'static Words,
}

impl Page<'_> {
    fn body(&self) -> Markup {
        let review = self.review;
        html! {
            h1 lang=(review.language) { (text(&review.title)) }
            p.lead { (text(&review.meaning)) }
            (self.identification())
            @if !review.leaves_out.is_empty() {
                h2 { (self.words.phrase(Phrase::LeftOut)) }
                ul lang=(review.language) {
                    @for gap in &review.leaves_out {
                        li {
                            (text(&gap.what))
                            @if !gap.when.is_empty() {
                                " " span.soft { "(" (text(&gap.when.join("; "))) ")" }
                            }
                        }
                    }
                }
            }
            h2 { (self.words.phrase(Phrase::Needed)) }
            (self.facts())
            (self.computed(Phrase::Formulas, &review.formulas))
            (self.computed(Phrase::SharedComputations, &review.functions))
            @if !review.findings.is_empty() {
                h2 { (self.words.phrase(Phrase::Findings)) }
                @for finding in &review.findings { (self.finding(finding)) }
            }
            @if !review.refusals.is_empty() {
                h2 { (self.words.phrase(Phrase::Refusals)) }
                @for refusal in &review.refusals { (self.refusal(refusal)) }
            }
            @if !review.values.is_empty() {
                h2 { (self.words.say(Message::ValuesOn { date: review.date })) }
                @for value in &review.values { (self.value(value)) }
            }
            @if !review.cases.is_empty() {
                h2 { (self.words.phrase(Phrase::Cases)) }
                @for case in &review.cases { (self.case(case)) }
                @if review.more_cases > 0 {
                    p.soft { (self.words.say(Message::AndMore { count: review.more_cases })) }
                }
            }
        }
    }

    fn identification(&self) -> Markup {
        let review = self.review;
        html! {
            dl {
                dt { (self.words.phrase(Phrase::Version)) }
                dd { (text(&review.ruleset)) " " (text(&review.version)) }
                dt { (self.words.phrase(Phrase::Validity)) }
                dd {
                    (text(&review.validity))
                    @if let Some(source) = &review.validity_source {
                        br; span.soft { (text(source)) }
                    }
                }
                dt { (self.words.phrase(Phrase::Package)) }
                dd { code { (review.digest) } }
            }
        }
    }

    fn facts(&self) -> Markup {
        html! {
            table lang=(self.review.language) {
                tbody {
                    @for fact in &self.review.facts {
                        tr {
                            td {
                                b { (text(&fact.label)) }
                                @if let Some(unit) = &fact.unit { " " span.soft { "(" (text(unit)) ")" } }
                                @if fact.required {
                                    " " span.mark { (self.words.phrase(Phrase::Required)) }
                                }
                            }
                            td {
                                (text(&fact.meaning))
                                @if !fact.parts.is_empty() {
                                    br; span.soft { (text(&fact.parts.join(" · "))) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn computed(&self, heading: Phrase, formulas: &[ReviewedFormula]) -> Markup {
        html! {
            @if !formulas.is_empty() {
                h2 { (self.words.phrase(heading)) }
                @for formula in formulas { (self.formula(formula)) }
            }
        }
    }

    /// The formula on the left, the provision beside it.
    fn formula(&self, formula: &ReviewedFormula) -> Markup {
        html! {
            section.beside lang=(self.review.language) {
                div {
                    h3 {
                        (text(&formula.label))
                        @if let Some(category) = &formula.category {
                            " " span.mark { (text(category)) }
                        }
                    }
                    @if !formula.meaning.is_empty() && formula.meaning != formula.label {
                        p.soft { (text(&formula.meaning)) }
                    }
                    @if let Some(each) = &formula.each {
                        p { (self.with_formula(|what| Message::ForEach { what }, each)) }
                    }
                    @if let Some(when) = &formula.when {
                        p { (self.with_formula(|condition| Message::OnlyWhere { condition }, when)) }
                    }
                    p.formula {
                        "= " (parts(&formula.formula))
                        @if let Some(unit) = &formula.unit { " " span.soft { "[" (text(unit)) "]" } }
                    }
                    @if let Some(written) = &formula.text {
                        p { code { (text(&formula.name)) " = " (text(written)) } }
                    }
                }
                (self.citation(formula.citation.as_deref()))
            }
        }
    }

    fn finding(&self, finding: &ReviewedFinding) -> Markup {
        html! {
            section.beside lang=(self.review.language) {
                div {
                    p { (self.severity(finding.severity)) (text(&finding.sentence)) }
                    @if let Some(when) = &finding.when {
                        p { (self.with_formula(|condition| Message::OnlyWhere { condition }, when)) }
                    }
                    @for (name, value) in &finding.compared {
                        p.formula { "{" (text(name)) "} = " (parts(value)) }
                    }
                }
                (self.citation(finding.citation.as_deref()))
            }
        }
    }

    fn refusal(&self, refusal: &ReviewedRefusal) -> Markup {
        html! {
            section.beside lang=(self.review.language) {
                div {
                    p {
                        @if let Some(of) = &refusal.of { b { (text(of)) } ": " }
                        (text(&refusal.message))
                    }
                    p {
                        (self.with_formula(
                            |condition| Message::OnlyWhere { condition },
                            &refusal.when,
                        ))
                    }
                }
                (self.citation(refusal.citation.as_deref()))
            }
        }
    }

    fn value(&self, value: &ReviewedValue) -> Markup {
        let unit = value.unit.as_deref();
        html! {
            section.value lang=(self.review.language) {
                h3 {
                    (text(&value.label))
                    span.sum { (one(&value.shown)) @if let Some(unit) = unit { " " (text(unit)) } }
                }
                @if value.meaning != value.label { p.soft { (text(&value.meaning)) } }
                @if let Shown::Table { columns, rows } = &value.shown {
                    (table(columns, rows, &value.row_sources))
                    @if value.more_rows > 0 {
                        p.soft { (self.words.say(Message::AndMore { count: value.more_rows })) }
                    }
                }
                @for (position, source) in value.sources.iter().enumerate() {
                    (self.source(position, source, !value.row_sources.is_empty()))
                }
            }
        }
    }

    fn source(&self, position: usize, source: &ReviewedSource, numbered: bool) -> Markup {
        html! {
            p.cite {
                @if numbered { "[" (position + 1) "] " }
                (text(&source.in_force)) " · " (self.words.phrase(Phrase::Source)) " "
                (text(&source.source))
                @if let Some(note) = &source.note { " · " (text(note)) }
                @if source.unconfirmed {
                    br; span.warning { (self.words.phrase(Phrase::Unseen)) }
                }
            }
        }
    }

    fn case(&self, case: &ReviewedCase) -> Markup {
        html! {
            article lang=(self.review.language) {
                h3 { (text(&case.title)) span.sum { (text(&case.date)) } }
                @if let Some(source) = &case.source { p.cite { (text(source)) } }
                @if !case.holds {
                    p.breach { (self.words.phrase(Phrase::DoesNotHold)) }
                }
                div.sides {
                    dl {
                        @for (label, shown) in &case.facts {
                            dt { (text(label)) }
                            dd {
                                (one(shown))
                                @if let Shown::Table { columns, rows } = shown {
                                    (table(columns, rows, &[]))
                                }
                            }
                        }
                    }
                    div {
                        table {
                            tbody {
                                @for (label, amount) in &case.lines {
                                    tr { td { (text(label)) } td.amount { (text(amount)) } }
                                }
                            }
                        }
                        @for (severity, message) in &case.findings {
                            p { (self.severity(*severity)) (text(message)) }
                        }
                        @if let Some(refused) = &case.refused {
                            p { (self.words.phrase(Phrase::Refused)) " " (text(refused)) }
                        }
                    }
                }
            }
        }
    }

    fn severity(&self, severity: SeverityView) -> Markup {
        let (class, name) = match severity {
            SeverityView::Breach => ("mark breach", Phrase::Breach),
            SeverityView::Warning => ("mark warning", Phrase::Warning),
            SeverityView::Note => ("mark note", Phrase::Note),
        };
        html! { span class=(class) { (self.words.phrase(name)) } " " }
    }

    fn citation(&self, citation: Option<&str>) -> Markup {
        html! { p.cite { @if let Some(citation) = citation { (text(citation)) } } }
    }

    /// A sentence of the host around a formula: what it is said of stands where the sentence has it.
    fn with_formula(&self, sentence: impl Fn(&str) -> Message<'_>, formula: &[Part]) -> Markup {
        /// No sentence has it, and no text of a ruleset can.
        const PLACE: &str = "\u{fffc}";
        let said = self.words.say(sentence(PLACE));
        let (before, after) = said.split_once(PLACE).unwrap_or((&said, ""));
        html! { (text(before)) (parts(formula)) (text(after)) }
    }
}

/// A formula with its labels set apart.
fn parts(parts: &[Part]) -> Markup {
    html! {
        @for part in parts {
            @match part {
                Part::Named(label) => span.name { (text(label)) },
                Part::Text(between) => (text(between)),
            }
        }
    }
}

/// A value that is no table.
fn one(shown: &Shown) -> Markup {
    html! { @if let Shown::Text(value) = shown { (text(value)) } }
}

/// Rows under headings, each with the number of its source where there are several.
fn table(columns: &[String], rows: &[Vec<String>], sources: &[usize]) -> Markup {
    html! {
        table.cells {
            thead {
                tr {
                    @for column in columns { th { (text(column)) } }
                    @if !sources.is_empty() { th {} }
                }
            }
            tbody {
                @for (position, row) in rows.iter().enumerate() {
                    tr {
                        @for cell in row { td { (text(cell)) } }
                        @if let Some(source) = sources.get(position) { td { "[" (source + 1) "]" } }
                    }
                }
            }
        }
    }
}

/// A text without what HTML forbids and without what would turn the direction of the text around
/// it. The marks of one character's own direction stay: names are written with them.
fn text(text: &str) -> Cow<'_, str> {
    let is_hidden = |character: char| {
        is_unseen(character) && !matches!(character, '\t' | '\n' | '\r' | '\u{200e}' | '\u{200f}')
    };
    match text.contains(is_hidden) {
        true => text.replace(is_hidden, "\u{fffd}").into(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let hostile = "<img src=x onerror=\"alert(1)\"> & \u{202e}\u{0}";
        let shown = one(&Shown::Text(hostile.to_owned())).into_string();
        assert_eq!(shown, "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; \u{fffd}\u{fffd}");
        let formula = parts(&[Part::Named("<b>".to_owned()), Part::Text(" < 5".to_owned())]);
        let expected = "<span class=\"name\">&lt;b&gt;</span> &lt; 5";
        assert_eq!(formula.into_string(), expected);
        let rows = [vec!["</td><script>".to_owned()]];
        let table = table(&["\"><script>".to_owned()], &rows, &[0]).into_string();
        assert!(!table.contains("<script>") && table.contains("[1]"), "{table}");
    }

    #[test]
    fn the_style_asks_for_nothing_from_elsewhere() {
        let style = include_str!("style.css");
        assert!(!style.contains("url(") && !style.contains("@import"));
    }
}
