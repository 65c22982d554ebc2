//! Memory for one call: handed out from the end of the rule's image upwards, and taken back whole
//! when the host has read the answer.
//!
//! Nothing else allocates: a program's tables and what an evaluator keeps are made in `create` and
//! stay, whatever a call needs lies above them. So a call leaves nothing behind that another could
//! read, and costs an addition an allocation.

use std::alloc::{GlobalAlloc, Layout};
use std::arch::wasm32::{memory_grow, memory_size};
use std::cell::Cell;
use std::ptr;

use crate::image;

const PAGE: usize = 65_536;

#[global_allocator]
static WORKING_SPACE: WorkingSpace = WorkingSpace { free: Cell::new(0), kept: Cell::new(0) };

struct WorkingSpace {
    /// First byte that is not handed out. 0: nothing was, yet.
    free: Cell<usize>,
    /// What lies below is an evaluator's.
    kept: Cell<usize>,
}

// SAFETY: a rule has one thread.
unsafe impl Sync for WorkingSpace {}

/// Keeps what was handed out so far.
pub(crate) fn keep() {
    WORKING_SPACE.kept.set(WORKING_SPACE.free.get());
}

/// Takes back everything since [`keep`].
pub(crate) fn release() {
    WORKING_SPACE.free.set(WORKING_SPACE.kept.get());
}

impl WorkingSpace {
    fn first(&self) -> usize {
        match self.free.get() {
            0 => image::end(),
            free => free,
        }
    }

    /// Makes everything up to `end` part of the memory.
    fn reach(&self, end: usize) -> bool {
        let size = memory_size::<0>() * PAGE;
        end <= size || memory_grow::<0>((end - size).div_ceil(PAGE)) != usize::MAX
    }
}

// SAFETY: what is handed out is within the memory, aligned, and handed out once until it is given
// back, by `dealloc` or, when nothing of the call is used any more, by `release`.
unsafe impl GlobalAlloc for WorkingSpace {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let start = self.first().checked_next_multiple_of(layout.align());
        let place = start.and_then(|start| Some((start, start.checked_add(layout.size())?)));
        match place {
            Some((start, end)) if self.reach(end) => {
                self.free.set(end);
                ptr::with_exposed_provenance_mut(start)
            }
            _ => ptr::null_mut(),
        }
    }

    #[inline]
    unsafe fn dealloc(&self, start: *mut u8, layout: Layout) {
        // Only what was handed out last can be handed out again.
        if start.addr() + layout.size() == self.free.get() {
            self.free.set(start.addr());
        }
    }

    #[inline]
    unsafe fn realloc(&self, start: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if start.addr() + layout.size() == self.free.get() {
            return match start.addr().checked_add(size) {
                Some(end) if self.reach(end) => {
                    self.free.set(end);
                    start
                }
                _ => ptr::null_mut(),
            };
        }
        // SAFETY: the caller's layout with another size; both stretches hold what is copied.
        unsafe {
            let larger = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !larger.is_null() {
                ptr::copy_nonoverlapping(start, larger, layout.size().min(size));
            }
            larger
        }
    }
}

/// Where the host writes facts and parameters.
#[unsafe(export_name = "cabi_realloc")]
unsafe extern "C" fn cabi_realloc(
    old: *mut u8,
    old_size: usize,
    align: usize,
    new_size: usize,
) -> *mut u8 {
    if new_size == 0 {
        return ptr::without_provenance_mut(align);
    }
    // SAFETY: the canonical ABI gives powers of two for `align`, and what it got from here as `old`.
    let start = unsafe {
        if old_size == 0 {
            WORKING_SPACE.alloc(Layout::from_size_align_unchecked(new_size, align))
        } else {
            let layout = Layout::from_size_align_unchecked(old_size, align);
            WORKING_SPACE.realloc(old, layout, new_size)
        }
    };
    if start.is_null() {
        std::arch::wasm32::unreachable();
    }
    start
}
