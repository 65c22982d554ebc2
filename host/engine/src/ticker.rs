//! The clock behind deadlines: one thread an engine, which holds the engine weakly and ends with it.

use std::io;
use std::sync::Weak;
use std::thread;
use std::time::{Duration, Instant};

use crate::pool::Pool;
use crate::shared::Shared;

/// How often idle evaluators are looked through.
const SWEEP: Duration = Duration::from_secs(1);

/// Starts the thread. It ends within one tick after the last owner of the engine is gone.
pub(crate) fn start(shared: Weak<Shared>, pool: Weak<Pool>, tick: Duration) -> io::Result<()> {
    thread::Builder::new().name("stele-ticker".to_owned()).spawn(move || {
        let mut swept = Instant::now();
        loop {
            thread::sleep(tick);
            let Some(shared) = shared.upgrade() else { return };
            shared.wasmtime.increment_epoch();
            if swept.elapsed() >= SWEEP {
                swept = Instant::now();
                if let Some(pool) = pool.upgrade() {
                    pool.drop_idle_since(swept);
                }
            }
        }
    })?;
    Ok(())
}
