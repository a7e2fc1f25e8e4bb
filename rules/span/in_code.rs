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
    let text = document.file.text();
    let mut gaps = document.gaps.with(Signs::CODE_BEFORE | Signs::INDENTED);
    gaps.any(|gap| {
        let is_odd = || gap.line(text).slice(text).bytes().filter(|byte| *byte == b'`').count() % 2 == 1;
        gap.unit < document.units.len() && (gap.has(Signs::INDENTED) || is_odd())
    })
}

/// The same for fenced code: a fence before the pair is open.
fn may_be_fenced(document: &Document) -> bool {
    fences(document).iter().any(|fences| {
        fences.chunks(2).any(|fence| {
            let behind = document.units.partition_point(|unit| unit.span.start as usize <= fence[0]);
            let next = document.units.get(behind).map(|unit| unit.span.start as usize);
            next.is_some_and(|next| fence.get(1).is_none_or(|end| next <= *end))
        })
    })
}

/// Where lines start with a fence, after blanks and quote marks: those of backticks, and those of tildes.
fn fences(document: &Document) -> [Vec<usize>; 2] {
    let (bytes, body) = (document.file.text().as_bytes(), document.body());
    let starts_line = |at: usize| {
        let marks = bytes[body..at].iter().rev().take_while(|byte| matches!(byte, b' ' | b'>')).count();
        body + marks == at || bytes[at - marks - 1] == b'\n'
    };
    let mut fences = [Vec::new(), Vec::new()];
    for span in document.gaps.at_line_starts(Signs::CODE) {
        for at in memchr::memchr2_iter(b'`', b'~', &bytes[span.range()]) {
            let at = span.start as usize + at;
            let sign = bytes[at];
            if bytes[at..].starts_with(&[sign; 3]) && starts_line(at) {
                fences[usize::from(sign == b'~')].push(at);
            }
        }
    }
    fences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_are_those_of_the_whole_text() {
        let mut found = 0;
        words::each_random_document("PLSFW```~~~> \n\n", |document| {
            let (body, text) = (document.body(), &document.file.text()[document.body()..]);
            let all = ["```", "~~~"].map(|mark| {
                let starts_line = |(at, _): &(usize, &str)| {
                    let before = text[..*at].trim_end_matches([' ', '>']);
                    before.is_empty() || before.ends_with('\n')
                };
                text.match_indices(mark).filter(starts_line).map(|(at, _)| body + at).collect::<Vec<_>>()
            });
            found += all.iter().map(Vec::len).sum::<usize>();
            assert_eq!(fences(document), all, "{text:?}");
        });
        assert!(found > 1000, "{found}");
    }
}
