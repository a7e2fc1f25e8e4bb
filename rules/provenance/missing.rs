use std::collections::{BTreeMap, BTreeSet};

use bitext::Locale;

use crate::prelude::*;
use crate::{Facts, SourceArticle};

/// Its page is `missing.md`.
pub(crate) struct Missing;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("provenance/missing", include_str!("missing.md"), Severity::Info, Scope::Corpus, "omission")
}

impl CorpusRule for Missing {
    fn check(&self, corpus: &Corpus, sink: &mut Sink<'_>) {
        let Some(source) = &corpus.source else { return };
        let articles = corpus.articles();
        let covered: BTreeSet<&Locale> = corpus.covered().into_values().flatten().collect();
        let folders = translated_folders(&source.articles);
        for entry in &source.articles {
            let facts =
                entry.article.and_then(|article| articles.get(&article)).map_or(&[][..], Vec::as_slice);
            let has: BTreeSet<&Locale> = facts.iter().map(|facts| &facts.locale).collect();
            let missing: Vec<&Locale> =
                covered.iter().copied().filter(|locale| !has.contains(locale)).collect();
            let home = match facts.first() {
                Some(own) => Some(own.place()),
                None => folders.get(folder(&entry.path)).and_then(|near| nearest(&articles, *near)),
            };
            let (false, Some(place)) = (missing.is_empty(), home) else { continue };
            let message = format!(
                "{} of the source is not translated to {}",
                quote(&entry.path),
                words::locales(missing.iter().copied()),
            );
            let finding = sink.report_at(place, message);
            finding.whole_article().identity(&*entry.path).help("hand the article off for translation");
            for other in facts.iter().skip(1) {
                finding.related(Role::Place, format!("{} has it", other.locale), other.place(), None);
            }
        }
    }
}

/// The folders of the source that translations come from, each with a translated article. A folder of which
/// nothing is translated is not meant to be.
fn translated_folders(articles: &[SourceArticle]) -> BTreeMap<&str, u32> {
    let mut folders = BTreeMap::new();
    for entry in articles {
        if let Some(article) = entry.article {
            folders.entry(folder(&entry.path)).or_insert(article);
        }
    }
    folders
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// An article that is translated to no locale at all is reported at a neighbour.
fn nearest(articles: &BTreeMap<u32, Vec<&Facts>>, article: u32) -> Option<Place> {
    articles.get(&article)?.first().map(|facts| facts.place())
}
