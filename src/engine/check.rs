use std::any::Any;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bitext::{Article, DocumentId, Localized, Span};
use rayon::prelude::*;
use rules::{Applicability, Check, Confidence, Corpus, Finding, FixKind, Place, RuleInfo, Seen, Sink};

use super::kept::{Altered, Kept};
use super::{Active, RuleSet};
use crate::fix::Which;
use crate::suppression::OWN;

/// The id of findings about loclint itself.
pub const INTERNAL: &str = "internal/panic";

/// Runs all rules but those of corpus scope on an article.
pub fn check_article(article: &Article, rules: &RuleSet) -> Vec<Finding> {
    by_rule_in_article(article, rules, Which::All, None).map(|(_, finding)| finding).collect()
}

/// The same, each finding with the rule that found it. What is `kept` of documents is taken for what would be found there.
pub(super) fn by_rule_in_article<'r>(
    article: &Article,
    rules: &'r RuleSet,
    which: Which,
    mut kept: Option<&mut Kept>,
) -> impl Iterator<Item = (&'r Active, Finding)> {
    let home =
        Place { document: article.documents.first().map_or(DocumentId(0), |one| one.id), span: Span::at(0) };
    let (mut findings, mut found_by) = (Vec::new(), Vec::new());
    rules::share_sources(article);
    let altered = altered_sources(article);
    if let Some(kept) = &mut kept {
        kept.begin(article, rules.rules.len(), &altered);
    }
    let rules_that_run = if article.documents.is_empty() { &[] } else { &*rules.rules };
    let what = || format!("article \"{}\"", article.key);
    // What is found in documents that are only read for comparison is dropped, but it counts for which of them bear
    // witness to a claim.
    for reported in [true, false] {
        let claiming: BTreeSet<_> = findings
            .iter()
            .filter(|one: &&Finding| one.claim.is_some())
            .map(|one| one.rule.clone())
            .collect();
        let are_wanted = |active: &&Active| {
            (which == Which::All || active.rule.info.fix != FixKind::None)
                && (reported || claiming.contains(&active.rule.info.id))
        };
        let documents = translations(article).filter(|(_, localized)| localized.reported == reported);
        let documents: Vec<Asked<'_>> =
            documents.map(|(index, localized)| Asked::of(index, localized, &altered)).collect();
        if documents.is_empty() && !reported {
            break;
        }
        for (number, active) in rules_that_run.iter().enumerate().filter(|(_, active)| are_wanted(active)) {
            let run = |findings: &mut Vec<Finding>| match &active.rule.check {
                Check::Unit(_) | Check::Document(_) => {
                    in_documents(number, active, &documents, kept.as_deref_mut(), findings);
                }
                Check::Article(check) if reported => check.check(article, &mut sink(active, findings)),
                Check::Article(_) | Check::Corpus(_) => {}
            };
            guarded(&active.rule.info, home, what, &mut findings, run);
            if findings.len() > found_by.len() {
                found_by.resize(findings.len(), active);
            }
        }
    }
    rules::weigh(article, &mut findings);
    doubt_fixes(&mut findings);
    sure(rules, found_by, findings)
}

/// What rules about the whole tree can tell of an article alone.
pub(super) fn by_corpus_rule_in_article<'r>(
    article: &Article,
    rules: &'r RuleSet,
) -> Vec<(&'r Active, Finding)> {
    let Some(first) = article.documents.first() else { return Vec::new() };
    let home = Place { document: first.id, span: Span::at(0) };
    let what = || format!("article \"{}\"", article.key);
    let (mut findings, mut found_by) = (Vec::new(), Vec::new());
    for active in &rules.rules {
        if let Check::Corpus(check) = &active.rule.check {
            let run = |findings: &mut Vec<Finding>| check.check_article(article, &mut sink(active, findings));
            guarded(&active.rule.info, home, what, &mut findings, run);
            found_by.resize(findings.len(), active);
        }
    }
    sure(rules, found_by, findings).collect()
}

/// Adds what a rule that sees one document at a time finds in documents.
fn in_documents(
    number: usize,
    active: &Active,
    documents: &[Asked<'_>],
    mut kept: Option<&mut Kept>,
    findings: &mut Vec<Finding>,
) {
    for Asked { index, localized, units } in documents {
        if let Some(found) = kept.as_ref().and_then(|kept| kept.get(number, *index)) {
            findings.extend_from_slice(found);
            continue;
        }
        let before = findings.len();
        let mut sink = sink(active, findings);
        match &active.rule.check {
            Check::Unit(check) => check.check_all(units, &mut sink),
            Check::Document(check) => check.check(localized, &mut sink),
            Check::Article(_) | Check::Corpus(_) => {}
        }
        if let Some(kept) = &mut kept {
            kept.keep(number, *index, &findings[before..]);
        }
    }
}

#[inline]
fn sink<'a>(active: &'a Active, findings: &'a mut Vec<Finding>) -> Sink<'a> {
    Sink::new(&active.rule.info, active.severity, findings)
}

/// The findings that are sure enough.
fn sure<'r>(
    rules: &RuleSet,
    found_by: Vec<&'r Active>,
    findings: Vec<Finding>,
) -> impl Iterator<Item = (&'r Active, Finding)> {
    let least = rules.min_confidence;
    found_by.into_iter().zip(findings).filter(move |(_, finding)| finding.confidence >= least)
}

/// The units whose source side is known to be altered: rules that compare with it are not asked. A panic in there
/// costs nothing but that.
fn altered_sources(article: &Article) -> Altered {
    catch_unwind(AssertUnwindSafe(|| rules::altered_sources(article))).unwrap_or_default()
}

/// A document and the units of it that rules are asked about.
struct Asked<'a> {
    /// Of the document in the article.
    index: usize,
    localized: &'a Localized,
    units: Vec<Seen<'a>>,
}

impl<'a> Asked<'a> {
    fn of(index: usize, localized: &'a Localized, altered: &Altered) -> Self {
        let mut units = Vec::with_capacity(localized.document.units.len());
        for view in Seen::all(localized) {
            let known = !altered.is_empty() && altered.contains(&(localized.id, view.index));
            if !view.unit().damaged && !known {
                units.push(view);
            }
        }
        Self { index, localized, units }
    }
}

/// The documents of an article but for its English source, which is there for comparison: it has no
/// provenance and no pairs. Each with its index.
fn translations(article: &Article) -> impl Iterator<Item = (usize, &Localized)> {
    article.documents.iter().enumerate().filter(|(_, localized)| {
        let document = &localized.document;
        !localized.locale.is_english() || document.is_bilingual() || !document.provenance.is_empty()
    })
}

/// Runs the rules of corpus scope on the facts of all documents, but for those about suppressions.
pub fn check_corpus(corpus: &Corpus, rules: &RuleSet) -> Vec<Finding> {
    by_rule_in_corpus(corpus, rules).into_iter().map(|(_, finding)| finding).collect()
}

/// The same, each finding with the rule that found it.
pub(super) fn by_rule_in_corpus<'r>(corpus: &Corpus, rules: &'r RuleSet) -> Vec<(&'r Active, Finding)> {
    across(corpus, rules, |category| category != OWN)
}

/// Runs the rules of corpus scope about suppressions, which want to know what all others found.
pub(super) fn about_suppressions<'r>(corpus: &Corpus, rules: &'r RuleSet) -> Vec<(&'r Active, Finding)> {
    across(corpus, rules, |category| category == OWN)
}

fn across<'r>(
    corpus: &Corpus,
    rules: &'r RuleSet,
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<(&'r Active, Finding)> {
    let home = Place {
        document: corpus.facts.first().map_or(DocumentId(0), |facts| facts.document),
        span: Span::at(0),
    };
    let wanted: Vec<_> = rules
        .rules
        .iter()
        .filter_map(|active| match &active.rule.check {
            Check::Corpus(check) if is_wanted(active.rule.info.category()) => Some((active, check)),
            _ => None,
        })
        .collect();
    let found = wanted.into_par_iter().map(|(active, check)| {
        let mut found = Vec::new();
        let run = |findings: &mut Vec<Finding>| check.check(corpus, &mut sink(active, findings));
        guarded(&active.rule.info, home, || "the whole tree".into(), &mut found, run);
        (active, found)
    });
    let found: Vec<(&Active, Vec<Finding>)> = found.collect();
    let all = found.into_iter().flat_map(|(active, found)| found.into_iter().map(move |one| (active, one)));
    let (found_by, findings) = all.unzip();
    sure(rules, found_by, findings).collect()
}

/// Runs one rule, which adds to the findings. If it panics, that is its finding, and the run goes on.
#[inline]
fn guarded(
    info: &RuleInfo,
    home: Place,
    what: impl FnOnce() -> String,
    findings: &mut Vec<Finding>,
    run: impl FnOnce(&mut Vec<Finding>),
) {
    let before = findings.len();
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| run(findings))) {
        findings.truncate(before);
        findings.push(internal(info, home, &what(), panic.as_ref()));
    }
}

/// What a panic says.
pub fn panic_text(panic: &dyn Any) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".into())
}

fn internal(info: &RuleInfo, place: Place, what: &str, panic: &dyn Any) -> Finding {
    let message = format!("rule {} failed on {what}: {}", info.id, panic_text(panic));
    let mut finding = Finding::internal(INTERNAL, place, message);
    let help =
        format!("this is a fault of loclint: please report it; \"--ignore {}\" goes round it", info.id);
    finding.help(help).identity(info.id.to_string());
    finding
}

/// A fix for what is hardly sure cannot be applied without looking.
fn doubt_fixes(findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.confidence == Confidence::Low) {
        if let Some(fix) = &mut finding.fix {
            fix.applicability = Applicability::Unsafe;
        }
    }
}
