use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use rules::Confidence;

use super::fix::FixArgs;
use super::select::Output;
use crate::discover::SiblingTree;
use crate::files::Limits;
use crate::report::Format;

/// Finds what is wrong with translated documentation: broken bilingual markup, ids and hashes that
/// disagree, front matter that does not add up, and damaged translations.
#[derive(Debug, Parser)]
#[command(name = "loclint", version, max_term_width = 100)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check trees of localized articles
    Check(Box<CheckArgs>),
    /// Explain a rule: what it finds, why it matters, what to do, with examples
    Explain(ExplainArgs),
    /// List the rules
    Rules(RulesArgs),
}

const CHECK_EXAMPLES: &str = "\
Examples:
  loclint check
      check the tree in the current folder
  loclint check docs.pl-pl docs.cs-cz
      check two repositories, one locale each, against each other
  loclint check pl-pl/guide.md
      report on one file; its other locales are read for comparison
  loclint check docs.pl-pl --siblings ../docs.cs-cz ../docs.de-de
      one locale's repository, compared with two others
  loclint check --source ../docs --source-ref live
      verify hashes and commits against the English repository, and show what changed since
  loclint check --locale ja-JP --select markup
      only Japanese, only the markup rules
  loclint check --fail-on warning -o json=loclint.json
      gate on warnings too, and keep a report for other tools
  loclint check --diff
      show what the safe fixes would change
  loclint check --fix
      apply them, and report what is left
  loclint check --show-files
      show which file is which article and locale, and why

Exit codes:
  0  nothing at or above the gate (--fail-on)
  1  findings at or above the gate; with --fix what is left of them, with --diff something to change
  2  the job could not be done: a bad option, no article found, a file that cannot be read or
     written";

#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub(super) struct CheckArgs {
    /// Folders and files to check. A folder is the whole world of the run; a file limits what is
    /// reported
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<PathBuf>,

    /// The English source: a folder, a git work tree or a bare repository. With a repository, source
    /// hashes and commits are verified, and what changed in English since is shown
    #[arg(long, value_name = "PATH")]
    pub(super) source: Option<PathBuf>,

    /// The folder in the source that holds the articles
    #[arg(long, value_name = "PATH", requires = "source")]
    pub(super) source_path: Option<String>,

    /// The branch, tag or commit of the source that counts as its newest version [default: HEAD]
    #[arg(long, value_name = "REF", requires = "source")]
    pub(super) source_ref: Option<String>,

    /// Trees beside this one that hold the same articles in other locales, read for comparison:
    /// folders, or git repositories at a ref
    #[arg(long, value_name = "PATH[@REF]", num_args = 1.., value_parser = SiblingTree::from_argument)]
    pub(super) siblings: Vec<SiblingTree>,

    /// How findings are written to stdout
    #[arg(long, value_enum, default_value_t = Format::Full)]
    pub(super) format: Format,

    /// Write the findings to a file too; can be given several times. Without FORMAT, the one of
    /// --format
    #[arg(short, long, value_name = "[FORMAT=]FILE", value_parser = Output::parse)]
    pub(super) output: Vec<Output>,

    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    pub(super) fail_on: FailOn,

    /// Run only these rules or categories
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) select: Vec<String>,

    /// Do not run these rules or categories
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,

    #[command(flatten)]
    pub(super) fixes: FixArgs,

    /// Report only findings that are at least this sure. The other locales of an article count: what
    /// nearly all of them bear out is surer, what nearly all contradict is not sure
    #[arg(long, value_enum, default_value_t = Sureness::Low, value_name = "CONFIDENCE")]
    pub(super) min_confidence: Sureness,

    /// Report only on these locales; the others are read for comparison
    #[arg(long, value_name = "LOCALE", value_delimiter = ',')]
    pub(super) locale: Vec<String>,

    /// Print at most this many findings in the full format; the rest are counted
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(super) max_findings: usize,

    /// Count findings by rule and by locale, machine and human translation apart. The text formats
    /// print the counts instead of the findings, JSON has both
    #[arg(long)]
    pub(super) statistics: bool,

    /// Show which file is which article and locale, and why; check nothing
    #[arg(long)]
    pub(super) show_files: bool,

    /// Do not read files larger than this, in bytes; they are named and the exit code is 2
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().max_bytes)]
    pub(super) max_file_size: u64,

    /// Threads to use [default: one per core]
    #[arg(short = 'j', long, value_name = "N")]
    pub(super) threads: Option<NonZeroUsize>,

    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,

    /// Print no summary line
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The rule, such as "markup/glued-hyphen", or a category, such as "markup"
    #[arg(value_name = "RULE")]
    pub(super) rule: String,

    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
}

#[derive(Debug, Args)]
pub(super) struct RulesArgs {
    /// How the list is written
    #[arg(long, value_enum, default_value_t = RulesFormat::Table)]
    pub(super) format: RulesFormat,

    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RulesFormat {
    /// One line a rule.
    Table,
    /// Everything that is known about the rules.
    Json,
}

/// How sure a finding has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Sureness {
    Low,
    Medium,
    High,
}

impl From<Sureness> for Confidence {
    fn from(sureness: Sureness) -> Self {
        match sureness {
            Sureness::Low => Self::Low,
            Sureness::Medium => Self::Medium,
            Sureness::High => Self::High,
        }
    }
}

/// The gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` or `CLICOLOR=0` is set; `FORCE_COLOR` or `CLICOLOR_FORCE` turn it on.
    Auto,
    /// Even where it is redirected.
    Always,
    /// Not at all.
    Never,
}
