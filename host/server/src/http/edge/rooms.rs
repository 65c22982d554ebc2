//! All the kinds of work for which there is bounded room.

use std::sync::Arc;

use super::room::Room;
use crate::limits::Limits;

/// One room a kind.
#[derive(Debug)]
pub(crate) struct Rooms {
    /// Requests, until their answers have been sent.
    pub requests: Arc<Room>,
    /// Batches, for as long as they stream.
    pub batches: Arc<Room>,
    /// Packages, from the first byte until they are published.
    pub packages: Arc<Room>,
    /// Imports, from the first byte until they are in force.
    pub imports: Arc<Room>,
    /// Exports of employees, for as long as they are written.
    pub exports: Arc<Room>,
    /// Followers of impact reports.
    pub events: Arc<Room>,
    /// Backups, for as long as they are written.
    pub backups: Arc<Room>,
}

impl Rooms {
    /// Empty rooms.
    pub(crate) fn new(limits: &Limits) -> Rooms {
        let room = Room::new;
        Rooms {
            requests: room("concurrent_requests", "requests", 1, limits.concurrent_requests),
            batches: room("concurrent_batches", "batches", 5, limits.concurrent_batches),
            packages: room("concurrent_packages", "packages", 5, limits.concurrent_packages),
            imports: room("concurrent_imports", "imports", 5, limits.concurrent_imports),
            exports: room("concurrent_exports", "exports", 5, limits.concurrent_exports),
            events: room("concurrent_events", "streams of events", 5, limits.concurrent_events),
            backups: room("concurrent_backups", "backups", 30, limits.concurrent_backups),
        }
    }

    /// Tells the metrics how much is held of each.
    pub(crate) fn measure(&self) {
        let Rooms { requests, batches, packages, imports, exports, events, backups } = self;
        for room in [requests, batches, packages, imports, exports, events, backups] {
            room.measure();
        }
    }
}
