use std::cell::LazyCell;
use std::sync::LazyLock;

use bitext::{Document, Localized, Signs, Span};
use regex::Regex;

use crate::prelude::*;
use crate::support::inline;
use crate::support::places::Places;

/// Its page is `directive.md`.
pub(crate) struct Directive;

/// Directives that stand inside sentences: includes and references.
static INLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\[!INCLUDE[ -]?\[[^\]]*\]\([^)]*\)\s*\]|<xref:[^>]+>").expect("it is a pattern")
});

/// A whole image directive, and what follows it.
static IMAGE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?m):::image\b[^\n]*?[" ]:::([^\n\r|<:]+)$"#).expect("it is a pattern"));

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "markup/directive",
            include_str!("directive.md"),
            Severity::Error,
            Scope::Document,
            "markup",
        )
    }
}

impl DocumentRule for Directive {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        in_units(localized, sink);
        after_images(localized, sink);
    }
}

/// Directives of the source that the target does not have.
fn in_units(localized: &Localized, sink: &mut Sink<'_>) {
    let document = &localized.document;
    for (index, unit) in document.units.iter().enumerate().filter(|(_, unit)| !unit.damaged) {
        let print = &unit.source.print;
        let may_have_one = print.has(b'<') || print.has(b'[') && print.has(b'!');
        if !may_have_one {
            continue;
        }
        let (source, target) = (document.source(unit), document.target(unit));
        if !(source.contains("<xref:") || source.contains("[!INCLUDE")) {
            continue;
        }
        let (code, in_target) = (inline::code(source), Places::of(target));
        let altered = LazyCell::new(|| {
            let in_source = Places::of(source);
            INLINE.find_iter(target).find(|other| !in_source.has(other.as_str()))
        });
        let is_only = LazyCell::new(|| INLINE.find_iter(source).nth(1).is_none());
        for found in INLINE
            .find_iter(source)
            .filter(|found| !in_target.has(found.as_str()) && !inline::is_in_code(&code, found.start()))
        {
            let seen = Seen::of(localized, index, unit);
            let view = seen.view();
            let (at, what) = match &*altered {
                Some(other) => (view.in_target(other.start(), other.len()), "altered"),
                None => (unit.target.text, "missing"),
            };
            let finding =
                sink.report_unit(view, at, format!("the directive {} is {what}", quote(found.as_str())));
            finding
                .identity(found.as_str())
                .source_part(view.in_source(found.start(), found.len()))
                .help("restore it as the source has it");
            if altered.is_some() && *is_only {
                finding.fix(Applicability::Safe, "restore the directive", at, found.as_str());
            }
        }
    }
}

/// What stands behind image directives.
fn after_images(localized: &Localized, sink: &mut Sink<'_>) {
    let document = &localized.document;
    if !document.is_bilingual() || !may_have_end(document) {
        return;
    }
    for place in behind_images(document) {
        let rest = document.slice(place);
        let message = format!("{} stands after the end of an image directive", quote(rest));
        let finding = sink.report(localized, place, message);
        finding.help(
            "the directive has to end its line: move the text before it or into \"alt-text\", or remove it",
        );
        // Only signs can go without a look: they slipped out of the alt text.
        if rest.chars().all(|c| !c.is_alphanumeric()) {
            finding.fix(Applicability::Safe, "remove what follows the directive", place, "");
        }
    }
}

/// Whether an image directive may end outside the units: what follows its end ends a line.
fn may_have_end(document: &Document) -> bool {
    let mut gaps = document.gaps.with(Signs::COLON);
    !document.gaps.are_plain() || gaps.any(|gap| document.slice(gap.span).contains(":::"))
}

/// What follows the ends of the image directives of the body, outside units and code.
fn behind_images(document: &Document) -> impl Iterator<Item = Span> {
    let body = Span::new(document.body(), document.file.text().len());
    let text = document.slice(body);
    let has_one = memchr::memmem::find(text.as_bytes(), b":::image").is_some();
    let rests = has_one.then(|| IMAGE.captures_iter(text)).into_iter().flatten();
    let rests = rests.filter_map(|found| found.get(1)).filter(|rest| !rest.as_str().trim().is_empty());
    rests.map(move |rest| body.part(rest.start(), rest.len())).filter(|place| {
        let at = place.start as usize;
        document.unit_at(at).is_none() && document.code_at(at).is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_end_is_missed() {
        let mut found = 0;
        words::each_random_document("PPLSFIIIICCCC\" \n:|<W!", |document| {
            let places: Vec<Span> = behind_images(document).collect();
            found += places.len();
            assert!(places.is_empty() || may_have_end(document), "{:?}", document.file.text());
            assert!(places.iter().all(|place| place.start as usize >= document.body()));
        });
        assert!(found > 1000, "{found}");
    }
}
