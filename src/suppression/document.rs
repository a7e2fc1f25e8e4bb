//! Suppressions that stand in the documents.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ::rules::{RuleInfo, Scope};
use bitext::{DocumentId, Span, Suppression};

use super::covering::Covering;
use super::{OWN, Suppressed, take_out};
use crate::engine::{LocatedFinding, RuleSet};

/// What documents suppress, and whether there was anything to suppress.
#[derive(Debug, Default)]
pub(crate) struct InDocuments<'a> {
    documents: BTreeMap<&'a Path, InDocument<'a>>,
    suppressed: Suppressed,
}

/// What one document suppresses.
#[derive(Debug)]
struct InDocument<'a> {
    id: DocumentId,
    list: &'a [Suppression],
    /// Of each rule that found something there.
    by_rule: BTreeMap<String, Covering<'a>>,
}

impl<'a> InDocument<'a> {
    /// The closest suppression of a finding at a place.
    fn closest(&mut self, rule: &str, place: Span) -> Option<&'a Suppression> {
        if !self.by_rule.contains_key(rule) {
            self.by_rule.insert(rule.into(), Covering::new(self.list, rule));
        }
        self.by_rule.get_mut(rule)?.closest(place)
    }
}

impl<'a> InDocuments<'a> {
    /// Adds a document.
    pub(crate) fn add(&mut self, path: &'a Path, id: DocumentId, suppressions: &'a [Suppression]) {
        if !suppressions.is_empty() {
            self.documents.insert(path, InDocument { id, list: suppressions, by_rule: BTreeMap::new() });
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
        let documents = &mut self.documents;
        let mut reason = None;
        let gone = take_out(
            finding,
            &mut |spot| {
                let document = documents.get_mut(spot.path);
                let closest = document.and_then(|document| document.closest(&rule, spot.span));
                if let Some(closest) = closest {
                    reason.get_or_insert(closest.reason.as_deref());
                }
                closest.is_some()
            },
            is_reported,
        );
        if gone {
            self.suppressed.count(&rule, reason.flatten());
        }
        gone
    }

    /// The suppressions that suppressed a place, by document and index, and what was suppressed.
    pub(crate) fn done(self) -> (BTreeSet<(DocumentId, usize)>, Suppressed) {
        let mut used = BTreeSet::new();
        for document in self.documents.into_values() {
            for covering in document.by_rule.into_values() {
                used.extend(covering.used().map(|index| (document.id, index)));
            }
        }
        (used, self.suppressed)
    }
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
