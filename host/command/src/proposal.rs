//! `stele propose`, `approve`, `put-in-force`, `reject`, `withdraw`, `rollback`, `confirm`,
//! `proposals`: the door to an activation.

use clap::Args;
use serde_json::{Map, Value, json};

use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Output, text};
use crate::place::ServerArguments;
use crate::tables::{Tables, keep_whole, lines};

/// Propose to put a version of a ruleset in force. Another person approves it with
/// `stele approve`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: stele propose cn/payroll 2026.1.0 --slot payroll --from 2026-01-01"
)]
pub(crate) struct Propose {
    /// The ruleset, such as cn/payroll.
    ruleset: String,
    /// Its version, such as 2026.1.0.
    version: String,
    /// The place that it fills, such as payroll.
    #[arg(long)]
    slot: String,
    /// The first date for which it is to hold, past or to come.
    #[arg(long = "from", value_name = "DATE")]
    valid_from: String,
    /// The impact report that the approver is shown.
    #[arg(long, value_name = "ID")]
    impact_report: Option<String>,
    /// Why.
    #[arg(long)]
    reason: Option<String>,
    /// Print the proposal's identifier only, for scripts.
    #[arg(long)]
    id: bool,
    #[command(flatten)]
    place: TenantArguments,
}

/// Say something about a proposal of another person.
#[derive(Debug, Args)]
pub(crate) struct Approve {
    /// The proposal.
    proposal: String,
    /// The binding that you were shown, where you were shown it earlier. Where not given, the
    /// proposal is shown and what is shown is approved.
    #[arg(long)]
    binding: Option<String>,
    #[command(flatten)]
    place: TenantArguments,
}

/// Reject a proposal of another person.
#[derive(Debug, Args)]
pub(crate) struct Reject {
    /// The proposal.
    proposal: String,
    /// Why.
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    place: TenantArguments,
}

/// A proposal by its identifier.
#[derive(Debug, Args)]
pub(crate) struct Named {
    /// The proposal.
    proposal: String,
    #[command(flatten)]
    place: TenantArguments,
}

/// Go back to what was in force before, through the same door.
#[derive(Debug, Args)]
pub(crate) struct Rollback {
    /// The slot.
    #[arg(long)]
    slot: String,
    /// The activation to go back behind; the one that is in force today where not given.
    #[arg(long, value_name = "ID")]
    activation: Option<String>,
    /// First date for which the former version is to hold again; that of the activation where not
    /// given.
    #[arg(long = "from", value_name = "DATE")]
    valid_from: Option<String>,
    /// Why.
    #[arg(long)]
    reason: String,
    /// Put it in force at once, on your word alone. It stays marked until another person has
    /// confirmed it with `stele confirm`.
    #[arg(long)]
    emergency: bool,
    #[command(flatten)]
    place: TenantArguments,
}

/// List proposals, the newest first.
#[derive(Debug, Args)]
pub(crate) struct List {
    /// Only those of this slot.
    #[arg(long)]
    slot: Option<String>,
    /// Only those in this state: proposed, approved, in_force, superseded, rejected, withdrawn.
    #[arg(long)]
    state: Option<String>,
    /// Only those that were put in force in an emergency and wait for a second person.
    #[arg(long)]
    unconfirmed: bool,
    #[command(flatten)]
    place: TenantArguments,
}

/// A tenant at a server.
#[derive(Debug, Args)]
pub(crate) struct TenantArguments {
    /// The tenant; the token's where not given.
    #[arg(long)]
    tenant: Option<String>,
    #[command(flatten)]
    server: ServerArguments,
}

impl TenantArguments {
    async fn open(self) -> Result<(Client, String), Failure> {
        let client = self.server.client()?;
        let tenant = self.server.tenant(&client, self.tenant).await?;
        Ok((client, tenant))
    }
}

/// Proposes.
pub(crate) async fn propose(arguments: Propose, output: &Output) -> Result<(), Failure> {
    let mut body = object(json!({
        "slot": arguments.slot,
        "ruleset": arguments.ruleset,
        "version": arguments.version,
        "valid_from": arguments.valid_from,
    }));
    put(&mut body, "impact_report", arguments.impact_report);
    put(&mut body, "reason", arguments.reason);
    let (client, tenant) = arguments.place.open().await?;
    let path = ["v1", "tenants", tenant.as_str(), "proposals"];
    let proposal = client.post(&path, &Value::Object(body)).await?;
    let id = text(&proposal["id"]);
    // Only the proposal as it is read says what it collides with.
    let path = ["v1", "tenants", tenant.as_str(), "proposals", &id];
    // A token that may not read shows what was answered.
    let proposal = match arguments.id {
        true => proposal,
        false => client.get(&path).await.unwrap_or(proposal),
    };
    output.show(&proposal, |proposal| {
        if arguments.id {
            return text(&proposal["id"]);
        }
        let next = match proposal["state"].as_str() {
            Some("proposed") => format!(
                "\nAnother person approves it with: stele approve {}",
                text(&proposal["id"])
            ),
            _ => String::new(),
        };
        format!("{}{next}", render(proposal))
    });
    Ok(())
}

/// Approves what is shown, or what was shown earlier.
pub(crate) async fn approve(arguments: Approve, output: &Output) -> Result<(), Failure> {
    agree(arguments, "Approving", "approval", output).await
}

/// Puts in force what is shown, or what was shown earlier, and has enough approvals.
pub(crate) async fn put_in_force(arguments: Approve, output: &Output) -> Result<(), Failure> {
    agree(arguments, "Putting in force", "activation", output).await
}

async fn agree(
    arguments: Approve,
    doing: &str,
    step: &str,
    output: &Output,
) -> Result<(), Failure> {
    let (client, tenant) = arguments.place.open().await?;
    let proposal = arguments.proposal.as_str();
    let path = ["v1", "tenants", tenant.as_str(), "proposals", proposal];
    let binding = match arguments.binding {
        Some(binding) => binding,
        None => {
            let shown = client.get(&path).await?;
            output.note(&format!("{doing}:\n{}", render(&shown)));
            text(&shown["binding"])
        }
    };
    let path = ["v1", "tenants", tenant.as_str(), "proposals", proposal, step];
    let agreed = client.post(&path, &json!({ "binding": binding })).await?;
    output.show(&agreed, render);
    Ok(())
}

/// Rejects.
pub(crate) async fn reject(arguments: Reject, output: &Output) -> Result<(), Failure> {
    let body = json!({ "reason": arguments.reason });
    say(arguments.place, &arguments.proposal, "rejection", &body, output).await
}

/// Withdraws.
pub(crate) async fn withdraw(arguments: Named, output: &Output) -> Result<(), Failure> {
    say(arguments.place, &arguments.proposal, "withdrawal", &json!({}), output).await
}

/// Confirms what was done in an emergency.
pub(crate) async fn confirm(arguments: Named, output: &Output) -> Result<(), Failure> {
    say(arguments.place, &arguments.proposal, "confirmation", &json!({}), output).await
}

async fn say(
    place: TenantArguments,
    proposal: &str,
    step: &str,
    body: &Value,
    output: &Output,
) -> Result<(), Failure> {
    let (client, tenant) = place.open().await?;
    let path = ["v1", "tenants", tenant.as_str(), "proposals", proposal, step];
    let said = client.post(&path, body).await?;
    output.show(&said, render);
    Ok(())
}

/// Rolls back.
pub(crate) async fn roll_back(arguments: Rollback, output: &Output) -> Result<(), Failure> {
    let mut body = object(json!({
        "slot": arguments.slot,
        "reason": arguments.reason,
        "emergency": arguments.emergency,
    }));
    put(&mut body, "activation", arguments.activation);
    put(&mut body, "valid_from", arguments.valid_from);
    let (client, tenant) = arguments.place.open().await?;
    let path = ["v1", "tenants", tenant.as_str(), "rollbacks"];
    let proposal = client.post(&path, &Value::Object(body)).await?;
    output.show(&proposal, |proposal| {
        let id = text(&proposal["id"]);
        let next = match (proposal["unconfirmed"].as_bool(), proposal["state"].as_str()) {
            (Some(true), _) => format!("\nAnother person confirms it with: stele confirm {id}"),
            (_, Some("proposed")) => {
                format!("\nAnother person approves it with: stele approve {id}")
            }
            _ => String::new(),
        };
        format!("{}{next}", render(proposal))
    });
    Ok(())
}

/// Lists.
pub(crate) async fn list(arguments: List, output: &Output) -> Result<(), Failure> {
    let (client, tenant) = arguments.place.open().await?;
    let mut query = Vec::new();
    query.extend(arguments.slot.map(|slot| ("slot", slot)));
    query.extend(arguments.state.map(|state| ("state", state)));
    query.extend(arguments.unconfirmed.then(|| ("unconfirmed", "true".to_owned())));
    let path = ["v1", "tenants", tenant.as_str(), "proposals"];
    let proposals = client.get_where(&path, &query).await?;
    output.show(&proposals, |proposals| rows(list_of(proposals), output.tables()));
    Ok(())
}

fn list_of(proposals: &Value) -> impl Iterator<Item = &Value> {
    proposals["proposals"].as_array().into_iter().flatten()
}

/// One proposal, with all that an approval is about.
fn render(proposal: &Value) -> String {
    let approvals = &proposal["approvals"];
    let known = [
        ("Proposal", text(&proposal["id"])),
        ("State", state(proposal)),
        ("Slot", text(&proposal["slot"])),
        ("Ruleset", text(&proposal["ruleset"])),
        ("Version", text(&proposal["version"])),
        ("Digest", text(&proposal["digest"])),
        ("From", text(&proposal["valid_from"])),
        ("Approvals", format!("{} of {}", text(&approvals["given"]), text(&approvals["needed"]))),
        ("Proposed by", text(&proposal["proposed_by"]["name"])),
        ("Reason", text(&proposal["reason"])),
        ("Report", text(&proposal["impact_report"])),
    ];
    let unconfirmed = match proposal["unconfirmed"].as_bool() {
        Some(true) => "\nEMERGENCY: in force on one person's word, not confirmed yet.",
        _ => "",
    };
    let collisions = proposal["collisions"].as_array().map_or(&[][..], Vec::as_slice);
    let collisions: String = collisions.iter().map(collision).collect();
    format!("{}{unconfirmed}{collisions}", lines(&known))
}

/// A fact that is something else in another slot for the same people, and the way out.
fn collision(collision: &Value) -> String {
    let [fact, expected, ruleset, version, slot, elsewhere] =
        ["fact", "expected", "ruleset", "version", "slot", "elsewhere"]
            .map(|name| text(&collision[name]));
    format!(
        "\n{fact}: this version takes {expected}, {ruleset} {version} in the slot {slot} takes \
         {elsewhere}; give each its own, such as {ruleset}/{fact}"
    )
}

fn state(proposal: &Value) -> String {
    match proposal["unconfirmed"].as_bool() {
        Some(true) => format!("{}, UNCONFIRMED", text(&proposal["state"])),
        _ => text(&proposal["state"]),
    }
}

/// Many proposals: where rows may be long a column for everything, else few that fit beside the
/// identifier.
fn rows<'a>(proposals: impl Iterator<Item = &'a Value>, tables: Tables) -> String {
    let headings: &[&str] = match tables.is_wide() {
        true => &[
            "Proposal",
            "State",
            "Approvals",
            "Slot",
            "Ruleset",
            "Version",
            "From",
            "Proposed by",
            "Digest",
        ],
        false => &["Proposal", "State", "Approvals", "What"],
    };
    let mut table = tables.table(headings);
    for column in 0..3 {
        keep_whole(&mut table, column);
    }
    for proposal in proposals {
        let approvals = &proposal["approvals"];
        let given = format!("{} of {}", text(&approvals["given"]), text(&approvals["needed"]));
        let mut row = vec![text(&proposal["id"]), state(proposal), given];
        let what = ["slot", "ruleset", "version", "valid_from"].map(|name| text(&proposal[name]));
        if tables.is_wide() {
            row.extend(what);
            row.extend([text(&proposal["proposed_by"]["name"]), text(&proposal["digest"])]);
        } else {
            let [slot, ruleset, version, from] = what;
            row.push(format!("{slot}: {ruleset} {version} from {from}"));
        }
        table.add_row(row);
    }
    table.to_string()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn put(body: &mut Map<String, Value>, name: &str, value: Option<String>) {
    if let Some(value) = value {
        body.insert(name.to_owned(), value.into());
    }
}
