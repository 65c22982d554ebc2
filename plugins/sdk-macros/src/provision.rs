//! `#[provision("Wage Tax Act, s. 3")]`: a function whose `work!` and `say!` become steps.

use proc_macro2::TokenStream;
use quote::quote;
use std::collections::HashMap;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Ident, ItemFn, LitStr, Macro, Member, Stmt, Token, parenthesized};

use crate::scope::{Meaning, Scope};
use crate::{sentence, work};

/// What the attribute says.
struct Said {
    citation: Option<LitStr>,
    parameters: Vec<LitStr>,
}

impl Parse for Said {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut said = Said { citation: None, parameters: Vec::new() };
        while !input.is_empty() {
            if input.peek(LitStr) {
                said.citation = Some(input.parse()?);
            } else {
                let word: Ident = input.parse()?;
                if word != "parameters" {
                    let message = "a citation or `parameters(\"…\")` is expected here";
                    return Err(syn::Error::new(word.span(), message));
                }
                let list;
                parenthesized!(list in input);
                let names = Punctuated::<LitStr, Token![,]>::parse_terminated(&list)?;
                said.parameters.extend(names);
            }
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(said)
    }
}

/// The steps that a provision declares.
pub(crate) struct Steps {
    pub(crate) function: Ident,
    pub(crate) citation: Option<LitStr>,
    pub(crate) parameters: Vec<LitStr>,
    declared: Vec<TokenStream>,
    names: HashMap<String, u32>,
}

impl Steps {
    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.declared.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn declare(&mut self, step: TokenStream) {
        self.declared.push(step);
    }

    /// The code of a step that gives something: that of the function and of what it gives.
    pub(crate) fn name(&mut self, gives: &str) -> String {
        let name = format!("{}_{gives}", self.function);
        let count = self.names.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 { name } else { format!("{name}_{count}") }
    }
}

pub(crate) fn expand(attribute: TokenStream, mut function: ItemFn) -> syn::Result<TokenStream> {
    let Said { citation, parameters } = syn::parse2(attribute)?;
    let scope = Scope::of(&mut function.sig.inputs)?;
    let name = function.sig.ident.clone();
    let steps = Steps {
        function: name.clone(),
        citation,
        parameters,
        declared: Vec::new(),
        names: HashMap::new(),
    };
    let mut rewriting = Rewriting { scope, steps, errors: None };
    rewriting.visit_block_mut(&mut function.block);
    if let Some(error) = rewriting.errors {
        return Err(error);
    }
    let declared = &rewriting.steps.declared;
    if declared.is_empty() {
        let message = "nothing is worked out or said here: a provision has a `work!` or a `say!`";
        return Err(syn::Error::new(name.span(), message));
    }
    let what = format!("The steps of `{name}`.");
    Ok(quote! {
        #function

        #[doc = #what]
        #[allow(non_camel_case_types)]
        pub(crate) enum #name {}

        impl ::stele_sdk::derive::Provision for #name {
            const STEPS: &'static [::stele_sdk::declaration::StepDeclaration] = &[#(#declared),*];
        }
    })
}

/// Goes through the function in the order in which it is written.
struct Rewriting {
    scope: Scope,
    steps: Steps,
    errors: Option<syn::Error>,
}

impl Rewriting {
    /// What a `work!` or `say!` becomes; nothing for other macros.
    fn rewritten(&mut self, call: &Macro) -> Option<Expr> {
        let expanded = if call.path.is_ident("work") {
            work::expand(call, &self.scope, &mut self.steps)
        } else if call.path.is_ident("say") {
            sentence::expand(call, &self.scope, &mut self.steps)
        } else {
            return None;
        };
        match expanded {
            Ok(tokens) => Some(Expr::Verbatim(tokens)),
            Err(error) => {
                self.refuse(error);
                Some(Expr::Verbatim(quote!(::core::default::Default::default())))
            }
        }
    }

    fn refuse(&mut self, error: syn::Error) {
        match &mut self.errors {
            Some(errors) => errors.combine(error),
            None => self.errors = Some(error),
        }
    }

    /// Visits with names of its own.
    fn within(&mut self, visit: impl FnOnce(&mut Self)) {
        let outside = self.scope.clone();
        visit(self);
        self.scope = outside;
    }

    /// `&month.entries` as the rows of that fact.
    fn rows(&self, of: &Expr) -> Option<Meaning> {
        let Expr::Reference(reference) = of else { return None };
        let Expr::Field(field) = &*reference.expr else { return None };
        let (Expr::Path(base), Member::Named(member)) = (&*field.base, &field.member) else {
            return None;
        };
        let Some(Meaning::Fields(type_)) = self.scope.get(&base.path.get_ident()?.to_string())
        else {
            return None;
        };
        let constant = Ident::new(&member.to_string().to_uppercase(), member.span());
        Some(Meaning::RowOf(quote!(#type_::#constant)))
    }
}

impl VisitMut for Rewriting {
    fn visit_block_mut(&mut self, block: &mut Block) {
        self.within(|this| {
            for statement in &mut block.stmts {
                this.visit_stmt_mut(statement);
            }
        });
    }

    fn visit_stmt_mut(&mut self, statement: &mut Stmt) {
        match statement {
            Stmt::Macro(call) => {
                if let Some(value) = self.rewritten(&call.mac) {
                    *statement = Stmt::Expr(value, call.semi_token);
                }
            }
            Stmt::Local(local) => {
                let meaning = Scope::meaning_of(local).unwrap_or_else(|error| {
                    self.refuse(error);
                    None
                });
                visit_mut::visit_local_mut(self, local);
                self.scope.bind_local(local, meaning);
            }
            other => visit_mut::visit_stmt_mut(self, other),
        }
    }

    fn visit_expr_mut(&mut self, value: &mut Expr) {
        if let Expr::Macro(call) = value
            && let Some(rewritten) = self.rewritten(&call.mac)
        {
            *value = rewritten;
            return;
        }
        visit_mut::visit_expr_mut(self, value);
    }

    fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
        self.within(|this| {
            this.scope.forget(&arm.pat);
            visit_mut::visit_arm_mut(this, arm);
        });
    }

    fn visit_expr_let_mut(&mut self, condition: &mut syn::ExprLet) {
        visit_mut::visit_expr_let_mut(self, condition);
        self.scope.forget(&condition.pat);
    }

    fn visit_expr_for_loop_mut(&mut self, each: &mut syn::ExprForLoop) {
        self.within(|this| {
            let rows = this.rows(&each.expr);
            this.scope.bind_pattern(&each.pat, rows);
            visit_mut::visit_expr_for_loop_mut(this, each);
        });
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut syn::ExprClosure) {
        self.within(|this| {
            closure.inputs.iter().for_each(|pattern| this.scope.forget(pattern));
            visit_mut::visit_expr_closure_mut(this, closure);
        });
    }
}
