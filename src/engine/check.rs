use std::any::Any;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bitext::{Article, DocumentId, Localized, Span};
use rules::{Applicability, Check, Confidence, Corpus, Finding, Place, RuleInfo, Severity, Sink, UnitView};

use super::RuleSet;

/// The id of findings about loclint itself.
const INTERNAL: &str = "internal/panic";

/// Runs all rules but those of corpus scope on an article.
pub fn check_article(article: &Article, rules: &RuleSet) -> Vec<Finding> {
    let Some(first) = article.documents.first() else { return Vec::new() };
    let home = Place { document: first.id, span: Span::at(0) };
    let mut findings = Vec::new();
    let altered = altered_sources(article);
    for (rule, severity) in &rules.rules {
        let run = |sink: &mut Sink<'_>| match &rule.check {
            Check::Unit(check) => {
                for localized in translations(article) {
                    for (index, unit) in localized.document.units.iter().enumerate() {
                        if !unit.damaged && !altered.contains(&(localized.id, index)) {
                            check.check(UnitView { localized, index }, sink);
                        }
                    }
                }
            }
            Check::Document(check) => {
                translations(article).for_each(|localized| check.check(localized, sink))
            }
            Check::Article(check) => check.check(article, sink),
            Check::Corpus(_) => {}
        };
        findings.extend(guarded(&rule.info, *severity, home, &format!("article \"{}\"", article.key), run));
    }
    rules::weigh(article, &mut findings);
    doubt_fixes(&mut findings);
    findings.retain(|finding| finding.confidence >= rules.min_confidence);
    findings
}

/// The units whose source side is known to be altered: rules that compare with it are not asked. A panic in there
/// costs nothing but that.
fn altered_sources(article: &Article) -> BTreeSet<(DocumentId, usize)> {
    catch_unwind(AssertUnwindSafe(|| rules::altered_sources(article))).unwrap_or_default()
}

/// The documents of an article but for its English source, which is there for comparison: it has no
/// provenance and no pairs.
fn translations(article: &Article) -> impl Iterator<Item = &Localized> {
    article.documents.iter().filter(|localized| {
        let document = &localized.document;
        localized.locale.language() != "en" || document.is_bilingual() || !document.provenance.is_empty()
    })
}

/// Runs the rules of corpus scope on the facts of all documents.
pub fn check_corpus(corpus: &Corpus, rules: &RuleSet) -> Vec<Finding> {
    let home = Place {
        document: corpus.facts.first().map_or(DocumentId(0), |facts| facts.document),
        span: Span::at(0),
    };
    let mut findings = Vec::new();
    for (rule, severity) in &rules.rules {
        if let Check::Corpus(check) = &rule.check {
            findings.extend(guarded(&rule.info, *severity, home, "the whole tree", |sink| {
                check.check(corpus, sink)
            }));
        }
    }
    findings.retain(|finding| finding.confidence >= rules.min_confidence);
    findings
}

/// Runs one rule. If it panics, that is a finding, and the run goes on.
fn guarded(
    info: &RuleInfo,
    severity: Severity,
    home: Place,
    what: &str,
    run: impl FnOnce(&mut Sink<'_>),
) -> Vec<Finding> {
    let checked = catch_unwind(AssertUnwindSafe(|| {
        let mut sink = Sink::new(info, severity);
        run(&mut sink);
        sink.into_findings()
    }));
    checked.unwrap_or_else(|panic| vec![internal(info, home, what, panic.as_ref())])
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
