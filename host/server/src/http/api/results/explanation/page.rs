//! The page: one file with its style in it, nothing from elsewhere, every text escaped.

use stele_ruleset::SeverityView;
use stele_runtime::explanation::{
    ExplainedFinding, ExplainedLine, ExplainedParameter, ExplainedStep, Explanation, Headings,
    Shown, Words,
};

use super::markup::Markup;

/// Writes the page.
pub(super) fn render(explanation: &Explanation) -> String {
    let words = Words::of(&[explanation.words]);
    let page = Page { explanation, headings: &words.headings };
    let mut markup = Markup::default();
    markup.raw("<!doctype html>\n");
    markup.with("html", &[("lang", words.tag)], |markup| {
        markup.element("head", |markup| {
            markup.raw("<meta charset=\"utf-8\">");
            markup.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
            markup.raw("<meta name=\"robots\" content=\"noindex\">");
            markup.raw("<meta name=\"referrer\" content=\"no-referrer\">");
            markup.leaf("title", &explanation.title);
            markup.element("style", |markup| markup.raw(include_str!("style.css")));
        });
        markup.element("body", |markup| markup.element("main", |markup| page.body(markup)));
    });
    markup.raw("\n");
    markup.finish()
}

struct Page<'a> {
    explanation: &'a Explanation,
    headings: &'a Headings,
}

impl Page<'_> {
    fn body(&self, markup: &mut Markup) {
        let explanation = self.explanation;
        markup.leaf("h1", &explanation.title);
        markup.with("div", &[("class", "lead")], |markup| {
            explanation.introduction.iter().for_each(|sentence| markup.leaf("p", sentence));
        });
        if !explanation.lines.is_empty() {
            markup.leaf("h2", self.headings.amounts);
            self.amounts(markup);
        }
        if !explanation.findings.is_empty() {
            markup.leaf("h2", self.headings.findings);
            explanation.findings.iter().for_each(|finding| self.finding(markup, finding));
        }
        if !explanation.lines.is_empty() {
            markup.leaf("h2", self.headings.how);
            let together = explanation.lines.chunk_by(|one, next| one.steps == next.steps);
            together.for_each(|lines| self.computation(markup, lines));
        }
        if !explanation.other_steps.is_empty() {
            markup.leaf("h2", self.headings.other_steps);
            markup.with("article", &[("lang", &explanation.language)], |markup| {
                self.steps(markup, &explanation.other_steps);
            });
        }
        if !explanation.facts.is_empty() {
            markup.leaf("h2", self.headings.facts);
            self.facts(markup);
        }
        if !explanation.parameters.is_empty() {
            markup.leaf("h2", self.headings.parameters);
            self.parameters(markup);
        }
        markup.leaf("h2", self.headings.authority);
        explanation.authority.sentences.iter().for_each(|sentence| markup.leaf("p", sentence));
        markup.leaf("h2", self.headings.checking);
        markup.element("ol", |markup| {
            explanation.checking.iter().for_each(|sentence| markup.leaf("li", sentence));
        });
        markup.leaf("h2", self.headings.identification);
        self.identification(markup);
    }

    fn amounts(&self, markup: &mut Markup) {
        markup.element("table", |markup| {
            markup.element("thead", |markup| {
                markup.element("tr", |markup| {
                    markup.leaf("th", self.headings.item);
                    markup.raw("<th></th>");
                    markup.classed("th", "amount", self.headings.amount);
                });
            });
            markup.with("tbody", &[("lang", &self.explanation.language)], |markup| {
                for line in &self.explanation.lines {
                    markup.element("tr", |markup| {
                        markup.leaf("td", &line.label);
                        markup.classed("td", "group", &line.category);
                        markup.classed("td", "amount", &amount(line));
                    });
                }
            });
        });
    }

    fn finding(&self, markup: &mut Markup, finding: &ExplainedFinding) {
        let (class, name) = match finding.severity {
            SeverityView::Breach => ("mark breach", self.headings.breach),
            SeverityView::Warning => ("mark warning", self.headings.warning),
            SeverityView::Note => ("mark note", self.headings.note),
        };
        markup.element("p", |markup| {
            markup.classed("span", class, name);
            markup.with("span", &[("lang", &self.explanation.language)], |markup| {
                markup.text(&finding.message);
            });
            self.citation(markup, finding.citation.as_deref());
        });
    }

    /// Lines that the same sentences lead to, and the sentences once.
    fn computation(&self, markup: &mut Markup, lines: &[ExplainedLine]) {
        let mut citations: Vec<&str> = Vec::new();
        markup.with("article", &[("lang", &self.explanation.language)], |markup| {
            for line in lines {
                markup.element("h3", |markup| {
                    markup.leaf("span", &line.label);
                    markup.classed("span", "sum", &amount(line));
                });
                let new = line.citation.as_deref().filter(|text| !citations.contains(text));
                citations.extend(new);
            }
            if let Some(line) = lines.first() {
                self.steps(markup, &line.steps);
            }
            if !citations.is_empty() {
                markup.with("p", &[("class", "cite")], |markup| {
                    let citations = citations.join("; ");
                    markup.text(&format!("{}: {citations}", self.headings.provision));
                });
            }
        });
    }

    fn steps(&self, markup: &mut Markup, steps: &[ExplainedStep]) {
        markup.element("ol", |markup| {
            for step in steps {
                markup.element("li", |markup| {
                    markup.text(&step.text);
                    self.citation(markup, step.citation.as_deref());
                    if !step.parameters.is_empty() {
                        markup.raw(" ");
                        let numbers: Vec<String> =
                            step.parameters.iter().map(|at| format!("[{}]", at + 1)).collect();
                        markup.classed("span", "cite", &numbers.join(" "));
                    }
                });
            }
        });
    }

    fn citation(&self, markup: &mut Markup, citation: Option<&str>) {
        if let Some(citation) = citation {
            markup.raw(" ");
            markup.classed("span", "cite", &format!("({citation})"));
        }
    }

    fn facts(&self, markup: &mut Markup) {
        let headings = [self.headings.fact, self.headings.value, self.headings.origin];
        table(markup, &headings, |markup| {
            for fact in &self.explanation.facts {
                markup.element("tr", |markup| {
                    markup.with("td", &[("lang", &self.explanation.language)], |markup| {
                        markup.text(&fact.label);
                    });
                    shown(markup, &fact.shown, fact.unit.as_deref());
                    markup.classed("td", "group", &fact.origin_text);
                });
            }
        });
    }

    fn parameters(&self, markup: &mut Markup) {
        let headings = ["", self.headings.parameter, self.headings.valid, self.headings.source];
        table(markup, &headings, |markup| {
            for (position, parameter) in self.explanation.parameters.iter().enumerate() {
                markup.element("tr", |markup| {
                    markup.classed("td", "group", &format!("[{}]", position + 1));
                    self.parameter(markup, parameter);
                });
            }
        });
    }

    fn parameter(&self, markup: &mut Markup, parameter: &ExplainedParameter) {
        markup.with("td", &[("lang", &self.explanation.language)], |markup| {
            markup.leaf("div", &parameter.label);
            value(markup, &parameter.shown, parameter.unit.as_deref());
        });
        let valid = match &parameter.until {
            Some(until) => format!("{} – {until}", parameter.from),
            None => format!("{} –", parameter.from),
        };
        markup.leaf("td", &valid);
        markup.element("td", |markup| {
            markup.text(&parameter.source);
            if parameter.unconfirmed {
                markup.classed("div", "warning", self.headings.unconfirmed);
            }
        });
    }

    fn identification(&self, markup: &mut Markup) {
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
        markup.element("dl", |markup| {
            for (name, text) in rows {
                markup.leaf("dt", name);
                markup.leaf("dd", &text);
            }
            for (name, digest) in [
                (self.headings.package, authority.digest.to_string()),
                (self.headings.digest, result.digest.to_string()),
            ] {
                markup.leaf("dt", name);
                markup.element("dd", |markup| markup.leaf("code", &digest));
            }
        });
    }
}

fn amount(line: &ExplainedLine) -> String {
    match &line.unit {
        Some(unit) => format!("{} {unit}", line.amount),
        None => line.amount.clone(),
    }
}

fn table(markup: &mut Markup, headings: &[&str], rows: impl FnOnce(&mut Markup)) {
    markup.element("table", |markup| {
        markup.element("thead", |markup| {
            markup.element("tr", |markup| {
                headings.iter().for_each(|heading| markup.leaf("th", heading));
            });
        });
        markup.element("tbody", rows);
    });
}

fn shown(markup: &mut Markup, what: &Shown, unit: Option<&str>) {
    markup.element("td", |markup| value(markup, what, unit));
}

fn value(markup: &mut Markup, shown: &Shown, unit: Option<&str>) {
    match (shown, unit) {
        (Shown::Text(text), Some(unit)) => markup.text(&format!("{text} {unit}")),
        (Shown::Text(text), None) => markup.text(text),
        (Shown::Table { columns, rows }, _) => {
            let headings: Vec<&str> = columns.iter().map(String::as_str).collect();
            table(markup, &headings, |markup| {
                for row in rows {
                    markup.element("tr", |markup| {
                        row.iter().for_each(|cell| markup.leaf("td", cell));
                    });
                }
            });
        }
    }
}
