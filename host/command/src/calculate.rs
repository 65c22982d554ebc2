//! `stele calculate`: one calculation, shown as a payslip.

use clap::Args;
use serde_json::json;

use crate::facts::FactsArguments;
use crate::failure::Failure;
use crate::output::Output;
use crate::place::ServerArguments;
use crate::slip;

/// Calculate, for an employee or for facts given here, and show lines, findings and, with
/// --explain, how each line came about.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  stele calculate --slot payroll --date 2026-03-31 --employee e-1 --explain --language zh
  stele calculate --slot payroll --date 2026-01-31 --facts january.json --fact gross=30000")]
pub(crate) struct Arguments {
    /// The slot, such as payroll.
    #[arg(long)]
    slot: String,
    /// The date for which the law and the facts hold.
    #[arg(long)]
    date: String,
    /// As it was known at this time, such as 2026-04-05T00:00:00Z; now where not given.
    #[arg(long, value_name = "TIME")]
    known_at: Option<String>,
    /// The employee whose attributes are facts; what is given here goes before them.
    #[arg(long)]
    employee: Option<String>,
    /// The employment, where the employee has several for which the slot is.
    #[arg(long, requires = "employee")]
    employment: Option<String>,
    /// Something is paid before the employment begins or after it has ended, such as holiday pay
    /// after leaving; without it an employment that runs on no day of the month is refused.
    #[arg(long, requires = "employee")]
    outside_employment: bool,
    #[command(flatten)]
    facts: FactsArguments,
    /// Say how each line came about.
    #[arg(long)]
    explain: bool,
    /// Keep the result, so that it can be shown, run again and proven later; its receipt names it.
    #[arg(long)]
    record: bool,
    /// The language of labels and explanations, such as zh; the ruleset's first where not given.
    #[arg(long)]
    language: Option<String>,
    /// The tenant; the token's where not given.
    #[arg(long)]
    tenant: Option<String>,
    #[command(flatten)]
    server: ServerArguments,
}

/// Does it.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let facts = arguments.facts.read().await?;
    let client = arguments.server.client()?;
    let tenant = arguments.server.tenant(&client, arguments.tenant).await?;
    let mut body = json!({
        "slot": arguments.slot,
        "date": arguments.date,
        "explain": arguments.explain,
        "record": arguments.record,
        "facts": facts,
    });
    if let Some(known_at) = arguments.known_at {
        body["known_at"] = known_at.into();
    }
    if let Some(employment) = arguments.employment {
        body["employment"] = employment.into();
    }
    if arguments.outside_employment {
        body["outside_employment"] = true.into();
    }
    if let Some(employee) = arguments.employee {
        body["employee"] = employee.into();
    }
    let path = ["v1", "tenants", &tenant, "calculations"];
    let result = client.post_in(&path, &body, arguments.language.as_deref()).await?;
    output.show(&result, |result| slip::render(result, output.tables()));
    Ok(())
}
