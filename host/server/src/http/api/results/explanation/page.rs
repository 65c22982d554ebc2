//! The page: one file with its style in it, nothing from elsewhere, every text escaped.

use std::borrow::Cow;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use stele_ruleset::{SeverityView, is_unseen};
use stele_runtime::explanation::{
    ExplainedFinding, ExplainedLine, ExplainedParameter, ExplainedStep, Explanation, Headings,
    Shown, Words,
};

/// Writes the page.
pub(super) fn render(explanation: &Explanation) -> String {
    let words = Words::of(&[explanation.words]);
    let page = Page { explanation, headings: &words.headings };
    let page = html! {
        (DOCTYPE)
        html lang=(words.tag) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="referrer" content="no-referrer";
                title { (text(&explanation.title)) }
                style { (PreEscaped(include_str!("style.css"))) }
            }
            body { main { (page.body()) } }
        }
    };
    page.into_string()
}

struct Page<'a> {
    explanation: &'a Explanation,
    headings: &'a Headings,
}

impl Page<'_> {
    fn body(&self) -> Markup {
        let (explanation, headings) = (self.explanation, self.headings);
        html! {
            h1 { (text(&explanation.title)) }
            div.lead { @for sentence in &explanation.introduction { p { (text(sentence)) } } }
            @if !explanation.lines.is_empty() {
                h2 { (headings.amounts) }
                (self.amounts())
            }
            @if !explanation.findings.is_empty() {
                h2 { (headings.findings) }
                @for finding in &explanation.findings { (self.finding(finding)) }
            }
            @if !explanation.lines.is_empty() {
                h2 { (headings.how) }
                @for lines in explanation.lines.chunk_by(|one, next| one.steps == next.steps) {
                    (self.computation(lines))
                }
            }
            @if !explanation.other_steps.is_empty() {
                h2 { (headings.other_steps) }
                article lang=(explanation.language) { (steps(&explanation.other_steps)) }
            }
            @if !explanation.facts.is_empty() {
                h2 { (headings.facts) }
                (self.facts())
            }
            @if !explanation.parameters.is_empty() {
                h2 { (headings.parameters) }
                (self.parameters())
            }
            h2 { (headings.authority) }
            @for sentence in &explanation.authority.sentences { p { (text(sentence)) } }
            h2 { (headings.checking) }
            ol { @for sentence in &explanation.checking { li { (text(sentence)) } } }
            h2 { (headings.identification) }
            (self.identification())
        }
    }

    fn amounts(&self) -> Markup {
        html! {
            table {
                thead {
                    tr {
                        th { (self.headings.item) }
                        th {}
                        th.amount { (self.headings.amount) }
                    }
                }
                tbody lang=(self.explanation.language) {
                    @for line in &self.explanation.lines {
                        tr {
                            td { (text(&line.label)) }
                            td.group { (text(&line.category)) }
                            td.amount { (text(&amount(line))) }
                        }
                    }
                }
            }
        }
    }

    fn finding(&self, finding: &ExplainedFinding) -> Markup {
        let (class, name) = match finding.severity {
            SeverityView::Breach => ("mark breach", self.headings.breach),
            SeverityView::Warning => ("mark warning", self.headings.warning),
            SeverityView::Note => ("mark note", self.headings.note),
        };
        html! {
            p {
                span class=(class) { (name) }
                span lang=(self.explanation.language) { (text(&finding.message)) }
                (citation(finding.citation.as_deref()))
            }
        }
    }

    /// Lines that the same sentences lead to, and the sentences once.
    fn computation(&self, lines: &[ExplainedLine]) -> Markup {
        let mut citations: Vec<&str> = Vec::new();
        for citation in lines.iter().filter_map(|line| line.citation.as_deref()) {
            if !citations.contains(&citation) {
                citations.push(citation);
            }
        }
        html! {
            article lang=(self.explanation.language) {
                @for line in lines {
                    h3 {
                        span { (text(&line.label)) }
                        span.sum { (text(&amount(line))) }
                    }
                }
                @if let Some(line) = lines.first() { (steps(&line.steps)) }
                @if !citations.is_empty() {
                    p.cite { (self.headings.provision) ": " (text(&citations.join("; "))) }
                }
            }
        }
    }

    fn facts(&self) -> Markup {
        let headings = [self.headings.fact, self.headings.value, self.headings.origin];
        let rows = html! {
            @for fact in &self.explanation.facts {
                tr {
                    td lang=(self.explanation.language) { (text(&fact.label)) }
                    td { (value(&fact.shown, fact.unit.as_deref())) }
                    td.group { (text(&fact.origin_text)) }
                }
            }
        };
        table(&headings, &rows)
    }

    fn parameters(&self) -> Markup {
        let headings = ["", self.headings.parameter, self.headings.valid, self.headings.source];
        let rows = html! {
            @for (position, parameter) in self.explanation.parameters.iter().enumerate() {
                tr {
                    td.group { "[" (position + 1) "]" }
                    (self.parameter(parameter))
                }
            }
        };
        table(&headings, &rows)
    }

    fn parameter(&self, parameter: &ExplainedParameter) -> Markup {
        html! {
            td lang=(self.explanation.language) {
                div { (text(&parameter.label)) }
                (value(&parameter.shown, parameter.unit.as_deref()))
            }
            td {
                (parameter.from) " –"
                @if let Some(until) = &parameter.until { " " (until) }
            }
            td {
                (text(&parameter.source))
                @if parameter.unconfirmed { div.warning { (self.headings.unconfirmed) } }
            }
        }
    }

    fn identification(&self) -> Markup {
        let result = &self.explanation.result;
        let authority = &self.explanation.authority;
        let mut rows = vec![(self.headings.result, result.id.to_string())];
        if let Some(employee) = &result.employee {
            rows.push((self.headings.employee, employee.to_string()));
        }
        rows.push((self.headings.date, result.date.to_string()));
        let recorded_at = result.recorded_at.strftime("%Y-%m-%d %H:%M:%S UTC");
        rows.push((self.headings.recorded, format!("{recorded_at}, {}", result.recorded_by)));
        rows.push((self.headings.version, format!("{} {}", authority.ruleset, authority.version)));
        html! {
            dl {
                @for (name, row) in &rows { dt { (name) } dd { (text(row)) } }
                dt { (self.headings.package) }
                dd { code { (authority.digest) } }
                dt { (self.headings.digest) }
                dd { code { (result.digest) } }
            }
        }
    }
}

fn steps(steps: &[ExplainedStep]) -> Markup {
    html! {
        ol {
            @for step in steps {
                li {
                    (text(&step.text))
                    (citation(step.citation.as_deref()))
                    @if !step.parameters.is_empty() {
                        " "
                        span.cite {
                            @for (nth, position) in step.parameters.iter().enumerate() {
                                @if nth > 0 { " " }
                                "[" (position + 1) "]"
                            }
                        }
                    }
                }
            }
        }
    }
}

fn citation(citation: Option<&str>) -> Markup {
    html! {
        @if let Some(citation) = citation {
            " "
            span.cite { "(" (text(citation)) ")" }
        }
    }
}

fn amount(line: &ExplainedLine) -> String {
    match &line.unit {
        Some(unit) => format!("{} {unit}", line.amount),
        None => line.amount.clone(),
    }
}

fn table(headings: &[&str], rows: &Markup) -> Markup {
    html! {
        table {
            thead { tr { @for heading in headings { th { (text(heading)) } } } }
            tbody { (rows) }
        }
    }
}

fn value(shown: &Shown, unit: Option<&str>) -> Markup {
    match shown {
        Shown::Text(value) => html! {
            (text(value))
            @if let Some(unit) = unit { " " (text(unit)) }
        },
        Shown::Table { columns, rows } => {
            let headings: Vec<&str> = columns.iter().map(String::as_str).collect();
            let rows = html! {
                @for row in rows { tr { @for cell in row { td { (text(cell)) } } } }
            };
            table(&headings, &rows)
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
        let value = value(&Shown::Text(hostile.to_owned()), Some("</td><script>"));
        assert_eq!(
            value.into_string(),
            "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; \u{fffd}\u{fffd} \
             &lt;/td&gt;&lt;script&gt;"
        );
        let quoted = html! { p lang=(text("\"><script>")) {} };
        assert_eq!(quoted.into_string(), "<p lang=\"&quot;&gt;&lt;script&gt;\"></p>");
    }
}
