use super::Report;

/// The last line of a run: what was found, in how much, and what was passed over.
pub fn summary_line(report: &Report<'_>) -> String {
    let (totals, counts) = (report.totals(), report.outcome.counts);
    let looked_at = format!(
        "{} in {} {}, {}",
        count(counts.articles, "article"),
        totals.locales.len(),
        if totals.locales.len() == 1 { "locale" } else { "locales" },
        count(counts.documents, "document"),
    );
    let mut line = if totals.errors + totals.warnings + totals.infos == 0 {
        format!("All clean: {looked_at}")
    } else {
        let found = [(totals.errors, "error"), (totals.warnings, "warning"), (totals.infos, "info")];
        let found: Vec<_> =
            found.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| plural(n, what)).collect();
        format!("Found {} in {} of {looked_at}", found.join(", "), totals.articles)
    };
    let passed_over = [
        (counts.plain, "without span pairs"),
        (totals.yaml, "yaml files not checked"),
        (totals.no_locale, "files without a locale"),
        (report.outcome.unreadable.len(), "unreadable"),
    ];
    let passed_over: Vec<_> =
        passed_over.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if !passed_over.is_empty() {
        line += &format!(" ({})", passed_over.join(", "));
    }
    let fixable = totals.safe_fixes + totals.unsafe_fixes;
    if fixable > 0 {
        line += &format!("; {fixable} fixable");
    }
    format!("{line}; {:.2} s", report.elapsed.as_secs_f64())
}

fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

fn plural(n: usize, what: &str) -> String {
    if what == "info" { format!("{n} info") } else { count(n, what) }
}
