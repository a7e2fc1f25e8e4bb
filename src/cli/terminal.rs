//! Streams, colour and the shape of the terminal.

use std::env;
use std::io::{self, BufWriter, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use super::args::Color;
use super::error::CliError;

/// Widest and narrowest a report gets, however wide the terminal is; the width where there is none and
/// COLUMNS says nothing.
const WIDEST: usize = 140;
const NARROWEST: usize = 40;
pub(super) const REDIRECTED: usize = 100;

/// Standard output that keeps or drops colour as asked.
pub(super) fn stdout(color: Color) -> BufWriter<AutoStream<io::StdoutLock<'static>>> {
    BufWriter::new(AutoStream::new(io::stdout().lock(), choice(color)))
}

/// The same for standard error.
pub(super) fn stderr(color: Color) -> BufWriter<AutoStream<io::StderrLock<'static>>> {
    BufWriter::new(AutoStream::new(io::stderr().lock(), choice(color)))
}

/// Whether standard output is coloured.
pub(super) fn is_coloured(color: Color) -> bool {
    choice(color) != ColorChoice::Never
}

fn choice(color: Color) -> ColorChoice {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    match color {
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
        // anstream knows NO_COLOR, CLICOLOR and CLICOLOR_FORCE.
        Color::Auto if set("FORCE_COLOR") && !set("NO_COLOR") => ColorChoice::Always,
        Color::Auto => AutoStream::choice(&io::stdout()),
    }
}

/// Flushes, and takes a closed pipe for what it is: the reader has seen enough.
pub(super) fn finish(written: io::Result<()>, out: &mut impl Write) -> Result<(), CliError> {
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Stdout(error)),
        _ => Ok(()),
    }
}

/// Says on stderr why the job could not be done.
pub(super) fn complain(error: &CliError) {
    let _ = writeln!(io::stderr(), "loclint: {error}");
}

/// The width to draw for.
pub(super) fn width() -> usize {
    let terminal = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    let told = || env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let columns = terminal.map(|(columns, _)| usize::from(columns.0)).or_else(told);
    columns.map_or(REDIRECTED, |columns| columns.clamp(NARROWEST, WIDEST))
}

/// Whether line-drawing characters can be shown: a redirected report is UTF-8, a terminal is what its
/// locale says.
pub(super) fn unicode() -> bool {
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| env::var(name).ok().filter(|v| !v.is_empty()));
    let utf8 = locale.is_some_and(|value| {
        let value = value.to_ascii_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    });
    !io::stdout().is_terminal() || cfg!(windows) || utf8
}
