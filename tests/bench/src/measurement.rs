//! A number with its bound, and how both are printed.

use comfy_table::{CellAlignment, Table, presets};
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// What a number must hold.
#[derive(Clone, Copy)]
pub(crate) enum Bound {
    /// Nothing: it explains another number.
    None,
    /// At least so much.
    AtLeast(Decimal),
    /// At most so much.
    AtMost(Decimal),
}

/// A measured number.
pub(crate) struct Measurement {
    /// What was measured: `engine.ratio_to_native`.
    pub(crate) name: &'static str,
    /// The number.
    pub(crate) value: Decimal,
    /// What it counts: `ns`, `1/s`, `ratio`.
    pub(crate) unit: &'static str,
    /// What must hold.
    pub(crate) bound: Bound,
}

impl Measurement {
    /// A number without a bound.
    pub(crate) fn plain(name: &'static str, value: impl Into<Decimal>, unit: &'static str) -> Self {
        Self { name, value: value.into(), unit, bound: Bound::None }
    }

    /// A number that must be at least so much.
    pub(crate) fn at_least(
        name: &'static str,
        value: impl Into<Decimal>,
        unit: &'static str,
        bound: Decimal,
    ) -> Self {
        Self { name, value: value.into(), unit, bound: Bound::AtLeast(bound) }
    }

    /// A number that must be at most so much.
    pub(crate) fn at_most(
        name: &'static str,
        value: impl Into<Decimal>,
        unit: &'static str,
        bound: Decimal,
    ) -> Self {
        Self { name, value: value.into(), unit, bound: Bound::AtMost(bound) }
    }

    /// Whether the bound holds; true where there is none.
    pub(crate) fn holds(&self) -> bool {
        match self.bound {
            Bound::None => true,
            Bound::AtLeast(bound) => self.value >= bound,
            Bound::AtMost(bound) => self.value <= bound,
        }
    }

    fn bound_text(&self) -> String {
        match self.bound {
            Bound::None => String::new(),
            Bound::AtLeast(bound) => format!("≥ {bound}"),
            Bound::AtMost(bound) => format!("≤ {bound}"),
        }
    }
}

/// Prints a table, or one JSON object.
pub(crate) fn print(measurements: &[Measurement], as_json: bool) {
    if as_json {
        let all: Vec<Value> = measurements
            .iter()
            .map(|one| {
                json!({
                    "name": one.name, "value": one.value.normalize().to_string(), "unit": one.unit,
                    "bound": one.bound_text(), "holds": one.holds(),
                })
            })
            .collect();
        println!("{}", json!({ "measurements": all }));
        return;
    }
    let mut table = Table::new();
    table.load_preset(presets::UTF8_BORDERS_ONLY);
    table.set_header(["measured", "value", "unit", "bound", ""]);
    for one in measurements {
        let verdict = match (one.bound, one.holds()) {
            (Bound::None, _) => "",
            (_, true) => "holds",
            (_, false) => "DOES NOT HOLD",
        };
        let value = one.value.normalize().to_string();
        table.add_row([one.name, &value, one.unit, &one.bound_text(), verdict]);
    }
    if let Some(column) = table.column_mut(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    println!("{table}");
}
