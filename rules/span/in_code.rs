use std::collections::BTreeMap;

use bitext::{Document, Localized, Signs, Span, Unit};

use crate::prelude::*;

/// Its page is `in_code.md`.
pub(crate) struct InCode;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("span/in-code", include_str!("in_code.md"), Severity::Error, Scope::Document, "markup")
}

impl DocumentRule for InCode {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        if let Some(place) = in_front_matter(document) {
            sink.report(localized, place, "a pair stands in the front matter")
                .identity("front matter")
                .help("keep only the target's text; front matter has no pairs");
        }
        for units in blocks(document).values() {
            report(localized, units, sink);
        }
    }
}

/// The code with pairs in it, and the pairs.
fn blocks(document: &Document) -> BTreeMap<Span, Vec<&Unit>> {
    let mut blocks: BTreeMap<Span, Vec<&Unit>> = BTreeMap::new();
    if may_be_code(document) || may_be_fenced(document) {
        for unit in &document.units {
            if let Some(code) = document.code_at(unit.span.start as usize) {
                blocks.entry(code).or_default().push(unit);
            }
        }
    }
    blocks
}

/// Whether a pair stands in code.
pub(crate) fn any(document: &Document) -> bool {
    !blocks(document).is_empty()
}

/// One finding a block of code: a fence that never closes takes in all the pairs that follow.
fn report(localized: &Localized, units: &[&Unit], sink: &mut Sink<'_>) {
    let (first, others) = (units[0], &units[1..]);
    let id = localized.document.slice(first.target.id);
    let message = match others.len() {
        0 => format!("the pair of unit {id} stands in code"),
        n => format!("the pair of unit {id} and {n} more stand in code"),
    };
    let finding = sink.report(localized, first.span, message);
    finding.unit(first.target.id).identity("in code");
    finding.help(
        "readers see the tags: close the code before the pair, or put back the code as the source has it",
    );
    for unit in others {
        let place = Place { document: localized.id, span: unit.span };
        finding.related(Role::Place, "in the same code", place, Some(unit.target.id));
    }
}

fn in_front_matter(document: &Document) -> Option<Span> {
    let yaml = document.front_matter.as_ref()?.yaml;
    let text = document.slice(yaml);
    let find = |mark: &str| memchr::memmem::find(text.as_bytes(), mark.as_bytes());
    // Both have that.
    find("tu-id=\"")?;
    let at = find("data-ttu-id=\"").or_else(|| find("data-stu-id=\""))?;
    let start = text[..at].rfind('<').unwrap_or(at);
    let len = text[start..].find('\n').unwrap_or(text.len() - start);
    Some(yaml.part(start, len))
}

/// A scan that spares nearly all documents the Markdown parser: a pair in code that is no fenced one has an odd number of
/// backticks between the pairs before it on its line, or an indented line.
fn may_be_code(document: &Document) -> bool {
    if document.gaps.with(Signs::CODE_BEFORE | Signs::INDENTED).next().is_none() && document.faults.is_empty()
    {
        return false;
    }
    let bytes = document.file.text().as_bytes();
    let (mut from, mut is_first, mut backticks, mut indented) = (document.body(), true, 0, false);
    document.units.iter().any(|unit| {
        let at = unit.span.start as usize;
        let gap = &bytes[from..at];
        from = unit.span.end as usize;
        // Where sentences follow each other there is nothing but a blank between them.
        if is_first || gap != b" " {
            let start = memchr::memrchr(b'\n', gap).map_or(0, |end| end + 1);
            let line = &gap[start..];
            if start > 0 || is_first {
                indented = line.starts_with(b"    ") || line.starts_with(b"\t");
                backticks = 0;
            }
            is_first = false;
            backticks += memchr::memchr_iter(b'`', line).count();
        }
        backticks % 2 == 1 || indented
    })
}

/// The same for fenced code: a fence before the pair is open.
fn may_be_fenced(document: &Document) -> bool {
    ["```", "~~~"].iter().any(|mark| {
        let fences: Vec<usize> = line_starts(document, mark).collect();
        fences.chunks(2).any(|fence| {
            let behind = document.units.partition_point(|unit| unit.span.start as usize <= fence[0]);
            let next = document.units.get(behind).map(|unit| unit.span.start as usize);
            next.is_some_and(|next| fence.get(1).is_none_or(|end| next <= *end))
        })
    })
}

/// Where lines start with `mark`, after blanks and quote marks.
fn line_starts<'a>(document: &'a Document, mark: &'a str) -> impl Iterator<Item = usize> {
    let (text, body) = (document.file.text(), document.body());
    let starts_line = move |at: &usize| {
        let before = text[body..*at].trim_end_matches([' ', '>']);
        before.is_empty() || before.ends_with('\n')
    };
    let marks = document.gaps.at_line_starts(Signs::CODE).flat_map(move |span| {
        let found = span.slice(text).match_indices(mark);
        found.map(move |(at, _)| span.start as usize + at)
    });
    marks.filter(starts_line)
}
