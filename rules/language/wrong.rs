use bitext::{ByteSet, Fingerprint, Localized, Unit};
use unicode_script::Script;
use whatlang::Lang;

use crate::front_matter::locale::foreign_script;
use crate::prelude::*;
use crate::support::alphabet::Telling;
use crate::support::little_words::{self, Known};
use crate::support::parts::Part;
use crate::support::script::{count_bytes, count_own, has_none_of, written_in};
use crate::support::{alphabet, english_words as english, language, letters, locale_data, parts, tokens};

/// Its page is `wrong.md`.
pub(crate) struct Wrong {
    teller: language::Teller,
}

/// So many letters of another script are more than a name or a sign.
const MIN_FOREIGN: usize = 8;

/// So many letters that are no names, and none of the script of the locale, are a sentence in Latin letters.
const MIN_LATIN: usize = 40;

/// So many characters of the other orthography of Chinese are more than a name.
const MIN_CHARACTERS: usize = 3;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "language/wrong",
        include_str!("wrong.md"),
        Severity::Warning,
        Scope::Document,
        "mistranslation",
    )
}

impl Wrong {
    pub(crate) fn new() -> Self {
        Self { teller: language::Teller::new() }
    }
}

impl DocumentRule for Wrong {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        if localized.locale.is_english() || foreign_script(localized).is_some() {
            return;
        }
        let script = localized.locale.script();
        let script = script.as_deref().unwrap_or_default();
        let mut told = foreign_letters(localized, script, sink);
        told.extend(orthography(localized, script, sink));
        if let Some(own) = language::of(&localized.locale) {
            self.other_language(localized, own, &told, sink);
        }
    }
}

/// Reports units that are in the letters of another script, which their source does not have, and gives back which.
fn foreign_letters(localized: &Localized, own: &str, sink: &mut Sink<'_>) -> Vec<usize> {
    let document = &localized.document;
    let mut told = Vec::new();
    if own.is_empty() {
        return told;
    }
    let own_block = match own {
        "Jpan" => '\u{3000}'..='\u{9fff}',
        "Hans" | "Hant" => '\u{3400}'..='\u{9fff}',
        "Kore" => '\u{ac00}'..='\u{d7a3}',
        "Cyrl" => '\u{400}'..='\u{4ff}',
        _ => 'a'..='z',
    };
    // Nearly all targets in Latin letters have no others.
    let is_asked = |unit: &Unit| !unit.damaged && (own != "Latn" || unit.target.print.has_any(OTHER));
    for (at, unit) in document.units.iter().enumerate().filter(|(_, unit)| is_asked(unit)) {
        let target = document.target(unit);
        let may_be_latin = own != "Latn" && target.len() >= MIN_LATIN && target != document.source(unit);
        if may_be_latin && has_none_of(own, target) {
            let text = parts::prose(localized, at);
            let is_english = || {
                english::evidence_of(document.masked_target(unit), tokens::of_target(document, at)).is_prose()
            };
            if letters::weigh(&text, |_| 1) >= MIN_LATIN && !is_english() {
                let message = format!("no letter of its script in {}: {}", localized.locale, quote(target));
                report(localized, unit, message, sink);
                told.push(at);
                continue;
            }
        }
        if !may_have_foreign(own, target, &unit.target.print) {
            continue;
        }
        let is_foreign = |script: Script| {
            !matches!(script, Script::Common | Script::Inherited | Script::Latin | Script::Unknown)
                && !written_in(own, script)
        };
        // Punctuation and letters of the own script are passed over before anything is looked up.
        let is_other = |c: &char| {
            !c.is_ascii()
                && !own_block.contains(c)
                && !matches!(c, '\u{80}'..='\u{24f}' | '\u{2000}'..='\u{206f}')
        };
        let foreign = target.chars().filter(|c| is_other(c) && is_foreign(letters::script(*c))).count();
        if foreign < MIN_FOREIGN {
            continue;
        }
        let masked = document.masked_target(unit);
        let of_prose = || masked.chars().filter(|c| letters::is_letter(*c));
        if foreign * 3 < of_prose().count() {
            continue;
        }
        let source = document.source(unit);
        let script = of_prose().map(letters::script).find(|script| is_foreign(*script));
        let Some(script) = script.filter(|script| !source.chars().any(|c| letters::script(c) == *script))
        else {
            continue;
        };
        let message =
            format!("in {} letters, not in {}: {}", script.full_name(), localized.locale, quote(target));
        report(localized, unit, message, sink);
        told.push(at);
    }
    told
}

/// What begins letters beyond Latin ones.
const OTHER: ByteSet = ByteSet::of(&[]).with_range(0xCB, 0xFF);

/// Whether a text may have letters of another script than this one and Latin, by their first bytes: enough of them.
fn may_have_foreign(own: &str, text: &str, print: &Fingerprint) -> bool {
    /// What begins those that are not of this script either.
    const BUT_ARABIC: ByteSet = ByteSet::of(&[]).with_range(0xCB, 0xD7).with_range(0xDC, 0xFF);
    const BUT_CYRILLIC: ByteSet = ByteSet::of(&[]).with_range(0xCB, 0xCF).with_range(0xD4, 0xFF);
    const BUT_HEBREW: ByteSet = ByteSet::of(&[]).with_range(0xCB, 0xD6).with_range(0xD8, 0xFF);
    const BUT_JAPANESE: ByteSet = ByteSet::of(&[]).with_range(0xCB, 0xE2).with_range(0xEA, 0xFF);
    let other = match own {
        "Arab" => BUT_ARABIC,
        "Cyrl" => BUT_CYRILLIC,
        "Hebr" => BUT_HEBREW,
        "Jpan" => BUT_JAPANESE,
        _ => OTHER,
    };
    let is_sign = |byte: u8, next: u8| byte == 0xE2 && next <= 0x81;
    let others = || count_bytes(text, |byte, next| byte >= 0xCB && !is_sign(byte, next));
    print.has_any(other) && others() >= MIN_FOREIGN + count_own(own, text)
}

/// Reports units of a Chinese document that are in the other orthography, and gives back which.
fn orthography(localized: &Localized, script: &str, sink: &mut Sink<'_>) -> Vec<usize> {
    let mut told = Vec::new();
    if !matches!(script, "Hans" | "Hant") {
        return told;
    }
    let data = locale_data::of(&localized.locale);
    let (own, other, name) = match script {
        "Hans" => (&data.simplified, &data.traditional, "Traditional"),
        _ => (&data.traditional, &data.simplified, "Simplified"),
    };
    if other.is_empty() {
        return told;
    }
    let document = &localized.document;
    for (at, unit) in document.units.iter().enumerate().filter(|(_, unit)| !unit.damaged) {
        let target = document.target(unit);
        // Mostly one of the first characters is of the own orthography.
        let is_own = target.chars().any(|c| own.contains(c));
        let others = || target.chars().filter(|c| other.contains(*c)).count();
        if !is_own && others() >= MIN_CHARACTERS {
            let message = format!("in {name} Chinese, not in {}: {}", localized.locale, quote(target));
            report(localized, unit, message, sink);
            told.push(at);
        }
    }
    told
}

fn report<'s>(
    localized: &Localized,
    unit: &Unit,
    message: String,
    sink: &'s mut Sink<'_>,
) -> &'s mut Finding {
    let source = Place { document: localized.id, span: unit.source.text };
    sink.report(localized, unit.target.text, message)
        .unit(unit.target.id)
        .help(format!("restore the translation, or translate the source into {}", localized.locale))
        .related(Role::Source, "source", source, Some(unit.source.id))
}

impl Wrong {
    /// The language of a part, if it is not that of what is known already, which it is added to.
    fn tell<'p>(&self, part: &'p Part, own: Lang, known: &mut Known<'p>) -> Option<Lang> {
        if known.covers(&part.text, own) {
            return None;
        }
        // Letters tell more of a short text than trigrams.
        let told = if little_words::is_plainly(&part.text, own) {
            Some(own)
        } else if alphabet::cannot_be(&part.text, own) {
            self.teller.guess(&part.text)
        } else {
            self.teller.language(&part.text).filter(|_| part.letters >= parts::MIN_LETTERS)
        };
        if told == Some(own) {
            known.learn(&part.text);
        }
        told
    }

    /// Whether most units of a part may be more like another language than like their own or English. What can be told
    /// of that in a short time; the last word is with trigrams, so that is asked last.
    fn may_be_other(&self, part: &Part, own: Lang, plain: &Known<'_>) -> bool {
        if !alphabet::may_be_other(&part.text, own) {
            return false;
        }
        let letters = Telling::of(&part.text);
        let mut others = self.teller.candidates(&part.text);
        others.retain(|other| is_other(*other, &letters, own));
        if others.is_empty()
            || plain.covers(&part.text, own)
            || little_words::is_plainly(&part.text, Lang::Eng)
        {
            return false;
        }
        let mut all = others.clone();
        all.extend([own, Lang::Eng]);
        let may_be = |text: &&str| language::likeliest(text, &all).is_some_and(|lang| others.contains(&lang));
        // One in four may be something else.
        part.texts().filter(|text| !may_be(text)).nth(part.units.len() / 4).is_none()
    }

    /// Reports parts of the document that are in another language: in none but one by their letters as a whole,
    /// and, unit by unit, more like that than like their own or English.
    fn other_language(&self, localized: &Localized, own: Lang, told: &[usize], sink: &mut Sink<'_>) {
        let candidates = parts::Candidates::of(&localized.document, own, told);
        if !candidates.may_be_other(localized, own) {
            return;
        }
        let mut found: Vec<(Lang, Vec<usize>)> = Vec::new();
        let parts = parts::parts(localized, own, &candidates);
        let (mut known, mut plain) = (Known::default(), Known::default());
        // Trigrams take long. Of parts that cannot be findings, the only thing to learn is which words are known, and that
        // is put off until it is asked for.
        let mut put_off: Vec<&Part> = Vec::new();
        for part in parts.iter().filter(|part| !alphabet::is_surely(&part.text, own)) {
            put_off.push(part);
            if little_words::is_plainly(&part.text, own) {
                plain.learn(&part.text);
                continue;
            }
            if !self.may_be_other(part, own, &plain) {
                continue;
            }
            let mut told = None;
            for part in put_off.drain(..) {
                told = self.tell(part, own, &mut known);
            }
            let letters = Telling::of(&part.text);
            let Some(other) = told.filter(|other| is_other(*other, &letters, own)) else { continue };
            let candidates = [own, other, Lang::Eng];
            let is_other = |text: &&str| language::likeliest(text, &candidates) == Some(other);
            if part.texts().filter(is_other).count() * 4 < part.units.len() * 3 {
                continue;
            }
            match found.iter_mut().find(|(lang, _)| *lang == other) {
                Some((_, units)) => units.extend(&part.units),
                _ => found.push((other, part.units.clone())),
            }
        }
        for (lang, units) in found {
            report_units(localized, lang, &units, sink);
        }
    }
}

/// Whether a text that is told to be in another language than its own is so without doubt, by its letters.
fn is_other(other: Lang, letters: &Telling<'_>, own: Lang) -> bool {
    other != Lang::Eng && !language::are_close(other, own) && letters.can_be(other, own)
}

fn report_units(localized: &Localized, lang: Lang, units: &[usize], sink: &mut Sink<'_>) {
    let (Some(first), Some(last)) = (units.first(), units.last()) else { return };
    let (first, last) = (&localized.document.units[*first], &localized.document.units[*last]);
    let count = words::count(units.len(), "unit");
    let text = quote(localized.document.target(first));
    let message = format!("{count} in {}, not in {}: {text}", language::name(lang), localized.locale);
    let finding = report(localized, first, message, sink).identity(lang.code());
    if units.len() > 1 {
        let end = Place { document: localized.id, span: last.target.text };
        finding.related(Role::Place, "to here", end, Some(last.target.id));
    }
}
