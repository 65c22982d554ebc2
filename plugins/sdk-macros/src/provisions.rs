//! `provisions!`: the provisions of a rule as one list of steps.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, Token, UseTree, Visibility, braced};

/// `pub enum Step = { income_tax::{withhold, basic_deduction}, net_pay::settle };`
pub(crate) struct List {
    attributes: Vec<Attribute>,
    visibility: Visibility,
    name: Ident,
    trees: Punctuated<UseTree, Token![,]>,
}

impl Parse for List {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        input.parse::<Token![enum]>()?;
        let name = input.parse()?;
        input.parse::<Token![=]>()?;
        let trees;
        braced!(trees in input);
        let trees = trees.call(Punctuated::parse_terminated)?;
        input.parse::<Option<Token![;]>>()?;
        Ok(List { attributes, visibility, name, trees })
    }
}

pub(crate) fn expand(list: &List) -> syn::Result<TokenStream> {
    let List { attributes, visibility, name, trees } = list;
    let mut paths = Vec::new();
    for tree in trees {
        collect(tree, TokenStream::new(), &mut paths)?;
    }
    let numbers = 0..paths.len();
    Ok(quote! {
        #(#attributes)*
        #[derive(Clone, Copy, Debug)]
        #visibility enum #name {}

        const _: () = {
            const GROUPS: &[&[::stele_sdk::declaration::StepDeclaration]] =
                &[#(<#paths as ::stele_sdk::derive::Provision>::STEPS),*];

            impl ::stele_sdk::Steps for #name {
                const STEPS: &'static [::stele_sdk::declaration::StepDeclaration] =
                    &::stele_sdk::derive::all_steps::<{
                        ::stele_sdk::derive::steps_before(GROUPS, GROUPS.len())
                    }>(GROUPS);

                fn position(&self) -> u32 {
                    match *self {}
                }

                fn values(self) -> ::std::vec::Vec<::stele_sdk::derive::Value> {
                    match self {}
                }
            }

            #(
                impl ::stele_sdk::derive::Listed<#name> for #paths {
                    const FIRST: u32 = ::stele_sdk::derive::steps_before(GROUPS, #numbers) as u32;
                }
            )*
        };
    })
}

/// The paths in a tree.
fn collect(tree: &UseTree, before: TokenStream, paths: &mut Vec<TokenStream>) -> syn::Result<()> {
    match tree {
        UseTree::Path(path) => {
            let ident = &path.ident;
            collect(&path.tree, quote!(#before #ident ::), paths)
        }
        UseTree::Name(name) => {
            let ident = &name.ident;
            paths.push(quote!(#before #ident));
            Ok(())
        }
        UseTree::Group(group) => {
            group.items.iter().try_for_each(|tree| collect(tree, before.clone(), paths))
        }
        UseTree::Glob(_) | UseTree::Rename(_) => {
            Err(syn::Error::new_spanned(tree, "name each provision, so that their order is seen"))
        }
    }
}
