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
        for facts in facts.iter().filter(|facts| !facts.is_bilingual) {
            let message = match facts.provenance {
                Some(_) => "the document has a provenance but not one pair, unlike the others of the tree",
                None if facts.is_blank => "the document is empty",
                None => continue,
            };
            sink.report_at(facts.place(), message)
                .identity("no pair")
                .help("restore the bilingual version, or hand the article off again");
        }
    }
}
