//! Cells of CSV (RFC 4180) with their places. Readers of CSV keep the places of rows only, and take a quotation mark
//! that is never closed for the rest of the file.

use std::borrow::Cow;

use bitext::Span;
use rules::glossary::{GlossaryError, GlossaryErrorKind};

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell<'t> {
    /// The text, without quotation marks and blanks round it.
    pub(super) text: Cow<'t, str>,
    /// With the quotation marks.
    pub(super) span: Span,
}

/// The rows of a file that have something in them. The delimiter is the comma, the semicolon or the tab, whichever the first line
/// has most of.
pub(super) fn rows(file: &str) -> Result<Vec<Vec<Cell<'_>>>, GlossaryError> {
    let mut at = if file.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let first = file[at..].lines().next().unwrap_or_default();
    // Of equals the last one counts.
    let delimiter =
        ['\t', ';', ','].into_iter().max_by_key(|sign| first.matches(*sign).count()).unwrap_or(',');
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    while at < file.len() {
        let cell = cell(file, at, delimiter)?;
        at = cell.span.end as usize;
        at += file[at..].len() - file[at..].trim_start_matches([' ', '\u{a0}']).len();
        row.push(cell);
        let rest = &file[at..];
        if rest.starts_with(delimiter) {
            at += delimiter.len_utf8();
            if at < file.len() {
                continue;
            }
        } else if !rest.is_empty() && !rest.starts_with(['\n', '\r']) {
            let kind =
                GlossaryErrorKind::Expected("the delimiter or the end of the line after a quoted cell");
            return Err(GlossaryError::new(Span::at(at), kind));
        }
        at += if file[at..].starts_with("\r\n") { 2 } else { usize::from(at < file.len()) };
        rows.push(std::mem::take(&mut row));
    }
    rows.retain(|row| row.iter().any(|cell| !cell.text.is_empty()));
    Ok(rows)
}

fn cell(file: &str, at: usize, delimiter: char) -> Result<Cell<'_>, GlossaryError> {
    let rest = &file[at..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len();
    if !rest[blanks..].starts_with('"') {
        let len = rest.find([delimiter, '\n', '\r']).unwrap_or(rest.len());
        let text = rest[..len].trim();
        let start = at + rest[..len].len() - rest[..len].trim_start().len();
        return Ok(Cell { text: text.into(), span: Span::new(start.min(at + len), at + len) });
    }
    let (start, mut from) = (at + blanks, at + blanks + 1);
    loop {
        let Some(quote) = file[from..].find('"').map(|found| from + found) else {
            let kind = GlossaryErrorKind::Expected("a quotation mark that closes the one here");
            return Err(GlossaryError::new(Span::at(start), kind));
        };
        from = quote + 1;
        if file[from..].starts_with('"') {
            from += 1;
            continue;
        }
        let inside = file[start + 1..quote].trim();
        let text = if inside.contains("\"\"") { inside.replace("\"\"", "\"").into() } else { inside.into() };
        return Ok(Cell { text, span: Span::new(start, from) });
    }
}
