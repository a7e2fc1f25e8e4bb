use std::collections::BTreeSet;

use bitext::{Article, DocumentId, Localized, Span};

use crate::prelude::*;
use crate::support::siblings::{Dissent, all_dissents, dissents, groups, same_source};

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
        for (siblings, hashes) in by_commit(article) {
            for dissent in dissents(&siblings, &hashes) {
                report(&siblings, &dissent, "commit", sink);
            }
        }
        for mut siblings in same_source(article) {
            siblings.retain(|sibling| commit(sibling).is_some());
            let commits: Vec<_> = siblings.iter().map(|sibling| commit(sibling)).collect();
            for dissent in dissents(&siblings, &commits) {
                report(&siblings, &dissent, "source hash", sink).as_info();
            }
        }
    }
}

fn commit(localized: &Localized) -> Option<&str> {
    let commit = localized.document.slice(localized.document.provenance.source_commit?);
    ids::is_hash(commit).then_some(commit)
}

/// Documents with the same commit, and the hash that each one records.
fn by_commit(article: &Article) -> Vec<(Vec<&Localized>, Vec<Option<&str>>)> {
    let mut found = Vec::new();
    for mut siblings in groups(article, commit) {
        siblings.retain(|sibling| ids::source_hash(&sibling.document).is_some());
        let hashes = siblings.iter().map(|sibling| ids::source_hash(&sibling.document)).collect();
        found.push((siblings, hashes));
    }
    found
}

/// The documents whose hash is another than that of most with their commit: they are wrong, not behind. Where no
/// majority tells, all of them.
pub(crate) fn contradicted(article: &Article) -> BTreeSet<DocumentId> {
    let mut wrong = BTreeSet::new();
    for (siblings, hashes) in by_commit(article) {
        for dissent in all_dissents(&hashes) {
            let others = if dissent.has_majority { Vec::new() } else { dissent.others };
            wrong.extend(others.into_iter().chain([dissent.odd]).map(|at| siblings[at].id));
        }
    }
    wrong
}

/// Reports a document that has the `same` as others and differs in the other of the two.
fn report<'s>(
    siblings: &[&Localized],
    dissent: &Dissent,
    same: &str,
    sink: &'s mut Sink<'_>,
) -> &'s mut Finding {
    let differs = if same == "commit" { "source hash" } else { "commit" };
    let value = |localized: &Localized| {
        let provenance = &localized.document.provenance;
        let span = if same == "commit" { provenance.source_hash } else { provenance.source_commit };
        span.unwrap_or(Span::at(0))
    };
    let (odd, model) = (siblings[dissent.odd], siblings[dissent.model]);
    let (own, other) = (odd.document.slice(value(odd)), model.document.slice(value(model)));
    let (who, doubt) = (dissent.who(siblings), dissent.doubt());
    let have = if dissent.others.len() == 1 { "has" } else { "have" };
    let message = match ids::one_digit(own, other) {
        Some(digit) => {
            format!("the {differs} differs from that of {who} in {digit}, for the same {same}{doubt}")
        }
        None => format!(
            "the {differs} is {}, but {who} {have} {} for the same {same}{doubt}",
            words::short(own),
            words::short(other),
        ),
    };
    let place = Place { document: model.id, span: value(model) };
    let finding = sink.report(odd, value(odd), message);
    dissent
        .settle(finding, own, other)
        .help("restore the value from the version control history of the file; nothing but a hand-off changes it")
        .related(dissent.role(), format!("{} has this one", model.locale), place, None)
}
