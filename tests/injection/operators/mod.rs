//! The operators: each plants one fault in a document, and says which rule must find it where.

mod front_matter;
mod ids;
mod outside;
mod spans;

use bitext::{Document, SourceFile};

const CLOSE: &str = "</span>";
const LOOKUP: &str = "<span class=\"sxs-lookup\">";

/// A damaged text, the rule that must speak up, and the byte of the text where.
pub(crate) type Damage = (String, &'static str, usize);

/// An operator: damages a document at a unit, or gives up where it does not apply.
pub(crate) type Operator = fn(&Document, usize) -> Option<Damage>;

pub(crate) fn parse(text: &str) -> Document {
    Document::parse(SourceFile::from_bytes(text.as_bytes().to_vec()).unwrap())
}

/// `text` with a stretch replaced.
pub(crate) fn with(document: &Document, from: u32, to: u32, new: &str) -> String {
    let text = document.file.text();
    format!("{}{new}{}", &text[..from as usize], &text[to as usize..])
}

/// The pair of a unit as text.
fn pair(document: &Document, unit: usize) -> &str {
    document.slice(document.units[unit].span)
}

/// Replaces a piece of a unit's pair; the fault is where `place` starts in the new pair.
fn in_pair(
    document: &Document,
    unit: usize,
    old: &str,
    new: &str,
    rule: &'static str,
    place: &str,
) -> Option<Damage> {
    let span = document.units[unit].span;
    let damaged =
        Some(pair(document, unit).replacen(old, new, 1)).filter(|new| new != pair(document, unit))?;
    let at = span.start as usize + damaged.find(place)?;
    Some((with(document, span.start, span.end, &damaged), rule, at))
}

fn tags(document: &Document, unit: usize) -> (&str, &str) {
    let unit = &document.units[unit];
    (document.slice(unit.target.tag), document.slice(unit.source.tag))
}

fn id(document: &Document, unit: usize) -> &str {
    document.slice(document.units[unit].target.id)
}

/// A line of the front matter replaced, with the fault at `place` in the new line.
fn in_front(
    document: &Document,
    key: &str,
    new: impl Fn(&str) -> String,
    rule: &'static str,
    place: &str,
) -> Option<Damage> {
    let text = document.file.text();
    let line = text.lines().find(|line| line.starts_with(&format!("{key}:")))?;
    let at = text.find(line)?;
    let new = Some(new(line)).filter(|new| new != line)?;
    let place = at + new.find(place)?;
    Some((format!("{}{new}{}", &text[..at], &text[at + line.len()..]), rule, place))
}

fn next_starts_line(document: &Document, unit: usize) -> Option<usize> {
    let (this, next) = (document.units.get(unit)?, document.units.get(unit + 1)?);
    let between = document.file.text().get(this.span.end as usize..next.span.start as usize)?;
    between.trim().is_empty().then_some(unit + 1)
}

/// All operators, by name.
pub(crate) fn operators() -> Vec<(&'static str, Operator)> {
    [spans::ALL, ids::ALL, front_matter::ALL, outside::ALL].concat()
}

/// Where the line of a unit starts, if it is the first one there.
fn line_start(document: &Document, unit: usize) -> Option<usize> {
    let start = document.units[unit].span.start as usize;
    let line = document.file.text()[..start].rfind('\n')? + 1;
    let before = unit.checked_sub(1).map_or(0, |before| document.units[before].span.end as usize);
    (before < line).then_some(line)
}

/// Something put on lines of its own before that of a unit.
fn put_before(document: &Document, unit: usize, text: &str) -> Option<Damage> {
    let line = line_start(document, unit)?;
    let at = line + text.find(|c: char| !matches!(c, '>' | ' '))?;
    Some((with(document, line as u32, line as u32, text), "parity/skeleton", at))
}

fn line(document: &Document, key: &str) -> Option<String> {
    document.file.text().lines().find(|line| line.starts_with(&format!("{key}:"))).map(String::from)
}

fn front(document: &Document, key: &str) -> Option<String> {
    Some(line(document, key)?.split_once(": ")?.1.to_string())
}
