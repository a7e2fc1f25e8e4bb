use crate::prelude::*;

/// Its page is `unused.md`.
pub(crate) struct Unused;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("suppression/unused", include_str!("unused.md"), Severity::Warning, Scope::Corpus, "other")
}

impl CorpusRule for Unused {
    fn check(&self, corpus: &Corpus, sink: &mut Sink<'_>) {
        for facts in &corpus.facts {
            for (rule, span) in &facts.unused_suppressions {
                let place = Place { document: facts.document, span: *span };
                let message = match rule {
                    Some(rule) => format!("{} finds nothing here", quote(rule)),
                    None => "nothing is found here".into(),
                };
                sink.report_at(place, message).help("the suppression is not needed any more: remove it");
            }
        }
    }
}
