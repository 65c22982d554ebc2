//! Facts on the command line: a file of them, and single ones.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Map, Value};

use crate::failure::Failure;

/// Where facts come from.
#[derive(Debug, Args)]
pub(crate) struct FactsArguments {
    /// A file with facts as a JSON object, as the API takes them; - reads standard input.
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// One fact; goes before those of the file. A value that is a JSON array, object, true or
    /// false is read as such, anything else is text.
    #[arg(long = "fact", value_name = "NAME=VALUE")]
    single: Vec<String>,
}

impl FactsArguments {
    /// Reads them.
    pub(crate) async fn read(&self) -> Result<Map<String, Value>, Failure> {
        let mut facts = match &self.facts {
            Some(path) => read_file(path).await?,
            None => Map::new(),
        };
        for single in &self.single {
            let (name, value) = single.split_once('=').ok_or_else(|| {
                Failure::Usage(format!("--fact must be NAME=VALUE, found {single:?}"))
            })?;
            facts.insert(name.trim().to_owned(), value_of(value));
        }
        Ok(facts)
    }
}

/// Numbers stay text: decimals are read exactly from it.
fn value_of(text: &str) -> Value {
    match serde_json::from_str::<Value>(text) {
        Ok(value @ (Value::Array(_) | Value::Object(_) | Value::Bool(_))) => value,
        _ => Value::String(text.to_owned()),
    }
}

async fn read_file(path: &Path) -> Result<Map<String, Value>, Failure> {
    let mut text = String::new();
    if path.as_os_str() == "-" {
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| Failure::file("can not read", path, &error))?;
    } else {
        text = tokio::fs::read_to_string(path)
            .await
            .map_err(|error| Failure::file("can not read", path, &error))?;
    }
    serde_json::from_str(&text).map_err(|error| {
        Failure::Usage(format!("{} must hold a JSON object of facts: {error}", path.display()))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_on_the_command_line_keeps_its_text() {
        assert_eq!(value_of("0.10"), json!("0.10"));
        assert_eq!(value_of("2026-03-02"), json!("2026-03-02"));
        assert_eq!(value_of("true"), json!(true));
        assert_eq!(value_of("[{\"a\": 1}]"), json!([{ "a": 1 }]));
    }
}
