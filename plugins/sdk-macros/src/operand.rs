//! The values of a step: how each is read, shown and named, and what it is.

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{Expr, ExprCast, ExprField, Ident, Member, Type};

use crate::scope::{Meaning, Scope};

/// One value of a step.
struct Argument {
    /// What tells it from others.
    key: String,
    name: String,
    unit: Option<String>,
    /// What it is: the same for every step, or one for each of those that are chosen among.
    sources: Vec<TokenStream>,
    /// The value in the contract's form.
    shown: TokenStream,
    /// What binds it, where the arithmetic uses it.
    bound: Option<(Ident, TokenStream)>,
}

/// The values of one step, each once.
#[derive(Default)]
pub(crate) struct Arguments(Vec<Argument>);

/// A value that tells what it is.
pub(crate) struct Known<'a> {
    name: String,
    sources: Vec<TokenStream>,
    value: &'a Expr,
}

/// A value that tells what it is, if this is one. An error where it ought to, and does not.
pub(crate) fn known<'a>(value: &'a Expr, scope: &Scope) -> syn::Result<Option<Known<'a>>> {
    match value {
        Expr::Paren(inner) => known(&inner.expr, scope),
        Expr::Field(field) => known_field(value, field, scope).map(Some),
        Expr::Cast(ExprCast { expr, ty, .. }) => {
            let Type::Path(path) = &**ty else {
                let message = "say which item or figure it is: `as Figure::Income`";
                return Err(syn::Error::new_spanned(ty, message));
            };
            let last = path.path.segments.last().map(|segment| segment.ident.to_string());
            let name = last.unwrap_or_default().to_snake_case();
            Ok(Some(Known { name, sources: vec![quote!(#path.source())], value: expr }))
        }
        Expr::Path(path) => {
            let Some(ident) = path.path.get_ident() else { return Ok(None) };
            let name = ident.unraw().to_string();
            let Some(Meaning::Value(paths)) = scope.get(&name) else { return Ok(None) };
            let sources = paths.iter().map(|path| quote!(#path.source())).collect();
            Ok(Some(Known { name, sources, value }))
        }
        _ => Ok(None),
    }
}

fn known_field<'a>(value: &'a Expr, field: &ExprField, scope: &Scope) -> syn::Result<Known<'a>> {
    let base = match &*field.base {
        Expr::Path(path) => path.path.get_ident().map(|ident| ident.unraw().to_string()),
        _ => None,
    };
    let Member::Named(member) = &field.member else {
        return Err(syn::Error::new_spanned(field, unknown()));
    };
    let name = member.unraw().to_string();
    let source = match base.as_deref().and_then(|base| scope.get(base)) {
        Some(Meaning::Fields(type_)) => {
            let constant = format_ident!("{}", name.to_uppercase(), span = member.span());
            quote!(#type_::#constant.source())
        }
        Some(Meaning::RowOf(table)) => quote!(#table.cell(#name)),
        _ => return Err(syn::Error::new_spanned(field, unknown())),
    };
    Ok(Known { name, sources: vec![source], value })
}

/// What to do about a value that does not tell what it is.
pub(crate) fn unknown() -> &'static str {
    "say what it is: bind it by a `work!`, give it `#[is(Figure::…)]`, or write `… as Figure::…`"
}

impl Arguments {
    /// The position of a value that is computed with, and the variable that holds it.
    pub(crate) fn operand(&mut self, known: &Known<'_>) -> (u32, Ident) {
        self.bind(known, "counted")
    }

    /// The same for a bound, which is none where it is missing.
    pub(crate) fn bound(&mut self, known: &Known<'_>) -> (u32, Ident) {
        self.bind(known, "shown")
    }

    fn bind(&mut self, known: &Known<'_>, show: &str) -> (u32, Ident) {
        let (value, sources, show) = (known.value, known.sources.clone(), format_ident!("{show}"));
        let variable = format_ident!("__{}", self.0.len());
        let shown = quote! {
            ::stele_sdk::derive::Value::Scalar(::stele_sdk::arithmetic::Operand::#show(#variable))
        };
        let key = quote!(#show #value #(#sources)*).to_string();
        let at = self.add(Argument {
            key,
            name: known.name.clone(),
            unit: None,
            sources,
            shown,
            bound: Some((variable, quote!(#value))),
        });
        let held = self.0[at].bound.as_ref().map(|(variable, _)| variable.clone());
        (position(at), held.unwrap_or_else(|| format_ident!("__{at}")))
    }

    /// The position of a value in words of its own, and the variable that holds it.
    pub(crate) fn called(&mut self, value: &Expr, words: &syn::LitStr) -> (u32, Ident) {
        let source = quote!(::stele_sdk::declaration::Source::Expression(#words));
        let name = words.value().to_snake_case();
        self.operand(&Known { name, sources: vec![source], value })
    }

    /// The position of a value that is nothing else's, and the variable that holds it.
    pub(crate) fn stated(&mut self, value: &Expr) -> (u32, Ident) {
        let source = quote!(::stele_sdk::declaration::Source::Own);
        let name = match value {
            Expr::Path(path) => path.path.get_ident().map(|ident| ident.unraw().to_string()),
            Expr::Field(ExprField { member: Member::Named(member), .. }) => {
                Some(member.unraw().to_string())
            }
            _ => None,
        };
        let name = name.unwrap_or_else(|| "stated".to_owned());
        self.operand(&Known { name, sources: vec![source], value })
    }

    /// The position of the rows of a table by which an amount is taxed.
    pub(crate) fn rows(&mut self, known: &Known<'_>, amount: &TokenStream) -> u32 {
        let (table, sources) = (known.value, known.sources.clone());
        position(self.add(Argument {
            key: quote!(#table #amount).to_string(),
            name: known.name.clone(),
            unit: None,
            sources,
            shown: quote!(#table.used(#amount)),
            bound: None,
        }))
    }

    /// A value of a sentence, by its name there.
    pub(crate) fn said(
        &mut self,
        name: &str,
        unit: Option<String>,
        sources: Vec<TokenStream>,
        shown: TokenStream,
    ) {
        let key = name.to_owned();
        self.add(Argument { key, name: name.to_owned(), unit, sources, shown, bound: None });
    }

    /// A value that is known, in a sentence.
    pub(crate) fn said_known(&mut self, name: &str, known: &Known<'_>) {
        let value = known.value;
        let shown = quote! {
            ::stele_sdk::derive::Value::Scalar(::stele_sdk::arithmetic::Operand::shown(&#value))
        };
        self.said(name, None, known.sources.clone(), shown);
    }

    fn add(&mut self, mut argument: Argument) -> usize {
        if let Some(same) = self.0.iter().position(|other| other.key == argument.key) {
            return same;
        }
        let taken = |name: &str| self.0.iter().any(|other| other.name == name);
        if taken(&argument.name) {
            let numbered = (2..).map(|number| format!("{}_{number}", argument.name));
            let free = numbered.into_iter().find(|name| !taken(name));
            argument.name = free.unwrap_or_default();
        }
        self.0.push(argument);
        self.0.len() - 1
    }

    /// What binds the values that are computed with.
    pub(crate) fn bindings(&self) -> TokenStream {
        let bound = self.0.iter().filter_map(|argument| argument.bound.as_ref());
        let bindings = bound.map(|(variable, value)| quote!(let #variable = &(#value);));
        quote!(#(#bindings)*)
    }

    /// The values in the contract's form.
    pub(crate) fn shown(&self) -> TokenStream {
        let values = self.0.iter().map(|argument| &argument.shown);
        quote!(|| [#(#values),*])
    }

    /// The arguments of the step that is the given one of those that are chosen among.
    pub(crate) fn declared(&self, chosen: usize) -> TokenStream {
        let arguments = self.0.iter().map(|argument| {
            let Argument { name, unit, sources, .. } = argument;
            let source = sources.get(chosen).or(sources.first());
            let unit = crate::attributes::optional(unit);
            quote! {
                ::stele_sdk::declaration::ArgumentDeclaration {
                    name: #name,
                    unit: #unit,
                    source: #source,
                }
            }
        });
        quote!(&[#(#arguments),*])
    }

    /// How many steps a value is one of several for.
    pub(crate) fn chosen_among(&self) -> usize {
        self.0.iter().map(|argument| argument.sources.len()).max().unwrap_or(1)
    }
}

fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
