//! The derive macros of `stele-sdk`: they make a rule's description, and the code that reads its
//! facts and parameters by position, from field names, types, attributes and doc comments.
//!
//! Nothing here knows the law or the host. Documentation for rule authors is in `stele-sdk`.

mod attributes;
mod choice;
mod fields;
mod kinds;
mod naming;
mod quantity;
mod stand_in;
mod step_groups;
mod steps;

use proc_macro::TokenStream;
use syn::{DeriveInput, Ident, parse_macro_input};

/// Makes a struct the facts of a rule.
#[proc_macro_derive(Facts, attributes(fact))]
pub fn facts(input: TokenStream) -> TokenStream {
    derive(
        parse_macro_input!(input),
        |input| fields::derive(input, fields::Role::Fact),
        stand_in::facts,
    )
}

/// Makes a struct the parameters of a rule.
#[proc_macro_derive(Parameters, attributes(parameter))]
pub fn parameters(input: TokenStream) -> TokenStream {
    derive(
        parse_macro_input!(input),
        |input| fields::derive(input, fields::Role::Parameter),
        stand_in::parameters,
    )
}

/// Makes a struct the row of a table.
#[proc_macro_derive(Row, attributes(column))]
pub fn row(input: TokenStream) -> TokenStream {
    derive(
        parse_macro_input!(input),
        |input| fields::derive(input, fields::Role::Column),
        stand_in::row,
    )
}

/// Makes an enum a list of names to choose from.
#[proc_macro_derive(Choice, attributes(choice))]
pub fn choice(input: TokenStream) -> TokenStream {
    derive(parse_macro_input!(input), choice::derive, stand_in::choice)
}

/// Makes a newtype around a scalar a quantity with a unit.
#[proc_macro_derive(Quantity, attributes(quantity))]
pub fn quantity(input: TokenStream) -> TokenStream {
    derive(parse_macro_input!(input), quantity::derive, stand_in::quantity)
}

/// Makes an enum the kinds of lines that a rule writes.
#[proc_macro_derive(Items, attributes(item))]
pub fn items(input: TokenStream) -> TokenStream {
    derive(parse_macro_input!(input), kinds::items, stand_in::items)
}

/// Makes an enum the kinds of findings that a rule makes.
#[proc_macro_derive(Findings, attributes(finding))]
pub fn findings(input: TokenStream) -> TokenStream {
    derive(parse_macro_input!(input), kinds::findings, stand_in::findings)
}

/// Makes an enum the kinds of steps of a rule's explanations.
#[proc_macro_derive(Steps, attributes(step, argument))]
pub fn steps(input: TokenStream) -> TokenStream {
    derive(parse_macro_input!(input), steps::derive, stand_in::steps)
}

fn derive(
    input: DeriveInput,
    derive: fn(&DeriveInput) -> syn::Result<proc_macro2::TokenStream>,
    stand_in: fn(&Ident) -> proc_macro2::TokenStream,
) -> TokenStream {
    let derived = derive(&input).unwrap_or_else(|error| {
        let mut tokens = error.into_compile_error();
        tokens.extend(stand_in(&input.ident));
        tokens
    });
    derived.into()
}
