//! Where reports go: to the terminal, and to files.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::args::CheckArgs;
use super::error::CliError;
use super::job::Job;
use super::terminal;
use crate::report::{Format, FullOptions, Report};

/// Writes the report to stdout.
pub(super) fn write_stdout(report: &Report<'_>, args: &CheckArgs) -> Result<(), CliError> {
    let options = full_options(args, terminal::width());
    if args.format.is_text() {
        let mut out = terminal::stdout(args.color);
        let written = report.write(args.format, &options, &mut out);
        return terminal::finish(written, &mut out);
    }
    // What a program reads is not searched for colours: it may hold what looks like them.
    let mut out = BufWriter::new(io::stdout().lock());
    let written = match args.format {
        Format::Html => report.write_html(&args.html.options(report.rules, None, &report.current), &mut out),
        format => report.write(format, &options, &mut out),
    };
    terminal::finish(written, &mut out)
}

/// Writes a fixed buffer to stdout as it is, and the report to stderr.
pub(super) fn write_fixed(text: &[u8], report: &Report<'_>, args: &CheckArgs) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text);
    terminal::finish(written, &mut out)?;
    let mut aside = terminal::stderr(args.color);
    let written = report.write(args.format, &full_options(args, terminal::width()), &mut aside);
    terminal::finish(written, &mut aside)
}

/// The formats that are written.
pub(super) fn formats(args: &CheckArgs) -> BTreeSet<Format> {
    args.output.iter().map(|output| output.format_or(args.format)).chain([args.format]).collect()
}

/// Refuses what asks for two reports in one file, or says something about a report that is not made.
pub(super) fn refuse_nonsense(args: &CheckArgs) -> Result<(), CliError> {
    if args.show_files && !args.format.is_text() {
        return Err(CliError::NoFormat);
    }
    let mut paths = BTreeSet::new();
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    if let Some(twice) = args.output.iter().find(|output| !paths.insert(absolute(&output.path))) {
        return Err(CliError::SameOutput(twice.path.clone()));
    }
    if args.html.link_template.is_some() && !formats(args).contains(&Format::Html) {
        return Err(CliError::NoHtml);
    }
    Ok(())
}

/// Refuses to write a report over what the run reads.
pub(super) fn refuse_what_is_read<'a>(
    outputs: impl IntoIterator<Item = &'a Path>,
    job: &Job,
    args: &CheckArgs,
) -> Result<(), CliError> {
    for output in outputs {
        if dunce::canonicalize(output).is_ok_and(|there| job.reads(&there, args)) {
            return Err(CliError::OutputIsRead(output.to_path_buf()));
        }
    }
    Ok(())
}

/// Writes the reports that go to files.
pub(super) fn write_files(report: &Report<'_>, args: &CheckArgs) -> Result<(), CliError> {
    for output in &args.output {
        let (format, path) = (output.format_or(args.format), &output.path);
        let options = FullOptions { links: false, ..full_options(args, terminal::REDIRECTED) };
        let html = args.html.options(report.rules, Some(path), &report.current);
        let write = |out: &mut dyn Write| match format {
            Format::Html => report.write_html(&html, out),
            format => report.write(format, &options, out),
        };
        write_file(path, |out| if format.is_text() { without_colour(out, write) } else { write(out) })
            .map_err(|error| CliError::Write(path.clone(), error))?;
    }
    Ok(())
}

fn full_options(args: &CheckArgs, width: usize) -> FullOptions {
    let links = terminal::links(args.color);
    FullOptions { width, unicode: terminal::unicode(), links, max_findings: args.max_findings }
}

/// Writes a file whole or not at all. Pipes, devices and links are written to as they are.
pub(super) fn write_file(path: &Path, write: impl Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    if path.symlink_metadata().is_ok_and(|there| !there.is_file()) {
        let mut out = BufWriter::new(File::create(path)?);
        return write(&mut out).and_then(|()| out.flush());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    #[cfg_attr(not(unix), allow(unused_mut, reason = "permissions are for unix"))]
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    if !folder.exists() {
        let message = format!("there is no folder \"{}\"; make it first", folder.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    let mut file = builder.tempfile_in(folder).map_err(|error| without_path(&error))?;
    let mut out = BufWriter::new(file.as_file_mut());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// An error without the path of the temporary file, which nobody named.
fn without_path(error: &io::Error) -> io::Error {
    let text = error.to_string();
    io::Error::new(error.kind(), text.split(" at path ").next().unwrap_or_default())
}

/// Takes the colours out of what is written. What is left is text, line by line.
pub(super) fn without_colour(
    out: &mut dyn Write,
    write: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut coloured = Vec::new();
    write(&mut coloured)?;
    out.write_all(&anstream::adapter::strip_bytes(&coloured).into_vec())
}
