//! Finds configuration files and reads them, those that they extend first.

use std::io;
use std::path::{Path, PathBuf};

use std::sync::Arc;

use bitext::Entry;
use rules::RuleInfo;
use rules::declarative::Pack;
use rules::reader::{Reader, Refusal, Sourced};

use super::Config;
use super::error::ConfigError;
use super::read::File;
use crate::files::{is_yaml, read_named, shown_path};
use crate::packs::{self, PackError};

/// The names that a configuration can have; the first is the usual one.
pub const NAMES: [&str; 4] = ["loclint.yml", "loclint.yaml", ".loclint.yml", ".loclint.yaml"];

/// Nobody writes a larger one, in bytes.
const MAX_BYTES: u64 = 4 << 20;

/// The configuration nearest to `folder`, an absolute path: in it or in a folder above it, up to the root of the
/// repository; outside a repository, in it alone or above it.
///
/// # Errors
/// [`ConfigError::Two`] if a folder has several.
pub fn find(folder: &Path) -> Result<Option<PathBuf>, ConfigError> {
    for folder in folder.ancestors() {
        let mut there = NAMES.iter().map(|name| folder.join(name)).filter(|path| path.is_file());
        if let Some(found) = there.next() {
            return match there.next() {
                Some(other) => Err(ConfigError::Two(found, other)),
                None => Ok(Some(found)),
            };
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    Ok(None)
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

/// The path of what is there; a pipe of a shell has none but its name.
fn real_path(path: &Path) -> io::Result<PathBuf> {
    dunce::canonicalize(path)
        .or_else(|error| if path.exists() { std::path::absolute(path) } else { Err(error) })
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
        let real = real_path(path).map_err(|error| unreadable(&error))?;
        // The mistakes in a file are shown, so that a configuration must not lead to just any.
        if !is_yaml(&real) && (is_yaml(path) || !self.open.is_empty()) {
            return Err(unreadable(&format!("\"{}\" is not called .yml", shown_path(&real, self.current))));
        }
        let path = real;
        if self.open.contains(&path) {
            let names = self.open.iter().chain([&path]).map(|path| shown_path(path, self.current));
            return Err(ConfigError::Circle(names.collect()));
        }
        // Two of the files may extend the same third one.
        if config.files.contains(&path) {
            return Ok(());
        }
        let bytes = read_named(&path, MAX_BYTES).map_err(|error| unreadable(&error))?;
        let not_utf8 = |error: std::string::FromUtf8Error| {
            let line =
                error.as_bytes()[..error.utf8_error().valid_up_to()].split(|byte| *byte == b'\n').count();
            unreadable(&format!("line {line} is not UTF-8"))
        };
        let text = String::from_utf8(bytes).map_err(not_utf8)?;
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
