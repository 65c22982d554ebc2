//! What an operator may set, each with the reason for its default.

use std::ffi::OsString;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::time::Duration;

/// The engine's limits. [`Settings::default`] suits one server of a few cores; every limit is
/// per component, per instance or per evaluation as its comment says.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Largest component that is looked at, in bytes. A Rust rule with exact decimals is 64 KiB;
    /// 2 MiB leaves room for other languages and still compiles within a second or two.
    pub component_bytes: usize,
    /// What a component may consist of.
    pub component: ComponentLimits,
    /// How components are compiled.
    pub compilation: Compilation,
    /// Fuel of one evaluation: about one unit an instruction. A payslip needs some thousands, a
    /// month of time entries some hundred thousands; 50 million is about 50 ms. It is the limit
    /// that decides: it is the same on every machine, the deadline is not.
    pub fuel: u64,
    /// Fuel up to which an evaluation is short and may run on a thread that serves others: about a
    /// quarter of a millisecond, ten times what the rest of a request takes. Payslips need a tenth.
    pub short_fuel: u64,
    /// Fuel for `describe` and for `create`, which decodes and checks a whole set of parameters.
    pub preparation_fuel: u64,
    /// Wall-clock time of one call into a rule. It only catches what fuel does not see, so it is
    /// far above what the fuel takes, also on a crowded machine.
    pub deadline: Duration,
    /// How often the clock for deadlines ticks, and so how late a deadline may come.
    pub tick: Duration,
    /// All linear memories of one instance together, in bytes. A Rust rule starts at 1.1 MiB
    /// (1 MiB of it is its stack); 16 MiB hold thousands of rows.
    pub memory_bytes: usize,
    /// Linear memories of one instance: the rule's own and one of an adapter composed with it.
    pub memories: u32,
    /// Elements of each table. A table holds the functions that are called indirectly.
    pub table_elements: usize,
    /// Tables of one instance: the rule's own, and one for each shim that the component encoder
    /// adds.
    pub tables: u32,
    /// Core instances in one component instance: the rule, and the shims that the component
    /// encoder adds.
    pub core_instances: u32,
    /// Live component-model handles of one instance. A rule needs one: its evaluator.
    pub handles: usize,
    /// Facts or parameters of one call, in bytes of the guest's memory.
    pub input_bytes: usize,
    /// What the host allocates for the answer of one call, in bytes.
    pub output_bytes: usize,
    /// Longest text in an outcome or fault, in bytes: a subject, a message.
    pub text_bytes: usize,
    /// Most lines in an outcome.
    pub lines: usize,
    /// Most findings in an outcome: a year of time entries may yield one a day.
    pub findings: usize,
    /// Most steps in an outcome.
    pub steps: usize,
    /// Instances that may be alive at once, leased and idle together. Each costs up to
    /// `memory_bytes`, usually a tenth of it.
    pub evaluators: NonZeroUsize,
    /// Evaluations after which an instance is replaced, so that nothing a rule remembers or
    /// leaks lasts. A fresh instance costs as much as 20 evaluations: at 10,000 that is 0.2 %.
    pub evaluations_per_instance: NonZeroU32,
    /// How long an idle evaluator stays warm. Its memory may still hold the last employee's facts.
    pub idle: Duration,
    /// How long a caller waits for room before [`Failure::Saturated`](crate::Failure::Saturated).
    pub queue_wait: Duration,
    /// How many callers may wait for room; the next one is told so at once.
    pub queue_length: usize,
    /// Where compiled code is kept. None: compile at every start.
    pub cache: Option<Cache>,
}

/// What a component may consist of, counted before it is validated or compiled, because both take
/// time and memory by more than its bytes. The numbers of our own rules stand beside each limit; a
/// test prints them.
#[derive(Debug, Clone)]
pub struct ComponentLimits {
    /// Largest function, in bytes. The compiler's time grows faster than a function's size (a
    /// megabyte in one function can keep it busy for many seconds), and with the sum of them
    /// otherwise. The largest function of our own rules has 50 KiB.
    pub function_bytes: usize,
    /// Functions in all modules together: each is an object of the compiler, of some kilobytes,
    /// however short it is.
    pub functions: usize,
    /// Types, imports, exports, aliases, instances, globals, tables, segments, everywhere together.
    pub declarations: usize,
    /// Parameters of a function, and its results: a call of two bytes moves them all.
    pub values: usize,
    /// Blocks within one another.
    pub nesting: usize,
    /// Local variables of a function, parameters among them.
    pub locals: usize,
    /// Edges between the pieces of straight code of a function times its local variables: what the
    /// compiler may have to join. It takes about a microsecond and a hundred bytes for each.
    pub function_flow: usize,
    /// The same for all functions together.
    pub flow: usize,
}

/// How components are compiled: by a process of its own, which a component that harms the compiler
/// takes down and nothing else.
#[derive(Debug, Clone)]
pub struct Compilation {
    /// The program that compiles. None: this process, without the limits of memory and processor
    /// time, and nothing ends it early: for tests and for an author's own machine.
    pub program: Option<CompilerProgram>,
    /// Address space of the compiling process, in bytes. Its program takes some 100 MiB of it, our
    /// largest rule 100 MiB more.
    pub memory_bytes: usize,
    /// Processor time of one compilation. A usual rule takes a tenth of a second; a crowded machine
    /// makes it wait, which does not count.
    pub processor_time: Duration,
    /// Time on the clock after which it is ended in any case.
    pub time: Duration,
    /// Most bytes of compiled code: a usual rule has 1 MiB.
    pub compiled_bytes: usize,
    /// Compilations at once; one of each holder. One core stays free for those who calculate.
    pub at_once: NonZeroUsize,
    /// Compilations that may wait for their turn, of all holders together; the next one is told so
    /// at once.
    pub queue_length: usize,
    /// Compilations of one holder, running and waiting.
    pub of_one_holder: NonZeroUsize,
    /// How long one waits for its turn.
    pub queue_wait: Duration,
}

/// How this very program is started to compile: see [`compile_for_parent`](crate::compile_for_parent).
#[derive(Debug, Clone)]
pub struct CompilerProgram {
    /// The program.
    pub program: PathBuf,
    /// Its first and only argument.
    pub argument: OsString,
}

/// Where compiled code is kept between starts.
#[derive(Debug, Clone)]
pub struct Cache {
    /// Folder, readable by this user only.
    pub folder: PathBuf,
    /// File of the key of its checksums, readable by this user only, outside of the folder: whoever
    /// can write to the folder alone can not make the server run what lies in it. Made where it is
    /// missing.
    pub key: PathBuf,
    /// Most bytes in the folder; what was used longest ago goes. Some hundred rules.
    pub bytes: u64,
    /// Most files in the folder.
    pub files: usize,
}

impl Cache {
    /// A cache of the usual size.
    pub fn new(folder: impl Into<PathBuf>, key: impl Into<PathBuf>) -> Self {
        let (folder, key) = (folder.into(), key.into());
        Self { folder, key, bytes: 512 * MIB as u64, files: 1_000 }
    }
}

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

impl Default for Settings {
    fn default() -> Self {
        Self {
            component_bytes: 2 * MIB,
            component: ComponentLimits::default(),
            compilation: Compilation::default(),
            fuel: 50_000_000,
            short_fuel: 250_000,
            preparation_fuel: 200_000_000,
            deadline: Duration::from_secs(1),
            tick: Duration::from_millis(10),
            memory_bytes: 16 * MIB,
            memories: 2,
            table_elements: 10_000,
            tables: 6,
            core_instances: 8,
            handles: 16,
            input_bytes: MIB,
            output_bytes: MIB,
            text_bytes: 4 * KIB,
            lines: 4096,
            findings: 4096,
            steps: 4096,
            evaluators: NonZeroUsize::MIN.saturating_add(255),
            evaluations_per_instance: NonZeroU32::MIN.saturating_add(9_999),
            idle: Duration::from_secs(300),
            queue_wait: Duration::from_secs(1),
            queue_length: 1024,
            cache: None,
        }
    }
}

impl Default for ComponentLimits {
    fn default() -> Self {
        Self {
            function_bytes: 256 * KIB,
            functions: 5_000,
            declarations: 5_000,
            values: 32,
            nesting: 200,
            locals: 2_000,
            function_flow: 2_000_000,
            flow: 8_000_000,
        }
    }
}

impl Default for Compilation {
    fn default() -> Self {
        Self {
            program: None,
            memory_bytes: 1024 * MIB,
            processor_time: Duration::from_secs(10),
            time: Duration::from_secs(60),
            compiled_bytes: 32 * MIB,
            at_once: NonZeroUsize::MIN,
            queue_length: 64,
            of_one_holder: NonZeroUsize::MIN.saturating_add(3),
            queue_wait: Duration::from_secs(30),
        }
    }
}

impl Settings {
    /// The tick, at least a millisecond: shorter ones would keep a core busy.
    pub(crate) fn tick(&self) -> Duration {
        self.tick.max(Duration::from_millis(1))
    }

    /// Ticks of the deadline clock after which a call is interrupted: the deadline rounded up, and
    /// one more because the current tick has already begun. Kept to 32 bits, because wasmtime adds
    /// it to the current tick.
    pub(crate) fn deadline_ticks(&self) -> u64 {
        let tick = self.tick().as_nanos();
        let ticks = self.deadline.as_nanos().div_ceil(tick);
        u64::from(u32::try_from(ticks).unwrap_or(u32::MAX)) + 1
    }
}
