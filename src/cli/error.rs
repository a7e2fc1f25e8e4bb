use std::fmt;
use std::io;
use std::path::PathBuf;

use rules::OptionError;

use super::scope::ScopeError;
use crate::baseline::BaselineError;
use crate::config::{ConfigError, Origin};
use crate::discover::DiscoverError;
use crate::glossary::GlossaryFileError;
use crate::packs::PackError;
use crate::source::SourceError;

/// Why the job could not be done.
#[derive(Debug)]
pub(super) enum CliError {
    /// Nothing to check.
    Discover(DiscoverError),
    /// It cannot be found out what to report on.
    Scope(ScopeError),
    /// The configuration cannot be used.
    Config(ConfigError),
    /// What the configuration names at this place cannot be used.
    Configured(Origin, Box<CliError>),
    /// The English tree cannot be used.
    Source(SourceError),
    /// The baseline cannot be used.
    Baseline(BaselineError),
    /// Arguments about a source, but no source.
    NoSource,
    /// A glossary cannot be used.
    Glossary(GlossaryFileError),
    /// A pack cannot be used.
    Pack(PackError),
    /// `rules test` has nothing to test.
    NoPacks,
    /// Options of rules were refused.
    Options(OptionError),
    /// `--select` or `--ignore` names something that is not there.
    UnknownRule { name: String, meant: Option<String> },
    /// It names what a pack has that is not on: the message.
    PackNotOn(String),
    /// No rule is to run: by which options, and whether they leave some that are off.
    NoRules { select: bool, ignore: bool, off: bool },
    /// `--locale` is not a locale tag.
    NotALocale(String),
    /// `--locale` names a locale that the tree does not have.
    NoSuchLocale { locale: String, there: Vec<String> },
    /// Two reports go to one file.
    SameOutput(PathBuf),
    /// A report would be written over what the run reads.
    OutputIsRead(PathBuf),
    /// A format for what has none.
    NoFormat,
    /// An option about HTML, but no HTML.
    NoHtml,
    /// A report could not be written to a file.
    Write(PathBuf, io::Error),
    /// Findings could not be written to stdout.
    Stdout(io::Error),
    /// The threads could not be started.
    Threads(String),
    /// A panic outside the rules.
    Internal(String),
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Discover(error) => write!(f, "{error}"),
            Self::Scope(error) => write!(f, "{error}"),
            Self::Config(error) => write!(f, "{error}"),
            Self::Configured(Origin { file, line }, error) => {
                write!(f, "{file}:{line}: ")?;
                match &**error {
                    // It speaks of an option.
                    Self::Discover(DiscoverError::Siblings(path, reason)) => {
                        write!(f, "cannot compare with the siblings \"{}\": {reason}", path.display())
                    }
                    error => write!(f, "{error}"),
                }
            }
            Self::Source(error) => write!(f, "{error}"),
            Self::Baseline(error) => write!(f, "{error}"),
            Self::NoSource => write!(
                f,
                "\"--source-path\" and \"--source-ref\" say where in a source to look; name it with \"--source\", or \
                 in the configuration"
            ),
            Self::Glossary(error) => write!(f, "{error}"),
            Self::Pack(error) => write!(f, "{error}"),
            Self::NoPacks => write!(
                f,
                "there is no pack to test; name a file, or have one in the configuration (\"packs: [house.yml]\")"
            ),
            Self::Options(error) => write!(f, "{error}"),
            Self::UnknownRule { name, meant: Some(meant) } => {
                write!(f, "there is no rule or category \"{name}\"; did you mean \"{meant}\"?")
            }
            Self::UnknownRule { name, meant: None } => {
                write!(f, "there is no rule or category \"{name}\"; \"loclint rules\" lists them")
            }
            Self::PackNotOn(message) => write!(f, "{message}"),
            Self::NoRules { select, ignore, off } => {
                let options = [(select, "\"--select\""), (ignore, "\"--ignore\"")];
                let named: Vec<&str> =
                    options.into_iter().filter(|(is, _)| **is).map(|(_, name)| name).collect();
                let leave = if named.len() == 1 { "leaves" } else { "leave" };
                let (left, named) = (if *ignore { leave } else { "names" }, named.join(" and "));
                match (off, named.is_empty()) {
                    (false, _) => write!(f, "{named} {leave} no rule to run"),
                    (true, true) => write!(f, "the configuration turns all rules off"),
                    (true, false) => write!(
                        f,
                        "what {named} {left} is off; a rule that is off runs where \"--select\" names it itself"
                    ),
                }
            }
            Self::NotALocale(tag) => {
                write!(f, "\"{tag}\" is not a locale; write it like \"pl-PL\", \"sr-Latn-RS\" or \"ja\"")
            }
            Self::NoSuchLocale { locale, there } => {
                write!(
                    f,
                    "no document to report on is in \"{locale}\"; the locales here are {}",
                    there.join(", ")
                )
            }
            Self::SameOutput(path) => {
                write!(f, "two reports go to \"{}\"; give each a file of its own", path.display())
            }
            Self::OutputIsRead(path) => {
                write!(f, "\"{}\" is read by this run; write the report to another file", path.display())
            }
            Self::NoFormat => {
                write!(f, "\"--show-files\" has one format only, for people; leave \"--format\" out")
            }
            Self::NoHtml => {
                write!(f, "\"--link-template\" is for HTML, and no report is; add \"-o report.html\"")
            }
            Self::Write(path, error) => write!(f, "cannot write \"{}\": {error}", path.display()),
            Self::Stdout(error) => write!(f, "cannot write to standard output: {error}"),
            Self::Internal(text) => write!(f, "this is a fault of loclint, please report it: {text}"),
            Self::Threads(reason) => write!(f, "cannot start threads: {reason}"),
        }
    }
}

impl CliError {
    /// The same about what the configuration names at a place.
    pub(super) fn at(origin: &Origin) -> impl FnOnce(Self) -> Self {
        move |error| Self::Configured(origin.clone(), Box::new(error))
    }
}

impl From<DiscoverError> for CliError {
    fn from(error: DiscoverError) -> Self {
        Self::Discover(error)
    }
}

impl From<ScopeError> for CliError {
    fn from(error: ScopeError) -> Self {
        Self::Scope(error)
    }
}

impl From<ConfigError> for CliError {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl From<SourceError> for CliError {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

impl From<GlossaryFileError> for CliError {
    fn from(error: GlossaryFileError) -> Self {
        Self::Glossary(error)
    }
}

impl From<BaselineError> for CliError {
    fn from(error: BaselineError) -> Self {
        Self::Baseline(error)
    }
}

impl From<OptionError> for CliError {
    fn from(error: OptionError) -> Self {
        Self::Options(error)
    }
}
