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
        let (told, path) = (document.slice(span), &localized.locale);
        // Mostly it is written as it should be.
        let other = (told != path.as_str()).then(|| Locale::parse(told));
        if other == Some(None) {
            return;
        }
        if let Some(told) = other.flatten().filter(|told| told != path) {
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
                format!("the front matter says {path}, but {share} % of the letters are {script}"),
            )
            .identity("script")
            .help("the text is another locale's: restore the document");
        }
    }
}

/// Whether no other script can have most of the letters that are looked at: most documents are so. For scripts whose
/// letters, or most of them, lie in one place.
fn is_mostly_own(document: &Document, own: &str) -> bool {
    match own {
        "Latn" => is_mostly(document, |c| c.is_ascii_alphabetic()),
        "Cyrl" => is_mostly(document, |c| matches!(c, 'А'..='я')),
        "Grek" => is_mostly(document, |c| matches!(c, 'Α'..='Ρ' | 'Σ'..='ώ')),
        "Hebr" => is_mostly(document, |c| matches!(c, '\u{5d0}'..='\u{5ea}')),
        "Arab" => is_mostly(document, |c| matches!(c, '\u{620}'..='\u{63a}' | '\u{641}'..='\u{64a}')),
        "Deva" => is_mostly(document, |c| matches!(c, '\u{904}'..='\u{939}')),
        "Thai" => is_mostly(document, |c| matches!(c, '\u{e01}'..='\u{e30}')),
        "Hans" | "Hant" => is_mostly(document, |c| matches!(c, '\u{4e00}'..='\u{9fff}')),
        "Jpan" => is_mostly(
            document,
            |c| matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}'),
        ),
        "Kore" => is_mostly(document, |c| matches!(c, '\u{ac00}'..='\u{d7a3}')),
        _ => false,
    }
}

fn is_mostly(document: &Document, is_own: impl Fn(char) -> bool) -> bool {
    let (mut of_own, mut latin, mut others) = (0, 0, 0);
    'units: for unit in &document.units {
        for c in document.target(unit).chars() {
            if is_own(c) {
                of_own += 1;
            } else if c.is_ascii() {
                latin += usize::from(c.is_ascii_alphabetic());
            } else {
                others += usize::from(letters::is_letter(c));
            }
            // Nothing changes by what is still to come.
            if of_own * 2 >= ENOUGH_LETTERS || of_own + latin + others == ENOUGH_LETTERS {
                break 'units;
            }
        }
    }
    // Latin letters tell something only where there is no other.
    of_own > 0 && others * 2 <= of_own + latin + others
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
    if is_mostly_own(document, &own) { None } else { counted(document, &own) }
}

/// What [`foreign_script`] tells, by the script of each letter.
fn counted(document: &Document, own: &str) -> Option<(&'static str, usize)> {
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
    let foreign = !written_in(own, script) && !matches!(script, Script::Common | Script::Inherited);
    (foreign && total >= MIN_LETTERS && most).then(|| (script.full_name(), count * 100 / total))
}

#[cfg(test)]
mod tests {
    use bitext::SourceFile;

    use super::*;
    use crate::support::words::each_random_text;

    /// Letters of some script, in part those that only a few locales have.
    const LETTERS: [&str; 12] =
        ["Azk", "éőŞ", "жЯї", "ελΏ", "שלם", "مثال", "नमक", "ไทย", "漢字仮", "かなカ", "한글", " .,؟－"];

    const SCRIPTS: [&str; 12] =
        ["Latn", "Cyrl", "Grek", "Hebr", "Arab", "Deva", "Thai", "Hans", "Hant", "Jpan", "Kore", "Geor"];

    #[test]
    fn what_is_mostly_of_its_own_script_has_no_other() {
        let (mut count, mut told) = (0, 0);
        each_random_text("abcdefghijkl", |parts| {
            count += 1;
            if count % 97 != 0 {
                return;
            }
            let mut text = String::from("<span data-ttu-id=\"0a0a0-103\">");
            for (at, part) in parts.chars().take(6).enumerate() {
                let len = 1 + (count / 97 * (at + 31)) % 190;
                text.extend(LETTERS[part as usize - 'a' as usize].chars().cycle().take(len));
            }
            text += "</span><span class=\"sxs-lookup\"><span data-stu-id=\"0a0a0-103\">x</span></span>";
            let document = Document::parse(SourceFile::from_bytes(text.into_bytes()).unwrap());
            for own in SCRIPTS.iter().filter(|own| is_mostly_own(&document, own)) {
                told += 1;
                assert_eq!(counted(&document, own), None, "{own} {parts}");
            }
        });
        assert!(told > 1000, "{told}");
    }
}
