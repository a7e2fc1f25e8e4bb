use std::collections::BTreeMap;

use bitext::{Locale, Span};

use crate::parity::coverage;
use crate::prelude::*;
use crate::{Facts, SourceArticle};

/// Its page is `missing.md`.
pub(crate) struct Missing;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("provenance/missing", include_str!("missing.md"), Severity::Info, Scope::Corpus, "omission")
}

impl CorpusRule for Missing {
    fn check(&self, corpus: &Corpus, sink: &mut Sink<'_>) {
        let Some(source) = corpus.source.as_ref().filter(|_| !corpus.unread_others) else { return };
        let (articles, present) = (corpus.articles(), corpus.present());
        let covered = corpus.covered(&present);
        let folders = translated_folders(&source.articles, &articles);
        // Articles that are translated to no locale at all, by folder.
        let mut untranslated: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for entry in &source.articles {
            let Some(own) = entry.article.filter(|article| present.contains_key(article)) else {
                untranslated.entry(folder(&entry.path)).or_default().push(&entry.path);
                continue;
            };
            let all = covered.get(&corpus.docset(own)).map_or(&[][..], Vec::as_slice);
            let missing = coverage::missing(all, &present, own);
            // Without a document that could be read there is no place to tell of the others.
            if let Some(documents) = articles.get(&own).filter(|_| !missing.is_empty()) {
                report(documents, &[&entry.path], &missing, sink);
            }
        }
        for (folder, paths) in untranslated {
            let Some(neighbour) = folders.get(folder) else { continue };
            let all = covered.get(&corpus.docset(*neighbour)).map_or(&[][..], Vec::as_slice);
            if !all.is_empty() {
                report(&articles[neighbour][..1], &paths, all, sink);
            }
        }
    }
}

/// Reports articles that lack the same locales at the documents that there are, or at one of a neighbour.
fn report(facts: &[&Facts], paths: &[&str], missing: &[&Locale], sink: &mut Sink<'_>) {
    let locales = words::locales(missing.iter().copied());
    let message = match paths {
        [path] => format!("{} of the source is not translated to {locales}", quote(path)),
        _ => {
            let folder = folder(paths[0]);
            let place = if folder.is_empty() { "at the top".into() } else { format!("in {}", quote(folder)) };
            format!("{} articles {place} of the source are not translated to {locales}", paths.len())
        }
    };
    let start = |facts: &Facts| Place { document: facts.document, span: Span::at(0) };
    let finding = sink.report_at(start(facts[0]), message);
    finding.whole_article().identity(paths.join("\n")).help(match paths {
        [_] => "hand the article off for translation".into(),
        _ => format!("hand off for translation: {}", paths.join(", ")),
    });
    for other in &facts[1..] {
        finding.related(Role::Place, format!("{} has it", other.locale), start(other), None);
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
