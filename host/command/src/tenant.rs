//! `stele tenant`: create tenants and list them.

use clap::Subcommand;
use serde_json::{Value, json};
use stele_runtime::{Actor, TenantId};

use crate::failure::Failure;
use crate::output::{Output, text};
use crate::place::{Place, PlaceArguments, document, say};

/// Create tenants and list them.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Create a tenant.
    Create {
        /// Its identifier in addresses: lower-case letters, digits and hyphens.
        tenant: String,
        /// Its name for people; the identifier where not given.
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        place: PlaceArguments,
    },
    /// List the tenants.
    List {
        #[command(flatten)]
        place: PlaceArguments,
    },
}

/// Does it.
pub(crate) async fn run(command: Command, output: &Output) -> Result<(), Failure> {
    match command {
        Command::Create { tenant, name, place } => {
            let name = name.unwrap_or_else(|| tenant.clone());
            let created = create(&place.open().await?, &tenant, &name).await?;
            output.show(&created, |tenant| format!("Tenant {} was created.", text(&tenant["id"])));
        }
        Command::List { place } => {
            let tenants = list(&place.open().await?).await?;
            output.show(&tenants, |tenants| {
                let mut table = output.tables().table(&["Tenant", "Name", "Recorded"]);
                for tenant in tenants["tenants"].as_array().into_iter().flatten() {
                    table.add_row(["id", "name", "recorded_at"].map(|name| text(&tenant[name])));
                }
                table.to_string()
            });
        }
    }
    Ok(())
}

/// Creates the tenant if there is none.
pub(crate) async fn ensure(place: &Place, tenant: &str) -> Result<(), Failure> {
    let known = list(place).await?;
    let mut tenants = known["tenants"].as_array().into_iter().flatten();
    match tenants.any(|known| known["id"] == tenant) {
        true => Ok(()),
        false => create(place, tenant, tenant).await.map(|_| ()),
    }
}

async fn create(place: &Place, tenant: &str, name: &str) -> Result<Value, Failure> {
    match place {
        Place::Server(client) => {
            client.post(&["v1", "tenants"], &json!({ "id": tenant, "name": name })).await
        }
        Place::Data(runtime) => {
            let id = TenantId::new(tenant).map_err(|error| Failure::Usage(error.to_string()))?;
            let created = runtime.create_tenant(&Actor::console(), id, name).await.map_err(say)?;
            document(&created)
        }
    }
}

async fn list(place: &Place) -> Result<Value, Failure> {
    match place {
        Place::Server(client) => client.get(&["v1", "tenants"]).await,
        Place::Data(runtime) => Ok(json!({ "tenants": document(&runtime.tenants())? })),
    }
}
