//! What `loclint check` fixes.

use std::borrow::Cow;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::{ArgGroup, Args};

use super::args::Color;
use super::error::CliError;
use super::gate::is_whole;
use super::{COULD_NOT, terminal};
use crate::engine::Outcome;
use crate::files::shown_path;
use crate::fix::{Fixed, Fixing};
use crate::report::{visible, write_diff};

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("fixes").args(["fix", "diff"]).multiple(true))]
pub(super) struct FixArgs {
    /// Apply the fixes that are safe, and report what is left. Files are replaced whole, by way of
    /// temporary files ".loclint-*.tmp" beside them
    #[arg(long, conflicts_with = "show_files")]
    pub(super) fix: bool,

    /// With --fix or --diff: also apply fixes that have to guess a place or a wording
    #[arg(long, requires = "fixes")]
    pub(super) unsafe_fixes: bool,

    /// Print what --fix would change, as a patch, and write nothing; the exit code is 1 if there is
    /// something
    #[arg(long, conflicts_with_all = ["format", "output", "statistics", "show_files"])]
    pub(super) diff: bool,
}

impl FixArgs {
    /// What is to be done with fixes, if anything.
    pub(super) fn fixing(&self) -> Option<Fixing> {
        (self.fix || self.diff).then_some(Fixing { unsafe_too: self.unsafe_fixes, write: !self.diff })
    }
}

/// Prints what would change.
pub(super) fn write_stdout(fixed: &Fixed, color: Color, current: &Path) -> Result<(), CliError> {
    let shown = |path: &Path| shown_path(path, current);
    if terminal::is_coloured(color) {
        let mut out = terminal::stdout(color);
        let written = write_diff(fixed, &shown, true, &mut out);
        return terminal::finish(written, &mut out);
    }
    // Not by way of a stream that drops colour: it would drop what looks like it from the documents too.
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = write_diff(fixed, &shown, false, &mut out);
    terminal::finish(written, &mut out)
}

/// Says on stderr what was not fixed, and why.
pub(super) fn complain(fixed: &Fixed, current: &Path) {
    let mut lines = Vec::new();
    for (path, obstacle) in &fixed.skipped {
        let path = shown_path(path, current);
        lines.push(format!("not fixed: \"{}\": {}", visible(&path), obstacle.reason));
    }
    for (path, unsettled) in &fixed.unsettled {
        let (path, rules) = (shown_path(path, current), unsettled.rules.iter().map(Cow::as_ref));
        lines.push(format!(
            "not fixed: \"{}\" and its other locales: what fixes of {} write calls for fixes again, without end",
            visible(&path),
            rules.collect::<Vec<_>>().join(", ")
        ));
    }
    for (path, rule, why) in &fixed.refused {
        let path = shown_path(path, current);
        lines.push(format!("a fix of {rule} was refused in \"{}\": {why}", visible(&path)));
    }
    for line in lines {
        terminal::say(&format!("loclint: {line}"));
    }
}

/// The exit code of `--diff`: whether something would change.
pub(super) fn diff_exit_code(outcome: &Outcome, fixed: &Fixed) -> ExitCode {
    if !is_whole(outcome) || fixed.failed() {
        return ExitCode::from(COULD_NOT);
    }
    ExitCode::from(u8::from(!fixed.files.is_empty()))
}
