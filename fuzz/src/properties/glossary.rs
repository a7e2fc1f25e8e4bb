use std::sync::Arc;

use loclint::bitext::Article;
use loclint::engine::{RuleSet, check_article};
use loclint::glossary::{read_csv, read_tbx};
use loclint::rules::glossary::{GlossaryError, Term, read_yaml};
use loclint::rules::{Glossary, Settings, builtin};

use super::rules::{assert_findings, assert_fix, set};
use super::{Input, TODAY, assert_in, locale, localized, parsed, parts};

/// What can be read as a glossary.
type Read = fn(&str, &str) -> Result<Vec<Term>, GlossaryError>;

/// A glossary in one of its formats, and a target and a source to run it on: it is read or refused at a place in it, and what is
/// read can be run.
pub fn glossary(input: &[u8]) {
    const FORMATS: [Read; 3] = [read_yaml, read_csv, read_tbx];
    let input = Input::new(input);
    let texts: Vec<_> = parts(input.rest, 3).into_iter().map(String::from_utf8_lossy).collect();
    let read = FORMATS[input.choice(1, FORMATS.len())];
    match read(&texts[0], "terms") {
        Ok(terms) => assert_runs(terms, &input, &texts[1], &texts[2]),
        Err(error) => {
            assert_in(&texts[0], error.span, "the place of an error");
            assert!(!error.to_string().is_empty());
        }
    }
}

fn assert_runs(terms: Vec<Term>, input: &Input<'_>, target: &str, source: &str) {
    assert!(terms.iter().all(|term| !term.source.is_empty()));
    let rules = rules(Glossary::new(terms));
    let text = format!(
        "<span data-ttu-id=\"3f9a2-103\">{target}</span><span class=\"sxs-lookup\">\
         <span data-stu-id=\"3f9a2-103\">{source}</span></span>\n"
    );
    for locale in input.locales().into_iter().chain([locale("de-DE")]) {
        let Some(document) = parsed(text.as_bytes()) else { return };
        let article =
            Article { key: "a.md".into(), documents: vec![localized(0, &locale, document)], source: None };
        let findings = check_article(&article, &rules);
        assert_findings(&article, &findings);
        for finding in &findings {
            assert_fix(&article.documents[0].document, finding);
        }
    }
}

/// The rules that go by glossaries.
fn rules(glossary: Glossary) -> RuleSet {
    let settings = Settings { today: TODAY, glossary: Arc::new(glossary), ..Settings::default() };
    let rules = builtin(&settings).expect("the rules fit together");
    let by_glossary = ["terminology/forbidden", "terminology/missing", "identifier/product-name"];
    set(rules.into_iter().filter(|rule| by_glossary.contains(&&*rule.info.id)).collect())
}
