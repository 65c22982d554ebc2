//! Which lines of a rule's source only explain: they compute nothing, and no line or finding would be
//! another without them.

/// What begins a stretch that only explains, and where it ends.
const BEGINNINGS: [(&str, End); 7] = [
    ("say!(", End::Bracket),
    (".step(", End::Bracket),
    ("provisions! {", End::Bracket),
    ("#[provision", End::Bracket),
    ("#[derive(Steps", End::Item),
    ("#[derive(Figures", End::Item),
    ("fn explain", End::Item),
];

/// Where a stretch ends.
#[derive(Clone, Copy)]
enum End {
    /// With the bracket that closes the first one.
    Bracket,
    /// With the brace that closes the first one.
    Item,
}

/// How many lines only explain, without those that are blank.
pub(super) fn lines(text: &str) -> usize {
    let code = without_comments_and_texts(text);
    let mut explains = vec![false; code.lines().count()];
    for (beginning, end) in BEGINNINGS {
        let mut from = 0;
        while let Some(found) = code.get(from..).and_then(|rest| rest.find(beginning)) {
            let start = from + found;
            let stop = closed(&code, start, end);
            let line_of = |at: usize| code[..at].matches('\n').count();
            for line in explains.iter_mut().take(line_of(stop) + 1).skip(line_of(start)) {
                *line = true;
            }
            from = stop.max(start + beginning.len());
        }
    }
    let lines = text.lines().zip(explains);
    lines.filter(|(line, explains)| *explains && !line.trim().is_empty()).count()
}

/// Where what begins here is closed: at the last of the text where it is not.
fn closed(code: &str, start: usize, end: End) -> usize {
    let mut open = 0_usize;
    for (at, letter) in code.char_indices().skip_while(|(at, _)| *at < start) {
        match (letter, end) {
            ('(' | '[' | '{', End::Bracket) | ('{', End::Item) => open += 1,
            (')' | ']' | '}', End::Bracket) | ('}', End::Item) => {
                open = open.saturating_sub(1);
                if open == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    code.len()
}

/// The text with a blank for each letter of a comment or literal, so that what stands in them begins
/// and closes nothing.
fn without_comments_and_texts(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '/' if letters.peek() == Some(&'/') => {
                code.push(' ');
                while letters.peek().is_some_and(|next| *next != '\n') {
                    letters.next();
                    code.push(' ');
                }
            }
            '"' => {
                code.push('"');
                let mut escaped = false;
                for inside in letters.by_ref() {
                    if inside == '"' && !escaped {
                        break;
                    }
                    escaped = inside == '\\' && !escaped;
                    code.push(if inside == '\n' { '\n' } else { ' ' });
                }
                code.push('"');
            }
            other => code.push(other),
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn what_is_said_counts_and_what_is_worked_out_does_not() {
        let text = r#"
/// Article 3.
#[provision("Wage Tax Act, s. 3")]
fn tax(law: &Law, out: &mut Payslip) -> Decimal {
    say!(
        out,
        Told,
        "A sentence with a bracket :) and // no comment."
    );
    work!(out, Item::Tax = law.rate)
}
"#;
        assert_eq!(lines(text), 6);
    }

    #[test]
    fn a_list_of_steps_counts_whole() {
        let text = "#[derive(Steps)]\nenum Step {\n    /// {tax} is due.\n\n    Due { tax: Decimal },\n}\nfn tax() {}\n";
        assert_eq!(lines(text), 5);
    }

    #[test]
    fn a_step_that_is_written_by_hand_counts() {
        let text = "out.step(|| Step::Due {\n    tax,\n});\nout.line(Item::Tax, tax);\n";
        assert_eq!(lines(text), 3);
    }
}
