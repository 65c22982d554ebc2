//! `work!(out, Item::Tax = half_up(base * rate, CENT))`.

use heck::ToSnakeCase;
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Expr, ExprAssign, Macro, Token};

use crate::attributes::optional;
use crate::expression::Formula;
use crate::operand::Arguments;
use crate::provision::Steps;
use crate::scope::Scope;

/// What stands in the brackets.
struct Work {
    out: Expr,
    target: Target,
    value: Expr,
}

/// What is worked out: one item or figure, or that of several which an index chooses.
struct Target {
    paths: Vec<Expr>,
    chosen: Option<Expr>,
    line: Line,
}

/// When the line is written, and about what.
enum Line {
    Now,
    About(Box<Expr>),
    Later,
}

impl Parse for Work {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let out = input.parse()?;
        input.parse::<Token![,]>()?;
        let assignment: Expr = input.parse()?;
        input.parse::<Option<Token![,]>>()?;
        match assignment {
            Expr::Assign(ExprAssign { left, right, .. }) => {
                Ok(Work { out, target: Target::of(*left)?, value: *right })
            }
            other => {
                let message = "say what it gives: work!(out, Item::Tax = …)";
                Err(syn::Error::new_spanned(other, message))
            }
        }
    }
}

impl Target {
    fn of(written: Expr) -> syn::Result<Self> {
        match written {
            Expr::MethodCall(call) if call.method == "about" && call.args.len() == 1 => {
                let about = call.args.into_iter().next().map(Box::new);
                let line = about.map_or(Line::Now, Line::About);
                Ok(Target { line, ..Target::of(*call.receiver)? })
            }
            Expr::MethodCall(call) if call.method == "later" && call.args.is_empty() => {
                Ok(Target { line: Line::Later, ..Target::of(*call.receiver)? })
            }
            Expr::Index(index) => match *index.expr {
                Expr::Array(array) if !array.elems.is_empty() => Ok(Target {
                    paths: array.elems.into_iter().collect(),
                    chosen: Some(*index.index),
                    line: Line::Now,
                }),
                other => Err(syn::Error::new_spanned(other, "a list of items is expected here")),
            },
            Expr::Path(path) => {
                Ok(Target { paths: vec![Expr::Path(path)], chosen: None, line: Line::Now })
            }
            other => {
                let message = "an item or a figure is expected here: Item::Tax, Figure::Income";
                Err(syn::Error::new_spanned(other, message))
            }
        }
    }
}

/// The items or figures that it gives.
pub(crate) fn gives(call: &Macro) -> Option<Vec<TokenStream>> {
    let work: Work = call.parse_body().ok()?;
    Some(work.target.paths.iter().map(ToTokens::to_token_stream).collect())
}

/// The arithmetic; its steps come to those of the provision.
pub(crate) fn expand(call: &Macro, scope: &Scope, steps: &mut Steps) -> syn::Result<TokenStream> {
    let Work { out, target, value } = call.parse_body()?;
    let mut formula = Formula { scope, arguments: Arguments::default(), tokens: Vec::new() };
    let arithmetic = formula.compile(&value)?;
    let Formula { arguments, tokens, .. } = formula;
    let count = target.paths.len();
    let among = arguments.chosen_among();
    if among != 1 && among != count {
        let message = "an operand is one of so many, and what is worked out here is not";
        return Err(syn::Error::new_spanned(&value, message));
    }
    let first = steps.count();
    for (at, path) in target.paths.iter().enumerate() {
        let name = path.to_token_stream().to_string();
        let name = name.rsplit("::").next().unwrap_or_default().trim().to_snake_case();
        let name = steps.name(&name);
        let citation = optional(&steps.citation);
        let (declared, parameters) = (arguments.declared(at), &steps.parameters);
        steps.declare(quote! {
            ::stele_sdk::declaration::StepDeclaration {
                name: #name,
                text: ::core::option::Option::None,
                formula: ::core::option::Option::Some(
                    ::stele_sdk::declaration::FormulaDeclaration {
                        gives: #path.gives(),
                        tokens: &[#(#tokens),*],
                    },
                ),
                citation: #citation,
                arguments: #declared,
                parameters: &[#(#parameters),*],
            }
        });
    }
    let (bindings, shown, function) = (arguments.bindings(), arguments.shown(), &steps.function);
    let (target_chosen, step) = match (&target.chosen, target.paths.as_slice()) {
        (None, paths) => (paths.first().to_token_stream(), quote!(#first)),
        (Some(index), paths) => {
            let steps = (first..).take(count);
            let (last, before) = (paths.last(), count.saturating_sub(1));
            let paths = paths.iter().take(before);
            let numbers = (0..before).map(Literal::usize_unsuffixed);
            let last_step = first + u32::try_from(before).unwrap_or_default();
            let before: Vec<u32> = steps.take(before).collect();
            let choice = quote! {
                match #index { #(#numbers => (#paths, #before),)* _ => (#last, #last_step) }
            };
            (quote!((#choice).0), quote!((#choice).1))
        }
    };
    let write = match &target.line {
        Line::Now => quote! {
            #out.worked::<#function, _>(#step, #target_chosen, __worked, #shown)
        },
        Line::Later => quote! {
            #out.worked_later::<#function, _>(#step, #target_chosen, __worked, #shown)
        },
        Line::About(subject) => quote! {
            #out.worked_about::<#function, _>(#step, (#target_chosen, #subject), __worked, #shown)
        },
    };
    // In brackets: at the beginning of a statement a block would be one of its own.
    Ok(quote!(({
        #bindings
        let __worked: ::stele_sdk::Decimal = #arithmetic;
        #write
    })))
}
