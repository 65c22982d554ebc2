//! A copy of the machine with an image in its memory: the sections of its component are copied as
//! they are, but for the memory's size and the data of its one module.
//!
//! So what is made depends on the bytes of the machine, the description and the program, and on
//! nothing else: the same on every computer.

use std::ops::Range;

use wasm_encoder::{
    Component, ConstExpr, DataCountSection, DataSection, MemorySection, MemoryType, Module,
    ModuleSection, RawSection,
};
use wasmparser::{
    Data, DataKind, ExternalKind, MemorySectionReader, Operator, Parser, Payload, SectionLimited,
};

use crate::image::Places;

/// What the machine exports to be found: where it reads [`Places`].
const CELL: &str = "STELE_FORMULAS";
/// What the linker exports: where the memory that the machine's own data needs ends.
const END_OF_DATA: &str = "__heap_base";
/// Bytes of a page of memory.
const PAGE: usize = 65_536;

/// Why bytes are no machine. A machine that is shipped has none of these: there is a test.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoMachine {
    /// Not WebAssembly.
    #[error("{0}")]
    Unreadable(String),
    /// Something that every machine has.
    #[error("it has no {0}")]
    Missing(&'static str),
}

impl From<wasmparser::BinaryReaderError> for NoMachine {
    fn from(error: wasmparser::BinaryReaderError) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// What a machine consists of, as far as it is changed.
pub(crate) struct Parts<'a> {
    component: &'a [u8],
    /// Where the sections of the component before and behind the module end and begin.
    before: Range<usize>,
    behind: Range<usize>,
    module: Vec<Section<'a>>,
    /// First address behind the machine's own data.
    pub(crate) free: usize,
    /// Address at which it reads [`Places`].
    cell: usize,
}

/// A section of the module.
enum Section<'a> {
    AsItIs(RawSection<'a>),
    Memory(MemorySectionReader<'a>),
    DataCount(u32),
    Data(SectionLimited<'a, Data<'a>>),
}

impl<'a> Parts<'a> {
    /// Takes a machine's component apart.
    pub(crate) fn of(component: &'a [u8]) -> Result<Self, NoMachine> {
        let module = module(component)?;
        let sections =
            Parser::new(0).parse_all(component.get(module.content.clone()).unwrap_or(&[]));
        let (mut globals, mut exports) = (Vec::new(), Vec::new());
        let mut kept = Vec::new();
        for payload in sections {
            let payload = payload?;
            match &payload {
                Payload::GlobalSection(section) => {
                    for global in section.clone() {
                        globals.push(constant(global?.init_expr.get_operators_reader()));
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section.clone() {
                        let export = export?;
                        if export.kind == ExternalKind::Global {
                            exports.push((export.name, export.index));
                        }
                    }
                }
                _ => {}
            }
            let raw = payload.as_section();
            kept.extend(match payload {
                Payload::MemorySection(section) => Some(Section::Memory(section)),
                Payload::DataCountSection { count, .. } => Some(Section::DataCount(count)),
                Payload::DataSection(section) => Some(Section::Data(section)),
                _ => raw.map(|(id, range)| {
                    let range =
                        module.content.start + range.start..module.content.start + range.end;
                    let data = component.get(range).unwrap_or(&[]);
                    Section::AsItIs(RawSection { id, data })
                }),
            });
        }
        // The machine imports no global, so that the first of its own is the first of all.
        let address = |name: &'static str| {
            let (_, index) = exports.iter().find(|(export, _)| *export == name)?;
            *globals.get(*index as usize)?
        };
        Ok(Self {
            component,
            before: module.before,
            behind: module.behind,
            module: kept,
            free: address(END_OF_DATA).ok_or(NoMachine::Missing(END_OF_DATA))?,
            cell: address(CELL).ok_or(NoMachine::Missing(CELL))?,
        })
    }

    /// The component with an image at an address, and so many bytes of memory behind it.
    pub(crate) fn with(
        &self,
        places: &Places,
        (base, image): (usize, &[u8]),
        working_space: usize,
    ) -> Result<Vec<u8>, NoMachine> {
        let mut module = Module::new();
        for section in &self.module {
            match section {
                Section::AsItIs(section) => drop(module.section(section)),
                Section::Memory(memories) => {
                    let pages = (places.end + working_space).div_ceil(PAGE) as u64;
                    module.section(&memory(memories, pages)?);
                }
                Section::DataCount(count) => {
                    module.section(&DataCountSection { count: count + 1 });
                }
                Section::Data(data) => {
                    module.section(&self.data(data, places, (base, image))?);
                }
            }
        }
        let mut component = Component::new();
        // What is around the module is copied with the headers that it has.
        let mut bytes = self.component.get(self.before.clone()).unwrap_or(&[]).to_vec();
        let header = component.as_slice().len();
        component.section(&ModuleSection(&module));
        bytes.extend(component.as_slice().get(header..).unwrap_or(&[]));
        bytes.extend(self.component.get(self.behind.clone()).unwrap_or(&[]));
        Ok(bytes)
    }

    /// The machine's data with the places in their cell, and the image.
    fn data(
        &self,
        data: &SectionLimited<'_, Data<'_>>,
        places: &Places,
        (base, image): (usize, &[u8]),
    ) -> Result<DataSection, NoMachine> {
        let mut section = DataSection::new();
        let mut written = false;
        for data in data.clone() {
            let data = data?;
            let DataKind::Active { offset_expr, .. } = &data.kind else {
                return Err(NoMachine::Missing("data at fixed addresses only"));
            };
            let start = constant(offset_expr.get_operators_reader());
            let start = start.ok_or(NoMachine::Missing("data at fixed addresses only"))?;
            let mut content = data.data.to_vec();
            let cell = self.cell.checked_sub(start).and_then(|at| content.get_mut(at..));
            if let Some(cell) = cell.and_then(|cell| cell.get_mut(..Places::SIZE)) {
                cell.copy_from_slice(&places.to_bytes());
                written = true;
            }
            section.active(0, &address(start), content);
        }
        if !written {
            return Err(NoMachine::Missing("data where it reads what was written"));
        }
        section.active(0, &address(base), image.iter().copied());
        Ok(section)
    }
}

/// Where the module lies in the component.
struct Place {
    /// Everything before the module's header.
    before: Range<usize>,
    content: Range<usize>,
    behind: Range<usize>,
}

/// The module that has a memory. The component has others only if the encoder needs to join some.
fn module(component: &[u8]) -> Result<Place, NoMachine> {
    let (mut depth, mut end_of_last, mut candidate) = (0_usize, 0, None);
    for payload in Parser::new(0).parse_all(component) {
        let payload = payload?;
        match &payload {
            Payload::Version { range, .. } => {
                depth += 1;
                if depth == 1 {
                    end_of_last = range.end;
                }
            }
            Payload::End(_) => depth = depth.saturating_sub(1),
            Payload::MemorySection(_) if depth == 2 => {
                return candidate.ok_or(NoMachine::Missing("module with a memory"));
            }
            _ => {}
        }
        if depth == 1
            && let Some((_, range)) = payload.as_section()
        {
            if matches!(payload, Payload::ModuleSection { .. }) {
                candidate = Some(Place {
                    before: 0..end_of_last,
                    content: range.clone(),
                    behind: range.end..component.len(),
                });
            }
            end_of_last = range.end;
        }
    }
    Err(NoMachine::Missing("module with a memory"))
}

/// The machine's memory with at least so many pages.
fn memory(memories: &MemorySectionReader<'_>, pages: u64) -> Result<MemorySection, NoMachine> {
    let mut section = MemorySection::new();
    for memory in memories.clone() {
        let memory = memory?;
        section.memory(MemoryType {
            minimum: memory.initial.max(pages),
            maximum: memory.maximum,
            memory64: memory.memory64,
            shared: memory.shared,
            page_size_log2: memory.page_size_log2,
        });
    }
    Ok(section)
}

/// An address that is a number and nothing else.
fn constant(operators: wasmparser::OperatorsReader<'_>) -> Option<usize> {
    match operators.into_iter().next()?.ok()? {
        Operator::I32Const { value } => Some(value.cast_unsigned() as usize),
        _ => None,
    }
}

fn address(address: usize) -> ConstExpr {
    ConstExpr::i32_const(u32::try_from(address).unwrap_or(u32::MAX).cast_signed())
}
