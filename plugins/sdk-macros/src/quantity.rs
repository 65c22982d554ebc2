//! `#[derive(Quantity)]`: a newtype around a scalar that carries its unit.

use crate::attributes;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields};

pub(crate) fn derive(input: &DeriveInput) -> syn::Result<TokenStream> {
    let type_ = &input.ident;
    let expected = "a struct around one value is expected here: struct Yuan(pub Decimal);";
    let Data::Struct(data) = &input.data else {
        return Err(syn::Error::new(type_.span(), expected));
    };
    let inner = match &data.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => &fields.unnamed[0].ty,
        _ => return Err(syn::Error::new(type_.span(), expected)),
    };
    let mut unit = None;
    attributes::each(&input.attrs, "quantity", &["unit"], |_, meta| {
        unit = Some(attributes::text(meta)?);
        Ok(())
    })?;
    let Some(unit) = unit else {
        let message = "say what it counts: #[quantity(unit = \"…\")]";
        return Err(syn::Error::new(type_.span(), message));
    };
    Ok(quote! {
        #[automatically_derived]
        impl ::stele_sdk::Quantity for #type_ {
            const UNIT: &'static str = #unit;
        }

        #[automatically_derived]
        impl ::stele_sdk::derive::ScalarType for #type_ {
            const KIND: ::stele_sdk::declaration::Kind =
                <#inner as ::stele_sdk::derive::ScalarType>::KIND;
            const UNIT: ::core::option::Option<&'static str> =
                ::core::option::Option::Some(#unit);

            #[inline]
            fn read(
                scalar: ::stele_sdk::derive::Scalar,
            ) -> ::core::result::Result<Self, ::stele_sdk::derive::Scalar> {
                <#inner as ::stele_sdk::derive::ScalarType>::read(scalar).map(#type_)
            }

            fn cell(&self) -> ::stele_sdk::derive::Scalar {
                <#inner as ::stele_sdk::derive::ScalarType>::cell(&self.0)
            }
        }

        #[automatically_derived]
        impl ::stele_sdk::arithmetic::Operand for #type_
        where
            #inner: ::stele_sdk::arithmetic::Operand,
        {
            type Value = <#inner as ::stele_sdk::arithmetic::Operand>::Value;

            #[inline]
            fn operand(&self) -> Self::Value {
                ::stele_sdk::arithmetic::Operand::operand(&self.0)
            }

            fn shown(&self) -> ::stele_sdk::derive::Scalar {
                ::stele_sdk::derive::ScalarType::cell(self)
            }
        }

        #[automatically_derived]
        impl ::stele_sdk::derive::ArgumentType for #type_ {
            const ARGUMENT_UNIT: ::core::option::Option<&'static str> =
                ::core::option::Option::Some(#unit);

            fn write(self) -> ::stele_sdk::derive::Scalar {
                <#inner as ::stele_sdk::derive::ArgumentType>::write(self.0)
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<#type_> for #inner {
            #[inline]
            fn from(quantity: #type_) -> Self {
                quantity.0
            }
        }
    })
}
