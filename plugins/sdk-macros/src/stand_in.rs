//! What a derive macro yields beside its errors: an implementation that is never run, so that the
//! compiler does not also complain wherever the type is used.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

pub(crate) fn facts(type_: &Ident) -> TokenStream {
    let values = quote!(::stele_sdk::derive::FactValues);
    fields(type_, quote!(Facts), quote!(read_from), values)
}

pub(crate) fn parameters(type_: &Ident) -> TokenStream {
    let values = quote!(::std::vec::Vec<::stele_sdk::derive::Value>);
    fields(type_, quote!(Parameters), quote!(read), values)
}

fn fields(
    type_: &Ident,
    implemented: TokenStream,
    read: TokenStream,
    values: TokenStream,
) -> TokenStream {
    quote! {
        impl ::stele_sdk::#implemented for #type_ {
            const FIELDS: &'static [::stele_sdk::declaration::FieldDeclaration] = &[];
            fn #read(_: #values) -> ::core::result::Result<Self, ::stele_sdk::Fault> { loop {} }
        }
    }
}

pub(crate) fn row(type_: &Ident) -> TokenStream {
    quote! {
        impl ::stele_sdk::Row for #type_ {
            const COLUMNS: &'static [::stele_sdk::declaration::ColumnDeclaration] = &[];
            fn read(
                _: ::std::vec::Vec<::stele_sdk::derive::Scalar>,
            ) -> ::core::result::Result<Self, ::stele_sdk::derive::Unreadable> { loop {} }
            fn cells(&self) -> ::std::vec::Vec<::stele_sdk::derive::Scalar> { loop {} }
        }
    }
}

pub(crate) fn choice(type_: &Ident) -> TokenStream {
    quote! {
        impl ::stele_sdk::Choice for #type_ {
            const CHOICES: &'static [::stele_sdk::declaration::ChoiceDeclaration] = &[];
            const ALL: &'static [Self] = &[];
            fn position(self) -> u32 { loop {} }
        }
        impl ::stele_sdk::derive::ScalarType for #type_ {
            const KIND: ::stele_sdk::declaration::Kind = ::stele_sdk::declaration::Kind::Choice(&[]);
            fn read(
                _: ::stele_sdk::derive::Scalar,
            ) -> ::core::result::Result<Self, ::stele_sdk::derive::Scalar> { loop {} }
            fn cell(&self) -> ::stele_sdk::derive::Scalar { loop {} }
        }
        impl ::stele_sdk::derive::ArgumentType for #type_ {
            fn write(self) -> ::stele_sdk::derive::Scalar { loop {} }
        }
    }
}

pub(crate) fn quantity(type_: &Ident) -> TokenStream {
    quote! {
        impl ::stele_sdk::Quantity for #type_ {
            const UNIT: &'static str = "";
        }
        impl ::stele_sdk::derive::ScalarType for #type_ {
            const KIND: ::stele_sdk::declaration::Kind = ::stele_sdk::declaration::Kind::Decimal;
            fn read(
                _: ::stele_sdk::derive::Scalar,
            ) -> ::core::result::Result<Self, ::stele_sdk::derive::Scalar> { loop {} }
            fn cell(&self) -> ::stele_sdk::derive::Scalar { loop {} }
        }
        impl ::stele_sdk::derive::ArgumentType for #type_ {
            fn write(self) -> ::stele_sdk::derive::Scalar { loop {} }
        }
    }
}

pub(crate) fn items(type_: &Ident) -> TokenStream {
    quote! {
        impl ::stele_sdk::Items for #type_ {
            const ITEMS: &'static [::stele_sdk::declaration::ItemDeclaration] = &[];
            const ALL: &'static [Self] = &[];
            fn position(self) -> u32 { loop {} }
        }
    }
}

pub(crate) fn figures(type_: &Ident) -> TokenStream {
    quote! {
        impl ::stele_sdk::Figures for #type_ {
            const FIGURES: &'static [::stele_sdk::declaration::FigureDeclaration] = &[];
            const ALL: &'static [Self] = &[];
            fn position(self) -> u32 { loop {} }
        }
    }
}

pub(crate) fn findings(type_: &Ident) -> TokenStream {
    quote! {
        impl ::stele_sdk::Findings for #type_ {
            const FINDINGS: &'static [::stele_sdk::declaration::FindingDeclaration] = &[];
            const ALL: &'static [Self] = &[];
            fn position(self) -> u32 { loop {} }
        }
    }
}

pub(crate) fn steps(type_: &Ident) -> TokenStream {
    quote! {
        impl ::stele_sdk::Steps for #type_ {
            const STEPS: &'static [::stele_sdk::declaration::StepDeclaration] = &[];
            fn position(&self) -> u32 { loop {} }
            fn values(self) -> ::std::vec::Vec<::stele_sdk::derive::Value> { loop {} }
        }
    }
}
