mod check;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use rules::OwnRules;

pub(super) use check::{CheckArgs, FailOn, Sureness};

use super::baseline::BaselineArgs;
use super::lsp::LspArgs;
use super::manual::{CompletionsArgs, ManArgs};
use super::report::ReportArgs;
use super::values;
use crate::files::Limits;

/// Finds what is wrong with translated documentation: broken bilingual markup, ids and hashes that
/// disagree, front matter that does not add up, and damaged translations.
#[derive(Debug, Parser)]
#[command(name = "loclint", bin_name = "loclint", version, max_term_width = 100)]
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

/// How much is read, and by how many threads.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Bounds {
    /// Do not read files larger than this, in bytes, or as in 500k, 10m or 1g; they are named and the
    /// exit code is 2
    #[arg(long, value_name = "BYTES", value_parser = values::bytes, allow_negative_numbers = true,
          default_value_t = Limits::default().max_bytes)]
    pub(super) max_file_size: u64,

    /// Threads to use [default: one per core]
    #[arg(short = 'j', long, value_name = "N", value_parser = values::threads, allow_negative_numbers = true)]
    pub(super) threads: Option<NonZeroUsize>,
}

impl Bounds {
    /// What is read of files.
    pub(super) fn limits(self) -> Limits {
        Limits { max_bytes: self.max_file_size }
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

    /// Read only these locales; "de" stands for de-DE and de-AT too
    #[arg(long, value_name = "LOCALE", value_delimiter = ',')]
    pub(super) locale: Vec<String>,

    /// Leave out what the English text has in fewer places
    #[arg(long, value_name = "N", value_parser = values::small_count, allow_negative_numbers = true,
          default_value_t = 5)]
    pub(super) min_count: u32,

    /// Propose at most this many names, and as many terms with translations
    #[arg(long, value_name = "N", value_parser = values::count, allow_negative_numbers = true,
          default_value_t = 100)]
    pub(super) max_terms: usize,

    #[command(flatten)]
    pub(super) file: ConfigFile,

    /// How the proposals are written to stdout
    #[arg(long, value_enum, default_value_t = TermsFormat::Yaml)]
    pub(super) format: TermsFormat,

    #[command(flatten)]
    pub(super) bounds: Bounds,

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

    /// The same, as other commands have it
    #[arg(long, value_name = "FILE", hide = true)]
    pub(super) pack: Vec<PathBuf>,

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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` or `CLICOLOR=0` is set; `FORCE_COLOR` or `CLICOLOR_FORCE` turn it on.
    Auto,
    /// Even where it is redirected.
    Always,
    /// Not at all.
    Never,
}
