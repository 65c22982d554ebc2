//! Constants in bytes.

use crate::encoding::form::many;
use crate::encoding::{Malformed, Reader, Writer};
use crate::value::{Duration, Moment, Time, Value};
use jiff::civil;
use rust_decimal::Decimal;

/// Codes of the kinds of constants.
mod kind {
    pub(super) const NONE: u8 = 0;
    pub(super) const FALSE: u8 = 1;
    pub(super) const TRUE: u8 = 2;
    pub(super) const NUMBER: u8 = 3;
    pub(super) const TEXT: u8 = 4;
    pub(super) const DATE: u8 = 5;
    pub(super) const TIME: u8 = 6;
    pub(super) const MOMENT: u8 = 7;
    pub(super) const MONTHS: u8 = 8;
    pub(super) const DURATION: u8 = 9;
    pub(super) const LIST: u8 = 10;
}

pub(crate) fn read<'a>(reader: &mut Reader<'a>) -> Result<Value<'a>, Malformed> {
    Ok(match reader.byte()? {
        kind::LIST => {
            let count = reader.count()?;
            Value::List(many(count, || scalar(reader, None))?.into())
        }
        code => scalar(reader, Some(code))?,
    })
}

fn scalar<'a>(reader: &mut Reader<'a>, code: Option<u8>) -> Result<Value<'a>, Malformed> {
    let code = match code {
        Some(code) => code,
        None => reader.byte()?,
    };
    Ok(match code {
        kind::NONE => Value::None,
        kind::FALSE => Value::Boolean(false),
        kind::TRUE => Value::Boolean(true),
        kind::NUMBER => Value::Number(number(reader)?),
        kind::TEXT => Value::Text(reader.text()?),
        kind::DATE => Value::Date(date(reader)?),
        kind::TIME => Value::Time(Time { time: time(reader)?, offset: offset(reader)? }),
        kind::MOMENT => Value::Moment(Moment {
            local: date(reader)?.to_datetime(time(reader)?),
            offset: offset(reader)?,
        }),
        kind::MONTHS => Value::Months(i64::from_le_bytes(array(reader)?)),
        kind::DURATION => Value::Duration(Duration {
            seconds: i64::from_le_bytes(array(reader)?),
            nanoseconds: i32::from_le_bytes(array(reader)?),
        }),
        code => return Err(Malformed::UnknownCode(code)),
    })
}

fn array<const N: usize>(reader: &mut Reader<'_>) -> Result<[u8; N], Malformed> {
    reader.bytes(N)?.try_into().map_err(|_| Malformed::Truncated)
}

fn number(reader: &mut Reader<'_>) -> Result<Decimal, Malformed> {
    let sign_and_scale = reader.byte()?;
    let (negative, scale) = (sign_and_scale & 0x80 != 0, u32::from(sign_and_scale & 0x7f));
    if scale > Decimal::MAX_SCALE {
        return Err(Malformed::InvalidConstant);
    }
    let (low, middle, high) = (reader.number()?, reader.number()?, reader.number()?);
    Ok(Decimal::from_parts(low, middle, high, negative, scale))
}

fn date(reader: &mut Reader<'_>) -> Result<civil::Date, Malformed> {
    let year = i16::from_le_bytes(array(reader)?);
    let [month, day] = array(reader)?;
    civil::Date::new(year, month as i8, day as i8).map_err(|_| Malformed::InvalidConstant)
}

fn time(reader: &mut Reader<'_>) -> Result<civil::Time, Malformed> {
    let [hour, minute, second] = array(reader)?;
    let nanosecond = i32::from_le_bytes(array(reader)?);
    civil::Time::new(hour as i8, minute as i8, second as i8, nanosecond)
        .map_err(|_| Malformed::InvalidConstant)
}

fn offset(reader: &mut Reader<'_>) -> Result<Option<i32>, Malformed> {
    Ok(match reader.byte()? {
        0 => None,
        1 => Some(i32::from_le_bytes(array(reader)?)),
        code => return Err(Malformed::UnknownCode(code)),
    })
}

pub(crate) fn write(value: &Value<'_>, writer: &mut Writer) {
    match value {
        Value::Boolean(value) => writer.byte(if *value { kind::TRUE } else { kind::FALSE }),
        Value::Number(value) => {
            let parts = value.unpack();
            writer.byte(kind::NUMBER);
            writer.byte(parts.scale as u8 | if parts.negative { 0x80 } else { 0 });
            [parts.lo, parts.mid, parts.hi].into_iter().for_each(|part| writer.number(part));
        }
        Value::Text(_) | Value::MadeText(_) => {
            writer.byte(kind::TEXT);
            writer.text(value.as_text().unwrap_or_default());
        }
        Value::Date(value) => {
            writer.byte(kind::DATE);
            write_date(*value, writer);
        }
        Value::Time(value) => {
            writer.byte(kind::TIME);
            write_time(value.time, writer);
            write_offset(value.offset, writer);
        }
        Value::Moment(value) => {
            writer.byte(kind::MOMENT);
            write_date(value.local.date(), writer);
            write_time(value.local.time(), writer);
            write_offset(value.offset, writer);
        }
        Value::Months(value) => {
            writer.byte(kind::MONTHS);
            writer.bytes.extend_from_slice(&value.to_le_bytes());
        }
        Value::Duration(value) => {
            writer.byte(kind::DURATION);
            writer.bytes.extend_from_slice(&value.seconds.to_le_bytes());
            writer.bytes.extend_from_slice(&value.nanoseconds.to_le_bytes());
        }
        Value::List(values) => {
            writer.byte(kind::LIST);
            writer.count(values.len());
            values.iter().for_each(|value| write(value, writer));
        }
        // What is made when a program runs is no constant.
        Value::None
        | Value::Choice(_)
        | Value::Context(_)
        | Value::Range(_)
        | Value::Rows(_)
        | Value::Row(_) => writer.byte(kind::NONE),
    }
}

fn write_date(date: civil::Date, writer: &mut Writer) {
    writer.bytes.extend_from_slice(&date.year().to_le_bytes());
    writer.byte(date.month() as u8);
    writer.byte(date.day() as u8);
}

fn write_time(time: civil::Time, writer: &mut Writer) {
    writer.byte(time.hour() as u8);
    writer.byte(time.minute() as u8);
    writer.byte(time.second() as u8);
    writer.bytes.extend_from_slice(&time.subsec_nanosecond().to_le_bytes());
}

fn write_offset(offset: Option<i32>, writer: &mut Writer) {
    writer.byte(u8::from(offset.is_some()));
    if let Some(offset) = offset {
        writer.bytes.extend_from_slice(&offset.to_le_bytes());
    }
}
