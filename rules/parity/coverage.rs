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
        if corpus.unread_others {
            return;
        }
        let (articles, present) = (corpus.articles(), corpus.present());
        let covered = corpus.covered(&present);
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
            let missing = missing(all, &present, *article);
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

/// The locales of `all` in which an article is not there.
pub(crate) fn missing<'a>(all: &[&'a Locale], present: &Present<'_>, article: u32) -> Vec<&'a Locale> {
    let is_there = |locale: &Locale| present.get(&article).is_some_and(|locales| locales.contains(locale));
    all.iter().copied().filter(|locale| !is_there(locale)).collect()
}

/// The locales that each article is there in, but for its English source, be it that they could be read or not.
pub(crate) type Present<'a> = BTreeMap<u32, BTreeSet<&'a Locale>>;

impl Corpus {
    /// The documents of each article but for its English source.
    pub(crate) fn articles(&self) -> BTreeMap<u32, Vec<&crate::Facts>> {
        let mut articles: BTreeMap<u32, Vec<&crate::Facts>> = BTreeMap::new();
        for facts in self.facts.iter().filter(|facts| !facts.locale.is_english()) {
            articles.entry(facts.article).or_default().push(facts);
        }
        articles
    }

    /// The locales that each article is there in.
    pub(crate) fn present(&self) -> Present<'_> {
        let read = self.facts.iter().map(|facts| (facts.article, &facts.locale));
        let unread = self.unread.iter().map(|unread| (unread.article, &unread.locale));
        let mut present = Present::new();
        for (article, locale) in read.chain(unread).filter(|(_, locale)| !locale.is_english()) {
            present.entry(article).or_default().insert(locale);
        }
        present
    }

    /// The locales that each docset is translated to: those with more than half of its articles. A locale that has
    /// just begun, or that only has a page of its own, lacks nothing.
    pub(crate) fn covered<'a>(&self, present: &Present<'a>) -> BTreeMap<u32, Vec<&'a Locale>> {
        let (mut articles, mut counts) = (BTreeMap::new(), BTreeMap::new());
        for (article, locales) in present {
            let docset = self.docset(*article);
            *articles.entry(docset).or_insert(0) += 1;
            for locale in locales {
                *counts.entry((docset, *locale)).or_insert(0) += 1;
            }
        }
        let mut covered: BTreeMap<u32, Vec<&'a Locale>> = BTreeMap::new();
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
