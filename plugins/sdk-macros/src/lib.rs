//! The derive macros of `stele-sdk`: they make a rule's description, and the code that reads its
//! facts and parameters by position, from field names, types, attributes and doc comments.
//!
//! Nothing here knows the law or the host. Documentation for rule authors is in `stele-sdk`.

mod attributes;
mod bracket;
mod choice;
mod expression;
mod fields;
mod kinds;
mod naming;
mod operand;
mod provision;
mod provisions;
mod quantity;
mod scope;
mod sentence;
mod stand_in;
mod step_groups;
mod steps;
mod work;

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

/// Makes an enum the named intermediate values of a rule.
#[proc_macro_derive(Figures, attributes(figure))]
pub fn figures(input: TokenStream) -> TokenStream {
    derive(parse_macro_input!(input), kinds::figures, stand_in::figures)
}

/// Makes a row one of a table of a tax, beside `#[derive(Row)]`. What its fields mean is said in
/// `stele_sdk::brackets`.
#[proc_macro_derive(Bracket, attributes(bracket))]
pub fn bracket(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input);
    bracket::derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
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

/// On a function that follows a provision of the law: `#[provision("Wage Tax Act, s. 3")]`. The
/// citation goes with each step of the `work!` and `say!` in the function.
///
/// An operand of a `work!` tells what it is:
///
/// - a field of what has its type written, `month: &Month` or `row: &Contribution`, is that fact,
///   parameter or column;
/// - a variable bound by a `work!` in this function is what that one gives;
/// - a parameter or variable with `#[is(Figure::Income)]`, `#[is(Item::Tax)]` or, for a row of a table
///   that is one of several alike, `#[is(Law::BRACKETS)]`, is that;
/// - anything else says it: `paid.total as Figure::Income`, `called(value, "the words for it")`, or
///   `stated(value)` for one that is shown alone, because the figure that it gives says what it is.
#[proc_macro_attribute]
pub fn provision(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let function = parse_macro_input!(item);
    provision::expand(attribute.into(), function)
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

/// Lists the provisions of a rule, and so makes its steps, in the order in which they are listed:
///
/// ```text
/// provisions! {
///     /// How the lines come about.
///     pub enum Step = { income_tax::{withhold, basic_deduction}, net_pay::settle };
/// }
/// ```
#[proc_macro]
pub fn provisions(input: TokenStream) -> TokenStream {
    let list = parse_macro_input!(input as provisions::List);
    provisions::expand(&list).unwrap_or_else(syn::Error::into_compile_error).into()
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
