use bitext::{ByteSet, Document, Locale, Localized};
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

/// Whether half of the letters that are looked at are of the script of the locale, or all of them are too few: most
/// documents are so. For the scripts whose letters are told by a byte; other characters count as letters of another one.
fn is_mostly_own(document: &Document, own: &str) -> bool {
    const LETTERS: ByteSet = ByteSet::of(&[]).with_range(b'A', b'Z').with_range(b'a', b'z');
    const CYRILLIC: ByteSet = ByteSet::of(&[0xD0, 0xD1]);
    const HAN: ByteSet = ByteSet::of(&[]).with_range(0xE5, 0xE9);
    let of_script = match own {
        "Latn" => LETTERS,
        "Cyrl" => CYRILLIC,
        "Hans" | "Hant" | "Jpan" => HAN,
        _ => return false,
    };
    let (mut of_own, mut all) = (0, 0);
    'units: for unit in &document.units {
        for byte in document.target(unit).bytes() {
            of_own += usize::from(of_script.has(byte));
            all += usize::from(byte.is_ascii_alphabetic() || byte >= 0xC2);
            if of_own * 2 >= ENOUGH_LETTERS || all >= ENOUGH_LETTERS {
                break 'units;
            }
        }
    }
    of_own * 2 >= all || all < MIN_LETTERS
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
    let mut left = ENOUGH_LETTERS;
    'units: for unit in &document.units {
        for c in document.target(unit).chars().filter(|c| letters::is_letter(*c)) {
            let script = letters::script(c);
            match letters.iter_mut().find(|(other, _)| *other == script) {
                Some((_, count)) => *count += 1,
                None => letters.push((script, 1)),
            }
            left -= 1;
            if left == 0 {
                break 'units;
            }
        }
    }
    let total: usize = letters.iter().map(|(_, count)| count).sum();
    let (script, count) = letters.into_iter().max_by_key(|(script, count)| (*count, script.short_name()))?;
    let most = if script == Script::Latin { count == total } else { count * 2 > total };
    let foreign = !written_in(&own, script) && !matches!(script, Script::Common | Script::Inherited);
    (foreign && total >= MIN_LETTERS && most).then(|| (script.full_name(), count * 100 / total))
}
