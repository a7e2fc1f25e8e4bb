use bitext::{Article, Newest};

use crate::prelude::*;
use crate::support::siblings::report_article;

/// Its page is `orphan.md`.
pub(crate) struct Orphan;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("provenance/orphan", include_str!("orphan.md"), Severity::Warning, Scope::Article, "other")
}

impl ArticleRule for Orphan {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        let Some(source) = &article.source else { return };
        if source.has_later() || source.knows_none() {
            return;
        }
        let path = quote(&source.path);
        let (message, help) = match &source.newest {
            Newest::Gone { commit, date } => (
                format!(
                    "the source has {path} no longer: commit {} of {date} deleted it",
                    words::short(commit)
                ),
                "remove the translation, or lead its readers to another page".to_string(),
            ),
            Newest::Never => (
                format!("the source has no {path}"),
                "remove the translation, or move it to the place that the article has in the source"
                    .to_string(),
            ),
            // Where the text changed too, `provenance/stale` tells of both.
            Newest::There { renamed: Some(_), .. } if has_moved_on(article) => return,
            Newest::There { renamed: Some(new), .. } => (
                format!("the source has {path} at another place now, {}", quote(new)),
                "move the translation to the same place in every locale".to_string(),
            ),
            Newest::There { renamed: None, .. } => return,
        };
        let is_reported = |at: &usize| {
            let localized = &article.documents[*at];
            localized.reported && !localized.locale.is_english()
        };
        let all: Vec<usize> = (0..article.documents.len()).filter(is_reported).collect();
        if let Some(finding) = report_article(article, &all, message, sink) {
            finding.identity("orphan").help(help);
        }
    }
}

/// Whether a document was translated from another version than the newest.
fn has_moved_on(article: &Article) -> bool {
    let newest = article.source.as_ref().and_then(|source| source.newest()).map(|text| &text.hash);
    let verified = (0..article.documents.len()).filter_map(|at| article.verified_source(at));
    verified.map(|text| &text.hash).any(|hash| Some(hash) != newest)
}
