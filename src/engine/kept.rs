//! What was found in single documents, kept while an article is fixed and checked anew: a document that stays as it is
//! need not be looked at again by rules that see one document at a time.

use std::collections::BTreeSet;

use bitext::{Article, DocumentId};
use rules::Finding;

/// Units whose source side was altered.
pub(super) type Altered = BTreeSet<(DocumentId, usize)>;

/// What rules found in the documents of an article.
#[derive(Default)]
pub(super) struct Kept {
    /// By index of the document and number of the rule.
    found: Vec<Vec<Option<Vec<Finding>>>>,
    altered: Altered,
}

impl Kept {
    /// Begins another check by so many rules, with what they go by beside the documents.
    pub(super) fn begin(&mut self, article: &Article, rules: usize, altered: &Altered) {
        self.found.resize_with(article.documents.len(), || vec![None; rules]);
        let changed: BTreeSet<DocumentId> =
            self.altered.symmetric_difference(altered).map(|(id, _)| *id).collect();
        for (index, localized) in article.documents.iter().enumerate() {
            if changed.contains(&localized.id) {
                self.forget(index);
            }
        }
        self.altered.clone_from(altered);
    }

    /// Forgets a document that is another by now.
    pub(super) fn forget(&mut self, document: usize) {
        self.found[document].fill(None);
    }

    /// What a rule found in a document, if that is known.
    pub(super) fn get(&self, rule: usize, document: usize) -> Option<&[Finding]> {
        self.found[document][rule].as_deref()
    }

    pub(super) fn keep(&mut self, rule: usize, document: usize, findings: &[Finding]) {
        self.found[document][rule] = Some(findings.to_vec());
    }
}
