use std::cell::{Cell, LazyCell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use bitext::Span;

use crate::prelude::*;
use crate::support::closed::Closed;
use crate::support::places::Places;
use crate::support::{bits, inline, locale_data, sources};

/// Its page is `file_name.md`.
pub(crate) struct FileName;

/// In order, endings of the files that documentation of software speaks of. A name such as `Newtonsoft.Json` or
/// `Node.js` is none, but breaks the same way.
const EXTENSIONS: [&str; 62] = [
    "aspx", "bat", "bin", "cab", "cert", "cmd", "config", "cpp", "crt", "cs", "cshtml", "csproj", "css",
    "csv", "dll", "doc", "docx", "exe", "fs", "fsproj", "gif", "gz", "htm", "html", "ico", "ini", "iso",
    "jar", "java", "jpg", "js", "json", "log", "md", "msi", "nupkg", "nuspec", "pdb", "pdf", "pfx", "png",
    "pptx", "props", "ps1", "psd1", "psm1", "py", "resx", "rtf", "sh", "sln", "snupkg", "svg", "targets",
    "ts", "txt", "vbproj", "vsix", "xlsx", "xml", "yml", "zip",
];

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "identifier/file-name",
            include_str!("file_name.md"),
            Severity::Error,
            Scope::Unit,
            "do-not-translate",
        )
    }
}

impl UnitRule for FileName {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has(b'.') {
            return;
        }
        let (source, facts) = (unit.source(), sources::of(unit));
        if !facts.has_inner_stop(source) {
            return;
        }
        let target = unit.target();
        let names = facts.file_names.get_or_init(|| counted(source, file_names(source)));
        if names.is_empty() || unit.untouched() {
            return;
        }
        let sought = LazyCell::new(|| Sought::in_text(target));
        let is_kept = |name: &str, before: usize| {
            if names.len() > MANY {
                sought.stands_whole(name, before)
            } else {
                stands_whole(target, name, before)
            }
        };
        let lost = names.iter().filter(|(name, before)| {
            *before < MOST_TIMES && !is_kept(&source[name.start..name.end], *before)
        });
        let opaque = [source, target].map(|text| LazyCell::new(move || inline::opaque(text)));
        let hidden = |side: usize, at: usize| {
            let next = opaque[side].partition_point(|range| range.end <= at);
            opaque[side].get(next).is_some_and(|range| range.start <= at)
        };
        let small = LazyCell::new(|| {
            names.iter().map(|(name, _)| source[name.clone()].to_ascii_lowercase()).collect::<BTreeSet<_>>()
        });
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut spellings: BTreeMap<String, usize> = BTreeMap::new();
        for (range, _) in lost {
            let name = &source[range.clone()];
            // What is in code says nothing of the same name in prose.
            if seen.contains(name) || hidden(0, range.start) {
                continue;
            }
            seen.insert(name);
            if names.len() > MANY {
                let spelling = spellings.entry(name.to_ascii_lowercase()).or_default();
                *spelling += 1;
                if *spelling > MOST_TIMES {
                    continue;
                }
            }
            let Some(mut damage) = sought.damage(name) else { continue };
            // `a.json` is what the source calls so, and no `a.js` with letters stuck to it.
            let is_other = |place: &Range<usize>| {
                let found = &target[place.clone()];
                if names.len() > MANY {
                    return small.contains(&found.to_ascii_lowercase());
                }
                names.iter().any(|(other, _)| source[other.clone()].eq_ignore_ascii_case(found))
            };
            damage.places.retain(|place| !hidden(1, place.start) && !is_other(place));
            // An ending without its hyphen or colon does not break the name.
            let endings = &locale_data::of(unit.locale()).endings_after_names;
            let inflected = |place: &Range<usize>| {
                endings.iter().any(|ending| target[place.clone()].get(name.len()..) == Some(ending))
            };
            damage.places.retain(|place| damage.kind != Kind::Glued || !inflected(place));
            report(unit, range.clone(), &damage, sink);
        }
    }
}

/// A file name in the target that is not what it was.
struct Damage {
    /// Where in the target, in bytes.
    places: Vec<Range<usize>>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `harbor. json`
    Split,
    /// `harbor.jsonund`
    Glued,
    /// `harbor.jsw`
    Cut,
}

fn report(unit: UnitView<'_>, in_source: Range<usize>, damage: &Damage, sink: &mut Sink<'_>) {
    let Some(first) = damage.places.first() else { return };
    let name = &unit.source()[in_source.clone()];
    let found = &unit.target()[first.clone()];
    let (what, help) = match damage.kind {
        Kind::Split => ("is split into", "close the gap"),
        Kind::Glued => ("is glued to the word after it in", "put a blank after the name"),
        Kind::Cut => ("lost its ending in", "put the name back as the source has it"),
    };
    let message =
        format!("file name {} {what} {}{}", quote(name), quote(found), words::in_places(damage.places.len()));
    let places = damage.places.iter().map(|place| unit.in_target(place.start, place.len()));
    let spans: Vec<Span> = places.collect();
    let finding = sink.report_unit(unit, spans[0], message);
    finding.source_part(unit.in_source(in_source.start, in_source.len())).here_too(&spans[1..]).help(help);
    match damage.kind {
        Kind::Split => finding.fix_each(Applicability::Safe, help, spans, name),
        Kind::Glued | Kind::Cut => finding.keeps(name),
    };
}

/// The file names in a text: runs of name characters that end in a known extension.
fn file_names(text: &str) -> Vec<Range<usize>> {
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let bytes = text.as_bytes();
    let mut names: Vec<Range<usize>> = Vec::new();
    let mut seen = 0;
    bits::each_place(bytes, b'.', |dot| {
        // One name may have several dots; what ends a sentence is none of them.
        if dot < seen || !bytes.get(dot + 1).is_some_and(u8::is_ascii_alphanumeric) {
            return;
        }
        let from = dot - bytes[..dot].iter().rev().take_while(|byte| part(byte)).count();
        let to = dot + bytes[dot..].iter().take_while(|byte| part(byte)).count();
        seen = to;
        let name = text[from..to].trim_end_matches(['.', '-', '_']);
        if is_file_name(name) {
            names.push(from..from + name.len());
        }
    });
    names
}

/// Names of a text, each with how often it stands before.
fn counted(text: &str, names: Vec<Range<usize>>) -> Vec<(Range<usize>, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut before = |name: &Range<usize>| {
        let count = counts.entry(&text[name.clone()]).or_default();
        *count += 1;
        *count - 1
    };
    names.into_iter().map(|name| (name.clone(), before(&name))).collect()
}

/// Of the longest extension.
const LONGEST: usize = 7;

/// The extensions as numbers, in order.
static NUMBERS: [u64; EXTENSIONS.len()] = {
    let (mut numbers, mut at) = ([0; EXTENSIONS.len()], 0);
    while at < numbers.len() {
        numbers[at] = number(EXTENSIONS[at].as_bytes());
        at += 1;
    }
    numbers
};

/// An extension in any case as a number: its letters, and then how many they are.
const fn number(extension: &[u8]) -> u64 {
    let (mut number, mut at) = (0, 0);
    while at < LONGEST {
        let letter = if at < extension.len() { extension[at].to_ascii_lowercase() } else { 0 };
        number = number << 8 | letter as u64;
        at += 1;
    }
    number << 8 | extension.len() as u64
}

/// Whether a name has the ending of a file.
pub(crate) fn is_file_name(name: &str) -> bool {
    let Some(dot) = name.bytes().rposition(|byte| byte == b'.') else { return false };
    let ending = &name.as_bytes()[dot + 1..];
    (2..=LONGEST).contains(&ending.len()) && NUMBERS.binary_search(&number(ending)).is_ok()
}

/// Whether the name stands more often than `times` in the text as it is, in any case, with nothing of a European word stuck
/// to it. Its dot is rarer than its first letter.
fn stands_whole(text: &str, name: &str, times: usize) -> bool {
    let before = name.find('.').unwrap_or_default();
    let stands_at = |dot: &usize| {
        let start = dot.saturating_sub(before);
        let here = text.as_bytes().get(start..start + name.len());
        here.is_some_and(|here| here.eq_ignore_ascii_case(name.as_bytes()))
            && !glues(text[start + name.len()..].chars().next())
    };
    memchr::memchr_iter(b'.', text.as_bytes()).filter(stands_at).nth(times).is_some()
}

/// How often a name is counted, and in how many ways of upper and lower case damage to it is told: each takes a search, and is
/// told with all its places.
const MOST_TIMES: usize = 8;

/// More names than these are looked for in what is made of the target for that.
const MANY: usize = 16;

/// A text in which names of files are looked for, in any case.
struct Sought<'t> {
    text: &'t str,
    small: Places<'t>,
    /// Without the blanks round its dots.
    closed: OnceCell<Closed>,
    /// For how many names that was nearly made.
    asked: Cell<usize>,
}

impl<'t> Sought<'t> {
    fn in_text(text: &'t str) -> Self {
        Self {
            text,
            small: Places::of(text.to_ascii_lowercase()),
            closed: OnceCell::new(),
            asked: Cell::new(0),
        }
    }

    /// The same as [`stands_whole`], which looks for its dot.
    fn stands_whole(&self, name: &str, times: usize) -> bool {
        let (small, len) = (name.to_ascii_lowercase(), name.len());
        let mut ends = self.small.overlapping(&small).map(|at| at + len);
        ends.by_ref().filter(|end| !glues(self.text[*end..].chars().next())).nth(times).is_some()
    }

    fn damage(&self, name: &str) -> Option<Damage> {
        let small = name.to_ascii_lowercase();
        let (stem, ending) = small.rsplit_once('.')?;
        let damage = |kind, places: Vec<_>| (!places.is_empty()).then_some(Damage { places, kind });
        damage(Kind::Split, self.split(&small))
            .or_else(|| damage(Kind::Glued, self.glued(&small)))
            .or_else(|| damage(Kind::Cut, Vec::from_iter(self.cut(stem, ending))))
    }

    /// The name with blanks around its dots.
    fn split(&self, name: &str) -> Vec<Range<usize>> {
        let segments: Vec<&str> = name.split('.').collect();
        self.asked.set(self.asked.get() + 1);
        let starts: Vec<usize> = if self.asked.get() > MANY {
            let dot = |c: char| (c == '.').then_some(c);
            self.closed.get_or_init(|| Closed::of(self.text, dot)).starts(name).collect()
        } else {
            let first = if segments[0].is_empty() { "." } else { segments[0] };
            self.small.overlapping(first).collect()
        };
        let found = starts.into_iter().filter_map(|start| self.split_at(start, &segments));
        let mut end = 0;
        let mut is_next = |range: &Range<usize>| {
            let is_split = range.start >= end && range.len() > name.len();
            end = if is_split { range.end } else { end };
            is_split
        };
        found.filter(|range| is_next(range)).collect()
    }

    /// Where a name ends that starts there, as a word of its own.
    fn split_at(&self, start: usize, segments: &[&str]) -> Option<Range<usize>> {
        let (text, small) = (self.text, self.small.text());
        let mut at = start + segments[0].len();
        for segment in &segments[1..] {
            at += blanks(&text[at..]);
            text[at..].starts_with('.').then_some(())?;
            at += 1;
            at += blanks(&text[at..]);
            small[at..].starts_with(segment).then_some(())?;
            at += segment.len();
        }
        let before = text[..start].chars().next_back();
        let own_word =
            !before.is_some_and(|c| c.is_ascii_alphanumeric()) && !glues(text[at..].chars().next());
        own_word.then_some(start..at)
    }

    /// The name with a word stuck to its end; the range covers the word too.
    fn glued(&self, name: &str) -> Vec<Range<usize>> {
        let found = self.small.overlapping(name).map(|at| (at, at + name.len()));
        let found = found.filter(|(_, end)| glues(self.text[*end..].chars().next()));
        found.map(|(at, end)| at..word_end(self.text, end)).collect()
    }

    /// The name with a part of its ending, at least two letters, and perhaps a word stuck to that.
    fn cut(&self, stem: &str, ending: &str) -> Option<Range<usize>> {
        // No longer than the ending: otherwise it is whole.
        let begin = format!("{stem}.{}", ending.get(..2)?);
        let mut found = self.small.overlapping(&begin).filter(|_| !stem.is_empty());
        found.find_map(|at| {
            let rest = &self.small.text()[at + stem.len() + 1..];
            let both = rest.bytes().zip(ending.bytes());
            let kept = both.take_while(|(left, right)| left == right).count();
            let from = at + stem.len() + 1 + kept;
            (kept < ending.len()).then(|| at..word_end(self.text, from))
        })
    }
}

/// The length in bytes of the blanks at the start.
fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\u{a0}']).len()
}

/// Whether a character right after a name is part of a word stuck to it. Chinese, Japanese, Korean and Thai
/// put no blank between words.
fn glues(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        c.is_alphanumeric()
            && !matches!(c as u32, 0x0E00..=0x0E7F | 0x1100..=0x11FF | 0x2E80..=0xD7FF | 0xF900..=0xFAFF)
    })
}

fn word_end(text: &str, from: usize) -> usize {
    let len = text[from..].find(|c| !glues(Some(c))).unwrap_or(text.len() - from);
    from + len
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_stand_where_each_does() {
        let names =
            ["a.cs", "b.a.cs", "A.CSS", ".cs", "a-.cs", "aaaaaaaaaaaaaaaa.cs", "baaaaaaaaaaaaaaaaaa.cs"];
        words::each_random_text("aaAbBcCsS...-é中 L", |text| {
            let text = text.replace('L', "aaaaaaaaaaaaaa").replace('c', "cs");
            let sought = Sought::in_text(&text);
            for name in names {
                for times in 0..3 {
                    let has = sought.stands_whole(name, times);
                    assert_eq!(has, stands_whole(&text, name, times), "{name} in {text}");
                }
            }
        });
    }
}
