//! The derive macro of `stele-fields`: it makes a struct readable from a JSON object, field by
//! field. Documentation is in `stele-fields`.

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Field, Fields, LitStr, Path, parse_macro_input};

/// Makes a struct readable from a JSON object. See `stele_fields::FromFields`.
#[proc_macro_derive(FromFields, attributes(fields))]
pub fn from_fields(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

fn derive(input: &DeriveInput) -> syn::Result<Tokens> {
    let Data::Struct(data) = &input.data else {
        return Err(syn::Error::new(input.span(), "only a struct can be read from fields"));
    };
    let Fields::Named(named) = &data.fields else {
        return Err(syn::Error::new(input.span(), "only named fields can be read"));
    };
    let name = &input.ident;
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    let reads = named.named.iter().map(read).collect::<syn::Result<Vec<_>>>()?;
    let fields = named.named.iter().map(|field| &field.ident);
    let Whole { refusals, checks } = Whole::of(input)?;
    Ok(quote! {
        #[automatically_derived]
        impl #generics ::stele_fields::FromFields for #name #arguments #bounds {
            fn from_fields(fields: &mut ::stele_fields::Fields) -> ::core::option::Option<Self> {
                // All of them are read before the first wrong one is an end.
                #(#reads)*
                #(#refusals)*
                let read = Self { #(#fields: #fields?),* };
                #(if let ::core::result::Result::Err(error) = #checks(&read) {
                    fields.wrong(error);
                    return ::core::option::Option::None;
                })*
                ::core::option::Option::Some(read)
            }
        }
    })
}

/// Reads one field into a variable of its name.
fn read(field: &Field) -> syn::Result<Tokens> {
    let (name, kind) = (&field.ident, &field.ty);
    let mut has_default = false;
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("fields")) {
        attribute.parse_nested_meta(|meta| {
            has_default = meta.path.is_ident("default");
            has_default.then_some(()).ok_or_else(|| meta.error("expected `default`"))
        })?;
    }
    let text = name.as_ref().map(ToString::to_string).unwrap_or_default();
    let text = text.strip_prefix("r#").unwrap_or(&text);
    Ok(if has_default {
        quote! {
            let #name = fields
                .take::<::core::option::Option<#kind>>(#text)
                .map(::core::option::Option::unwrap_or_default);
        }
    } else {
        quote! { let #name = fields.take::<#kind>(#text); }
    })
}

/// What the struct itself says about the object that it is read from.
#[derive(Default)]
struct Whole {
    /// Fields that callers might expect, each refused with a sentence.
    refusals: Vec<Tokens>,
    /// What must hold between fields.
    checks: Vec<Path>,
}

impl Whole {
    fn of(input: &DeriveInput) -> syn::Result<Whole> {
        let mut whole = Whole::default();
        for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("fields"))
        {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("check") {
                    whole.checks.push(meta.value()?.parse()?);
                    return Ok(());
                }
                if !meta.path.is_ident("refuse") {
                    return Err(meta.error("expected `check = path` or `refuse(field = \"why\")`"));
                }
                meta.parse_nested_meta(|field| {
                    let name = field.path.require_ident()?.to_string();
                    let why: LitStr = field.value()?.parse()?;
                    whole.refusals.push(quote! { fields.refuse(#name, #why); });
                    Ok(())
                })
            })?;
        }
        Ok(whole)
    }
}
