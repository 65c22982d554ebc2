use stele_sdk::prelude::*;

#[derive(Choice, Clone, Copy)]
enum City {
    Beijing,
    /// With a street.
    Shanghai(u8),
}

#[derive(Choice, Clone, Copy)]
enum Class {
    /// A name with a space.
    #[choice(name = "D 0")]
    D0,
}

#[derive(Items, Clone, Copy)]
enum Item {
    /// No category.
    Tax,
    #[item(category = "net")]
    Net,
}

#[derive(Findings, Clone, Copy)]
enum Finding {
    /// No severity.
    Late,
    /// Exceeds {maximum}.
    #[finding(breach)]
    Hours,
    /// Exceeds {limit.
    #[finding(breach)]
    Unclosed,
    /// Two severities.
    #[finding(note, warning)]
    Two,
}

#[derive(Steps)]
enum Step {
    /// Income of {incom}.
    Income { income: Decimal },
    /// A position.
    Position(Decimal),
    Silent,
}

#[derive(Items, Clone, Copy)]
enum None {}

#[derive(Quantity, Clone, Copy)]
struct Yuan(Decimal);

#[derive(Quantity, Clone, Copy)]
#[quantity(unit = "CNY")]
struct Pair(Decimal, Decimal);

fn main() {}
