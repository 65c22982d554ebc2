//! The process that compiles, from inside: reads one component from standard input, limits itself,
//! compiles, writes the answer to standard output, ends.

use std::io::{self, Read as _, Write as _};
use std::process::ExitCode;
use std::thread;

use crate::config;

/// The first byte of an answer: compiled code follows.
pub(super) const COMPILED: u8 = 1;
/// The first byte of an answer: the compiler's reason follows.
const REFUSED: u8 = 0;

/// What a parent says before it sends the component.
pub(super) struct Request {
    pub(super) memory_bytes: u64,
    pub(super) processor_seconds: u64,
    pub(super) length: u64,
}

impl Request {
    const BYTES: usize = 24;

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let numbers = [self.memory_bytes, self.processor_seconds, self.length];
        numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    fn read(input: &mut impl io::Read) -> io::Result<Self> {
        let mut bytes = [0; Self::BYTES];
        input.read_exact(&mut bytes)?;
        let (numbers, _) = bytes.as_chunks::<8>();
        let number = |at: usize| u64::from_le_bytes(numbers[at]);
        Ok(Self { memory_bytes: number(0), processor_seconds: number(1), length: number(2) })
    }
}

/// What a program does whose parent started it as
/// [`Compilation::program`](crate::Compilation::program) says: nothing else than this, and then it
/// ends. It trusts its parent and nothing of the component.
pub fn compile_for_parent() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        // Nobody reads what it could say: the parent sees the status.
        Err(_) => ExitCode::FAILURE,
    }
}

fn serve() -> io::Result<()> {
    let mut input = io::stdin().lock();
    let request = Request::read(&mut input)?;
    limit(&request)?;
    let mut component = Vec::new();
    input.by_ref().take(request.length).read_to_end(&mut component)?;
    drop(input);
    end_with_parent()?;
    let (tag, answer) = match compile(&component) {
        Ok(code) => (COMPILED, code),
        Err(error) => (REFUSED, format!("{error:#}").into_bytes()),
    };
    let mut output = io::stdout().lock();
    output.write_all(&[tag])?;
    output.write_all(&answer)?;
    output.flush()
}

fn compile(component: &[u8]) -> wasmtime::Result<Vec<u8>> {
    // One thread: its limits are those of the whole, and the other cores are for those who
    // calculate.
    let mut config = config::compiling();
    config.parallel_compilation(false);
    wasmtime::Engine::new(&config)?.precompile_component(component)
}

/// The parent holds the other end of standard input until it has its answer, and the system closes
/// it when the parent dies, however it dies.
fn end_with_parent() -> io::Result<()> {
    thread::Builder::new().name("parent".to_owned()).spawn(|| {
        let _ = io::stdin().lock().read(&mut [0]);
        std::process::exit(1);
    })?;
    Ok(())
}

/// Bounds what the compiler may take, and lets everybody else go first.
#[cfg(unix)]
fn limit(request: &Request) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, nice, setrlimit};

    let bound = |resource, most: u64| {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })
    };
    bound(Resource::As, request.memory_bytes)?;
    // The first limit ends it with a signal of its own, which says why.
    let seconds = request.processor_seconds;
    setrlimit(Resource::Cpu, Rlimit { current: Some(seconds), maximum: Some(seconds + 1) })?;
    bound(Resource::Core, 0)?;
    nice(NICE)?;
    Ok(())
}

/// How far behind others: half of the way.
#[cfg(unix)]
const NICE: i32 = 10;

#[cfg(not(unix))]
fn limit(_request: &Request) -> io::Result<()> {
    Ok(())
}
