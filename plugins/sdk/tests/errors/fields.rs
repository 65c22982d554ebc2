use stele_sdk::prelude::*;

#[derive(Facts)]
struct Month {
    gross: Decimal,
    /// An attribute that does not exist.
    #[fact(units = "CNY")]
    misspelt: Decimal,
    /// A bound that is no number.
    #[fact(minimum = "none")]
    bound: Decimal,
    /// A bound that is a float.
    #[fact(maximum = 0.5)]
    float: Decimal,
    /// A unit without text.
    #[fact(unit = " ")]
    empty: Decimal,
    /// A key among facts.
    #[fact(key)]
    key: Decimal,
    /// Said twice.
    #[fact(unit = "hours", unit = "days")]
    twice: Decimal,
    /// A name that is no name.
    #[fact(name = "Gross")]
    name: Decimal,
    /// The date.
    #[fact(calculation_date)]
    on: Date,
    /// The date again.
    #[fact(calculation_date)]
    again: Date,
}

#[derive(Parameters)]
struct Law {
    /// A rate.
    rate: Decimal,
    /// Another rate.
    #[parameter(name = "rate")]
    other: Decimal,
}

#[derive(Parameters)]
struct Positions(Decimal);

#[derive(Row)]
struct Bracket {
    /// Selected, but no key.
    #[column(selected_by = "city")]
    city: String,
    /// Too many digits.
    #[column(decimals = 29)]
    rate: Decimal,
}

// The errors above are all: a type that has errors can still be used.
fn gross(law: &Law, month: &Month) -> Result<Decimal, Fault> {
    fn facts<F: Facts>() {}
    facts::<Month>();
    Ok(law.rate * month.gross)
}

fn main() {}
