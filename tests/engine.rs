//! The engine as a library.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use common::testdata;
use loclint::discover::{Trees, discover};
use loclint::engine::{RuleSet, run};
use loclint::files::Files;
use loclint::rules::{self, Check, Options, Rule, Sink, UnitRule, UnitView};

const TODAY: bitext::Date = bitext::Date::constant(2026, 11, 21);

struct Panics;

impl UnitRule for Panics {
    fn check(&self, unit: UnitView<'_>, _: &mut Sink<'_>) {
        assert!(unit.target().is_empty(), "no target may have text");
    }
}

#[test]
fn a_rule_that_panics_is_a_finding_and_the_others_run() {
    let mut all = rules::builtin(&Options::new(), TODAY).unwrap();
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
    assert_eq!(found.len(), 15, "one for each story");
}
