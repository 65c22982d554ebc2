//! `stele token`: create, list and revoke access tokens.

use clap::Subcommand;
use serde_json::{Value, json};
use stele_runtime::{Actor, Runtime, TokenDraft, TokenScope};
use uuid::Uuid;

use crate::failure::Failure;
use crate::output::{Output, text};
use crate::place::{Place, PlaceArguments, document, identifier, say};
use crate::tables::{Tables, keep_whole};

/// Create, list and revoke access tokens.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Create a token and print it. It is not stored and can not be shown again.
    #[command(after_help = scopes_and_examples())]
    Create {
        /// The tenant that it is good for. Without one it is the operator's.
        #[arg(long)]
        tenant: Option<String>,
        /// Create the tenant too, if there is none.
        #[arg(long, requires = "tenant")]
        create_tenant: bool,
        /// Who uses it; stands in the audit log.
        #[arg(long)]
        name: String,
        /// What it may do; several may be given.
        #[arg(long = "scope", value_name = "SCOPE", required = true, value_delimiter = ',')]
        scopes: Vec<TokenScope>,
        /// The person or service that it is for, if they have a token already: its subject.
        #[arg(long, value_name = "UUID")]
        subject: Option<Uuid>,
        #[command(flatten)]
        place: PlaceArguments,
    },
    /// List tokens, without their secrets.
    List {
        /// Only those of this tenant.
        #[arg(long)]
        tenant: Option<String>,
        #[command(flatten)]
        place: PlaceArguments,
    },
    /// Revoke a token: it is good for nothing from then on.
    Revoke {
        /// The token's id, as in the list.
        id: Uuid,
        #[command(flatten)]
        place: PlaceArguments,
    },
}

fn scopes_and_examples() -> String {
    let widest = TokenScope::ALL.iter().map(|scope| scope.name().len()).max().unwrap_or(0);
    let scopes: Vec<String> = (TokenScope::ALL.iter())
        .map(|scope| format!("  {:widest$}  {}", scope.name(), scope.meaning()))
        .collect();
    format!(
        "Scopes:\n{}\n\nExamples:\n  \
         stele token create --name admin --scope operator\n  \
         stele token create --tenant acme --create-tenant --name payroll \\\n      \
         --scope calculate --scope employees:read",
        scopes.join("\n")
    )
}

/// Does it.
pub(crate) async fn run(command: Command, output: &Output) -> Result<(), Failure> {
    match command {
        Command::Create { tenant, create_tenant, name, scopes, subject, place } => {
            let place = place.open().await?;
            if let (Some(tenant), true) = (&tenant, create_tenant) {
                crate::tenant::ensure(&place, tenant).await?;
            }
            let token = create(&place, tenant, name, scopes, subject).await?;
            output.note("The token is shown this once; keep it where only its user can read it.");
            output.show(&token, |token| text(&token["secret"]));
        }
        Command::List { tenant, place } => {
            let tokens = list(&place.open().await?, tenant).await?;
            output.show(&tokens, |tokens| render(tokens, output.tables()));
        }
        Command::Revoke { id, place } => {
            let token = revoke(&place.open().await?, id).await?;
            output.show(&token, |token| format!("Token {} is revoked.", text(&token["id"])));
        }
    }
    Ok(())
}

async fn create(
    place: &Place,
    tenant: Option<String>,
    name: String,
    scopes: Vec<TokenScope>,
    subject: Option<Uuid>,
) -> Result<Value, Failure> {
    match place {
        Place::Server(client) => {
            let scopes: Vec<_> = scopes.iter().map(|scope| scope.name()).collect();
            let body = json!({ "name": name, "scopes": scopes, "subject": subject });
            match &tenant {
                Some(tenant) => client.post(&["v1", "tenants", tenant, "tokens"], &body).await,
                None => client.post(&["v1", "tokens"], &body).await,
            }
        }
        Place::Data(runtime) => {
            let draft = TokenDraft { tenant: identifier(tenant)?, name, scopes, subject };
            let (token, secret) =
                runtime.create_token(&Actor::console(), draft).await.map_err(say)?;
            let mut token = document(&token)?;
            token["secret"] = secret.reveal().into();
            Ok(token)
        }
    }
}

async fn list(place: &Place, tenant: Option<String>) -> Result<Value, Failure> {
    match place {
        Place::Server(client) => match &tenant {
            Some(tenant) => client.get(&["v1", "tenants", tenant, "tokens"]).await,
            None => client.get(&["v1", "tokens"]).await,
        },
        Place::Data(runtime) => {
            let tenant = identifier(tenant)?;
            Ok(json!({ "tokens": document(&runtime.tokens(tenant.as_ref()))? }))
        }
    }
}

async fn revoke(place: &Place, id: Uuid) -> Result<Value, Failure> {
    match place {
        Place::Server(client) => client.delete(&["v1", "tokens", &id.to_string()]).await,
        Place::Data(runtime) => document(
            &Runtime::revoke_token(runtime, &Actor::console(), None, id).await.map_err(say)?,
        ),
    }
}

fn render(tokens: &Value, tables: Tables) -> String {
    let mut table = tables.table(&["Token", "Tenant", "Name", "Scopes", "Recorded", "Revoked"]);
    keep_whole(&mut table, 0);
    for token in tokens["tokens"].as_array().into_iter().flatten() {
        let scopes: Vec<_> = token["scopes"].as_array().into_iter().flatten().map(text).collect();
        table.add_row([
            text(&token["id"]),
            text(&token["tenant"]),
            text(&token["name"]),
            scopes.join(", "),
            text(&token["recorded_at"]),
            text(&token["revoked_at"]),
        ]);
    }
    table.to_string()
}
