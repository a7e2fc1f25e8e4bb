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
        let path = &localized.locale;
        // Mostly they are the same, which takes no look at CLDR.
        if !document.slice(span).eq_ignore_ascii_case(path.as_str()) {
            let Some(told) = Locale::parse(document.slice(span)) else { return };
            if told != *path {
                let message = format!("the front matter says {told}, but the path says {path}");
                sink.report(localized, span, message)
                    .identity("path")
                    .help("one of them is wrong: look at the language of the text")
                    .fix(Applicability::Safe, "write the locale of the path", span, path.as_str());
                return;
            }
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

/// The script that most letters of the targets are in, if the locale is not written in it. Latin letters are
/// everywhere, in names and code; they tell something only where there is no other letter.
pub(crate) fn foreign_script(localized: &Localized) -> Option<(&'static str, usize)> {
    struct Told(Option<(&'static str, usize)>);
    let Localized { document, locale, .. } = localized;
    document.notes.get_or_make(|| Told(told(document, locale))).0
}

/// Whether half of the first letters are Latin as ASCII has them: in most languages no more has to be known.
fn is_mostly_ascii(document: &Document) -> bool {
    let (mut letters, mut others) = (0, 0);
    for unit in &document.units {
        let target = document.target(unit).as_bytes();
        // Chunks so short that a byte holds a sum, and the compiler counts many at once.
        for chunk in target.chunks(255) {
            letters += usize::from(chunk.iter().map(|b| u8::from(b.is_ascii_alphabetic())).sum::<u8>());
            // Each of them begins with such a byte.
            others += usize::from(chunk.iter().map(|b| u8::from(*b >= 0xc0)).sum::<u8>());
        }
        if letters * 2 >= ENOUGH_LETTERS || letters + others >= ENOUGH_LETTERS {
            break;
        }
    }
    letters * 2 >= ENOUGH_LETTERS && letters + others <= ENOUGH_LETTERS
}

fn told(document: &Document, locale: &Locale) -> Option<(&'static str, usize)> {
    let own = locale.script()?;
    if written_in(&own, Script::Latin) && is_mostly_ascii(document) {
        return None;
    }
    // Few scripts, so a list is the fastest map: each with its letters, and whether the locale is written in it.
    let mut letters: Vec<(Script, usize, bool)> = Vec::new();
    let mut of_own = 0;
    let targets = document.units.iter().flat_map(|unit| document.target(unit).chars());
    for c in targets.filter(|c| letters::is_letter(*c)).take(ENOUGH_LETTERS) {
        let script = letters::script(c);
        let is_own = match letters.iter_mut().find(|(other, ..)| *other == script) {
            Some((_, count, is_own)) => {
                *count += 1;
                *is_own
            }
            None => {
                let is_own = written_in(&own, script);
                letters.push((script, 1, is_own));
                is_own
            }
        };
        of_own += usize::from(is_own);
        // No other script can have more of them.
        if of_own * 2 >= ENOUGH_LETTERS {
            return None;
        }
    }
    let total: usize = letters.iter().map(|(_, count, _)| count).sum();
    let (script, count, is_own) =
        letters.into_iter().max_by_key(|(script, count, _)| (*count, script.short_name()))?;
    let most = if script == Script::Latin { count == total } else { count * 2 > total };
    let foreign = !is_own && !matches!(script, Script::Common | Script::Inherited);
    (foreign && total >= MIN_LETTERS && most).then(|| (script.full_name(), count * 100 / total))
}
