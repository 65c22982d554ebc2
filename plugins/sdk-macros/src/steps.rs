//! `#[derive(Steps)]`: an enum whose variants carry the arguments of a sentence. One whose variants
//! each hold another such enum is for `step_groups`.

use crate::attributes::{self, optional};
use crate::naming::{self, Name};
use crate::step_groups;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{
    Data, DeriveInput, Field, Fields, Ident, LitStr, Token, Variant, punctuated::Punctuated,
};

/// What one variant becomes.
struct Expanded<'a> {
    variant: &'a Ident,
    name: Name,
    declaration: TokenStream,
    arguments: Vec<&'a Ident>,
}

pub(crate) fn derive(input: &DeriveInput) -> syn::Result<TokenStream> {
    let type_ = &input.ident;
    let Data::Enum(data) = &input.data else {
        return Err(syn::Error::new(type_.span(), "an enum is expected here"));
    };
    if data.variants.is_empty() {
        return Err(syn::Error::new(
            type_.span(),
            "an enum without variants declares nothing: use `Nothing` in the rule",
        ));
    }
    if let Some(groups) = step_groups::groups(data) {
        return Ok(step_groups::derive(type_, &groups));
    }
    let steps = naming::all(data.variants.iter().map(expand))?;
    naming::unique(steps.iter().map(|step| &step.name))?;

    let declarations = steps.iter().map(|step| &step.declaration);
    let positions = steps.iter().zip(0_u32..).map(|(step, position)| {
        let variant = step.variant;
        quote!(#type_::#variant { .. } => #position)
    });
    let values = steps.iter().map(|step| {
        let (variant, arguments) = (step.variant, &step.arguments);
        quote! {
            #type_::#variant { #(#arguments),* } => {
                ::std::vec![#(::stele_sdk::derive::Value::Scalar(
                    ::stele_sdk::derive::ArgumentType::write(#arguments)
                )),*]
            }
        }
    });
    Ok(quote! {
        #[automatically_derived]
        impl ::stele_sdk::Steps for #type_ {
            const STEPS: &'static [::stele_sdk::declaration::StepDeclaration] =
                &[#(#declarations),*];

            fn position(&self) -> u32 {
                match self { #(#positions),* }
            }

            fn values(self) -> ::std::vec::Vec<::stele_sdk::derive::Value> {
                match self { #(#values),* }
            }
        }
    })
}

fn expand(variant: &Variant) -> syn::Result<Expanded<'_>> {
    let (mut name, mut citation, mut parameters) = (None, None, Vec::new());
    let known = ["name", "citation", "parameters"];
    attributes::each(&variant.attrs, "step", &known, |word, meta| {
        match word {
            "name" => name = Some(attributes::text(meta)?),
            "citation" => citation = Some(attributes::text(meta)?),
            _ => {
                let list;
                syn::parenthesized!(list in meta.input);
                let names = Punctuated::<LitStr, Token![,]>::parse_terminated(&list)?;
                parameters.extend(names.into_iter().map(|name| name.value()));
            }
        }
        Ok(())
    })?;
    let fields: Vec<&Field> = match &variant.fields {
        Fields::Unit => Vec::new(),
        Fields::Named(fields) => fields.named.iter().collect(),
        Fields::Unnamed(fields) => {
            let message = "an argument needs a name: write { income: Decimal }";
            return Err(syn::Error::new(fields.span(), message));
        }
    };
    let mut arguments = Vec::new();
    let mut declared = Vec::new();
    for field in fields {
        let Some(ident) = &field.ident else { continue };
        declared.push(argument(field, ident)?);
        arguments.push(ident);
    }
    let text = naming::meaning(&variant.attrs, &variant.ident)?;
    let names: Vec<String> = arguments.iter().map(|ident| argument_name(ident)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    naming::check_placeholders(&text, &names)?;
    let name = naming::snake_case(&variant.ident, name.as_ref())?;
    let (code, citation) = (&name.text, optional(&citation));
    let declaration = quote! {
        ::stele_sdk::declaration::StepDeclaration {
            name: #code,
            text: ::core::option::Option::Some(#text),
            formula: ::core::option::Option::None,
            citation: #citation,
            arguments: &[#(#declared),*],
            parameters: &[#(#parameters),*],
        }
    };
    Ok(Expanded { variant: &variant.ident, name, declaration, arguments })
}

fn argument(field: &Field, ident: &Ident) -> syn::Result<TokenStream> {
    let mut unit = None;
    attributes::each(&field.attrs, "argument", &["unit"], |_, meta| {
        unit = Some(attributes::text(meta)?);
        Ok(())
    })?;
    let (name, type_) = (argument_name(ident), &field.ty);
    let unit = match unit {
        Some(unit) => quote!(::core::option::Option::Some(#unit)),
        None => quote_spanned! {type_.span()=>
            <#type_ as ::stele_sdk::derive::ArgumentType>::ARGUMENT_UNIT
        },
    };
    Ok(quote! {
        ::stele_sdk::declaration::ArgumentDeclaration {
            name: #name,
            unit: #unit,
            source: ::stele_sdk::declaration::Source::Own,
        }
    })
}

fn argument_name(ident: &Ident) -> String {
    syn::ext::IdentExt::unraw(ident).to_string()
}
