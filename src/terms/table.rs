//! The draft for the terminal.

use std::io::{self, Write};

use rules::terms::Share;
use unicode_width::UnicodeWidthStr;

use super::Proposal;

/// A line: a term and its counts by locale.
type Line<'a> = (&'a str, Vec<Share>);

/// Writes one line a term, with its counts in each locale.
///
/// # Errors
/// What `out` says.
pub fn write_table(proposal: &Proposal, out: &mut dyn Write) -> io::Result<()> {
    let draft = &proposal.draft;
    let names: Vec<Line<'_>> = draft.names.iter().map(|name| (&*name.name, name.kept.clone())).collect();
    let share =
        |usual: &Option<rules::terms::Usual>| usual.as_ref().map_or(Share::default(), |usual| usual.share);
    let terms = draft.terms.iter().map(|term| (&*term.term, term.usual.iter().map(share).collect()));
    let terms: Vec<Line<'_>> = terms.collect();
    if !names.is_empty() {
        section("kept as it is", &names, proposal, out)?;
    }
    if !names.is_empty() && !terms.is_empty() {
        writeln!(out)?;
    }
    if !terms.is_empty() {
        section("translated alike", &terms, proposal, out)?;
    }
    Ok(())
}

fn section(title: &str, lines: &[Line<'_>], proposal: &Proposal, out: &mut dyn Write) -> io::Result<()> {
    let locales = &proposal.locales;
    let cell = |line: &Line<'_>, at: usize| line.1.get(at).copied().map_or("-".into(), written);
    let first = lines.iter().map(|line| line.0.width()).chain([title.width()]).max().unwrap_or_default();
    let width = |at: usize| {
        let cells = lines.iter().map(|line| cell(line, at).len());
        cells.chain([locales[at].as_str().len()]).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..locales.len()).map(width).collect();
    let pad = |text: &str| " ".repeat(first.saturating_sub(text.width()));
    write!(out, "{title}{}", pad(title))?;
    for (locale, width) in locales.iter().zip(&widths) {
        write!(out, "  {:>width$}", locale.as_str())?;
    }
    writeln!(out)?;
    for line in lines {
        write!(out, "{}{}", line.0, pad(line.0))?;
        for (at, width) in widths.iter().enumerate() {
            write!(out, "  {:>width$}", cell(line, at))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// `12/13`; a hyphen where the locale has nothing to say.
fn written(share: Share) -> String {
    if share.places == 0 { "-".into() } else { format!("{}/{}", share.of_these, share.places) }
}
