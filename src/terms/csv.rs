//! The draft for a spreadsheet.

use std::borrow::Cow;
use std::io::{self, Write};

use rules::terms::Share;

use super::{Proposal, evidence};

/// Writes one line a term: what YAML has, but for translations that are not the usual ones.
///
/// # Errors
/// What `out` says.
pub fn write_csv(proposal: &Proposal, out: &mut dyn Write) -> io::Result<()> {
    let Proposal { draft, locales, .. } = proposal;
    let head = ["term", "do-not-translate", "evidence", "note"].into_iter();
    row(head.chain(locales.iter().map(bitext::Locale::as_str)), out)?;
    for name in &draft.names {
        let kept = evidence(locales.iter().zip(name.kept.iter().copied()));
        row([&*name.name, "true", &kept, ""].into_iter().chain(locales.iter().map(|_| "")), out)?;
    }
    for term in &draft.terms {
        let usual = |at: usize| term.usual.get(at).and_then(Option::as_ref);
        let shares = (0..locales.len()).map(|at| usual(at).map_or(Share::default(), |usual| usual.share));
        let said = evidence(locales.iter().zip(shares));
        let texts = (0..locales.len()).map(|at| usual(at).map_or("", |usual| &*usual.text));
        row([&*term.term, "false", &said, ""].into_iter().chain(texts), out)?;
    }
    Ok(())
}

fn row<'a>(cells: impl Iterator<Item = &'a str>, out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<Cow<'_, str>> = cells.map(cell).collect();
    writeln!(out, "{}", cells.join(","))
}

/// A cell as RFC 4180 wants it.
fn cell(text: &str) -> Cow<'_, str> {
    if text.contains(['"', ',', '\n', '\r']) || text.trim() != text {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must() {
        for (text, written) in
            [("a", "a"), ("a, b", "\"a, b\""), ("a \"b\"", "\"a \"\"b\"\"\""), (" a", "\" a\"")]
        {
            assert_eq!(cell(text), written);
        }
    }
}
