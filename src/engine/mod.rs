//! Reads and checks articles, in parallel, and brings the findings into one order.
//!
//! The unit of work and of memory is the article: all its locales are read, checked and dropped
//! together; only findings and facts stay. The output does not depend on the number of threads.

mod check;
mod counting;
mod excerpt;
mod fixing;
mod kept;
mod locate;
mod outcome;
mod policy;
mod suppressing;

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use bitext::{Article, DocumentId, Locale, Localized};
use rayon::prelude::*;
use rules::reader::Sourced;
use rules::{Confidence, Corpus, Facts, Finding, Place, Role, Rule, SourceArticle, SourceListing, Unread};

pub use check::{INTERNAL, check_article, check_corpus, panic_text};
pub use locate::{LocatedEdit, LocatedFinding, LocatedFix, LocatedRelated, Range, Subject};
pub use outcome::{Counts, Examined, Outcome, Translator};
pub use policy::Active;

use check::{about_suppressions, by_corpus_rule_in_article, by_rule_in_article, by_rule_in_corpus};
use kept::Kept;

use crate::discover::{Plan, PlannedArticle, Unreadable};
use crate::files::Files;
use crate::fix::{Fixed, Fixing, Which};
use crate::source::{Source, SourceError};
use crate::suppression::{ConfigSuppression, InDocuments, Suppressed, is_judged};

/// The rules of a run with the severity that each one reports.
pub struct RuleSet {
    /// Sorted by id.
    pub rules: Vec<Active>,
    /// Findings that are less sure than this are dropped.
    pub min_confidence: Confidence,
    /// Rules that are on but were left out of this run.
    pub left_out: Vec<String>,
    /// What the configuration suppresses.
    pub suppress: Vec<Sourced<ConfigSuppression>>,
}

impl RuleSet {
    /// All rules that are on, each with its default severity.
    pub fn with_defaults(rules: Vec<Rule>) -> Self {
        let on = |rule: Rule| {
            let severity = rule.info.severity?;
            Some(Active::new(rule, severity))
        };
        let rules = rules.into_iter().filter_map(on).collect();
        Self { rules, min_confidence: Confidence::Low, left_out: Vec::new(), suppress: Vec::new() }
    }
}

/// What is known of a document outside its article.
struct Known<'a> {
    path: &'a Path,
    locale: &'a Locale,
    article: &'a str,
    stable_key: &'a str,
    /// The first of the stable keys of its article: in a flat export each locale has its own.
    shared_key: &'a str,
    reported: bool,
}

/// Reads and checks everything in `plan`, but for files over the limits; against the English tree, if there is
/// one.
///
/// # Errors
/// [`SourceError`] if the English tree cannot be read or has none of the articles.
pub fn run(
    plan: &Plan,
    rules: &RuleSet,
    files: &Files,
    source: Option<&Source>,
) -> Result<Outcome, SourceError> {
    run_fixing(plan, rules, files, source, None)
}

/// The same, and applies fixes first. What is found is what is left after them.
///
/// # Errors
/// [`SourceError`] as in [`run`]; then nothing was fixed.
pub fn run_fixing(
    plan: &Plan,
    rules: &RuleSet,
    files: &Files,
    source: Option<&Source>,
    fixing: Option<Fixing>,
) -> Result<Outcome, SourceError> {
    run_counting(plan, rules, files, source, fixing, &AtomicUsize::new(0), true)
}

/// The same, and adds one to `done` for every article that is done. Words are counted if `words` says so, for
/// quality scores.
///
/// # Errors
/// [`SourceError`] as in [`run_fixing`].
pub fn run_counting(
    plan: &Plan,
    rules: &RuleSet,
    files: &Files,
    source: Option<&Source>,
    fixing: Option<Fixing>,
    done: &AtomicUsize,
    words: bool,
) -> Result<Outcome, SourceError> {
    if fixing.is_some() && source.is_some() {
        // An English tree that does not fit has to be noticed before anything is written.
        run(plan, rules, files, source)?;
    }
    let known: Vec<Known<'_>> = plan.articles.iter().flat_map(known).collect();
    let first_ids = plan.articles.iter().scan(0, |next, article| {
        let first = *next;
        *next += article.documents.len() as u32;
        Some(first)
    });
    let work: Vec<(usize, (&PlannedArticle, u32))> =
        plan.articles.iter().zip(first_ids).enumerate().collect();
    let context = Context { rules, files, source, known: &known, fixing, words, whole: plan.whole };
    let one = |(index, (article, first))| {
        let one = context.one(index, article, first);
        done.fetch_add(1, Ordering::Relaxed);
        one
    };
    // For one article no threads are started.
    let results: Result<Vec<Done>, SourceError> = match work.len() {
        ..2 => work.into_iter().map(one).collect(),
        // One at a time: left to itself, a thread takes dozens at once, and at the end the others wait for it.
        _ => work.into_par_iter().with_max_len(1).map(one).collect(),
    };
    context.gather(plan, results?)
}

/// What is known of the documents of an article.
fn known(article: &PlannedArticle) -> impl Iterator<Item = Known<'_>> {
    let shared_key = article.stable_key();
    article.documents.iter().map(move |document| Known {
        shared_key,
        path: &document.path,
        locale: &document.locale,
        article: &article.key,
        stable_key: &document.stable_key,
        reported: document.reported,
    })
}

/// What the work on every article needs.
struct Context<'a> {
    rules: &'a RuleSet,
    files: &'a Files,
    source: Option<&'a Source>,
    known: &'a [Known<'a>],
    fixing: Option<Fixing>,
    /// Whether words are counted.
    words: bool,
    /// Whether the run sees whole trees.
    whole: bool,
}

/// The result of one article.
#[derive(Default)]
struct Done {
    findings: Vec<LocatedFinding>,
    suppressed: Suppressed,
    /// The suppressions that were needed.
    used: BTreeSet<(DocumentId, usize)>,
    facts: Vec<Facts>,
    unreadable: Vec<Unreadable>,
    /// The locales of documents of which not a part could be read.
    unread: Vec<Locale>,
    counts: Counts,
    documents: Vec<Examined>,
    /// The path of the article in the English tree.
    source_path: Option<String>,
    fixed: Fixed,
}

impl Context<'_> {
    fn one(&self, index: usize, planned: &PlannedArticle, first: u32) -> Result<Done, SourceError> {
        let mut done = Done::default();
        let (article, findings, texts) = self.read_and_check(planned, first, &mut done)?;
        self.count(&article, &mut done);
        done.findings = locate::in_article(&article, findings, self.known, &texts);
        let mut suppressions = InDocuments::default();
        for localized in &article.documents {
            let known = &self.known[localized.id.0 as usize];
            suppressions.add(known.path, localized.id, &localized.document.suppressions.list);
        }
        let is_reported = |path: &Path| {
            let known = article.documents.iter().map(|localized| &self.known[localized.id.0 as usize]);
            known.filter(|known| known.reported).any(|known| known.path == path)
        };
        suppressions.suppress(&mut done.findings, &is_reported);
        (done.used, done.suppressed) = suppressions.done();
        // All findings are sorted in the end, which is quick where each article's are.
        done.findings.sort_by(LocatedFinding::order);
        if self.looks_across_articles() {
            let facts = |localized| Facts::of(index as u32, localized);
            done.facts = article.documents.iter().map(facts).collect();
        }
        done.source_path = article.source.map(|source| source.path);
        Ok(done)
    }

    /// Whether the rules about whole trees run. What they find is located in the files, which are not fixed if that is only
    /// to be shown.
    fn looks_across_articles(&self) -> bool {
        self.whole && self.fixing.is_none_or(|fixing| fixing.write)
    }

    /// The article, what is wrong with it, and the paths of its English texts; after its fixes, if they are asked for.
    fn read_and_check(
        &self,
        planned: &PlannedArticle,
        first: u32,
        done: &mut Done,
    ) -> Result<(Article, Vec<Finding>, Vec<PathBuf>), SourceError> {
        loop {
            let (mut article, texts) = self.read(planned, first, done)?;
            let Some(fixing) = self.fixing else {
                let findings = self.check(&article, Which::All, None);
                return Ok((article, findings, texts));
            };
            if let Some(findings) = self.fix(fixing, &mut article, &mut done.fixed) {
                return Ok((article, findings, texts));
            }
            // A file is another than the one that was checked. It is left alone from now on.
            done.unreadable.clear();
            done.unread.clear();
        }
    }

    /// What there is to report on an article.
    fn check(&self, article: &Article, which: Which, kept: Option<&mut Kept>) -> Vec<Finding> {
        let alone = !self.whole && which == Which::All;
        let alone = if alone { by_corpus_rule_in_article(article, self.rules) } else { Vec::new() };
        let found = by_rule_in_article(article, self.rules, which, kept).chain(alone);
        found.filter_map(|found| self.settled(found)).collect()
    }

    /// Reads an article, and says what the paths of its English texts are.
    fn read(
        &self,
        planned: &PlannedArticle,
        first: u32,
        done: &mut Done,
    ) -> Result<(Article, Vec<PathBuf>), SourceError> {
        let mut documents: Vec<Localized> = Vec::with_capacity(planned.documents.len());
        for (document, id) in planned.documents.iter().zip(first..) {
            let like = documents.last().map(|last| &last.document);
            match self.files.document_like(&document.path, like) {
                Ok(read) => {
                    done.unreadable
                        .extend(read.file.first_invalid().map(|offset| not_utf8(&document.path, offset)));
                    let locale = document.locale.clone();
                    let id = DocumentId(id);
                    documents.push(Localized { id, locale, document: read, reported: document.reported });
                }
                Err(reason) => {
                    done.unreadable.push(Unreadable { path: document.path.clone(), reason });
                    done.unread.push(document.locale.clone());
                }
            }
        }
        let view = self.source.map(|source| source.view(planned, &documents)).transpose()?.flatten();
        let (source, texts) = view.unzip();
        Ok((Article { key: planned.key.clone(), documents, source }, texts.unwrap_or_default()))
    }

    /// A finding as it is reported, by the place that it is reported at.
    fn settled(&self, (active, finding): (&Active, Finding)) -> Option<Finding> {
        let finding = brought_home(finding, self.known)?;
        let known = &self.known[finding.place.document.0 as usize];
        active.settle(finding, known.path, known.locale)
    }

    fn gather(&self, plan: &Plan, done: Vec<Done>) -> Result<Outcome, SourceError> {
        let mut outcome = Outcome { unreadable: plan.unreadable.clone(), ..Outcome::default() };
        let mut fixed = Fixed { fixing: self.fixing.unwrap_or_default(), ..Fixed::default() };
        let (mut translated, mut used, mut unread) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
        // Room for all, so that not even for a moment there is more than that.
        let mut facts = Vec::with_capacity(done.iter().map(|done| done.facts.len()).sum());
        outcome.documents.reserve_exact(done.iter().map(|done| done.documents.len()).sum());
        outcome.findings.reserve_exact(done.iter().map(|done| done.findings.len()).sum());
        for (index, done) in done.into_iter().enumerate() {
            outcome.findings.extend(done.findings);
            outcome.suppressed.add(done.suppressed);
            used.extend(done.used);
            outcome.unreadable.extend(done.unreadable);
            facts.extend(done.facts);
            let article = index as u32;
            unread.extend(done.unread.into_iter().map(|locale| Unread { article, locale }));
            translated.extend(done.source_path.map(|path| (path, article)));
            outcome.documents.extend(done.documents);
            outcome.counts.add(done.counts);
            fixed.add(done.fixed);
        }
        let nothing = outcome.counts.with_source == 0 && outcome.counts.articles > 0;
        if let Some(source) = self.source.filter(|_| nothing && plan.whole) {
            return Err(source.nothing_in_common(plan));
        }
        outcome.fixed = self.fixing.map(|_| fixed);
        if self.looks_across_articles() {
            let (docsets, source) = (plan.docsets(), self.listing(&translated)?);
            let unread_others = !plan.unreadable.is_empty();
            // Few, of most trees none.
            let damaged = facts.iter().filter(|facts| !facts.is_exact).map(|facts| facts.document);
            let damaged: BTreeSet<DocumentId> = damaged.collect();
            let mut corpus = Corpus { facts, docsets, source, unread, unread_others };
            let located = |findings: Vec<(&Active, Finding)>| {
                let findings = findings.into_iter().filter_map(|found| self.settled(found)).collect();
                let read =
                    |id, path: &Path| Some((self.files.source_file(path).ok()?, !damaged.contains(&id)));
                locate::across_articles(findings, self.known, read)
            };
            let mut findings = located(by_rule_in_corpus(&corpus, self.rules));
            let mut suppressions = InDocuments::default();
            for facts in &corpus.facts {
                let path = self.known[facts.document.0 as usize].path;
                suppressions.add(path, facts.document, &facts.suppressions);
            }
            let reported = LazyCell::new(|| {
                let reported = self.known.iter().filter(|known| known.reported);
                reported.map(|known| known.path).collect::<BTreeSet<&Path>>()
            });
            suppressions.suppress(&mut findings, &|path| reported.contains(path));
            let (used_there, suppressed) = suppressions.done();
            outcome.suppressed.add(suppressed);
            used.extend(used_there);
            self.judge_suppressions(&mut corpus, &used);
            findings.extend(located(about_suppressions(&corpus, self.rules)));
            outcome.findings.extend(findings);
        }
        self.suppress(plan, &mut outcome);
        locate::sort(&mut outcome.findings);
        locate::number_equal_fingerprints(&mut outcome.findings);
        outcome.unreadable.sort();
        Ok(outcome)
    }

    /// Says which suppressions nothing needed. What was not read may be what they are about.
    fn judge_suppressions(&self, corpus: &mut Corpus, used: &BTreeSet<(DocumentId, usize)>) {
        if corpus.unread_others || !corpus.unread.is_empty() {
            return;
        }
        if corpus.facts.iter().all(|facts| facts.suppressions.is_empty()) {
            return;
        }
        let mut locales: BTreeMap<u32, usize> = BTreeMap::new();
        for facts in &corpus.facts {
            *locales.entry(facts.article).or_default() += 1;
        }
        for facts in corpus.facts.iter_mut().filter(|facts| !facts.suppressions.is_empty()) {
            let lone = locales.get(&facts.article) == Some(&1);
            let unused = facts.suppressions.iter().enumerate().filter(|(index, one)| {
                !used.contains(&(facts.document, *index))
                    && is_judged(one, self.rules, self.source.is_some(), lone)
            });
            facts.unused_suppressions = unused.map(|(_, one)| (one.rule.clone(), one.span)).collect();
        }
    }

    /// The articles of the English tree, with the translated article that each one is; none of a tree that was not fetched for
    /// long.
    fn listing(&self, translated: &BTreeMap<String, u32>) -> Result<Option<SourceListing>, SourceError> {
        let Some(source) = self.source.filter(|source| source.is_up_to_date()) else { return Ok(None) };
        let entry = |path: String| SourceArticle { article: translated.get(&path).copied(), path };
        let articles = source.articles()?.into_iter().map(entry).collect();
        Ok(Some(SourceListing { articles }))
    }
}

fn not_utf8(path: &Path, offset: u32) -> Unreadable {
    let reason =
        format!("the byte at offset {offset} is not UTF-8; the rest was checked; save the file as UTF-8");
    Unreadable { path: path.to_path_buf(), reason }
}

/// A finding as a run reports it: at the first of its places that is in a document that is reported; `None` if
/// there is none.
fn brought_home(mut finding: Finding, known: &[Known<'_>]) -> Option<Finding> {
    let reported = |place: Place| known.get(place.document.0 as usize).is_some_and(|known| known.reported);
    if reported(finding.place) {
        return Some(finding);
    }
    finding.origin = Some(finding.place.document);
    let Finding { place, unit, related, fix, .. } = &mut finding;
    let home = related.iter_mut().find(|related| related.role == Role::Place && reported(related.place))?;
    std::mem::swap(place, &mut home.place);
    std::mem::swap(unit, &mut home.unit);
    // It would edit the other document.
    *fix = None;
    Some(finding)
}
