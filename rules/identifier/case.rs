use std::collections::BTreeMap;

use bitext::{Localized, Span, Unit};

use crate::prelude::*;

/// Its page is `case.md`.
pub(crate) struct Case;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        fix: FixKind::Safe,
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "identifier/case",
            include_str!("case.md"),
            Severity::Warning,
            Scope::Document,
            "do-not-translate",
        )
    }
}

/// Names that have become common words in some languages.
const LOANWORDS: [&str; 5] = ["WiFi", "eBook", "eBooks", "eMail", "eLearning"];

/// Where a term stands in another case, and the unit.
type Places<'a> = Vec<(Span, &'a Unit, String)>;

impl DocumentRule for Case {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        let named: Vec<(&Unit, Vec<&str>)> = document
            .units
            .iter()
            .map(|unit| (unit, terms(document.masked_source(unit))))
            .filter(|(_, terms)| !terms.is_empty())
            .collect();
        let usual = usual_case(&named);
        let mut recased: BTreeMap<&str, Places<'_>> = BTreeMap::new();
        for (unit, terms) in named.iter().filter(|(unit, _)| !unit.damaged) {
            let (source, target) = (document.source(unit), document.masked_target(unit));
            for term in terms {
                if usual.get(&term.to_lowercase()).is_some_and(|usual| usual != term) {
                    continue;
                }
                for (at, found) in recased_in(target, source, term) {
                    recased.entry(term).or_default().push((
                        unit.target.text.part(at, found.len()),
                        unit,
                        found.into(),
                    ));
                }
            }
        }
        for (term, places) in &recased {
            report(localized, term, places, sink);
        }
    }
}

/// How the sources of a document mostly write each name, by the name in small letters: one of them can be mistyped.
fn usual_case<'a>(named: &[(&Unit, Vec<&'a str>)]) -> BTreeMap<String, &'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for term in named.iter().flat_map(|(_, terms)| terms) {
        *counts.entry(term).or_default() += 1;
    }
    let mut usual: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for (term, count) in counts {
        let entry = usual.entry(term.to_lowercase()).or_default();
        *entry = (*entry).max((count, term));
    }
    usual.into_iter().map(|(lower, (_, term))| (lower, term)).collect()
}

fn report(localized: &Localized, term: &str, places: &Places<'_>, sink: &mut Sink<'_>) {
    let (span, unit, found) = &places[0];
    let message = match places.len() {
        1 => format!("{} is written {}", quote(term), quote(found)),
        n => format!("{} is written {} in {n} places", quote(term), quote(found)),
    };
    let source = Place { document: localized.id, span: unit.source.text };
    let finding = sink.report(localized, *span, message);
    finding
        .unit(unit.target.id)
        .identity(term)
        .keeps(term)
        .help("write the name as the source does")
        .related(Role::Source, "source", source, Some(unit.source.id))
        .fix(Applicability::Safe, "write the name as the source does", *span, term);
    for (span, unit, _) in &places[1..] {
        let place = Place { document: localized.id, span: *span };
        finding.related(Role::Place, "here too", place, Some(unit.target.id));
        if let Some(fix) = &mut finding.fix {
            fix.edits.push(crate::Edit { span: *span, replacement: term.to_string() });
        }
    }
}

/// Names with a capital after a small letter, such as `NuGet` and `packageReference`, in a masked text.
fn terms(masked: &str) -> Vec<&str> {
    if !words::has_inner_capital(masked) {
        return Vec::new();
    }
    let words = words::ascii_runs(masked).map(|(_, word)| word);
    let mut terms: Vec<&str> = words
        .filter(|word| word.len() >= 4 && words::has_inner_capital(word) && !LOANWORDS.contains(word))
        .collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// The places of a target where the term stands in another case than anywhere in the source.
fn recased_in<'t>(target: &'t str, source: &str, term: &str) -> Vec<(usize, &'t str)> {
    let stands = || words::ascii_runs(target).any(|(_, word)| word == term);
    if target.contains(term) && stands() {
        return Vec::new();
    }
    let wrong = |(at, word): &(usize, &str)| {
        if !word.eq_ignore_ascii_case(term) {
            return false;
        }
        // Names of files and packages have their own case.
        let part_of_name = target[at + word.len()..].starts_with(['.', '/', '_', '\\', '@'])
            && target[at + word.len() + 1..].starts_with(|c: char| c.is_ascii_alphanumeric())
            || target[..*at].ends_with(['.', '/', '_', '-', '\\', '#', '@']);
        let lead = target[..*at].trim_end_matches(['*', '_', ' ', '"', '„', '«', '“']);
        let starts = lead.is_empty() || lead.ends_with(['.', ':', '!', '?']);
        let title = starts && word[1..] == term[1..];
        !source.contains(word) && !part_of_name && !title
    };
    words::ascii_runs(target).filter(wrong).collect()
}
