//! `#[derive(Bracket)]`: the fields of a row say what kind of table it is a row of.

use crate::attributes;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DeriveInput, Fields};

pub(crate) fn derive(input: &DeriveInput) -> syn::Result<TokenStream> {
    let type_ = &input.ident;
    let fields = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => fields.named.iter().filter_map(|field| field.ident.as_ref()),
            _ => {
                return Err(syn::Error::new(
                    type_.span(),
                    "a struct with named fields is expected",
                ));
            }
        },
        _ => return Err(syn::Error::new(type_.span(), "a struct is expected here")),
    };
    let names: Vec<String> = fields.map(ToString::to_string).collect();
    let has = |name: &str| names.iter().any(|field| field == name);
    let mut method = None;
    attributes::each(&input.attrs, "bracket", &["marginal", "whole"], |word, _| {
        method = Some(format_ident!("{}", if word == "marginal" { "Marginal" } else { "Whole" }));
        Ok(())
    })?;
    let limits = [("up_to", "UpTo"), ("over", "Over"), ("at_least", "AtLeast")];
    let limits: Vec<_> = limits.into_iter().filter(|(field, _)| has(field)).collect();
    let ([(limit, kind)], true) = (limits.as_slice(), has("rate")) else {
        let message = "a bracket has one of `up_to`, `over` and `at_least`, and a `rate`";
        return Err(syn::Error::new(type_.span(), message));
    };
    let correction = match method {
        Some(_) => None,
        None if has("quick_deduction") => Some(("quick_deduction", "QuickDeduction")),
        None if has("base_tax") => Some(("base_tax", "BaseTax")),
        None => {
            let message = "say how the rates make a tax: a field `quick_deduction` or `base_tax`, \
                           or #[bracket(marginal)] or #[bracket(whole)]";
            return Err(syn::Error::new(type_.span(), message));
        }
    };
    let constant = |field: &str| format_ident!("{}", field.to_uppercase());
    let (limit_field, limit_column) = (format_ident!("{limit}"), constant(limit));
    let kind = format_ident!("{kind}");
    let limit = match *limit {
        "up_to" => quote!(self.#limit_field),
        _ => quote!(::core::option::Option::Some(self.#limit_field)),
    };
    let (method, column, amount) = match correction {
        None => (
            quote!(#method),
            quote!(::core::option::Option::None),
            quote!(::stele_sdk::Decimal::ZERO),
        ),
        Some((field, method)) => {
            let (column, method) = (constant(field), format_ident!("{method}"));
            let field = format_ident!("{field}");
            (
                quote!(#method(Self::#column.position())),
                quote!(::core::option::Option::Some(Self::#column)),
                quote!(self.#field),
            )
        }
    };
    Ok(quote! {
        #[automatically_derived]
        impl ::stele_sdk::derive::BracketRow for #type_ {
            const TAX: ::stele_sdk::declaration::TaxDeclaration =
                ::stele_sdk::declaration::TaxDeclaration {
                    limit: Self::#limit_column.position(),
                    limits: ::stele_sdk::declaration::Limits::#kind,
                    rate: Self::RATE.position(),
                    method: ::stele_sdk::declaration::TaxMethod::#method,
                };
            const CORRECTION: ::core::option::Option<::stele_sdk::Column> = #column;

            #[inline]
            fn limit(&self) -> ::core::option::Option<::stele_sdk::Decimal> {
                #limit
            }

            #[inline]
            fn rate(&self) -> ::stele_sdk::Decimal {
                self.rate
            }

            #[inline]
            fn correction(&self) -> ::stele_sdk::Decimal {
                #amount
            }
        }
    })
}
