use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use bitext::{Localized, Unit};

use crate::glossary::{self, Broken, Case, How, Term, Wanted, Words};
use crate::prelude::*;
use crate::{Glossary, Settings};

/// Its page is `product_name.md`.
pub(crate) struct ProductName {
    glossary: Arc<Glossary>,
}

/// A name that stands in so many units of a document may be left out where the sentence goes without.
const KNOWN: usize = 3;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "identifier/product-name",
            include_str!("product_name.md"),
            Severity::Warning,
            Scope::Document,
            "do-not-translate",
        )
    }
}

impl ProductName {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self { glossary: settings.glossary.clone() }
    }
}

/// A name that became something else in a unit.
struct Fault<'a> {
    unit: &'a Unit,
    term: &'a Term,
    /// Where the name stands first in the source text.
    source: Range<usize>,
    broken: Broken,
}

impl DocumentRule for ProductName {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        if localized.locale.is_english() {
            return;
        }
        let (mut faults, mut kept): (Vec<Fault<'_>>, BTreeMap<&str, usize>) = Default::default();
        for seen in self.glossary.units(localized) {
            self.look_at(&seen, &mut faults, &mut kept);
        }
        // What a system did to a name all over a document is one finding.
        let mut findings: Vec<(String, Vec<Fault<'_>>)> = Vec::new();
        for fault in faults {
            let is_absent = fault.broken == Broken::Absent;
            let is_known = kept.get(&*fault.term.source).is_some_and(|count| *count >= KNOWN);
            if is_absent && fault.term.is_shipped() && (is_known || is_part(localized, &fault)) {
                continue;
            }
            let message = message(localized, &fault);
            match findings.iter_mut().find(|(other, _)| !is_absent && *other == message) {
                Some((_, places)) => places.push(fault),
                None => findings.push((message, vec![fault])),
            }
        }
        for (message, faults) in findings {
            report(localized, message, &faults, sink);
        }
    }
}

impl ProductName {
    fn look_at<'a>(
        &'a self,
        view: &Seen<'a>,
        faults: &mut Vec<Fault<'a>>,
        kept: &mut BTreeMap<&'a str, usize>,
    ) {
        let found = self.glossary.in_unit(view.view());
        if found.is_empty() {
            return;
        }
        let mut names: Vec<(&Term, Range<usize>, usize)> = Vec::new();
        for found in found.into_iter().filter(|one| one.term.do_not_translate) {
            match names.iter_mut().find(|(term, ..)| term.source == found.term.source) {
                Some((.., count)) => *count += 1,
                None => names.push((found.term, found.range, 1)),
            }
        }
        if names.is_empty() {
            return;
        }
        let (localized, unit, target) = (view.localized, view.unit(), view.target());
        if view.untouched() || target.trim().is_empty() {
            return;
        }
        let prose = view.masked_target();
        // Most names stand there as they are.
        names.retain(|(term, _, count)| {
            let stands = glossary::has(prose, &term.source, *count);
            if stands {
                *kept.entry(&*term.source).or_default() += 1;
            }
            !stands
        });
        if names.is_empty() {
            return;
        }
        let words = Words::new(prose);
        let masked = view.masked_source().to_lowercase();
        for (term, range, count) in names {
            let (name, locale) = (&*term.source, &localized.locale);
            match (Case { name, count, source: &masked, target: &words, locale }).broken() {
                Some(broken) if is_meant(term, &broken, &words, localized, target) => {}
                Some(broken) => faults.push(Fault { unit, term, source: range, broken }),
                None => *kept.entry(name).or_default() += 1,
            }
        }
    }
}

/// Whether the glossary tells of what stands there instead, or the name stands in code or in the target of a link.
fn is_meant(term: &Term, broken: &Broken, words: &Words<'_>, localized: &Localized, target: &str) -> bool {
    let how = How { exact: term.exact, case_sensitive: false, loose: true };
    // Of forbidden translations `terminology/forbidden` speaks.
    let mut told = term.translations_into(&localized.locale).into_iter();
    told.any(|one| Wanted::new(&one.text, &localized.locale, how).is_in(words))
        || *broken == Broken::Absent && target.to_lowercase().contains(&term.source.to_lowercase())
}

/// Whether the name starts a longer one that is not known and may have a translation: `Microsoft Partner Center`.
fn is_part(localized: &Localized, fault: &Fault<'_>) -> bool {
    let rest = &localized.document.source(fault.unit)[fault.source.end..];
    rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

fn message(localized: &Localized, fault: &Fault<'_>) -> String {
    let name = quote(&fault.term.source);
    let target = localized.document.target(fault.unit);
    let text = |range: &Range<usize>| quote(&target[range.clone()]);
    match &fault.broken {
        Broken::Split(range) => format!("{name} is split into {}", text(range)),
        Broken::Joined(range) | Broken::Sign(range) | Broken::Misspelt(range) => {
            format!("{name} is written {}", text(range))
        }
        Broken::Apart(range) => format!("{name} is torn apart: {}", text(range)),
        Broken::Partial(range) => format!("only {} is left of {name}", text(range)),
        Broken::Absent => format!("{name} is missing"),
    }
}

fn report(localized: &Localized, message: String, faults: &[Fault<'_>], sink: &mut Sink<'_>) {
    let span = |fault: &Fault<'_>| match fault.broken.range() {
        Some(range) => fault.unit.target.text.part(range.start, range.len()),
        None => fault.unit.target.text,
    };
    let (first, others) = (&faults[0], &faults[1..]);
    let message = match others.len() {
        0 => message,
        n => format!("{message}, in {} places", n + 1),
    };
    let name = &*first.term.source;
    let source = first.unit.source.text.part(first.source.start, first.source.len());
    let source = Place { document: localized.id, span: source };
    let finding = sink.report(localized, span(first), message);
    finding
        .unit(first.unit.target.id)
        .identity(name)
        .related(Role::Source, "source", source, Some(first.unit.source.id))
        .help(format!("write the name as the source does ({})", first.term.described()))
        .keeps(name);
    for other in others {
        let place = Place { document: localized.id, span: span(other) };
        finding.related(Role::Place, "here too", place, Some(other.unit.target.id));
    }
}
