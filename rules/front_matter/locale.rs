use bitext::{Document, Locale, Localized};
use unicode_script::Script;

use crate::prelude::*;
use crate::support::letters;
use crate::support::script::written_in;

/// Its page is `locale.md`.
pub(crate) struct LocaleMatch;

/// How many letters are looked at; a page does not change its script half-way.
const ENOUGH_LETTERS: usize = 400;

/// Fewer letters do not tell a script: a page of code has few words of its own.
const MIN_LETTERS: usize = 200;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "front-matter/locale",
            include_str!("locale.md"),
            Severity::Error,
            Scope::Document,
            "other",
        )
    }
}

impl DocumentRule for LocaleMatch {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        let Some(span) = document.provenance.locale else { return };
        let Some(told) = Locale::parse(document.slice(span)) else { return };
        if told != localized.locale {
            let path = &localized.locale;
            sink.report(localized, span, format!("the front matter says {told}, but the path says {path}"))
                .identity("path")
                .help("one of them is wrong: look at the language of the text")
                .fix(Applicability::Safe, "write the locale of the path", span, path.as_str());
            return;
        }
        if let Some((script, share)) = foreign_script(localized) {
            sink.report(
                localized,
                span,
                format!("the front matter says {told}, but {share} % of the letters are {script}"),
            )
            .identity("script")
            .help("the text is another locale's: restore the document");
        }
    }
}

/// Whether half of the letters that are looked at are of the script of the locale: most documents are so. Other
/// characters count as letters of another one.
fn is_mostly_own(document: &Document, own: &str) -> bool {
    let Some(is_own) = letters_of(own) else { return false };
    let (mut of_own, mut all) = (0, 0);
    for c in document.units.iter().flat_map(|unit| document.target(unit).chars()) {
        let counts = is_own(c);
        of_own += usize::from(counts);
        all += usize::from(counts || c.is_ascii_alphabetic() || !c.is_ascii());
        if of_own * 2 >= ENOUGH_LETTERS || all >= ENOUGH_LETTERS {
            break;
        }
    }
    of_own * 2 >= ENOUGH_LETTERS
}

/// What tells the most frequent letters of a script of ISO 15924.
fn letters_of(script: &str) -> Option<fn(char) -> bool> {
    Some(match script {
        "Latn" => |c| c.is_ascii_alphabetic(),
        "Cyrl" => |c| matches!(c, '\u{400}'..='\u{481}'),
        "Grek" => |c| matches!(c, '\u{391}'..='\u{3a1}' | '\u{3a3}'..='\u{3ce}'),
        "Hebr" => |c| matches!(c, '\u{5d0}'..='\u{5ea}'),
        "Arab" => |c| matches!(c, '\u{620}'..='\u{63f}' | '\u{641}'..='\u{64a}'),
        "Deva" => |c| matches!(c, '\u{904}'..='\u{939}' | '\u{93e}'..='\u{94c}'),
        "Thai" => |c| matches!(c, '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e46}'),
        "Kore" => |c| matches!(c, '\u{ac00}'..='\u{d7a3}'),
        "Jpan" => {
            |c| matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}')
        }
        "Hans" | "Hant" => |c| matches!(c, '\u{4e00}'..='\u{9fff}'),
        _ => return None,
    })
}

/// The script that most letters of the targets are in, if the locale is not written in it. Latin letters are
/// everywhere, in names and code; they tell something only where there is no other letter.
pub(crate) fn foreign_script(localized: &Localized) -> Option<(&'static str, usize)> {
    struct Told(Option<(&'static str, usize)>);
    let Localized { document, locale, .. } = localized;
    document.notes.get_or_make(|| Told(told(document, locale))).0
}

fn told(document: &Document, locale: &Locale) -> Option<(&'static str, usize)> {
    let own = locale.script()?;
    if is_mostly_own(document, &own) {
        return None;
    }
    // Few scripts, so a list is the fastest map.
    let mut letters: Vec<(Script, usize)> = Vec::new();
    let targets = document.units.iter().flat_map(|unit| document.target(unit).chars());
    for c in targets.filter(|c| letters::is_letter(*c)).take(ENOUGH_LETTERS) {
        let script = letters::script(c);
        match letters.iter_mut().find(|(other, _)| *other == script) {
            Some((_, count)) => *count += 1,
            None => letters.push((script, 1)),
        }
    }
    let total: usize = letters.iter().map(|(_, count)| count).sum();
    let (script, count) = letters.into_iter().max_by_key(|(script, count)| (*count, script.short_name()))?;
    let most = if script == Script::Latin { count == total } else { count * 2 > total };
    let foreign = !written_in(&own, script) && !matches!(script, Script::Common | Script::Inherited);
    (foreign && total >= MIN_LETTERS && most).then(|| (script.full_name(), count * 100 / total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_of_their_script() {
        for own in ["Latn", "Cyrl", "Grek", "Hebr", "Arab", "Deva", "Thai", "Kore", "Jpan", "Hans", "Hant"] {
            let is_own = letters_of(own).unwrap();
            for c in ('\0'..=char::MAX).filter(|c| is_own(*c)) {
                assert!(letters::is_letter(c) && written_in(own, letters::script(c)), "{own} {c:?}");
            }
        }
    }
}
