use std::collections::BTreeSet;

use bitext::{Article, Localized, Span};

use crate::prelude::*;
use crate::support::siblings::{Dissent, dissents, groups};

/// Its page is `commit.md`.
pub(crate) struct Commit;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("parity/commit", include_str!("commit.md"), Severity::Error, Scope::Article, "other")
}

impl ArticleRule for Commit {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        // With the English history at hand, the provenance rules tell which hash or commit is wrong.
        if article.source.as_ref().is_some_and(|source| source.has_history) {
            return;
        }
        for siblings in groups(article, commit) {
            let hashes: Vec<_> = siblings.iter().map(|sibling| ids::source_hash(&sibling.document)).collect();
            if hashes.iter().all(Option::is_some) {
                for dissent in dissents(&hashes) {
                    report(&siblings, &dissent, "commit", "source hash", sink);
                }
            }
        }
        for siblings in groups(article, |localized| ids::source_hash(&localized.document)) {
            let commits: Vec<_> = siblings.iter().map(|sibling| commit(sibling)).collect();
            if commits.iter().all(Option::is_some) {
                for dissent in dissents(&commits) {
                    report(&siblings, &dissent, "source hash", "commit", sink).as_info();
                }
            }
        }
    }
}

fn commit(localized: &Localized) -> Option<&str> {
    let commit = localized.document.slice(localized.document.provenance.source_commit?);
    ids::is_hash(commit).then_some(commit)
}

/// Documents that record a commit for which others record another hash: not older, but wrong.
pub(crate) fn contradicted<'a>(article: &'a Article) -> BTreeSet<&'a str> {
    let mut hashes = BTreeSet::new();
    for siblings in groups(article, commit) {
        let own: BTreeSet<&'a str> =
            siblings.iter().filter_map(|sibling| ids::source_hash(&sibling.document)).collect();
        if own.len() > 1 {
            hashes.extend(own);
        }
    }
    hashes
}

fn report<'s>(
    siblings: &[&Localized],
    dissent: &Dissent,
    same: &str,
    differs: &str,
    sink: &'s mut Sink<'_>,
) -> &'s mut Finding {
    let value = |localized: &Localized| {
        let provenance = &localized.document.provenance;
        let span = if differs == "commit" { provenance.source_commit } else { provenance.source_hash };
        span.unwrap_or(Span::at(0))
    };
    let (odd, model) = (siblings[dissent.odd], siblings[dissent.model]);
    let (own, other) = (odd.document.slice(value(odd)), model.document.slice(value(model)));
    let others = words::locales(dissent.others.iter().map(|index| &siblings[*index].locale));
    let have = if dissent.others.len() == 1 { "has" } else { "have" };
    let doubt = if dissent.has_majority { "" } else { "; no majority tells who is right" };
    let message = format!(
        "{differs} {} for the same {same} for which {others} {have} {}{doubt}",
        words::short(own),
        words::short(other),
    );
    let role = if dissent.has_majority { Role::Evidence } else { Role::Place };
    let place = Place { document: model.id, span: value(model) };
    sink.report(odd, value(odd), message)
        .help("restore the value from the version control history of the file; nothing but a hand-off may change it")
        .related(role, format!("{} has this one", model.locale), place, None)
}
