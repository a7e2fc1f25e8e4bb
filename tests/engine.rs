//! The engine as a library.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::fs;
use std::path::PathBuf;

use bitext::Localized;
use common::{copy, testdata};
use loclint::discover::{Trees, discover};
use loclint::engine::{RuleSet, run, run_fixing};
use loclint::files::Files;
use loclint::fix::Fixing;
use loclint::rules::{self, Check, DocumentRule, Rule, Settings, Sink, UnitRule, UnitView};

const TODAY: bitext::Date = bitext::Date::constant(2026, 11, 21);

struct Panics;

impl UnitRule for Panics {
    fn check(&self, unit: UnitView<'_>, _: &mut Sink<'_>) {
        assert!(unit.target().is_empty(), "no target may have text");
    }
}

#[test]
fn a_rule_that_panics_is_a_finding_and_the_others_run() {
    let mut all = rules::builtin(&Settings { today: TODAY, ..Settings::default() }).unwrap();
    let mut info = all[0].info.clone();
    info.id = "markup/panics".into();
    all.push(Rule { info, check: Check::Unit(Box::new(Panics)) });
    let plan = discover(&[testdata().join("stories")], &Trees::default(), 1, &Files::default()).unwrap();
    let outcome = run(&plan, &RuleSet::with_defaults(all), &Files::default(), None).unwrap();
    let (internal, found): (Vec<_>, Vec<_>) =
        outcome.findings.iter().partition(|f| f.rule == "internal/panic");
    assert_eq!(internal.len(), plan.articles.len(), "once for each article");
    assert_eq!(
        internal[0].message,
        "rule markup/panics failed on article \"front-matter-missing-key.md\": no target may have text"
    );
    assert_eq!(found.len(), 17, "one for each story");
}

/// Someone who saves the file while it is checked.
struct Saves(PathBuf);

impl DocumentRule for Saves {
    fn check(&self, localized: &Localized, _: &mut Sink<'_>) {
        let text = fs::read_to_string(&self.0).unwrap();
        if localized.locale.as_str() == "sv-SE" && !text.contains("\n\n\n# ") {
            fs::write(&self.0, text.replacen("\n# ", "\n\n\n# ", 1)).unwrap();
        }
    }
}

#[test]
fn a_file_that_is_saved_meanwhile_is_left_alone_and_reported_as_it_is_now() {
    let folder = tempfile::tempdir().unwrap();
    let root = dunce::canonicalize(folder.path()).unwrap();
    for (locale, hyphen) in [("ru-ru", false), ("sv-se", true)] {
        let to = root.join(locale).join("a.md");
        copy(&format!("stories/{locale}/markup-glued-hyphen.md"), to.clone());
        let text = fs::read_to_string(&to).unwrap();
        // The other locale has the same fault, so that there is a file that can be written.
        fs::write(&to, if hyphen { text } else { text.replacen(" - [", "- [", 1) }).unwrap();
    }
    let saved = root.join("sv-se/a.md");
    let mut all = rules::builtin(&Settings { today: TODAY, ..Settings::default() }).unwrap();
    all.retain(|rule| rule.info.id == "markup/glued-hyphen");
    let mut info = all[0].info.clone();
    info.id = "markup/saves".into();
    all.push(Rule { info, check: Check::Document(Box::new(Saves(saved.clone()))) });
    let plan = discover(std::slice::from_ref(&root), &Trees::default(), 1, &Files::default()).unwrap();
    let fixing = Some(Fixing { unsafe_too: false, write: true });
    let rules = RuleSet::with_defaults(all);
    let outcome = run_fixing(&plan, &rules, &Files::default(), None, fixing).unwrap();
    let fixed = outcome.fixed.unwrap();
    assert_eq!(fixed.files.keys().collect::<Vec<_>>(), [&root.join("ru-ru/a.md")]);
    assert_eq!(fixed.skipped.keys().collect::<Vec<_>>(), [&saved]);
    assert!(fixed.failed() && fixed.skipped[&saved].reason.starts_with("it was changed"));
    let text = fs::read_to_string(&saved).unwrap();
    assert!(text.contains("\n\n\n# ") && text.contains("grunderna- ["), "{text}");
    let [finding] = outcome.findings.as_slice() else { panic!("{:?}", outcome.findings) };
    assert_eq!(
        (&finding.path, finding.range.start.line),
        (&saved, 21),
        "the line is that of the file as it is now"
    );
}
