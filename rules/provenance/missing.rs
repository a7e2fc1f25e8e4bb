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
        let (articles, covered) = (corpus.articles(), corpus.covered());
        let folders = translated_folders(&source.articles, &articles);
        for entry in &source.articles {
            let own = entry.article.filter(|article| articles.contains_key(article));
            // An article that is translated to no locale at all is reported at a neighbour.
            let Some(home) = own.or_else(|| folders.get(folder(&entry.path)).copied()) else { continue };
            let facts = own.map_or(&[][..], |article| &articles[&article]);
            let has: BTreeSet<&Locale> = facts.iter().map(|facts| &facts.locale).collect();
            let all = covered.get(&corpus.docset(home)).map_or(&[][..], Vec::as_slice);
            let missing: Vec<&Locale> = all.iter().copied().filter(|locale| !has.contains(locale)).collect();
            let place = articles[&home].first().map(|facts| facts.place());
            let (false, Some(place)) = (missing.is_empty(), place) else { continue };
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
fn translated_folders<'a>(
    listed: &'a [SourceArticle],
    articles: &BTreeMap<u32, Vec<&Facts>>,
) -> BTreeMap<&'a str, u32> {
    let mut folders = BTreeMap::new();
    for entry in listed {
        if let Some(article) = entry.article.filter(|article| articles.contains_key(article)) {
            folders.entry(folder(&entry.path)).or_insert(article);
        }
    }
    folders
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
