//! Who is connected. The number of connections is bounded, in all and for one address, and whoever
//! asks for nothing makes room for whoever comes.
//!
//! When there is no room, the connection that has been silent for longest since it was accepted is
//! ended, and without such a one the connection that has been idle for longest since its last
//! answer. Only where everybody is being answered is the newcomer refused. So a crowd that opens
//! connections and asks for nothing only displaces itself.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use metrics::gauge;
use parking_lot::Mutex;
use tokio::time::Instant;

use super::activity::{Activity, Doing};
use crate::limits::Limits;

/// The gauge of open connections: also of one that was displaced and is still ending.
const OPEN: &str = "stele_http_connections";

/// Where connections come from: an IPv4 address, or the /64 that one customer of a provider has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Network(IpAddr);

impl Network {
    fn of(address: IpAddr) -> Network {
        match address.to_canonical() {
            IpAddr::V6(address) => {
                let prefix = address.to_bits() & !u128::from(u64::MAX);
                Network(IpAddr::V6(prefix.into()))
            }
            v4 => Network(v4),
        }
    }
}

/// Why there is no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoRoom {
    /// The address has as many connections as one may have, and all are being answered.
    OfAddress,
    /// There are as many connections as there may be, and all are being answered.
    AtAll,
}

/// The open connections.
#[derive(Debug)]
pub(crate) struct Connections {
    most: usize,
    most_of_address: usize,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    by_number: HashMap<u64, (Network, Arc<Activity>)>,
    of_network: HashMap<Network, usize>,
    next: u64,
}

impl Connections {
    /// None yet.
    pub(crate) fn new(limits: &Limits) -> Connections {
        Connections {
            most: limits.connections,
            most_of_address: limits.connections_per_address,
            open: Mutex::new(Open::default()),
        }
    }

    /// A place for a new connection from this address, taken from another where there is no more.
    ///
    /// # Errors
    /// All connections, or all of the address, are being answered.
    pub(crate) fn enter(self: &Arc<Connections>, peer: IpAddr) -> Result<Entered, NoRoom> {
        let network = Network::of(peer);
        let mut open = self.open.lock();
        if open.of_network.get(&network).is_some_and(|count| *count >= self.most_of_address) {
            open.displace(|other| *other == network).ok_or(NoRoom::OfAddress)?;
        }
        if open.by_number.len() >= self.most {
            open.displace(|_| true).ok_or(NoRoom::AtAll)?;
        }
        let number = open.next;
        open.next += 1;
        let activity = Arc::new(Activity::new());
        open.by_number.insert(number, (network, activity.clone()));
        *open.of_network.entry(network).or_default() += 1;
        gauge!(OPEN).increment(1.0);
        Ok(Entered { connections: self.clone(), number, activity })
    }

    /// Ends the connection that needs its place least, if there is one that asks for nothing.
    pub(crate) fn displace(&self) {
        self.open.lock().displace(|_| true);
    }
}

impl Open {
    /// Ends the connection, among those of these networks, that needs its place least.
    fn displace(&mut self, among: impl Fn(&Network) -> bool) -> Option<()> {
        let candidates = self.by_number.iter().filter(|(_, (network, _))| among(network));
        let ranked = candidates.filter_map(|(number, (_, activity))| {
            let rank: (u8, Instant) = match activity.doing() {
                Doing::Silent(since) => (0, since),
                Doing::Idle(since) => (1, since),
                Doing::Busy(_) => return None,
            };
            Some((rank, *number))
        });
        let (_, number) = ranked.min()?;
        // It leaves the count now: what it still needs to end is short.
        self.leave(number)?.displace();
        Some(())
    }

    fn leave(&mut self, number: u64) -> Option<Arc<Activity>> {
        let (network, activity) = self.by_number.remove(&number)?;
        if let Some(count) = self.of_network.get_mut(&network) {
            *count -= 1;
            if *count == 0 {
                self.of_network.remove(&network);
            }
        }
        Some(activity)
    }
}

/// The place of a connection, given back when it ends.
#[derive(Debug)]
pub(crate) struct Entered {
    connections: Arc<Connections>,
    number: u64,
    /// What the connection is doing.
    pub activity: Arc<Activity>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.connections.open.lock().leave(self.number);
        gauge!(OPEN).decrement(1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_customer_is_one_address() {
        let of = |text: &str| Network::of(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("127.0.0.1"), of("127.0.0.2"));
        assert_eq!(of("::ffff:127.0.0.1"), of("127.0.0.1"));
    }
}
