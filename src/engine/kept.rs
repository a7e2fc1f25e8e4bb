//! What was found in single documents, kept while an article is fixed and checked anew: a document that stays as it is
//! need not be looked at again by rules that see one document at a time.

use std::collections::{BTreeMap, BTreeSet};

use bitext::DocumentId;
use rules::Finding;

/// Units whose source side was altered.
pub(super) type Altered = BTreeSet<(DocumentId, usize)>;

/// What rules found in the documents of an article.
#[derive(Default)]
pub(super) struct Kept {
    /// By document and number of the rule.
    found: BTreeMap<DocumentId, Vec<Option<Vec<Finding>>>>,
    altered: Altered,
}

impl Kept {
    /// Begins another check, with what the rules go by beside the documents.
    pub(super) fn begin(&mut self, altered: &Altered) {
        for (id, _) in self.altered.symmetric_difference(altered) {
            self.found.remove(id);
        }
        self.altered.clone_from(altered);
    }

    /// Forgets a document that is another by now.
    pub(super) fn forget(&mut self, document: DocumentId) {
        self.found.remove(&document);
    }

    /// What a rule found in a document, if that is known.
    pub(super) fn get(&self, rule: usize, document: DocumentId) -> Option<&[Finding]> {
        self.found.get(&document)?.get(rule)?.as_deref()
    }

    pub(super) fn keep(&mut self, rule: usize, document: DocumentId, findings: &[Finding]) {
        let found = self.found.entry(document).or_default();
        if found.len() <= rule {
            found.resize(rule + 1, None);
        }
        found[rule] = Some(findings.to_vec());
    }
}
