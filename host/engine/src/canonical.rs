//! The hot call, `evaluate`: its facts and its answer as the canonical ABI of the component model
//! lays them out in the rule's memory.
//!
//! The generated bindings look up the memory again for each field that they write, and the type of
//! each field that they read: that took half of a crossing. Here the facts are written in one pass
//! over one stretch of memory, and the lines are read in one. Whatever owns memory of its own
//! (texts, tables with rows), whatever is rare (findings, steps, faults) and whatever is wrong is
//! left to the generated code, so that the meaning of an error has one place.
//!
//! The types on both sides stay the contract's: the functions are compared with the generated types
//! when an instance is made. The layouts below follow from them; the sizes are asserted.

use std::marker::PhantomData;
use std::mem::MaybeUninit;

use wasmtime::ValRaw;
use wasmtime::component::__internal::{
    CanonicalAbiInfo, InstanceType, InterfaceType, LiftContext, LowerContext,
};
use wasmtime::component::{ComponentType, Lift, Lower};

use crate::contract::{Date, Decimal, Fault, Line, Outcome, Scalar, Step, Value, version_1_0};
use crate::memory::Pristine;

/// `list<value>`, and what the memory must be before they are written to it.
pub(crate) struct Facts<'a> {
    pub(crate) values: &'a [Value],
    /// None: as the call before left it.
    pub(crate) memory: Option<&'a Pristine>,
}

/// `result<outcome, fault>`, where `O` is the outcome of a version of the contract. Their steps
/// differ; whatever else is read here is laid out alike.
pub(crate) struct Answer<O> {
    pub(crate) result: Result<Outcome, Fault>,
    version: PhantomData<fn() -> O>,
}

/// The outcome of a version.
pub(crate) trait OutcomeOf: ComponentType + Lift + Into<Outcome> + 'static {
    /// Its steps.
    type Step: Lift + Into<Step>;
}

impl OutcomeOf for Outcome {
    type Step = Step;
}

impl OutcomeOf for version_1_0::Outcome {
    type Step = version_1_0::Step;
}

/// A value: the tag of the variant, and at 8 a scalar or the list of rows.
const VALUE: usize = 32;
/// Where a table without rows has them: nowhere, at the alignment of a row, as the bindings of a rule
/// answer who asks them for no memory.
const ROWS_OF_NONE: u32 = 4;
/// A line: the item, at 8 the amount, at 24 the optional subject.
const LINE: usize = 40;

const _: () = {
    assert!(<Value as ComponentType>::SIZE32 == VALUE);
    assert!(<Value as ComponentType>::ALIGN32 == 8);
    assert!(<Vec<Scalar> as ComponentType>::ALIGN32 == ROWS_OF_NONE);
    assert!(<Line as ComponentType>::SIZE32 == LINE);
    assert!(<Line as ComponentType>::ALIGN32 == 8);
    assert!(<Outcome as ComponentType>::SIZE32 == 24);
    assert!(<Result<Outcome, Fault> as ComponentType>::ALIGN32 == 4);
    assert!(<version_1_0::Outcome as ComponentType>::SIZE32 == 24);
    assert!(<Result<version_1_0::Outcome, Fault> as ComponentType>::ALIGN32 == 4);
};

// SAFETY: everything that describes the type is that of the list that it wraps.
unsafe impl ComponentType for Facts<'_> {
    type Lower = <[Value] as ComponentType>::Lower;

    const ABI: CanonicalAbiInfo = <[Value] as ComponentType>::ABI;

    fn typecheck(ty: &InterfaceType, types: &InstanceType<'_>) -> wasmtime::Result<()> {
        <[Value]>::typecheck(ty, types)
    }
}

// SAFETY: what is written is a list of the contract's values, as the generated code would write it.
unsafe impl Lower for Facts<'_> {
    fn linear_lower_to_flat<T>(
        &self,
        cx: &mut LowerContext<'_, T>,
        ty: InterfaceType,
        to: &mut MaybeUninit<Self::Lower>,
    ) -> wasmtime::Result<()> {
        // Before the rule hands out memory for them, which is the first that it does in this call.
        if let Some(pristine) = self.memory {
            pristine.prepare(cx.as_slice_mut())?;
        }
        let InterfaceType::List(list) = ty else {
            return self.values.linear_lower_to_flat(cx, ty, to);
        };
        let element = cx.types[list].element;
        let start = cx.realloc(0, 0, Value::ALIGN32, self.values.len() * VALUE)?;
        let memory = &mut cx.as_slice_mut()[start..][..self.values.len() * VALUE];
        let mut owners = false;
        for (place, value) in memory.as_chunks_mut::<VALUE>().0.iter_mut().zip(self.values) {
            owners |= !write(value, place);
        }
        if owners {
            // They ask the rule for memory, which may move all of it: now that nothing is borrowed.
            for (position, value) in self.values.iter().enumerate() {
                if owns_memory(value) {
                    value.linear_lower_to_memory(cx, element, start + position * VALUE)?;
                }
            }
        }
        // As 64 bits, which a 32-bit memory takes the lower half of.
        to.write([start, self.values.len()].map(|number| ValRaw::u64(number as u64)));
        Ok(())
    }

    fn linear_lower_to_memory<T>(
        &self,
        cx: &mut LowerContext<'_, T>,
        ty: InterfaceType,
        offset: usize,
    ) -> wasmtime::Result<()> {
        if let Some(pristine) = self.memory {
            pristine.prepare(cx.as_slice_mut())?;
        }
        self.values.linear_lower_to_memory(cx, ty, offset)
    }
}

/// Whether the rule must be asked for memory beside that of the list.
fn owns_memory(value: &Value) -> bool {
    match value {
        Value::Scalar(scalar) => matches!(scalar, Scalar::Text(_)),
        Value::Table(rows) => !rows.is_empty(),
    }
}

/// Writes a value, or says that it owns memory and leaves it.
fn write(value: &Value, place: &mut [u8; VALUE]) -> bool {
    let scalar = match value {
        Value::Scalar(scalar) => scalar,
        // Most payslips have most of their tables empty, and asking for no memory is a call, too.
        Value::Table(rows) if rows.is_empty() => {
            place[0] = 1;
            place[8..12].copy_from_slice(&ROWS_OF_NONE.to_le_bytes());
            place[12..16].copy_from_slice(&0_u32.to_le_bytes());
            return true;
        }
        Value::Table(_) => return false,
    };
    let tag = match scalar {
        Scalar::None => 0,
        Scalar::Boolean(flag) => {
            place[16] = u8::from(*flag);
            1
        }
        Scalar::Integer(number) => {
            place[16..24].copy_from_slice(&number.to_le_bytes());
            2
        }
        Scalar::Decimal(Decimal { negative, scale, high, low }) => {
            place[16] = u8::from(*negative);
            place[17] = *scale;
            place[20..24].copy_from_slice(&high.to_le_bytes());
            place[24..32].copy_from_slice(&low.to_le_bytes());
            3
        }
        Scalar::Text(_) => return false,
        Scalar::Date(date) => {
            place[16..20].copy_from_slice(&date_bytes(date));
            5
        }
        Scalar::DateTime(moment) => {
            place[16..20].copy_from_slice(&date_bytes(&moment.date));
            place[20] = moment.hour;
            place[21] = moment.minute;
            place[22] = moment.second;
            place[24..26].copy_from_slice(&moment.offset.to_le_bytes());
            6
        }
        Scalar::Choice(position) => {
            place[16..20].copy_from_slice(&position.to_le_bytes());
            7
        }
    };
    place[0] = 0;
    place[8] = tag;
    true
}

fn date_bytes(date: &Date) -> [u8; 4] {
    let [low, high] = date.year.to_le_bytes();
    [low, high, date.month, date.day]
}

// SAFETY: everything that describes the type is that of the result that it wraps.
unsafe impl<O: OutcomeOf> ComponentType for Answer<O> {
    type Lower = <Result<O, Fault> as ComponentType>::Lower;

    const ABI: CanonicalAbiInfo = <Result<O, Fault> as ComponentType>::ABI;

    fn typecheck(ty: &InterfaceType, types: &InstanceType<'_>) -> wasmtime::Result<()> {
        <Result<O, Fault>>::typecheck(ty, types)
    }
}

// SAFETY: what is read is what the generated code would read.
unsafe impl<O: OutcomeOf> Lift for Answer<O> {
    fn linear_lift_from_flat(
        cx: &mut LiftContext<'_>,
        ty: InterfaceType,
        from: &Self::Lower,
    ) -> wasmtime::Result<Self> {
        <Result<O, Fault>>::linear_lift_from_flat(cx, ty, from).map(Self::of)
    }

    fn linear_lift_from_memory(
        cx: &mut LiftContext<'_>,
        ty: InterfaceType,
        bytes: &[u8],
    ) -> wasmtime::Result<Self> {
        // The tag, and at 4 the outcome or the fault.
        if let [0, _, _, _, outcome @ ..] = bytes
            && let Some(outcome) = read_outcome::<O>(cx, ty, outcome)?
        {
            return Ok(Self { result: Ok(outcome), version: PhantomData });
        }
        <Result<O, Fault>>::linear_lift_from_memory(cx, ty, bytes).map(Self::of)
    }
}

impl<O: OutcomeOf> Answer<O> {
    fn of(answer: Result<O, Fault>) -> Self {
        Self { result: answer.map(Into::into), version: PhantomData }
    }
}

/// The outcome; none where something is wrong with it.
fn read_outcome<O: OutcomeOf>(
    cx: &mut LiftContext<'_>,
    ty: InterfaceType,
    bytes: &[u8],
) -> wasmtime::Result<Option<Outcome>> {
    let types = cx.types;
    let InterfaceType::Result(result) = ty else { return Ok(None) };
    let Some(InterfaceType::Record(record)) = types[result].ok else { return Ok(None) };
    let [_, findings, steps] = &*types[record].fields else { return Ok(None) };
    let Some(lines) = read_lines(cx, word(bytes, 0), word(bytes, 4))? else { return Ok(None) };
    let findings = Lift::linear_lift_from_memory(cx, findings.ty, &bytes[8..16])?;
    let steps: Vec<O::Step> = Lift::linear_lift_from_memory(cx, steps.ty, &bytes[16..24])?;
    Ok(Some(Outcome { lines, findings, steps: steps.into_iter().map(Into::into).collect() }))
}

/// The lines; none where something is wrong with them.
fn read_lines(
    cx: &mut LiftContext<'_>,
    start: usize,
    count: usize,
) -> wasmtime::Result<Option<Vec<Line>>> {
    let memory = cx.memory().get(start..);
    let bytes = count.checked_mul(LINE).and_then(|size| memory?.get(..size));
    let Some(bytes) = bytes.filter(|_| start.is_multiple_of(8)) else { return Ok(None) };
    // What the host allocates is limited.
    cx.consume_fuel_array(count, size_of::<Line>())?;
    let mut lines = Vec::with_capacity(count);
    for bytes in bytes.as_chunks::<LINE>().0 {
        let subject = match bytes[24] {
            0 => None,
            1 => Some(Lift::linear_lift_from_memory(cx, InterfaceType::String, &bytes[28..36])?),
            _ => return Ok(None),
        };
        lines.push(Line { item: number(bytes, 0), amount: read_decimal(bytes, 8), subject });
    }
    Ok(Some(lines))
}

fn read_decimal(bytes: &[u8; LINE], at: usize) -> Decimal {
    let low = u64::from(number(bytes, at + 12)) << 32 | u64::from(number(bytes, at + 8));
    Decimal { negative: bytes[at] != 0, scale: bytes[at + 1], high: number(bytes, at + 4), low }
}

#[inline(always)]
fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn word(bytes: &[u8], at: usize) -> usize {
    number(bytes, at) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::DateTime;

    fn written(value: Value) -> Option<[u8; VALUE]> {
        let mut place = [0; VALUE];
        write(&value, &mut place).then_some(place)
    }

    /// The layout that the canonical ABI gives a value, byte by byte.
    fn laid_out(tag: u8, payload: &[(usize, &[u8])]) -> Option<[u8; VALUE]> {
        let mut place = [0; VALUE];
        place[8] = tag;
        for (at, bytes) in payload {
            place[16 + at..][..bytes.len()].copy_from_slice(bytes);
        }
        Some(place)
    }

    #[test]
    fn a_value_without_memory_of_its_own_is_laid_out_as_the_canonical_abi_says() {
        let date = Date { year: 0x07EA, month: 2, day: 28 };
        let moment = DateTime { date, hour: 23, minute: 59, second: 58, offset: -90 };
        let amount = Decimal { negative: true, scale: 2, high: 0x0A0B_0C0D, low: 0x0102_0304 };
        for (scalar, expected) in [
            (Scalar::None, laid_out(0, &[])),
            (Scalar::Boolean(true), laid_out(1, &[(0, &[1])])),
            (Scalar::Integer(-2), laid_out(2, &[(0, &[0xFE]), (1, &[0xFF; 7])])),
            (
                Scalar::Decimal(amount),
                laid_out(3, &[(0, &[1, 2]), (4, &[13, 12, 11, 10]), (8, &[4, 3, 2, 1])]),
            ),
            (Scalar::Date(date), laid_out(5, &[(0, &[0xEA, 7, 2, 28])])),
            (
                Scalar::DateTime(moment),
                laid_out(6, &[(0, &[0xEA, 7, 2, 28, 23, 59, 58]), (8, &[0xA6, 0xFF])]),
            ),
            (Scalar::Choice(258), laid_out(7, &[(0, &[2, 1])])),
        ] {
            assert_eq!(written(Value::Scalar(scalar.clone())), expected, "{scalar:?}");
        }
    }

    #[test]
    fn a_table_without_rows_is_laid_out_as_the_canonical_abi_says() {
        let mut expected = [0; VALUE];
        (expected[0], expected[8]) = (1, 4);
        assert!(!owns_memory(&Value::Table(Vec::new())));
        assert_eq!(written(Value::Table(Vec::new())), Some(expected));
    }

    #[test]
    fn a_value_with_memory_of_its_own_is_left_to_the_generated_code() {
        let text = Value::Scalar(Scalar::Text("x".to_owned()));
        for value in [text, Value::Table(vec![vec![Scalar::None]])] {
            assert!(owns_memory(&value) && written(value).is_none());
        }
    }
}
