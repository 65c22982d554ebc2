//! Where a command works: at a server, or directly on a data folder that no server has open.

use std::path::PathBuf;
use std::sync::Arc;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, FromArgMatches};
use serde_json::Value;
use stele_runtime::{ChangeError, OpenError, Runtime, Settings, StoreError, TenantId};

use crate::client::Client;
use crate::failure::Failure;

/// The server that is asked where nothing else is said.
const DEFAULT_SERVER: &str = "http://127.0.0.1:8080";

/// A command that needs a server.
#[derive(Debug, Args)]
pub(crate) struct ServerArguments {
    /// The server's address, such as http://127.0.0.1:8080.
    #[arg(long, env = "STELE_SERVER", default_value = DEFAULT_SERVER, value_name = "URL")]
    server: String,

    /// The access token, as `stele token create` printed it. Better given as STELE_TOKEN: a command
    /// line can be read by others on the same machine.
    #[arg(long, env = "STELE_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    token: Option<String>,
}

impl ServerArguments {
    /// The client.
    pub(crate) fn client(&self) -> Result<Client, Failure> {
        Client::new(&self.server, self.token.as_deref())
    }

    /// The tenant that was named, or else the token's.
    pub(crate) async fn tenant(
        &self,
        client: &Client,
        named: Option<String>,
    ) -> Result<String, Failure> {
        if let Some(named) = named {
            return Ok(named);
        }
        client.tenant_of_token().await?.ok_or_else(|| {
            Failure::Usage("the token belongs to no tenant; name one with --tenant".to_owned())
        })
    }
}

/// A command that works at a server if one is named, else on the data folder.
///
/// What is said on the command line goes before what the environment says: `--data` means that
/// folder although `STELE_SERVER` is set. Where only the environment speaks, the server goes first.
#[derive(Debug)]
pub(crate) struct PlaceArguments {
    named: Named,
    token: Option<String>,
}

/// The place that was named.
#[derive(Debug)]
enum Named {
    Server(String),
    Data(DataArguments),
}

/// The same as it is written.
#[derive(Debug, Args)]
struct Written {
    /// The server's address. Without it, or with --data, the data folder is changed directly, which
    /// is possible while no server has it open, so also before the first start.
    #[arg(long, env = "STELE_SERVER", value_name = "URL")]
    server: Option<String>,

    /// The operator's access token, for --server.
    #[arg(long, env = "STELE_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    token: Option<String>,

    #[command(flatten)]
    data: DataArguments,
}

impl FromArgMatches for PlaceArguments {
    fn from_arg_matches(matches: &ArgMatches) -> Result<PlaceArguments, clap::Error> {
        let Written { server, token, data } = Written::from_arg_matches(matches)?;
        let is_said = |name| matches.value_source(name) == Some(ValueSource::CommandLine);
        let named = match (server, is_said("server"), is_said("data")) {
            (Some(_), true, true) => {
                return Err(clap::Error::raw(
                    ErrorKind::ArgumentConflict,
                    "--server and --data name two places; name the one that is meant\n",
                ));
            }
            (Some(server), said, data_said) if said || !data_said => Named::Server(server),
            _ => Named::Data(data),
        };
        Ok(PlaceArguments { named, token })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = PlaceArguments::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for PlaceArguments {
    fn augment_args(command: clap::Command) -> clap::Command {
        Written::augment_args(command)
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Written::augment_args_for_update(command)
    }
}

/// The data folder.
#[derive(Debug, Args)]
pub struct DataArguments {
    /// The folder with everything that is stored.
    #[arg(long, env = "STELE_DATA", default_value = "./data", value_name = "DIR")]
    pub data: PathBuf,
}

/// A server, or an open data folder.
pub(crate) enum Place {
    /// Over HTTP.
    Server(Client),
    /// In this process.
    Data(Arc<Runtime>),
}

impl PlaceArguments {
    /// Opens it.
    pub(crate) async fn open(&self) -> Result<Place, Failure> {
        match &self.named {
            Named::Server(server) => Client::new(server, self.token.as_deref()).map(Place::Server),
            Named::Data(data) => data.open(Settings::default()).await.map(Place::Data),
        }
    }
}

impl DataArguments {
    /// Opens the data folder.
    ///
    /// # Errors
    /// A server has it open, or it can not be read.
    pub async fn open(&self, settings: Settings) -> Result<Arc<Runtime>, Failure> {
        Runtime::open(&self.data, settings).await.map_err(|error| self.say(&error))
    }

    fn say(&self, error: &OpenError) -> Failure {
        match error {
            OpenError::Store(StoreError::Locked { .. }) => Failure::Failed(format!(
                "a server has the data folder {} open: name it with --server and the address that it \
                 listens on, which it prints when it starts, or stop it",
                self.data.display()
            )),
            other => Failure::Failed(other.to_string()),
        }
    }
}

/// A change that the runtime did not make, for the command line.
pub(crate) fn say(error: ChangeError) -> Failure {
    match error {
        ChangeError::Store(error) => Failure::Failed(error.to_string()),
        other => Failure::CheckFailed(other.to_string()),
    }
}

/// A document of the runtime's as JSON.
pub(crate) fn document(document: &impl serde::Serialize) -> Result<Value, Failure> {
    serde_json::to_value(document).map_err(|error| Failure::Failed(error.to_string()))
}

/// The identifier of a tenant from the command line.
pub(crate) fn identifier(tenant: Option<String>) -> Result<Option<TenantId>, Failure> {
    let read =
        |tenant: String| TenantId::new(&tenant).map_err(|error| Failure::Usage(error.to_string()));
    tenant.map(read).transpose()
}
