//! The page of a rule is its test: every example of it is run.
//!
//! ````
//! use loclint::rules::{DocumentRule, Rule, RuleInfo, Scope, Settings, Severity, Sink};
//! use loclint::{bitext, testing};
//!
//! /// A page has a title, a sentence that says what is reported, and examples, each under a heading of its own.
//! const PAGE: &str = "# house/no-units
//!
//! A document has no units.
//!
//! ### Examples
//!
//! #### a page without a pair
//!
//! ```document de-DE
//! ## Erste Schritte
//! ```
//! ```findings
//! de-DE 1:1 warning  the document has no units
//! ```
//!
//! #### clean: a pair
//!
//! ```source
//! Get started
//! ```
//! ```target de-DE
//! Erste Schritte
//! ```
//! ```findings
//! none
//! ```
//! ";
//!
//! struct NoUnits;
//!
//! impl DocumentRule for NoUnits {
//!     fn check(&self, localized: &bitext::Localized, sink: &mut Sink<'_>) {
//!         if localized.document.units.is_empty() {
//!             sink.report(localized, bitext::Span::at(0), "the document has no units");
//!         }
//!     }
//! }
//!
//! fn no_units(_: &Settings) -> Rule {
//!     Rule::document(RuleInfo::new("house/no-units", PAGE, Severity::Warning, Scope::Document, "other"), NoUnits)
//! }
//!
//! assert_eq!(testing::page_failures(no_units), [""; 0]);
//! ````
//!
//! An example is a `source` fence with `target LOCALE` fences, or `document LOCALE` fences with whole documents of one
//! article; what is expected is a `findings` fence with a line a finding, or `none`, and a `fixed LOCALE` fence for each
//! text that fixes change. An `options` fence sets options of the rule, `name: [a, b]`, `name: 3` or `name: true`, and a
//! `glossary` fence has terms in YAML.

mod english;
mod page;

use std::error::Error;

use bitext::{Article, Document, DocumentId, Locale, Localized, SourceFile};
use rules::{Check, Corpus, Facts, Finding, Quote, Rule, Settings, Severity, SourceArticle, SourceListing};

#[doc(hidden)]
pub use page::{Example, Page, Target};

use crate::engine::{Active, RuleSet, check_article, check_corpus};
use crate::fix::{apply, harm, refusal};

/// Today, for examples: 21 November 2026.
pub const TODAY: bitext::Date = bitext::Date::constant(2026, 11, 21);

/// Why an example fails.
pub type Failed = Box<dyn Error + Send + Sync>;

/// Makes the rule of a page.
#[doc(hidden)]
pub type Make<'a> = &'a dyn Fn(&Settings) -> Result<Rule, Failed>;

/// Runs the examples of the page of a rule; says of each that fails what is expected and what is found.
pub fn page_failures(make: impl Fn(&Settings) -> Rule) -> Vec<String> {
    let info = make(&Settings::default()).info;
    let failure = |example: &Example| {
        let got = run(&info.id, &|settings| Ok(make(settings)), example);
        let error = got.and_then(|got| compare(example, &got)).err()?;
        Some(format!("{}: {}: {error}", info.id, example.name))
    };
    let examples = Page::parse(&info.page).examples;
    if examples.is_empty() {
        return vec![format!("{}: the page has no example", info.id)];
    }
    examples.iter().filter_map(failure).collect()
}

/// The page of a rule with the findings and fixed texts that its examples give now: to be read, and written to its file.
pub fn blessed_page(make: impl Fn(&Settings) -> Rule) -> String {
    let info = make(&Settings::default()).info;
    let run = |example: &Example| run(&info.id, &|settings| Ok(make(settings)), example);
    blessed(&info.page, &run)
}

/// What an example gives: findings as the page writes them, and the fixed text per locale.
#[doc(hidden)]
pub struct Got {
    /// A line each.
    pub findings: Vec<String>,
    /// Locale and text.
    pub fixed: Vec<(String, String)>,
}

#[doc(hidden)]
/// Compares what an example gives with what its page says.
///
/// # Errors
/// [`Failed`] with what differs.
pub fn compare(example: &Example, got: &Got) -> Result<(), Failed> {
    let expected: Vec<&str> = example.findings.lines().collect();
    let found: Vec<&str> = if got.findings.is_empty() {
        vec!["none"]
    } else {
        got.findings.iter().map(String::as_str).collect()
    };
    if expected != found {
        return Err(format!("expected:\n{}\nfound:\n{}", expected.join("\n"), found.join("\n")).into());
    }
    for (locale, wanted) in &example.fixed {
        let fixed = got.fixed.iter().find(|(other, _)| other == locale).map(|(_, text)| text);
        if fixed != Some(wanted) {
            return Err(
                format!("expected the fix to give, in {locale}:\n{wanted}\nit gives:\n{fixed:?}").into()
            );
        }
    }
    if example.fixed.is_empty() && !got.fixed.is_empty() {
        return Err(format!("the finding has a fix; show what it gives:\n{}", got.fixed[0].1).into());
    }
    Ok(())
}

#[doc(hidden)]
/// Runs an example.
///
/// # Errors
/// [`Failed`] if it cannot be run, or if a fix of it is none.
pub fn run(id: &str, make: Make<'_>, example: &Example) -> Result<Got, Failed> {
    let settings = Settings {
        options: example.options(id),
        today: TODAY,
        glossary: example.glossary()?,
        ..Settings::default()
    };
    let rule = make(&settings)?;
    // A rule that is off is tried too.
    let severity = rule.info.severity.unwrap_or(Severity::Info);
    let mut set = RuleSet::with_defaults(Vec::new());
    set.rules.push(Active::new(rule, severity));
    let article = article(example)?;
    let findings = findings(&article, example, &set);
    let shown = findings.iter().map(|finding| show(finding, &article, &example.targets)).collect();
    let mut fixed = Vec::new();
    for (localized, target) in article.documents.iter().zip(&example.targets) {
        let own = findings.iter().filter(|finding| finding.place.document == localized.id);
        let fixes: Vec<_> = own.filter_map(|finding| finding.fix.as_ref()).collect();
        if !fixes.is_empty() {
            if let Some(why) = fixes.iter().find_map(|fix| refusal(&localized.document, fix)) {
                return Err(format!("\"--fix\" would refuse the fix: {why}").into());
            }
            let edits: Vec<_> = fixes.iter().flat_map(|fix| &fix.edits).collect();
            let text = apply(localized.document.file.text(), &edits);
            let text = text.ok_or("the edits overlap or do not fit the document")?;
            idempotent(&text, localized, example, &set)?;
            fixed.push((target.locale.clone(), target.shown_part(&text)));
        }
    }
    Ok(Got { findings: shown, fixed })
}

/// After its fix, a finding must be gone.
fn idempotent(text: &str, localized: &Localized, example: &Example, set: &RuleSet) -> Result<(), Failed> {
    let document = parse(text.to_string())?;
    if let Some(why) = harm(&localized.document, &document) {
        return Err(format!("\"--fix\" would drop the fix: {why}").into());
    }
    let alone = Localized { id: localized.id, locale: localized.locale.clone(), document, reported: true };
    let alone = Article { key: page::ARTICLE.into(), documents: vec![alone], source: None };
    let again = findings(&alone, example, set);
    let fixable = again.iter().find(|finding| finding.fix.is_some());
    fixable.map_or(Ok(()), |left| {
        Err(format!("there is still something to fix after the fix: {}", left.message).into())
    })
}

fn findings(article: &Article, example: &Example, set: &RuleSet) -> Vec<Finding> {
    let corpus = |active: &Active| matches!(active.rule.check, Check::Corpus(_));
    let mut findings = if set.rules.iter().any(corpus) {
        told(check_corpus(&corpus_of(article, example), set), article)
    } else {
        check_article(article, set)
    };
    findings.sort_by_key(|finding| (finding.place.document, finding.place.span));
    findings
}

/// Findings of a corpus rule with the texts that they quote.
fn told(mut findings: Vec<Finding>, article: &Article) -> Vec<Finding> {
    let read = |quote: Quote| {
        let place = quote.place();
        let document = &article.documents.get(place.document.0 as usize)?.document;
        let unit = document.unit_at(place.span.start as usize)?;
        Some(if matches!(quote, Quote::Source(_)) { document.source(unit) } else { document.target(unit) })
    };
    for finding in &mut findings {
        finding.tell(read);
    }
    findings
}

/// What a corpus rule sees: the documents by the paths of their articles, and the list of English files.
fn corpus_of(article: &Article, example: &Example) -> Corpus {
    let mut paths: Vec<&str> = example.targets.iter().map(|target| target.article.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    let number = |path: &str| paths.binary_search(&path).ok().map(|at| at as u32);
    let documents = article.documents.iter().zip(&example.targets);
    let facts = documents
        .map(|(localized, target)| Facts::of(number(&target.article).unwrap_or_default(), localized))
        .collect();
    let list = example.english.iter().find(|(kind, _)| kind == "list");
    let source = list.map(|(_, list)| SourceListing {
        articles: list
            .lines()
            .map(|path| SourceArticle { path: path.into(), article: number(path) })
            .collect(),
    });
    Corpus { facts, docsets: vec![0; paths.len()], source, ..Corpus::default() }
}

fn article(example: &Example) -> Result<Article, Failed> {
    let localized = |(number, target): (usize, &Target)| {
        let locale = Locale::parse(&target.locale).ok_or(format!("\"{}\" is no locale", target.locale))?;
        let (id, document) = (DocumentId(number as u32), parse(target.document())?);
        Ok(Localized { id, locale, document, reported: true })
    };
    let documents: Result<Vec<_>, Failed> = example.targets.iter().enumerate().map(localized).collect();
    let documents = documents?;
    let source = english::view(&example.english, &documents)?;
    Ok(Article { key: page::ARTICLE.into(), documents, source })
}

fn parse(text: String) -> Result<Document, Failed> {
    Ok(Document::parse(SourceFile::from_bytes(text.into_bytes())?))
}

/// `cs-CZ 1:20 warning  message`, with the position in the text that the page shows.
fn show(finding: &Finding, article: &Article, targets: &[Target]) -> String {
    let number = finding.place.document.0 as usize;
    let document = &article.documents[number].document;
    let offset = targets[number].offset();
    let shown = &document.file.written()[offset..];
    let start = document.file.written_span(finding.place.span).start;
    let position = SourceFile::from_bytes(shown.as_bytes().to_vec())
        .map(|file| file.position(start - offset as u32))
        .expect("a part of a text is a text");
    let (locale, severity) = (&targets[number].locale, finding.severity);
    format!("{locale} {}:{} {severity}  {}", position.line, position.column, finding.message)
}

/// The page with the findings and fixed texts that its examples give now.
#[doc(hidden)]
pub fn blessed(page: &str, run: &dyn Fn(&Example) -> Result<Got, Failed>) -> String {
    let mut text = page.to_string();
    for example in Page::parse(page).examples.iter().rev() {
        let Ok(got) = run(example) else { continue };
        let findings = if got.findings.is_empty() { "none".into() } else { got.findings.join("\n") };
        let mut block = format!("```findings\n{findings}\n```\n");
        for (locale, fixed) in got.fixed {
            block += &format!("```fixed {locale}\n{}\n```\n", fixed.trim_end_matches('\n'));
        }
        text.replace_range(example.expectations.clone(), block.trim_end());
    }
    text
}
