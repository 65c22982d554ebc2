//! Small packages that take a compiler minutes and gigabytes, published again and again by clients
//! that hang up.

use std::time::Duration;

use tokio::task::JoinSet;

use super::rulesets::{LOOPS, empty_functions, locals_in_loops, package};
use super::{Attack, House};

/// After which a client hangs up and sends the next one.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) struct CompileBombs {
    packages: Vec<Vec<u8>>,
}

impl Attack for CompileBombs {
    const NAME: &'static str = "compile_bombs";

    async fn prepare(_: &House) -> anyhow::Result<Self> {
        let bombs = [locals_in_loops(2_000, 4_000), empty_functions(400_000)];
        let packages = bombs.iter().zip(1..);
        let packages =
            packages.map(|(bomb, patch)| package(&format!("{LOOPS}\n{bomb}"), patch, "a"));
        Ok(Self { packages: packages.collect::<anyhow::Result<_>>()? })
    }

    async fn attack(&self, house: &House) -> anyhow::Result<()> {
        let mut clients = JoinSet::new();
        for package in &self.packages {
            let (client, package) = (house.attacker.clone(), package.clone());
            clients.spawn(async move {
                loop {
                    let path = client.path("rulesets");
                    let sending =
                        client.post_bytes(&path, "application/vnd.stele.package", package.clone());
                    let answered = tokio::time::timeout(PATIENCE, sending).await;
                    // A refusal comes at once: no reason to ask a thousand times a second.
                    if answered.is_ok() {
                        tokio::time::sleep(PATIENCE).await;
                    }
                }
            });
        }
        while clients.join_next().await.is_some() {}
        Ok(())
    }
}
