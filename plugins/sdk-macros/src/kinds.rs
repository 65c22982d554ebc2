//! `#[derive(Items)]`, `#[derive(Figures)]` and `#[derive(Findings)]`: enums without fields.

use crate::attributes::{self, optional};
use crate::naming::{self, Name};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DeriveInput, Ident, Variant};

pub(crate) fn items(input: &DeriveInput) -> syn::Result<TokenStream> {
    let type_ = &input.ident;
    let gives = gives(input, &format_ident!("Item"));
    let derived = derive(input, "Items", "ITEMS", "ItemDeclaration", |variant| {
        let (mut name, mut category, mut unit, mut citation) = (None, None, None, None);
        let known = ["name", "category", "unit", "citation"];
        attributes::each(&variant.attrs, "item", &known, |word, meta| {
            let text = Some(attributes::text(meta)?);
            match word {
                "name" => name = text,
                "category" => category = text,
                "unit" => unit = text,
                _ => citation = text,
            }
            Ok(())
        })?;
        let Some(category) = category else {
            return Err(syn::Error::new(
                variant.ident.span(),
                "say what kind of item it is: #[item(category = \"earning\")]",
            ));
        };
        let meaning = naming::meaning(&variant.attrs, &variant.ident)?;
        let name = naming::snake_case(&variant.ident, name.as_ref())?;
        let (text, unit, citation) = (&name.text, optional(&unit), optional(&citation));
        let declaration = quote! {
            ::stele_sdk::declaration::ItemDeclaration {
                name: #text,
                meaning: #meaning,
                category: #category,
                unit: #unit,
                citation: #citation,
            }
        };
        Ok((name, declaration))
    })?;
    Ok(quote! {
        #derived
        #gives

        #[automatically_derived]
        impl ::stele_sdk::derive::Target<Self> for #type_ {
            #[inline(always)]
            fn item(self) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(self)
            }
        }
    })
}

pub(crate) fn figures(input: &DeriveInput) -> syn::Result<TokenStream> {
    let type_ = &input.ident;
    let gives = gives(input, &format_ident!("Figure"));
    let derived = derive(input, "Figures", "FIGURES", "FigureDeclaration", |variant| {
        let (mut name, mut unit, mut citation) = (None, None, None);
        attributes::each(&variant.attrs, "figure", &["name", "unit", "citation"], |word, meta| {
            let text = Some(attributes::text(meta)?);
            match word {
                "name" => name = text,
                "unit" => unit = text,
                _ => citation = text,
            }
            Ok(())
        })?;
        let meaning = naming::meaning(&variant.attrs, &variant.ident)?;
        let name = naming::snake_case(&variant.ident, name.as_ref())?;
        let (text, unit, citation) = (&name.text, optional(&unit), optional(&citation));
        let declaration = quote! {
            ::stele_sdk::declaration::FigureDeclaration {
                name: #text,
                meaning: #meaning,
                unit: #unit,
                citation: #citation,
            }
        };
        Ok((name, declaration))
    })?;
    Ok(quote! {
        #derived
        #gives

        #[automatically_derived]
        impl<I> ::stele_sdk::derive::Target<I> for #type_ {
            #[inline(always)]
            fn item(self) -> ::core::option::Option<I> {
                ::core::option::Option::None
            }
        }
    })
}

/// What a variant is where a formula names it.
fn gives(input: &DeriveInput, kind: &Ident) -> TokenStream {
    let type_ = &input.ident;
    let Data::Enum(data) = &input.data else { return TokenStream::new() };
    let variants: Vec<&Ident> = data.variants.iter().map(|variant| &variant.ident).collect();
    let positions: Vec<u32> = (0..).take(variants.len()).collect();
    quote! {
        #[automatically_derived]
        #[allow(dead_code, unreachable_pub)]
        impl #type_ {
            #[doc(hidden)]
            pub const fn gives(self) -> ::stele_sdk::declaration::Gives {
                ::stele_sdk::declaration::Gives::#kind(
                    match self { #(Self::#variants => #positions),* }
                )
            }

            #[doc(hidden)]
            pub const fn source(self) -> ::stele_sdk::declaration::Source {
                ::stele_sdk::declaration::Source::Given(self.gives())
            }
        }
    }
}

pub(crate) fn findings(input: &DeriveInput) -> syn::Result<TokenStream> {
    derive(input, "Findings", "FINDINGS", "FindingDeclaration", |variant| {
        let (mut name, mut severity, mut unit, mut citation) = (None, None, None, None);
        let known = ["breach", "warning", "note", "name", "unit", "citation"];
        attributes::each(&variant.attrs, "finding", &known, |word, meta| {
            match word {
                "name" => name = Some(attributes::text(meta)?),
                "unit" => unit = Some(attributes::text(meta)?),
                "citation" => citation = Some(attributes::text(meta)?),
                _ if severity.is_some() => {
                    return Err(meta.error("one of `breach`, `warning` and `note`, not two"));
                }
                "breach" => severity = Some("Breach"),
                "warning" => severity = Some("Warning"),
                _ => severity = Some("Note"),
            }
            Ok(())
        })?;
        let Some(severity) = severity else {
            return Err(syn::Error::new(
                variant.ident.span(),
                "say how bad it is: #[finding(breach)], #[finding(warning)] or #[finding(note)]",
            ));
        };
        let severity = format_ident!("{severity}");
        let meaning = naming::meaning(&variant.attrs, &variant.ident)?;
        naming::check_placeholders(&meaning, &["subject", "on", "limit", "actual"])?;
        let name = naming::snake_case(&variant.ident, name.as_ref())?;
        let (text, unit, citation) = (&name.text, optional(&unit), optional(&citation));
        let declaration = quote! {
            ::stele_sdk::declaration::FindingDeclaration {
                name: #text,
                meaning: #meaning,
                severity: ::stele_sdk::declaration::Severity::#severity,
                unit: #unit,
                citation: #citation,
            }
        };
        Ok((name, declaration))
    })
}

fn derive(
    input: &DeriveInput,
    implemented: &str,
    list: &str,
    declared: &str,
    declare: impl Fn(&Variant) -> syn::Result<(Name, TokenStream)>,
) -> syn::Result<TokenStream> {
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
    let declared_variants = data.variants.iter().map(|variant| {
        naming::check_unit(variant)?;
        declare(variant)
    });
    let (names, declarations): (Vec<_>, Vec<_>) =
        naming::all(declared_variants)?.into_iter().unzip();
    naming::unique(&names)?;

    let variants: Vec<&Ident> = data.variants.iter().map(|variant| &variant.ident).collect();
    let positions: Vec<u32> = (0..).take(variants.len()).collect();
    let [implemented, list, declared] =
        [implemented, list, declared].map(|text| format_ident!("{text}"));
    Ok(quote! {
        #[automatically_derived]
        impl ::stele_sdk::#implemented for #type_ {
            const #list: &'static [::stele_sdk::declaration::#declared] = &[#(#declarations),*];
            const ALL: &'static [Self] = &[#(#type_::#variants),*];

            #[inline]
            fn position(self) -> u32 {
                match self { #(#type_::#variants => #positions),* }
            }
        }
    })
}
