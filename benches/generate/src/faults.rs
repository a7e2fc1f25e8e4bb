//! Plants faults in sound documents, each of which one rule has to find.

#![allow(clippy::unnecessary_wraps, reason = "entries of one table have one type")]

use std::ops::Range;

use bitext::{Document, SourceFile, Unit};

use crate::random::Random;

/// Bytes of a document and what to put there.
pub(crate) type Edit = (Range<usize>, String);

/// A way to spoil a unit: where it applies, what is changed.
struct Kind {
    rule: &'static str,
    spoil: fn(&Document, &Unit, &mut Random) -> Option<Edit>,
}

/// A fault that was planted.
#[derive(Clone, Debug)]
pub(crate) struct Planted {
    pub(crate) edit: Edit,
    pub(crate) rule: &'static str,
    pub(crate) unit: Option<String>,
}

/// Plants up to `wanted` faults that show in the document alone, in units of their own.
pub(crate) fn plant(text: &str, wanted: usize, random: &mut Random) -> (String, Vec<Planted>) {
    plant_with(text, wanted, random, |document, planted, random| {
        let number = random.below(KINDS.len() + FRONT.len());
        match KINDS.get(number) {
            Some(kind) => in_unit(document, kind, planted, random),
            None => (FRONT[number - KINDS.len()])(document),
        }
    })
}

/// Plants one fault that only sound siblings tell.
pub(crate) fn plant_compared(text: &str, random: &mut Random) -> (String, Vec<Planted>) {
    plant_with(text, 1, random, |document, planted, random| {
        let first = random.below(COMPARED.len());
        let kinds = COMPARED[first..].iter().chain(COMPARED);
        kinds.take(COMPARED.len()).find_map(|kind| in_unit(document, kind, planted, random))
    })
}

fn plant_with(
    text: &str,
    wanted: usize,
    random: &mut Random,
    make: impl Fn(&Document, &[Planted], &mut Random) -> Option<Planted>,
) -> (String, Vec<Planted>) {
    let mut planted: Vec<Planted> = Vec::new();
    let Ok(file) = SourceFile::from_bytes(text.as_bytes().to_vec()) else { return (text.into(), planted) };
    let document = Document::parse(file);
    for _ in 0..wanted {
        let new = make(&document, &planted, random).filter(|new| is_free(&planted, new));
        planted.extend(new);
    }
    planted.sort_by_key(|one| one.edit.0.start);
    let mut out = text.to_string();
    for one in planted.iter().rev() {
        out.replace_range(one.edit.0.clone(), &one.edit.1);
    }
    (out, planted)
}

/// A fault of this kind in some unit, if it fits one.
fn in_unit(document: &Document, kind: &Kind, planted: &[Planted], random: &mut Random) -> Option<Planted> {
    let count = document.units.len();
    let first = random.below(count.max(1));
    (0..count).find_map(|index| {
        let unit = &document.units[(first + index) % count];
        let edit = (kind.spoil)(document, unit, random)?;
        let new = Planted { edit, rule: kind.rule, unit: Some(document.slice(unit.target.id).into()) };
        is_free(planted, &new).then_some(new)
    })
}

/// Whether a fault is in another unit and another paragraph than all others.
fn is_free(planted: &[Planted], new: &Planted) -> bool {
    const APART: usize = 2000;
    planted.iter().all(|one| {
        let (a, b) = (&one.edit.0, &new.edit.0);
        one.unit != new.unit && (a.end + APART < b.start || b.end + APART < a.start)
    })
}

/// Faults of units.
const KINDS: &[Kind] = &[
    Kind { rule: "id/mismatch", spoil: other_id },
    Kind { rule: "span/unclosed", spoil: unclosed },
    Kind { rule: "span/unpaired", spoil: unpaired },
    Kind { rule: "markup/code-changed", spoil: other_code },
    Kind { rule: "markup/link-target", spoil: other_target },
    Kind { rule: "markup/empty-link", spoil: empty_link },
    Kind { rule: "language/untranslated", spoil: untranslated },
    Kind { rule: "text/double-space", spoil: double_space },
    Kind { rule: "text/brackets", spoil: lost_bracket },
    Kind { rule: "text/invisible", spoil: invisible },
    Kind { rule: "number/missing", spoil: other_number },
    Kind { rule: "markup/bold-label", spoil: part_of_label },
    Kind { rule: "anchor/slug", spoil: other_anchor },
    Kind { rule: "markup/alert-keyword", spoil: spaced_keyword },
];

/// Faults that are told by comparison with siblings.
const COMPARED: &[Kind] = &[
    Kind { rule: "parity/unit-ids", spoil: lost_unit },
    Kind { rule: "parity/source-text", spoil: other_source },
    Kind { rule: "parity/skeleton", spoil: other_command },
];

/// Faults of front matter.
const FRONT: &[fn(&Document) -> Option<Planted>] = &[
    |document| in_front(document, "ms.sourcegitcommit", "front-matter/missing-key", |_| String::new()),
    |document| {
        in_front(document, "ms.openlocfilehash", "front-matter/format", |line| {
            recased(line, str::to_uppercase)
        })
    },
    |document| {
        in_front(document, "ms.translationtype", "front-matter/format", |line| {
            recased(line, str::to_lowercase)
        })
    },
];

/// The line with its value in the other case.
fn recased(line: &str, case: fn(&str) -> String) -> String {
    let (key, value) = line.split_once(':').unwrap_or((line, ""));
    format!("{key}:{}", case(value))
}

fn in_front(document: &Document, key: &str, rule: &'static str, new: fn(&str) -> String) -> Option<Planted> {
    let text = document.file.text();
    let start = text.find(&format!("\n{key}:"))? + 1;
    let end = start + text[start..].find('\n')? + 1;
    let edit = (start..end, new(&text[start..end]));
    Some(Planted { edit, rule, unit: None })
}

fn range(document: &Document, unit: &Unit) -> (Range<usize>, String) {
    let text = unit.target.text;
    (text.start as usize..text.end as usize, document.target(unit).to_string())
}

/// Replaces the first `old` of the target.
fn in_target(document: &Document, unit: &Unit, old: &str, new: &str) -> Option<Edit> {
    let (target, text) = range(document, unit);
    let at = target.start + text.find(old)?;
    Some((at..at + old.len(), new.into()))
}

fn other_id(document: &Document, unit: &Unit, _: &mut Random) -> Option<Edit> {
    let at = unit.source.id.start as usize;
    let digit = if document.slice(unit.source.id).starts_with('0') { "1" } else { "0" };
    Some((at..at + 1, digit.into()))
}

fn unclosed(document: &Document, unit: &Unit, _: &mut Random) -> Option<Edit> {
    let end = unit.target.text.end as usize;
    let close = "</span>";
    document.file.text()[end..].starts_with(close).then(|| (end..end + close.len(), String::new()))
}

fn unpaired(_: &Document, unit: &Unit, _: &mut Random) -> Option<Edit> {
    Some((unit.target.text.end as usize + "</span>".len()..unit.span.end as usize, String::new()))
}

fn other_code(document: &Document, unit: &Unit, _: &mut Random) -> Option<Edit> {
    in_target(document, unit, "`harbor ", "`harbour ")
}

fn other_target(document: &Document, unit: &Unit, _: &mut Random) -> Option<Edit> {
    in_target(document, unit, ".md)", "-old.md)")
}

fn empty_link(document: &Document, unit: &Unit, _: &mut Random) -> Option<Edit> {
    let (target, text) = range(document, unit);
    let (open, close) = (text.find('[')? + 1, text.find("](")?);
    Some((target.start + open..target.start + close, String::new()))
}

fn untranslated(document: &Document, unit: &Unit, _: &mut Random) -> Option<Edit> {
    let source = document.source(unit);
    // Marks, names and numbers stay as they are in any case.
    let is_prose = source.split(' ').count() >= 8 && !source.contains(['`', '[', '*']);
    is_prose.then(|| (range(document, unit).0, source.to_string()))
}

fn double_space(document: &Document, unit: &Unit, random: &mut Random) -> Option<Edit> {
    let (target, text) = range(document, unit);
    let letters = |at: usize| {
        let in_code = text[..at].matches('`').count() % 2 == 1;
        let before = text[..at].chars().next_back().is_some_and(char::is_alphabetic);
        !in_code && before && text[at + 1..].chars().next().is_some_and(char::is_alphabetic)
    };
    let blanks: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).filter(|at| letters(*at)).collect();
    let at = target.start + blanks.get(random.below(blanks.len().max(1)))?;
    // In these languages blanks between words are no part of the writing, or few.
    let spaced = !text
        .chars()
        .any(|c| matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'));
    spaced.then(|| (at..at + 1, "  ".into()))
}

fn lost_bracket(document: &Document, unit: &Unit, _: &mut Random) -> Option<Edit> {
    document
        .source(unit)
        .contains("(and ")
        .then(|| in_target(document, unit, ")", "").or_else(|| in_target(document, unit, "）", "")))?
}

fn invisible(document: &Document, unit: &Unit, _: &mut Random) -> Option<Edit> {
    let (target, text) = range(document, unit);
    let (at, _) = text.match_indices(' ').find(|(at, _)| text[..*at].matches('`').count() % 2 == 0)?;
    Some((target.start + at..target.start + at, "\u{feff}".into()))
}

fn other_number(document: &Document, unit: &Unit, _: &mut Random) -> Option<Edit> {
    ["15", "25", "30", "40", "60", "90"].iter().find_map(|number| {
        // A number that is a word of its own in both, and in no code.
        let is_word = document.source(unit).split([' ', '.']).any(|word| word == *number);
        let once = document.target(unit).matches(number).count() == 1;
        (is_word && once).then(|| in_target(document, unit, number, "70"))?
    })
}

fn part_of_label(document: &Document, unit: &Unit, _: &mut Random) -> Option<Edit> {
    let (target, text) = range(document, unit);
    let label = text.strip_prefix("**")?.split("**").next()?;
    let colon = text.contains("**:") && document.source(unit).contains("**:");
    let blank = label.find(' ').filter(|_| colon)?;
    let rest = &label[blank..];
    let at = target.start + 2 + blank;
    Some((at..at + rest.len() + 2, format!("**{rest}")))
}

fn other_anchor(document: &Document, unit: &Unit, _: &mut Random) -> Option<Edit> {
    let before = unit.span.start as usize;
    let end = before.checked_sub("\"></a>".len())?;
    document.file.text().get(end..before).filter(|tag| *tag == "\"></a>")?;
    Some((end..end, "-2".into()))
}

fn spaced_keyword(document: &Document, unit: &Unit, _: &mut Random) -> Option<Edit> {
    let text = document.file.text();
    let line = text[..unit.span.start as usize].strip_suffix("]\n> ")?;
    let at = line.rfind("[!")? + 2;
    (line.len() - at < 12).then(|| (at..at, " ".into()))
}

/// One of several on a line, but for the last of the document.
fn lost_unit(document: &Document, unit: &Unit, _: &mut Random) -> Option<Edit> {
    let (start, end) = (unit.span.start as usize, unit.span.end as usize);
    let rest = &document.file.text()[end..];
    rest.starts_with(" <span").then(|| (start..end + 1, String::new()))
}

/// A word of the source side.
fn other_source(document: &Document, unit: &Unit, _: &mut Random) -> Option<Edit> {
    let source = unit.source.text.start as usize;
    let at = source + document.source(unit).find("server ")?;
    Some((at..at + "server".len(), "machine".into()))
}

/// A command in the fence that comes next.
fn other_command(document: &Document, unit: &Unit, _: &mut Random) -> Option<Edit> {
    let end = unit.span.end as usize;
    let fence = "\n\n```console\nharbor ";
    let rest = &document.file.text()[end..];
    let at = end + fence.len() - 1;
    rest.starts_with(fence).then(|| (at - "harbor".len()..at, "harbour".into()))
}
