//! `#[derive(Choice)]`: an enum without fields becomes a list of names.

use crate::attributes;
use crate::naming::{self, Name};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, LitStr, Variant};

pub(crate) fn derive(input: &DeriveInput) -> syn::Result<TokenStream> {
    let Data::Enum(data) = &input.data else {
        return Err(syn::Error::new(input.ident.span(), "an enum is expected here"));
    };
    if data.variants.is_empty() {
        return Err(syn::Error::new(input.ident.span(), "at least one choice is needed"));
    }
    let expanded = naming::all(data.variants.iter().map(expand))?;
    let (names, meanings): (Vec<_>, Vec<_>) = expanded.into_iter().unzip();
    naming::unique(&names)?;

    let type_ = &input.ident;
    let texts = names.iter().map(|name| &name.text);
    let variants: Vec<_> = data.variants.iter().map(|variant| &variant.ident).collect();
    let positions = 0..u32::try_from(variants.len()).unwrap_or(u32::MAX);
    let positions: Vec<_> = positions.collect();
    Ok(quote! {
        #[automatically_derived]
        impl ::stele_sdk::Choice for #type_ {
            const CHOICES: &'static [::stele_sdk::declaration::ChoiceDeclaration] = &[
                #(::stele_sdk::declaration::ChoiceDeclaration { name: #texts, meaning: #meanings }),*
            ];
            const ALL: &'static [Self] = &[#(#type_::#variants),*];

            #[inline]
            fn position(self) -> u32 {
                match self { #(#type_::#variants => #positions),* }
            }
        }

        #[automatically_derived]
        impl ::stele_sdk::derive::ScalarType for #type_ {
            const KIND: ::stele_sdk::declaration::Kind =
                ::stele_sdk::declaration::Kind::Choice(<#type_ as ::stele_sdk::Choice>::CHOICES);

            #[inline]
            fn read(
                scalar: ::stele_sdk::derive::Scalar,
            ) -> ::core::result::Result<Self, ::stele_sdk::derive::Scalar> {
                match scalar {
                    #(::stele_sdk::derive::Scalar::Choice(#positions) =>
                        ::core::result::Result::Ok(#type_::#variants),)*
                    found => ::core::result::Result::Err(found),
                }
            }

            fn cell(&self) -> ::stele_sdk::derive::Scalar {
                ::stele_sdk::derive::Scalar::Choice(::stele_sdk::Choice::position(*self))
            }
        }

        #[automatically_derived]
        impl ::stele_sdk::arithmetic::Operand for #type_ {
            type Value = Self;

            #[inline]
            fn operand(&self) -> Self {
                *self
            }

            fn shown(&self) -> ::stele_sdk::derive::Scalar {
                ::stele_sdk::derive::ScalarType::cell(self)
            }
        }

        #[automatically_derived]
        impl ::stele_sdk::derive::ArgumentType for #type_ {
            fn write(self) -> ::stele_sdk::derive::Scalar {
                ::stele_sdk::derive::Scalar::Text(
                    ::std::borrow::ToOwned::to_owned(::stele_sdk::Choice::name(self)),
                )
            }
        }
    })
}

fn expand(variant: &Variant) -> syn::Result<(Name, LitStr)> {
    naming::check_unit(variant)?;
    let mut name = None;
    attributes::each(&variant.attrs, "choice", &["name"], |_, meta| {
        name = Some(attributes::text(meta)?);
        Ok(())
    })?;
    let name = naming::choice_name(&variant.ident, name.as_ref())?;
    Ok((name, naming::meaning(&variant.attrs, &variant.ident)?))
}
