use std::cell::LazyCell;

use bitext::Span;

use crate::prelude::*;
use crate::support::{bits, inline};

/// Its page is `glued_hyphen.md`.
pub(crate) struct GluedHyphen;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "markup/glued-hyphen",
            include_str!("glued_hyphen.md"),
            Severity::Warning,
            Scope::Unit,
            "whitespace",
        )
    }
}

/// A hyphen of the target that is stuck to something.
struct Hyphen {
    /// Its offset in the target, in bytes.
    at: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `word- next`
    ToWordBefore,
    /// `word -[link]`
    ToLinkAfter,
    /// `Ein-und Ausgabe`
    ToConjunction,
    /// `word-| next`, a hyphen that nothing in the source accounts for.
    LeftBeforeBar,
}

impl UnitRule for GluedHyphen {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.target_print().has(b'-') {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        let hyphens = stuck(target);
        if hyphens.is_empty() {
            return;
        }
        let mut lost = separators(source).saturating_sub(separators(target));
        let separator = dashes(source).last();
        let code = LazyCell::new(|| inline::code(target));
        let has_bar_after_hyphen = LazyCell::new(|| bar_after_hyphen(source));
        let bar = LazyCell::new(|| source.find('|'));
        let is_joined = |hyphen: &Hyphen| {
            let word = joined_conjunction(unit.locale().language(), &target[hyphen.at + 1..]);
            word.is_some_and(|word| !source.contains(word))
        };
        let mut before = Before { target, at: 0, start: 0 };
        for hyphen in &hyphens {
            before.move_to(hyphen.at);
            let in_source = match hyphen.kind {
                Kind::LeftBeforeBar if !*has_bar_after_hyphen => *bar,
                Kind::ToConjunction if is_joined(hyphen) => None,
                Kind::ToWordBefore | Kind::ToLinkAfter if lost > 0 => separator,
                _ => continue,
            };
            if !inline::is_in_code(&code, hyphen.at) {
                let is_separator = matches!(hyphen.kind, Kind::ToWordBefore | Kind::ToLinkAfter);
                lost -= usize::from(is_separator);
                report(unit, hyphen, before.word(), in_source, sink);
            }
        }
    }
}

/// The word before a place that moves on: each word is looked for once, be it as long as the target.
struct Before<'t> {
    target: &'t str,
    at: usize,
    start: usize,
}

impl<'t> Before<'t> {
    fn move_to(&mut self, at: usize) {
        let passed = self.target[self.at..at].trim_end();
        if let Some((blank, c)) = passed.char_indices().rfind(|(_, c)| c.is_whitespace()) {
            self.start = self.at + blank + c.len_utf8();
        }
        self.at = at;
    }

    /// No more of it than is shown.
    fn word(&self) -> &'t str {
        words::first_chars(self.target[self.start..self.at].trim_end(), 100)
    }
}

/// `in_source` is where the source has what the target should have: a separating dash, or the bar.
fn report(unit: UnitView<'_>, hyphen: &Hyphen, before: &str, in_source: Option<usize>, sink: &mut Sink<'_>) {
    let target = unit.target();
    let at = unit.in_target(hyphen.at, 1);
    let (message, title, span, replacement) = match hyphen.kind {
        Kind::ToWordBefore => {
            let message = format!("separating hyphen glued to {}", quote(before));
            (message, "put a blank before the hyphen", Span::at(at.start as usize), " ")
        }
        Kind::ToLinkAfter => {
            let message = "separating hyphen glued to the link after it".into();
            (message, "put a blank after the hyphen", Span::at(at.end as usize), " ")
        }
        Kind::ToConjunction => {
            let word = quote(first_word(&target[hyphen.at + 1..]));
            let message = format!("the hyphen of {} is glued to {word}", quote(&format!("{before}-")));
            (message, "put a blank after the hyphen", Span::at(at.end as usize), " ")
        }
        Kind::LeftBeforeBar => {
            let bar = target[hyphen.at..].find('|').unwrap_or(1);
            let message = format!("left-over hyphen after {}, before the bar", quote(before));
            (
                message,
                "remove the hyphen",
                unit.in_target(hyphen.at, bar),
                if target[..hyphen.at].ends_with(' ') { "" } else { " " },
            )
        }
    };
    let finding = sink.report_unit(unit, at, message);
    if let Some(place) = in_source {
        finding.source_part(
            unit.in_source(place, unit.source()[place..].chars().next().map_or(0, char::len_utf8)),
        );
    }
    finding.help(title).fix(Applicability::Safe, title, span, replacement);
}

fn separators(text: &str) -> usize {
    dashes(text).count()
}

/// The dashes that separate two parts of a text: with a blank, or the edge of the text, on both sides.
fn dashes(text: &str) -> impl Iterator<Item = usize> {
    let dashes = text.char_indices().filter(|(_, c)| matches!(c, '-' | '–' | '—'));
    let separates = |at: usize, c: char| blank_end(&text[..at]) && blank_start(&text[at + c.len_utf8()..]);
    dashes.filter(move |(at, c)| separates(*at, *c)).map(|(at, _)| at)
}

fn blank_end(text: &str) -> bool {
    text.chars().next_back().is_none_or(char::is_whitespace)
}

fn blank_start(text: &str) -> bool {
    text.chars().next().is_none_or(char::is_whitespace)
}

fn stuck(target: &str) -> Vec<Hyphen> {
    let bytes = target.as_bytes();
    // Most hyphens stand within a word, before a letter that no conjunction starts with.
    let within_word = |at: &usize| {
        let next = bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphanumeric() && !b"uobse".contains(b));
        next && !bytes[..*at].last().is_some_and(u8::is_ascii_whitespace)
    };
    let mut hyphens = Vec::new();
    bits::each_place(bytes, b'-', |at| {
        if !within_word(&at)
            && let Some(kind) = kind(&target[..at], &target[at + 1..])
        {
            hyphens.push(Hyphen { at, kind });
        }
    });
    hyphens
}

fn kind(before: &str, after: &str) -> Option<Kind> {
    let last = before.chars().next_back()?;
    if after.trim_start_matches(' ').starts_with('|') && !before.trim_end().ends_with(['-', '|']) {
        return Some(Kind::LeftBeforeBar);
    }
    if last.is_whitespace() {
        return (after.starts_with('[') && !before.trim_end().is_empty()).then_some(Kind::ToLinkAfter);
    }
    let next = first_word(after);
    let is_joined = || JOINED.iter().any(|(_, words)| words.contains(&next));
    if last.is_alphabetic() && !blank_start(after) && is_joined() {
        return Some(Kind::ToConjunction);
    }
    let joins = last.is_alphanumeric() || matches!(last, ')' | ']' | '`' | '*' | '"' | '»' | '”');
    let shortened = last.is_alphanumeric() && CONJUNCTIONS.contains(&next);
    (joins && blank_start(after) && !shortened).then_some(Kind::ToWordBefore)
}

/// "Ein- und Ausgabe": the words for and, or, respectively, as well as, by which Germanic languages and
/// Hungarian join a shortened compound to a whole one (Duden, Rechtschreibregel K 31, and its kin).
const CONJUNCTIONS: [&str; 14] = [
    "und", "oder", "bzw", "sowie", "och", "eller", "samt", "og", "en", "of", "és", "vagy", "illetve", "resp",
];

/// The same words by language, where they are glued to the hyphen of the shortened compound.
const JOINED: [(&str, &[&str]); 4] = [
    ("de", &["und", "oder", "bzw", "sowie"]),
    ("sv", &["och", "eller", "samt"]),
    ("da", &["og", "eller"]),
    ("nb", &["og", "eller"]),
];

/// The conjunction at the start of a text, if a blank follows it, and the language has it.
fn joined_conjunction<'t>(language: &str, text: &'t str) -> Option<&'t str> {
    let (_, words) = JOINED.iter().find(|(known, _)| *known == language)?;
    let word = first_word(text);
    (words.contains(&word) && text[word.len()..].starts_with([' ', '.'])).then_some(word)
}

fn first_word(text: &str) -> &str {
    text.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

fn bar_after_hyphen(source: &str) -> bool {
    source.match_indices('-').any(|(at, _)| source[at + 1..].trim_start_matches(' ').starts_with('|'))
}
