//! Finds configuration files and reads them, those that they extend first.

use std::fs;
use std::path::{Path, PathBuf};

use bitext::Entry;
use rules::RuleInfo;

use super::Config;
use super::error::ConfigError;
use super::read::File;
use super::reader::Reader;
use crate::files::shown_path;

/// The names that a configuration can have; the first wins.
pub const NAMES: [&str; 2] = ["loclint.yml", ".loclint.yml"];

/// The configuration nearest to `folder`, an absolute path: in it or in a folder above it, up to the root of the
/// repository; outside a repository, in it alone or above it.
pub fn find(folder: &Path) -> Option<PathBuf> {
    for folder in folder.ancestors() {
        if let Some(found) = NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file()) {
            return Some(found);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

/// Reads a configuration and those that it extends. Messages show paths relative to `current`.
///
/// # Errors
/// [`ConfigError`] at the first thing that is wrong.
pub fn load(path: &Path, current: &Path, rules: &[&RuleInfo]) -> Result<Config, ConfigError> {
    let mut config = Config::default();
    Loader { current, rules, open: Vec::new() }.add(path, &mut config)?;
    Ok(config)
}

struct Loader<'a> {
    current: &'a Path,
    rules: &'a [&'a RuleInfo],
    /// The files that are being read, each extended by the one before it.
    open: Vec<PathBuf>,
}

impl Loader<'_> {
    fn add(&mut self, path: &Path, config: &mut Config) -> Result<(), ConfigError> {
        let unreadable = |error: &dyn ToString| ConfigError::Unreadable {
            path: path.to_path_buf(),
            reason: error.to_string(),
        };
        let path = dunce::canonicalize(path).map_err(|error| unreadable(&error))?;
        if self.open.contains(&path) {
            let names = self.open.iter().chain([&path]).map(|path| shown_path(path, self.current));
            return Err(ConfigError::Circle(names.collect()));
        }
        // Two of the files may extend the same third one.
        if config.files.contains(&path) {
            return Ok(());
        }
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&error))?;
        let name = shown_path(&path, self.current);
        let folder = path.parent().unwrap_or(Path::new("/")).to_path_buf();
        let file = File { reader: Reader::new(&text, &name), folder: &folder, rules: self.rules };
        let entries = file.reader.entries()?;
        self.open.push(path.clone());
        for base in extended(&file, &entries)? {
            let there = folder.join(base.0);
            if !there.is_file() {
                let message = format!("there is no file \"{}\"", shown_path(&there, self.current));
                return Err(file.reader.refuse(base.1, message));
            }
            self.add(&there, config)?;
        }
        self.open.pop();
        file.read(&entries, config)?;
        config.files.push(path);
        Ok(())
    }
}

/// The files that a file extends, with their places in it.
fn extended<'e>(
    file: &'e File<'_>,
    entries: &'e [Entry],
) -> Result<Vec<(&'e str, bitext::Span)>, ConfigError> {
    let entry = entries.iter().find(|entry| file.reader.key(entry) == "extends");
    entry.map(|entry| file.reader.texts(&entry.value)).transpose().map(Option::unwrap_or_default)
}
