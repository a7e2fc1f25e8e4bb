//! `loclint rules`, `loclint rules test` and `loclint explain`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use ::rules::Rule;
use ::rules::declarative::{Pack, run_examples};

use super::args::{ConfigFile, ExplainArgs, RulesAction, RulesArgs, RulesFormat, TestArgs};
use super::error::CliError;
use super::{configure, job, select, terminal};
use crate::config::Config;
use crate::packs::{self, PackError};
use crate::report;

/// The packs of a run: those of the configuration, then those of the arguments.
pub(super) fn of_run(config: &Config, named: &[PathBuf], current: &Path) -> Result<Vec<Arc<Pack>>, CliError> {
    let mut all = Vec::new();
    packs::add(&mut all, config.packs.iter().map(|pack| pack.value.clone()))?;
    packs::add(&mut all, packs::load_all(named, current)?)?;
    Ok(all)
}

/// All rules that the folder, or the arguments, know of.
fn rules(file: &ConfigFile, named: &[PathBuf]) -> Result<Vec<Rule>, CliError> {
    let current = job::current_folder();
    let config = configure::find_and_load(file, &[], named, &current)?;
    let packs = of_run(&config, named, &current)?;
    configure::all_rules(packs, &file.own)
}

/// `loclint rules`.
pub(super) fn list(args: &RulesArgs) -> Result<ExitCode, CliError> {
    if let Some(RulesAction::Test(args)) = &args.action {
        return test(args);
    }
    let rules = rules(&args.file, &args.pack)?;
    let infos: Vec<_> = rules.iter().map(|rule| &rule.info).collect();
    let mut out = terminal::stdout(args.color);
    let written = match args.format {
        RulesFormat::Table => report::rules_table(&infos, terminal::width(), &mut out),
        RulesFormat::Json => report::rules_json(&infos, &mut out),
    };
    terminal::finish(written, &mut out)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the page of a rule, or the rules of a category.
pub(super) fn explain(args: &ExplainArgs) -> Result<(), CliError> {
    let rules = rules(&args.file, &args.pack)?;
    let name = &args.rule;
    let mut out = terminal::stdout(args.color);
    let written = match rules.iter().find(|rule| rule.info.id == *name) {
        Some(rule) => report::explain(&rule.info, terminal::width(), &mut out),
        None => {
            let category: Vec<_> =
                rules.iter().map(|rule| &rule.info).filter(|info| info.category() == name).collect();
            if category.is_empty() {
                return Err(select::unknown_rule(name, &rules));
            }
            report::rules_table(&category, terminal::width(), &mut out)
        }
    };
    terminal::finish(written, &mut out)
}

/// Runs the examples of packs: 1 if one fails.
fn test(args: &TestArgs) -> Result<ExitCode, CliError> {
    let current = job::current_folder();
    let named = [&args.files[..], &args.pack].concat();
    let packs = if named.is_empty() {
        let config = configure::find_and_load(&args.file, &[], &[], &current)?;
        of_run(&config, &[], &current)?
    } else {
        packs::load_all(&named, &current)?
    };
    if packs.is_empty() {
        return Err(CliError::NoPacks);
    }
    let (mut rules, mut examples, mut failures, mut untested) = (0, 0, Vec::new(), Vec::new());
    for rule in packs.iter().flat_map(|pack| &pack.rules) {
        rules += 1;
        examples += rule.examples.len();
        failures.extend(run_examples(rule));
        if rule.examples.is_empty() {
            untested.push(format!(
                "{}:{}: warning: {} has no examples",
                rule.origin.file, rule.origin.line, rule.id
            ));
        }
    }
    let mut out = terminal::stdout(args.color);
    let written = failures.iter().try_for_each(|failure| writeln!(out, "{failure}\n"));
    terminal::finish(written, &mut out)?;
    for line in untested {
        let _ = writeln!(io::stderr(), "{line}");
    }
    let count = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    let _ = writeln!(
        io::stderr(),
        "Tested {} of {}: {} failed",
        count(examples, "example"),
        count(rules, "rule"),
        failures.len()
    );
    Ok(ExitCode::from(u8::from(!failures.is_empty())))
}

impl From<PackError> for CliError {
    fn from(error: PackError) -> Self {
        Self::Pack(error)
    }
}
