//! The expressions of a mapping: Rhai without floats, with exact decimals.
//!
//! In scope are the fields of the row (`id`, `date`, `input`, `expected`), the number of the
//! calculation within the row (`i`), the lines of the row's earlier calculations (`done`, a list of
//! maps) and their sums (`totals`). `()` means "not given" for a fact and "not compared" for a line.

use rhai::{Array, Dynamic, Engine, EvalAltResult, Map};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;

type Evaluated<T> = Result<T, Box<EvalAltResult>>;

/// An interpreter with what mappings need beyond the language: `dec`, `round`, `down`, `sum`.
pub(crate) fn engine() -> Engine {
    let mut engine = Engine::new();
    engine.set_max_expr_depths(128, 64);
    engine.register_fn("dec", decimal);
    engine.register_fn("round", |value: Dynamic, places: i64| rounded(value, places, true));
    engine.register_fn("down", |value: Dynamic, places: i64| rounded(value, places, false));
    engine.register_fn("sum", |values: Array| -> Evaluated<Decimal> {
        values.into_iter().map(decimal).sum()
    });
    engine
}

/// A decimal from a decimal, an integer, a text or `()` (which is 0).
pub(crate) fn decimal(value: Dynamic) -> Evaluated<Decimal> {
    if value.is_unit() {
        return Ok(Decimal::ZERO);
    }
    if let Ok(integer) = value.as_int() {
        return Ok(Decimal::from(integer));
    }
    if let Ok(decimal) = value.as_decimal() {
        return Ok(decimal);
    }
    let text = value.into_string().map_err(|found| format!("a number expected, found {found}"))?;
    Decimal::from_str_exact(&text).map_err(|error| format!("{text:?}: {error}").into())
}

fn rounded(value: Dynamic, places: i64, half_up: bool) -> Evaluated<Decimal> {
    let strategy =
        if half_up { RoundingStrategy::MidpointAwayFromZero } else { RoundingStrategy::ToZero };
    let places = u32::try_from(places).map_err(|_| "places: 0 or more expected")?;
    Ok(decimal(value)?.round_dp_with_strategy(places, strategy))
}

/// A JSON value as the expressions see it: numbers are integers or exact decimals.
pub(crate) fn from_json(value: &Value) -> anyhow::Result<Dynamic> {
    Ok(match value {
        Value::Null => Dynamic::UNIT,
        Value::Bool(flag) => Dynamic::from(*flag),
        Value::Number(number) => match number.as_i64() {
            Some(integer) => Dynamic::from(integer),
            None => Dynamic::from_decimal(Decimal::from_str_exact(&number.to_string())?),
        },
        Value::String(text) => Dynamic::from(text.clone()),
        Value::Array(values) => {
            Dynamic::from_array(values.iter().map(from_json).collect::<anyhow::Result<_>>()?)
        }
        Value::Object(fields) => {
            let mut map = Map::new();
            for (name, value) in fields {
                map.insert(name.as_str().into(), from_json(value)?);
            }
            Dynamic::from_map(map)
        }
    })
}

/// The way back: a fact as JSON, decimals as texts. `None` for `()`.
pub(crate) fn to_json(value: Dynamic) -> anyhow::Result<Option<Value>> {
    if value.is_unit() {
        return Ok(None);
    }
    if let Ok(flag) = value.as_bool() {
        return Ok(Some(Value::Bool(flag)));
    }
    if let Ok(integer) = value.as_int() {
        return Ok(Some(Value::from(integer)));
    }
    if let Ok(decimal) = value.as_decimal() {
        return Ok(Some(Value::String(decimal.to_string())));
    }
    if value.is_array() {
        let array = value.into_typed_array::<Dynamic>().map_err(|e| anyhow::anyhow!("{e}"))?;
        let rows: anyhow::Result<Vec<_>> = array.into_iter().map(to_json).collect();
        return Ok(Some(Value::Array(rows?.into_iter().flatten().collect())));
    }
    if value.is_map() {
        let mut object = serde_json::Map::new();
        for (name, value) in value.cast::<Map>() {
            if let Some(value) = to_json(value)? {
                object.insert(name.to_string(), value);
            }
        }
        return Ok(Some(Value::Object(object)));
    }
    Ok(Some(Value::String(
        value.into_string().map_err(|found| anyhow::anyhow!("a fact: {found}"))?,
    )))
}
