//! Reads the attributes. An unknown one is an error that says which are known.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, Lit, LitInt, LitStr, Meta, Token};

/// What may be written in `#[fact(…)]`, `#[parameter(…)]` and `#[column(…)]`.
#[derive(Default)]
pub(crate) struct FieldAttributes {
    pub(crate) name: Option<LitStr>,
    unit: Option<LitStr>,
    minimum: Option<String>,
    maximum: Option<String>,
    decimals: Option<u8>,
    maximum_length: Option<u32>,
    maximum_rows: Option<u32>,
    optional: bool,
    pub(crate) calculation_date: Option<Span>,
    key: bool,
    selected_by: Option<LitStr>,
}

impl FieldAttributes {
    /// Reads the attribute of that name; `known` are the words that it may contain.
    pub(crate) fn read(
        attributes: &[Attribute],
        attribute: &str,
        known: &[&str],
    ) -> syn::Result<Self> {
        let mut read = FieldAttributes::default();
        each(attributes, attribute, known, |word, meta| {
            match word {
                "name" => read.name = Some(text(meta)?),
                "unit" => read.unit = Some(text(meta)?),
                "minimum" => read.minimum = Some(number(meta)?),
                "maximum" => read.maximum = Some(number(meta)?),
                "decimals" => read.decimals = Some(decimals(meta)?),
                "maximum_length" => read.maximum_length = Some(count(meta)?),
                "maximum_rows" => read.maximum_rows = Some(count(meta)?),
                "optional" => read.optional = true,
                "calculation_date" => read.calculation_date = Some(meta.path.get_ident_span()),
                "key" => read.key = true,
                _ => read.selected_by = Some(text(meta)?),
            }
            Ok(())
        })?;
        if let (Some(literal), false) = (&read.selected_by, read.key) {
            return Err(syn::Error::new(literal.span(), "`selected_by` is for a `key` column"));
        }
        Ok(read)
    }

    /// As a constant of `stele_sdk::declaration::Attributes`.
    pub(crate) fn constant(&self) -> TokenStream {
        let unit = optional(&self.unit);
        let minimum = optional(&self.minimum);
        let maximum = optional(&self.maximum);
        let decimals = optional(&self.decimals);
        let maximum_length = optional(&self.maximum_length);
        let maximum_rows = optional(&self.maximum_rows);
        let selected_by = optional(&self.selected_by);
        let (optional, key) = (self.optional, self.key);
        let calculation_date = self.calculation_date.is_some();
        quote! {
            ::stele_sdk::declaration::Attributes {
                unit: #unit,
                minimum: #minimum,
                maximum: #maximum,
                decimals: #decimals,
                maximum_length: #maximum_length,
                maximum_rows: #maximum_rows,
                optional: #optional,
                calculation_date: #calculation_date,
                key: #key,
                selected_by: #selected_by,
            }
        }
    }
}

/// The span of a path's identifier.
trait IdentSpan {
    fn get_ident_span(&self) -> Span;
}

impl IdentSpan for syn::Path {
    fn get_ident_span(&self) -> Span {
        self.get_ident().map_or_else(Span::call_site, Ident::span)
    }
}

/// Calls `take` for each word in the attributes of that name.
pub(crate) fn each(
    attributes: &[Attribute],
    attribute: &str,
    known: &[&str],
    mut take: impl FnMut(&str, &ParseNestedMeta<'_>) -> syn::Result<()>,
) -> syn::Result<()> {
    let mut seen: Vec<String> = Vec::new();
    for found in attributes.iter().filter(|found| found.path().is_ident(attribute)) {
        if matches!(found.meta, Meta::Path(_)) {
            continue; // `#[step]` alone says nothing more, and does no harm.
        }
        found.parse_nested_meta(|meta| {
            let word = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            if !known.contains(&word.as_str()) {
                let known = known.join("`, `");
                return Err(meta.error(format!("`{attribute}` knows `{known}`")));
            }
            if seen.contains(&word) {
                return Err(meta.error(format!("`{word}` is written twice")));
            }
            take(&word, &meta)?;
            seen.push(word);
            Ok(())
        })?;
    }
    Ok(())
}

/// The text after `word =`; an empty one says nothing.
pub(crate) fn text(meta: &ParseNestedMeta<'_>) -> syn::Result<LitStr> {
    let literal: LitStr = meta.value()?.parse()?;
    match literal.value().trim().is_empty() {
        true => Err(syn::Error::new(literal.span(), "an empty text says nothing")),
        false => Ok(literal),
    }
}

/// `Some(value)` or `None`, as tokens.
pub(crate) fn optional<T: quote::ToTokens>(value: &Option<T>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

/// A number as exact text: `"0.01"`, `"-5"`, `12` or `-12`.
fn number(meta: &ParseNestedMeta<'_>) -> syn::Result<String> {
    let value = meta.value()?;
    let negative = value.parse::<Option<Token![-]>>()?.is_some();
    let literal: Lit = value.parse()?;
    let (text, span) = match &literal {
        Lit::Str(text) if !negative => (text.value(), text.span()),
        Lit::Int(number) if number.suffix().is_empty() => {
            let sign = if negative { "-" } else { "" };
            (format!("{sign}{}", number.base10_digits()), number.span())
        }
        other => {
            let message = "a bound is an exact text (\"0.01\") or a whole number";
            return Err(syn::Error::new(other.span(), message));
        }
    };
    match is_number(&text) {
        true => Ok(text),
        false => Err(syn::Error::new(
            span,
            format!("a bound is digits with at most one point and 28 digits, found `{text}`"),
        )),
    }
}

/// Digits, perhaps a sign before and a point between them; at most 28 digits, so that every such
/// number is an exact decimal, and without a point at most 18, so that it is a 64-bit integer.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    match text.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction) && text.len() <= 29,
        None => digits(text) && text.len() <= 18,
    }
}

fn decimals(meta: &ParseNestedMeta<'_>) -> syn::Result<u8> {
    let literal: LitInt = meta.value()?.parse()?;
    match literal.base10_parse::<u8>() {
        Ok(decimals @ 0..=28) => Ok(decimals),
        _ => Err(syn::Error::new(literal.span(), "`decimals` is 0 to 28")),
    }
}

fn count(meta: &ParseNestedMeta<'_>) -> syn::Result<u32> {
    let literal: LitInt = meta.value()?.parse()?;
    match literal.base10_parse::<u32>() {
        Ok(count) if count > 0 => Ok(count),
        _ => Err(syn::Error::new(literal.span(), "at least 1, at most 4294967295")),
    }
}
