use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use crate::prelude::*;
use crate::support::inline;
use crate::support::script::is_spaceless_char;

/// Its page is `name.md`.
pub(crate) struct Name;

/// Capitalised words in a row, joined by a blank or a small word.
static NAMES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b[A-Z][A-Za-z0-9]*(?: (?:(?:for|of|and) )?[A-Z][A-Za-z0-9]*)+").ok());

/// Units that have to bear out what a name is called in the document.
const WITNESSES: usize = 2;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        mqm: "terminology".into(),
        ..RuleInfo::new(
            "consistency/name",
            include_str!("name.md"),
            Severity::Warning,
            Scope::Unit,
            "inconsistency",
        )
    }
}

impl UnitRule for Name {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        if source == target {
            return;
        }
        let masked = inline::masked(source);
        let names = repeated_names(&masked);
        if names.is_empty() {
            return;
        }
        let masked_target = inline::masked(target);
        // The longest name first: what it says of its parts is said once.
        for name in names {
            let kept = places(&masked_target, name);
            let count = starts(&masked, name).len();
            if kept.is_empty() || kept.len() >= count || is_glossed(&masked_target, &kept) {
                continue;
            }
            let mut rest = masked_target.clone().into_owned();
            for range in &kept {
                rest.replace_range(range.clone(), &inline::MASK.to_string().repeat(range.len()));
            }
            if let Some(other) =
                written_otherwise(&rest, name).or_else(|| called_otherwise(unit, &rest, name))
            {
                report(unit, name, &kept[0], &other, sink);
                return;
            }
        }
    }
}

fn report(unit: UnitView<'_>, name: &str, kept: &Range<usize>, other: &Range<usize>, sink: &mut Sink<'_>) {
    let found = &unit.target()[other.clone()];
    let message = format!("{} stays as it is in one place and is {} in another", quote(name), quote(found));
    let place = Place { document: unit.localized.id, span: unit.in_target(kept.start, kept.len()) };
    let finding = sink.report_unit(unit, unit.in_target(other.start, other.len()), message);
    finding
        .identity(name)
        .help("call it by one name: that of the term base, or else what most of the document says")
        .related(Role::Place, "kept here", place, Some(unit.unit().target.id));
}

/// The names of two words and more that the source has at least twice, each on its own or at the start of a longer one; the
/// longest first.
fn repeated_names(source: &str) -> Vec<&str> {
    let Some(names) = NAMES.as_ref() else { return Vec::new() };
    let mut runs = names.find_iter(source).map(|found| found.as_str());
    let runs: Vec<&str> = match (runs.next(), runs.next()) {
        (Some(first), Some(second)) => [first, second].into_iter().chain(runs).collect(),
        _ => return Vec::new(),
    };
    let is_start_of = |name: &str, run: &str| {
        run.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let mut found = BTreeSet::new();
    for (at, run) in runs.iter().enumerate() {
        for (end, _) in run.match_indices(' ').chain([(run.len(), "")]) {
            let name = &run[..end];
            let whole = name.contains(' ') && ends_in_capitalised(name);
            if whole && runs[at + 1..].iter().any(|other| is_start_of(name, other)) {
                found.insert((std::cmp::Reverse(name.len()), name));
            }
        }
    }
    found.into_iter().map(|(_, name)| name).collect()
}

/// Whether the last word of a name is one of its capitalised ones.
fn ends_in_capitalised(name: &str) -> bool {
    name.rsplit(' ').next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// Where the source has the name as a whole.
fn starts(source: &str, name: &str) -> Vec<Range<usize>> {
    let mut found = places(source, name);
    found.retain(|range| !source[range.end..].starts_with(|c: char| c.is_ascii_alphanumeric()));
    found
}

/// Where the text has the name; endings may stand on it.
fn places(text: &str, name: &str) -> Vec<Range<usize>> {
    let at_word = |at: &usize| !text[..*at].ends_with(|c: char| c.is_ascii_alphanumeric());
    let found = text.match_indices(name).map(|(at, _)| at).filter(at_word);
    found.map(|at| at..at + name.len()).collect()
}

/// Whether one of the places is followed by its translation in parentheses: then the name is introduced there.
fn is_glossed(target: &str, kept: &[Range<usize>]) -> bool {
    kept.iter().any(|range| {
        let rest = target[range.end..].trim_start_matches(['*', '_', '"', '”', '“', '»', ' ', '\u{a0}']);
        rest.starts_with(['(', '（'])
    })
}

/// Where the name stands in another case, or with its words joined or apart.
fn written_otherwise(rest: &str, name: &str) -> Option<Range<usize>> {
    let words: Vec<String> = name.split(' ').map(regex::escape).collect();
    let pattern = format!(r"\b{}", words.join(r"[\s\u{00a0}_*-]*"));
    let pattern = RegexBuilder::new(&pattern).case_insensitive(true).build().ok()?;
    let found = pattern.find(rest)?;
    Some(found.range())
}

/// What the document calls it elsewhere, if that stands in `rest` too: words of other units whose source has the name and
/// whose target does not, which no unit without the name has.
fn called_otherwise(unit: UnitView<'_>, rest: &str, name: &str) -> Option<Range<usize>> {
    let document = unit.document();
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for (index, other) in document.units.iter().enumerate().filter(|(index, _)| *index != unit.index) {
        let (source, target) = (document.source(other), document.target(other));
        if source == unit.source() || document.units[index].damaged {
            continue;
        }
        if !source.contains(name) {
            without.push(target.to_lowercase());
        } else if !target.contains(name) {
            with.push(target.to_lowercase());
        }
    }
    if with.len() < WITNESSES {
        return None;
    }
    let is_its = |term: &Range<usize>| {
        let term = rest[term.clone()].to_lowercase();
        let seen = with.iter().filter(|target| target.contains(&term)).count();
        // More than half: words that come with the name by chance do so now and then.
        seen >= WITNESSES && 2 * seen > with.len() && !without.iter().any(|target| target.contains(&term))
    };
    terms(rest).into_iter().find(is_its)
}

/// What may be a name in a target: words from five letters on, pairs of words, and four characters in a row of a script
/// without blanks.
fn terms(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (from, c.is_alphanumeric()) {
            (None, true) => from = Some(at),
            (Some(start), false) => {
                words.push(start..at);
                from = None;
            }
            _ => {}
        }
    }
    let mut terms: Vec<Range<usize>> = words
        .windows(2)
        .filter(|pair| text[pair[0].end..pair[1].start] == *" ")
        .map(|pair| pair[0].start..pair[1].end)
        .collect();
    for word in words {
        let piece = &text[word.clone()];
        if piece.starts_with(is_spaceless_char) && !piece.is_ascii() {
            let at: Vec<usize> = piece.char_indices().map(|(at, _)| at).chain([piece.len()]).collect();
            terms.extend(at.windows(5).map(|span| word.start + span[0]..word.start + span[4]));
        } else if piece.chars().count() >= 5 {
            terms.push(word);
        }
    }
    terms
}
