use std::collections::BTreeMap;

use loclint::bitext::{Article, Document, Localized, SourceFile, Unit};
use loclint::engine::check_article;
use loclint::fix::{Site, Which, refusal, settle};
use loclint::rules::Finding;

use super::document::assert_sound;
use super::rules::{RULES, assert_findings, assert_fix, source};
use super::{Input, localized, parsed, parts};

/// An article in two locales, and perhaps its English then and now: all rules run, and their fixes are applied until nothing is
/// left to fix. They change what their edits cover, never the source side, and a second time there is nothing to do.
pub fn fixes(input: &[u8]) {
    let input = Input::new(input);
    let [first, second, english @ ..] = &*parts(input.rest, 2) else { return };
    let Some(mut article) = article(&input, [first, second], english) else { return };
    let findings = check_article(&article, &RULES);
    assert_findings(&article, &findings);
    for finding in &findings {
        let own = article.documents.iter().find(|localized| localized.id == finding.place.document);
        if let Some(localized) = own {
            assert_fix(&localized.document, finding);
        }
    }
    let before: Vec<Vec<String>> = article.documents.iter().map(|one| sources(&one.document)).collect();
    let unsafe_too = input.choice(1, 2) == 1;
    let unsettled = fix(&mut article, unsafe_too).1;
    for (localized, before) in article.documents.iter().zip(before) {
        let after = sources(&localized.document);
        let mut there = after.iter();
        assert!(before.iter().all(|old| there.any(|new| old == new)), "{before:#?} became {after:#?}");
        assert_sound(&localized.document);
    }
    if !unsettled {
        let written = |article: &Article| -> Vec<String> {
            article.documents.iter().map(|one| one.document.file.written().to_string()).collect()
        };
        let settled = written(&article);
        let (changed, unsettled) = fix(&mut article, unsafe_too);
        assert!(
            changed == 0 && !unsettled && settled == written(&article),
            "a second time changes something"
        );
    }
}

/// Applies all fixes; says how many documents were changed, and whether there would be more to do.
fn fix(article: &mut Article, unsafe_too: bool) -> (usize, bool) {
    let mut check = |article: &Article, edited: &[usize], _: Which| {
        let mut findings = check_article(article, &RULES);
        if !edited.is_empty() && article.source.is_none() {
            let anew = check_article(&read_anew(article), &RULES);
            assert_eq!(
                format!("{findings:#?}"),
                format!("{anew:#?}"),
                "what an edit keeps of a document is still true"
            );
        }
        // As the engine does: what the guard refuses is no fix.
        for finding in &mut findings {
            let own = article.documents.iter().find(|localized| localized.id == finding.place.document);
            let refused =
                own.zip(finding.fix.as_ref()).is_none_or(|(own, fix)| refusal(&own.document, fix).is_some());
            finding.fix.take_if(|_| refused);
        }
        findings
    };
    // A tag with a control character in it is none, and one again without.
    let hides = |text: &str| text.contains(|c: char| c.is_control() && !"\n\r\t".contains(c));
    let is_damaged = |document: &Document| !document.is_exact || hides(document.file.text());
    let damaged: Vec<bool> = article.documents.iter().map(|one| is_damaged(&one.document)).collect();
    let settled = settle(article, &mut Site { check: &mut check, may_edit: &mut |_| true, unsafe_too });
    // In a broken document one mend can bring to light what else is broken; then the guard puts it back as it was.
    let is_put_back =
        |finding: &&Finding| finding.rule == "internal/fix" && damaged[finding.place.document.0 as usize];
    let (_, findings): (Vec<_>, Vec<_>) = settled.findings.iter().partition(is_put_back);
    assert_findings(article, findings);
    (settled.changes.len(), !settled.unsettled.is_empty())
}

fn read_anew(article: &Article) -> Article {
    let read = |one: &Localized| Localized {
        id: one.id,
        locale: one.locale.clone(),
        document: Document::parse(
            SourceFile::from_bytes(one.document.file.written().as_bytes().to_vec()).unwrap(),
        ),
        reported: one.reported,
    };
    Article {
        key: article.key.clone(),
        documents: article.documents.iter().map(read).collect(),
        source: None,
    }
}

fn article(input: &Input<'_>, texts: [&[u8]; 2], english: &[&[u8]]) -> Option<Article> {
    let locales = input.locales();
    let mut documents = Vec::new();
    for (number, (text, locale)) in texts.iter().zip(&locales).enumerate() {
        // What is not UTF-8 is never fixed.
        documents.push(localized(number as u32, locale, parsed(std::str::from_utf8(text).ok()?.as_bytes())?));
    }
    let [then, now] = [0, 1].map(|at| english.get(at).and_then(|text| parsed(text)));
    let source = (!english.is_empty()).then(|| source(then, now, documents.len()));
    Some(Article { key: "a.md".into(), documents, source })
}

/// The source texts of sound units, with their ids.
fn sources(document: &Document) -> Vec<String> {
    let sound = document.units.iter().filter(|unit| !unit.damaged);
    let one = |unit: &Unit| format!("{} {}", document.slice(unit.source.id), document.source(unit));
    let mut lines: Vec<String> = sound.map(one).collect();
    let keys = ["ms.openlocfilehash", "ms.sourcegitcommit", "ms.lasthandoff", "ms.locfileid"];
    let text = document.file.text();
    let front = document.front_matter.as_ref().filter(|front| front.error.is_none());
    let values: BTreeMap<&str, &str> = front
        .into_iter()
        .flat_map(|front| &front.entries)
        .filter_map(|entry| Some((entry.key.text(text), entry.value.scalar()?.text(text))))
        .filter(|(key, _)| keys.contains(key))
        .collect();
    lines.extend(values.into_iter().map(|(key, value)| format!("{key}: {value}")));
    lines
}
