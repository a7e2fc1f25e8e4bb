//! Fixes an article and writes its files.

use bitext::{Article, DocumentId, Localized};
use rules::Finding;

use super::Context;
use super::kept::Kept;
use crate::fix::{self, Fixed, FixedFile, Fixing, Obstacle, Site, Unsettled, Which, settle};

impl Context<'_> {
    /// Fixes the documents of an article, and says what is left. `None` if a file could not be written: then what was found is not true of it,
    /// and the article has to be read anew.
    pub(super) fn fix(
        &self,
        fixing: Fixing,
        article: &mut Article,
        fixed: &mut Fixed,
    ) -> Option<Vec<Finding>> {
        let path = |localized: &Localized| self.known[localized.id.0 as usize].path;
        let mut may_edit = |localized: &Localized| {
            let path = path(localized);
            let refused = fixed.skipped.contains_key(path);
            // What cannot be written can still be shown.
            let obstacle = self.obstacle(localized).filter(|obstacle| fixing.write || !obstacle.failure);
            if !refused && let Some(obstacle) = obstacle {
                fixed.skipped.insert(path.to_path_buf(), obstacle);
                return false;
            }
            !refused
        };
        let mut kept = Kept::default();
        let mut check = |article: &Article, edited: &[usize], which: Which| {
            for index in edited {
                kept.forget(*index);
            }
            let mut findings = self.check(article, which, Some(&mut kept));
            for finding in findings.iter_mut().filter(|finding| finding.fix.is_some()) {
                finding.fix = self.allowed_fix(article, finding);
            }
            findings
        };
        let mut site = Site { check: &mut check, may_edit: &mut may_edit, unsafe_too: fixing.unsafe_too };
        let settled = settle(article, &mut site);
        let mut whole = true;
        for (index, change) in settled.changes {
            let localized = &article.documents[index];
            let (before, after) = (change.before.file.written(), localized.document.file.written());
            if before == after {
                continue;
            }
            let path = path(localized).to_path_buf();
            let is_buffer = self.files.buffer(&path).is_some();
            if fixing.write
                && !is_buffer
                && let Err(obstacle) = fix::replace(&path, before.as_bytes(), after.as_bytes())
            {
                fixed.skipped.insert(path, obstacle);
                whole = false;
                continue;
            }
            let diff = (!fixing.write).then(|| fix::unified(before, after));
            let text = (fixing.write && is_buffer).then(|| after.to_string());
            fixed.add_file(path, FixedFile { findings: change.findings, diff, text });
        }
        if !whole {
            return None;
        }
        let path = |document: DocumentId| self.known[document.0 as usize].path.to_path_buf();
        fixed.refused.extend(settled.refused.into_iter().map(|one| (path(one.document), one.rule, one.why)));
        for (document, rules) in settled.unsettled {
            fixed.unsettled.insert(path(document), Unsettled { article: article.key.clone(), rules });
        }
        Some(settled.findings)
    }

    /// Why a document must not be edited.
    fn obstacle(&self, localized: &Localized) -> Option<Obstacle> {
        let known = &self.known[localized.id.0 as usize];
        let rule = |reason: &str| Some(Obstacle { reason: reason.into(), failure: false });
        if !known.reported || !self.files.is_on_disk(known.path) {
            return rule("it is only read for comparison");
        }
        if localized.document.file.first_invalid().is_some() {
            return rule("it is not UTF-8");
        }
        // A buffer is nowhere to be written to.
        if self.files.buffer(known.path).is_some() { None } else { fix::obstacle(known.path) }
    }
}
