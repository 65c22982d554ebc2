//! A rule without a formula: it reads as many facts as a Chinese payslip has and writes as many
//! lines. What a call of it costs is the crossing of the boundary; what a payslip costs more is the
//! formula.

use stele_sdk::prelude::*;

/// Declares facts that are all alike.
macro_rules! facts {
    ($($name:ident)*) => {
        /// As many facts as one month of `payroll-cn`.
        #[derive(Facts)]
        pub struct Month {
            $(
                /// An amount.
                pub $name: Option<Decimal>,
            )*
        }
    };
}

facts! {
    a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16
    b1 b2 b3 b4 b5 b6 b7 b8 b9 b10 b11 b12 b13 b14 b15 b16 b17 b18
}

/// How many lines are asked for.
#[derive(Parameters)]
pub struct Size {
    /// Lines of every outcome.
    #[parameter(minimum = "0", maximum = "40")]
    pub lines: i64,
}

/// Declares kinds of lines that are all alike.
macro_rules! items {
    ($($name:ident)*) => {
        /// More kinds of lines than a payslip has.
        #[derive(Items, Clone, Copy)]
        pub enum Item {
            $(
                /// An amount.
                #[item(category = "echo", unit = "units")]
                $name,
            )*
        }
    };
}

items! {
    A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15 A16 A17 A18 A19 A20
    B1 B2 B3 B4 B5 B6 B7 B8 B9 B10 B11 B12 B13 B14 B15 B16 B17 B18 B19 B20
}

/// The rule.
pub struct Echo;

impl Rule for Echo {
    const NAME: &'static str = "bench-echo";
    const MEANING: &'static str = "Writes the first fact on every line.";
    type Facts = Month;
    type Parameters = Size;
    type Item = Item;
    type Figure = Nothing;
    type Finding = Nothing;
    type Step = Nothing;

    fn evaluate(
        size: &Size,
        month: &Month,
        out: &mut Outcome<Item, Nothing, Nothing>,
    ) -> Result<(), Fault> {
        let lines = usize::try_from(size.lines).unwrap_or_default();
        for item in <Item as stele_sdk::Items>::ALL.iter().take(lines) {
            out.line(*item, month.a1.unwrap_or_default());
        }
        Ok(())
    }
}

stele_sdk::export!(Echo);
