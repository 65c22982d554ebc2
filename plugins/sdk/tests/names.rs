//! The checks that the compiler makes when a derive macro or `export!` calls them, called at run
//! time: here they panic where there they stop the compilation.

use std::panic::catch_unwind;
use stele_sdk::declaration::{Attributes, FieldDeclaration, Kind, Shape};
use stele_sdk::derive::{check_column, check_fact, check_parameter, names_agree};
use stele_sdk::prelude::*;

/// What the check says, or nothing.
fn said(check: fn()) -> String {
    let Err(panic) = catch_unwind(check) else { return String::new() };
    match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(panic) => panic.downcast::<&str>().map(|text| text.to_string()).unwrap_or_default(),
    }
}

const fn field(kind: Kind, attributes: Attributes) -> FieldDeclaration {
    let shape = Shape::Scalar { kind, required: true };
    FieldDeclaration { name: "x", meaning: "X.", unit_of_type: None, shape, tax: None, attributes }
}

const TABLE: FieldDeclaration = FieldDeclaration {
    shape: Shape::Table(<Rate as Row>::COLUMNS),
    ..field(Kind::Decimal, Attributes::NONE)
};
const INTEGER: Kind = Kind::Integer { minimum: None, maximum: None };
const MINIMUM: Attributes = Attributes { minimum: Some("0.5"), ..Attributes::NONE };

/// Where somebody works.
#[derive(Choice, Clone, Copy)]
enum City {
    /// Beijing.
    Beijing,
}

/// A colour.
#[derive(Choice, Clone, Copy)]
enum Colour {
    /// Red.
    Red,
}

/// What is known.
#[derive(Facts)]
#[allow(dead_code, reason = "only the declarations are looked at")]
struct Known {
    /// Where the employee works.
    city: City,
    /// Colour of the badge.
    colour: Colour,
}

/// A rate.
#[derive(Row)]
#[allow(dead_code, reason = "only the declarations are looked at")]
struct Rate {
    /// Where it holds.
    #[column(key, selected_by = "city")]
    city: City,
}

/// A rate that is selected by what is no fact.
#[derive(Row)]
#[allow(dead_code, reason = "only the declarations are looked at")]
struct Misspelt {
    /// Where it holds.
    #[column(key, selected_by = "town")]
    city: City,
}

/// A rate that is selected by a fact of another type.
#[derive(Row)]
#[allow(dead_code, reason = "only the declarations are looked at")]
struct Mistyped {
    /// Where it holds.
    #[column(key, selected_by = "colour")]
    city: City,
}

/// How it came about.
#[derive(Steps)]
#[allow(dead_code, reason = "only the declarations are looked at")]
enum Step {
    /// By the rates.
    #[step(parameters("rates"))]
    Rates,
}

macro_rules! rule {
    ($rule:ident, $law:ident { $parameter:ident: $row:ty }, $step:ty) => {
        /// The numbers of the law.
        #[derive(Parameters)]
        #[allow(dead_code, reason = "only the declarations are looked at")]
        struct $law {
            /// Rates.
            $parameter: Vec<$row>,
        }

        struct $rule;

        impl Rule for $rule {
            const NAME: &'static str = "names";
            const MEANING: &'static str = "Nothing.";
            type Facts = Known;
            type Parameters = $law;
            type Item = Nothing;
            type Figure = Nothing;
            type Finding = Nothing;
            type Step = $step;
            fn evaluate(
                _: &$law,
                _: &Known,
                _: &mut Outcome<Nothing, Nothing, $step>,
            ) -> Result<(), Fault> {
                Ok(())
            }
        }
    };
}

rule!(Agreeing, Rates { rates: Rate }, Step);
rule!(SelectedByNothing, MisspeltRates { rates: Misspelt }, Nothing);
rule!(SelectedByAnotherType, MistypedRates { rates: Mistyped }, Nothing);
rule!(UsingNothing, RenamedRates { contributions: Rate }, Step);

#[test]
fn names_that_exist_agree() {
    assert_eq!(said(names_agree::<Agreeing>), "");
}

#[test]
fn selected_by_names_a_fact_of_the_same_type() {
    assert_eq!(
        said(names_agree::<SelectedByNothing>),
        "a column says `selected_by = \"town\"`, but no fact has that name"
    );
    assert_eq!(
        said(names_agree::<SelectedByAnotherType>),
        "a column says `selected_by = \"colour\"`, but that fact is of another type"
    );
}

#[test]
fn a_step_names_a_parameter() {
    assert_eq!(
        said(names_agree::<UsingNothing>),
        "a step says `parameters(\"rates\")`, but no parameter has that name"
    );
}

#[test]
fn an_attribute_fits_the_type_of_its_field() {
    const NONE: Attributes = Attributes::NONE;
    assert_eq!(said(|| check_fact(&field(Kind::Decimal, MINIMUM))), "");
    assert_eq!(
        said(|| check_fact(&field(INTEGER, MINIMUM))),
        "`minimum` and `maximum` of an integer are whole numbers"
    );
    assert_eq!(
        said(|| check_fact(&field(Kind::Date, MINIMUM))),
        "`minimum` and `maximum` are for numbers"
    );
    assert_eq!(
        said(|| check_parameter(&field(INTEGER, Attributes { decimals: Some(2), ..NONE }))),
        "`decimals` is for decimals"
    );
    assert_eq!(
        said(|| check_parameter(&field(
            Kind::Decimal,
            Attributes { maximum_length: Some(2), ..NONE }
        ))),
        "`maximum_length` is for texts"
    );
    assert_eq!(
        said(|| check_parameter(&field(Kind::Text, Attributes { unit: Some("h"), ..NONE }))),
        "`unit` is for numbers"
    );
    assert_eq!(
        said(|| check_fact(&field(Kind::Text, Attributes { optional: true, ..NONE }))),
        "`optional` is for tables; a scalar that may be missing is an Option"
    );
    assert_eq!(
        said(|| check_fact(&field(Kind::Text, Attributes { maximum_rows: Some(1), ..NONE }))),
        "`maximum_rows` is for tables"
    );
    assert_eq!(
        said(|| check_fact(&field(Kind::Text, Attributes { calculation_date: true, ..NONE }))),
        "`calculation_date` is for a fact of type Date"
    );
}

#[test]
fn a_key_is_in_a_table_of_parameters_and_always_given() {
    assert_eq!(said(|| check_parameter(&TABLE)), "");
    assert_eq!(
        said(|| check_fact(&TABLE)),
        "a key column is for tables of parameters: this row has one"
    );
    assert_eq!(
        said(|| check_column(&Kind::Text, false, &Attributes { key: true, ..Attributes::NONE })),
        "a key column cannot be an Option"
    );
}
