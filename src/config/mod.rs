//! The configuration: `loclint.yml`.

mod error;
mod init;
mod keys;
mod load;
mod read;
mod schema;
mod show;
mod suppress;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bitext::Locale;
use ignore::gitignore::Gitignore;
use rules::declarative::Pack;
use rules::{Confidence, OptionValue, RuleInfo, Severity};

pub use error::ConfigError;
pub use init::draft;
pub use load::{NAMES, find, load};
pub use rules::reader::{Origin, Refused, Sourced};
pub use schema::schema;
pub use show::write as show;

use crate::discover::{self, Pattern, SiblingTree};
use crate::suppression::ConfigSuppression;

/// What the configuration files of a run come to.
#[derive(Debug, Default)]
pub struct Config {
    /// The files, each after those that it extends.
    pub files: Vec<PathBuf>,
    /// What to check; everything if there is none.
    pub include: Vec<Sourced<Patterns>>,
    /// What to leave out.
    pub exclude: Vec<Sourced<Patterns>>,
    /// How paths tell article and locale.
    pub layout: Vec<Sourced<Pattern>>,
    /// The English source.
    pub source: Option<Sourced<SourceSetting>>,
    /// Trees with the same articles in other locales.
    pub siblings: Vec<Sourced<SiblingTree>>,
    /// Glossaries.
    pub glossary: Vec<Sourced<PathBuf>>,
    /// Whether the names that come with loclint are used.
    pub default_glossary: Option<Sourced<bool>>,
    /// The file of known findings.
    pub baseline: Option<Sourced<PathBuf>>,
    /// Rules of the user's own.
    pub packs: Vec<Sourced<Arc<Pack>>>,
    /// How sure a finding has to be.
    pub min_confidence: Option<Sourced<Confidence>>,
    /// The gate; `None` inside for "never".
    pub fail_on: Option<Sourced<Option<Severity>>>,
    /// The gate for the number of warnings.
    pub max_warnings: Option<Sourced<usize>>,
    /// The gate for the quality score of a locale, from 0 to 100.
    pub min_score: Option<Sourced<f64>>,
    /// Settings of rules, in the order in which they count: the last that fits wins.
    pub rules: Vec<RuleSetting>,
    /// Findings that are accepted, those of the files that are extended first.
    pub suppress: Vec<Sourced<ConfigSuppression>>,
}

/// Patterns as in `.gitignore`, relative to the folder of the file that has them.
#[derive(Clone, Debug)]
pub struct Patterns {
    /// As they are written.
    pub written: Vec<String>,
    /// Ready to match.
    pub matcher: Gitignore,
}

/// The English source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSetting {
    /// The folder or repository.
    pub path: PathBuf,
    /// The folder in it that holds the articles.
    pub folder: Option<String>,
    /// What counts as its newest version.
    pub reference: Option<String>,
}

/// What a file says about a rule or a category.
#[derive(Clone, Debug)]
pub struct RuleSetting {
    /// The id of a rule, or a category.
    pub name: String,
    /// The severity, `Some(None)` for off; `None` where only options are set.
    pub severity: Option<Option<Severity>>,
    /// Options of the rule.
    pub options: BTreeMap<String, OptionValue>,
    /// Where it holds; everywhere if there is none.
    pub scope: Option<Arc<Scope>>,
    /// The place of the setting.
    pub origin: Origin,
}

/// The documents that an override is about.
#[derive(Debug)]
pub struct Scope {
    /// `None` for all paths.
    pub paths: Option<Patterns>,
    /// Empty for all locales.
    pub locales: Vec<Locale>,
}

impl Patterns {
    /// Whether one of the patterns names the file, or a folder that it lies in; `path` is absolute.
    pub fn name(&self, path: &Path) -> bool {
        discover::name(&self.matcher, path)
    }
}

impl Scope {
    /// Whether the override is about a document; `path` is absolute.
    pub fn covers(&self, path: &Path, locale: &Locale) -> bool {
        self.paths.as_ref().is_none_or(|patterns| patterns.name(path))
            && (self.locales.is_empty() || self.locales.iter().any(|named| named.means(locale)))
    }
}

impl RuleSetting {
    /// Whether the setting is about a rule.
    pub fn is_about(&self, rule: &str) -> bool {
        self.name == rule || rule.split('/').next() == Some(&self.name)
    }

    /// The severity that a rule has by this setting, where it had `before` without it; `None` if the setting says nothing of
    /// that. A rule that is off by default is switched on by its name: what is said of its category is said of rules that run.
    pub fn severity_of(&self, rule: &RuleInfo, before: Option<Severity>) -> Option<Option<Severity>> {
        let by_category = self.name != rule.id;
        let stays_off = by_category && rule.severity.is_none() && before.is_none();
        self.severity.filter(|_| self.is_about(&rule.id) && !stays_off)
    }
}

/// The severity that settings give a rule, one after the other, and the last that says so.
pub fn severity<'s>(
    settings: impl Iterator<Item = &'s RuleSetting>,
    rule: &RuleInfo,
) -> Option<(Option<Severity>, &'s RuleSetting)> {
    settings.fold(None, |said, setting| {
        let before = said.map_or(rule.severity, |(severity, _)| severity);
        setting.severity_of(rule, before).map(|severity| (severity, setting)).or(said)
    })
}
