//! A language that the host speaks.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use unic_langid::LanguageIdentifier;

use crate::customs::Customs;
use crate::message::{Message, Phrase};
use crate::negotiation::best_language;

/// A file of `texts/`, and the language once somebody has asked for it.
struct Spoken {
    tag: &'static str,
    text: &'static str,
    words: OnceLock<Words>,
}

impl Spoken {
    const fn new(tag: &'static str, text: &'static str) -> Self {
        Self { tag, text, words: OnceLock::new() }
    }

    fn words(&'static self) -> &'static Words {
        self.words.get_or_init(|| Words::read(self.tag, self.text))
    }
}

/// What is spoken where nothing else is asked for.
static ENGLISH: Spoken = Spoken::new("en", include_str!("../texts/en.ftl"));

/// The others.
static OTHERS: [Spoken; 11] = [
    Spoken::new("zh", include_str!("../texts/zh.ftl")),
    Spoken::new("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
    Spoken::new("de", include_str!("../texts/de.ftl")),
    Spoken::new("fr", include_str!("../texts/fr.ftl")),
    Spoken::new("es", include_str!("../texts/es.ftl")),
    Spoken::new("pt", include_str!("../texts/pt.ftl")),
    Spoken::new("it", include_str!("../texts/it.ftl")),
    Spoken::new("nl", include_str!("../texts/nl.ftl")),
    Spoken::new("pl", include_str!("../texts/pl.ftl")),
    Spoken::new("ja", include_str!("../texts/ja.ftl")),
    Spoken::new("ko", include_str!("../texts/ko.ftl")),
];

fn spoken() -> impl Iterator<Item = &'static Spoken> {
    std::iter::once(&ENGLISH).chain(&OTHERS)
}

/// The words of a language and its customs for numbers and dates. Read once, when the first reader
/// asks for the language.
pub struct Words {
    tag: &'static str,
    sentences: FluentBundle<FluentResource>,
    customs: Customs,
}

impl Words {
    /// Every language that the host speaks.
    pub fn all() -> impl Iterator<Item = &'static Words> {
        spoken().map(Spoken::words)
    }

    /// The best for a reader who wants these languages, in the order of preference; else English.
    pub fn of(wanted: &[&str]) -> &'static Words {
        let tags: Vec<&str> = spoken().map(|spoken| spoken.tag).collect();
        let best = best_language(&tags, wanted);
        let best = best.and_then(|best| spoken().find(|spoken| spoken.tag == best));
        best.unwrap_or(&ENGLISH).words()
    }

    /// The files are part of the program: that each has every message, without a mistake, is for the
    /// tests. A message that it lacked would be shown as its name.
    fn read(tag: &'static str, text: &str) -> Self {
        let language: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut sentences = FluentBundle::new_concurrent(vec![language]);
        // Every language is written from left to right, and marks of direction would be taken out
        // of names and pages again.
        sentences.set_use_isolating(false);
        let file = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(read, _)| read);
        let _ = sentences.add_resource(file);
        Self { tag, sentences, customs: Customs::of(tag) }
    }

    /// BCP 47 tag.
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// What the host says of nothing in particular.
    pub fn phrase(&self, phrase: Phrase) -> Cow<'_, str> {
        self.written(phrase.id(), None)
    }

    /// What the host says of something.
    pub fn say(&self, message: Message<'_>) -> String {
        let (id, values) = message.parts(&self.customs);
        self.written(id, Some(&values)).into_owned()
    }

    fn written<'a>(&'a self, id: &'static str, values: Option<&'a FluentArgs<'_>>) -> Cow<'a, str> {
        let message = self.sentences.get_message(id);
        match message.and_then(|message| message.value()) {
            Some(pattern) => self.sentences.format_pattern(pattern, values, &mut Vec::new()),
            None => id.into(),
        }
    }

    /// `yes` or `no`.
    pub fn boolean(&self, value: bool) -> Cow<'_, str> {
        self.phrase(if value { Phrase::Yes } else { Phrase::No })
    }

    /// Names one after the other.
    pub fn list(&self, names: &[String]) -> String {
        names.join(&self.phrase(Phrase::ListSeparator))
    }

    /// Values one after the other, the last one joined to them: `a, b and c`.
    pub fn all_of(&self, values: &[String]) -> String {
        match values {
            [] => String::new(),
            [only] => only.clone(),
            [before @ .., last] => self.say(Message::ListEnd { list: &self.list(before), last }),
        }
    }

    /// A number from its digits (`-1234.50`), with as many decimals as these have: never rounded.
    /// What is no number is given back.
    pub fn number(&self, digits: &str) -> String {
        self.customs.number(digits)
    }

    /// A day.
    pub fn day(&self, day: Date) -> String {
        self.customs.day(day)
    }

    /// A recorded moment, to the second, in UTC.
    pub fn moment(&self, moment: Timestamp) -> String {
        self.moment_at(jiff::tz::Offset::UTC.to_datetime(moment), 0)
    }

    /// A day and a time of day as a clock shows it that is so many minutes ahead of UTC.
    pub fn moment_at(&self, moment: DateTime, ahead: i16) -> String {
        self.customs.moment(moment, ahead)
    }
}

/// Names the language: its sentences are in the files.
impl std::fmt::Debug for Words {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Words").field(&self.tag).finish()
    }
}

/// A language is there once.
impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.tag == other.tag
    }
}

impl Eq for Words {}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
    use jiff::civil::date;

    use super::*;

    fn variables(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
        for element in &pattern.elements {
            let PatternElement::Placeable { expression } = element else { continue };
            let mut named = |inline: &InlineExpression<&str>| match inline {
                InlineExpression::VariableReference { id } => {
                    found.insert(id.name.to_owned());
                }
                InlineExpression::StringLiteral { .. } => {}
                other => panic!("neither a variable nor a text: {other:?}"),
            };
            match expression {
                Expression::Inline(inline) => named(inline),
                Expression::Select { selector, variants } => {
                    named(selector);
                    variants.iter().for_each(|variant| variables(&variant.value, found));
                }
            }
        }
    }

    /// The messages of a file with their variables. The file is without a mistake.
    fn messages(spoken: &Spoken) -> BTreeMap<String, BTreeSet<String>> {
        let file = fluent_syntax::parser::parse(spoken.text).unwrap();
        let mut messages = BTreeMap::new();
        for entry in &file.body {
            let Entry::Message(message) = entry else { continue };
            let mut found = BTreeSet::new();
            variables(message.value.as_ref().unwrap(), &mut found);
            let again = messages.insert(message.id.name.to_owned(), found);
            assert!(again.is_none(), "{}: {} stands twice", spoken.tag, message.id.name);
        }
        messages
    }

    #[test]
    fn every_language_has_every_message_with_the_same_variables_and_no_other() {
        let phrases = Phrase::ALL.iter().map(|phrase| (phrase.id().to_owned(), BTreeSet::new()));
        let sentences = Message::ALL.iter().map(|(id, variables)| {
            ((*id).to_owned(), variables.iter().map(|name| (*name).to_owned()).collect())
        });
        let wanted: BTreeMap<String, BTreeSet<String>> = phrases.chain(sentences).collect();
        for spoken in spoken() {
            assert_eq!(messages(spoken), wanted, "{}", spoken.tag);
        }
    }

    #[test]
    fn no_sentence_is_left_in_english() {
        let text = |words: &Words, id| words.written(id, None).into_owned();
        let english = ENGLISH.words();
        // Nothing but signs and variables, or a word that is the same there.
        let alike = ["list-separator", "clause-separator", "in-brackets", "labelled", "percentage"];
        let same_word = [("es", "no"), ("it", "no"), ("fr", "identification")];
        for words in Words::all().filter(|words| words.tag != "en") {
            let ids = Phrase::ALL.iter().map(|phrase| phrase.id());
            let ids = ids.chain(Message::ALL.iter().map(|(id, _)| *id));
            for id in ids.filter(|id| !alike.contains(id)) {
                let is_same_word = same_word.contains(&(words.tag, id));
                assert!(is_same_word || text(words, id) != text(english, id), "{words:?}: {id}");
            }
        }
    }

    #[test]
    fn numbers_are_written_by_the_customs_of_the_language_and_stay_exact() {
        for (tag, written) in [
            ("en", "-1,234,567.50"),
            ("zh", "-1,234,567.50"),
            ("zh-Hant", "-1,234,567.50"),
            ("ja", "-1,234,567.50"),
            ("ko", "-1,234,567.50"),
            ("de", "-1.234.567,50"),
            ("es", "-1.234.567,50"),
            ("it", "-1.234.567,50"),
            ("nl", "-1.234.567,50"),
            ("pt", "-1.234.567,50"),
            ("fr", "-1\u{202f}234\u{202f}567,50"),
            ("pl", "-1\u{a0}234\u{a0}567,50"),
        ] {
            assert_eq!(Words::of(&[tag]).number("-1234567.50"), written, "{tag}");
        }
        let german = Words::of(&["de"]);
        assert_eq!(german.number("1234.56"), "1.234,56");
        // More digits than any float holds.
        let many = "79228162514264337593543950335.0000000000000000000000000001";
        let written = "79.228.162.514.264.337.593.543.950.335,0000000000000000000000000001";
        assert_eq!(german.number(many), written);
        assert_eq!(german.number("not a number"), "not a number");
    }

    #[test]
    fn days_and_moments_are_written_by_the_customs_of_the_language() {
        for (tag, day) in [
            ("en", "January 31, 2026"),
            ("zh", "2026年1月31日"),
            ("zh-Hant", "2026年1月31日"),
            ("de", "31. Januar 2026"),
            ("fr", "31 janvier 2026"),
            ("es", "31 de enero de 2026"),
            ("pt", "31 de janeiro de 2026"),
            ("it", "31 gennaio 2026"),
            ("nl", "31 januari 2026"),
            ("pl", "31 stycznia 2026"),
            ("ja", "2026年1月31日"),
            ("ko", "2026년 1월 31일"),
        ] {
            let words = Words::of(&[tag]);
            assert_eq!(words.day(date(2026, 1, 31)), day, "{tag}");
            let moment = words.moment("2026-01-31T21:04:05.678Z".parse().unwrap());
            assert!(moment.starts_with(day) && moment.ends_with("21:04:05 UTC"), "{moment}");
        }
        let english = Words::of(&["en"]);
        let shown = english.moment_at(date(2026, 3, 2).at(9, 0, 0, 0), -330);
        assert!(shown.ends_with("09:00:00 UTC-05:30"), "{shown}");
    }

    #[test]
    fn a_count_has_the_form_that_the_language_has_for_it() {
        let polish = Words::of(&["pl"]);
        let said = |count| polish.say(Message::UnconfirmedSeveral { count, list: "…" });
        assert!(said(2).starts_with("2 wartości"), "{}", said(2));
        assert!(said(5).contains("publikacjach 5 wartości"), "{}", said(5));
    }

    #[test]
    fn a_formula_is_said_in_every_language_with_its_values() {
        let values = ["A", "B", "C"].map(str::to_owned);
        for (tag, said) in [
            ("en", "the larger of A, B and C"),
            ("de", "der größte Wert von A, B und C"),
            ("zh", "A，B和C中的较大者"),
            ("ja", "A、BとCのうち大きいほう"),
        ] {
            let words = Words::of(&[tag]);
            let list = words.all_of(&values);
            assert_eq!(words.say(Message::LargerOf { list: &list }), said);
        }
        for (tag, percent) in [("en", "7.5 %"), ("de", "7,5\u{a0}%"), ("zh", "7.5%")] {
            let words = Words::of(&[tag]);
            let number = words.number("7.5");
            assert_eq!(words.say(Message::Percentage { number: &number }), percent);
        }
        for words in Words::all() {
            let rounded = words.say(Message::RoundedHalfUp { value: "A", unit: "0.01" });
            assert!(rounded.contains('A') && rounded.contains("0.01"), "{words:?}: {rounded}");
            assert_eq!(words.all_of(&values[..1]), "A", "{words:?}");
        }
    }

    #[test]
    fn values_are_no_part_of_the_language() {
        let said = Words::of(&["en"]).say(Message::Reason { reason: "{ $who } { yes }" });
        assert_eq!(said, "The reason given: { $who } { yes }");
    }

    #[test]
    fn the_first_wanted_language_that_is_spoken_is_used_else_english() {
        for (wanted, tag) in [
            (&["zh-Hans-CN"][..], "zh"),
            (&["zh-tw"], "zh-Hant"),
            (&["fi", "de-AT"], "de"),
            (&["pt-PT"], "pt"),
            (&["fi"], "en"),
            (&[], "en"),
        ] {
            assert_eq!(Words::of(wanted).tag(), tag, "{wanted:?}");
        }
        assert_eq!(Words::all().count(), 12);
    }
}
