//! The limits as arguments of `stele serve`, each with an environment variable. Their defaults stand
//! with their reasons in [`Limits`] and in the runtime's settings.

use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use clap::Args;
use stele_runtime::Settings;

use crate::limits::{Limits, Share};

/// The limits that an operator may set; where not given, the defaults with their reasons hold.
#[derive(Debug, Args)]
pub(crate) struct LimitArguments {
    /// Most requests at the same time: in all, of one tenant, of one token. One more of the token
    /// or tenant gets 429, one more in all 503. So for every kind of work below. Where only TOTAL is
    /// given, a tenant has a quarter and a token an eighth.
    #[arg(
        long,
        env = "STELE_CONCURRENT_REQUESTS",
        value_name = "TOTAL:TENANT:TOKEN",
        help_heading = "Limits: requests at the same time"
    )]
    concurrent_requests: Option<Share>,
    /// Most batches that stream at the same time; each holds up to --batch-waiting.
    #[arg(
        long,
        env = "STELE_CONCURRENT_BATCHES",
        value_name = "TOTAL:TENANT:TOKEN",
        help_heading = "Limits: requests at the same time"
    )]
    concurrent_batches: Option<Share>,
    /// Most packages that are published at the same time; each is held in memory as a whole.
    #[arg(
        long,
        env = "STELE_CONCURRENT_PACKAGES",
        value_name = "TOTAL:TENANT:TOKEN",
        help_heading = "Limits: requests at the same time"
    )]
    concurrent_packages: Option<Share>,
    /// Most imports of employees at the same time; each is held in memory as a whole.
    #[arg(
        long,
        env = "STELE_CONCURRENT_IMPORTS",
        value_name = "TOTAL:TENANT:TOKEN",
        help_heading = "Limits: requests at the same time"
    )]
    concurrent_imports: Option<Share>,
    /// Most exports of employees at the same time; each reads all employees of its tenant.
    #[arg(
        long,
        env = "STELE_CONCURRENT_EXPORTS",
        value_name = "TOTAL:TENANT:TOKEN",
        help_heading = "Limits: requests at the same time"
    )]
    concurrent_exports: Option<Share>,
    /// Most impact reports that are followed at the same time.
    #[arg(
        long,
        env = "STELE_CONCURRENT_EVENTS",
        value_name = "TOTAL:TENANT:TOKEN",
        help_heading = "Limits: requests at the same time"
    )]
    concurrent_events: Option<Share>,
    /// Most backups that are taken at the same time; each reads the whole store.
    #[arg(
        long,
        env = "STELE_CONCURRENT_BACKUPS",
        value_name = "TOTAL:TENANT:TOKEN",
        help_heading = "Limits: requests at the same time"
    )]
    concurrent_backups: Option<Share>,
    /// Most requests under idempotency keys that are worked on at once, also those whose clients
    /// have gone: twice as many as requests, so that the gone keep nobody out.
    #[arg(
        long,
        env = "STELE_KEYED_REQUESTS",
        value_name = "NUMBER",
        help_heading = "Limits: requests at the same time"
    )]
    keyed_requests: Option<usize>,
    /// How many of them one tenant may have.
    #[arg(
        long,
        env = "STELE_KEYED_REQUESTS_PER_TENANT",
        value_name = "NUMBER",
        help_heading = "Limits: requests at the same time"
    )]
    keyed_requests_per_tenant: Option<usize>,
    /// Most impact reports that are made at once: one keeps all cores busy.
    #[arg(
        long,
        env = "STELE_IMPACT_REPORTS",
        value_name = "NUMBER",
        help_heading = "Limits: requests at the same time"
    )]
    impact_reports: Option<usize>,
    /// How many of them one tenant may have.
    #[arg(
        long,
        env = "STELE_IMPACT_REPORTS_PER_TENANT",
        value_name = "NUMBER",
        help_heading = "Limits: requests at the same time"
    )]
    impact_reports_per_tenant: Option<usize>,
    /// Most open connections. One more takes the place of one that asks for nothing.
    #[arg(
        long,
        env = "STELE_CONNECTIONS",
        value_name = "NUMBER",
        help_heading = "Limits: connections and time"
    )]
    connections: Option<usize>,
    /// Most open connections from one IPv4 address or one IPv6 /64.
    #[arg(
        long,
        env = "STELE_CONNECTIONS_PER_ADDRESS",
        value_name = "NUMBER",
        help_heading = "Limits: connections and time"
    )]
    connections_per_address: Option<usize>,
    /// Longest time from accepting a connection to the end of its first request's head.
    #[arg(
        long,
        env = "STELE_HEAD_TIMEOUT",
        value_name = "SECONDS",
        value_parser = seconds,
        help_heading = "Limits: connections and time"
    )]
    head_timeout: Option<Duration>,
    /// Longest time that a connection may ask for nothing after an answer.
    #[arg(
        long,
        env = "STELE_IDLE_TIMEOUT",
        value_name = "SECONDS",
        value_parser = seconds,
        help_heading = "Limits: connections and time"
    )]
    idle_timeout: Option<Duration>,
    /// Longest time in which a JSON body arrives.
    #[arg(
        long,
        env = "STELE_BODY_TIMEOUT",
        value_name = "SECONDS",
        value_parser = seconds,
        help_heading = "Limits: connections and time"
    )]
    body_timeout: Option<Duration>,
    /// Longest time in which a package or an import arrives.
    #[arg(
        long,
        env = "STELE_UPLOAD_TIMEOUT",
        value_name = "SECONDS",
        value_parser = seconds,
        help_heading = "Limits: connections and time"
    )]
    upload_timeout: Option<Duration>,
    /// Longest time until an answer begins; longer than --upload-timeout.
    #[arg(
        long,
        env = "STELE_REQUEST_TIMEOUT",
        value_name = "SECONDS",
        value_parser = seconds,
        help_heading = "Limits: connections and time"
    )]
    request_timeout: Option<Duration>,
    /// How long what runs may go on when the server is stopped: requests, also those under
    /// idempotency keys whose clients have gone. Service managers kill after 90 as a rule.
    #[arg(
        long,
        env = "STELE_SHUTDOWN_TIMEOUT",
        value_name = "SECONDS",
        value_parser = seconds,
        help_heading = "Limits: connections and time"
    )]
    shutdown_timeout: Option<Duration>,
    /// Least rate at which every body must arrive, beside the time for the whole.
    #[arg(
        long,
        env = "STELE_BODY_RATE",
        value_name = "BYTES_PER_SECOND",
        help_heading = "Limits: connections and time"
    )]
    body_rate: Option<NonZeroU32>,
    /// Least rate at which every answer must be read.
    #[arg(
        long,
        env = "STELE_ANSWER_RATE",
        value_name = "BYTES_PER_SECOND",
        help_heading = "Limits: connections and time"
    )]
    answer_rate: Option<NonZeroU32>,
    /// Most bytes of a JSON body.
    #[arg(long, env = "STELE_JSON_BODY", value_name = "BYTES", help_heading = "Limits: bytes")]
    json_body: Option<usize>,
    /// Most bytes of one line of a batch.
    #[arg(long, env = "STELE_LINE", value_name = "BYTES", help_heading = "Limits: bytes")]
    line: Option<usize>,
    /// Most bytes of a package.
    #[arg(long, env = "STELE_PACKAGE", value_name = "BYTES", help_heading = "Limits: bytes")]
    package: Option<usize>,
    /// Most bytes of an employee import.
    #[arg(long, env = "STELE_IMPORT", value_name = "BYTES", help_heading = "Limits: bytes")]
    import: Option<usize>,
    /// Most bytes of the answer to one calculation, or to one line of a batch.
    #[arg(long, env = "STELE_ANSWER", value_name = "BYTES", help_heading = "Limits: bytes")]
    answer: Option<usize>,
    /// Most bytes of one batch that wait for its reader: lines, results and answers. A tenant holds
    /// at most so many for each of its --concurrent-batches.
    #[arg(long, env = "STELE_BATCH_WAITING", value_name = "BYTES", help_heading = "Limits: bytes")]
    batch_waiting: Option<usize>,
    /// Most bytes of lines of one batch that are taken while its answers are not read. A tenant
    /// holds at most so many for each of its --concurrent-batches.
    #[arg(long, env = "STELE_BATCH_AHEAD", value_name = "BYTES", help_heading = "Limits: bytes")]
    batch_ahead: Option<usize>,
    /// Most bytes of a recorded result, an impact report or a page of employees as it is read.
    #[arg(long, env = "STELE_DOCUMENT", value_name = "BYTES", help_heading = "Limits: bytes")]
    document: Option<usize>,
    /// Most bytes of the explanation of a result.
    #[arg(long, env = "STELE_EXPLANATION", value_name = "BYTES", help_heading = "Limits: bytes")]
    explanation: Option<usize>,
    /// Fuel of one evaluation: about one unit an instruction.
    #[arg(long, env = "STELE_FUEL", value_name = "UNITS", help_heading = "Limits: rules")]
    fuel: Option<u64>,
    /// Most memory of one evaluator; a usual rule takes a tenth of the default.
    #[arg(
        long,
        env = "STELE_EVALUATOR_MEMORY",
        value_name = "BYTES",
        help_heading = "Limits: rules"
    )]
    evaluator_memory: Option<usize>,
    /// Most evaluators, warm and in use together; each has its own memory.
    #[arg(long, env = "STELE_EVALUATORS", value_name = "NUMBER", help_heading = "Limits: rules")]
    evaluators: Option<NonZeroUsize>,
    /// Threads that rules run on where they take longer than a moment.
    #[arg(
        long,
        env = "STELE_COMPUTE_THREADS",
        value_name = "NUMBER",
        help_heading = "Limits: rules"
    )]
    compute_threads: Option<NonZeroUsize>,
    /// How many of them one tenant may have at once.
    #[arg(
        long,
        env = "STELE_COMPUTE_THREADS_PER_TENANT",
        value_name = "NUMBER",
        help_heading = "Limits: rules"
    )]
    compute_threads_per_tenant: Option<NonZeroUsize>,
    /// Most jobs that run or wait for such a thread; each is some KiB with what it works on.
    #[arg(long, env = "STELE_COMPUTE_JOBS", value_name = "NUMBER", help_heading = "Limits: rules")]
    compute_jobs: Option<usize>,
    /// How many of them one tenant may have.
    #[arg(
        long,
        env = "STELE_COMPUTE_JOBS_PER_TENANT",
        value_name = "NUMBER",
        help_heading = "Limits: rules"
    )]
    compute_jobs_per_tenant: Option<usize>,
    /// Most compilations that wait for their turn; a tenant has one place among them.
    #[arg(
        long,
        env = "STELE_WAITING_COMPILATIONS",
        value_name = "NUMBER",
        help_heading = "Limits: rules"
    )]
    waiting_compilations: Option<usize>,
    /// Most rulesets that are ready at once, with their compiled code: some megabytes each. Those
    /// used longest ago go.
    #[arg(
        long,
        env = "STELE_READY_RULESETS",
        value_name = "NUMBER",
        help_heading = "Limits: rules"
    )]
    ready_rulesets: Option<usize>,
    /// Most rulesets of one tenant that wait to be made ready, one after the other.
    #[arg(
        long,
        env = "STELE_OPENINGS_PER_TENANT",
        value_name = "NUMBER",
        help_heading = "Limits: rules"
    )]
    openings_per_tenant: Option<usize>,
    /// Most tenants. What is counted here is in memory for as long as the server runs, some hundred
    /// bytes each.
    #[arg(
        long,
        env = "STELE_TENANTS",
        value_name = "NUMBER",
        help_heading = "Limits: what is kept"
    )]
    tenants: Option<usize>,
    /// Most tokens of one tenant, revoked ones too.
    #[arg(
        long,
        env = "STELE_TOKENS_PER_TENANT",
        value_name = "NUMBER",
        help_heading = "Limits: what is kept"
    )]
    tokens_per_tenant: Option<usize>,
    /// Most versions of rulesets of one tenant.
    #[arg(
        long,
        env = "STELE_VERSIONS_PER_TENANT",
        value_name = "NUMBER",
        help_heading = "Limits: what is kept"
    )]
    versions_per_tenant: Option<usize>,
    /// Most activations of one tenant.
    #[arg(
        long,
        env = "STELE_ACTIVATIONS_PER_TENANT",
        value_name = "NUMBER",
        help_heading = "Limits: what is kept"
    )]
    activations_per_tenant: Option<usize>,
    /// Most revisions of one tenant's organization, each of at most 128 KiB. All
    /// are in memory, so that what was known at any time is answered at once.
    #[arg(
        long,
        env = "STELE_ORGANIZATIONS_PER_TENANT",
        value_name = "NUMBER",
        help_heading = "Limits: what is kept"
    )]
    organizations_per_tenant: Option<usize>,
    /// Most changes that wait to be written; one more gets 503. Some ten thousand are written a
    /// second.
    #[arg(
        long,
        env = "STELE_WAITING_COMMITS",
        value_name = "NUMBER",
        help_heading = "Limits: what is kept"
    )]
    waiting_commits: Option<usize>,
    /// Most reads of the store at the same time, each on a thread of its own; one more waits.
    #[arg(
        long,
        env = "STELE_CONCURRENT_READS",
        value_name = "NUMBER",
        help_heading = "Limits: what is kept"
    )]
    concurrent_reads: Option<usize>,
    /// Most bytes that one change writes; the content of the largest package must have room.
    #[arg(
        long,
        env = "STELE_COMMIT_BYTES",
        value_name = "BYTES",
        help_heading = "Limits: what is kept"
    )]
    commit_bytes: Option<usize>,
    /// Most audit logs whose ends are remembered, up to 16 KiB each; the others are read again.
    #[arg(
        long,
        env = "STELE_REMEMBERED_LOGS",
        value_name = "NUMBER",
        help_heading = "Limits: what is kept"
    )]
    remembered_logs: Option<usize>,
    /// How long writing the database anew may take at a stop, so that nothing of what was erased is
    /// left in its files.
    #[arg(
        long,
        env = "STELE_FORGETTING",
        value_name = "SECONDS",
        value_parser = seconds,
        help_heading = "Limits: what is kept"
    )]
    forgetting: Option<Duration>,
}

/// A time in whole seconds, at least one.
fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("expected a number of seconds from 1".to_owned()),
        Ok(seconds) => Ok(Duration::from_secs(seconds)),
    }
}

impl LimitArguments {
    /// Sets what is given.
    pub(crate) fn apply(&self, limits: &mut Limits, settings: &mut Settings) {
        fn set<T: Copy>(limit: &mut T, given: Option<T>) {
            if let Some(given) = given {
                *limit = given;
            }
        }
        set(&mut limits.concurrent_requests, self.concurrent_requests);
        set(&mut limits.concurrent_batches, self.concurrent_batches);
        set(&mut limits.concurrent_packages, self.concurrent_packages);
        set(&mut limits.concurrent_imports, self.concurrent_imports);
        set(&mut limits.concurrent_exports, self.concurrent_exports);
        set(&mut limits.concurrent_events, self.concurrent_events);
        set(&mut limits.concurrent_backups, self.concurrent_backups);
        set(&mut settings.keyed_requests.most, self.keyed_requests);
        set(&mut settings.keyed_requests.most_of_a_tenant, self.keyed_requests_per_tenant);
        set(&mut settings.impact_reports.most, self.impact_reports);
        set(&mut settings.impact_reports.most_of_a_tenant, self.impact_reports_per_tenant);
        set(&mut limits.connections, self.connections);
        set(&mut limits.connections_per_address, self.connections_per_address);
        set(&mut limits.head_timeout, self.head_timeout);
        set(&mut limits.idle_timeout, self.idle_timeout);
        set(&mut limits.body_timeout, self.body_timeout);
        set(&mut limits.upload_timeout, self.upload_timeout);
        set(&mut limits.request_timeout, self.request_timeout);
        set(&mut limits.shutdown_timeout, self.shutdown_timeout);
        set(&mut limits.body_rate.bytes_per_second, self.body_rate);
        set(&mut limits.answer_rate.bytes_per_second, self.answer_rate);
        set(&mut limits.json_body_bytes, self.json_body);
        set(&mut limits.line_bytes, self.line);
        set(&mut limits.package_bytes, self.package);
        set(&mut limits.import_bytes, self.import);
        set(&mut limits.answer_bytes, self.answer);
        set(&mut limits.batch_waiting_bytes, self.batch_waiting);
        set(&mut limits.batch_ahead_bytes, self.batch_ahead);
        set(&mut limits.document_bytes, self.document);
        set(&mut limits.explanation_bytes, self.explanation);
        set(&mut settings.engine.fuel, self.fuel);
        set(&mut settings.engine.memory_bytes, self.evaluator_memory);
        set(&mut settings.engine.evaluators, self.evaluators);
        set(&mut settings.compute.threads, self.compute_threads);
        set(&mut settings.compute.threads_per_holder, self.compute_threads_per_tenant);
        set(&mut settings.compute.jobs, self.compute_jobs);
        set(&mut settings.compute.jobs_per_holder, self.compute_jobs_per_tenant);
        set(&mut settings.engine.compilation.queue_length, self.waiting_compilations);
        set(&mut settings.ready_rulesets.most, self.ready_rulesets);
        set(&mut settings.ready_rulesets.openings_of_a_tenant, self.openings_per_tenant);
        set(&mut settings.ceilings.tenants, self.tenants);
        set(&mut settings.ceilings.tokens_of_a_tenant, self.tokens_per_tenant);
        set(&mut settings.ceilings.versions_of_a_tenant, self.versions_per_tenant);
        set(&mut settings.ceilings.activations_of_a_tenant, self.activations_per_tenant);
        set(&mut settings.ceilings.organizations_of_a_tenant, self.organizations_per_tenant);
        set(&mut settings.store.waiting, self.waiting_commits);
        set(&mut settings.store.remembered, self.remembered_logs);
        set(&mut settings.store.reading, self.concurrent_reads);
        set(&mut settings.store.bytes, self.commit_bytes);
        set(&mut settings.forgetting, self.forgetting);
    }
}

#[cfg(test)]
mod tests;
