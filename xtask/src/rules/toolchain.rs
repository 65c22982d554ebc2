//! Finds a compiler that builds for `wasm32-unknown-unknown`.
//!
//! 1. The active toolchain, if the target is installed in it.
//! 2. The active toolchain, after `rustup target add`.
//! 3. Debian's `rustc-web` with the sources of `std` from `rust-web-src`, for machines that reach
//!    only a mirror of Debian's packages: `std` is built along, and linked by the active
//!    toolchain's `rust-lld`.
//!
//! `STELE_WASM_TOOLCHAIN=installed|rustup|debian` forces one.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target of every rule: no operating system, so nothing to import from one.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

const FORCE: &str = "STELE_WASM_TOOLCHAIN";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_PACKAGES: [&str; 2] = ["rustc-web", "rust-web-src"];

/// A compiler, and how to use it.
pub(crate) struct Toolchain {
    /// What it is called in paths and messages: `installed` or `debian`.
    pub(crate) name: &'static str,
    /// Its version, for people and for what is only the same from the same compiler.
    pub(crate) version: String,
    /// Where its own files are, to be left out of what it builds.
    pub(crate) sysroot: PathBuf,
    /// Only where `std` must be built along.
    pub(crate) build_std: Option<BuildStd>,
}

/// How to build `std` with a compiler that brings none for the target.
pub(crate) struct BuildStd {
    /// The compiler.
    pub(crate) rustc: PathBuf,
    /// The linker.
    pub(crate) linker: PathBuf,
}

impl fmt::Display for Toolchain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "building with {}, {TARGET} ", self.version)?;
        match &self.build_std {
            None => formatter.write_str("is installed"),
            Some(build_std) => {
                write!(formatter, "with std from source, linked by {}", build_std.linker.display())
            }
        }
    }
}

/// The first way that works, or the one that is forced.
pub(crate) fn choose() -> Result<Toolchain> {
    let forced = std::env::var(FORCE).ok().filter(|forced| !forced.is_empty());
    match forced.as_deref() {
        Some("installed") => installed()?
            .with_context(|| format!("{FORCE}=installed, but {TARGET} is not installed")),
        Some("rustup") => {
            add_with_rustup()?;
            installed()?.with_context(|| format!("rustup added {TARGET}, but it is not there"))
        }
        Some("debian") => debian(),
        Some(other) => bail!("{FORCE} is installed, rustup or debian; found {other}"),
        None => first_that_works(),
    }
}

fn first_that_works() -> Result<Toolchain> {
    if let Some(toolchain) = installed()? {
        return Ok(toolchain);
    }
    println!("rules: {TARGET} is not installed; trying rustup target add");
    let refused = match add_with_rustup() {
        Ok(()) => match installed()? {
            Some(toolchain) => return Ok(toolchain),
            None => "rustup added the target, but it is not there".to_owned(),
        },
        Err(error) => format!("{error:#}"),
    };
    println!("rules: {refused}; trying Debian's rustc-web");
    debian().with_context(|| {
        format!("no toolchain builds for {TARGET}; `rustup target add {TARGET}` would do")
    })
}

/// The active toolchain, if it has the target's libraries.
fn installed() -> Result<Option<Toolchain>> {
    let rustc = active_rustc();
    let libraries = print(&rustc, &["--print", "target-libdir", "--target", TARGET])?;
    let has_std = std::fs::read_dir(libraries).is_ok_and(|mut entries| {
        entries.any(|entry| {
            entry.is_ok_and(|entry| {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                name.starts_with("libstd-") && name.ends_with(".rlib")
            })
        })
    });
    if !has_std {
        return Ok(None);
    }
    Ok(Some(Toolchain {
        name: "installed",
        version: version(&rustc)?,
        sysroot: PathBuf::from(print(&rustc, &["--print", "sysroot"])?),
        build_std: None,
    }))
}

fn add_with_rustup() -> Result<()> {
    let status = Command::new("rustup")
        .args(["target", "add", TARGET])
        .status()
        .context("rustup cannot be run")?;
    if !status.success() {
        bail!("rustup target add {TARGET} failed");
    }
    Ok(())
}

fn debian() -> Result<Toolchain> {
    let rustc = Path::new(DEBIAN_RUSTC);
    if debian_sysroot(rustc).is_err() {
        install_debian_packages()?;
    }
    let sysroot = debian_sysroot(rustc)?;
    Ok(Toolchain {
        name: "debian",
        version: version(rustc)?,
        build_std: Some(BuildStd { rustc: rustc.to_owned(), linker: linker(&sysroot)? }),
        sysroot,
    })
}

/// Where Debian's compiler keeps the sources of `std`; an error if it is absent or has none.
fn debian_sysroot(rustc: &Path) -> Result<PathBuf> {
    let sysroot = PathBuf::from(print(rustc, &["--print", "sysroot"])?);
    let sources = sysroot.join("lib/rustlib/src/rust/library/std/Cargo.toml");
    if !sources.exists() {
        bail!("{} is missing", sources.display());
    }
    Ok(sysroot)
}

fn install_debian_packages() -> Result<()> {
    let packages = DEBIAN_PACKAGES.join(" ");
    let user = print(Path::new("id"), &["-u"]).unwrap_or_default();
    if user != "0" {
        bail!("as root, run: apt-get update && apt-get install -y {packages}");
    }
    println!("rules: installing {packages}");
    for arguments in [&["update"][..], &["install", "-y"][..]] {
        let install = arguments.first() == Some(&"install");
        let status = Command::new("apt-get")
            .args(arguments)
            .args(DEBIAN_PACKAGES.iter().filter(|_| install))
            .env("DEBIAN_FRONTEND", "noninteractive")
            .status()
            .context("apt-get cannot be run")?;
        if !status.success() {
            bail!("apt-get {} failed", arguments.join(" "));
        }
    }
    Ok(())
}

/// A linker for WebAssembly: rustup's toolchains bring one, Debian has it in the package `lld`.
fn linker(debian_sysroot: &Path) -> Result<PathBuf> {
    let mut candidates = Vec::new();
    let active = active_rustc();
    if let (Ok(sysroot), Ok(host)) =
        (print(&active, &["--print", "sysroot"]), print(&active, &["--print", "host-tuple"]))
    {
        for sysroot in [Path::new(&sysroot), debian_sysroot] {
            candidates.push(sysroot.join("lib/rustlib").join(&host).join("bin/rust-lld"));
        }
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    for folder in std::env::split_paths(&path) {
        candidates.extend(["rust-lld", "wasm-ld"].map(|name| folder.join(name)));
    }
    candidates
        .into_iter()
        .find(|candidate| candidate.is_file())
        .context("no linker for WebAssembly: install the Debian package lld, or a rustup toolchain")
}

/// The compiler that cargo would use.
fn active_rustc() -> PathBuf {
    std::env::var_os("RUSTC").map_or_else(|| PathBuf::from("rustc"), PathBuf::from)
}

fn version(rustc: &Path) -> Result<String> {
    print(rustc, &["--version"])
}

/// What a program prints, without the line end.
fn print(program: &Path, arguments: &[impl AsRef<OsStr>]) -> Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .with_context(|| format!("{} cannot be run", program.display()))?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr);
        bail!("{} failed: {}", program.display(), reason.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
