//! `say!(out, Exempt, "By the certificate, {wages} are not taxed.")`.

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use std::collections::BTreeMap;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, ExprAssign, Ident, LitStr, Macro, Token, parse_quote_spanned};

use crate::attributes::optional;
use crate::operand::{Arguments, known};
use crate::provision::Steps;
use crate::scope::Scope;

/// What stands in the brackets.
struct Say {
    out: Expr,
    name: Ident,
    text: LitStr,
    values: BTreeMap<String, Expr>,
}

impl Parse for Say {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let out = input.parse()?;
        input.parse::<Token![,]>()?;
        let name = input.parse()?;
        input.parse::<Token![,]>()?;
        let text = input.parse()?;
        let mut values = BTreeMap::new();
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let given: Expr = input.parse()?;
            let Expr::Assign(ExprAssign { left, right, .. }) = given else {
                return Err(syn::Error::new_spanned(given, "name it: `tax = month.tax`"));
            };
            let name = quote!(#left).to_string();
            values.insert(name, *right);
        }
        Ok(Say { out, name, text, values })
    }
}

/// The call that says it; its step comes to those of the provision.
pub(crate) fn expand(call: &Macro, scope: &Scope, steps: &mut Steps) -> syn::Result<TokenStream> {
    let Say { out, name, text, mut values } = call.parse_body()?;
    let (sentence, placeholders) = read(&text)?;
    let mut arguments = Arguments::default();
    for (placeholder, unit) in placeholders {
        let variable = format_ident!("{placeholder}");
        let value = values
            .remove(&placeholder)
            .unwrap_or_else(|| parse_quote_spanned!(text.span()=> #variable));
        match known(&value, scope) {
            Ok(Some(known)) => arguments.said_known(&placeholder, &known),
            _ => arguments.said(
                &placeholder,
                unit,
                vec![quote!(::stele_sdk::declaration::Source::Own)],
                quote! {
                    ::stele_sdk::derive::Value::Scalar(
                        ::stele_sdk::derive::ArgumentType::write(#value),
                    )
                },
            ),
        }
    }
    if let Some(unused) = values.keys().next() {
        let message = format!("no `{{{unused}}}` stands in the sentence");
        return Err(syn::Error::new(text.span(), message));
    }
    let step = steps.count();
    let (code, citation) = (name.to_string().to_snake_case(), optional(&steps.citation));
    let (declared, parameters) = (arguments.declared(0), &steps.parameters);
    steps.declare(quote! {
        ::stele_sdk::declaration::StepDeclaration {
            name: #code,
            text: ::core::option::Option::Some(#sentence),
            formula: ::core::option::Option::None,
            citation: #citation,
            arguments: #declared,
            parameters: &[#(#parameters),*],
        }
    });
    let (shown, function) = (arguments.shown(), &steps.function);
    Ok(quote!(#out.said::<#function, _>(#step, #shown)))
}

/// A name in braces, and the unit behind it.
type Placeholder = (String, Option<String>);

/// The sentence without units, and its placeholders with them, each once.
fn read(text: &LitStr) -> syn::Result<(String, Vec<Placeholder>)> {
    let written = text.value();
    let (mut sentence, mut placeholders) = (String::new(), Vec::<Placeholder>::new());
    let mut rest = written.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((inside, after)) = after.split_once('}') else {
            return Err(syn::Error::new(text.span(), "a brace without its partner"));
        };
        let (name, unit) = match inside.split_once(':') {
            Some((name, unit)) => (name.trim(), Some(unit.trim().to_owned())),
            None => (inside.trim(), None),
        };
        if syn::parse_str::<Ident>(name).is_err() {
            let message =
                format!("`{{{inside}}}` is no name: write `{{tax}}` and `tax = …` behind");
            return Err(syn::Error::new(text.span(), message));
        }
        sentence.push_str(before);
        sentence.push_str(&format!("{{{name}}}"));
        if !placeholders.iter().any(|(other, _)| other == name) {
            placeholders.push((name.to_owned(), unit));
        }
        rest = after;
    }
    sentence.push_str(rest);
    Ok((sentence, placeholders))
}
