//! A file alone, found with its siblings by its path, is checked as it is in its tree.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::{copy, corpus, testdata};
use loclint::discover::{Listing, Plan, PlannedDocument, Trees, discover, discover_listed};
use loclint::engine::{LocatedFinding, RuleSet, run};
use loclint::files::Files;
use loclint::rules::{self, Settings};
use tempfile::TempDir;

const TODAY: bitext::Date = bitext::Date::constant(2026, 11, 21);

fn rules() -> RuleSet {
    RuleSet::with_defaults(rules::builtin(&Settings { today: TODAY, ..Settings::default() }).unwrap())
}

/// The documents of the article of `path` in a plan: what a run sees of it.
fn article<'a>(plan: &'a Plan, path: &Path) -> (&'a str, Vec<(&'a PlannedDocument, bool)>) {
    let has = |documents: &[PlannedDocument]| documents.iter().any(|document| document.path == path);
    let article = plan.articles.iter().find(|article| has(&article.documents));
    let article = article.unwrap_or_else(|| panic!("{} is not planned", path.display()));
    let documents = article.documents.iter().map(|document| (document, document.path == path));
    (&article.key, documents.collect())
}

fn seen(documents: &[(&PlannedDocument, bool)]) -> Vec<String> {
    let show = |(document, own): &(&PlannedDocument, bool)| {
        let PlannedDocument { path, locale, origin, stable_key, tree_path, .. } = document;
        format!("{} {locale} {origin} {stable_key} {tree_path:?} {own}", path.display())
    };
    documents.iter().map(show).collect()
}

/// What is found in one document, without the name of its article.
fn findings(plan: &Plan) -> Vec<LocatedFinding> {
    run(plan, &rules(), &Files::default(), None).unwrap().findings
}

fn shown(findings: &[LocatedFinding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{finding:?}")).collect()
}

/// What a run over the whole tree would report if nothing but one document of it were reported on.
fn restricted(plan: &Plan, path: &Path) -> Plan {
    let article = plan.articles.iter().find(|article| article.documents.iter().any(|one| one.path == path));
    let article = article.unwrap();
    let document = |document: &PlannedDocument| PlannedDocument {
        path: document.path.clone(),
        locale: document.locale.clone(),
        origin: document.origin,
        stable_key: document.stable_key.clone(),
        tree_path: document.tree_path.clone(),
        reported: document.path == path,
    };
    let documents = article.documents.iter().map(document).collect();
    let articles = vec![loclint::discover::PlannedArticle { key: article.key.clone(), documents }];
    Plan { articles, ..Plan::default() }
}

/// Holds files of a tree to what the whole tree makes of them: as files of a list, and where `alone`, named alone.
fn hold(root: &Path, alone: bool, chosen: impl Fn(usize) -> bool) -> usize {
    let root = dunce::canonicalize(root).unwrap();
    let trees = Trees::default();
    let whole = discover(std::slice::from_ref(&root), &trees, 1, &Files::default()).unwrap();
    let mut by_path: BTreeMap<&Path, Vec<&LocatedFinding>> = BTreeMap::new();
    let all = findings(&whole);
    for finding in &all {
        by_path.entry(&finding.path).or_default().push(finding);
    }
    let corpus_rules: Vec<String> = rules()
        .rules
        .into_iter()
        .filter(|active| matches!(active.rule.check, rules::Check::Corpus(_)))
        .map(|active| active.rule.info.id.to_string())
        .collect();
    let paths: Vec<PathBuf> = whole.documents().map(|document| document.path.clone()).collect();
    let mut held = 0;
    for path in paths.iter().enumerate().filter(|(at, _)| chosen(*at)).map(|(_, path)| path) {
        held += 1;
        let expected = restricted(&whole, path);
        let listing = Listing { name: "listed", files: vec![path.clone()] };
        let roots = std::slice::from_ref(&root);
        let listed = discover_listed(roots, &listing, &trees, &Files::default()).unwrap();
        let (key, documents) = article(&listed, path);
        let (expected_key, expected_documents) = article(&expected, path);
        assert_eq!(seen(&documents), seen(&expected_documents), "{}", path.display());
        assert_eq!(key, expected_key, "{}", path.display());
        let found = findings(&listed);
        assert_eq!(shown(&found), shown(&findings(&expected)), "{}", path.display());
        // And all that the whole run says there, but for rules that see the whole tree.
        for finding in by_path.get(&**path).into_iter().flatten() {
            let is_there = found.iter().any(|one| {
                (&one.rule, &one.message, &one.help, &one.range, &one.severity, one.confidence)
                    == (
                        &finding.rule,
                        &finding.message,
                        &finding.help,
                        &finding.range,
                        &finding.severity,
                        finding.confidence,
                    )
            });
            let of_corpus = corpus_rules.iter().any(|rule| *rule == finding.rule);
            assert!(is_there || of_corpus, "{} at {}: {}", finding.rule, path.display(), finding.message);
        }
        if alone {
            let named = discover(std::slice::from_ref(path), &trees, 1, &Files::default()).unwrap();
            let (_, documents) = article(&named, path);
            let paths = |documents: &[(&PlannedDocument, bool)]| -> Vec<PathBuf> {
                documents.iter().map(|(document, _)| document.path.clone()).collect()
            };
            assert_eq!(paths(&documents), paths(&expected_documents));
            let place = |finding: &LocatedFinding| {
                (
                    finding.rule.to_string(),
                    finding.message.clone(),
                    finding.range,
                    finding.fingerprint.clone(),
                )
            };
            assert_eq!(
                findings(&named).iter().map(place).collect::<Vec<_>>(),
                found.iter().map(place).collect::<Vec<_>>(),
                "{}",
                path.display()
            );
        }
    }
    held
}

#[test]
fn buffers_stand_for_files_and_for_files_that_are_not_there_yet() {
    let folder = TempDir::new().unwrap();
    let root = dunce::canonicalize(folder.path()).unwrap();
    copy("clean/cs-cz/get-started.md", root.join("cs-cz/get-started.md"));
    copy("clean/de-de/get-started.md", root.join("de-de/get-started.md"));
    let text = std::fs::read_to_string(testdata().join("clean/sv-se/get-started.md")).unwrap();
    let (own, czech) = (root.join("sv-se/get-started.md"), root.join("cs-cz/get-started.md"));
    let found = |files: &Files, path: &Path| -> Vec<String> {
        let plan = discover(&[path.to_path_buf()], &Trees::default(), 1, files).unwrap();
        let outcome = run(&plan, &rules(), files, None).unwrap();
        outcome.findings.iter().map(|finding| finding.rule.to_string()).collect()
    };
    let mut files = Files::default();
    files.set_buffer(own.clone(), text.replace("](push-package.md)", "](push.md)").into_bytes());
    assert_eq!(found(&files, &own), ["parity/skeleton"]);
    files.set_buffer(own.clone(), text.clone().into_bytes());
    assert_eq!(found(&files, &own), [""; 0]);
    // The buffer of a sibling counts, and one that is not there yet.
    let other = std::fs::read_to_string(&czech).unwrap().replace("](push-package.md)", "](push.md)");
    files.set_buffer(czech.clone(), other.into_bytes());
    assert_eq!(found(&files, &czech), ["parity/skeleton"]);
    let plan = discover(std::slice::from_ref(&czech), &Trees::default(), 1, &files).unwrap();
    assert_eq!(plan.documents().filter(|document| document.path == own).count(), 1);
    files.remove_buffer(&czech);
    assert_eq!(found(&files, &czech), [""; 0]);
}

#[test]
fn files_of_the_example_trees() {
    for tree in ["clean", "stories", "terms"] {
        assert!(hold(&testdata().join(tree), true, |_| true) > 5);
    }
}

#[test]
fn files_of_every_layout() {
    type Layout = fn(&str, &str) -> String;
    let layouts: [Layout; 5] = [
        |locale, article| format!("{locale}/{article}"),
        |locale, article| format!("i18n/{locale}/docs/{article}"),
        |locale, article| format!("docs.{locale}/articles/{article}"),
        |locale, article| format!("one/content/{locale}/{article}"),
        |locale, article| format!("docs/{}.{locale}.md", article.trim_end_matches(".md")),
    ];
    for layout in layouts {
        let folder = TempDir::new().unwrap();
        for locale in ["cs-cz", "de-de", "pl-pl", "sv-se", "ru-ru", "sr-latn-rs"] {
            for entry in std::fs::read_dir(testdata().join("stories").join(locale)).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                copy(&format!("stories/{locale}/{name}"), folder.path().join(layout(locale, &name)));
            }
        }
        assert!(hold(folder.path(), true, |_| true) > 20);
    }
}

#[test]
fn docsets_side_by_side_and_a_tree_of_one_locale() {
    let folder = TempDir::new().unwrap();
    for (locale, docset) in
        [("cs-cz", "one"), ("de-de", "one"), ("de-de", "two/content"), ("sv-se", "two/content")]
    {
        copy(
            &format!("clean/{locale}/get-started.md"),
            folder.path().join(docset).join(locale).join("get-started.md"),
        );
    }
    assert_eq!(hold(folder.path(), false, |_| true), 4);
    let alone = TempDir::new().unwrap();
    copy("clean/pl-pl/get-started.md", alone.path().join("get-started.md"));
    copy("clean/pl-pl/concepts/package-versions.md", alone.path().join("concepts/package-versions.md"));
    assert_eq!(hold(alone.path(), false, |_| true), 2);
    // A folder that lies in a repository of its locale, whose name tells it.
    let inside = TempDir::new().unwrap();
    copy("clean/pl-pl/get-started.md", inside.path().join("docs.pl-pl/articles/get-started.md"));
    assert_eq!(hold(&inside.path().join("docs.pl-pl/articles"), false, |_| true), 1);
}

#[test]
fn random_files_of_real_trees() {
    let Some(corpus) = corpus() else { return };
    for tree in ["nuget", "partner-center"] {
        let trees = Trees::default();
        let plan = discover(&[corpus.join(tree)], &trees, 1, &Files::default()).unwrap();
        let step = plan.documents().count().div_ceil(100);
        let held = hold(&corpus.join(tree), true, |at| (at * 7919) % step == 0);
        assert!(held >= 90, "{held}");
    }
}
