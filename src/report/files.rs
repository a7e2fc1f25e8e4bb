use std::io::{self, Write};

use crate::discover::Plan;

/// Which file is which article and locale, and why; one line a file, tab-separated:
/// article, locale, how the locale is known, path.
///
/// # Errors
/// What `out` says.
pub fn show_files(
    plan: &Plan,
    shown: &dyn Fn(&std::path::Path) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    for article in &plan.articles {
        for document in &article.documents {
            let role = if document.reported { "" } else { "\tread for comparison only" };
            let path = shown(&document.path);
            writeln!(out, "{}\t{}\t{}\t{path}{role}", article.key, document.locale, document.origin)?;
        }
    }
    for (path, why) in &plan.skipped {
        writeln!(out, "-\t-\t{why}\t{}", shown(path))?;
    }
    Ok(())
}
