//! The options of `check` that say what is read and which rules run, for commands that go by its findings.

use std::path::PathBuf;

use clap::Args;

use super::args::{Bounds, CheckArgs, ConfigFile, Sureness};
use crate::discover::SiblingTree;

/// They mean what they mean for `check`.
#[derive(Debug, Args)]
pub(super) struct WhatArgs {
    /// Folders and files to check, as for "loclint check"
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<PathBuf>,

    /// The English source: a folder, a git work tree or a bare repository
    #[arg(long, value_name = "PATH")]
    pub(super) source: Option<PathBuf>,

    /// The folder in the source that holds the articles
    #[arg(long, value_name = "PATH")]
    pub(super) source_path: Option<String>,

    /// The branch, tag or commit of the source that counts as its newest version [default: HEAD]
    #[arg(long, value_name = "REF")]
    pub(super) source_ref: Option<String>,

    /// Trees beside this one that hold the same articles in other locales, read for comparison:
    /// folders, or git repositories at a ref. All that follows up to the next option is taken for them
    #[arg(long, value_name = "PATH[@REF]", num_args = 1.., value_parser = SiblingTree::from_argument)]
    pub(super) siblings: Vec<SiblingTree>,

    /// A glossary, as for "loclint check"; can be given several times
    #[arg(long, value_name = "FILE")]
    pub(super) glossary: Vec<PathBuf>,

    /// Leave out the names of products and technologies that come with loclint
    #[arg(long)]
    pub(super) no_default_glossary: bool,

    /// Rules of your own, as for "loclint check"; can be given several times
    #[arg(long, value_name = "FILE")]
    pub(super) pack: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) file: ConfigFile,

    /// Run only these rules or categories, with commas between them, also where the configuration turns
    /// them off
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) select: Vec<String>,

    /// Do not run these rules or categories, with commas between them
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,

    /// Only findings that are at least this sure [default: low]
    #[arg(long, value_enum, value_name = "CONFIDENCE")]
    pub(super) min_confidence: Option<Sureness>,

    /// Only findings in these locales, with commas between them; the others are read for comparison. "de"
    /// stands for de-DE and de-AT too
    #[arg(long, value_name = "LOCALE", value_delimiter = ',')]
    pub(super) locale: Vec<String>,

    #[command(flatten)]
    pub(super) bounds: Bounds,

    /// Print neither progress nor a summary line
    #[arg(short, long)]
    pub(super) quiet: bool,
}

impl WhatArgs {
    /// The check that they ask for.
    pub(super) fn as_check(&self) -> CheckArgs {
        CheckArgs {
            paths: self.paths.clone(),
            source: self.source.clone(),
            source_path: self.source_path.clone(),
            source_ref: self.source_ref.clone(),
            siblings: self.siblings.clone(),
            glossary: self.glossary.clone(),
            no_default_glossary: self.no_default_glossary,
            pack: self.pack.clone(),
            file: self.file.clone(),
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            min_confidence: self.min_confidence,
            locale: self.locale.clone(),
            bounds: self.bounds,
            quiet: self.quiet,
            ..*CheckArgs::defaults()
        }
    }
}
