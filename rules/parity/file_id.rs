use std::collections::BTreeMap;

use crate::prelude::*;

/// Its page is `file_id.md`.
pub(crate) struct FileId;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("parity/file-id", include_str!("file_id.md"), Severity::Error, Scope::Corpus, "other")
}

impl CorpusRule for FileId {
    fn check(&self, corpus: &Corpus, sink: &mut Sink<'_>) {
        let mut users: BTreeMap<u64, Vec<Place>> = BTreeMap::new();
        for facts in &corpus.facts {
            if let Some((id, span)) = facts.file_id {
                users.entry(id).or_default().push(Place { document: facts.document, span });
            }
        }
        for (id, places) in users {
            let [first, others @ ..] = places.as_slice() else { continue };
            if others.is_empty() {
                continue;
            }
            let message = format!("file id {id} belongs to {} documents", places.len());
            let finding = sink.report_at(*first, message);
            finding.help(
                "one of them was copied from another: restore its own id from the version control history",
            );
            for other in others {
                finding.related(Role::Place, "also here", *other, None);
            }
        }
    }
}
