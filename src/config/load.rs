//! Finds configuration files and reads them, those that they extend first.

use std::fs;
use std::path::{Path, PathBuf};

use std::sync::Arc;

use bitext::Entry;
use rules::RuleInfo;
use rules::declarative::Pack;
use rules::reader::{Reader, Refusal, Sourced};

use super::Config;
use super::error::ConfigError;
use super::read::File;
use crate::files::shown_path;
use crate::packs::{self, PackError};

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
        let reader = Reader::new(&text, &name);
        let entries = reader.entries()?;
        self.open.push(path.clone());
        for base in extended(&reader, &entries)? {
            let there = folder.join(base.0);
            if !there.is_file() {
                let message = format!("there is no file \"{}\"", shown_path(&there, self.current));
                return Err(reader.refuse(base.1, message).into());
            }
            self.add(&there, config)?;
        }
        self.open.pop();
        // What the file says about rules can be about those of its packs, and of files that it extends.
        self.packs(&reader, &entries, &folder, config)?;
        let packs: Vec<Arc<Pack>> = config.packs.iter().map(|pack| pack.value.clone()).collect();
        let rules: Vec<&RuleInfo> = self.rules.iter().copied().chain(packs::infos(&packs)).collect();
        File { reader, folder: &folder, rules: &rules }.read(&entries, config)?;
        config.files.push(path);
        Ok(())
    }
}

impl Loader<'_> {
    /// Adds the packs that a file names.
    fn packs(
        &self,
        reader: &Reader<'_>,
        entries: &[Entry],
        folder: &Path,
        config: &mut Config,
    ) -> Result<(), ConfigError> {
        let Some(entry) = entries.iter().find(|entry| reader.key(entry) == "packs") else { return Ok(()) };
        for (name, span) in reader.texts(&entry.value)? {
            let refuse = |error: PackError| match error {
                // What is wrong in a pack is told at its place there.
                PackError::Refused(refused) => refused,
                other => reader.refuse(span, other.to_string()),
            };
            let pack = packs::load(name, folder, self.current).map_err(refuse)?;
            let mut all: Vec<Arc<Pack>> = config.packs.iter().map(|pack| pack.value.clone()).collect();
            let before = all.len();
            packs::add(&mut all, [pack.clone()]).map_err(refuse)?;
            if all.len() > before {
                config.packs.push(Sourced { value: pack, origin: reader.origin(span) });
            }
        }
        Ok(())
    }
}

/// The files that a file extends, with their places in it.
fn extended<'e>(
    reader: &'e Reader<'_>,
    entries: &'e [Entry],
) -> Result<Vec<(&'e str, bitext::Span)>, Refusal> {
    let entry = entries.iter().find(|entry| reader.key(entry) == "extends");
    entry.map(|entry| reader.texts(&entry.value)).transpose().map(Option::unwrap_or_default)
}
