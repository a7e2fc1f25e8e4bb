use std::cell::{LazyCell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use bitext::Span;

use crate::identifier::file_name;
use crate::prelude::*;
use crate::support::closed::Closed;
use crate::support::places::Places;
use crate::support::signed_names::signed_names;
use crate::support::sources;

/// Its page is `altered.md`.
pub(crate) struct Altered;

/// Verbs that cmdlets begin with and that hardly begin a compound of plain English. `List` and `Uninstall` are
/// common, if not approved.
const VERBS: [&str; 38] = [
    "Add",
    "Clear",
    "Connect",
    "Convert",
    "Copy",
    "Disable",
    "Disconnect",
    "Enable",
    "Export",
    "Find",
    "Get",
    "Import",
    "Install",
    "Invoke",
    "List",
    "Move",
    "New",
    "Publish",
    "Receive",
    "Register",
    "Remove",
    "Rename",
    "Repair",
    "Reset",
    "Resolve",
    "Restart",
    "Restore",
    "Resume",
    "Save",
    "Send",
    "Set",
    "Start",
    "Stop",
    "Uninstall",
    "Unregister",
    "Update",
    "Wait",
    "Write",
];

/// What makes a compound of plain English with such a verb: "Write-Back", "Publish-Subscribe".
const PLAIN: [&str; 24] = [
    "Back",
    "Based",
    "Drop",
    "Free",
    "Menu",
    "Motion",
    "Once",
    "Only",
    "Over",
    "Paste",
    "Protect",
    "Ready",
    "Replace",
    "Rollup",
    "Safe",
    "Screen",
    "Side",
    "Specific",
    "Subscribe",
    "Through",
    "Time",
    "Type",
    "Window",
    "World",
];

/// Headers of HTTP whose names can be taken for words.
const HEADERS: [&str; 8] = [
    "Accept-Encoding",
    "Accept-Language",
    "Cache-Control",
    "Content-Encoding",
    "Content-Length",
    "Content-Type",
    "Retry-After",
    "User-Agent",
];

/// A name has one of these inside, most texts only a stop at their end.
const SIGNS: ByteSet = ByteSet::of(b"-_$.");
const NO_STOPS: ByteSet = ByteSet::of(b"-_$");

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        fix: FixKind::Safe,
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "identifier/altered",
            include_str!("altered.md"),
            Severity::Warning,
            Scope::Unit,
            "do-not-translate",
        )
    }
}

impl UnitRule for Altered {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has_any(SIGNS) {
            return;
        }
        let (source, facts) = (unit.source(), sources::of(unit));
        if !unit.source_print().has_any(NO_STOPS) && !facts.has_inner_stop(source) {
            return;
        }
        let names = facts.signed_names.get_or_init(|| names(unit.masked_source()));
        let target = unit.target();
        if names.is_empty() || unit.untouched() || target.trim().is_empty() {
            return;
        }
        let lower = LazyCell::new(|| Places::of(target.replace('\\', "").to_lowercase()));
        let sides = Sides::of(unit, names);
        for (found, count) in names {
            let name = &source[found.clone()];
            let split = sides.split_places(name, *count);
            if !split.is_empty() {
                report_split(unit, found, &split, sink);
            } else if let Some(what) = kind(name).filter(|_| !lower.has(&name.to_lowercase())) {
                let message = format!("the {what} {} is missing", quote(name));
                sink.report_unit(unit, unit.unit().target.text, message)
                    .identity(name)
                    .keeps(name)
                    .source_part(unit.in_source(found.start, found.len()))
                    .help("write the name as the program knows it, in place of its translation");
            }
        }
    }
}

/// More names than these are looked for in what is made of the target for that.
const MANY: usize = 32;

/// So many names that are the same but for their case are looked for: each is found wherever the others are.
const MOST_CASES: usize = 8;

/// Both sides of a unit, the target masked, and the names of the source.
struct Sides<'a> {
    source: Places<'a>,
    of_source: &'a str,
    masked: &'a str,
    names: &'a [(Range<usize>, usize)],
    /// What there is of many names.
    many: Option<Many<'a>>,
}

/// Where many names may start.
struct Many<'a> {
    /// The target without the blanks round its signs.
    closed: Closed,
    /// The names that are looked for.
    sought: BTreeSet<&'a str>,
    /// Which of them may start at each place of the target.
    starts: OnceCell<BTreeMap<usize, Vec<&'a str>>>,
}

impl<'a> Many<'a> {
    fn of(masked: &str, names: impl Iterator<Item = &'a str>) -> Self {
        let mut cases: BTreeMap<String, usize> = BTreeMap::new();
        let is_sought = |name: &&str| {
            let count = cases.entry(name.to_ascii_lowercase()).or_default();
            *count += 1;
            *count <= MOST_CASES
        };
        let sign = |c: char| match c {
            '‑' | '–' => Some('-'),
            c => (!c.is_ascii_alphanumeric()).then_some(c),
        };
        let sought = names.filter(is_sought).collect();
        Self { closed: Closed::of(masked, sign), sought, starts: OnceCell::new() }
    }

    fn starts_of(&self, name: &str) -> Vec<usize> {
        if !self.sought.contains(name) {
            return Vec::new();
        }
        self.closed.starts(&name.to_ascii_lowercase()).collect()
    }

    /// The names that may start at a place.
    fn at(&self, start: usize) -> &[&'a str] {
        let starts = self.starts.get_or_init(|| {
            let mut starts: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
            for name in &self.sought {
                for start in self.starts_of(name) {
                    starts.entry(start).or_default().push(name);
                }
            }
            starts
        });
        starts.get(&start).map_or(&[], |names| names)
    }
}

impl<'a> Sides<'a> {
    fn of(unit: UnitView<'a>, names: &'a [(Range<usize>, usize)]) -> Self {
        let (source, masked) = (unit.source(), unit.masked_target());
        let all = || names.iter().map(|(name, _)| &source[name.clone()]);
        let many = (names.len() > MANY).then(|| Many::of(masked, all()));
        Self { source: Places::of(source), of_source: source, masked, names, many }
    }

    /// Where the target has the name split as the source has not, and not as a part of a longer one of these names.
    fn split_places(&self, name: &str, count: usize) -> Vec<Range<usize>> {
        let mut places = match &self.many {
            Some(many) => split(self.masked, name, count, many.starts_of(name)),
            None => split(self.masked, name, count, starts_alike(self.masked, name)),
        };
        places.retain(|place| {
            !self.source.has(&self.masked[place.clone()]) && !self.is_part(name, place.start)
        });
        places
    }

    /// Whether a longer one of the names starts there too.
    fn is_part(&self, name: &str, start: usize) -> bool {
        let is_longer = |other: &&str| {
            let is_longer = other.len() > name.len() && other.starts_with(name);
            is_longer && name_at(self.masked, start, other).is_some()
        };
        match &self.many {
            Some(many) => many.at(start).iter().any(is_longer),
            None => self.names.iter().any(|(other, _)| is_longer(&&self.of_source[other.clone()])),
        }
    }
}

fn report_split(unit: UnitView<'_>, name: &Range<usize>, split: &[Range<usize>], sink: &mut Sink<'_>) {
    let (name, in_source) = (&unit.source()[name.clone()], unit.in_source(name.start, name.len()));
    let found = quote(&unit.target()[split[0].clone()]);
    let message = format!("{} is split into {found}{}", quote(name), words::in_places(split.len()));
    let spans: Vec<Span> = split.iter().map(|range| unit.in_target(range.start, range.len())).collect();
    sink.report_unit(unit, spans[0], message)
        .source_part(in_source)
        .here_too(&spans[1..])
        .help("close the gap")
        .fix_each(Applicability::Safe, "close the gap", spans, name);
}

/// The names of a masked source that are no part of others, each with how often it stands there.
fn names(masked: &str) -> Vec<(Range<usize>, usize)> {
    let mut names = signed_names(masked);
    names.retain(|name| !is_part(&masked[..name.start], &masked[name.clone()]));
    let places = (names.len() > MANY).then(|| Places::of(masked));
    let count = |name: &Range<usize>| {
        let name = &masked[name.clone()];
        match &places {
            Some(places) => places.all(name).count(),
            None => words::places_of(masked, name).count(),
        }
    };
    names.into_iter().map(|name| (name.clone(), count(&name))).collect()
}

/// What a name is that is never translated; names of other kinds may be words of the text.
fn kind(name: &str) -> Option<&'static str> {
    if HEADERS.contains(&name) || name.starts_with("X-") {
        return Some("header");
    }
    let (verb, noun) = name.split_once('-')?;
    let plain = VERBS.contains(&noun) || PLAIN.contains(&noun) || noun.ends_with("ed");
    (VERBS.contains(&verb) && noun.len() > 3 && !plain).then_some("command")
}

/// Whether a name with dots is a file name, which has a rule of its own, or goes on before it.
fn is_part(before: &str, name: &str) -> bool {
    name.contains('.') && (file_name::is_file_name(name) || before.ends_with(['@', '/', '\\', '.', '-', '_']))
}

/// Where a text has the first letter of a name in any case.
fn starts_alike(text: &str, name: &str) -> impl Iterator<Item = usize> {
    let first = name.bytes().next().unwrap_or_default();
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text.as_bytes())
}

/// Which of these places the name starts at, in any case, with blanks round its signs; none if it stands whole so many times.
fn split(
    target: &str,
    name: &str,
    times: usize,
    starts: impl IntoIterator<Item = usize>,
) -> Vec<Range<usize>> {
    let (mut split, mut whole, mut end) = (Vec::new(), 0, 0);
    for start in starts {
        let Some((range, blank)) = name_at(target, start, name).filter(|_| start >= end) else { continue };
        end = range.end;
        if blank {
            split.push(range);
        } else {
            whole += 1;
            if whole >= times {
                return Vec::new();
            }
        }
    }
    split
}

/// The name from `start` on, and whether a blank stands beside one of its signs.
fn name_at(target: &str, start: usize, name: &str) -> Option<(Range<usize>, bool)> {
    let mut rest = target.get(start..)?;
    let mut blank = false;
    for (at, c) in name.char_indices() {
        if c.is_ascii_alphanumeric() {
            let next = rest.chars().next().filter(|next| next.eq_ignore_ascii_case(&c))?;
            rest = &rest[next.len_utf8()..];
            continue;
        }
        if at > 0 {
            blank |= skip(&mut rest, &[' ', '\u{a0}']);
        }
        if c == '_' {
            skip(&mut rest, &['\\']);
        }
        let dashes: &[char] = if c == '-' { &['-', '‑', '–'] } else { &[c] };
        if !skip(&mut rest, dashes) {
            return None;
        }
        blank |= skip(&mut rest, &[' ', '\u{a0}']);
    }
    Some((start..target.len() - rest.len(), blank))
}

/// Goes past the next character if it is one of these.
fn skip(rest: &mut &str, signs: &[char]) -> bool {
    let next = rest.strip_prefix(signs);
    *rest = next.unwrap_or(rest);
    next.is_some()
}
