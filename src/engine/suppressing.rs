//! Takes out what the configuration suppresses, and finds out what of it was needed.

use std::borrow::Cow;

use bitext::{Article, DocumentId};
use rules::{Finding, Fix};

use super::{Context, Outcome};
use crate::discover::Plan;
use crate::suppression::{ConfigSuppression, allowed_fix, is_entry_judged, suppress_by_config};

impl Context<'_> {
    /// Takes out what the configuration suppresses, when all has been found.
    pub(super) fn suppress(&self, plan: &Plan, outcome: &mut Outcome) {
        let entries = &self.rules.suppress;
        if entries.is_empty() {
            return;
        }
        let used = suppress_by_config(outcome, &entries.iter().map(|entry| &entry.value).collect::<Vec<_>>());
        let shown_only = self.fixing.is_some_and(|fixing| !fixing.write);
        let wanted = self.rules.rules.iter().any(|active| active.rule.info.id == "suppression/unused");
        if plan.whole && wanted && !shown_only && outcome.unreadable.is_empty() {
            let idle = entries.iter().zip(used).filter(|(entry, used)| {
                let lone = is_lone(plan, &entry.value);
                *used == 0 && is_entry_judged(&entry.value, self.rules, self.source.is_some(), lone)
            });
            outcome.idle_suppressions = idle.map(|(entry, _)| entry.origin.clone()).collect();
        }
    }

    /// The fix of a finding, as far as nothing suppresses it.
    pub(super) fn allowed_fix(&self, article: &Article, finding: &Finding) -> Option<Fix> {
        let entries = self.rules.suppress.iter().map(|entry| &entry.value);
        let able: Vec<&ConfigSuppression> =
            entries.filter(|entry| entry.names(&finding.rule, &finding.message)).collect();
        let configured = |id: DocumentId, unit: Option<&str>| {
            let path = self.known[id.0 as usize].path;
            able.iter().any(|entry| entry.holds(path, unit))
        };
        allowed_fix(article, finding, &configured).map(Cow::into_owned)
    }
}

/// Whether the articles that an entry is about are there, each in one locale only.
fn is_lone(plan: &Plan, entry: &ConfigSuppression) -> bool {
    let covered = |article: &&crate::discover::PlannedArticle| {
        article.documents.iter().any(|document| document.reported && entry.covers(&document.path))
    };
    let mut articles = plan.articles.iter().filter(covered).peekable();
    articles.peek().is_some() && articles.all(|article| article.documents.len() == 1)
}
