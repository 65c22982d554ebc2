//! What is said again and again is written a few times a minute, and then counted.
//!
//! A full disk refuses every change and a crowd hangs up every second: the log must tell of each
//! once, not fill the disk that is full. The bound is for each place in the code that speaks, so
//! that one that floods does not silence another.

use std::collections::HashMap;
use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tracing::callsite::Identifier;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Filter};

/// How often one place may speak in a period.
const SAID: u64 = 20;

/// A period. At its end comes what was not written.
pub(super) const PERIOD: Duration = Duration::from_secs(60);

/// A filter that bounds how often one place speaks. Details (`debug`, `trace`) are not bounded: who
/// asks for them wants all.
#[derive(Debug, Clone, Default)]
pub(super) struct Bounded(Arc<Mutex<HashMap<Identifier, Place>>>);

/// A place that has spoken in this period.
#[derive(Debug)]
struct Place {
    said: u64,
    unsaid: u64,
    at: String,
    message: String,
}

/// What one place said in the last period beyond what was written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unsaid {
    pub times: u64,
    pub at: String,
    pub message: String,
}

impl Bounded {
    /// Begins a new period.
    pub(super) fn end_period(&self) -> Vec<Unsaid> {
        let places = std::mem::take(&mut *self.0.lock());
        let unsaid = places.into_values().filter(|place| place.unsaid > 0);
        unsaid
            .map(|Place { unsaid, at, message, .. }| Unsaid { times: unsaid, at, message })
            .collect()
    }

    fn may_speak(&self, event: &Event<'_>) -> bool {
        let metadata = event.metadata();
        let mut places = self.0.lock();
        let place = places.entry(metadata.callsite()).or_insert_with(|| Place {
            said: 0,
            unsaid: 0,
            at: format!("{}:{}", metadata.target(), metadata.line().unwrap_or_default()),
            message: message_of(event),
        });
        if place.said < SAID {
            place.said += 1;
            return true;
        }
        place.unsaid += 1;
        false
    }
}

impl<S: Subscriber> Filter<S> for Bounded {
    fn enabled(&self, _: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        true
    }

    fn event_enabled(&self, event: &Event<'_>, _: &Context<'_, S>) -> bool {
        *event.metadata().level() > Level::INFO || self.may_speak(event)
    }
}

fn message_of(event: &Event<'_>) -> String {
    struct Message(String);
    impl Visit for Message {
        fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
            if field.name() == "message" {
                self.0 = format!("{value:?}");
            }
        }
    }
    let mut message = Message(String::new());
    event.record(&mut message);
    message.0
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use tracing_subscriber::layer::SubscriberExt;
    use tracing_subscriber::{Layer, Registry, fmt};

    use super::*;

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Written {
        fn count(&self, text: &str) -> u64 {
            String::from_utf8_lossy(&self.0.lock()).matches(text).count() as u64
        }
    }

    #[test]
    fn a_flood_is_written_a_few_times_and_then_counted() {
        let (bounded, written) = (Bounded::default(), Written::default());
        let writer = written.clone();
        let layer = fmt::layer().with_writer(move || writer.clone()).with_filter(bounded.clone());
        tracing::subscriber::with_default(Registry::default().with(layer), || {
            for period in 1..=2 {
                for _ in 0..1000 {
                    tracing::error!("the disk is full");
                    tracing::debug!("a detail");
                }
                tracing::warn!("something else");
                assert_eq!(written.count("the disk is full"), period * SAID);
                assert_eq!(written.count("a detail"), period * 1000);
                assert_eq!(written.count("something else"), period);
                let unsaid = bounded.end_period();
                let [of_the_flood] = unsaid.as_slice() else { panic!("{unsaid:?}") };
                assert_eq!(of_the_flood.times, 1000 - SAID);
                assert_eq!(of_the_flood.message, "the disk is full");
            }
        });
    }
}
