use std::collections::BTreeSet;

use super::{BaselineUse, Report, Totals};
use crate::config::Origin;
use crate::discover::Listed;
use crate::fix::Fixed;

/// The last words of a run: what was fixed, if that was asked for; what was found, in how much, in what time; and on a line of its own what
/// was not checked, and why. Where nothing but a diff was asked for, what would be fixed.
pub fn summary_line(report: &Report<'_>) -> String {
    match &report.outcome.fixed {
        None => found_line(report),
        Some(done) if done.fixing.write => format!("{}\n{}", fixed(report, done), found_line(report)),
        Some(done) => fixed(report, done),
    }
}

/// What was fixed, and what can only be fixed by guessing.
fn fixed(report: &Report<'_>, fixed: &Fixed) -> String {
    let done = if fixed.fixing.write { "Fixed" } else { "Would fix" };
    let what = match fixed.findings() {
        0 => "nothing".into(),
        n => format!("{} in {}", count(n, "finding"), count(fixed.files.len(), "file")),
    };
    let totals = report.totals();
    let guesses = match totals.unsafe_fixes {
        0 => String::new(),
        _ if fixed.fixing.unsafe_too => String::new(),
        n => format!("; {n} more fixable by \"--unsafe-fixes\""),
    };
    let left = totals.safe_fixes + if fixed.fixing.unsafe_too { totals.unsafe_fixes } else { 0 };
    let left = if left > 0 { format!("; {left} fixable left as they are") } else { String::new() };
    format!("{done} {what}{guesses}{left}")
}

fn found_line(report: &Report<'_>) -> String {
    let (totals, counts) = (report.totals(), report.outcome.counts);
    let looked_at = format!(
        "{} in {}, {}{}",
        count(counts.articles, "article"),
        count(totals.locales.len(), "locale"),
        count(counts.documents, "document"),
        report.plan.listed.map(|list| format!(" of {}", listed(list))).unwrap_or_default(),
    );
    let nothing = totals.errors + totals.warnings + totals.infos == 0;
    let found = match (nothing, report.outcome.unreadable.is_empty()) {
        (true, true) if report.baseline.as_ref().is_some_and(|baseline| baseline.known > 0) => {
            format!("Nothing new: {looked_at}")
        }
        (true, true) => format!("All clean: {looked_at}"),
        (true, false) => format!("Found nothing in what could be read: {looked_at}"),
        _ => format!("Found {} in {} of {looked_at}", found(&totals), totals.articles),
    };
    let found = match report.plan.listed.filter(|_| nothing && counts.documents == 0) {
        Some(list) if list.files == 0 => format!("Nothing to check: there is no {} file", list.name),
        Some(list) => format!("Nothing to check: {}, but no article to report on", listed(list)),
        None if looked_at_nothing(report, &totals) => "Nothing to check: what was named is left out".into(),
        None => found,
    };
    let fixable = match (totals.safe_fixes, totals.unsafe_fixes) {
        // Said already.
        _ if report.outcome.fixed.is_some() => String::new(),
        (0, 0) => String::new(),
        (safe, 0) => format!("; {safe} fixable"),
        (safe, unsafe_fixes) => {
            format!("; {} fixable, {unsafe_fixes} of them by an unsafe fix", safe + unsafe_fixes)
        }
    };
    let suppressed = match report.outcome.suppressed.total() {
        0 => String::new(),
        n => format!("; {n} suppressed"),
    };
    let not_checked = not_checked(report, &totals);
    let last = if not_checked.is_empty() {
        String::new()
    } else {
        format!("\nNot checked: {}", not_checked.join("; "))
    };
    let seconds = report.elapsed.as_secs_f64();
    format!(
        "{found}{fixable}{suppressed}; {seconds:.2} s{}{}{}{last}",
        baseline(report),
        idle(report),
        source(report)
    )
}

/// Whether all that was named is left out by ignore files or the configuration.
fn looked_at_nothing(report: &Report<'_>, totals: &Totals) -> bool {
    let (counts, outcome) = (report.outcome.counts, report.outcome);
    counts.documents == 0 && outcome.unreadable.is_empty() && totals.excluded > 0
}

/// What a baseline took out, on a line of its own.
fn baseline(report: &Report<'_>) -> String {
    let Some(BaselineUse { name, known, stale }) = &report.baseline else { return String::new() };
    let stale = match stale {
        Some(stale @ 1..) => {
            let (entries, them) =
                if *stale == 1 { ("entry matches", "it") } else { ("entries match", "them") };
            format!(
                "; {stale} {entries} nothing any more (\"loclint baseline --prune -o {name}\" removes {them})"
            )
        }
        _ => String::new(),
    };
    format!("\nBaseline: {} left out{stale}", count(*known, "known finding"))
}

/// What of the configuration is not needed any more, each on a line of its own.
fn idle(report: &Report<'_>) -> String {
    let line = |Origin { file, line }: &Origin| {
        format!("\n{file}:{line}: warning: this entry of \"suppress\" suppresses nothing any more; remove it")
    };
    report.outcome.idle_suppressions.iter().map(line).collect()
}

/// What the English tree told, on a line of its own.
fn source(report: &Report<'_>) -> String {
    let (Some(name), counts) = (report.source, report.outcome.counts) else { return String::new() };
    let hashes =
        if counts.hashes == 1 { "1 source hash".into() } else { format!("{} source hashes", counts.hashes) };
    let told = if report.source_has_history { "verified against" } else { "found in" };
    let mut line = format!("\nSource: {} of {hashes} {told} {name}", counts.verified);
    if counts.stale > 0 {
        line += &format!("; {} changed since", count(counts.stale, "article"));
    }
    if counts.gone > 0 {
        line += &format!("; {} gone", counts.gone);
    }
    if !report.source_has_history {
        line += "; without a history, other hashes cannot be verified";
    }
    line
}

fn found(totals: &Totals) -> String {
    let severities = [(totals.errors, "error"), (totals.warnings, "warning")];
    let mut found: Vec<String> =
        severities.into_iter().filter(|(n, _)| *n > 0).map(|(n, severity)| count(n, severity)).collect();
    if totals.infos > 0 {
        found.push(format!("{} info", totals.infos));
    }
    found.join(", ")
}

fn not_checked(report: &Report<'_>, totals: &Totals) -> Vec<String> {
    let counts = report.outcome.counts;
    let mut parts = Vec::new();
    let add = |parts: &mut Vec<String>, n: usize, what: &str, why: &str| {
        if n > 0 {
            parts.push(format!("{}{why}", count(n, what)));
        }
    };
    add(&mut parts, counts.plain, "document", " without span pairs, but for the front matter");
    if totals.lonely > 0 && totals.lonely == report.plan.articles.len() {
        parts.push(
            "parity, since all articles are in one locale only (\"--siblings\" names trees with others)"
                .into(),
        );
    } else {
        add(
            &mut parts,
            totals.lonely,
            "article",
            " in one locale only, which nothing could be compared with",
        );
    }
    add(&mut parts, totals.no_locale, "file", " without a locale");
    add(&mut parts, totals.yaml, "YAML file", "");
    add(&mut parts, totals.excluded, "file", " that an ignore file or the configuration leaves out");
    add(&mut parts, report.outcome.unreadable.len(), "unreadable file", "");
    if report.source.is_none() && counts.hashes > 0 {
        parts.push("source hashes, since \"--source\" names no English tree".into());
    }
    if !report.glossary && asks_for_a_glossary(report) {
        parts.push("terms, since \"--glossary\" names no glossary".into());
    }
    match report.plan.listed {
        Some(list) if counts.documents > 0 => {
            parts.push(format!("the tree as a whole, since only {} files are reported on", list.name));
        }
        None if !report.plan.whole => {
            parts.push("the tree as a whole, since single files were named".into());
        }
        _ => {}
    }
    parts
}

/// Whether the rules that ran were chosen for a glossary: in a run of all rules few miss one.
fn asks_for_a_glossary(report: &Report<'_>) -> bool {
    let categories: BTreeSet<&str> =
        report.rules.rules.iter().map(|active| active.rule.info.category()).collect();
    categories.contains("terminology")
        && categories.iter().all(|category| ["terminology", "provenance"].contains(category))
}

fn listed(list: Listed) -> String {
    count(list.files, &format!("{} file", list.name))
}

fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}
