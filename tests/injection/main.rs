//! Plants one fault at a time in clean documents and wants exactly one finding: of the right rule, in the
//! right document, at the right line and column. Clean documents, written and generated, give none.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

#[path = "../common/mod.rs"]
mod common;
mod operators;

use std::collections::BTreeMap;
use std::fs;

use bitext::{
    Article, Document, DocumentId, Locale, Localized, Newest, Recorded, SourceOrigin, SourceText, SourceView,
};
use common::testdata;
use loclint::engine::{RuleSet, check_article, check_corpus};
use loclint::rules::{Corpus, Facts, Finding, Settings, builtin};
use loclint::source::sha1_hex;
use operators::{Damage, operators, parse, with};
use proptest::prelude::*;

const TODAY: bitext::Date = bitext::Date::constant(2026, 11, 21);
/// The clean articles: texts by article and locale folder.
fn clean() -> BTreeMap<String, BTreeMap<String, String>> {
    let mut articles: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for locale in fs::read_dir(testdata().join("clean")).unwrap() {
        let locale = locale.unwrap().path();
        let tag = locale.file_name().unwrap().to_string_lossy().into_owned();
        for article in ["get-started.md", "concepts/package-versions.md"] {
            if let Ok(text) = fs::read_to_string(locale.join(article)) {
                articles.entry(article.into()).or_default().insert(tag.clone(), text);
            }
        }
    }
    articles
}

fn rules() -> RuleSet {
    RuleSet::with_defaults(builtin(&Settings { today: TODAY, ..Settings::default() }).unwrap())
}

fn findings(
    texts: &BTreeMap<String, String>,
    english: Option<&str>,
    rules: &RuleSet,
) -> (Article, Vec<Finding>) {
    let localized = |(number, (tag, text)): (usize, (&String, &String))| Localized {
        id: DocumentId(number as u32),
        locale: Locale::parse(tag).unwrap(),
        document: parse(text),
        reported: true,
    };
    let documents: Vec<Localized> = texts.iter().enumerate().map(localized).collect();
    let source = english.map(|english| view(english, &documents));
    let article = Article { key: "article.md".into(), documents, source };
    let mut found = check_article(&article, rules);
    let facts = article.documents.iter().map(|localized| Facts::of(0, localized)).collect();
    found.extend(check_corpus(&Corpus { facts, docsets: vec![0], ..Corpus::default() }, rules));
    (article, found)
}

/// The English tree as it is where all documents are translations of `english`, at a commit that all name.
fn view(english: &str, documents: &[Localized]) -> SourceView {
    let commit_of = |localized: &Localized| {
        localized.document.provenance.source_commit.map(|span| localized.document.slice(span).to_string())
    };
    let mut commits: BTreeMap<String, usize> = BTreeMap::new();
    for commit in documents.iter().filter_map(commit_of) {
        *commits.entry(commit).or_default() += 1;
    }
    let known = commits.into_iter().max_by_key(|(_, count)| *count).map(|(commit, _)| commit);
    let origin = |localized: &Localized| {
        let recorded = match commit_of(localized) {
            commit if commit == known => Recorded::There { text: 0, path: None },
            Some(_) => Recorded::NoCommit,
            None => Recorded::Unknown,
        };
        SourceOrigin::new(recorded)
    };
    let text = SourceText {
        id: DocumentId(1 << 31),
        hash: sha1_hex(english.as_bytes()),
        document: parse(english),
        legible: true,
    };
    SourceView {
        name: "HEAD".into(),
        has_history: true,
        path: "article.md".into(),
        texts: vec![text],
        newest: Newest::There { text: 0, renamed: None },
        origins: documents.iter().map(origin).collect(),
        behind: None,
    }
}

/// What is wrong with the findings for one planted fault; `None` if all is right.
fn verdict(
    texts: &BTreeMap<String, String>,
    english: Option<&str>,
    locale: &str,
    damage: Damage,
    rules: &RuleSet,
) -> (usize, Option<String>) {
    let (text, rule, at) = damage;
    let wanted = parse(&text).file.position(at as u32);
    // Two siblings are a majority; more only take time.
    let siblings = texts.iter().filter(|(other, _)| *other != locale).take(2);
    let mut texts: BTreeMap<String, String> =
        siblings.map(|(tag, text)| (tag.clone(), text.clone())).collect();
    texts.insert(locale.into(), text);
    let (article, found) = findings(&texts, english, rules);
    let shown = |finding: &Finding| {
        let home = &article.documents[finding.place.document.0 as usize];
        let place = home.document.file.position(finding.place.span.start);
        (finding.rule.to_string(), home.locale.to_string().to_lowercase(), place.line, place.column)
    };
    let got: Vec<_> = found.iter().map(shown).collect();
    let right = match english {
        None => got == [(rule.to_string(), locale.to_string(), wanted.line, wanted.column)],
        // With the English file at hand, another rule may know better where the fault is.
        Some(_) => matches!(got.as_slice(), [(_, at, line, _)] if at == locale && *line == wanted.line),
    };
    let wrong = (!right)
        .then(|| format!("wanted {rule} in {locale} at {}:{}, got {got:?}", wanted.line, wanted.column));
    (found.len(), wrong)
}

#[test]
fn one_planted_fault_is_one_finding_at_its_place() {
    let (articles, rules, operators) = (clean(), rules(), operators());
    assert!(operators.len() >= 30);
    let (mut planted, mut found, mut wrong) = (0, 0, Vec::new());
    for (name, operator) in &operators {
        let mut applied = 0;
        for texts in articles.values() {
            for (locale, text) in texts {
                let document = parse(text);
                for unit in 0..document.units.len() {
                    let Some(damage) = operator(&document, unit) else { continue };
                    let (count, fault) = verdict(texts, None, locale, damage, &rules);
                    (applied, planted, found) = (applied + 1, planted + 1, found + count);
                    wrong.extend(fault.map(|fault| format!("{name}, unit {unit}: {fault}")));
                }
            }
        }
        assert!(applied > 0, "{name} applies nowhere");
    }
    let share = f64::from(u32::try_from(found).unwrap()) / f64::from(u32::try_from(planted).unwrap());
    eprintln!("{} operators, {planted} faults, {found} findings, {share:.3} a fault", operators.len());
    assert!(wrong.is_empty(), "{} of {planted} are wrong:\n{}", wrong.len(), by_operator(&wrong).join("\n"));
}

#[test]
fn one_planted_fault_is_one_finding_with_the_english_file_at_hand() {
    let (articles, rules, operators) = (clean(), rules(), operators());
    let mut wrong = Vec::new();
    for (name, operator) in &operators {
        for (path, texts) in &articles {
            let english = fs::read_to_string(testdata().join("source").join(path)).unwrap();
            assert_eq!(findings(texts, Some(&english), &rules).1, [], "{path} is clean");
            for (locale, text) in texts {
                let document = parse(text);
                for unit in 0..document.units.len() {
                    let Some(damage) = operator(&document, unit) else { continue };
                    let fault = verdict(texts, Some(&english), locale, damage, &rules).1;
                    wrong.extend(fault.map(|fault| format!("{name}, unit {unit}: {fault}")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), by_operator(&wrong).join("\n"));
}

/// The first of the wrong verdicts of each operator.
fn by_operator(wrong: &[String]) -> Vec<String> {
    let mut first: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for line in wrong {
        let entry = first.entry(line.split(", unit").next().unwrap()).or_insert((0, line));
        entry.0 += 1;
    }
    first.values().map(|(count, line)| format!("{count} x {line}")).collect()
}

#[test]
fn a_lost_unit_is_found_without_siblings_too() {
    let rules = rules();
    for texts in clean().values() {
        for (locale, text) in texts {
            let document = parse(text);
            let alone = BTreeMap::from([(locale.clone(), text.clone())]);
            for unit in 1..document.units.len() - 1 {
                let (this, next) = (&document.units[unit], &document.units[unit + 1]);
                let at = next.span.start as usize - this.span.len();
                let damage = (with(&document, this.span.start, this.span.end, ""), "id/gap", at);
                // Beside an image a number more or less may be a sentence of its alt text.
                let (before, after) = (document.units[unit - 1].span.end as usize, next.span.start as usize);
                let line = document.file.text()[before..after].contains("![");
                if !line && next.number == this.number.map(|number| number + 1) {
                    assert_eq!(verdict(&alone, None, locale, damage, &rules).1, None, "unit {unit}");
                }
            }
        }
    }
}

#[test]
fn clean_documents_give_no_finding() {
    for texts in clean().values() {
        assert_eq!(findings(texts, None, &rules()).1, []);
    }
}

const SENTENCES: [(&str, &str); 6] = [
    ("Otevřete soubor.", "Open the file."),
    ("Spusťte příkaz `harbor pack`.", "Run the `harbor pack` command."),
    ("Viz [poznámky](notes.md).", "See the [notes](notes.md)."),
    ("**Platí pro**: Harbor 4.8", "**Applies to**: Harbor 4.8"),
    ("Hotovo!", "Done!"),
    ("Verze 4.8 je nová.", "Version 4.8 is new."),
];

/// A clean document: blocks by number, with units numbered from 103.
fn generated(blocks: &[(usize, usize)]) -> String {
    let mut text = String::from(
        "---\ntitle: Harbor\nms.date: 04/12/2021\nms.openlocfilehash: 407b133d2b7e5f9083a1c4d6e8f0123456789abc\n\
         ms.sourcegitcommit: 77aa0c6d2b7e5f9083a1c4d6e8f01234567890ff\nms.translationtype: MT\nms.contentlocale: cs-CZ\n\
         ms.lasthandoff: 05/11/2021\nms.locfileid: \"116963581\"\n---\n",
    );
    let mut number = 102;
    let mut unit = |sentence: usize| {
        number += 1;
        let (target, source) = SENTENCES[sentence % SENTENCES.len()];
        let id = format!("0a0a0-{number}");
        format!(
            "<span data-ttu-id=\"{id}\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"{id}\">{source}</span></span>"
        )
    };
    for (kind, sentence) in blocks {
        let block = match kind {
            0 => format!(
                "## <a name=\"{}\"></a>{}\n\n",
                bitext::slug(SENTENCES[sentence % 6].1),
                unit(*sentence)
            ),
            1 => format!("{} {}\n\n", unit(*sentence), unit(sentence + 1)),
            2 => format!("- {}\n- {}\n\n", unit(*sentence), unit(sentence + 1)),
            3 => format!(
                "| {} | {} |\n|---|---|\n| {} | x |\n\n",
                unit(*sentence),
                unit(sentence + 1),
                unit(sentence + 2)
            ),
            4 => format!("> [!NOTE]\n> {}\n\n", unit(*sentence)),
            5 => "```console\nharbor pack && echo </span>\n```\n\n".to_string(),
            _ => "[!INCLUDE [shared](includes/shared.md)]\n\n".to_string(),
        };
        text += &block;
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_documents_are_clean_and_every_fault_in_them_is_found(
        blocks in prop::collection::vec((0usize..7, 0usize..6), 2..14), pick in 0usize..1000,
    ) {
        let text = generated(&blocks);
        let document = parse(&text);
        prop_assume!(document.units.len() > 3);
        let (rules, texts) = (rules(), BTreeMap::from([("cs-cz".to_string(), text.clone())]));
        prop_assert_eq!(findings(&texts, None, &rules).1, []);
        for (name, operator) in operators() {
            // Without siblings, only the document itself can tell.
            let damage = operator(&document, pick % document.units.len());
            if let Some(damage) = damage.filter(|(_, rule, _)| !rule.starts_with("parity/")) {
                let (_, wrong) = verdict(&texts, None, "cs-cz", damage, &rules);
                prop_assert_eq!(wrong, None, "{}\n{}", name, text);
            }
        }
    }
}

/// The characters of a document that are those of the English file: of source sides, and outside the pairs but for
/// alt texts and what is folded away.
fn english_characters(document: &Document) -> Vec<usize> {
    let text = document.file.text();
    let source = |unit: &bitext::Unit| unit.source.text.range();
    let ends = document.units.iter().map(|unit| unit.span.end as usize);
    let starts = document.units.iter().map(|unit| unit.span.start as usize).chain([text.len()]);
    let gaps = std::iter::once(document.body()).chain(ends).zip(starts).map(|(from, to)| from..to);
    let ranges = document.units.iter().map(source).chain(gaps);
    let kept =
        |at: &usize| text.is_char_boundary(*at) && !text[*at..].starts_with([' ', '\n', '\\', '*', '>']);
    let alt = |at: &usize| text[..*at].rsplit('\n').next().is_some_and(|line| line.contains("!["));
    ranges.flatten().filter(|at| kept(at) && !alt(at)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_changed_character_of_the_english_goes_unseen(
        pick in 0usize..100_000, locale in 0usize..9, new in prop::sample::select(vec!["", "x", "\u{e9}", "\u{4e2d}"]),
        with_english in prop::bool::ANY,
    ) {
        let (articles, rules) = (clean(), rules());
        let texts = &articles["get-started.md"];
        let (tag, text) = texts.iter().nth(locale % texts.len()).unwrap();
        let document = parse(text);
        let places = english_characters(&document);
        let at = places[pick % places.len()];
        let old = text[at..].chars().next().unwrap();
        prop_assume!(new != old.to_string());
        let changed = format!("{}{new}{}", &text[..at], &text[at + old.len_utf8()..]);
        let siblings = texts.iter().filter(|(other, _)| *other != tag).take(2);
        let mut texts: BTreeMap<String, String> = siblings.map(|(tag, text)| (tag.clone(), text.clone())).collect();
        texts.insert(tag.clone(), changed);
        let english = fs::read_to_string(testdata().join("source/get-started.md")).unwrap();
        let (_, found) = findings(&texts, with_english.then_some(english.as_str()), &rules);
        prop_assert!(!found.is_empty(), "{tag}: {old:?} became {new:?} after {:?}", &text[at.saturating_sub(30)..at]);
        prop_assert!(found.iter().all(|finding| finding.rule != "internal/panic"), "{found:?}");
    }
}
