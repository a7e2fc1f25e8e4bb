//! Reading a baseline, also one that git or a person put together line by line, or that a formatter wrote anew.

use std::path::Path;

use serde::Deserialize;

use super::error::Fault;
use super::write::{END, Line, OPEN};
use super::{Baseline, BaselineError, Damage, Entry, VERSION};
use crate::files::read_named;

/// Room for some two million findings, in bytes.
const MAX_BYTES: u64 = 256 << 20;

/// The whole file, or its first line with the list closed.
#[derive(Deserialize)]
struct Whole {
    version: u64,
    #[serde(default)]
    paths: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
    /// The last element is null.
    findings: Vec<Option<Line>>,
}

/// What every version has.
#[derive(Deserialize)]
struct Versioned {
    version: u64,
}

impl Baseline {
    /// Reads a file.
    ///
    /// # Errors
    /// [`BaselineError`] if it cannot be read or is not as it was written.
    pub fn open(path: &Path) -> Result<Self, BaselineError> {
        let bytes = read_named(path, MAX_BYTES)
            .map_err(|error| BaselineError::Unreadable(path.to_path_buf(), error))?;
        let parsed = std::str::from_utf8(&bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
            Damage::other(line, "the text is not UTF-8")
        });
        parsed.and_then(Self::parse).map_err(|damage| {
            if is_like_one(&String::from_utf8_lossy(&bytes)) {
                BaselineError::Damaged(path.to_path_buf(), damage)
            } else {
                BaselineError::Foreign(path.to_path_buf())
            }
        })
    }

    /// Reads the text of a file. Where an entry is there twice, as after a merge, the larger count holds.
    ///
    /// # Errors
    /// [`Damage`] if it is not as it was written.
    pub fn parse(text: &str) -> Result<Self, Damage> {
        let text = text.trim_start_matches('\u{feff}');
        let mut baseline = Self::default();
        // Lines tell where a fault is, and may be a union of two files; JSON may be laid out otherwise.
        let lines = baseline.read_lines(text);
        let Err(damage) = lines else { return Ok(baseline) };
        if let Some(version) = newer(text) {
            return Err(Damage { line: 1, fault: Fault::Newer(version) });
        }
        let Ok(whole) = serde_json::from_str(text) else { return Err(damage) };
        let mut baseline = Self::default();
        let has_lines = text.lines().next().is_some_and(|line| line.ends_with(OPEN));
        let inserted = baseline.insert_whole(whole);
        let told = |what| if has_lines { damage } else { Damage::other(1, what) };
        inserted.map(|()| baseline).map_err(told)
    }

    fn read_lines(&mut self, text: &str) -> Result<(), Damage> {
        let (mut heads, mut ends, mut last) = (0, 0, 1);
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            let damaged = |what: String| Damage::other(number, what);
            last = number;
            if line.is_empty() {
                continue;
            }
            if ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
                return Err(Damage { line: number, fault: Fault::Conflict });
            }
            if line == END {
                ends += 1;
            } else if let Some(head) = line.strip_suffix(OPEN) {
                heads += 1;
                let whole = format!("{head}{OPEN}]}}");
                if let Some(version) = newer(&whole) {
                    return Err(Damage { line: number, fault: Fault::Newer(version) });
                }
                let whole = serde_json::from_str(&whole);
                self.insert_whole(whole.map_err(|error| damaged(format!("this is no head: {error}")))?)
                    .map_err(damaged)?;
            } else if heads == 0 {
                return Err(damaged(format!("the file does not start with {{\"version\":{VERSION},…{OPEN}")));
            } else {
                let entry = serde_json::from_str(line.trim_end_matches(','));
                let entry = entry.map_err(|error| damaged(format!("this is no entry: {}", told(&error))))?;
                self.insert(entry).map_err(damaged)?;
            }
        }
        match (heads, ends) {
            (0, _) => Err(Damage::other(1, "the file is empty")),
            (_, 0) => {
                Err(Damage::other(last, format!("the file ends here, without its last line \"{END}\"")))
            }
            _ => Ok(()),
        }
    }

    fn insert_whole(&mut self, whole: Whole) -> Result<(), String> {
        if whole.version != VERSION {
            return Err(format!("there is no version {}", whole.version));
        }
        self.paths.extend(whole.paths);
        self.with.extend(whole.with);
        whole.findings.into_iter().flatten().try_for_each(|line| self.insert(line))
    }

    fn insert(&mut self, line: Line) -> Result<(), String> {
        let Line { article, locale, rule, fingerprint, count } = line;
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if fingerprint.len() != 16 || !fingerprint.bytes().all(is_hex) {
            return Err(format!("the fingerprint \"{fingerprint}\" is not 16 hex digits"));
        }
        if count == 0 {
            return Err("the count is 0".into());
        }
        let known = self.entries.entry(Entry { article, locale, rule, fingerprint }).or_default();
        *known = count.max(*known);
        Ok(())
    }
}

/// Whether a line of a text is one of a baseline. A text without any is probably not a damaged one, and not to be written
/// over; an empty one can be.
fn is_like_one(text: &str) -> bool {
    let is_line = |line: &str| {
        let line = line.trim();
        let entry: Result<Line, _> = serde_json::from_str(line.trim_end_matches(','));
        line.ends_with(OPEN) || line == END || entry.is_ok()
    };
    text.trim().is_empty() || text.lines().any(is_line)
}

/// The version in a text, if it is newer than this program.
fn newer(text: &str) -> Option<u64> {
    let Versioned { version } = serde_json::from_str(text).ok()?;
    (version > VERSION).then_some(version)
}

/// What serde says, without its place: every entry is one line.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_string()
}
