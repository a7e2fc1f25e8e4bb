use std::sync::LazyLock;

use bitext::{Localized, Span};
use regex::Regex;

use crate::prelude::*;

/// Its page is `alert_keyword.md`.
pub(crate) struct AlertKeyword;

/// The keyword of an alert, alone on its line.
static ALERT: LazyLock<Regex> = LazyLock::new(|| {
    let blank = r"[ \t\u{a0}\u{3000}]*";
    let pattern = format!(
        r"(?m)^[ \t]*(?:>[ \t]*)+(\\?[\[［【]{blank}[!！]{blank}([^\]］】\n]{{1,40}}?){blank}\\?[\]］】])[ \t]*\r?$"
    );
    Regex::new(&pattern).expect("it is a pattern")
});

/// The alerts that the documentation system knows, and what else stands in such brackets.
const KNOWN: [&str; 11] = [
    "NOTE",
    "TIP",
    "IMPORTANT",
    "WARNING",
    "CAUTION",
    "DIV",
    "VIDEO",
    "INCLUDE",
    "CODE",
    "SECURITY NOTE",
    "TODO",
];

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "markup/alert-keyword",
            include_str!("alert_keyword.md"),
            Severity::Error,
            Scope::Document,
            "do-not-translate",
        )
    }
}

impl DocumentRule for AlertKeyword {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        let text = document.file.text();
        if !document.is_bilingual() {
            return;
        }
        for line in lines_with_mark(text) {
            if is_sound(line.slice(text)) {
                continue;
            }
            let Some(found) = ALERT.captures(line.slice(text)) else { continue };
            let (Some(whole), Some(word)) = (found.get(1), found.get(2)) else { continue };
            let wanted = format!("[!{}]", word.as_str());
            let known = is_known(word.as_str());
            let at = line.start as usize + word.start();
            // Where code is, only the Markdown parser knows, which takes long.
            let is_text = || at >= document.body() && document.code_at(at).is_none();
            if (!known || whole.as_str() != wanted) && is_text() {
                let place = line.part(whole.start(), whole.len());
                help(report(localized, place, whole.as_str(), known.then_some(wanted.as_str()), sink));
            }
        }
        in_units(localized, sink);
    }
}

/// The lines of quotes with an exclamation mark behind a bracket.
fn lines_with_mark(text: &str) -> impl Iterator<Item = Span> {
    let bytes = text.as_bytes();
    let mut seen = 0;
    memchr::memchr2_iter(b'!', 0xef, bytes).filter_map(move |at| {
        if at < seen || !text[at..].starts_with(['!', '！']) {
            return None;
        }
        let before = text[..at].trim_end_matches([' ', '\t', '\u{a0}', '\u{3000}']);
        if !before.ends_with(['[', '［', '【']) {
            return None;
        }
        let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1);
        seen = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |len| at + len);
        text[start..].trim_start_matches([' ', '\t']).starts_with('>').then(|| Span::new(start, seen))
    })
}

/// A scan that spares most lines the pattern: a keyword written as it should be, or no bracket that ends the line.
fn is_sound(line: &str) -> bool {
    let bare = line.trim_start_matches([' ', '\t', '>']);
    let bare = bare.strip_suffix('\r').unwrap_or(bare).trim_end_matches([' ', '\t']);
    match bare.find([']', '］', '】']) {
        Some(end) if end + 1 == bare.len() => bare.strip_prefix("[!").is_some_and(|word| {
            let word = &word[..word.len() - 1];
            word.trim().len() == word.len() && !word.ends_with('\\') && is_known(word)
        }),
        end => end.is_none_or(|end| bare[end..].chars().nth(1).is_some()),
    }
}

/// Keywords that were put into a pair and changed there.
fn in_units(localized: &Localized, sink: &mut Sink<'_>) {
    let document = &localized.document;
    let may_have_one = |unit: &&bitext::Unit| unit.source.print.has(b'!') && unit.source.print.has(b'[');
    for unit in document.units.iter().filter(|unit| !unit.damaged).filter(may_have_one) {
        let (source, target) = (document.source(unit).trim(), document.target(unit).trim());
        let keyword = source.strip_prefix("[!").and_then(|rest| rest.strip_suffix(']'));
        if keyword.is_some_and(is_known) && !source.eq_ignore_ascii_case(target) && !target.is_empty() {
            let finding = report(localized, unit.target.text, target, Some(source), sink);
            let place = Place { document: localized.id, span: unit.source.text };
            finding.unit(unit.target.id).related(Role::Source, "source", place, Some(unit.source.id));
            help(finding);
        }
    }
}

fn report<'a>(
    localized: &Localized,
    place: Span,
    text: &str,
    wanted: Option<&str>,
    sink: &'a mut Sink<'_>,
) -> &'a mut Finding {
    let title = "write the keyword as the system knows it";
    match wanted {
        Some(wanted) => sink
            .report(localized, place, format!("the alert {wanted} is written {}", quote(text)))
            .fix(Applicability::Safe, title, place, wanted),
        None => sink.report(localized, place, format!("{} is no keyword of an alert", quote(text))),
    }
}

fn help(finding: &mut Finding) {
    finding
        .help("keywords are not translated: write [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION]");
}

fn is_known(word: &str) -> bool {
    let upper = word.to_uppercase();
    KNOWN.into_iter().any(|known| is_keyword(&upper, known))
}

/// Whether a word, in capitals, is the keyword: whole, but for those that something follows (`[!VIDEO https://…]`).
fn is_keyword(upper: &str, known: &str) -> bool {
    let goes_on = ["DIV", "VIDEO", "INCLUDE", "CODE"].contains(&known);
    upper == known
        || (goes_on && upper.strip_prefix(known).is_some_and(|rest| rest.starts_with([' ', '-', '['])))
}
