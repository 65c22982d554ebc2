//! How measurements are printed.

use comfy_table::{CellAlignment, Table, presets};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::measurement::{Bound, Measurement};

/// Prints a table, or one JSON object.
pub(crate) fn print(measurements: &[Measurement], as_json: bool) {
    if as_json {
        let all: Vec<Value> = measurements.iter().map(object).collect();
        println!("{}", json!({ "measurements": all }));
        return;
    }
    let mut table = Table::new();
    table.load_preset(presets::UTF8_BORDERS_ONLY);
    table.set_header(["measured", "value", "unit", "ratio", "to", "of", "bound", ""]);
    for one in measurements {
        let verdict = match (one.bound, one.holds()) {
            (Bound::None, _) => "",
            (_, true) => "holds",
            (_, false) => "DOES NOT HOLD",
        };
        let reference = one.reference.as_ref();
        table.add_row([
            one.name.as_ref(),
            &text(one.value),
            one.unit,
            &ratio(one).unwrap_or_default(),
            reference.map(|reference| reference.what).unwrap_or_default(),
            &reference.map(|reference| text(reference.value)).unwrap_or_default(),
            &bound(one),
            verdict,
        ]);
    }
    for number in [1, 3, 5] {
        if let Some(column) = table.column_mut(number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    println!("{table}");
}

fn object(one: &Measurement) -> Value {
    let reference = one
        .reference
        .as_ref()
        .map(|reference| json!({ "what": reference.what, "value": text(reference.value) }));
    json!({
        "name": one.name, "value": text(one.value), "unit": one.unit, "ratio": ratio(one),
        "reference": reference, "bound": bound(one), "holds": one.holds(),
    })
}

fn text(value: Decimal) -> String {
    value.normalize().to_string()
}

fn ratio(one: &Measurement) -> Option<String> {
    one.ratio().map(|ratio| text(ratio.round_sf(3).unwrap_or(ratio)))
}

fn bound(one: &Measurement) -> String {
    match one.bound {
        Bound::None => String::new(),
        Bound::Zero => "none".to_owned(),
        Bound::AtLeast(times) => format!("≥ {times} ×"),
        Bound::AtMost { times, plus } if times.is_zero() => format!("≤ {plus} {}", one.unit),
        Bound::AtMost { times, plus } if plus.is_zero() => format!("≤ {times} ×"),
        Bound::AtMost { times, plus } => format!("≤ {times} × + {plus} {}", one.unit),
    }
}
