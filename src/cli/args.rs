use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use rules::{Confidence, OwnRules};

use super::baseline::BaselineArgs;
use super::fix::FixArgs;
use super::hook::HookArgs;
use super::html::HtmlArgs;
use super::lsp::LspArgs;
use super::manual::{CompletionsArgs, ManArgs};
use super::report::ReportArgs;
use super::scope::ScopeArgs;
use super::select::Output;
use super::verbose::Verbosity;
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
    /// Write down the findings that there are, so that "check --baseline" reports only new ones
    Baseline(Box<BaselineArgs>),
    /// Write the findings as a page for the browser: scores, a heat map, both sides of each finding
    Report(Box<ReportArgs>),
    /// Propose a glossary: names that stay as they are, and usual translations
    Terms(TermsArgs),
    /// Explain a rule: what it finds, why it matters, what to do, with examples
    Explain(ExplainArgs),
    /// List the rules
    Rules(RulesArgs),
    /// Write a first configuration, made after a look at the tree
    Init(InitArgs),
    /// Show the values of the configuration that count, and where each comes from
    Config(ConfigArgs),
    /// Print the JSON Schema of the configuration, or that of packs, for editors
    Schema(SchemaArgs),
    /// Print a script that completes commands and options in a shell
    Completions(CompletionsArgs),
    /// Print the man page, or write a page for each command
    Man(ManArgs),
    /// Serve an editor: the Language Server Protocol over standard input and output
    Lsp(LspArgs),
}

impl Command {
    /// Tells a command of the rules that the program has besides those of loclint.
    pub(super) fn with(mut self, own: OwnRules) -> Self {
        match &mut self {
            Self::Check(args) => args.file.own = own,
            Self::Baseline(args) => args.what.file.own = own,
            Self::Report(args) => args.what.file.own = own,
            Self::Terms(args) => args.file.own = own,
            Self::Explain(args) => args.file.own = own,
            Self::Rules(args) => match &mut args.action {
                Some(RulesAction::Test(args)) => args.file.own = own,
                None => args.file.own = own,
            },
            Self::Config(args) => args.file.own = own,
            Self::Lsp(args) => args.file.own = own,
            Self::Schema(args) => args.own = own,
            Self::Init(_) | Self::Completions(_) | Self::Man(_) => {}
        }
        self
    }
}

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
pub(super) struct CheckArgs {
    /// Folders and files to check. A folder is the whole world of the run; a file limits what is
    /// reported
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) scope: ScopeArgs,

    /// The English source: a folder, a git work tree or a bare repository. With a repository, source
    /// hashes and commits are verified, and what changed in English since is shown
    #[arg(long, value_name = "PATH")]
    pub(super) source: Option<PathBuf>,

    /// The folder in the source that holds the articles
    #[arg(long, value_name = "PATH")]
    pub(super) source_path: Option<String>,

    /// The branch, tag or commit of the source that counts as its newest version [default: HEAD]
    #[arg(long, value_name = "REF")]
    pub(super) source_ref: Option<String>,

    /// Trees beside this one that hold the same articles in other locales, read for comparison:
    /// folders, or git repositories at a ref
    #[arg(long, value_name = "PATH[@REF]", num_args = 1.., value_parser = SiblingTree::from_argument)]
    pub(super) siblings: Vec<SiblingTree>,

    /// A glossary: terms with their translations and names that are not translated, as YAML, CSV or
    /// TBX; can be given several times
    #[arg(long, value_name = "FILE")]
    pub(super) glossary: Vec<PathBuf>,

    /// Leave out the names of products and technologies that come with loclint
    #[arg(long)]
    pub(super) no_default_glossary: bool,

    /// Rules of your own: a YAML file, or the name of a pack that comes with loclint; can be given
    /// several times
    #[arg(long, value_name = "FILE")]
    pub(super) pack: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) file: ConfigFile,

    /// How findings are written to stdout
    #[arg(long, value_enum, default_value_t = Format::Full)]
    pub(super) format: Format,

    /// Write the findings to a file too; can be given several times. Without FORMAT, the one of
    /// --format
    #[arg(short, long, value_name = "[FORMAT=]FILE", value_parser = Output::parse)]
    pub(super) output: Vec<Output>,

    #[command(flatten)]
    pub(super) html: HtmlArgs,

    /// The least severity that makes the exit code 1
    /// [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(super) fail_on: Option<FailOn>,

    /// More warnings than this make the exit code 1
    #[arg(long, value_name = "N")]
    pub(super) max_warnings: Option<usize>,

    /// A locale with a quality score below this makes the exit code 1
    #[arg(long, value_name = "SCORE", value_parser = score)]
    pub(super) min_score: Option<f64>,

    /// Run only these rules or categories
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) select: Vec<String>,

    /// Do not run these rules or categories
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,

    #[command(flatten)]
    pub(super) fixes: FixArgs,

    /// Report only findings that are at least this sure. The other locales of an article count: what
    /// nearly all of them bear out is surer, what nearly all contradict is not sure [default: low]
    #[arg(long, value_enum, value_name = "CONFIDENCE")]
    pub(super) min_confidence: Option<Sureness>,

    /// Leave out the findings that are in this file, which "loclint baseline" writes: they are counted,
    /// and only new ones are reported
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,

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

    /// Print neither progress nor a summary line
    #[arg(short, long)]
    pub(super) quiet: bool,

    #[command(flatten)]
    pub(super) verbosity: Verbosity,

    #[command(flatten)]
    pub(super) hook: HookArgs,
}

impl CheckArgs {
    /// The arguments where none is given.
    pub(super) fn defaults() -> Box<Self> {
        match Cli::try_parse_from(["loclint", "check"]) {
            Ok(Cli { command: Command::Check(args) }) => args,
            _ => unreachable!("\"loclint check\" needs no argument"),
        }
    }
}

/// Which configuration counts.
#[derive(Clone, Debug, Args)]
pub(super) struct ConfigFile {
    /// The configuration [default: the nearest loclint.yml, from the first PATH up to the root of the
    /// repository]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Use no configuration
    #[arg(long, conflicts_with = "config")]
    pub(super) no_config: bool,

    /// No option: the rules of the program, which a configuration can speak of.
    #[arg(skip)]
    pub(super) own: OwnRules,
}

#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    /// Where to look for the configuration from
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) path: PathBuf,

    #[command(flatten)]
    pub(super) file: ConfigFile,

    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
}

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// What the schema is of
    #[arg(value_enum, default_value_t = SchemaOf::Config, value_name = "FILE")]
    pub(super) of: SchemaOf,

    /// No option: the rules of the program.
    #[arg(skip)]
    pub(super) own: OwnRules,

    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
}

/// What a schema can be of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// The configuration, loclint.yml.
    Config,
    /// A pack: rules of your own.
    Pack,
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The folder to look at and to write the configuration to
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) path: PathBuf,

    /// Print the configuration, write nothing
    #[arg(long)]
    pub(super) dry_run: bool,

    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
}

const TERMS_EXAMPLES: &str = "\
Examples:
  loclint terms > glossary.yml
      a draft from the tree in the current folder, to read and edit
  loclint terms --format table --max-terms 20
      the most frequent terms, with counts per locale
  loclint terms docs.pl-pl docs.cs-cz --min-count 20
      only what is frequent, from two repositories
  loclint terms --locale ja-JP --format csv > ja.csv
      what one locale does, for a spreadsheet";

#[derive(Debug, Args)]
#[command(after_help = TERMS_EXAMPLES)]
pub(super) struct TermsArgs {
    /// Folders and files to read
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<PathBuf>,

    /// Read only these locales
    #[arg(long, value_name = "LOCALE", value_delimiter = ',')]
    pub(super) locale: Vec<String>,

    /// Leave out what the English text has in fewer places
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(super) min_count: u32,

    /// Propose at most this many names, and as many terms with translations
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(super) max_terms: usize,

    #[command(flatten)]
    pub(super) file: ConfigFile,

    /// How the proposals are written to stdout
    #[arg(long, value_enum, default_value_t = TermsFormat::Yaml)]
    pub(super) format: TermsFormat,

    /// Do not read files larger than this, in bytes; they are named and the exit code is 2
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().max_bytes)]
    pub(super) max_file_size: u64,

    /// Threads to use [default: one per core]
    #[arg(short = 'j', long, value_name = "N")]
    pub(super) threads: Option<NonZeroUsize>,

    /// Print no summary line
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TermsFormat {
    /// A glossary file.
    Yaml,
    /// The same for a spreadsheet.
    Csv,
    /// Terms with their counts per locale, for the terminal.
    Table,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The rule, such as "markup/glued-hyphen", or a category, such as "markup"
    #[arg(value_name = "RULE")]
    pub(super) rule: String,

    /// A pack with rules to explain, besides those of the configuration
    #[arg(long, value_name = "FILE")]
    pub(super) pack: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) file: ConfigFile,

    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct RulesArgs {
    #[command(subcommand)]
    pub(super) action: Option<RulesAction>,

    /// A pack with rules to list, besides those of the configuration
    #[arg(long, value_name = "FILE")]
    pub(super) pack: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) file: ConfigFile,

    /// How the list is written
    #[arg(long, value_enum, default_value_t = RulesFormat::Table)]
    pub(super) format: RulesFormat,

    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
}

#[derive(Debug, Subcommand)]
pub(super) enum RulesAction {
    /// Run the examples of packs: exit code 1 if one fails
    Test(TestArgs),
}

#[derive(Debug, Args)]
pub(super) struct TestArgs {
    /// Packs: YAML files, or names of those that come with loclint [default: those of the
    /// configuration]
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) file: ConfigFile,

    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RulesFormat {
    /// What is told of a rule, with its summary below.
    Table,
    /// Everything that is known about the rules.
    Json,
}

/// Reads a quality score.
fn score(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=100.0).contains(number));
    number.ok_or_else(|| "a score is a number from 0 to 100".into())
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
