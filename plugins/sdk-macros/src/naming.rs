//! Names, meanings and placeholders, checked where they are written.

use heck::ToSnakeCase;
use proc_macro2::Span;
use std::collections::HashSet;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Fields, Ident, Lit, LitStr, Meta, Variant};

/// A name with the place where it is written.
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// The override if there is one, else the identifier in `snake_case`. Contract names begin with a
/// lower-case letter.
pub(crate) fn snake_case(ident: &Ident, override_: Option<&LitStr>) -> syn::Result<Name> {
    let name = name_of(ident, override_);
    let fine = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    match fine(&name.text) {
        true => Ok(name),
        false => Err(syn::Error::new(
            name.span,
            format!("a name is lower-case letters, digits and underscores, found `{}`", name.text),
        )),
    }
}

/// The same for a choice, whose name the law may have given: `0T`, `D0`.
pub(crate) fn choice_name(ident: &Ident, override_: Option<&LitStr>) -> syn::Result<Name> {
    let name = name_of(ident, override_);
    let fine =
        !name.text.is_empty() && name.text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    match fine {
        true => Ok(name),
        false => Err(syn::Error::new(
            name.span,
            format!("a choice's name is letters, digits and underscores, found `{}`", name.text),
        )),
    }
}

fn name_of(ident: &Ident, override_: Option<&LitStr>) -> Name {
    match override_ {
        Some(literal) => Name { text: literal.value(), span: literal.span() },
        None => Name { text: ident.unraw().to_string().to_snake_case(), span: ident.span() },
    }
}

/// What becomes of each, or all errors at once.
pub(crate) fn all<T>(results: impl IntoIterator<Item = syn::Result<T>>) -> syn::Result<Vec<T>> {
    let mut done = Vec::new();
    let mut errors: Option<syn::Error> = None;
    for result in results {
        match (result, &mut errors) {
            (Ok(value), _) => done.push(value),
            (Err(error), Some(errors)) => errors.combine(error),
            (Err(error), None) => errors = Some(error),
        }
    }
    errors.map_or(Ok(done), Err)
}

/// No name twice in a list.
pub(crate) fn unique<'a>(names: impl IntoIterator<Item = &'a Name>) -> syn::Result<()> {
    let mut seen = HashSet::new();
    for name in names {
        if !seen.insert(&name.text) {
            return Err(syn::Error::new(name.span, format!("`{}` is declared twice", name.text)));
        }
    }
    Ok(())
}

/// The doc comment as running text. Without one nobody knows what the thing means.
pub(crate) fn meaning(attributes: &[Attribute], of: &Ident) -> syn::Result<LitStr> {
    let mut text = String::new();
    let mut span = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        let Meta::NameValue(doc) = &attribute.meta else { continue };
        let Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) = &doc.value else { continue };
        for word in line.value().split_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        span.get_or_insert(line.span());
    }
    match span {
        Some(span) if !text.is_empty() => Ok(LitStr::new(&text, span)),
        _ => {
            Err(syn::Error::new(of.span(), format!("say what `{of}` means in a doc comment (///)")))
        }
    }
}

/// Every `{name}` in the sentence is one of these.
pub(crate) fn check_placeholders(sentence: &LitStr, allowed: &[&str]) -> syn::Result<()> {
    let text = sentence.value();
    let mut rest = text.as_str();
    while let Some(start) = rest.find(['{', '}']) {
        let inside = rest[start..].strip_prefix('{').and_then(|rest| rest.split_once('}'));
        let Some((name, after)) = inside else {
            return Err(syn::Error::new(sentence.span(), "a brace without its partner"));
        };
        if !allowed.contains(&name) {
            let allowed: Vec<_> = allowed.iter().map(|name| format!("{{{name}}}")).collect();
            let expected = match allowed.is_empty() {
                true => "no placeholder".to_owned(),
                false => allowed.join(", "),
            };
            return Err(syn::Error::new(
                sentence.span(),
                format!("`{{{name}}}` stands for nothing; expected {expected}"),
            ));
        }
        rest = after;
    }
    Ok(())
}

/// The variant has no fields.
pub(crate) fn check_unit(variant: &Variant) -> syn::Result<()> {
    match &variant.fields {
        Fields::Unit => Ok(()),
        fields => Err(syn::Error::new(fields.span(), "a variant without fields is expected here")),
    }
}
