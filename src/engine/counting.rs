//! Counts what a run looks at.

use bitext::{Article, Localized, Newest};

use super::{Context, Done, Examined, Translator};

impl Context<'_> {
    /// Counts what was looked at.
    pub(super) fn count(&self, article: &Article, done: &mut Done) {
        let reported = |localized: &Localized| self.known[localized.id.0 as usize].reported;
        for (at, localized) in
            article.documents.iter().enumerate().filter(|(_, localized)| reported(localized))
        {
            done.counts.articles = 1;
            done.counts.documents += 1;
            done.counts.plain += usize::from(!localized.document.is_bilingual());
            done.counts.units += localized.document.units.len();
            done.documents.push(self.examined(localized));
            if localized.document.provenance.source_hash.is_some() {
                done.counts.hashes += 1;
                done.counts.verified += usize::from(article.verified_source(at).is_some());
            }
        }
        let Some(source) = article.source.as_ref().filter(|_| done.counts.articles > 0) else { return };
        done.counts.with_source = usize::from(!source.texts.is_empty());
        let is_gone = matches!(source.newest, Newest::Gone { .. }) && !source.has_later();
        done.counts.gone = usize::from(is_gone);
        let newest = source.newest().map(|text| &text.hash);
        let is_stale = |(at, localized): (usize, &Localized)| {
            reported(localized)
                && !source.is_later(at)
                && newest.is_some_and(|newest| match article.verified_source(at) {
                    Some(text) => text.hash != *newest,
                    // Without a history, another hash can only be an older one.
                    None => !source.has_history && localized.document.provenance.source_hash.is_some(),
                })
        };
        done.counts.stale = usize::from(article.documents.iter().enumerate().any(is_stale));
    }

    fn examined(&self, localized: &Localized) -> Examined {
        let document = &localized.document;
        let translator = match document.provenance.translation_type.map(|span| document.slice(span)) {
            Some("MT") => Translator::Machine,
            Some("HT") => Translator::Human,
            _ => Translator::Unknown,
        };
        let known = &self.known[localized.id.0 as usize];
        Examined {
            path: known.path.to_path_buf(),
            locale: known.locale.to_string(),
            translator,
            article: known.article.to_string(),
            units: document.units.len(),
            words: self.words.then(|| rules::source_word_count(document)),
        }
    }
}
