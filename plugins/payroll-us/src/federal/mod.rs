//! What federal law takes from a payment, from top to bottom of the payslip (`payment`): which facts go
//! together (`certificate`) and what holds where one is not stated (`defaults`), the pay and what is not taxed of it (`wages`), income tax withholding by
//! Publication 15-T (`worksheet_1a`; `worksheet_1b` for pensions; `supplemental`), social security and
//! Medicare (`social_security`), unemployment tax (`unemployment`), what is paid out (`net_pay`); and
//! the estimate of a whole year (`year`, `year_terms`, `family_credits`).
//!
//! What stays out: household and agricultural employees, tips that the employer allocates, sick pay by
//! third parties, the valuation of benefits that are not money, railroad retirement, and the
//! territories.

mod certificate;
mod defaults;
mod family_credits;
pub(crate) mod law;
pub(crate) mod law_check;
mod net_pay;
pub(crate) mod payment;
mod retirement;
mod social_security;
mod supplemental;
mod unemployment;
mod wages;
mod worksheet_1a;
mod worksheet_1b;
pub(crate) mod year;
mod year_terms;
