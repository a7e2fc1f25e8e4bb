//! The parts of the page that need no script: figures and tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use ::rules::Severity;

use super::escape::escaped;
use super::link::encoded;
use crate::report::reported::Reported;
use crate::report::score::{Quality, scores, whole};
use crate::report::{Report, Totals};

/// Rows of the tables of rules and articles.
const ROWS: usize = 10;

/// Steps of the heat map, from 1; 0 is no finding.
const STEPS: f64 = 6.0;

/// What stands in place of an empty table.
const NOTHING: &str = "<p class=\"quiet\">None.</p>";

/// With more categories than this, their names are written upwards.
const CATEGORIES_ACROSS: usize = 8;

/// A part of the page by its name.
pub(super) fn part(name: &str, report: &Report<'_>) -> String {
    match name {
        "scope" => scope(report),
        "figures" => figures(report),
        "locales" => locales(report),
        "rules" => rules(report),
        "articles" => articles(report),
        _ => String::new(),
    }
}

/// What was looked at.
fn scope(report: &Report<'_>) -> String {
    let (counts, totals) = (report.outcome.counts, report.totals());
    let parts = [
        count(counts.articles, "article"),
        count(totals.locales.len(), "locale"),
        count(counts.documents, "document"),
        count(counts.units, "unit"),
    ];
    let mut text = parts.join(" · ");
    if let Some(name) = report.source {
        let _ = write!(text, " · compared with {}", escaped(name));
    }
    if let Some(baseline) = &report.baseline {
        let _ = write!(text, " · {} left out", count(baseline.known, "known finding"));
    }
    let suppressed = report.outcome.suppressed.total();
    if suppressed > 0 {
        let _ = write!(text, " · {} suppressed", grouped(suppressed));
    }
    if !report.outcome.unreadable.is_empty() {
        let _ = write!(text, " · {} not read", count(report.outcome.unreadable.len(), "file"));
    }
    text
}

/// The score and the counts of all.
fn figures(report: &Report<'_>) -> String {
    let totals = report.totals();
    let Totals { errors, warnings, infos, .. } = totals;
    let fixable = totals.safe_fixes + totals.unsafe_fixes;
    let score = score(&whole(report.outcome));
    let mut out = String::new();
    let mut figure = |class: &str, value: &str, label: &str, link: &str| {
        let value = if link.is_empty() { value.into() } else { format!("<a href=\"{link}\">{value}</a>") };
        let _ = writeln!(out, "<div class=\"figure {class}\"><dt>{label}</dt><dd>{value}</dd></div>");
    };
    figure("score", &score, "Quality score", "");
    for (class, n, label) in
        [("error", errors, "Errors"), ("warning", warnings, "Warnings"), ("info", infos, "Info")]
    {
        // No errors are no reason for red.
        let (class, link) = if n == 0 { ("", String::new()) } else { (class, format!("#severity={class}")) };
        figure(class, &grouped(n), label, &link);
    }
    figure("", &grouped(fixable), "Fixable", "");
    let articles =
        format!("{} <small>of {}</small>", grouped(totals.articles), grouped(report.outcome.counts.articles));
    figure("", &articles, "Articles with findings", "");
    out
}

/// What is counted of a locale.
#[derive(Default)]
struct Row<'a> {
    units: usize,
    documents: usize,
    severities: [usize; 3],
    categories: BTreeMap<&'a str, usize>,
}

impl Row<'_> {
    /// Findings of a category per 1,000 units.
    #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    fn rate(&self, category: &str) -> f64 {
        let found = self.categories.get(category).copied().unwrap_or_default();
        if self.units == 0 { 0.0 } else { 1000.0 * found as f64 / self.units as f64 }
    }
}

/// The table of locales: scores, counts, and the heat map of categories.
fn locales(report: &Report<'_>) -> String {
    let (_, quality) = scores(report.outcome);
    let rows = rows(report);
    let categories: BTreeSet<&str> = rows.values().flat_map(|row| row.categories.keys().copied()).collect();
    let most = rows.values().flat_map(|row| categories.iter().map(|name| row.rate(name))).fold(0.0, f64::max);
    let upwards = if categories.len() > CATEGORIES_ACROSS { " upwards" } else { "" };
    let mut out = format!("<table class=\"locales{upwards}\">\n<thead><tr><th scope=\"col\">Locale</th>");
    for name in ["Score", "Documents", "Errors", "Warnings", "Info"] {
        let _ = write!(out, "<th scope=\"col\" class=\"number\">{name}</th>");
    }
    for name in &categories {
        let name = escaped(name);
        let link = format!("<a href=\"#rule={name}\"><span>{name}</span></a>");
        let _ = write!(out, "<th scope=\"col\" class=\"category\">{link}</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (locale, row) in &rows {
        let tag = escaped(locale);
        let _ =
            write!(out, "<tr><th scope=\"row\"><a href=\"#locale={tag}\" data-tag=\"{tag}\">{tag}</a></th>");
        let score = quality.get(*locale).map_or_else(String::new, score);
        let _ = write!(out, "<td class=\"number\">{score}</td>");
        let _ = write!(out, "<td class=\"number quiet\">{}</td>", grouped(row.documents));
        for severity in [Severity::Error, Severity::Warning, Severity::Info] {
            let link = format!("#locale={tag}&amp;severity={severity}");
            let number = linked(row.severities[severity as usize], &link);
            let _ = write!(out, "<td class=\"number\">{number}</td>");
        }
        for name in &categories {
            out.push_str(&cell(locale, row, name, most));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table>");
    out
}

/// What is counted of each locale.
fn rows<'a>(report: &Report<'a>) -> BTreeMap<&'a str, Row<'a>> {
    let mut rows: BTreeMap<&str, Row<'_>> = BTreeMap::new();
    for document in &report.outcome.documents {
        let row = rows.entry(&document.locale).or_default();
        row.units += document.units;
        row.documents += 1;
    }
    let reported = Reported::of(report.outcome);
    for finding in &report.outcome.findings {
        for locale in reported.locales_of(finding) {
            let row = rows.entry(locale).or_default();
            row.severities[finding.severity as usize] += 1;
            *row.categories.entry(category(&finding.rule)).or_default() += 1;
        }
    }
    rows
}

/// A cell of the heat map.
fn cell(locale: &str, row: &Row<'_>, category: &str, most: f64) -> String {
    let found = row.categories.get(category).copied().unwrap_or_default();
    if found == 0 {
        // Said, not shown: what there is stands out.
        return "<td class=\"heat\"><span class=\"hidden\">0</span></td>".into();
    }
    let rate = row.rate(category);
    let link = linked(found, &format!("#locale={}&amp;rule={}", escaped(locale), escaped(category)));
    format!("<td class=\"heat h{}\" title=\"{rate:.1} per 1,000 units\">{link}</td>", heat(rate, most))
}

/// The step of the heat map: by the square root, so that small rates can be told apart too.
#[allow(clippy::cast_sign_loss, reason = "both are positive")]
fn heat(rate: f64, most: f64) -> usize {
    if rate <= 0.0 || most <= 0.0 {
        return 0;
    }
    ((rate / most).sqrt() * STEPS).ceil().clamp(1.0, STEPS) as usize
}

/// The most frequent rules.
fn rules(report: &Report<'_>) -> String {
    let mut rules: BTreeMap<&str, (usize, usize, Severity)> = BTreeMap::new();
    for finding in &report.outcome.findings {
        let (found, fixable, worst) = rules.entry(&finding.rule).or_insert((0, 0, Severity::Info));
        *found += 1;
        *fixable += usize::from(finding.fix.is_some());
        *worst = finding.severity.max(*worst);
    }
    if rules.is_empty() {
        return NOTHING.into();
    }
    let mut rules: Vec<_> = rules.into_iter().collect();
    rules.sort_by(|left, right| right.1.0.cmp(&left.1.0).then(left.0.cmp(right.0)));
    let mut out = head(["Rule", "Severity"], ["Findings", "Fixable"]);
    for (rule, (found, fixable, severity)) in rules.iter().take(ROWS) {
        let rule = escaped(rule);
        let fixable = if *fixable == 0 { "–".into() } else { grouped(*fixable) };
        let _ = write!(out, "<tr><th scope=\"row\"><a href=\"#rule={rule}\">{rule}</a></th>");
        let _ = write!(out, "<td><span class=\"severity {severity}\">{severity}</span></td>");
        let _ = write!(out, "<td class=\"number\">{}</td>", grouped(*found));
        let _ = writeln!(out, "<td class=\"number quiet\">{fixable}</td></tr>");
    }
    out.push_str("</tbody></table>");
    rest(&mut out, rules.len(), "rule");
    out
}

/// The articles with the lowest scores.
fn articles(report: &Report<'_>) -> String {
    let (articles, _) = scores(report.outcome);
    if articles.is_empty() {
        return NOTHING.into();
    }
    let mut out = head(["Article", "Worst in"], ["Words", "Score"]);
    for article in articles.iter().take(ROWS) {
        let (worst, of) = article.worst().map(|(locale, of)| (locale, score(of))).unwrap_or_default();
        let (link, name) = (encoded(&article.article), escaped(&article.article));
        let _ = write!(out, "<tr><th scope=\"row\" class=\"path\"><a href=\"#q={link}\">{name}</a></th>");
        let _ = write!(out, "<td>{} <span class=\"quiet\">{of}</span></td>", escaped(worst));
        let _ = write!(out, "<td class=\"number quiet\">{}</td>", grouped(article.score.words));
        let _ = writeln!(out, "<td class=\"number\">{}</td></tr>", score(&article.score));
    }
    out.push_str("</tbody></table>");
    rest(&mut out, articles.len(), "article");
    out
}

/// The start of a table: columns of words, and of numbers.
fn head(words: [&str; 2], numbers: [&str; 2]) -> String {
    let mut out = String::from("<table>\n<thead><tr>");
    for name in words {
        let _ = write!(out, "<th scope=\"col\">{name}</th>");
    }
    for name in numbers {
        let _ = write!(out, "<th scope=\"col\" class=\"number\">{name}</th>");
    }
    out + "</tr></thead>\n<tbody>\n"
}

fn rest(out: &mut String, all: usize, what: &str) {
    if let Some(more) = all.checked_sub(ROWS).filter(|more| *more > 0) {
        let _ = write!(out, "<p class=\"quiet\">and {}</p>", count(more, &format!("more {what}")));
    }
}

fn category(rule: &str) -> &str {
    rule.split('/').next().unwrap_or_default()
}

fn linked(n: usize, link: &str) -> String {
    if n == 0 {
        "<span class=\"none\">0</span>".into()
    } else {
        format!("<a href=\"{link}\">{}</a>", grouped(n))
    }
}

fn score(quality: &Quality) -> String {
    quality.score.map_or_else(|| "–".into(), |score| format!("{score:.2}"))
}

fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{} {one}s", grouped(n)) }
}

/// A number with commas between thousands.
fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
