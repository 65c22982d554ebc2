//! The process that compiles, as its parent sees it.

use std::io;
use std::process::{ExitStatus, Stdio};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{ChildStdin, ChildStdout, Command};

use super::child::{COMPILED, Request};
use crate::failure::{Check, CheckError, Rejection};
use crate::settings::{Compilation, CompilerProgram};

/// Has a component compiled. Dropping the future kills the process; it also ends by itself when
/// this one dies, because its standard input ends then.
pub(super) async fn compile(
    program: &CompilerProgram,
    limits: &Compilation,
    bytes: &[u8],
) -> Result<Vec<u8>, CheckError> {
    let mut child = Command::new(&program.program)
        .arg(&program.argument)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| host("it can not be started", error))?;
    let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(CheckError::Host("the compiling process has no pipes".to_owned()));
    };
    let talking = async {
        let answer = talk(input, output, limits, bytes).await?;
        let status = child.wait().await.map_err(|error| host("it can not be waited for", error))?;
        Ok::<_, CheckError>((answer, status))
    };
    let Ok(ended) = tokio::time::timeout(limits.time, talking).await else {
        return Err(too_costly(&format!("{} s", limits.time.as_secs())));
    };
    let (mut answer, status) = ended?;
    match answer.first() {
        _ if answer.len() > limits.compiled_bytes => {
            let limit = limits.compiled_bytes;
            let reason = format!("expected at most {limit} bytes of compiled code, found more");
            Err(Rejection::new(Check::Compile, reason).into())
        }
        Some(&COMPILED) if status.success() => {
            answer.remove(0);
            Ok(answer)
        }
        Some(_) if status.success() => {
            let reason = String::from_utf8_lossy(&answer[1..]).into_owned();
            Err(Rejection::new(Check::Compile, reason).into())
        }
        _ => Err(ended_early(status, limits)),
    }
}

/// Sends the request and reads the answer, at most a byte more than is taken. The input stays open
/// until then: its end is the parent's.
async fn talk(
    mut input: ChildStdin,
    output: ChildStdout,
    limits: &Compilation,
    bytes: &[u8],
) -> Result<Vec<u8>, CheckError> {
    let request = Request {
        memory_bytes: limits.memory_bytes as u64,
        processor_seconds: limits.processor_time.as_secs().max(1),
        length: bytes.len() as u64,
    };
    let send = async {
        input.write_all(&request.to_bytes()).await?;
        input.write_all(bytes).await?;
        input.flush().await
    };
    match send.await {
        // It has ended before it read everything: its status says why.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        sent => sent.map_err(|error| host("it can not be written to", error))?,
    }
    let mut answer = Vec::new();
    let most = limits.compiled_bytes as u64 + 2;
    output
        .take(most)
        .read_to_end(&mut answer)
        .await
        .map_err(|error| host("it can not be read from", error))?;
    Ok(answer)
}

fn host(what: &str, error: io::Error) -> CheckError {
    CheckError::Host(format!("the compiling process: {what}: {error}"))
}

fn too_costly(limit: &str) -> CheckError {
    Rejection::new(Check::Compile, format!("compiling it takes more than {limit}")).into()
}

/// What it means that the process ended without an answer.
#[cfg(unix)]
fn ended_early(status: ExitStatus, limits: &Compilation) -> CheckError {
    use std::os::unix::process::ExitStatusExt as _;

    use rustix::process::Signal;

    match status.signal().and_then(Signal::from_named_raw) {
        Some(Signal::XCPU) => {
            too_costly(&format!("{} s of processor time", limits.processor_time.as_secs()))
        }
        // What an allocation without memory ends in, and a stack that grew too deep.
        Some(Signal::ABORT | Signal::SEGV | Signal::BUS) => {
            too_costly(&format!("{} bytes of memory", limits.memory_bytes))
        }
        // A compiler that gives up in a panic does so over this component.
        None if status.code() == Some(PANICKED) => {
            Rejection::new(Check::Compile, "the compiler fails on it").into()
        }
        _ => CheckError::Host(format!("the compiling process ended with {status}")),
    }
}

#[cfg(not(unix))]
fn ended_early(status: ExitStatus, _limits: &Compilation) -> CheckError {
    CheckError::Host(format!("the compiling process ended with {status}"))
}

/// The exit status of a Rust program that panicked.
#[cfg(unix)]
const PANICKED: i32 = 101;
