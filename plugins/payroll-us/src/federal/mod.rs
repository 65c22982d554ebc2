//! What federal law takes from a payment, from top to bottom of the payslip (`payment`): which facts go
//! together (`certificate`) and what holds where one is not stated (`defaults`), the pay and what is not taxed of it (`wages`), income tax withholding by
//! Publication 15-T (`worksheet_1a`; `worksheet_1b` for pensions; `supplemental`), social security and
//! Medicare (`social_security`), unemployment tax (`unemployment`), what is paid out (`net_pay`); and
//! the estimate of a whole year (`year`, `year_terms`, `family_credits`).
//!
//! What stays out: household and agricultural employees, tips that the employer allocates, sick pay by
//! third parties, the valuation of benefits that are not money, railroad retirement, and the
//! territories.

pub(crate) mod certificate;
pub(crate) mod defaults;
pub(crate) mod family_credits;
pub(crate) mod law;
pub(crate) mod law_check;
pub(crate) mod net_pay;
pub(crate) mod payment;
pub(crate) mod retirement;
pub(crate) mod social_security;
pub(crate) mod supplemental;
pub(crate) mod unemployment;
pub(crate) mod wages;
pub(crate) mod worksheet_1a;
pub(crate) mod worksheet_1b;
pub(crate) mod year;
pub(crate) mod year_terms;
