use std::collections::{BTreeMap, BTreeSet};

use bitext::Locale;

use crate::prelude::*;

/// Its page is `coverage.md`.
pub(crate) struct Coverage;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("parity/coverage", include_str!("coverage.md"), Severity::Info, Scope::Corpus, "omission")
}

impl CorpusRule for Coverage {
    fn check(&self, corpus: &Corpus, sink: &mut Sink<'_>) {
        let articles = corpus.articles();
        let covered = corpus.covered();
        // `provenance/missing` knows which of them the source has.
        let listed: BTreeSet<u32> = corpus
            .source
            .iter()
            .flat_map(|source| &source.articles)
            .filter_map(|entry| entry.article)
            .collect();
        for (article, facts) in articles.iter().filter(|(article, _)| !listed.contains(article)) {
            let docset = corpus.docset(*article);
            let has: BTreeSet<&Locale> = facts.iter().map(|facts| &facts.locale).collect();
            let all = covered.get(&docset).map_or(&[][..], Vec::as_slice);
            let missing: Vec<&Locale> = all.iter().copied().filter(|locale| !has.contains(locale)).collect();
            if missing.is_empty() {
                continue;
            }
            let message = format!(
                "the article is not there in {}, but in {}",
                words::locales(missing.iter().copied()),
                words::locales(has.iter().copied()),
            );
            let finding = sink.report_at(facts[0].place(), message);
            finding
                .whole_article()
                .identity("coverage")
                .help("translate it there too, or remove it everywhere if the source has it no longer");
            for other in &facts[1..] {
                finding.related(Role::Place, format!("{} has it", other.locale), other.place(), None);
            }
        }
    }
}

impl Corpus {
    /// The documents of each article but for its English source.
    pub(crate) fn articles(&self) -> BTreeMap<u32, Vec<&crate::Facts>> {
        let mut articles: BTreeMap<u32, Vec<&crate::Facts>> = BTreeMap::new();
        for facts in self.facts.iter().filter(|facts| !facts.locale.is_english()) {
            articles.entry(facts.article).or_default().push(facts);
        }
        articles
    }

    /// The locales that each docset is translated to: those with more than half of its articles. A locale that has
    /// just begun, or that only has a page of its own, lacks nothing.
    pub(crate) fn covered(&self) -> BTreeMap<u32, Vec<&Locale>> {
        let (mut articles, mut counts) = (BTreeMap::new(), BTreeMap::new());
        for (article, facts) in self.articles() {
            let docset = self.docset(article);
            *articles.entry(docset).or_insert(0) += 1;
            let locales: BTreeSet<&Locale> = facts.iter().map(|facts| &facts.locale).collect();
            for locale in locales {
                *counts.entry((docset, locale)).or_insert(0) += 1;
            }
        }
        let mut covered: BTreeMap<u32, Vec<&Locale>> = BTreeMap::new();
        for ((docset, locale), count) in counts {
            if 2 * count > articles[&docset] {
                covered.entry(docset).or_default().push(locale);
            }
        }
        covered
    }

    /// The docset of an article.
    pub(crate) fn docset(&self, article: u32) -> u32 {
        self.docsets.get(article as usize).copied().unwrap_or_default()
    }
}
