use bitext::{Article, Newest, Recorded, Span};

use crate::prelude::*;

/// Its page is `commit.md`.
pub(crate) struct Commit;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("provenance/commit", include_str!("commit.md"), Severity::Error, Scope::Article, "other")
}

impl ArticleRule for Commit {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        let Some(source) = &article.source else { return };
        for (localized, origin) in article.documents.iter().zip(&source.origins) {
            let commit =
                localized.document.provenance.source_commit.map(|span| localized.document.slice(span));
            // What is no commit is the finding of `front-matter/format`.
            if !commit.is_some_and(ids::is_hash) {
                continue;
            }
            let span = localized.document.provenance.source_commit.unwrap_or(Span::at(0));
            let commit = words::short(localized.document.slice(span));
            match origin.recorded {
                Recorded::NoCommit => {
                    let message = format!("the source has no commit {commit}");
                    sink.report(localized, span, message)
                        .identity("no commit")
                        .help("restore the commit from the version control history of the file, or fetch the source's other branches");
                }
                // What the source never had is the finding of `provenance/orphan`.
                Recorded::NoFile if source.newest != Newest::Never => {
                    let message = format!("commit {commit} does not hold {}", quote(&source.path));
                    sink.report(localized, span, message)
                        .identity("no file")
                        .help("restore the commit from the version control history of the file");
                }
                _ => {}
            }
        }
    }
}
