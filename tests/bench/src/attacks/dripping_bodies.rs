//! As many calculations as a server works on at once, whose bodies arrive byte by byte.

use std::time::Duration;

use super::{Attack, House, slow};

const CONNECTIONS: usize = 1_024;
const BETWEEN: Duration = Duration::from_secs(1);

pub(super) struct DrippingBodies;

impl Attack for DrippingBodies {
    const NAME: &'static str = "dripping_bodies";

    async fn prepare(_: &House) -> anyhow::Result<Self> {
        Ok(Self)
    }

    async fn attack(&self, house: &House) -> anyhow::Result<()> {
        let (client, address) = (&house.attacker, house.address());
        let head = format!(
            "POST {} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
             content-type: application/json\r\ncontent-length: 100000\r\n\r\n{{",
            client.path("calculations"),
            client.token(),
        );
        slow::dripping(&address, CONNECTIONS, head.as_bytes(), BETWEEN).await;
        Ok(())
    }
}
