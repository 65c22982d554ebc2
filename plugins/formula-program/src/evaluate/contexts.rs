//! The functions on contexts and ranges, and the entries of contexts.

use crate::evaluate::run::{Evaluated, Run};
use crate::function::Function;
use crate::inputs::Inputs;
use crate::value::{Name, Value};

/// The entries of a context, in its order.
type Entries<'v> = Vec<(Name<'v>, Value<'v>)>;

impl<'v, P: Inputs<'v>, F: Inputs<'v>> Run<'v, '_, P, F> {
    /// The entry of a context.
    pub(crate) fn entry(&self, context: &Value<'v>, name: &Value<'v>) -> Evaluated<Value<'v>> {
        let (Value::Context(entries), Some(wanted)) = (context, name.as_text()) else {
            return Err(self.fault("a context is needed", &[context]));
        };
        let found = entries.iter().find(|(name, _)| name.as_str() == wanted);
        Ok(found.map_or(Value::None, |(_, value)| value.clone()))
    }

    /// The functions on contexts and ranges.
    pub(crate) fn on_contexts(
        &self,
        function: Function,
        arguments: &[Value<'v>],
    ) -> Evaluated<Value<'v>> {
        let of = self.argument(arguments, 0)?;
        Ok(match (function, of) {
            (Function::RangeStart, Value::Range(range)) => range.end(true),
            (Function::RangeEnd, Value::Range(range)) => range.end(false),
            (Function::RangeStartIncluded, Value::Range(range)) => Value::Boolean(range.with_low),
            (Function::RangeEndIncluded, Value::Range(range)) => Value::Boolean(range.with_high),
            (Function::GetValue, Value::Context(_)) => {
                self.entry(of, self.argument(arguments, 1)?)?
            }
            (Function::GetEntries, Value::Context(entries)) => {
                Value::List(entries.iter().map(as_entry).collect())
            }
            (Function::ContextOf, Value::List(list)) => {
                let mut entries = Entries::new();
                for entry in list.iter() {
                    let key = self.entry(entry, &Value::Text("key"))?;
                    let value = self.entry(entry, &Value::Text("value"))?;
                    let name = self.name(&key)?;
                    if entries.iter().any(|(other, _)| other.as_str() == name.as_str()) {
                        return Err(self.fault("two entries have one key", &[&key]));
                    }
                    entries.push((name, value));
                }
                Value::Context(entries.into())
            }
            (Function::ContextPut, Value::Context(entries)) => {
                let name = self.name(self.argument(arguments, 1)?)?;
                let mut entries = entries.to_vec();
                put(&mut entries, name, self.argument(arguments, 2)?.clone());
                Value::Context(entries.into())
            }
            (Function::ContextMerge, Value::List(contexts)) => {
                let mut merged = Entries::new();
                for context in contexts.iter() {
                    let Value::Context(entries) = context else {
                        return Err(self.fault("a context is needed", &[context]));
                    };
                    for (name, value) in entries.iter() {
                        put(&mut merged, name.clone(), value.clone());
                    }
                }
                Value::Context(merged.into())
            }
            (_, other) => return Err(self.fault("a context or a range is needed", &[other])),
        })
    }

    fn name(&self, key: &Value<'v>) -> Evaluated<Name<'v>> {
        match key {
            Value::Text(name) => Ok(Name::Written(name)),
            Value::MadeText(name) => Ok(Name::Made(name.clone())),
            other => Err(self.fault("a key must be a text", &[other])),
        }
    }
}

fn put<'v>(entries: &mut Entries<'v>, name: Name<'v>, value: Value<'v>) {
    match entries.iter_mut().find(|(other, _)| other.as_str() == name.as_str()) {
        Some((_, place)) => *place = value,
        None => entries.push((name, value)),
    }
}

fn as_entry<'v>((name, value): &(Name<'v>, Value<'v>)) -> Value<'v> {
    let key = match name {
        Name::Written(name) => Value::Text(name),
        Name::Made(name) => Value::MadeText(name.clone()),
    };
    let entry = [(Name::Written("key"), key), (Name::Written("value"), value.clone())];
    Value::Context(entry.into())
}
