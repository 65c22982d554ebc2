//! The tree of a formula, as it was written.

use crate::source::Span;

/// An expression and its place.
#[derive(Clone, PartialEq, Debug)]
pub struct Expression {
    /// What it is.
    pub is: Syntax,
    /// Where it stands.
    pub span: Span,
    /// How many levels are below it.
    pub(crate) depth: u16,
}

/// What an expression is.
#[derive(Clone, PartialEq, Debug)]
pub enum Syntax {
    /// A number, as it is written.
    Number,
    /// A text.
    Text(String),
    /// `true` or `false`
    Boolean(bool),
    /// `null`
    Null,
    /// `@"…"`: a date, a time or a duration.
    At(String),
    /// A name.
    Name(String),
    /// `-a`
    Negate(Box<Expression>),
    /// Terms with operators between them, from left to right: `a + b - c`, `a * b / c`, `a ** b`.
    Chain(Box<Expression>, Vec<(Arithmetic, Expression)>),
    /// `a and b and c`, `a or b or c`
    All(Logic, Vec<Expression>),
    /// `a = b`
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// `a between b and c`
    Between(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `a in b`, `a in (b, > c)`
    In(Box<Expression>, Vec<Test>),
    /// `a instance of number`
    InstanceOf(Box<Expression>, Named),
    /// `if a then b else c`
    If(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `[a, b]`
    List(Vec<Expression>),
    /// `{a: 1}`
    Context(Vec<(Word, Expression)>),
    /// `[a..b)`; `(> a)` is open at one end.
    Range(Option<Box<Expression>>, Option<Box<Expression>>, Bounds),
    /// `a[b]`
    Filter(Box<Expression>, Box<Expression>),
    /// `a.b`
    Path(Box<Expression>, Word),
    /// `f(a, b)`, `f(x: a)`
    Call(Word, Vec<Argument>),
    /// `for x in a return b`
    For(Vec<Iterator>, Box<Expression>),
    /// `some x in a satisfies b`, `every …`
    Quantified(Quantifier, Vec<Iterator>, Box<Expression>),
    /// `function(a, b) c`
    Function(Vec<Word>, Box<Expression>),
}

/// A word and its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    /// The word, or words with one space between them.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// An argument of a call.
#[derive(Clone, PartialEq, Debug)]
pub struct Argument {
    /// The name of its parameter, where it is given.
    pub name: Option<Word>,
    /// Its value.
    pub value: Expression,
}

/// What runs through a list.
#[derive(Clone, PartialEq, Debug)]
pub struct Iterator {
    /// The name of each element.
    pub name: Word,
    /// The list, or from where.
    pub from: Expression,
    /// To where, of `a..b`.
    pub to: Option<Expression>,
}

/// A test behind `in`.
#[derive(Clone, PartialEq, Debug)]
pub enum Test {
    /// `< a`
    Compare(Comparison, Expression),
    /// A value, a range or a list of them.
    Value(Expression),
}

/// Arithmetic operators.
#[allow(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

/// `and` or `or`.
#[allow(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Logic {
    And,
    Or,
}

/// Comparisons.
#[allow(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

/// `some` or `every`.
#[allow(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quantifier {
    Some,
    Every,
}

/// Which ends belong to a range.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bounds {
    /// The lower one.
    pub low: bool,
    /// The upper one.
    pub high: bool,
}

/// A type as it is written.
#[derive(Clone, PartialEq, Debug)]
pub enum Named {
    /// A simple type, or one that the text does not know.
    Simple(Word),
    /// `list<number>`
    List(Box<Named>),
    /// `range<number>`
    Range(Box<Named>),
    /// `context<a: number>`
    Context(Vec<(Word, Named)>),
    /// `function<number> -> number`
    Function,
}
