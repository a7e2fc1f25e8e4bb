use bitext::{Article, Behind, Localized, Newest, Recorded, Span};

use crate::prelude::*;

/// Its page is `commit.md`.
pub(crate) struct Commit;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("provenance/commit", include_str!("commit.md"), Severity::Error, Scope::Article, "other")
}

impl ArticleRule for Commit {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        let Some(source) = &article.source else { return };
        for (at, (localized, origin)) in article.documents.iter().zip(&source.origins).enumerate() {
            // What is no commit is the finding of `front-matter/format`.
            let Some((span, commit)) = recorded(localized) else { continue };
            match (&origin.recorded, source.behind) {
                // That is told once, of all documents.
                (Recorded::NoCommit, Some(behind)) if behind.told_at != Some(at) => {}
                (Recorded::NoCommit, Some(Behind { lacking, recorded, .. })) => {
                    let message = format!(
                        "the source lacks the commits that {lacking} of {recorded} documents record; is it up to date?"
                    );
                    sink.report(localized, span, message).identity("no commits").help(
                        "get what is new in it with \"git fetch\" and name its branch, or clone it anew",
                    );
                }
                (Recorded::NoCommit, None) => {
                    let mut siblings =
                        article.documents.iter().filter_map(|other| Some((other, recorded(other)?.1)));
                    let near = |(other, theirs)| Some((other, ids::one_digit(commit, theirs)?));
                    let message = match siblings.find_map(near) {
                        Some((Localized { locale, .. }, digit)) => {
                            format!(
                                "the source has no such commit; it differs from that of {locale} in {digit}"
                            )
                        }
                        None => format!("the source has no commit {commit}"),
                    };
                    sink.report(localized, span, message).identity("no commit").help(
                        "restore the commit from the version control history of the file, or fetch the source's other \
                         branches",
                    );
                }
                // What the source never had is the finding of `provenance/orphan`.
                (Recorded::NoFile, _) if source.newest != Newest::Never => {
                    let message =
                        format!("commit {} does not hold {}", words::short(commit), quote(&source.path));
                    sink.report(localized, span, message)
                        .identity("no file")
                        .help("restore the commit from the version control history of the file");
                }
                _ => {}
            }
        }
    }
}

fn recorded(localized: &Localized) -> Option<(Span, &str)> {
    let span = localized.document.provenance.source_commit?;
    let commit = localized.document.slice(span);
    ids::is_hash(commit).then_some((span, commit))
}
