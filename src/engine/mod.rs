//! Reads and checks articles, in parallel, and brings the findings into one order.
//!
//! The unit of work and of memory is the article: all its locales are read, checked and dropped
//! together; only findings and facts stay. The output does not depend on the number of threads.

mod check;
mod locate;

use std::path::{Path, PathBuf};

use bitext::{Article, DocumentId, Localized};
use rayon::prelude::*;
use rules::{Facts, Finding, Role, Rule, Severity};

pub use check::{check_article, check_corpus, panic_text};
pub use locate::{LocatedEdit, LocatedFinding, LocatedFix, LocatedRelated, Range};

use crate::discover::{Plan, PlannedArticle, Unreadable};
use crate::files::{Limits, read_document};

/// The rules of a run with the severity that each one reports.
pub struct RuleSet {
    /// Sorted by id.
    pub rules: Vec<(Rule, Severity)>,
}

impl RuleSet {
    /// All rules that are on, each with its default severity.
    pub fn with_defaults(rules: Vec<Rule>) -> Self {
        let on = |rule: Rule| {
            let severity = rule.info.severity?;
            Some((rule, severity))
        };
        Self { rules: rules.into_iter().filter_map(on).collect() }
    }
}

/// What a run found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Ordered by path, line, column and rule.
    pub findings: Vec<LocatedFinding>,
    /// Files that could not be read.
    pub unreadable: Vec<Unreadable>,
    /// What was looked at.
    pub counts: Counts,
    /// The documents that are reported.
    pub documents: Vec<Examined>,
}

/// A document that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// Its absolute path.
    pub path: PathBuf,
    /// Its locale.
    pub locale: String,
    /// Who translated it.
    pub translator: Translator,
    /// Its units.
    pub units: usize,
}

/// Who translated a document, by `ms.translationtype`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Translator {
    /// MT
    Machine,
    /// HT
    Human,
    /// The document does not say.
    Unknown,
}

/// What a run looked at. Only documents that are reported count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles with a document that is reported.
    pub articles: usize,
    /// Documents that are reported.
    pub documents: usize,
    /// Of these, documents without span pairs.
    pub plain: usize,
    /// Units of the documents that are reported.
    pub units: usize,
}

/// What is known of a document outside its article.
struct Known<'a> {
    path: &'a Path,
    locale: &'a str,
    article: &'a str,
    stable_key: &'a str,
    reported: bool,
}

/// Reads and checks everything in `plan`, but for files over the limits.
pub fn run(plan: &Plan, rules: &RuleSet, limits: Limits) -> Outcome {
    let known: Vec<Known<'_>> = plan
        .articles
        .iter()
        .flat_map(|article| article.documents.iter().map(move |document| (article, document)))
        .map(|(article, document)| Known {
            path: &document.path,
            locale: document.locale.as_str(),
            article: &article.key,
            stable_key: &document.stable_key,
            reported: document.reported,
        })
        .collect();
    let first_ids = plan.articles.iter().scan(0, |next, article| {
        let first = *next;
        *next += article.documents.len() as u32;
        Some(first)
    });
    let work: Vec<(&PlannedArticle, u32)> = plan.articles.iter().zip(first_ids).collect();
    let done: Vec<Done> =
        work.into_par_iter().map(|(article, first)| one(article, first, rules, &known, limits)).collect();
    gather(plan, rules, &known, done, limits)
}

/// The result of one article.
#[derive(Default)]
struct Done {
    findings: Vec<LocatedFinding>,
    facts: Vec<Facts>,
    unreadable: Vec<Unreadable>,
    counts: Counts,
    documents: Vec<Examined>,
}

fn one(planned: &PlannedArticle, first: u32, rules: &RuleSet, known: &[Known<'_>], limits: Limits) -> Done {
    let mut done = Done::default();
    let mut article =
        Article { key: planned.key.clone(), documents: Vec::with_capacity(planned.documents.len()) };
    for (document, id) in planned.documents.iter().zip(first..) {
        match read_document(&document.path, limits) {
            Ok(read) => {
                done.unreadable
                    .extend(read.file.first_invalid().map(|offset| not_utf8(&document.path, offset)));
                let locale = document.locale.clone();
                article.documents.push(Localized { id: DocumentId(id), locale, document: read });
            }
            Err(reason) => done.unreadable.push(Unreadable { path: document.path.clone(), reason }),
        }
    }
    for localized in article.documents.iter().filter(|localized| known[localized.id.0 as usize].reported) {
        done.counts.articles = 1;
        done.counts.documents += 1;
        done.counts.plain += usize::from(!localized.document.is_bilingual());
        done.counts.units += localized.document.units.len();
        done.documents.push(examined(localized, known));
    }
    let mut findings = check_article(&article, rules);
    findings.retain(|finding| known[finding.place.document.0 as usize].reported);
    done.findings = locate::in_article(&article, findings, known);
    done.facts = article.documents.iter().map(Facts::of).collect();
    done
}

fn not_utf8(path: &Path, offset: u32) -> Unreadable {
    let reason =
        format!("the byte at offset {offset} is not UTF-8; the rest was checked; save the file as UTF-8");
    Unreadable { path: path.to_path_buf(), reason }
}

fn examined(localized: &Localized, known: &[Known<'_>]) -> Examined {
    let document = &localized.document;
    let translator = match document.provenance.translation_type.map(|span| document.slice(span)) {
        Some("MT") => Translator::Machine,
        Some("HT") => Translator::Human,
        _ => Translator::Unknown,
    };
    let known = &known[localized.id.0 as usize];
    let (path, locale) = (known.path.to_path_buf(), known.locale.to_string());
    Examined { path, locale, translator, units: document.units.len() }
}

fn gather(plan: &Plan, rules: &RuleSet, known: &[Known<'_>], done: Vec<Done>, limits: Limits) -> Outcome {
    let mut outcome = Outcome { unreadable: plan.unreadable.clone(), ..Outcome::default() };
    let mut facts = Vec::new();
    for done in done {
        outcome.findings.extend(done.findings);
        outcome.unreadable.extend(done.unreadable);
        facts.extend(done.facts);
        outcome.documents.extend(done.documents);
        outcome.counts.articles += done.counts.articles;
        outcome.counts.documents += done.counts.documents;
        outcome.counts.plain += done.counts.plain;
        outcome.counts.units += done.counts.units;
    }
    if plan.whole {
        let mut findings = check_corpus(&facts, rules);
        findings.retain(|finding| concerns_reported(finding, known));
        outcome
            .findings
            .extend(locate::across_articles(findings, known, &|path| read_document(path, limits).ok()));
    }
    outcome.findings.sort_by(LocatedFinding::order);
    locate::number_equal_fingerprints(&mut outcome.findings);
    outcome.unreadable.sort();
    outcome
}

/// Whether a finding is, at one of its places at least, in a document that is reported.
fn concerns_reported(finding: &Finding, known: &[Known<'_>]) -> bool {
    let places =
        finding.related.iter().filter(|related| related.role == Role::Place).map(|related| related.place);
    std::iter::once(finding.place).chain(places).any(|place| known[place.document.0 as usize].reported)
}
