//! Everything that the host says. Each has its text in every language under the name beside it; the
//! variables of a sentence are the fields of its variant, so none can be forgotten.

use fluent_bundle::{FluentArgs, FluentValue};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::customs::Customs;

macro_rules! phrases {
    ($($(#[$doc:meta])* $name:ident = $id:literal),* $(,)?) => {
        /// What the host says of nothing in particular.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Phrase { $($(#[$doc])* $name),* }

        impl Phrase {
            /// Under which name it stands in the files.
            pub(crate) fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }

            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$(Self::$name),*];
        }
    };
}

phrases! {
    /// Heading of the section of amounts.
    Amounts = "amounts",
    /// Heading of a line's item.
    Item = "item",
    /// Heading of a line's amount.
    Amount = "amount",
    /// Heading of the section that says how each line came about.
    How = "how",
    /// Before the provision that something rests on.
    Provision = "provision",
    /// Heading of steps that lead to no single line.
    OtherSteps = "other-steps",
    /// Heading of the section of findings.
    Findings = "findings",
    /// A breach.
    Breach = "breach",
    /// A warning.
    Warning = "warning",
    /// A note.
    Note = "note",
    /// Heading of the section of facts.
    Facts = "facts",
    /// Heading of a fact.
    Fact = "fact",
    /// Heading of a value.
    Value = "value",
    /// Heading of where a fact came from.
    Origin = "origin",
    /// Heading of the section of values of the law.
    Parameters = "parameters",
    /// Before where a value of the law was published.
    Source = "source",
    /// Heading of the section that says who put the version in force.
    Authority = "authority",
    /// Heading of the section that says how to have it checked.
    Checking = "checking",
    /// Heading of the section that identifies the result.
    Identification = "identification",
    /// Heading of the result's identifier.
    Result = "result",
    /// Heading of the employee.
    Employee = "employee",
    /// Heading of the employment.
    Employment = "employment",
    /// Heading of the date of the calculation.
    Date = "date",
    /// Heading of when it was recorded.
    Recorded = "recorded",
    /// Heading of ruleset and version.
    Version = "version",
    /// Heading of the package's digest.
    Package = "package",
    /// Heading of the result's salted digest.
    Digest = "digest",
    /// That a program calculated, and from what alone.
    Logic = "logic",
    /// Of an amount whose rule gives no step.
    NoSteps = "no-steps",
    /// Of a fact that came with the request.
    Given = "given",
    /// Of the fact that is the calculation's date.
    CalculationDate = "calculation-date",
    /// Of a value of the law whose publication could not be seen.
    Unseen = "unseen",
    /// That nobody else had to approve.
    Unapproved = "unapproved",
    /// That one person acted alone and nobody has confirmed it yet.
    Emergency = "emergency",
    /// What the reader can compare.
    CompareFacts = "compare-facts",
    /// What the reader can ask for.
    AskForEvidence = "ask-for-evidence",
    /// A true value.
    Yes = "yes",
    /// A false value.
    No = "no",
    /// Between names.
    ListSeparator = "list-separator",
    /// Between parts of a sentence that have commas of their own.
    ClauseSeparator = "clause-separator",
    /// Heading of the days for which a version holds.
    Validity = "validity",
    /// Heading of what a version does not cover.
    LeftOut = "left-out",
    /// Heading of the facts that a version takes.
    Needed = "needed",
    /// Of a fact that must be given.
    Required = "required",
    /// Heading of a version's formulas.
    Formulas = "formulas",
    /// Heading of the functions of a version's own.
    SharedComputations = "shared-computations",
    /// Heading of what a version refuses.
    Refusals = "refusals",
    /// Heading of a version's cases.
    Cases = "cases",
    /// Before why there is no result.
    Refused = "refused",
    /// Of a case that comes to something else than it expects.
    DoesNotHold = "does-not-hold",
}

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $id:literal {
        $($(#[$of_variable:meta])* $variable:ident: $kind:ty),* $(,)?
    }),* $(,)?) => {
        /// What the host says of something.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Message<'a> { $($(#[$doc])* $name { $($(#[$of_variable])* $variable: $kind),* }),* }

        impl<'a> Message<'a> {
            /// Under which name it stands in the files, and its values by the customs of a language.
            pub(crate) fn parts(&self, customs: &Customs) -> (&'static str, FluentArgs<'a>) {
                let mut values = FluentArgs::new();
                let id = match self {
                    $(Self::$name { $($variable),* } => {
                        $(values.set(stringify!($variable), $variable.by(customs));)*
                        $id
                    })*
                };
                (id, values)
            }

            /// Each name with its variables.
            #[cfg(test)]
            pub(crate) const ALL: &'static [(&'static str, &'static [&'static str])] =
                &[$(($id, &[$(stringify!($variable)),*])),*];
        }
    };
}

messages! {
    /// What an explanation is.
    Title = "title" {
        /// What the ruleset is called.
        title: &'a str,
    },
    /// What the reader is looking at, if it is of an employee.
    AboutEmployee = "about-employee" {
        /// The employee's identifier.
        employee: &'a str,
        /// The date of the calculation.
        date: Date,
    },
    /// What the reader is looking at, if it is of nobody.
    About = "about" {
        /// The date of the calculation.
        date: Date,
    },
    /// When it was calculated, from what was known when.
    Made = "made" {
        /// When it was recorded.
        recorded_at: Timestamp,
        /// When what was taken into account was known.
        known_at: Timestamp,
    },
    /// Of a fact that is an employee's attribute.
    FromEmployee = "from-employee" {
        /// First day on which it holds.
        since: Date,
        /// Revision of the employee.
        revision: u64,
    },
    /// Of a value of the law that does not end by itself.
    InForceSince = "in-force-since" {
        /// First day.
        from: Date,
    },
    /// Of a value of the law that ends.
    InForceFromUntil = "in-force-from-until" {
        /// First day.
        from: Date,
        /// Last day.
        until: Date,
    },
    /// Of the version that was run.
    InForce = "in-force" {
        /// What the ruleset is called.
        ruleset: &'a str,
        /// The version.
        version: &'a str,
        /// The slot.
        slot: &'a str,
        /// First day for which the activation holds.
        valid_from: Date,
    },
    /// Somebody put the version in force.
    Activated = "activated" {
        /// Their name.
        who: &'a str,
        /// When it was recorded.
        when: Timestamp,
    },
    /// Somebody proposed it.
    Proposed = "proposed" {
        /// Their name.
        who: &'a str,
        /// When it was recorded.
        when: Timestamp,
    },
    /// Somebody approved it.
    Approved = "approved" {
        /// Their name.
        who: &'a str,
        /// When it was recorded.
        when: Timestamp,
    },
    /// Somebody changed the proposal.
    Amended = "amended" {
        /// Their name.
        who: &'a str,
        /// When it was recorded.
        when: Timestamp,
    },
    /// Somebody confirmed what one person did alone.
    Confirmed = "confirmed" {
        /// Their name.
        who: &'a str,
        /// When it was recorded.
        when: Timestamp,
    },
    /// Why, in their words.
    Reason = "reason" {
        /// Their words.
        reason: &'a str,
    },
    /// That the result can be calculated again.
    CalculateAgain = "calculate-again" {
        /// The result's identifier.
        id: &'a str,
    },
    /// What to name to whoever is to check it.
    NameTheVersion = "name-the-version" {
        /// The version.
        version: &'a str,
        /// The ruleset's name.
        ruleset: &'a str,
    },
    /// That a result rests on one value whose source could not be seen.
    UnconfirmedOne = "unconfirmed-one" {
        /// What the value is called.
        label: &'a str,
        /// First day on which it holds.
        from: Date,
        /// Where it is said to stand.
        source: &'a str,
    },
    /// That a result rests on several.
    UnconfirmedSeveral = "unconfirmed-several" {
        /// How many, at least two.
        count: usize,
        /// Each as [`Message::UnconfirmedItem`], with [`Phrase::ClauseSeparator`] between them.
        list: &'a str,
    },
    /// One of several.
    UnconfirmedItem = "unconfirmed-item" {
        /// What the value is called.
        label: &'a str,
        /// First day on which it holds.
        from: Date,
        /// Where it is said to stand.
        source: &'a str,
    },
    /// That whoever has the employment was on leave.
    EmploymentOnLeave = "employment-on-leave" {
        /// First day of the leave.
        since: Date,
    },
    /// That the employment had not begun.
    EmploymentNotBegun = "employment-not-begun" {
        /// Its first day.
        begins: Date,
    },
    /// That the employment had ended.
    EmploymentEnded = "employment-ended" {
        /// The first day on which it did not run any more.
        since: Date,
    },
    /// That the employment had moved out of where it is paid.
    EmploymentMoved = "employment-moved" {
        /// The first day on which it belonged elsewhere.
        since: Date,
    },
    /// That a fact was stated for an earlier month.
    StaleFact = "stale-fact" {
        /// What the fact is called.
        fact: &'a str,
        /// The day that it was stated for.
        since: Date,
    },
    /// Heading of the values of the law on a day.
    ValuesOn = "values-on" {
        /// The day.
        date: Date,
    },
    /// When something is there.
    OnlyWhere = "only-where" {
        /// A condition.
        condition: &'a str,
    },
    /// That something is there several times.
    ForEach = "for-each" {
        /// An element, and of what.
        what: &'a str,
    },
    /// That something was cut.
    AndMore = "and-more" {
        /// How many are not shown.
        count: usize,
    },
    /// A name with what it is more closely.
    InBrackets = "in-brackets" {
        /// The name.
        name: &'a str,
        /// What it is more closely.
        more: &'a str,
    },
    /// A value that says nothing alone, after what it is called.
    Labelled = "labelled" {
        /// What it is called.
        label: &'a str,
        /// The value.
        value: &'a str,
    },
    /// A number in percent, from its digits by the customs of the language.
    Percentage = "percentage" {
        /// The digits.
        number: &'a str,
    },
    /// The last of several values.
    ListEnd = "list-end" {
        /// Those before it, with [`Phrase::ListSeparator`] between them.
        list: &'a str,
        /// The last one.
        last: &'a str,
    },
    /// The largest value.
    LargerOf = "larger-of" {
        /// Of these.
        list: &'a str,
    },
    /// The smallest value.
    SmallerOf = "smaller-of" {
        /// Of these.
        list: &'a str,
    },
    /// A sum.
    SumOf = "sum-of" {
        /// Of these.
        list: &'a str,
    },
    /// A value that is never smaller than another.
    AtLeast = "at-least" {
        /// The value.
        value: &'a str,
        /// The other.
        least: &'a str,
    },
    /// A value that is never larger than another.
    AtMost = "at-most" {
        /// The value.
        value: &'a str,
        /// The other.
        most: &'a str,
    },
    /// A value to the nearest multiple of a unit, the middle away from zero.
    RoundedHalfUp = "rounded-half-up" {
        /// The value.
        value: &'a str,
        /// The unit.
        unit: &'a str,
    },
    /// The same with the middle towards zero.
    RoundedHalfDown = "rounded-half-down" {
        /// The value.
        value: &'a str,
        /// The unit.
        unit: &'a str,
    },
    /// The same with the middle to the even multiple.
    RoundedHalfEven = "rounded-half-even" {
        /// The value.
        value: &'a str,
        /// The unit.
        unit: &'a str,
    },
    /// A value to the next multiple of a unit away from zero.
    RoundedUp = "rounded-up" {
        /// The value.
        value: &'a str,
        /// The unit.
        unit: &'a str,
    },
    /// A value to the next multiple of a unit towards zero.
    RoundedDown = "rounded-down" {
        /// The value.
        value: &'a str,
        /// The unit.
        unit: &'a str,
    },
    /// A value to the next greater multiple of a unit.
    RoundedToGreater = "rounded-to-greater" {
        /// The value.
        value: &'a str,
        /// The unit.
        unit: &'a str,
    },
    /// A value to the next smaller multiple of a unit.
    RoundedToSmaller = "rounded-to-smaller" {
        /// The value.
        value: &'a str,
        /// The unit.
        unit: &'a str,
    },
    /// A tax by the rows of a table.
    TaxBy = "tax-by" {
        /// What is taxed.
        amount: &'a str,
        /// What the table is called.
        table: &'a str,
    },
    /// Both hold.
    Both = "both" {
        /// One.
        one: &'a str,
        /// The other.
        other: &'a str,
    },
    /// At least one holds.
    Either = "either" {
        /// One.
        one: &'a str,
        /// The other.
        other: &'a str,
    },
    /// It does not hold.
    Not = "not" {
        /// What.
        value: &'a str,
    },
    /// One value or the other.
    Choose = "choose" {
        /// What decides.
        condition: &'a str,
        /// Where it holds.
        then: &'a str,
        /// Where it does not.
        otherwise: &'a str,
    },
    /// Days from one day to another.
    DaysBetween = "days-between" {
        /// The one.
        from: &'a str,
        /// The other.
        to: &'a str,
    },
    /// Whole months from one day to another.
    MonthsBetween = "months-between" {
        /// The one.
        from: &'a str,
        /// The other.
        to: &'a str,
    },
    /// Whole years from one day to another.
    YearsBetween = "years-between" {
        /// The one.
        from: &'a str,
        /// The other.
        to: &'a str,
    },
}

/// What can stand in a sentence.
trait Value<'a> {
    fn by(&self, customs: &Customs) -> FluentValue<'a>;
}

impl<'a> Value<'a> for &'a str {
    fn by(&self, _: &Customs) -> FluentValue<'a> {
        FluentValue::from(*self)
    }
}

impl<'a> Value<'a> for Date {
    fn by(&self, customs: &Customs) -> FluentValue<'a> {
        customs.day(*self).into()
    }
}

/// Moments are kept in no zone, and are shown in UTC.
impl<'a> Value<'a> for Timestamp {
    fn by(&self, customs: &Customs) -> FluentValue<'a> {
        customs.moment(jiff::tz::Offset::UTC.to_datetime(*self), 0).into()
    }
}

/// A number of an order: as it is.
impl<'a> Value<'a> for u64 {
    fn by(&self, _: &Customs) -> FluentValue<'a> {
        self.to_string().into()
    }
}

/// How many there are, by which a language may choose the form of its words.
impl<'a> Value<'a> for usize {
    fn by(&self, _: &Customs) -> FluentValue<'a> {
        (*self).into()
    }
}
