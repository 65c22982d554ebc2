//! What a rule author implements: a rule, and through the derive macros its declarations.

use crate::canonical::FactValues;
use crate::contract;
use crate::declaration::{
    ChoiceDeclaration, ColumnDeclaration, FieldDeclaration, FigureDeclaration, FindingDeclaration,
    ItemDeclaration, StepDeclaration,
};
use crate::fault::Fault;
use crate::outcome::Outcome;
use crate::reading::Unreadable;

/// A rule: a pure function from facts and parameters to an outcome.
///
/// It has no clock, no random numbers, no files and no network, and it must give the same outcome
/// for the same facts and parameters, whatever was evaluated before.
pub trait Rule: Sized + 'static {
    /// The rule's own name, e.g. `payroll-cn`.
    const NAME: &'static str;
    /// What the rule computes, for people who choose one.
    const MEANING: &'static str;

    /// What is known of one employee. `#[derive(Facts)]`.
    type Facts: Facts;
    /// The numbers of the law. `#[derive(Parameters)]`, or [`Nothing`].
    type Parameters: Parameters;
    /// The kinds of lines. `#[derive(Items)]`, or [`Nothing`].
    type Item: Items;
    /// The named intermediate values. `#[derive(Figures)]`, or [`Nothing`].
    type Figure: Figures;
    /// The kinds of findings. `#[derive(Findings)]`, or [`Nothing`].
    type Finding: Findings;
    /// The kinds of steps of an explanation: [`provisions!`](crate::provisions), `#[derive(Steps)]`,
    /// or [`Nothing`].
    type Step: Steps;

    /// Do the parameters agree with each other? Runs once for each set of parameters, before any
    /// evaluation, and when a ruleset is published: weights that do not add to 100 % belong here.
    fn check(_parameters: &Self::Parameters) -> Result<(), Fault> {
        Ok(())
    }

    /// The outcome for one employee.
    fn evaluate(
        parameters: &Self::Parameters,
        facts: &Self::Facts,
        out: &mut Outcome<Self::Item, Self::Finding, Self::Step>,
    ) -> Result<(), Fault>;
}

/// A struct of facts; made by `#[derive(Facts)]`.
pub trait Facts: Sized + 'static {
    /// The declared facts, in order.
    const FIELDS: &'static [FieldDeclaration];
    /// Reads one value for each declared fact, in order. A value of the wrong type is the host's
    /// mistake; it gives a fault that names the fact.
    fn read(values: Vec<contract::Value>) -> Result<Self, Fault> {
        Self::read_from(values.into())
    }
    /// The same from wherever the values are.
    #[doc(hidden)]
    fn read_from(values: FactValues) -> Result<Self, Fault>;
}

/// A struct of parameters; made by `#[derive(Parameters)]`.
pub trait Parameters: Sized + 'static {
    /// The declared parameters, in order.
    const FIELDS: &'static [FieldDeclaration];
    /// Reads one value for each declared parameter, in order.
    fn read(values: Vec<contract::Value>) -> Result<Self, Fault>;
}

/// One row of a table; made by `#[derive(Row)]`.
pub trait Row: Sized + 'static {
    /// The declared columns, in order.
    const COLUMNS: &'static [ColumnDeclaration];
    /// Reads one scalar for each declared column, in order.
    fn read(cells: Vec<contract::Scalar>) -> Result<Self, Unreadable>;
    /// One scalar for each declared column, in order.
    fn cells(&self) -> Vec<contract::Scalar>;
}

/// One of a fixed list of names; made by `#[derive(Choice)]`.
pub trait Choice: Copy + 'static {
    /// The choices, in order.
    const CHOICES: &'static [ChoiceDeclaration];
    /// The same choices as values, in order.
    const ALL: &'static [Self];
    /// Position among the choices.
    fn position(self) -> u32;
    /// Name in facts and parameters.
    #[inline]
    fn name(self) -> &'static str {
        Self::CHOICES.get(self.position() as usize).map_or("", |choice| choice.name)
    }
    /// The choice of that name.
    fn from_name(name: &str) -> Option<Self> {
        let position = Self::CHOICES.iter().position(|choice| choice.name == name)?;
        Self::ALL.get(position).copied()
    }
}

/// A newtype around a scalar that carries its unit; made by `#[derive(Quantity)]`.
pub trait Quantity {
    /// What it counts: `CNY`, `hours`.
    const UNIT: &'static str;
}

/// The kinds of lines; made by `#[derive(Items)]`.
pub trait Items: Copy + 'static {
    /// The declared items, in order.
    const ITEMS: &'static [ItemDeclaration];
    /// The same items as values, in order.
    const ALL: &'static [Self];
    /// Position among the items.
    fn position(self) -> u32;
}

/// The named intermediate values; made by `#[derive(Figures)]`.
pub trait Figures: Copy + 'static {
    /// The declared figures, in order.
    const FIGURES: &'static [FigureDeclaration];
    /// The same figures as values, in order.
    const ALL: &'static [Self];
    /// Position among the figures.
    fn position(self) -> u32;
}

/// The kinds of findings; made by `#[derive(Findings)]`.
pub trait Findings: Copy + 'static {
    /// The declared findings, in order.
    const FINDINGS: &'static [FindingDeclaration];
    /// The same findings as values, in order.
    const ALL: &'static [Self];
    /// Position among the findings.
    fn position(self) -> u32;
}

/// The kinds of steps; made by `#[derive(Steps)]`.
pub trait Steps: 'static {
    /// The declared steps, in order.
    const STEPS: &'static [StepDeclaration];
    /// Position among the steps.
    fn position(&self) -> u32;
    /// One value for each declared argument, in order.
    fn values(self) -> Vec<contract::Value>;
}

/// Stands where a rule has no facts, parameters, items, figures, findings or steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nothing;

impl Facts for Nothing {
    const FIELDS: &'static [FieldDeclaration] = &[];
    fn read_from(values: FactValues) -> Result<Self, Fault> {
        crate::reading::FactReader::new(values, 0).map(|_| Nothing)
    }
}

impl Parameters for Nothing {
    const FIELDS: &'static [FieldDeclaration] = &[];
    fn read(values: Vec<contract::Value>) -> Result<Self, Fault> {
        crate::reading::ParameterReader::new(values, 0).map(|_| Nothing)
    }
}

// `Outcome` refuses to compile a line, finding or step of a rule that declares none, so none of the
// positions below is ever written.
impl Items for Nothing {
    const ITEMS: &'static [ItemDeclaration] = &[];
    const ALL: &'static [Self] = &[];
    fn position(self) -> u32 {
        u32::MAX
    }
}

impl Figures for Nothing {
    const FIGURES: &'static [FigureDeclaration] = &[];
    const ALL: &'static [Self] = &[];
    fn position(self) -> u32 {
        u32::MAX
    }
}

impl Findings for Nothing {
    const FINDINGS: &'static [FindingDeclaration] = &[];
    const ALL: &'static [Self] = &[];
    fn position(self) -> u32 {
        u32::MAX
    }
}

impl Steps for Nothing {
    const STEPS: &'static [StepDeclaration] = &[];
    fn position(&self) -> u32 {
        u32::MAX
    }
    fn values(self) -> Vec<contract::Value> {
        Vec::new()
    }
}
