//! Every example of every rule page is a test of its own.
//!
//! `LOCLINT_BLESS=1 cargo test --test rule_pages` rewrites the expected findings and fixed texts.

use std::fs;
use std::path::PathBuf;

use libtest_mimic::{Arguments, Failed, Trial};
use loclint::discover::{Trees, discover};
use loclint::engine::{self, RuleSet};
use loclint::files::Files;
use loclint::rules::{self, Settings};
use loclint::testing::{self, Example, Got, Page, TODAY};

fn main() {
    let args = Arguments::from_args();
    let rules =
        rules::builtin(&Settings { today: TODAY, ..Settings::default() }).expect("the defaults are valid");
    let bless = std::env::var_os("LOCLINT_BLESS").is_some();
    let mut trials = Vec::new();
    for rule in &rules {
        let path = page_path(&rule.info.id);
        let text = fs::read_to_string(&path).expect("every rule has its page");
        if bless {
            let run = |example: &Example| run(&rule.info.id, example).map_err(|failed| said(&failed).into());
            fs::write(&path, testing::blessed(&text, &run)).expect("pages can be written");
        }
        let page = Page::parse(&fs::read_to_string(&path).expect("just written"));
        for example in page.examples {
            let id = rule.info.id.to_string();
            let name = format!("{id}: {}", example.name);
            trials.push(Trial::test(name, move || check(&id, &example)));
        }
    }
    libtest_mimic::run(&args, trials).exit();
}

fn page_path(id: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("rules").join(format!("{}.md", id.replace('-', "_")))
}

fn check(id: &str, example: &Example) -> Result<(), Failed> {
    Ok(testing::compare(example, &run(id, example)?)?)
}

fn run(id: &str, example: &Example) -> Result<Got, Failed> {
    if id == "suppression/unused" {
        return whole_run(id, example);
    }
    let make = |settings: &Settings| {
        let mut all = rules::builtin(settings)?;
        let at = all.iter().position(|rule| rule.info.id == id).ok_or("no such rule")?;
        Ok(all.swap_remove(at))
    };
    Ok(testing::run(id, &make, example)?)
}

fn said(failed: &Failed) -> String {
    failed.message().unwrap_or_default().to_string()
}

/// Runs all rules on the documents of the example, as a tree: what is not needed, only a whole run can tell.
fn whole_run(id: &str, example: &Example) -> Result<Got, Failed> {
    let tree = tempfile::tempdir()?;
    for target in &example.targets {
        let path = tree.path().join(&target.locale).join(&target.article);
        fs::create_dir_all(path.parent().ok_or("a path in the tree")?)?;
        fs::write(path, target.document())?;
    }
    let files = Files::default();
    let plan = discover(&[tree.path().to_path_buf()], &Trees::default(), 1, &files)
        .map_err(|error| error.to_string())?;
    let set = RuleSet::with_defaults(rules::builtin(&Settings {
        options: example.options(id),
        today: TODAY,
        ..Settings::default()
    })?);
    let outcome = engine::run(&plan, &set, &files, None).map_err(|error| error.to_string())?;
    let found = outcome.findings.iter().filter(|finding| finding.rule == id);
    let shown = found.map(|finding| {
        let (start, severity) = (finding.range.start, finding.severity);
        format!("{} {}:{} {severity}  {}", finding.locale, start.line, start.column, finding.message)
    });
    Ok(Got { findings: shown.collect(), fixed: Vec::new() })
}
