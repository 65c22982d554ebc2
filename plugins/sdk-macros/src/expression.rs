//! The expression of a `work!`: plain arithmetic to be compiled, and the tokens of its formula.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{BinOp, Block, Expr, ExprCall, ExprIf, ExprLit, ExprMethodCall, Lit, Stmt, Token, UnOp};

use crate::operand::{Arguments, known, unknown};
use crate::scope::Scope;

/// Most digits of a number that is written in a formula.
const MOST_DIGITS: usize = 28;

/// Turns an expression into both of its forms.
pub(crate) struct Formula<'a> {
    pub(crate) scope: &'a Scope,
    pub(crate) arguments: Arguments,
    pub(crate) tokens: Vec<TokenStream>,
}

impl Formula<'_> {
    /// The arithmetic of an expression; its tokens come to those before.
    pub(crate) fn compile(&mut self, value: &Expr) -> syn::Result<TokenStream> {
        if let Some(known) = known(value, self.scope)? {
            let (at, variable) = self.arguments.operand(&known);
            self.push(quote!(Argument(#at)));
            return Ok(quote!(::stele_sdk::arithmetic::Operand::operand(#variable)));
        }
        match value {
            Expr::Paren(inner) => self.compile(&inner.expr).map(|inner| quote!((#inner))),
            Expr::Group(inner) => self.compile(&inner.expr),
            Expr::Lit(literal) => self.number(literal),
            Expr::Unary(unary) => {
                let inner = self.compile(&unary.expr)?;
                match unary.op {
                    UnOp::Neg(_) => {
                        self.push(quote!(Negate));
                        Ok(quote!((-#inner)))
                    }
                    UnOp::Not(_) => {
                        self.push(quote!(Not));
                        Ok(quote!((!#inner)))
                    }
                    _ => Err(syn::Error::new_spanned(unary, "no operator of a formula")),
                }
            }
            Expr::Binary(binary) => {
                let (token, function) = operator(&binary.op)?;
                let left = self.compile(&binary.left)?;
                let right = self.compile(&binary.right)?;
                self.push(token);
                Ok(match function {
                    Some(function) => join(function, &left, &right),
                    None => {
                        let op = &binary.op;
                        quote!(#left #op #right)
                    }
                })
            }
            Expr::If(choice) => self.choice(choice),
            Expr::Call(call) => self.call(call),
            Expr::MethodCall(call) => self.tax(call),
            other => Err(syn::Error::new_spanned(other, unknown())),
        }
    }

    fn push(&mut self, token: TokenStream) {
        self.tokens.push(quote!(::stele_sdk::declaration::Token::#token));
    }

    fn number(&mut self, literal: &ExprLit) -> syn::Result<TokenStream> {
        let text = match &literal.lit {
            Lit::Int(number) if number.suffix().is_empty() => number.base10_digits().to_owned(),
            Lit::Float(number) if number.suffix().is_empty() => number.base10_digits().to_owned(),
            other => return Err(syn::Error::new_spanned(other, "a number is expected here")),
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = format!("{whole}{fraction}");
        let number = digits.parse::<u128>().ok().filter(|_| digits.len() <= MOST_DIGITS);
        let Some(number) = number else {
            let message = format!("at most {MOST_DIGITS} digits, and no exponent");
            return Err(syn::Error::new_spanned(literal, message));
        };
        let part = |shift: u32| (number >> shift) as u32;
        let (low, middle, high) = (part(0), part(32), part(64));
        let scale = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
        let number = quote!(::stele_sdk::Decimal::from_parts(#low, #middle, #high, false, #scale));
        self.push(quote!(Number(#number)));
        Ok(number)
    }

    fn choice(&mut self, choice: &ExprIf) -> syn::Result<TokenStream> {
        let Some((_, otherwise)) = &choice.else_branch else {
            return Err(syn::Error::new_spanned(choice, "say what it is otherwise: `else { … }`"));
        };
        let condition = self.compile(&choice.cond)?;
        let then = self.compile(only(&choice.then_branch)?)?;
        let otherwise = match &**otherwise {
            Expr::Block(block) => self.compile(only(&block.block)?)?,
            other => self.compile(other)?,
        };
        self.push(quote!(Choose));
        Ok(quote!((if #condition { #then } else { #otherwise })))
    }

    fn call(&mut self, call: &ExprCall) -> syn::Result<TokenStream> {
        let name = match &*call.func {
            Expr::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
            _ => None,
        };
        let name = name.unwrap_or_default();
        let arguments: Vec<&Expr> = call.args.iter().collect();
        match (name.as_str(), arguments.as_slice()) {
            ("at_least", [amount, bound]) => self.bounded("at_least", "AtLeast", amount, bound),
            ("at_most", [amount, bound]) => self.bounded("at_most", "AtMost", amount, bound),
            ("share", [left, right]) => self.of_two("share", "Share", left, right),
            ("percent", [left, right]) => self.of_two("percent", "Percent", left, right),
            ("days_between", [left, right]) => {
                self.of_two("days_between", "DaysBetween", left, right)
            }
            ("months_between", [left, right]) => {
                self.of_two("months_between", "MonthsBetween", left, right)
            }
            ("years_between", [left, right]) => {
                self.of_two("years_between", "YearsBetween", left, right)
            }
            ("smallest", [_, _, ..]) => self.of_several(&call.args, "Smallest", "smaller"),
            ("largest", [_, _, ..]) => self.of_several(&call.args, "Largest", "larger"),
            ("sum", [_, _, ..]) => self.of_several(&call.args, "Sum", "plus"),
            ("half_up_to", [amount, decimals]) => {
                let amount = self.compile(amount)?;
                let decimals = self.compile(decimals)?;
                self.push(quote!(RoundedTo(::stele_sdk::declaration::Direction::HalfUp)));
                Ok(quote!(::stele_sdk::rounding::half_up_to(#amount, #decimals)))
            }
            ("halfpenny_disregarded", [amount]) => {
                let amount = self.compile(amount)?;
                for (direction, unit) in [("Down", "TENTH_OF_A_PENNY"), ("HalfDown", "PENNY")] {
                    let (direction, unit) = (format_ident!("{direction}"), format_ident!("{unit}"));
                    self.push(quote! {
                        Rounded(
                            ::stele_sdk::declaration::Direction::#direction,
                            ::stele_sdk::rounding::#unit,
                        )
                    });
                }
                Ok(quote!(::stele_sdk::rounding::halfpenny_disregarded(#amount)))
            }
            ("called", [value, words]) => {
                let Expr::Lit(ExprLit { lit: Lit::Str(words), .. }) = words else {
                    return Err(syn::Error::new_spanned(words, "its words, as a text"));
                };
                let (at, variable) = self.arguments.called(value, words);
                self.push(quote!(Argument(#at)));
                Ok(quote!(::stele_sdk::arithmetic::Operand::operand(#variable)))
            }
            ("stated", [value]) => {
                let (at, variable) = self.arguments.stated(value);
                self.push(quote!(Argument(#at)));
                Ok(quote!(::stele_sdk::arithmetic::Operand::operand(#variable)))
            }
            (_, [amount, unit]) if direction(&name).is_some() => {
                let direction = format_ident!("{}", direction(&name).unwrap_or_default());
                let amount = self.compile(amount)?;
                self.push(quote!(Rounded(::stele_sdk::declaration::Direction::#direction, #unit)));
                let function = format_ident!("{name}");
                Ok(quote!(::stele_sdk::rounding::#function(#amount, #unit)))
            }
            _ => Err(syn::Error::new_spanned(
                call,
                "no function of a formula, or not so many operands; `stele_sdk::arithmetic` lists \
                 them",
            )),
        }
    }

    /// A bound that is an operand may be absent.
    fn bounded(
        &mut self,
        function: &str,
        token: &str,
        amount: &Expr,
        bound: &Expr,
    ) -> syn::Result<TokenStream> {
        let amount = self.compile(amount)?;
        let bound = match known(bound, self.scope)? {
            Some(known) => {
                let (at, variable) = self.arguments.bound(&known);
                self.push(quote!(Argument(#at)));
                quote!(#variable)
            }
            None => self.compile(bound)?,
        };
        let (function, token) = (format_ident!("{function}"), format_ident!("{token}"));
        self.push(quote!(#token));
        Ok(quote!(::stele_sdk::arithmetic::#function(#amount, #bound)))
    }

    fn of_two(
        &mut self,
        function: &str,
        token: &str,
        left: &Expr,
        right: &Expr,
    ) -> syn::Result<TokenStream> {
        let (left, right) = (self.compile(left)?, self.compile(right)?);
        let (function, token) = (format_ident!("{function}"), format_ident!("{token}"));
        self.push(quote!(#token));
        Ok(quote!(::stele_sdk::arithmetic::#function(#left, #right)))
    }

    fn of_several(
        &mut self,
        operands: &Punctuated<Expr, Token![,]>,
        token: &str,
        function: &str,
    ) -> syn::Result<TokenStream> {
        let mut joined: Option<TokenStream> = None;
        for operand in operands {
            let operand = self.compile(operand)?;
            joined = Some(match joined {
                Some(joined) => join(function, &joined, &operand),
                None => operand,
            });
        }
        let (token, count) = (format_ident!("{token}"), operands.len());
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.push(quote!(#token(#count)));
        Ok(joined.unwrap_or_default())
    }

    /// `law.brackets.tax(taxable)`
    fn tax(&mut self, call: &ExprMethodCall) -> syn::Result<TokenStream> {
        let table = known(&call.receiver, self.scope)?;
        let (Some(table), true, Some(amount)) = (table, call.method == "tax", call.args.first())
        else {
            let message = "the only method of a formula is that of a table: \
                           `law.brackets.tax(taxable)`";
            return Err(syn::Error::new_spanned(call, message));
        };
        let amount = self.compile(amount)?;
        let rows = self.arguments.rows(&table, &amount);
        self.push(quote!(Tax(#rows)));
        let receiver = &call.receiver;
        Ok(quote!(#receiver.tax(#amount)))
    }
}

/// The token of an operator, and the function of `stele_sdk::arithmetic` that stands for it, if there
/// is one.
fn operator(op: &BinOp) -> syn::Result<(TokenStream, Option<&'static str>)> {
    Ok(match op {
        BinOp::Add(_) => (quote!(Add), Some("plus")),
        BinOp::Sub(_) => (quote!(Subtract), Some("minus")),
        BinOp::Mul(_) => (quote!(Multiply), None),
        BinOp::Div(_) => (quote!(Divide), None),
        BinOp::Eq(_) => (quote!(Equal), None),
        BinOp::Ne(_) => (quote!(Unequal), None),
        BinOp::Lt(_) => (quote!(Less), None),
        BinOp::Le(_) => (quote!(LessOrEqual), None),
        BinOp::Gt(_) => (quote!(More), None),
        BinOp::Ge(_) => (quote!(MoreOrEqual), None),
        BinOp::And(_) => (quote!(Both), None),
        BinOp::Or(_) => (quote!(Either), None),
        other => return Err(syn::Error::new_spanned(other, "no operator of a formula")),
    })
}

/// Two numbers, joined by a function of `stele_sdk::arithmetic`.
fn join(function: &str, left: &TokenStream, right: &TokenStream) -> TokenStream {
    let function = format_ident!("{function}");
    quote!(::stele_sdk::arithmetic::#function(#left, #right))
}

fn direction(function: &str) -> Option<&'static str> {
    Some(match function {
        "half_up" => "HalfUp",
        "half_down" => "HalfDown",
        "half_even" => "HalfEven",
        "up" => "Up",
        "down" => "Down",
        "ceiling" => "Ceiling",
        "floor" => "Floor",
        _ => return None,
    })
}

/// The expression that a block is.
fn only(block: &Block) -> syn::Result<&Expr> {
    match block.stmts.as_slice() {
        [Stmt::Expr(value, None)] => Ok(value),
        _ => Err(syn::Error::new_spanned(block, "one expression is expected here")),
    }
}
