//! Comments to loclint, put anywhere into documents: they change no other finding.

use std::collections::BTreeMap;
use std::fs;

use bitext::Document;
use proptest::prelude::*;

use super::common::testdata;
use super::{findings, rules};

/// The documents of the test data by article and locale folder.
fn articles() -> Vec<BTreeMap<String, String>> {
    let mut articles: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for group in ["clean", "stories"] {
        for locale in fs::read_dir(testdata().join(group)).unwrap() {
            let locale = locale.unwrap().path();
            let tag = locale.file_name().unwrap().to_string_lossy().into_owned();
            for file in
                fs::read_dir(&locale).unwrap().map(|file| file.unwrap().path()).filter(|file| file.is_file())
            {
                let text = fs::read_to_string(&file).unwrap();
                let name = format!("{group}/{}", file.file_name().unwrap().to_string_lossy());
                articles.entry(name).or_default().insert(tag.clone(), text);
            }
        }
    }
    articles.into_values().collect()
}

const COMMENT: &str = "<!-- loclint-disable-file number/version: 理由 důvod -->";

/// Where a comment can be put without touching a word, and what to put there.
fn places(document: &Document) -> Vec<(usize, String)> {
    let text = document.file.text();
    let blank = |at: usize| text[at..].starts_with([' ', '\n']) || at == text.len();
    let mut places = Vec::new();
    for unit in document.units.iter().filter(|unit| document.code_at(unit.span.start as usize).is_none()) {
        let (start, end) = (unit.span.start as usize, unit.span.end as usize);
        let after_blank = text[..start].ends_with([' ', '\n']);
        places.push((start, if after_blank { format!("{COMMENT} ") } else { COMMENT.into() }));
        places.push((end, if blank(end) { format!(" {COMMENT}") } else { COMMENT.into() }));
        places.push((unit.target.text.start as usize, format!("{COMMENT} ")));
        places.push((unit.source.text.end as usize, COMMENT.into()));
        if text[..start].ends_with("\n\n") {
            places.push((start, format!("{COMMENT}\n")));
            places.push((start, format!("  {COMMENT} {COMMENT}\t\n")));
        }
    }
    places
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_comment_changes_no_other_finding(
        article in any::<prop::sample::Index>(),
        chosen in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4),
    ) {
        let articles = articles();
        let mut texts = article.get(&articles).clone();
        let rules = rules();
        let (before, wanted) = findings(&texts, &rules);
        // Where each comment went: document, offset and length, the last in the file first.
        let mut inserted: Vec<(usize, usize, String)> = Vec::new();
        for (document, place) in chosen {
            let document = document.index(before.documents.len());
            let places = places(&before.documents[document].document);
            if !places.is_empty() {
                let (at, comment) = place.get(&places).clone();
                inserted.push((document, at, comment));
            }
        }
        inserted.sort_by(|a, b| b.cmp(a));
        // Two at one place would bring two blanks.
        inserted.dedup_by_key(|(document, at, _)| (*document, *at));
        for (document, at, comment) in &inserted {
            texts.values_mut().nth(*document).unwrap().insert_str(*at, comment);
        }
        let (after, got) = findings(&texts, &rules);
        for (old, new) in before.documents.iter().zip(&after.documents) {
            prop_assert_eq!(old.document.file.text(), new.document.file.text());
        }
        prop_assert_eq!(&wanted, &got);
        for finding in got {
            let number = finding.place.document.0 as usize;
            let (old, new) = (&before.documents[number].document.file, &after.documents[number].document.file);
            let (span, moved) = (finding.place.span, new.written_span(finding.place.span));
            let is_in = |at: usize| span.start as usize <= at && at <= span.end as usize;
            if !inserted.iter().any(|(document, at, _)| *document == number && is_in(*at)) {
                prop_assert_eq!(span.slice(old.text()), moved.slice(new.written()));
            }
            prop_assert_eq!(new.read_span(moved), span);
        }
    }
}
