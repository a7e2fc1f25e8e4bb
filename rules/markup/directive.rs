use std::sync::LazyLock;

use bitext::{Localized, Signs, Span};
use regex::Regex;

use crate::prelude::*;
use crate::support::inline;

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
            let code = inline::code(source);
            let in_code = |at: usize| code.iter().any(|code| code.range.contains(&at));
            for found in INLINE
                .find_iter(source)
                .filter(|found| !target.contains(found.as_str()) && !in_code(found.start()))
            {
                let view = UnitView::of(localized, index, unit);
                let altered = INLINE.find_iter(target).find(|other| !source.contains(other.as_str()));
                let (at, what) = match &altered {
                    Some(other) => (view.in_target(other.start(), other.len()), "altered"),
                    None => (unit.target.text, "missing"),
                };
                let finding =
                    sink.report_unit(view, at, format!("the directive {} is {what}", quote(found.as_str())));
                finding
                    .identity(found.as_str())
                    .source_part(view.in_source(found.start(), found.len()))
                    .help("restore it as the source has it");
                if altered.is_some() && INLINE.find_iter(source).count() == 1 {
                    finding.fix(Applicability::Safe, "restore the directive", at, found.as_str());
                }
            }
        }
        let text = document.file.text();
        // What follows the end of a directive ends a line.
        let mut gaps = document.gaps.with(Signs::COLON);
        let may_have_end =
            !document.gaps.are_plain() || gaps.any(|gap| document.slice(gap.span).contains(":::"));
        if !document.is_bilingual()
            || !may_have_end
            || memchr::memmem::find(text.as_bytes(), b":::image").is_none()
        {
            return;
        }
        for found in IMAGE.captures_iter(text) {
            let Some(rest) = found.get(1).filter(|rest| !rest.as_str().trim().is_empty()) else { continue };
            let place = Span::new(rest.start(), rest.end());
            if document.unit_at(rest.start()).is_some() || document.code_at(rest.start()).is_some() {
                continue;
            }
            let finding = sink.report(
                localized,
                place,
                format!("{} stands after the end of an image directive", quote(rest.as_str())),
            );
            finding.help("the image is not shown like that: remove it");
            // Only signs can go without a look: they slipped out of the alt text.
            if rest.as_str().chars().all(|c| !c.is_alphanumeric()) {
                finding.fix(Applicability::Safe, "remove what follows the directive", place, "");
            }
        }
    }
}
