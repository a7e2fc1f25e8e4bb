use bitext::{Localized, Span};
use unicode_script::{Script, UnicodeScript};
use whatlang::Lang;

use crate::front_matter::locale::foreign_script;
use crate::prelude::*;
use crate::support::script::written_in;
use crate::support::{inline, language, locale_data};

/// Its page is `wrong.md`.
pub(crate) struct Wrong {
    teller: language::Teller,
}

/// Fewer letters do not tell a language.
const MIN_LETTERS: usize = 300;

/// A part of a document of about so many letters is told by itself.
const PART: usize = 600;

/// So many letters of another script are more than a name or a sign.
const MIN_FOREIGN: usize = 8;

/// So many characters of the other orthography of Chinese are more than a name.
const MIN_CHARACTERS: usize = 4;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("language/wrong", include_str!("wrong.md"), Severity::Warning, Scope::Document, "mistranslation")
}

impl Wrong {
    pub(crate) fn new() -> Self {
        Self { teller: language::Teller::new() }
    }
}

impl DocumentRule for Wrong {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let is_english = localized.locale.language() == "en";
        if is_english || foreign_script(&localized.document, &localized.locale).is_some() {
            return;
        }
        foreign_letters(localized, sink);
        orthography(localized, sink);
        if let Some(own) = language::of(&localized.locale) {
            self.other_language(localized, own, sink);
        }
    }
}

/// Reports units that are mostly in the letters of another script, which their source does not have.
fn foreign_letters(localized: &Localized, sink: &mut Sink<'_>) {
    let document = &localized.document;
    let Some(own) = localized.locale.script() else { return };
    for unit in document.units.iter().filter(|unit| !unit.damaged) {
        let target = document.target(unit);
        if target.is_ascii() {
            continue;
        }
        let is_foreign = |script: Script| {
            !matches!(script, Script::Common | Script::Inherited | Script::Latin | Script::Greek | Script::Unknown)
                && !written_in(&own, script)
        };
        let letters = || target.chars().filter(|c| c.is_alphabetic());
        let foreign = letters().filter(|c| is_foreign(c.script())).count();
        if foreign < MIN_FOREIGN || foreign * 2 < letters().count() {
            continue;
        }
        let source = document.source(unit);
        let script = letters().map(|c| c.script()).find(|script| is_foreign(*script));
        let Some(script) = script.filter(|script| !source.chars().any(|c| c.script() == *script)) else { continue };
        let message = format!("{} letters in {}: {}", script.full_name(), localized.locale, quote(target));
        report(localized, unit, message, sink);
    }
}

/// Reports units of a Chinese document that are in the other orthography.
fn orthography(localized: &Localized, sink: &mut Sink<'_>) {
    let data = locale_data::of(&localized.locale);
    let (own, other, name) = match localized.locale.script().as_deref() {
        Some("Hans") => (&data.simplified, &data.traditional, "Traditional"),
        Some("Hant") => (&data.traditional, &data.simplified, "Simplified"),
        _ => return,
    };
    if other.is_empty() {
        return;
    }
    let document = &localized.document;
    for unit in document.units.iter().filter(|unit| !unit.damaged) {
        let target = document.target(unit);
        let count = |of: &str| target.chars().filter(|c| !c.is_ascii() && of.contains(*c)).count();
        let others = count(other);
        if others >= MIN_CHARACTERS && count(own) == 0 {
            let message = format!("{name} Chinese in {}: {}", localized.locale, quote(target));
            report(localized, unit, message, sink);
        }
    }
}

fn report(localized: &Localized, unit: &bitext::Unit, message: String, sink: &mut Sink<'_>) {
    let source = Place { document: localized.id, span: unit.source.text };
    sink.report(localized, unit.target.text, message)
        .unit(unit.target.id)
        .help(format!("translate the source into {}", localized.locale))
        .related(Role::Source, "source", source, Some(unit.source.id));
}

/// Part of a document, long enough to tell its language.
#[derive(Default)]
struct Part {
    text: String,
    letters: usize,
    units: Vec<usize>,
}

impl Wrong {
    /// Reports parts of the document that are in another language: in none but one by their letters as a whole,
    /// and, unit by unit, more like that than like their own or English.
    fn other_language(&self, localized: &Localized, own: Lang, sink: &mut Sink<'_>) {
        let mut found: Vec<(Lang, Vec<usize>)> = Vec::new();
        for part in parts(localized) {
            if part.letters < MIN_LETTERS || part.units.len() < 2 {
                continue;
            }
            let Some(other) = self.teller.language(&part.text) else { continue };
            if language::are_close(other, own) || other == Lang::Eng {
                continue;
            }
            let candidates = [own, other, Lang::Eng];
            let is_other = |unit: &&usize| {
                language::likeliest(&prose(localized, **unit), &candidates) == Some(other)
            };
            if part.units.iter().filter(is_other).count() * 4 < part.units.len() * 3 {
                continue;
            }
            match found.last_mut() {
                Some((lang, units)) if *lang == other => units.extend(part.units),
                _ => found.push((other, part.units)),
            }
        }
        for (lang, units) in found {
            let (Some(first), Some(last)) = (units.first(), units.last()) else { continue };
            let (first, last) = (&localized.document.units[*first], &localized.document.units[*last]);
            let count = words::count(units.len(), "unit");
            let message = format!("{count} in {}, not in {}", lang.eng_name(), localized.locale);
            let end = Span::at(last.target.text.start as usize);
            sink.report(localized, first.target.text, message)
                .unit(first.target.id)
                .identity(lang.code())
                .help(format!("translate the source into {}, or restore the document", localized.locale))
                .related(Role::Place, "to here", Place { document: localized.id, span: end }, Some(last.target.id));
        }
    }
}

/// The prose of a unit's target.
fn prose(localized: &Localized, unit: usize) -> String {
    let target = localized.document.target(&localized.document.units[unit]);
    inline::masked(target).replace(inline::MASK, " ")
}

/// The parts of a document, without units that are short or the same as their source.
fn parts(localized: &Localized) -> Vec<Part> {
    /// Fewer letters are a label.
    const MIN_UNIT: usize = 30;
    let document = &localized.document;
    let mut parts = vec![Part::default()];
    for (at, unit) in document.units.iter().enumerate() {
        if unit.damaged || document.target(unit) == document.source(unit) {
            continue;
        }
        let text = prose(localized, at);
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        if letters < MIN_UNIT {
            continue;
        }
        if parts.last().is_none_or(|part| part.letters >= PART) {
            parts.push(Part::default());
        }
        if let Some(part) = parts.last_mut() {
            part.text.push_str(&text);
            part.text.push('\n');
            part.letters += letters;
            part.units.push(at);
        }
    }
    parts
}
