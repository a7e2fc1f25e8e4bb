//! `loclint config`, `loclint schema` and `loclint init`, and finding the configuration of a run.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::rules::declarative::Pack;
use ::rules::{OwnRules, Rule, Settings};

use super::args::{ConfigArgs, ConfigFile, InitArgs, SchemaArgs, SchemaOf};
use super::error::CliError;
use super::{job, terminal};
use crate::config::{self, Config, ConfigError, NAMES, Origin};
use crate::discover::{DiscoverError, Plan, Trees, discover};
use crate::files::{Files, shown_path};
use crate::packs;

/// The configuration of a run over `paths`: the one that is named, or the one nearest to the first path. It can speak
/// of the rules of `packs`, those of the arguments, besides those of its own.
pub(super) fn find_and_load(
    file: &ConfigFile,
    paths: &[PathBuf],
    packs: &[PathBuf],
    current: &Path,
) -> Result<Config, CliError> {
    let Some(path) = find(file, paths, current)? else { return Ok(Config::default()) };
    let rules = all_rules(packs::load_all(packs, current)?, &file.own)?;
    let infos: Vec<_> = rules.iter().map(|rule| &rule.info).collect();
    Ok(config::load(&path, current, &infos)?)
}

/// The file of that configuration.
pub(super) fn find(
    file: &ConfigFile,
    paths: &[PathBuf],
    current: &Path,
) -> Result<Option<PathBuf>, ConfigError> {
    match &file.config {
        Some(named) => Ok(Some(named.clone())),
        None if file.no_config => Ok(None),
        None => nearest(paths, current),
    }
}

fn nearest(paths: &[PathBuf], current: &Path) -> Result<Option<PathBuf>, ConfigError> {
    // A buffer can be of a file that is not there yet.
    let first =
        paths.first().and_then(|path| path.ancestors().find_map(|path| dunce::canonicalize(path).ok()));
    let first = first.unwrap_or_else(|| current.to_path_buf());
    let folder = if first.is_dir() { Some(first.as_path()) } else { first.parent() };
    folder.map_or(Ok(None), config::find)
}

/// Whether a run over `paths` sees all that an entry of the configuration can be about: the entry stands in the
/// configuration itself, not in one that other trees may extend too, and the folder of that is checked.
pub(super) fn sees_all(config: &Config, paths: &[PathBuf], origin: &Origin) -> bool {
    let Some(own) = config.files.last() else { return false };
    let mut roots = paths.iter().filter_map(|path| dunce::canonicalize(path).ok());
    origin.file == shown_path(own, &job::current_folder()) && roots.any(|root| own.starts_with(root))
}

/// Glossaries and packs, which lie in the tree without being a part of it; those of the arguments are `named`.
pub(super) fn own_files(config: &Config, named: [&Vec<PathBuf>; 2]) -> BTreeSet<PathBuf> {
    let all = glossaries_and_packs(config).chain(named.into_iter().flatten().cloned());
    all.filter_map(|path| dunce::canonicalize(path).ok()).collect()
}

/// The files that a configuration is made of, and those that it has read: glossaries, packs, the baseline.
pub(super) fn files_of(config: &Config) -> impl Iterator<Item = PathBuf> {
    let baseline = config.baseline.iter().map(|own| own.value.clone());
    config.files.iter().cloned().chain(glossaries_and_packs(config)).chain(baseline)
}

fn glossaries_and_packs(config: &Config) -> impl Iterator<Item = PathBuf> {
    let glossaries = config.glossary.iter().map(|own| own.value.clone());
    glossaries.chain(config.packs.iter().map(|own| PathBuf::from(&own.value.name)))
}

/// The rules that come with loclint, those of packs, and those of the program.
pub(super) fn all_rules(packs: Vec<Arc<Pack>>, own: &OwnRules) -> Result<Vec<Rule>, CliError> {
    Ok(rules::all(&Settings { packs, own: own.clone(), ..Settings::default() })?)
}

/// What a configuration says about trees.
pub(super) fn trees(config: &Config) -> Trees {
    let matchers = |lists: &[config::Sourced<config::Patterns>]| {
        lists.iter().map(|list| list.value.matcher.clone()).collect()
    };
    let named = |name: &str, lists: &[config::Sourced<config::Patterns>]| -> Vec<String> {
        let place = |Origin { file, line }: &Origin| format!("\"{name}\" ({file}:{line})");
        lists.iter().map(|list| place(&list.origin)).collect()
    };
    Trees {
        patterns_of: [named("include", &config.include), named("exclude", &config.exclude)].concat(),
        include: matchers(&config.include),
        exclude: matchers(&config.exclude),
        layout: config.layout.iter().map(|layout| layout.value.clone()).collect(),
    }
}

/// `loclint config`.
pub(super) fn show(args: &ConfigArgs) -> Result<(), CliError> {
    let current = job::current_folder();
    let no_such_path = |error: io::Error| DiscoverError::NoSuchPath(args.path.clone(), error.to_string());
    args.path.metadata().map_err(no_such_path)?;
    let config = find_and_load(&args.file, std::slice::from_ref(&args.path), &[], &current)?;
    let rules = all_rules(super::packs::of_run(&config, &[], &current)?, &args.file.own)?;
    let infos: Vec<_> = rules.iter().map(|rule| &rule.info).collect();
    let mut out = terminal::stdout(args.color);
    let written = config::show(&config, &infos, &|path| shown_path(path, &current), &mut out);
    terminal::finish(written, &mut out)
}

/// `loclint schema`.
pub(super) fn schema(args: &SchemaArgs) -> Result<(), CliError> {
    let schema = match args.of {
        SchemaOf::Config => {
            let rules = all_rules(Vec::new(), &args.own)?;
            let infos: Vec<_> = rules.iter().map(|rule| &rule.info).collect();
            config::schema(&infos)
        }
        SchemaOf::Pack => packs::schema(),
    };
    let mut out = terminal::stdout(args.color);
    let written =
        serde_json::to_writer_pretty(&mut out, &schema).map_err(io::Error::from).and_then(|()| writeln!(out));
    terminal::finish(written, &mut out)
}

/// `loclint init`.
pub(super) fn init(args: &InitArgs) -> Result<(), CliError> {
    let unwritable = |path: &Path, error: &io::Error| {
        CliError::Config(ConfigError::Unwritable { path: path.into(), reason: error.to_string() })
    };
    let folder = dunce::canonicalize(&args.path).map_err(|error| unwritable(&args.path, &error))?;
    if let Some(there) = NAMES.iter().map(|name| folder.join(name)).find(|path| path.exists()) {
        return Err(ConfigError::Exists(there).into());
    }
    let plan = discover(std::slice::from_ref(&args.path), &Trees::default(), 0, &Files::default())?;
    let text = config::draft(&plan, &folder, english_beside(&plan, &folder).as_deref());
    if args.dry_run {
        let mut out = terminal::stdout(args.color);
        let written = out.write_all(text.as_bytes());
        return terminal::finish(written, &mut out);
    }
    let path = folder.join(NAMES[0]);
    // Made anew, so that nobody's file is written over.
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .map_err(|error| unwritable(&path, &error))?;
    let written = file.write_all(text.as_bytes());
    written.map_err(|error| {
        let _ = fs::remove_file(&path);
        unwritable(&path, &error)
    })?;
    let _ = writeln!(io::stderr(), "wrote \"{}\"", shown_path(&path, &job::current_folder()));
    Ok(())
}

/// A folder `en-us` beside the folders of the locales: the English articles.
fn english_beside(plan: &Plan, folder: &Path) -> Option<String> {
    let first = plan.documents().find(|document| document.path.starts_with(folder))?;
    let tree = Path::new(first.tree_path.as_deref()?);
    // The folder of the locale, and the one that holds it.
    let locales = first.path.ancestors().nth(tree.components().count() + 1)?;
    let names = ["en-us", "en-US", "en"].iter().map(|name| locales.join(name));
    let english = names.into_iter().find(|path| path.is_dir())?;
    let below = english.strip_prefix(folder).ok()?;
    Some(below.iter().map(|name| name.to_string_lossy()).collect::<Vec<_>>().join("/"))
}
