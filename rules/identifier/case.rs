use std::cell::{LazyCell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use bitext::{Document, Localized, Span, Unit};

use crate::prelude::*;
use crate::support::capitals::Capitals;
use crate::support::known;
use crate::support::places::Places;
use crate::support::sources::{self, SourceFacts, Sources};
use crate::{Glossary, Settings};

/// Its page is `case.md`.
pub(crate) struct Case {
    glossary: Arc<Glossary>,
}

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

/// Words that are one in most languages, which take them from English, however a source joins them.
const WORDS: [&str; 40] = [
    "backend",
    "backup",
    "checkbox",
    "dashboard",
    "database",
    "datacenter",
    "desktop",
    "email",
    "feedback",
    "filename",
    "firewall",
    "frontend",
    "helpdesk",
    "homepage",
    "hostname",
    "hotfix",
    "hyperlink",
    "keyboard",
    "laptop",
    "login",
    "logon",
    "metadata",
    "newsletter",
    "offline",
    "online",
    "plugin",
    "podcast",
    "sandbox",
    "screenshot",
    "setup",
    "smartphone",
    "software",
    "timeout",
    "toolbar",
    "update",
    "upgrade",
    "webhook",
    "website",
    "workflow",
    "workspace",
];

/// Names as their makers write them; a source that writes another one is what is mistyped.
const OWN_CASE: [&str; 14] = [
    "GitHub",
    "GitLab",
    "GraphQL",
    "IntelliJ",
    "iOS",
    "JavaScript",
    "LinkedIn",
    "macOS",
    "MySQL",
    "OAuth",
    "PostgreSQL",
    "PowerShell",
    "TypeScript",
    "YouTube",
];

/// Where a term stands in another case, and the unit.
type Recased<'a> = Vec<(Span, &'a Unit, String)>;

impl Case {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self { glossary: settings.glossary.clone() }
    }

    /// Whether a word is a name as it is always written: then the source is what is mistyped.
    fn is_name(&self, word: &str) -> bool {
        self.glossary.terms().iter().any(|term| term.do_not_translate && term.source == word)
    }
}

impl DocumentRule for Case {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        let sources = sources::of_document(document);
        let usual = LazyCell::new(|| usual_case(document, sources));
        let mut recased: BTreeMap<&str, Recased<'_>> = BTreeMap::new();
        for (index, unit) in known::with_capitals(document).filter(|(_, unit)| !unit.damaged) {
            let terms = terms_of(document, unit, sources.facts(index));
            if terms.is_empty() {
                continue;
            }
            let source = document.source(unit);
            let sides = Sides::of(source, document.masked_target(unit), terms.len() > MANY);
            for term in terms {
                let term = &source[term.clone()];
                let is_usual = || usual.get(&term.to_lowercase()).is_none_or(|usual| *usual == term);
                // Many that differ in their case would find each other's places.
                if sides.are_many && !(sides.small().has(&term.to_ascii_lowercase()) && is_usual()) {
                    continue;
                }
                let found = sides.recased(term);
                if found.is_empty() || !is_usual() {
                    continue;
                }
                for (at, found) in found {
                    if self.is_name(found) || OWN_CASE.contains(&found) || is_word(found) {
                        continue;
                    }
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

/// Whether it is written as a word of the language, which may begin a sentence.
fn is_word(found: &str) -> bool {
    let inner_is_small = found.chars().skip(1).all(|c| !c.is_uppercase());
    inner_is_small && WORDS.contains(&found.to_lowercase().as_str())
}

/// The terms of a unit's source.
fn terms_of<'a>(document: &Document, unit: &Unit, facts: &'a SourceFacts) -> &'a [Range<usize>] {
    facts.camel_names.get_or_init(|| terms(document.masked_source(unit), facts.capitals(document, unit)))
}

/// How the sources of a document mostly write each name, by the name in small letters: one of them can be mistyped.
fn usual_case<'a>(document: &'a Document, sources: &Sources) -> BTreeMap<String, &'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, unit) in known::with_capitals(document) {
        for term in terms_of(document, unit, sources.facts(index)) {
            *counts.entry(&document.source(unit)[term.clone()]).or_default() += 1;
        }
    }
    let mut usual: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for (term, count) in counts {
        let entry = usual.entry(term.to_lowercase()).or_default();
        *entry = (*entry).max((count, term));
    }
    usual.into_iter().map(|(lower, (_, term))| (lower, term)).collect()
}

fn report(localized: &Localized, term: &str, places: &Recased<'_>, sink: &mut Sink<'_>) {
    let (span, unit, found) = &places[0];
    let message = format!("{} is written {}{}", quote(term), quote(found), words::in_places(places.len()));
    let source = Place { document: localized.id, span: unit.source.text };
    let finding = sink.report(localized, *span, message);
    finding
        .unit(unit.target.id)
        .identity(term)
        .keeps(term)
        .help("write the name as the source does")
        .related(Role::Source, "source", source, Some(unit.source.id))
        .fix_each(
            Applicability::Safe,
            "write the name as the source does",
            places.iter().map(|(span, ..)| *span),
            term,
        );
    for (span, unit, _) in &places[1..] {
        let place = Place { document: localized.id, span: *span };
        finding.related(Role::Place, "here too", place, Some(unit.target.id));
    }
}

/// Names with a capital after a small letter, such as `NuGet` and `packageReference`, in a masked text with capitals
/// there.
fn terms(masked: &str, capitals: &Capitals) -> Vec<Range<usize>> {
    let bytes = masked.as_bytes();
    let (mut terms, mut end) = (Vec::new(), 0);
    for capital in capitals.starts() {
        let is_inner =
            capital >= end && capital.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_lowercase());
        if is_inner {
            let is_part = |byte: &&u8| byte.is_ascii_alphanumeric();
            let start = capital - bytes[..capital].iter().rev().take_while(is_part).count();
            end = capital + bytes[capital..].iter().take_while(is_part).count();
            let word = &masked[start..end];
            if word.len() >= 4 && !LOANWORDS.contains(&word) {
                terms.push(start..end);
            }
        }
    }
    if terms.len() > 1 {
        terms.sort_by_key(|range| &masked[range.clone()]);
        terms.dedup_by_key(|range| &masked[range.clone()]);
    }
    terms
}

/// Both sides of a unit, the target masked, with what is looked for in them.
struct Sides<'a> {
    source: Places<'a>,
    target: Places<'a>,
    small: OnceCell<Places<'static>>,
    /// Whether each spelling that was asked for stands in the source.
    of_source: RefCell<BTreeMap<&'a str, bool>>,
    text: &'a str,
    /// Whether the source has many terms.
    are_many: bool,
}

/// More terms than these are looked for in the target in small letters.
const MANY: usize = 32;

impl<'a> Sides<'a> {
    fn of(source: &'a str, target: &'a str, are_many: bool) -> Self {
        Self {
            are_many,
            source: Places::of(source),
            target: Places::of(target),
            small: OnceCell::new(),
            of_source: RefCell::default(),
            text: target,
        }
    }

    fn small(&self) -> &Places<'static> {
        self.small.get_or_init(|| Places::of(self.text.to_ascii_lowercase()))
    }

    /// The places of the target where the term stands in another case than anywhere in the source.
    fn recased(&self, term: &str) -> Vec<(usize, &'a str)> {
        let target = self.text;
        let is_kept = |at| words::is_ascii_word(target, at, term.len());
        let is_wrong = |(at, word): &(usize, &'a str)| self.is_wrong(*at, word, term);
        if !self.are_many {
            if words::places_of(target, term).any(is_kept) {
                return Vec::new();
            }
            return words::in_any_case(target, term).filter(is_wrong).collect();
        }
        if self.target.any(term, is_kept) {
            return Vec::new();
        }
        let small = term.to_ascii_lowercase();
        let starts = self.small().overlapping(&small);
        let found = starts.filter(|at| words::is_ascii_word(target, *at, term.len()));
        found.map(|at| (at, &target[at..at + term.len()])).filter(is_wrong).collect()
    }

    fn is_wrong(&self, at: usize, word: &'a str, term: &str) -> bool {
        let target = self.text;
        // Names of files and packages have their own case.
        let part_of_name = target[at + word.len()..].starts_with(['.', '/', '_', '\\', '@'])
            && target[at + word.len() + 1..].starts_with(|c: char| c.is_ascii_alphanumeric())
            || target[..at].ends_with(['.', '/', '_', '-', '\\', '#', '@']);
        let lead = target[..at].trim_end_matches(['*', '_', ' ', '"', '„', '«', '“']);
        let starts = lead.is_empty() || lead.ends_with(['.', ':', '!', '?']);
        let title = starts && word[1..] == term[1..];
        !part_of_name
            && !title
            && !*self.of_source.borrow_mut().entry(word).or_insert_with(|| self.source.has(word))
    }
}
