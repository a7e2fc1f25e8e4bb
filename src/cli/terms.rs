//! `loclint terms`.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Instant;

use ::rules::terms::Limits;

use super::args::{Color, TermsArgs, TermsFormat};
use super::check::complain_of_unreadable;
use super::error::CliError;
use super::job::current_folder;
use super::threads::{pool, threads};
use super::{COULD_NOT, configure, select, terminal};
use crate::discover::discover;
use crate::files::Files;
use crate::terms::{self, Proposal};

pub(super) fn run(args: &TermsArgs) -> Result<ExitCode, CliError> {
    let started = Instant::now();
    let threads = threads(args.bounds.threads);
    let files = Files::new(args.bounds.limits());
    let config = configure::find_and_load(&args.file, &args.paths, &[], &current_folder())?;
    let mut plan = discover(&args.paths, &configure::trees(&config), threads, &files)?;
    select::limit_locales(&mut plan, &args.locale)?;
    let limits = Limits { min_count: args.min_count, max_terms: args.max_terms };
    let proposal = pool(threads)?.install(|| terms::propose(&plan, &files, limits));
    let mut out = terminal::stdout(Color::Never);
    let written = match args.format {
        TermsFormat::Yaml => terms::write_yaml(&proposal, &mut out),
        TermsFormat::Csv => terms::write_csv(&proposal, &mut out),
        TermsFormat::Table => terms::write_table(&proposal, &mut out),
    };
    terminal::finish(written, &mut out)?;
    complain_of_unreadable(&proposal.unreadable, &current_folder());
    if !args.quiet {
        let _ = writeln!(io::stderr(), "{}; {:.2} s", summary(&proposal), started.elapsed().as_secs_f64());
    }
    Ok(ExitCode::from(if proposal.unreadable.is_empty() { 0 } else { COULD_NOT }))
}

fn summary(proposal: &Proposal) -> String {
    let count = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    format!(
        "Proposed {} to keep and {} with translations, from {} in {}",
        count(proposal.draft.names.len(), "name"),
        count(proposal.draft.terms.len(), "term"),
        count(proposal.documents, "document"),
        count(proposal.locales.len(), "locale"),
    )
}
