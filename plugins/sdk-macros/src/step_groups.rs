//! `#[derive(Steps)]` on an enum of other such enums: their steps one after the other, so that a
//! rule with many sentences can keep each part of the law in a file of its own.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, Fields, Ident, Type};

/// The variants and what they hold, if each holds one thing without a name.
pub(crate) fn groups(data: &DataEnum) -> Option<Vec<(&Ident, &Type)>> {
    let group = |variant: &'_ syn::Variant| -> bool {
        matches!(&variant.fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1)
    };
    if !data.variants.iter().all(group) {
        return None;
    }
    let held = data
        .variants
        .iter()
        .flat_map(|variant| variant.fields.iter().map(move |field| (&variant.ident, &field.ty)));
    Some(held.collect())
}

pub(crate) fn derive(type_: &Ident, groups: &[(&Ident, &Type)]) -> TokenStream {
    let (variants, types): (Vec<_>, Vec<_>) = groups.iter().copied().unzip();
    let numbers = 0..groups.len();
    quote! {
        const _: () = {
            const GROUPS: &[&[::stele_sdk::declaration::StepDeclaration]] =
                &[#(<#types as ::stele_sdk::Steps>::STEPS),*];

            #[automatically_derived]
            impl ::stele_sdk::Steps for #type_ {
                const STEPS: &'static [::stele_sdk::declaration::StepDeclaration] =
                    &::stele_sdk::derive::all_steps::<{
                        ::stele_sdk::derive::steps_before(GROUPS, GROUPS.len())
                    }>(GROUPS);

                fn position(&self) -> u32 {
                    match self {
                        #(#type_::#variants(step) => {
                            let before =
                                const { ::stele_sdk::derive::steps_before(GROUPS, #numbers) };
                            before as u32 + ::stele_sdk::Steps::position(step)
                        })*
                    }
                }

                fn values(self) -> ::std::vec::Vec<::stele_sdk::derive::Value> {
                    match self {
                        #(#type_::#variants(step) => ::stele_sdk::Steps::values(step)),*
                    }
                }
            }
        };

        #(
            #[automatically_derived]
            impl ::core::convert::From<#types> for #type_ {
                fn from(step: #types) -> Self {
                    #type_::#variants(step)
                }
            }
        )*
    }
}
