//! What the names in a provision stand for, as far as the function says it.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::collections::HashMap;
use syn::visit_mut::VisitMut;
use syn::{Attribute, Expr, ExprArray, FnArg, Local, Pat, Stmt, Type};

use crate::work;

/// What a name stands for.
#[derive(Clone)]
pub(crate) enum Meaning {
    /// Something with fields that are declared: `month: &Month`.
    Fields(TokenStream),
    /// A row of the table of this fact or parameter.
    RowOf(TokenStream),
    /// A value of this item or figure. Several: that of the step that is chosen among as many.
    Value(Vec<TokenStream>),
}

/// The names of the function, as they stand at one place of it.
#[derive(Clone, Default)]
pub(crate) struct Scope(HashMap<String, Meaning>);

impl Scope {
    pub(crate) fn get(&self, name: &str) -> Option<&Meaning> {
        self.0.get(name)
    }

    /// The function's parameters; takes their `#[is(…)]` away.
    pub(crate) fn of(
        inputs: &mut syn::punctuated::Punctuated<FnArg, syn::Token![,]>,
    ) -> syn::Result<Self> {
        let mut scope = Self::default();
        for input in inputs {
            match input {
                FnArg::Receiver(receiver) => {
                    let message = "a provision is a function of its own, not a method";
                    return Err(syn::Error::new_spanned(receiver, message));
                }
                FnArg::Typed(typed) => {
                    let said = take_is(&mut typed.attrs)?;
                    scope.bind(&typed.pat, Some(&typed.ty), said.as_ref());
                }
            }
        }
        Ok(scope)
    }

    /// A `let`, before its value is rewritten; takes its `#[is(…)]` away.
    pub(crate) fn meaning_of(local: &mut Local) -> syn::Result<Option<Meaning>> {
        if let Some(said) = take_is(&mut local.attrs)? {
            return Ok(Some(meaning(&local.pat, said)));
        }
        let Some(init) = &local.init else { return Ok(None) };
        Ok(given(&init.expr).map(Meaning::Value))
    }

    /// Binds what a `let` has said.
    pub(crate) fn bind_local(&mut self, local: &Local, meaning: Option<Meaning>) {
        let (pattern, type_) = match &local.pat {
            Pat::Type(typed) => (&*typed.pat, Some(&*typed.ty)),
            pattern => (pattern, None),
        };
        match meaning {
            Some(meaning) => self.bind_pattern(pattern, Some(meaning)),
            None => self.bind(pattern, type_, None),
        }
    }

    fn bind(&mut self, pattern: &Pat, type_: Option<&Type>, said: Option<&Expr>) {
        self.forget(pattern);
        match (said, type_) {
            (Some(said), _) => self.insert(pattern, meaning_of_type(type_, said.clone())),
            (None, Some(type_)) => {
                if let Some(path) = referred(type_) {
                    self.insert(pattern, Meaning::Fields(path));
                }
            }
            (None, None) => {}
        }
    }

    fn insert(&mut self, pattern: &Pat, meaning: Meaning) {
        if let Pat::Ident(name) = pattern {
            self.0.insert(name.ident.to_string(), meaning);
        }
    }

    /// Binds what a pattern stands for, if that is known.
    pub(crate) fn bind_pattern(&mut self, pattern: &Pat, meaning: Option<Meaning>) {
        self.forget(pattern);
        if let Some(meaning) = meaning {
            self.insert(pattern, meaning);
        }
    }

    /// Names that a pattern binds anew stand for something else from here on.
    pub(crate) fn forget(&mut self, pattern: &Pat) {
        struct Names<'a>(&'a mut HashMap<String, Meaning>);
        impl VisitMut for Names<'_> {
            fn visit_pat_ident_mut(&mut self, name: &mut syn::PatIdent) {
                self.0.remove(&name.ident.to_string());
            }
        }
        Names(&mut self.0).visit_pat_mut(&mut pattern.clone());
    }
}

/// `&Month` and `&'law Month` as `Month`; nothing for what is no path.
fn referred(type_: &Type) -> Option<TokenStream> {
    match type_ {
        Type::Reference(reference) => referred(&reference.elem),
        Type::Path(path) => Some(path.to_token_stream()),
        _ => None,
    }
}

fn take_is(attributes: &mut Vec<Attribute>) -> syn::Result<Option<Expr>> {
    let said = attributes.iter().position(|attribute| attribute.path().is_ident("is"));
    said.map(|at| attributes.remove(at).parse_args()).transpose()
}

fn meaning(pattern: &Pat, said: Expr) -> Meaning {
    match pattern {
        Pat::Type(typed) => meaning_of_type(Some(&typed.ty), said),
        _ => meaning_of_type(None, said),
    }
}

/// A reference is a row, anything else an amount.
fn meaning_of_type(type_: Option<&Type>, said: Expr) -> Meaning {
    match (type_, said) {
        (Some(Type::Reference(_)), table) => Meaning::RowOf(table.to_token_stream()),
        (_, Expr::Array(ExprArray { elems, .. })) => {
            Meaning::Value(elems.iter().map(|path| quote!(#path)).collect())
        }
        (_, path) => Meaning::Value(vec![path.to_token_stream()]),
    }
}

/// What a value is that a `work!` gives, whichever of its branches is taken.
fn given(value: &Expr) -> Option<Vec<TokenStream>> {
    match value {
        Expr::Macro(call) if call.mac.path.is_ident("work") => work::gives(&call.mac),
        Expr::Block(block) => given_by_block(&block.block.stmts),
        Expr::If(choice) => {
            let (_, otherwise) = choice.else_branch.as_ref()?;
            alike([given_by_block(&choice.then_branch.stmts), given(otherwise)])
        }
        Expr::Match(choice) => {
            let ends = |arm: &&syn::Arm| !matches!(&*arm.body, Expr::Return(_));
            alike(choice.arms.iter().filter(ends).map(|arm| given(&arm.body)))
        }
        _ => None,
    }
}

fn given_by_block(statements: &[Stmt]) -> Option<Vec<TokenStream>> {
    match statements.last()? {
        Stmt::Expr(value, None) => given(value),
        Stmt::Macro(call) if call.semi_token.is_none() && call.mac.path.is_ident("work") => {
            work::gives(&call.mac)
        }
        _ => None,
    }
}

fn alike(branches: impl IntoIterator<Item = Option<Vec<TokenStream>>>) -> Option<Vec<TokenStream>> {
    let mut branches = branches.into_iter();
    let first = branches.next()??;
    let text = |values: &[TokenStream]| -> Vec<String> {
        values.iter().map(ToString::to_string).collect()
    };
    let same = branches.all(|other| other.is_some_and(|other| text(&other) == text(&first)));
    same.then_some(first)
}
