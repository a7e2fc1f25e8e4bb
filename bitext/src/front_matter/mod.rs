//! The YAML block at the head of a document, with byte spans of keys and values.
//!
//! Nearly every line of such a block is `key: plain scalar` or an item of a list. [`flat`] reads blocks that consist
//! of nothing else; anything else goes to the YAML library ([`yaml`]), and a test holds the two equal.

mod flat;
mod yaml;

use crate::Span;

/// As many entries as are looked through one by one.
const FEW: usize = 64;

/// Longer blocks are refused, in bytes; real ones have 1 to 4 KiB.
const MAX_BYTES: usize = 1 << 20;

/// The front matter of a document.
#[derive(Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// From the first byte of the opening fence to the end of the closing one, line ending included.
    pub block: Span,
    /// The lines between the fences.
    pub yaml: Span,
    /// Keys and values in document order; a key given twice is here twice. Up to the error if there is one.
    pub entries: Vec<Entry>,
    /// Why the block could not be read to its end.
    pub error: Option<FrontMatterError>,
    /// Indexes of the entries by their keys, then in order; of few entries, none.
    by_key: Vec<u32>,
}

/// A key and its value.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Scalar,
    /// Its value.
    pub value: Value,
}

/// A YAML node.
#[derive(Debug, PartialEq, Eq)]
pub enum Value {
    /// Text, numbers, dates, and the empty value.
    Scalar(Scalar),
    /// A list, in either notation.
    Sequence(Span, Vec<Value>),
    /// A nested mapping, in either notation.
    Mapping(Span, Vec<Entry>),
    /// `*name`; never expanded.
    Alias(Span),
}

/// A scalar as it is written. YAML types are not applied: `no` is the text "no".
#[derive(Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The scalar in the file, quotes included.
    pub span: Span,
    /// How it is written.
    pub style: Style,
    /// The text, where it is not simply what stands in the file between the quotes.
    decoded: Option<Box<str>>,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In `'`.
    SingleQuoted,
    /// In `"`.
    DoubleQuoted,
    /// As a `|` or `>` block.
    Block,
}

/// Why front matter could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatterError {
    /// Where reading stopped.
    pub span: Span,
    /// What is wrong, in a few words.
    pub message: String,
}

impl Scalar {
    /// The text of the scalar in `file`, the text of the file it was read from.
    #[inline]
    pub fn text<'a>(&'a self, file: &'a str) -> &'a str {
        self.decoded.as_deref().unwrap_or_else(|| self.content().slice(file))
    }

    /// Whether it is this text.
    #[inline]
    fn is(&self, file: &str, text: &str) -> bool {
        match &self.decoded {
            Some(decoded) => **decoded == *text,
            None => self.content().len() == text.len() && self.content().slice(file) == text,
        }
    }

    /// The scalar in the file without its quotes.
    #[inline]
    pub fn content(&self) -> Span {
        match self.style {
            Style::SingleQuoted | Style::DoubleQuoted if self.span.len() >= 2 => {
                self.span.part(1, self.span.len() - 2)
            }
            _ => self.span,
        }
    }
}

impl Value {
    /// Where the value stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Scalar(scalar) => scalar.span,
            Self::Sequence(span, _) | Self::Mapping(span, _) | Self::Alias(span) => *span,
        }
    }

    /// The scalar, if the value is one.
    #[inline]
    pub fn scalar(&self) -> Option<&Scalar> {
        match self {
            Self::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }
}

impl FrontMatter {
    /// Reads the front matter at the head of `text`.
    ///
    /// `None` if the text does not start with a `---` line (after a byte order mark), or if no line
    /// closes the block and what follows does not look like `key: value` (a thematic break).
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_lines(text, &mut Vec::new())
    }

    /// The same, and where the lines up to its end start; of a text without front matter, of the first line only.
    pub(crate) fn parse_lines(text: &str, lines: &mut Vec<u32>) -> Option<Self> {
        lines.push(0);
        let front = Self::parse_with(text, lines, entries);
        if front.as_ref().is_none_or(|front| front.block.is_empty()) {
            lines.truncate(1);
        }
        front
    }

    /// The same by the YAML library alone: what [`parse`](Self::parse) is held to.
    #[doc(hidden)]
    pub fn parse_by_library(text: &str) -> Option<Self> {
        Self::parse_with(text, &mut Vec::new(), |file, yaml, _| yaml::entries(file, yaml, WHAT))
    }

    /// Adds the starts of the lines after the first; `entries` gets those between the fences, and where the last one ends.
    fn parse_with(
        text: &str,
        starts: &mut Vec<u32>,
        entries: impl FnOnce(&str, Span, &[u32]) -> Read,
    ) -> Option<Self> {
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut lines = Lines { text, at: start };
        let (_, opening) = lines.next()?;
        if opening.trim_end() != "---" {
            return None;
        }
        let (yaml_start, before) = (lines.at, starts.len());
        while let Some((at, line)) = lines.next() {
            starts.push(at as u32);
            if line.starts_with(['-', '.']) && matches!(line.trim_end(), "---" | "...") {
                let (block, yaml) = (Span::new(start, lines.at), Span::new(yaml_start, at));
                let (entries, error) = entries(text, yaml, &starts[before..]);
                if at + line.len() < lines.at {
                    starts.push(block.end);
                }
                let by_key = by_key(text, &entries);
                return Some(Self { block, yaml, entries, error, by_key });
            }
        }
        Self::unterminated(text, start, yaml_start)
    }

    fn unterminated(text: &str, start: usize, yaml_start: usize) -> Option<Self> {
        let (_, first) = Lines { text, at: yaml_start }.next()?;
        let key = first.split_once(':')?.0;
        let looks_like_key =
            !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
        looks_like_key.then(|| Self {
            block: Span::at(start),
            yaml: Span::at(yaml_start),
            entries: Vec::new(),
            error: Some(FrontMatterError {
                span: Span::new(start, start + 3),
                message: "no line \"---\" closes the front matter".into(),
            }),
            by_key: Vec::new(),
        })
    }

    /// The first entry with this key.
    pub fn entry(&self, file: &str, key: &str) -> Option<&Entry> {
        if self.by_key.is_empty() {
            return self.entries.iter().find(|entry| entry.key.is(file, key));
        }
        let key_of = |at: &u32| self.entries[*at as usize].key.text(file);
        let first = self.by_key.partition_point(|at| key_of(at) < key);
        let entry = &self.entries[*self.by_key.get(first)? as usize];
        entry.key.is(file, key).then_some(entry)
    }
}

fn by_key(file: &str, entries: &[Entry]) -> Vec<u32> {
    if entries.len() <= FEW {
        return Vec::new();
    }
    let mut by_key: Vec<u32> = (0..entries.len() as u32).collect();
    by_key.sort_by_key(|at| entries[*at as usize].key.text(file));
    by_key
}

/// The entries, and what stands after them that could not be read.
type Read = (Vec<Entry>, Option<FrontMatterError>);

/// What messages call the block.
const WHAT: &str = "front matter";

/// Reads the lines `yaml` of `file`: the fast path first, the library for whatever it declines.
fn entries(file: &str, yaml: Span, starts: &[u32]) -> Read {
    if yaml.len() > MAX_BYTES {
        let message = format!("the block has {} bytes, more than the {MAX_BYTES} that are read", yaml.len());
        return (Vec::new(), Some(FrontMatterError { span: Span::at(yaml.start as usize), message }));
    }
    match flat::entries(file, yaml, starts) {
        Some(entries) => (entries, None),
        None => yaml::entries(file, yaml, WHAT),
    }
}

/// Reads a YAML file whose top is a mapping, such as a glossary, as front matter is read: with spans, in the order of
/// the file, a key given twice twice. With an error, the entries before it are still given.
pub fn read_yaml(file: &str) -> (Vec<Entry>, Option<FrontMatterError>) {
    let start = if file.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    yaml::entries(file, Span::new(start, file.len()), "the file")
}

/// Lines with their byte offsets and without their line endings.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes());
        let line = &rest[..end.unwrap_or(rest.len())];
        let ending = &rest[line.len()..];
        self.at += line.len() + if ending.starts_with("\r\n") { 2 } else { usize::from(!ending.is_empty()) };
        Some((start, line))
    }
}

#[cfg(test)]
mod tests;
