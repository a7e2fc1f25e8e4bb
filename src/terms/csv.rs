//! The draft for a spreadsheet.

use std::borrow::Cow;
use std::io::{self, Write};

use bitext::Locale;
use rules::terms::{Share, Translated, Usual};

use super::{Proposal, evidence};

/// Writes what YAML has: a row for each name, and one for each status that a term has translations of. The evidence
/// stands in the column for notes.
///
/// # Errors
/// What `out` says.
pub fn write_csv(proposal: &Proposal, out: &mut dyn Write) -> io::Result<()> {
    let Proposal { draft, locales, .. } = proposal;
    row(
        ["term", "status", "case-sensitive", "note"].into_iter().chain(locales.iter().map(Locale::as_str)),
        out,
    )?;
    for name in &draft.names {
        let kept = format!("kept in {}", evidence(locales.iter().zip(name.kept.iter().copied())));
        let cells = [&*name.name, "do-not-translate", "", &kept].into_iter();
        row(cells.chain(locales.iter().map(|_| "")), out)?;
    }
    for term in &draft.terms {
        let share = |usual: &Option<Usual>| usual.as_ref().map_or(Share::default(), |usual| usual.share);
        let mut note =
            format!("so translated in {}", evidence(locales.iter().zip(term.usual.iter().map(share))));
        for (status, texts) in statuses(term) {
            let texts = (0..locales.len()).map(|at| texts.get(at).copied().unwrap_or_default());
            let case = if term.case_sensitive { "true" } else { "" };
            row([&*term.term, status, case, &note].into_iter().chain(texts), out)?;
            note.clear();
        }
    }
    Ok(())
}

/// The translations of a term by status, those by locale. Where there are others, the usual one is only preferred.
fn statuses<'t>(term: &'t Translated) -> Vec<(&'static str, Vec<&'t str>)> {
    let usual = || term.usual.iter().map(Option::as_ref);
    let with = |others: bool| {
        let fitting = |usual: Option<&'t Usual>| usual.filter(|usual| usual.others.is_empty() != others);
        usual().map(|usual| fitting(usual).map_or("", |usual| &*usual.text)).collect()
    };
    let most = usual().flatten().map(|usual| usual.others.len()).max().unwrap_or_default();
    let allowed = (0..most).map(|at| {
        let other = |usual: Option<&'t Usual>| usual.and_then(|usual| usual.others.get(at));
        ("allowed", usual().map(|usual| other(usual).map_or("", |text| &**text)).collect())
    });
    let rows = [("required", with(false)), ("preferred", with(true))].into_iter().chain(allowed);
    rows.filter(|(_, texts): &(&str, Vec<&str>)| texts.iter().any(|text| !text.is_empty())).collect()
}

fn row<'a>(cells: impl Iterator<Item = &'a str>, out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<Cow<'_, str>> = cells.map(cell).collect();
    writeln!(out, "{}", cells.join(","))
}

/// A cell as RFC 4180 wants it. Spreadsheets take what starts with these signs for formulas, unless a blank stands before
/// it; who reads the table as a glossary drops the blank.
fn cell(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@']) {
        Cow::Owned(format!("\" {}\"", text.replace('"', "\"\"")))
    } else if text.contains(['"', ',', '\n', '\r']) || text.trim() != text {
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

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(1)", "=HYPERLINK(\"https://example.com\",\"a\")"] {
            let written = cell(text);
            assert!(written.starts_with("\" "), "{written}");
            let table = format!("term,pl-PL\nx,{written}\n");
            let terms = crate::glossary::read_csv(&table, "a.csv").unwrap();
            assert!(format!("{terms:?}").contains(&format!("{text:?}")), "{terms:?}");
        }
    }

    #[test]
    fn a_row_for_each_status() {
        let usual = |text: &str, others: &[&str]| {
            let others = others.iter().map(|other| (*other).to_string()).collect();
            Some(Usual { text: text.into(), share: Share { places: 9, of_these: 5 }, others })
        };
        let usual = vec![usual("Další kroky", &["Co dál", "Dál"]), None, usual("Nächste Schritte", &[])];
        let term = Translated { term: "Next steps".into(), case_sensitive: false, places: 9, usual };
        let rows = [
            ("required", vec!["", "", "Nächste Schritte"]),
            ("preferred", vec!["Další kroky", "", ""]),
            ("allowed", vec!["Co dál", "", ""]),
            ("allowed", vec!["Dál", "", ""]),
        ];
        assert_eq!(statuses(&term), rows);
    }
}
