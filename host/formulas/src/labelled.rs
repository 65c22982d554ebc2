//! A formula for somebody who writes none: as it is written, with labels in the place of names and the
//! signs of arithmetic as they are printed.

use serde::Serialize;

use crate::lexer::{Is, tokens};

/// A piece of a formula.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Something that has a name, by its label.
    Named(String),
    /// What stands between.
    Text(String),
}

/// The pieces of a formula; `label` gives what a name is called, or nothing where it has no label. What
/// is no formula is one piece.
#[must_use]
pub fn labelled(formula: &str, label: impl Fn(&str) -> Option<String>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut add = |part: Part| match (parts.last_mut(), part) {
        (Some(Part::Text(before)), Part::Text(text)) => before.push_str(&text),
        (_, part) => parts.push(part),
    };
    let Ok(tokens) = tokens(formula) else { return vec![Part::Text(formula.to_owned())] };
    let mut shown = 0;
    for (position, token) in tokens.iter().enumerate() {
        let between = formula.get(shown..token.span.start as usize).unwrap_or_default();
        // A formula may be written on several lines.
        if !between.is_empty() {
            let space = if between.trim().is_empty() { " " } else { between };
            add(Part::Text(space.to_owned()));
        }
        shown = token.span.end as usize;
        let text = token.span.of(formula);
        let next = tokens.get(position + 1).map(|next| next.is);
        let is_name = token.is == Is::Word && !matches!(next, Some(Is::Mark("(" | ":")));
        match is_name.then(|| label(text)).flatten() {
            Some(label) => add(Part::Named(label)),
            None => add(Part::Text(printed(token.is, text).to_owned())),
        }
    }
    parts
}

/// A token as it is printed.
fn printed(is: Is, text: &str) -> &str {
    match is {
        Is::Mark("*") => "×",
        Is::Mark("-") => "−",
        Is::Mark("/") => "÷",
        Is::Mark("<=") => "≤",
        Is::Mark(">=") => "≥",
        Is::Mark("!=") => "≠",
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(formula: &str) -> String {
        let label = |name: &str| match name {
            "gross" => Some("Gross pay".to_owned()),
            "bands" => Some("Bands".to_owned()),
            "rate" => Some("Rate".to_owned()),
            _ => None,
        };
        let shown = labelled(formula, label).into_iter().map(|part| match part {
            Part::Named(label) => format!("[{label}]"),
            Part::Text(text) => text,
        });
        shown.collect()
    }

    #[test]
    fn names_are_shown_by_their_labels_and_texts_stay() {
        for (formula, expected) in [
            ("gross * 2 - 1", "[Gross pay] × 2 − 1"),
            (
                "if gross <= 5 then \"gross\" else null",
                "if [Gross pay] ≤ 5 then \"gross\" else null",
            ),
            ("bands[rate != 0][1].rate", "[Bands][[Rate] ≠ 0][1].[Rate]"),
            ("rate(gross)", "rate([Gross pay])"),
            ("{ gross: gross }", "{ gross: [Gross pay] }"),
            ("max(0,\n  gross)", "max(0, [Gross pay])"),
            ("gross + \"", "gross + \""),
        ] {
            assert_eq!(shown(formula), expected);
        }
    }
}
