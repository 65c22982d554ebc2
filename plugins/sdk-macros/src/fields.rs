//! `#[derive(Facts)]`, `#[derive(Parameters)]` and `#[derive(Row)]`: structs with named fields.

use crate::attributes::FieldAttributes;
use crate::naming::{self, Name};
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Field, Fields, Ident};

/// What the fields of the struct are.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Role {
    Fact,
    Parameter,
    Column,
}

impl Role {
    fn attribute(self) -> &'static str {
        match self {
            Role::Fact => "fact",
            Role::Parameter => "parameter",
            Role::Column => "column",
        }
    }

    fn known(self) -> &'static [&'static str] {
        match self {
            Role::Fact => &[
                "name",
                "unit",
                "minimum",
                "maximum",
                "decimals",
                "maximum_length",
                "maximum_rows",
                "optional",
                "calculation_date",
            ],
            Role::Parameter => &[
                "name",
                "unit",
                "minimum",
                "maximum",
                "decimals",
                "maximum_length",
                "maximum_rows",
                "optional",
            ],
            Role::Column => &[
                "name",
                "unit",
                "minimum",
                "maximum",
                "decimals",
                "maximum_length",
                "key",
                "selected_by",
            ],
        }
    }
}

/// What one field becomes.
struct Expanded<'a> {
    ident: &'a Ident,
    name: Name,
    declaration: TokenStream,
    check: TokenStream,
    position: TokenStream,
}

pub(crate) fn derive(input: &DeriveInput, role: Role) -> syn::Result<TokenStream> {
    let attribute = role.attribute();
    let Data::Struct(data) = &input.data else {
        return Err(syn::Error::new(input.ident.span(), "a struct is expected here"));
    };
    let Fields::Named(named) = &data.fields else {
        return Err(syn::Error::new(
            input.ident.span(),
            format!("a {attribute} needs a name: write a struct with named fields"),
        ));
    };
    if !input.generics.params.is_empty() {
        return Err(syn::Error::new(input.generics.span(), "generic structs are not supported"));
    }

    let mut calculation_date = false;
    let expanded = named
        .named
        .iter()
        .enumerate()
        .map(|(position, field)| expand(field, position, role, &mut calculation_date));
    let fields = naming::all(expanded)?;
    naming::unique(fields.iter().map(|field| &field.name))?;
    Ok(implementation(&input.ident, role, &fields))
}

fn expand<'a>(
    field: &'a Field,
    position: usize,
    role: Role,
    calculation_date: &mut bool,
) -> syn::Result<Expanded<'a>> {
    let Some(ident) = &field.ident else {
        return Err(syn::Error::new(field.span(), "a field with a name is expected here"));
    };
    let attributes = FieldAttributes::read(&field.attrs, role.attribute(), role.known())?;
    if let Some(span) = attributes.calculation_date
        && std::mem::replace(calculation_date, true)
    {
        return Err(syn::Error::new(span, "one fact takes the date of the calculation"));
    }
    let meaning = naming::meaning(&field.attrs, ident)?;
    let name = naming::snake_case(ident, attributes.name.as_ref())?;
    let (text, type_, vis) = (&name.text, &field.ty, &field.vis);
    let constant = attributes.constant();
    let span = type_.span();
    let (type_trait, shape) = match role {
        Role::Fact | Role::Parameter => {
            let type_trait = quote_spanned!(span=> <#type_ as ::stele_sdk::derive::FieldType>);
            (type_trait.clone(), quote!(shape: #type_trait::SHAPE, tax: #type_trait::TAX,))
        }
        Role::Column => {
            let type_trait = quote_spanned!(span=> <#type_ as ::stele_sdk::derive::ColumnType>);
            let shape = quote!(kind: #type_trait::KIND, required: #type_trait::REQUIRED,);
            (type_trait, shape)
        }
    };
    let declared = match role {
        Role::Fact | Role::Parameter => quote!(::stele_sdk::declaration::FieldDeclaration),
        Role::Column => quote!(::stele_sdk::declaration::ColumnDeclaration),
    };
    let declaration = quote! {
        #declared {
            name: #text,
            meaning: #meaning,
            unit_of_type: #type_trait::UNIT,
            #shape
            attributes: #constant,
        }
    };
    // The span makes the compiler point at the field when the check fails.
    let check = match role {
        Role::Fact => {
            quote_spanned!(span=> const _: () = ::stele_sdk::derive::check_fact(&#declaration);)
        }
        Role::Parameter => {
            quote_spanned!(span=> const _: () = ::stele_sdk::derive::check_parameter(&#declaration);)
        }
        Role::Column => quote_spanned! {span=>
            const _: () = ::stele_sdk::derive::check_column(
                &#type_trait::KIND,
                #type_trait::REQUIRED,
                &#constant,
            );
        },
    };
    let position_type = match role {
        Role::Fact => quote!(::stele_sdk::FactField),
        Role::Parameter => quote!(::stele_sdk::ParameterField),
        Role::Column => quote!(::stele_sdk::Column),
    };
    let constant_name = format_ident!("{}", ident.unraw().to_string().to_uppercase());
    let doc = format!("Position of the {} `{text}`.", role.attribute());
    let at = u32::try_from(position)
        .map_err(|_| syn::Error::new(ident.span(), "more fields than the contract can count"))?;
    let of_row = (role == Role::Column).then(|| quote!(::<Self>));
    let position = quote! {
        #[doc = #doc]
        #vis const #constant_name: #position_type = #position_type::at #of_row (#at);
    };
    Ok(Expanded { ident, name, declaration, check, position })
}

fn implementation(type_: &Ident, role: Role, fields: &[Expanded<'_>]) -> TokenStream {
    let idents: Vec<_> = fields.iter().map(|field| field.ident).collect();
    let declarations = fields.iter().map(|field| &field.declaration);
    let checks = fields.iter().map(|field| &field.check);
    let positions = fields.iter().map(|field| &field.position);
    let count = fields.len();
    let mutability = (!fields.is_empty()).then(|| quote!(mut));
    let (implemented, list, declared, read, values, reader, error) = match role {
        Role::Fact => (
            quote!(::stele_sdk::Facts),
            quote!(FIELDS),
            quote!(FieldDeclaration),
            quote!(read_from),
            quote!(::stele_sdk::derive::FactValues),
            quote!(::stele_sdk::derive::FactReader),
            quote!(::stele_sdk::Fault),
        ),
        Role::Parameter => (
            quote!(::stele_sdk::Parameters),
            quote!(FIELDS),
            quote!(FieldDeclaration),
            quote!(read),
            quote!(::std::vec::Vec<::stele_sdk::derive::Value>),
            quote!(::stele_sdk::derive::ParameterReader),
            quote!(::stele_sdk::Fault),
        ),
        Role::Column => (
            quote!(::stele_sdk::Row),
            quote!(COLUMNS),
            quote!(ColumnDeclaration),
            quote!(read),
            quote!(::std::vec::Vec<::stele_sdk::derive::Scalar>),
            quote!(::stele_sdk::derive::CellReader),
            quote!(::stele_sdk::derive::Unreadable),
        ),
    };
    let body = match role {
        // Two ways for each fact, so that the usual one is a few loads and comparisons.
        Role::Fact => {
            let positions: Vec<_> = (0..count).collect();
            let in_place = (!fields.is_empty()).then(|| quote!(let in_place = reader.in_place();));
            quote! {
                let reader = #reader::new(values, #count)?;
                #in_place
                let read = Self {
                    #(#idents: match in_place.read(#positions) {
                        ::core::option::Option::Some(value) => value,
                        ::core::option::Option::None => reader.take(#positions)?,
                    }),*
                };
                reader.finish();
                ::core::result::Result::Ok(read)
            }
        }
        Role::Parameter | Role::Column => quote! {
            let #mutability reader = #reader::new(values, #count)?;
            // A struct's fields are evaluated in the order in which they are written here.
            ::core::result::Result::Ok(Self { #(#idents: reader.read()?),* })
        },
    };
    let cells = (role == Role::Column).then(|| {
        quote! {
            fn cells(&self) -> ::std::vec::Vec<::stele_sdk::derive::Scalar> {
                ::std::vec![#(::stele_sdk::derive::ColumnType::cell(&self.#idents)),*]
            }
        }
    });
    quote! {
        #(#checks)*

        #[allow(dead_code, unreachable_pub)]
        impl #type_ {
            #(#positions)*
        }

        #[automatically_derived]
        impl #implemented for #type_ {
            const #list: &'static [::stele_sdk::declaration::#declared] = &[#(#declarations),*];

            #[inline]
            fn #read(values: #values) -> ::core::result::Result<Self, #error> {
                #body
            }
            #cells
        }
    }
}
