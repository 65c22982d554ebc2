//! The contract's values are generated three times: for the host, for a rule, and here for the
//! instance without limits. This turns the host's into the other two.

/// Writes a module with `value(&stele_engine::contract::Value) -> $to::Value`.
macro_rules! conversion {
    ($name:ident, $to:path) => {
        pub(crate) mod $name {
            use stele_engine::contract as from;
            use $to as to;

            /// The same value.
            pub(crate) fn value(value: &from::Value) -> to::Value {
                match value {
                    from::Value::Scalar(one) => to::Value::Scalar(scalar(one)),
                    from::Value::Table(rows) => to::Value::Table(
                        rows.iter().map(|row| row.iter().map(scalar).collect()).collect(),
                    ),
                }
            }

            fn scalar(scalar: &from::Scalar) -> to::Scalar {
                match scalar {
                    from::Scalar::None => to::Scalar::None,
                    from::Scalar::Boolean(flag) => to::Scalar::Boolean(*flag),
                    from::Scalar::Integer(number) => to::Scalar::Integer(*number),
                    from::Scalar::Decimal(number) => to::Scalar::Decimal(to::Decimal {
                        negative: number.negative,
                        scale: number.scale,
                        high: number.high,
                        low: number.low,
                    }),
                    from::Scalar::Text(text) => to::Scalar::Text(text.clone()),
                    from::Scalar::Date(day) => to::Scalar::Date(date(day)),
                    from::Scalar::DateTime(moment) => to::Scalar::DateTime(to::DateTime {
                        date: date(&moment.date),
                        hour: moment.hour,
                        minute: moment.minute,
                        second: moment.second,
                        offset: moment.offset,
                    }),
                    from::Scalar::Choice(position) => to::Scalar::Choice(*position),
                }
            }

            fn date(day: &from::Date) -> to::Date {
                to::Date { year: day.year, month: day.month, day: day.day }
            }
        }
    };
}

conversion!(native, stele_sdk::contract);
conversion!(unlimited, crate::unlimited::contract);
