use std::ops::Range;

use bitext::{Document, Localized, Signs, Span};

use crate::prelude::*;

/// Its page is `alert_keyword.md`.
pub(crate) struct AlertKeyword;

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
        for line in lines_with_mark(document) {
            let Some((whole, word)) = keyword(line.slice(text)) else { continue };
            let (place, word) = (line.part(whole.start, whole.len()), line.part(word.start, word.len()));
            let (written, wanted) = (place.slice(text), format!("[!{}]", word.slice(text)));
            let known = is_known(word.slice(text));
            let at = word.start as usize;
            // Where code is, only the Markdown parser knows, which takes long.
            let is_text = || at >= document.body() && document.code_at(at).is_none();
            if (!known || written != wanted) && is_text() {
                help(report(localized, place, written, known.then_some(wanted.as_str()), sink));
            }
        }
        in_units(localized, sink);
    }
}

/// The lines of quotes with an exclamation mark behind a bracket.
fn lines_with_mark(document: &Document) -> impl Iterator<Item = Span> {
    let text = document.file.text();
    let bytes = text.as_bytes();
    let marks = document.gaps.at_line_starts(Signs::EXCLAMATION).flat_map(|span| {
        memchr::memchr2_iter(b'!', 0xef, &bytes[span.range()]).map(move |at| span.start as usize + at)
    });
    let mut seen = 0;
    marks.filter_map(move |at| {
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

/// The keyword of an alert, alone on its line: with its brackets, and without. As the pattern in the test has it.
fn keyword(line: &str) -> Option<(Range<usize>, Range<usize>)> {
    const LONGEST: usize = 40;
    const BLANKS: [char; 4] = [' ', '\t', '\u{a0}', '\u{3000}'];
    let quoted = line.trim_start_matches([' ', '\t']).strip_prefix('>')?;
    let whole = quoted.trim_start_matches([' ', '\t', '>']);
    let inside = whole.strip_prefix('\\').unwrap_or(whole).strip_prefix(['[', '［', '【'])?;
    let inside = inside.trim_start_matches(BLANKS).strip_prefix(['!', '！'])?;
    let start = line.len() - inside.len();
    let (inside, rest) = inside.split_at(inside.find([']', '］', '】'])?);
    let mut rest = rest.chars();
    rest.next();
    let after = rest.as_str().strip_suffix('\r').unwrap_or(rest.as_str());
    if !after.trim_start_matches([' ', '\t']).is_empty() {
        return None;
    }
    // Of nothing but blanks, the last one is the word; of nothing but a backslash, that.
    let last = inside.char_indices().next_back()?.0;
    let lead = inside.trim_start_matches(BLANKS);
    let from = (inside.len() - lead.len()).min(last);
    let word = &inside[from..];
    let word = word.strip_suffix('\\').filter(|word| !word.is_empty()).unwrap_or(word);
    let word = Some(word.trim_end_matches(BLANKS)).filter(|word| !word.is_empty()).unwrap_or(word);
    let whole = line.len() - whole.len()..line.len() - rest.as_str().len();
    let from = start + from;
    word.chars().nth(LONGEST).is_none().then(|| (whole, from..from + word.len()))
}

/// Keywords that were put into a pair and changed there.
fn in_units(localized: &Localized, sink: &mut Sink<'_>) {
    let document = &localized.document;
    let may_have_one = |unit: &&bitext::Unit| unit.source.print.has(b'!') && unit.source.print.has(b'[');
    for unit in document.units.iter().filter(|unit| !unit.damaged).filter(may_have_one) {
        let (source, target) = (document.source(unit).trim(), document.target(unit).trim());
        let keyword = source.strip_prefix("[!").and_then(|rest| rest.strip_suffix(']'));
        // What follows a keyword, such as the label of an include, is for `markup/directive` to compare.
        let is_alone = |word: &str| KNOWN.contains(&word.to_uppercase().as_str());
        if keyword.is_some_and(is_alone) && !source.eq_ignore_ascii_case(target) && !target.is_empty() {
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

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn no_keyword_is_missed() {
        let mut found = 0;
        words::each_random_document("PLSFWWAAA>>[[!！]]]]]  \n\n\n", |document| {
            let text = document.file.text();
            let lines: Vec<&str> = lines_with_mark(document).map(|line| line.slice(text)).collect();
            let lines: Vec<&str> = lines.into_iter().filter(|line| keyword(line).is_some()).collect();
            let all = text[document.body()..].split('\n');
            let all: Vec<&str> = all.filter(|line| keyword(line).is_some()).collect();
            found += all.len();
            assert_eq!(lines, all, "{text:?}");
        });
        assert!(found > 100, "{found}");
    }

    #[test]
    fn the_scanner_finds_what_the_pattern_says() {
        let blank = r"[ \t\u{a0}\u{3000}]*";
        let pattern = format!(
            r"(?m)^[ \t]*(?:>[ \t]*)+(\\?[\[［【]{blank}[!！]{blank}([^\]］】\n]{{1,40}}?){blank}\\?[\]］】])[ \t]*\r?$"
        );
        let pattern = Regex::new(&pattern).unwrap();
        let mut found = 0;
        words::each_random_text("> [［【!！]］】ab\\ \t\u{a0}\u{3000}\r", |text| {
            for lead in ["", ">", "> [!", "> \\[!a", "> [!aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"] {
                let text = format!("{lead}{text}");
                let groups = |found: regex::Captures<'_>| {
                    (found.get(1).unwrap().range(), found.get(2).unwrap().range())
                };
                let wanted = pattern.captures(&text).map(groups);
                found += usize::from(wanted.is_some());
                assert_eq!(keyword(&text), wanted, "{text:?}");
            }
        });
        assert!(found > 1000, "{found}");
    }
}
