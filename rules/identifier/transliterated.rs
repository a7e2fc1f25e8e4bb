use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::prelude::*;
use crate::support::places::Places;
use crate::support::{letters, sources};

/// Its page is `transliterated.md`.
pub(crate) struct Transliterated;

/// Names that Russian and its neighbours have made words of their own.
const LOANWORDS: [&str; 13] = [
    "bittorrent",
    "bluetooth",
    "facebook",
    "iphone",
    "javascript",
    "linkedin",
    "macbook",
    "photoshop",
    "postscript",
    "powerpoint",
    "websocket",
    "whatsapp",
    "youtube",
];

/// Fewer consonants than this agree by chance.
const MIN_CONSONANTS: usize = 4;

/// First bytes of Cyrillic letters.
const CYRILLIC: ByteSet = ByteSet::of(&[]).with_range(0xd0, 0xd3);

/// With as many, letters may agree that one language reads in two ways.
const MANY_CONSONANTS: usize = 5;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "identifier/transliterated",
            include_str!("transliterated.md"),
            Severity::Error,
            Scope::Unit,
            "do-not-translate",
        )
    }
}

impl UnitRule for Transliterated {
    #[inline]
    fn concerns(&self, _: &Localized, bytes: &Bytes) -> bool {
        bytes.target.has_any(CYRILLIC)
    }

    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.target_print().has_any(CYRILLIC) {
            return;
        }
        let target = unit.target();
        let names = sources::of(unit).spelt_names.get_or_init(|| identifiers(unit.masked_source()));
        let places = Places::of(target);
        let foreign = LazyCell::new(|| Foreign::of(target));
        for range in names {
            let name = &unit.source()[range.clone()];
            if places.has(name) {
                continue;
            }
            let Some((at, word)) = foreign.like(&latin_skeleton(name)) else { continue };
            let message = format!("the identifier {} is spelt {}", quote(name), quote(word));
            sink.report_unit(unit, unit.in_target(at, word.len()), message)
                .identity(name)
                .keeps(name)
                .source_part(unit.in_source(range.start, name.len()))
                .help("identifiers are not transliterated: write it as the source does");
        }
    }
}

/// The words of a target by their skeletons and by these folded, each with the first of its places.
struct Foreign<'t> {
    exact: BTreeMap<String, (usize, &'t str)>,
    folded: BTreeMap<String, (usize, &'t str)>,
}

impl<'t> Foreign<'t> {
    fn of(target: &'t str) -> Self {
        let mut foreign = Self { exact: BTreeMap::new(), folded: BTreeMap::new() };
        for (at, word) in words::runs(target, char::is_alphanumeric) {
            let skeleton = cyrillic_skeleton(word);
            foreign.folded.entry(folded(&skeleton)).or_insert((at, word));
            foreign.exact.entry(skeleton).or_insert((at, word));
        }
        foreign
    }

    /// The first word with the skeleton of a name.
    fn like(&self, skeleton: &str) -> Option<(usize, &'t str)> {
        let exact = self.exact.get(skeleton).copied();
        let is_long = skeleton.len() >= MANY_CONSONANTS;
        let alike = is_long.then(|| self.folded.get(&folded(skeleton)).copied()).flatten();
        exact.into_iter().chain(alike).min()
    }
}

/// The identifiers of a masked source that have letters enough, and are no words of other languages.
fn identifiers(masked: &str) -> Vec<Range<usize>> {
    if !masked.contains('_') && !words::has_inner_capital(masked) {
        return Vec::new();
    }
    let runs = whole_ascii_runs(masked).filter(|(_, name)| {
        is_identifier(name)
            && !LOANWORDS.contains(&name.to_lowercase().as_str())
            && latin_skeleton(name).len() >= MIN_CONSONANTS
    });
    runs.map(|(at, name)| at..at + name.len()).collect()
}

/// The runs of letters, digits and low lines that are all ASCII, each with the byte that it starts at.
fn whole_ascii_runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let goes_on = |c: Option<char>| c.is_some_and(letters::is_letter_or_digit);
    let mut at = 0;
    let runs = std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(is_part)?;
        at = start + bytes[start..].iter().take_while(|byte| is_part(byte)).count();
        Some((start, &text[start..at]))
    });
    runs.filter(move |(start, run)| {
        let (before, after) = (&text[..*start], &text[start + run.len()..]);
        !goes_on(before.chars().next_back()) && !goes_on(after.chars().next())
    })
}

/// A name with a capital, a digit or a low line inside: ordinary words have become loanwords.
fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && (name.bytes().skip(1).any(|byte| byte == b'_') || words::has_inner_capital(name))
}

/// The consonants of a Latin name as Cyrillic would spell them, doubles once: `ПМУИ` for PMUI.
pub(crate) fn latin_skeleton(name: &str) -> String {
    let lower =
        name.to_lowercase().replace("ph", "f").replace("ck", "k").replace("sh", "š").replace("ch", "č");
    let mapped = lower.chars().flat_map(|c| match c {
        'c' | 'q' => [Some('k'), None],
        'w' => [Some('v'), None],
        'x' => [Some('k'), Some('s')],
        'j' => [Some('ž'), None],
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | '_' | '0'..='9' => [None, None],
        c => [Some(c), None],
    });
    dedup(mapped.flatten())
}

/// The same of Cyrillic letters.
pub(crate) fn cyrillic_skeleton(word: &str) -> String {
    let lower = word.to_lowercase();
    let mapped = lower.chars().filter_map(|c| match c {
        'б' => Some('b'),
        'в' => Some('v'),
        'г' => Some('g'),
        'д' => Some('d'),
        'ж' => Some('ž'),
        'з' => Some('z'),
        'к' | 'ц' => Some('k'),
        'л' => Some('l'),
        'м' => Some('m'),
        'н' => Some('n'),
        'п' => Some('p'),
        'р' => Some('r'),
        'с' => Some('s'),
        'т' => Some('t'),
        'ф' => Some('f'),
        'ч' => Some('č'),
        'ш' => Some('š'),
        _ => None,
    });
    dedup(mapped)
}

/// A skeleton in which soft and hard readings are one: "package" is spelt with "ж", "license" with "з".
fn folded(skeleton: &str) -> String {
    dedup(skeleton.chars().map(|c| match c {
        'ž' => 'g',
        'z' => 's',
        c => c,
    }))
}

fn dedup(letters: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    for c in letters {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}
