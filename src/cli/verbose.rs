//! What `--verbose` says about a run, on stderr.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use ::rules::Rule;
use clap::Args;

use super::args::CheckArgs;
use super::error::CliError;
use super::job::Job;
use super::stages::Stage;
use super::{configure, packs};
use crate::config;
use crate::files::shown_path;

/// How much is said beside the findings.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(super) struct Verbosity {
    /// Say on stderr which configuration counts, how the trees were read, which rules are left out or
    /// have nothing to go by, and why, and how long each part took
    #[arg(short, long, conflicts_with = "quiet")]
    pub(super) verbose: bool,
}

/// Says what the run goes by, before it begins.
pub(super) fn plan(job: &Job, args: &CheckArgs, current: &Path) -> Result<(), CliError> {
    let rules = configure::all_rules(packs::of_run(&job.config, &args.pack, current)?, &args.file.own)?;
    let mut text = configuration(job, current);
    text += &trees(job, args, current);
    text += &left_out(job, args, &rules);
    let _ = io::stderr().write_all(text.as_bytes());
    Ok(())
}

/// Says how long each part took.
pub(super) fn times(times: &[(Stage, Duration)]) {
    let part = |(stage, time): &(Stage, Duration)| format!("{} {:.2} s", stage.as_str(), time.as_secs_f64());
    let parts: Vec<String> = times.iter().map(part).collect();
    let _ = writeln!(io::stderr(), "Time: {}", parts.join(", "));
}

fn configuration(job: &Job, current: &Path) -> String {
    let files: Vec<String> = job.config.files.iter().rev().map(|path| shown_path(path, current)).collect();
    if files.is_empty() {
        "Configuration: none\n".into()
    } else {
        format!("Configuration: {}\n", files.join(", "))
    }
}

/// What each path that was named holds, and how the locales were told.
fn trees(job: &Job, args: &CheckArgs, current: &Path) -> String {
    let mut text = String::new();
    for layout in &job.config.layout {
        let origin = &layout.origin;
        text += &format!("Layout: {} ({}:{})\n", layout.value.written, origin.file, origin.line);
    }
    for path in &args.paths {
        let root = dunce::canonicalize(path).unwrap_or_else(|_| path.clone());
        let (mut articles, mut locales, mut origins) = (0, BTreeSet::new(), BTreeMap::<String, usize>::new());
        for article in &job.plan.articles {
            let here = || article.documents.iter().filter(|document| document.path.starts_with(&root));
            articles += usize::from(here().next().is_some());
            for document in here() {
                locales.insert(document.locale.to_string());
                *origins.entry(document.origin.to_string()).or_default() += 1;
            }
        }
        let told: Vec<String> = origins.iter().map(|(origin, n)| format!("{n} by {origin}")).collect();
        let shown = shown_path(&root, current);
        text += &format!(
            "Tree: {}: articles: {articles}; documents by what tells the locale: {}; locales: {}\n",
            if shown.is_empty() { "." } else { &shown },
            listed(&told),
            listed(&locales.into_iter().collect::<Vec<_>>()),
        );
    }
    text
}

/// The rules that do not run, by the reason.
fn left_out(job: &Job, args: &CheckArgs, rules: &[Rule]) -> String {
    let running: BTreeSet<&str> = job.rules.rules.iter().map(|active| active.rule.info.id.as_ref()).collect();
    let mut reasons: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for rule in rules.iter().filter(|rule| !running.contains(rule.info.id.as_ref())) {
        reasons.entry(reason(rule, job, args)).or_default().push(&rule.info.id);
    }
    let mut text = format!("Rules: {} of {} run\n", running.len(), rules.len());
    for (reason, out) in reasons {
        text += &format!("Rules left out, {reason}: {}\n", by_category(&out, rules).join(", "));
    }
    let source = args.source.is_some() || job.config.source.is_some();
    for (there, category, why) in [
        (source, "provenance", "no English tree is named"),
        (job.with.contains("glossary"), "terminology", "no glossary is named"),
    ] {
        if !there && job.rules.rules.iter().any(|active| active.rule.info.category() == category) {
            text += &format!("Rules with nothing to go by, since {why}: {category}\n");
        }
    }
    text
}

/// The ids, but for a category of which all rules are there its name.
fn by_category<'a>(ids: &[&'a str], all: &'a [Rule]) -> Vec<&'a str> {
    let size = |category: &str| all.iter().filter(|rule| rule.info.category() == category).count();
    let category = |id: &'a str| id.split('/').next().unwrap_or(id);
    let mut names: Vec<&str> = Vec::new();
    for id in ids {
        let category = category(id);
        let out = ids.iter().filter(|other| other.split('/').next() == Some(category)).count();
        let name = if out > 1 && out == size(category) { category } else { id };
        if names.last() != Some(&name) {
            names.push(name);
        }
    }
    names
}

fn reason(rule: &Rule, job: &Job, args: &CheckArgs) -> String {
    let info = &rule.info;
    let named = |names: &[String]| names.iter().any(|name| *name == info.id || name == info.category());
    if named(&args.ignore) {
        return "by \"--ignore\"".into();
    }
    if !args.select.is_empty() && !named(&args.select) {
        return "by \"--select\"".into();
    }
    let own = job.config.rules.iter().filter(|setting| setting.scope.is_none());
    match config::severity(own, info).map(|(severity, setting)| (severity, &setting.origin)) {
        Some((None, origin)) => format!("off in {}:{}", origin.file, origin.line),
        _ if info.severity.is_none() => "off unless configured or selected".into(),
        // What is not needed in a part of the locales may be needed in all.
        _ => "since not all findings are asked for".into(),
    }
}

fn listed(items: &[String]) -> String {
    if items.is_empty() { "none".into() } else { items.join(", ") }
}
