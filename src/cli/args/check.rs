//! The arguments of `check`.

use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};

use rules::Confidence;

use super::{Bounds, Cli, Color, Command, ConfigFile};
use crate::cli::fix::FixArgs;
use crate::cli::hook::HookArgs;
use crate::cli::html::HtmlArgs;
use crate::cli::scope::ScopeArgs;
use crate::cli::select::Output;
use crate::cli::values;
use crate::cli::verbose::Verbosity;
use crate::discover::SiblingTree;
use crate::report::Format;

const CHECK_EXAMPLES: &str = "\
Examples:
  loclint check
      check the tree in the current folder
  loclint check docs.pl-pl docs.cs-cz
      check two repositories, one locale each, against each other
  loclint check pl-pl/guide.md
      report on one file; its other locales are read for comparison
  loclint check --staged
      before a commit: report on what is staged, as it is staged
  loclint check --changed --since origin/main
      report on what a branch changed
  loclint check - --stdin-filename pl-pl/guide.md
      check what an editor has not saved yet
  loclint check docs.pl-pl --siblings ../docs.cs-cz ../docs.de-de
      one locale's repository, compared with two others
  loclint check --source ../docs --source-ref live
      verify hashes and commits against the English repository, and show what changed since
  loclint check --glossary terms.yml
      check terms and names against a glossary too (YAML, CSV or TBX)
  loclint check --locale ja-JP --select markup
      only Japanese, only the markup rules
  loclint check --fail-on warning -o json=loclint.json
      gate on warnings too, and keep a report for other tools
  loclint check -o html=report.html
      keep a page for the browser
  loclint check --baseline loclint-baseline.json
      report only what the baseline does not know
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
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(in crate::cli) struct CheckArgs {
    /// Folders and files to check. A folder is the whole world of the run; a file limits what is
    /// reported
    #[arg(value_name = "PATH", default_value = ".")]
    pub(in crate::cli) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) scope: ScopeArgs,

    /// The English source: a folder, a git work tree or a bare repository. With a repository, source
    /// hashes and commits are verified, and what changed in English since is shown
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) source: Option<PathBuf>,

    /// The folder in the source that holds the articles
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) source_path: Option<String>,

    /// The branch, tag or commit of the source that counts as its newest version [default: HEAD]
    #[arg(long, value_name = "REF")]
    pub(in crate::cli) source_ref: Option<String>,

    /// Trees beside this one that hold the same articles in other locales, read for comparison:
    /// folders, or git repositories at a ref. All that follows up to the next option is taken for them
    #[arg(long, value_name = "PATH[@REF]", num_args = 1.., value_parser = SiblingTree::from_argument)]
    pub(in crate::cli) siblings: Vec<SiblingTree>,

    /// A glossary: terms with their translations and names that are not translated, as YAML, CSV or
    /// TBX; can be given several times
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) glossary: Vec<PathBuf>,

    /// Leave out the names of products and technologies that come with loclint
    #[arg(long)]
    pub(in crate::cli) no_default_glossary: bool,

    /// Rules of your own: a YAML file, or the name of a pack that comes with loclint; can be given
    /// several times
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) pack: Vec<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) file: ConfigFile,

    /// How findings are written to stdout
    #[arg(long, value_enum, default_value_t = Format::Full)]
    pub(in crate::cli) format: Format,

    /// Write the findings to a file too; can be given several times. Without FORMAT, a name in .json,
    /// .jsonl, .sarif, .html or .xml (junit) tells; any other has the one of --format
    #[arg(short, long, value_name = "[FORMAT=]FILE", value_parser = Output::parse)]
    pub(in crate::cli) output: Vec<Output>,

    #[command(flatten)]
    pub(in crate::cli) html: HtmlArgs,

    /// The least severity that makes the exit code 1; "never" leaves the gate of the configuration out
    /// altogether [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(in crate::cli) fail_on: Option<FailOn>,

    /// More warnings than this make the exit code 1
    #[arg(long, value_name = "N", value_parser = values::count, allow_negative_numbers = true)]
    pub(in crate::cli) max_warnings: Option<usize>,

    /// A locale with a quality score below this makes the exit code 1
    #[arg(long, value_name = "SCORE", value_parser = values::score, allow_negative_numbers = true)]
    pub(in crate::cli) min_score: Option<f64>,

    /// Run only these rules or categories, with commas between them, also where the configuration turns
    /// them off
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(in crate::cli) select: Vec<String>,

    /// Do not run these rules or categories, with commas between them
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(in crate::cli) ignore: Vec<String>,

    #[command(flatten)]
    pub(in crate::cli) fixes: FixArgs,

    /// Report only findings that are at least this sure. The other locales of an article count: what
    /// nearly all of them bear out is surer, what nearly all contradict is not sure [default: low]
    #[arg(long, value_enum, value_name = "CONFIDENCE")]
    pub(in crate::cli) min_confidence: Option<Sureness>,

    /// Leave out the findings that are in this file, which "loclint baseline" writes: they are counted,
    /// and only new ones are reported
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) baseline: Option<PathBuf>,

    /// Report what the baseline of the configuration knows, too
    #[arg(long, conflicts_with = "baseline")]
    pub(in crate::cli) no_baseline: bool,

    /// Report only on these locales, with commas between them; the others are read for comparison. "de"
    /// stands for de-DE and de-AT too
    #[arg(long, value_name = "LOCALE", value_delimiter = ',')]
    pub(in crate::cli) locale: Vec<String>,

    /// Print at most this many findings in the full format; the rest are counted
    #[arg(long, value_name = "N", value_parser = values::count, allow_negative_numbers = true,
          default_value_t = 100)]
    pub(in crate::cli) max_findings: usize,

    /// Count findings by rule and by locale, machine and human translation apart. The text formats
    /// print the counts instead of the findings, JSON has both
    #[arg(long)]
    pub(in crate::cli) statistics: bool,

    /// Show which file is which article and locale, and why; check nothing
    #[arg(long, conflicts_with_all = ["output", "statistics"])]
    pub(in crate::cli) show_files: bool,

    #[command(flatten)]
    pub(in crate::cli) bounds: Bounds,

    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(in crate::cli) color: Color,

    /// Print neither progress nor a summary line
    #[arg(short, long)]
    pub(in crate::cli) quiet: bool,

    #[command(flatten)]
    pub(in crate::cli) verbosity: Verbosity,

    #[command(flatten)]
    pub(in crate::cli) hook: HookArgs,
}

impl CheckArgs {
    /// The arguments where none is given.
    pub(in crate::cli) fn defaults() -> Box<Self> {
        match Cli::try_parse_from(["loclint", "check"]) {
            Ok(Cli { command: Command::Check(args) }) => args,
            _ => unreachable!("\"loclint check\" needs no argument"),
        }
    }
}

/// How sure a finding has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Sureness {
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
pub(in crate::cli) enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}
