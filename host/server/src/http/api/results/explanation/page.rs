//! The page: one file with its style in it, nothing from elsewhere, every text escaped.

use std::borrow::Cow;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use stele_ruleset::{SeverityView, Shown, is_unseen};
use stele_runtime::explanation::{
    ExplainedFinding, ExplainedLine, ExplainedParameter, ExplainedStep, Explanation,
};
use stele_words::{Phrase, Words};

/// Writes the page.
pub(super) fn render(explanation: &Explanation) -> String {
    let words = Words::of(&[explanation.words]);
    let page = Page { explanation, words };
    let page = html! {
        (DOCTYPE)
        html lang=(words.tag()) {
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
    words: &'static Words,
}

impl Page<'_> {
    fn body(&self) -> Markup {
        let explanation = self.explanation;
        html! {
            h1 { (text(&explanation.title)) }
            div.lead { @for sentence in &explanation.introduction { p { (text(sentence)) } } }
            @if !explanation.lines.is_empty() {
                h2 { (self.words.phrase(Phrase::Amounts)) }
                (self.amounts())
            }
            @if !explanation.findings.is_empty() {
                h2 { (self.words.phrase(Phrase::Findings)) }
                @for finding in &explanation.findings { (self.finding(finding)) }
            }
            @if !explanation.lines.is_empty() {
                h2 { (self.words.phrase(Phrase::How)) }
                @for lines in explanation.lines.chunk_by(|one, next| one.steps == next.steps) {
                    (self.computation(lines))
                }
            }
            @if !explanation.other_steps.is_empty() {
                h2 { (self.words.phrase(Phrase::OtherSteps)) }
                article lang=(explanation.language) { (self.steps(&explanation.other_steps)) }
            }
            @if !explanation.facts.is_empty() {
                h2 { (self.words.phrase(Phrase::Facts)) }
                (self.facts())
            }
            @if !explanation.parameters.is_empty() {
                h2 { (self.words.phrase(Phrase::Parameters)) }
                (self.parameters())
            }
            h2 { (self.words.phrase(Phrase::Authority)) }
            @for sentence in &explanation.authority.sentences { p { (text(sentence)) } }
            h2 { (self.words.phrase(Phrase::Checking)) }
            ol { @for sentence in &explanation.checking { li { (text(sentence)) } } }
            h2 { (self.words.phrase(Phrase::Identification)) }
            (self.identification())
        }
    }

    fn amounts(&self) -> Markup {
        html! {
            table {
                thead {
                    tr {
                        th { (self.words.phrase(Phrase::Item)) }
                        th {}
                        th.amount { (self.words.phrase(Phrase::Amount)) }
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
            SeverityView::Breach => ("mark breach", Phrase::Breach),
            SeverityView::Warning => ("mark warning", Phrase::Warning),
            SeverityView::Note => ("mark note", Phrase::Note),
        };
        html! {
            p {
                span class=(class) { (self.words.phrase(name)) }
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
                @if let Some(line) = lines.first() { (self.steps(&line.steps)) }
                @if !citations.is_empty() {
                    p.cite { (self.words.phrase(Phrase::Provision)) " " (text(&citations.join("; "))) }
                }
            }
        }
    }

    fn facts(&self) -> Markup {
        let language = &self.explanation.language;
        html! {
            table.facts {
                thead {
                    tr {
                        th { (self.words.phrase(Phrase::Fact)) }
                        th { (self.words.phrase(Phrase::Value)) }
                        th { (self.words.phrase(Phrase::Origin)) }
                    }
                }
                tbody {
                    @for fact in &self.explanation.facts {
                        tr {
                            td lang=(language) { (text(&fact.label)) }
                            td { (one(&fact.shown, fact.unit.as_deref())) }
                            td.group { (text(&fact.origin_text)) }
                        }
                        @if let Shown::Table { columns, rows } = &fact.shown {
                            tr { td colspan="3" lang=(language) { (cells(columns, rows)) } }
                        }
                    }
                }
            }
        }
    }

    /// Each value apart, so that a table of the law has the width of the page for itself.
    fn parameters(&self) -> Markup {
        html! {
            @for (position, parameter) in self.explanation.parameters.iter().enumerate() {
                section.value id=(anchor(position)) { (self.parameter(position, parameter)) }
            }
        }
    }

    fn parameter(&self, position: usize, parameter: &ExplainedParameter) -> Markup {
        html! {
            h3 lang=(self.explanation.language) {
                span { "[" (position + 1) "] " (text(&parameter.label)) }
                span.sum { (one(&parameter.shown, parameter.unit.as_deref())) }
            }
            p.cite {
                (text(&parameter.in_force)) " · " (self.words.phrase(Phrase::Source)) " "
                span lang=(self.explanation.language) { (text(&parameter.source)) }
            }
            @if parameter.unconfirmed { p.warning { (self.words.phrase(Phrase::Unseen)) } }
            @if let Shown::Table { columns, rows } = &parameter.shown { (cells(columns, rows)) }
        }
    }

    /// Sentences and formulas, each with the values of the law that it used itself.
    fn steps(&self, steps: &[ExplainedStep]) -> Markup {
        html! {
            ol {
                @for step in steps {
                    li {
                        @if step.formula.as_ref() != Some(&step.text) { (text(&step.text)) " " }
                        @if let Some(formula) = &step.formula { span.formula { (text(formula)) } }
                        (citation(step.citation.as_deref()))
                        @for position in &step.parameters {
                            @if let Some(used) = self.explanation.parameters.get(*position) {
                                " "
                                a.cite href={ "#" (anchor(*position)) } {
                                    (text(&used.label)) " [" (position + 1) "]"
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn identification(&self) -> Markup {
        let result = &self.explanation.result;
        let authority = &self.explanation.authority;
        let mut rows = vec![(Phrase::Result, result.id.to_string())];
        if let Some(employee) = &result.employee {
            rows.push((Phrase::Employee, employee.to_string()));
        }
        if let Some(employment) = &result.employment {
            rows.push((Phrase::Employment, employment.to_string()));
        }
        rows.push((Phrase::Date, self.words.day(result.date)));
        let recorded = [self.words.moment(result.recorded_at), result.recorded_by.clone()];
        rows.push((Phrase::Recorded, self.words.list(&recorded)));
        rows.push((Phrase::Version, format!("{} {}", authority.ruleset, authority.version)));
        html! {
            dl {
                @for (name, row) in &rows { dt { (self.words.phrase(*name)) } dd { (text(row)) } }
                dt { (self.words.phrase(Phrase::Package)) }
                dd { code { (authority.digest) } }
                dt { (self.words.phrase(Phrase::Digest)) }
                dd { code { (result.digest) } }
            }
        }
    }
}

/// Where on the page a value of the law stands.
fn anchor(position: usize) -> String {
    format!("value-{}", position + 1)
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
        Some(unit) => format!("{} {unit}", line.shown),
        None => line.shown.clone(),
    }
}

/// Most columns that stand beside each other: more are a word wide on A4.
const MOST_COLUMNS: usize = 6;

/// A value that is no table.
fn one(shown: &Shown, unit: Option<&str>) -> Markup {
    html! {
        @if let Shown::Text(value) = shown {
            (text(value))
            @if let Some(unit) = unit { " " (text(unit)) }
        }
    }
}

/// A table of values: one row as names with what they are, several beside each other where the page
/// is wide enough for the columns, below each other where it is not.
fn cells(columns: &[String], rows: &[Vec<String>]) -> Markup {
    if let [row] = rows {
        let filled = columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
        return html! {
            dl.row { @for (column, cell) in filled { dt { (text(column)) } dd { (text(cell)) } } }
        };
    }
    let class = if columns.len() > MOST_COLUMNS { "cells below" } else { "cells" };
    html! {
        table class=(class) {
            thead { tr { @for column in columns { th { (text(column)) } } } }
            tbody {
                @for row in rows {
                    tr {
                        @for (column, cell) in columns.iter().zip(row) {
                            td data-label=(text(column)) { (text(cell)) }
                        }
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
    fn a_table_of_many_columns_is_written_below_each_other_and_one_row_as_names_and_values() {
        let columns = |count: usize| (0..count).map(|n| format!("column {n}")).collect::<Vec<_>>();
        let row = |count: usize| vec!["1".to_owned(); count];
        let one_row = cells(&columns(9), &[row(9)]).into_string();
        assert!(one_row.contains("<dt>column 8</dt><dd>1</dd>") && !one_row.contains("<table"));
        let few = cells(&columns(3), &[row(3), row(3)]).into_string();
        assert!(
            few.contains("class=\"cells\"") && few.contains("data-label=\"column 2\""),
            "{few}"
        );
        let many = cells(&columns(7), &[row(7), row(7)]).into_string();
        assert!(many.contains("class=\"cells below\""), "{many}");
    }

    #[test]
    fn no_text_becomes_markup() {
        let hostile = "<img src=x onerror=\"alert(1)\"> & \u{202e}\u{0}";
        let shown = one(&Shown::Text(hostile.to_owned()), Some("</td><script>"));
        assert_eq!(
            shown.into_string(),
            "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; \u{fffd}\u{fffd} \
             &lt;/td&gt;&lt;script&gt;"
        );
        let quoted = html! { p lang=(text("\"><script>")) {} };
        assert_eq!(quoted.into_string(), "<p lang=\"&quot;&gt;&lt;script&gt;\"></p>");
        let rows = [vec!["<b>".to_owned()], vec![String::new()]];
        let table = cells(&["\"><script>".to_owned()], &rows).into_string();
        assert!(!table.contains("<script>") && !table.contains("<b>"), "{table}");
    }
}
