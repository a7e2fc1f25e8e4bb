//! `loclint lsp`: what the language server asks is answered as `loclint check` answers it.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use clap::Args;

use super::args::{CheckArgs, ConfigFile};
use super::configure;
use super::error::CliError;
use super::job::{Job, current_folder};
use super::scope::Scope;
use crate::baseline::Baseline;
use crate::config::ConfigError;
use crate::discover::{Listing, Plan};
use crate::engine::Outcome;
use crate::files::Files;
use crate::fix::Fixing;
use crate::lsp::{self, Checked, Checker, Question, Trouble};
use crate::source::Source;

const NOTES: &str = "\
An editor starts it; docs/editors.md says how. Open documents are checked as they are in the editor,
with the configuration nearest to each, and their other locales are read from disk.

Exit codes:
  0  the editor asked it to end
  1  the editor went away";

#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct LspArgs {
    #[command(flatten)]
    pub(super) file: ConfigFile,

    /// Speak over standard input and output, as it does anyway; some editors say so
    #[arg(long = "stdio")]
    _stdio: bool,
}

/// `loclint lsp`.
pub(super) fn run(args: &LspArgs) -> ExitCode {
    let mut check = CheckArgs::defaults();
    check.file = args.file.clone();
    // The current folder will be another.
    let named = check.file.config.take();
    check.file.config = named.map(|path| std::path::absolute(&path).unwrap_or(path));
    let mut sessions = Sessions { args: *check, by_config: BTreeMap::new() };
    ExitCode::from(u8::from(!lsp::serve(&mut sessions)))
}

/// What is known of each configuration: reading it and making the rules takes longer than a check.
struct Sessions {
    args: CheckArgs,
    by_config: BTreeMap<Option<PathBuf>, Session>,
}

struct Session {
    job: Job,
    baseline: Option<Baseline>,
    /// The files that it was made of, as they were then.
    stamps: Vec<(PathBuf, Stamp)>,
    prepared: BTreeMap<PathBuf, Prepared>,
}

/// When a file was written and how long it is; `None` if it is not there.
type Stamp = Option<(SystemTime, u64)>;

/// What takes long to find out about a document: other trees are walked, and git is asked.
struct Prepared {
    plan: Plan,
    source: Option<Source>,
    files: Files,
}

impl Checker for Sessions {
    fn check(&mut self, question: &Question<'_>) -> Result<Checked, Trouble> {
        let (outcome, baseline, reads) = self.run(question, None)?;
        let mut findings = outcome.findings;
        if let Some(baseline) = baseline {
            baseline.take_out(&mut findings);
        }
        findings.retain(|finding| finding.path == question.path);
        Ok(Checked { findings, reads })
    }

    fn fixed(&mut self, question: &Question<'_>) -> Result<Option<String>, Trouble> {
        let fixing = Fixing { unsafe_too: false, write: true };
        let (outcome, ..) = self.run(question, Some(fixing))?;
        Ok(outcome.fixed.and_then(|mut fixed| fixed.files.remove(question.path)?.text))
    }

    fn refresh(&mut self) {
        for session in self.by_config.values_mut() {
            session.prepared.clear();
        }
    }

    fn forget(&mut self) {
        self.by_config.clear();
    }
}

impl Sessions {
    fn run(
        &mut self,
        question: &Question<'_>,
        fixing: Option<Fixing>,
    ) -> Result<(Outcome, Option<&Baseline>, BTreeSet<PathBuf>), Trouble> {
        // Messages and the tops of trees go by the current folder: the one in which somebody would run the check.
        if env::current_dir().ok().as_deref() != Some(question.folder) {
            let _ = env::set_current_dir(question.folder);
        }
        self.session(question).map_err(|error| trouble(&error))?.run_baselined(question, fixing)
    }

    /// What is known of the configuration of a document. One that has changed is read anew.
    fn session(&mut self, question: &Question<'_>) -> Result<Running<'_>, CliError> {
        let paths = [question.path.to_path_buf()];
        let config = configure::find(&self.args.file, &paths, &current_folder())?;
        let args = &self.args;
        if self.by_config.get(&config).is_none_or(Session::is_stale) {
            self.by_config.remove(&config);
            let session = Session::new(args, &paths)?;
            self.by_config.insert(config.clone(), session);
        }
        let lost = || CliError::Internal("no session".into());
        Ok(Running { args, session: self.by_config.get_mut(&config).ok_or_else(lost)? })
    }
}

/// A session with the arguments of its checks.
struct Running<'a> {
    args: &'a CheckArgs,
    session: &'a mut Session,
}

impl<'a> Running<'a> {
    fn run_baselined(
        self,
        question: &Question<'_>,
        fixing: Option<Fixing>,
    ) -> Result<(Outcome, Option<&'a Baseline>, BTreeSet<PathBuf>), Trouble> {
        let (outcome, reads) =
            self.session.run(self.args, question, fixing).map_err(|error| trouble(&error))?;
        Ok((outcome, self.session.baseline.as_ref(), reads))
    }
}

impl Session {
    fn new(args: &CheckArgs, paths: &[PathBuf]) -> Result<Self, CliError> {
        let job = Job::prepare(args, paths)?;
        let baseline = job.known(args)?.map(|known| known.baseline);
        let stamps = configure::files_of(&job.config).filter_map(|path| std::path::absolute(path).ok());
        let stamps = stamps.map(|path| (path.clone(), stamp(&path))).collect();
        Ok(Self { job, baseline, stamps, prepared: BTreeMap::new() })
    }

    fn is_stale(&self) -> bool {
        self.stamps.iter().any(|(path, then)| stamp(path) != *then)
    }

    /// Checks a document, and says which ones were read for that.
    fn run(
        &mut self,
        args: &CheckArgs,
        question: &Question<'_>,
        fixing: Option<Fixing>,
    ) -> Result<(Outcome, BTreeSet<PathBuf>), CliError> {
        let job = &mut self.job;
        let is_slow = job.config.source.is_some() || !job.config.siblings.is_empty();
        let open = |files: &mut Files| {
            for (path, bytes) in question.open {
                files.set_buffer(path.clone(), bytes.clone());
            }
        };
        let source = if let Some(prepared) = self.prepared.remove(question.path) {
            (job.plan, job.files) = (prepared.plan, prepared.files);
            open(&mut job.files);
            prepared.source
        } else {
            job.files = Files::new(args.bounds.limits());
            open(&mut job.files);
            let listing = Listing { name: "open", files: vec![question.path.to_path_buf()] };
            job.find(Scope::Listed(listing), &[], args)?;
            job.open_source(args)?
        };
        let outcome = job.check(source.as_ref(), fixing)?;
        let reads = job.plan.documents().map(|document| document.path.clone()).collect();
        if is_slow {
            let (plan, mut files) = (std::mem::take(&mut job.plan), std::mem::take(&mut job.files));
            question.open.keys().for_each(|path| files.remove_buffer(path));
            self.prepared.insert(question.path.to_path_buf(), Prepared { plan, source, files });
        }
        Ok((outcome, reads))
    }
}

fn stamp(path: &Path) -> Stamp {
    let metadata = path.metadata().ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// An error as an editor shows it: with its place, if it has one.
fn trouble(error: &CliError) -> Trouble {
    let place = match error {
        CliError::Config(ConfigError::Refused(refused)) => Some(lsp::Refused {
            path: current_folder().join(&refused.file),
            line: refused.line,
            column: refused.column,
            characters: refused.len,
            message: refused.message.clone(),
        }),
        _ => None,
    };
    Trouble { message: error.to_string(), place }
}
