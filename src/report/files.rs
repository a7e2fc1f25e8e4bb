use std::io::{self, Write};

use super::visible::{Inert, visible};
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
    let mut out = Inert::new(out);
    for article in &plan.articles {
        for document in &article.documents {
            let role = if document.reported { "" } else { "\tread for comparison only" };
            let (key, path) = (visible(&article.key), shown(&document.path));
            let path = visible(&path);
            writeln!(out, "{key}\t{}\t{}\t{path}{role}", document.locale, document.origin)?;
        }
    }
    for (path, why) in &plan.skipped {
        writeln!(out, "-\t-\t{why}\t{}", visible(&shown(path)))?;
    }
    out.finish()
}
