use bitext::Article;

use crate::Facts;
use crate::prelude::*;

/// Its page is `none.md`.
pub(crate) struct NoPair;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("span/none", include_str!("none.md"), Severity::Error, Scope::Corpus, "other")
}

impl CorpusRule for NoPair {
    fn check(&self, corpus: &Corpus, sink: &mut Sink<'_>) {
        let facts = &corpus.facts;
        if !facts.iter().any(|facts| facts.is_bilingual) {
            return;
        }
        for facts in facts {
            report(facts, sink);
        }
    }

    fn check_article(&self, article: &Article, sink: &mut Sink<'_>) {
        let documents = &article.documents;
        if documents.iter().any(|localized| localized.document.is_bilingual()) {
            for localized in documents.iter().filter(|localized| !localized.document.is_bilingual()) {
                report(&Facts::of(0, localized), sink);
            }
        }
    }
}

/// Reports a document without pairs among others that have some.
fn report(facts: &Facts, sink: &mut Sink<'_>) {
    let message = match facts.provenance {
        _ if facts.is_bilingual => return,
        Some(_) => "the document has a provenance but not one pair, unlike the others of the tree",
        None if facts.is_blank => "the document is empty",
        None => return,
    };
    sink.report_at(facts.place(), message)
        .identity("no pair")
        .help("restore the bilingual version, or hand the article off again");
}
