//! Suppressions that stand in the documents.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ::rules::{RuleInfo, Scope};
use bitext::{DocumentId, Span, Suppression};

use super::{OWN, Suppressed, take_out};
use crate::engine::{LocatedFinding, RuleSet};

/// What documents suppress, and whether there was anything to suppress.
#[derive(Debug, Default)]
pub(crate) struct InDocuments<'a> {
    documents: BTreeMap<&'a Path, InDocument<'a>>,
    /// Suppressions that suppressed a place: document and index.
    used: BTreeSet<(DocumentId, usize)>,
    suppressed: Suppressed,
}

/// What one document suppresses.
#[derive(Debug)]
struct InDocument<'a> {
    id: DocumentId,
    list: &'a [Suppression],
    /// By the starts of what they cover: the start, the last end of all up to here, and the index.
    by_start: Vec<(u32, u32, usize)>,
}

impl<'a> InDocument<'a> {
    fn new(id: DocumentId, list: &'a [Suppression]) -> Self {
        let mut by_start: Vec<_> =
            list.iter().enumerate().map(|(index, one)| (one.covers.start, one.covers.end, index)).collect();
        by_start.sort_unstable();
        let mut last = 0;
        for (_, end, _) in &mut by_start {
            last = last.max(*end);
            *end = last;
        }
        Self { id, list, by_start }
    }

    /// Those that cover a place, with their indexes.
    fn covering(&self, span: Span) -> impl Iterator<Item = (usize, &'a Suppression)> {
        let begun = self.by_start.partition_point(|(start, ..)| *start <= span.start);
        let begun = self.by_start[..begun].iter().rev().take_while(move |(_, last, _)| *last >= span.start);
        begun.map(|(.., index)| (*index, &self.list[*index])).filter(move |(_, one)| one.covers(span))
    }
}

impl<'a> InDocuments<'a> {
    /// Adds a document.
    pub(crate) fn add(&mut self, path: &'a Path, id: DocumentId, suppressions: &'a [Suppression]) {
        if !suppressions.is_empty() {
            self.documents.insert(path, InDocument::new(id, suppressions));
        }
    }

    /// Takes the findings out that are suppressed.
    pub(crate) fn suppress(
        &mut self,
        findings: &mut Vec<LocatedFinding>,
        is_reported: &dyn Fn(&Path) -> bool,
    ) {
        if !self.documents.is_empty() {
            findings.retain_mut(|finding| !self.is_suppressed(finding, is_reported));
        }
    }

    fn is_suppressed(&mut self, finding: &mut LocatedFinding, is_reported: &dyn Fn(&Path) -> bool) -> bool {
        let category = finding.rule.split('/').next();
        // A rule that failed is a fault of loclint, not of the document.
        if category == Some(OWN) || category == Some("internal") {
            return false;
        }
        let rule = finding.rule.clone();
        let (documents, used) = (&self.documents, &mut self.used);
        let mut reason = None;
        let gone = take_out(
            finding,
            &mut |spot| {
                let first = hits(documents, &rule, spot.path, spot.span, used);
                if let Some(first) = first {
                    reason.get_or_insert(first.reason.as_deref());
                }
                first.is_some()
            },
            is_reported,
        );
        if gone {
            self.suppressed.count(&rule, reason.flatten());
        }
        gone
    }

    /// What was used, and what was suppressed.
    pub(crate) fn done(self) -> (BTreeSet<(DocumentId, usize)>, Suppressed) {
        (self.used, self.suppressed)
    }
}

/// Marks all suppressions of a place as used; gives the one that stands last in the file, which is the closest.
fn hits<'a>(
    documents: &BTreeMap<&'a Path, InDocument<'a>>,
    rule: &str,
    path: &Path,
    span: Span,
    used: &mut BTreeSet<(DocumentId, usize)>,
) -> Option<&'a Suppression> {
    let document = documents.get(path)?;
    let mark = |(index, _): &(usize, &Suppression)| {
        used.insert((document.id, *index));
    };
    let hits = document.covering(span).filter(|(_, one)| one.names(rule)).inspect(mark);
    hits.max_by_key(|(index, one)| (!one.whole_file, *index)).map(|(_, one)| one)
}

/// Whether a run can tell that a suppression is not needed. `lone` says that the article is there in one locale only.
pub(crate) fn is_judged(suppression: &Suppression, rules: &RuleSet, source: bool, lone: bool) -> bool {
    match suppression.rule {
        None => had_all(rules, source || !suppression.whole_file, lone),
        Some(_) => had_all_of(&|id| suppression.names(id), rules, source, lone),
    }
}

/// Whether all rules ran and had what they need. Where provenance finds something in the text, parity does, as far as
/// there is something to compare, so `source` can be taken for granted there.
pub(super) fn had_all(rules: &RuleSet, source: bool, lone: bool) -> bool {
    rules.left_out.is_empty() && !lone && source
}

/// Whether every rule that `names` picks ran and had what it needs.
pub(super) fn had_all_of(names: &dyn Fn(&str) -> bool, rules: &RuleSet, source: bool, lone: bool) -> bool {
    let named = |info: &RuleInfo| info.category() != OWN && names(&info.id);
    if rules.left_out.iter().any(|id| names(id)) {
        return false;
    }
    let had_all = |info: &RuleInfo| match info.category() {
        "provenance" => source,
        // With the source at hand, rules of provenance speak in their place.
        "parity" => !source && !lone,
        _ => !lone || info.scope < Scope::Article,
    };
    let mut named = rules.rules.iter().map(|active| &active.rule.info).filter(|info| named(info)).peekable();
    named.peek().is_some() && named.all(had_all)
}
