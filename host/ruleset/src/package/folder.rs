//! A ruleset's folder in a source tree, gathered into the files of a package.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use super::{
    CASES_FOLDER, COMPONENT_FILE, FORMULAS_FILE, LARGEST_CONTENT, LARGEST_TEXT, PARAMETERS_FILE,
    PackageError, TEXTS_FOLDER,
};
use crate::formula_text::FormulaText;
use crate::manifest::{MANIFEST_FILE, Manifest};

/// Reads the files of the ruleset in `folder` and the component that its manifest names from
/// `rules` (`<component>.wasm`), or makes the component of its formulas. Other files beside them, such as a README, stay out of the
/// package; within `cases` and `texts` every file that is not hidden is taken, so that a misspelt
/// one is refused instead of left out.
pub(super) fn gather(
    folder: &Path,
    rules: &Path,
) -> Result<BTreeMap<String, Vec<u8>>, PackageError> {
    let mut files = BTreeMap::new();
    for file in [MANIFEST_FILE, PARAMETERS_FILE] {
        files.insert(file.to_owned(), read(&folder.join(file))?);
    }
    for inside in [CASES_FOLDER, TEXTS_FOLDER] {
        let path = folder.join(inside);
        if !path.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&path).map_err(|error| unreadable(&path, error))? {
            let entry = entry.map_err(|error| unreadable(&path, error))?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                return Err(PackageError::UnexpectedFile {
                    file: entry.path().display().to_string(),
                    problem: "its name is not UTF-8",
                });
            };
            if !name.starts_with('.') {
                files.insert(format!("{inside}{name}"), read(&entry.path())?);
            }
        }
    }
    let manifest = match files.get(MANIFEST_FILE).map(|file| std::str::from_utf8(file)) {
        Some(Ok(text)) => Manifest::parse(text).map_err(PackageError::Manifest)?,
        _ => return Err(PackageError::NotText { file: MANIFEST_FILE.to_owned() }),
    };
    let component = match manifest.machine {
        None => read(&rules.join(format!("{}.wasm", manifest.component)))?,
        Some(machine) => {
            let path = folder.join(FORMULAS_FILE);
            let content = read(&path)?;
            if content.len() > LARGEST_TEXT {
                return Err(PackageError::FileTooLarge {
                    file: path.display().to_string(),
                    found: content.len() as u64,
                    most: LARGEST_TEXT,
                });
            }
            let Ok(text) = std::str::from_utf8(&content) else {
                return Err(PackageError::NotText { file: path.display().to_string() });
            };
            let made = FormulaText::read(&manifest.component, machine, text).component()?;
            files.insert(FORMULAS_FILE.to_owned(), content);
            made
        }
    };
    files.insert(COMPONENT_FILE.to_owned(), component);
    Ok(files)
}

fn read(path: &Path) -> Result<Vec<u8>, PackageError> {
    let file = std::fs::File::open(path).map_err(|error| unreadable(path, error))?;
    let mut content = Vec::new();
    file.take(LARGEST_CONTENT as u64 + 1)
        .read_to_end(&mut content)
        .map_err(|error| unreadable(path, error))?;
    Ok(content)
}

fn unreadable(path: &Path, source: std::io::Error) -> PackageError {
    let file = path.display().to_string();
    match source.kind() {
        std::io::ErrorKind::NotFound => PackageError::MissingFile { file },
        _ => PackageError::Unreadable { file, source },
    }
}
