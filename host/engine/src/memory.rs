//! A rule's memory as it was after `create`, and putting it back.
//!
//! The whole memory of a rule is a quarter of a megabyte or more, of which a call touches a few
//! pages. Which ones, the kernel knows: a page that nobody wrote to since the instance was made is
//! still the file's that the memory started from, or is not there at all. So only pages that were
//! ever written to are put back, and no rule can write to one that is not seen. Where the kernel
//! does not say, everything is put back.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use parking_lot::Mutex;

/// Bytes of a page where [`Pages`] can be had.
const PAGE: usize = 4096;

/// What a memory holds before anything has run: the rule's data, and zeros.
#[derive(Debug, Default)]
pub(crate) struct Image(Vec<(usize, Box<[u8]>)>);

impl Image {
    /// Adds data at an address; it covers what was added there before.
    pub(crate) fn add(&mut self, address: usize, data: &[u8]) {
        self.0.push((address, data.into()));
    }

    /// Writes it. None if it does not fit.
    fn write(&self, memory: &mut [u8]) -> Option<()> {
        for (address, data) in &self.0 {
            memory.get_mut(*address..)?.get_mut(..data.len())?.copy_from_slice(data);
        }
        Some(())
    }
}

/// A memory has another size than it had: what it was can not be put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the memory has grown")]
pub(crate) struct Grown;

/// A memory as it was once. Pages of zeros take no room.
#[derive(Debug)]
pub(crate) struct Snapshot(Box<[u8]>);

impl Snapshot {
    /// Takes it of a memory that started as the image.
    pub(crate) fn take(memory: &[u8], image: &Image) -> Self {
        let mut content = vec![0; memory.len()].into_boxed_slice();
        let copied = image.write(&mut content).is_some()
            && written(memory, |page| content[page.clone()].copy_from_slice(&memory[page])).is_ok();
        if copied { Self(content) } else { Self(memory.into()) }
    }

    /// Puts it back.
    pub(crate) fn restore(&self, memory: &mut [u8]) -> Result<(), Grown> {
        if memory.len() != self.0.len() {
            return Err(Grown);
        }
        let mut pages = Vec::new();
        match written(memory, |page| pages.push(page)) {
            Ok(()) => {
                for page in pages {
                    memory[page.clone()].copy_from_slice(&self.0[page]);
                }
            }
            Err(_) => memory.copy_from_slice(&self.0),
        }
        Ok(())
    }
}

/// The memory of one instance after `create`: taken when it is called for the first time, put back
/// at every other.
#[derive(Debug)]
pub(crate) struct Pristine {
    image: Arc<Image>,
    taken: Mutex<Option<Snapshot>>,
}

impl Pristine {
    pub(crate) fn new(image: Arc<Image>) -> Self {
        Self { image, taken: Mutex::new(None) }
    }

    pub(crate) fn prepare(&self, memory: &mut [u8]) -> Result<(), Grown> {
        let mut taken = self.taken.lock();
        match &*taken {
            Some(snapshot) => snapshot.restore(memory),
            None => {
                *taken = Some(Snapshot::take(memory, &self.image));
                Ok(())
            }
        }
    }
}

/// Calls with every run of pages of the memory that was written to since it was mapped.
fn written(memory: &[u8], mut each: impl FnMut(Range<usize>)) -> io::Result<()> {
    /// Entries that are read at once.
    const ENTRIES: usize = 128;
    let Some(pages) = &*PAGES else { return Err(io::ErrorKind::Unsupported.into()) };
    let start = memory.as_ptr().addr();
    if !start.is_multiple_of(PAGE) || !memory.len().is_multiple_of(PAGE) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut entries = [0; ENTRIES * Pages::ENTRY];
    let mut run = 0..0;
    for first in (0..memory.len() / PAGE).step_by(ENTRIES) {
        let count = ENTRIES.min(memory.len() / PAGE - first);
        let entries = &mut entries[..count * Pages::ENTRY];
        pages.read(start / PAGE + first, entries)?;
        for (at, entry) in entries.as_chunks().0.iter().enumerate() {
            if Pages::is_written(u64::from_le_bytes(*entry)) {
                let page = (first + at) * PAGE;
                if run.end != page {
                    if !run.is_empty() {
                        each(run);
                    }
                    run = page..page;
                }
                run.end = page + PAGE;
            }
        }
    }
    if !run.is_empty() {
        each(run);
    }
    Ok(())
}

static PAGES: LazyLock<Option<Pages>> = LazyLock::new(Pages::open);

/// What the kernel knows of the pages of this process.
struct Pages(File);

impl Pages {
    /// Bytes of an entry.
    const ENTRY: usize = 8;

    /// On x86-64 every page has 4 KiB. The file does not follow a process that forks without
    /// starting another program, which this one never does.
    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    fn open() -> Option<Self> {
        File::open("/proc/self/pagemap").ok().map(Self)
    }

    #[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
    fn open() -> Option<Self> {
        None
    }

    #[cfg(unix)]
    fn read(&self, page: usize, entries: &mut [u8]) -> io::Result<()> {
        use std::os::unix::fs::FileExt as _;
        self.0.read_exact_at(entries, (page * Self::ENTRY) as u64)
    }

    #[cfg(not(unix))]
    fn read(&self, _page: usize, _entries: &mut [u8]) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// `Documentation/admin-guide/mm/pagemap.rst`: bit 63 is set where the page is present, bit 62
    /// where it is swapped out, bit 61 where it is a file's. The memory's file is only read: a page
    /// that is written to becomes one of this process alone.
    fn is_written(entry: u64) -> bool {
        let (present, swapped, of_file) = (entry >> 63 & 1, entry >> 62 & 1, entry >> 61 & 1);
        swapped == 1 || (present == 1 && of_file == 0)
    }
}
