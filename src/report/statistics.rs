//! How often each rule fires and how each locale does, machine and human translation apart.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::reported::Reported;
use super::score::{ArticleQuality, Quality, scores};
use super::visible::visible;
use crate::engine::{LocatedFinding, Outcome, Translator};

/// Findings of a run, by rule and by locale.
#[derive(Debug, Serialize)]
pub(super) struct Statistics {
    /// Most frequent first.
    rules: Vec<RuleRow>,
    /// In the order of their tags.
    locales: Vec<LocaleRow>,
    /// What there is to translate again, for the locales that are behind.
    stale: Vec<StaleRow>,
    /// The quality of each article that has a penalty, worst first.
    articles: Vec<ArticleQuality>,
    /// What was suppressed, most frequent first.
    suppressed: Vec<SuppressedRow>,
}

/// Findings of a rule that were suppressed for one reason.
#[derive(Debug, Serialize)]
struct SuppressedRow {
    rule: String,
    reason: Option<String>,
    findings: usize,
}

/// What the findings about moved sources come to in one locale.
#[derive(Debug, Default, Serialize)]
struct StaleRow {
    locale: String,
    /// Documents that are behind.
    documents: usize,
    /// Their units.
    units: usize,
    /// Of these, units whose source is still the same.
    valid_units: usize,
    /// Words of the new source that are not translated.
    words: usize,
}

#[derive(Debug, Serialize)]
struct RuleRow {
    rule: String,
    severity: &'static str,
    fixable: usize,
    all: Share,
    machine: Share,
    human: Share,
}

#[derive(Debug, Serialize)]
struct LocaleRow {
    locale: String,
    quality: Quality,
    all: Share,
    machine: Share,
    human: Share,
}

/// Findings in a set of documents.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Share {
    documents: usize,
    units: usize,
    findings: usize,
    /// Findings per 1,000 units, those about several locales once for each; null if there are no units.
    per_1000_units: Option<f64>,
    /// Findings, those about several locales once for each.
    #[serde(skip)]
    in_locales: usize,
}

impl Share {
    /// Counts a finding that is in so many locales.
    fn count(&mut self, locales: usize) {
        self.findings += usize::from(locales > 0);
        self.in_locales += locales;
    }

    fn rated(mut self) -> Self {
        #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let rate = || (100_000.0 * self.in_locales as f64 / self.units as f64).round() / 100.0;
        self.per_1000_units = (self.units > 0).then(rate);
        self
    }
}

/// All documents of one kind, and those that machines and people translated.
#[derive(Clone, Copy, Default)]
struct Shares {
    all: Share,
    machine: Share,
    human: Share,
}

impl Shares {
    fn each(&mut self, translator: Translator, change: impl Fn(&mut Share)) {
        change(&mut self.all);
        match translator {
            Translator::Machine => change(&mut self.machine),
            Translator::Human => change(&mut self.human),
            Translator::Unknown => {}
        }
    }

    /// Counts a finding that is in documents of these translators, locale by locale.
    fn count<'t>(&mut self, locales: impl IntoIterator<Item = &'t BTreeSet<Translator>> + Clone) {
        let of =
            |wanted| locales.clone().into_iter().filter(|translators| translators.contains(&wanted)).count();
        let (machine, human) = (of(Translator::Machine), of(Translator::Human));
        self.all.count(locales.into_iter().count());
        self.machine.count(machine);
        self.human.count(human);
    }
}

impl Statistics {
    pub(super) fn of(outcome: &Outcome) -> Self {
        let mut whole = Shares::default();
        let mut locales: BTreeMap<&str, Shares> = BTreeMap::new();
        let reported = Reported::of(outcome);
        for document in &outcome.documents {
            for shares in [&mut whole, locales.entry(&document.locale).or_default()] {
                shares.each(document.translator, |share| {
                    share.documents += 1;
                    share.units += document.units;
                });
            }
        }
        let mut rules: BTreeMap<&str, (Vec<&LocatedFinding>, Shares)> = BTreeMap::new();
        for finding in &outcome.findings {
            let (found, shares) = rules.entry(&finding.rule).or_insert_with(|| (Vec::new(), whole));
            found.push(finding);
            let mut translators: BTreeMap<&str, BTreeSet<Translator>> = BTreeMap::new();
            for document in reported.with_places_of(finding) {
                translators.entry(&document.locale).or_default().insert(document.translator);
            }
            let one = || BTreeMap::from([(finding.locale.as_str(), BTreeSet::new())]);
            let translators = if translators.is_empty() { one() } else { translators };
            shares.count(translators.values());
            for (locale, translators) in &translators {
                locales.entry(locale).or_default().count([translators]);
            }
        }
        let mut rules: Vec<RuleRow> =
            rules.into_iter().map(|(rule, (found, shares))| rule_row(rule, &found, &shares)).collect();
        rules.sort_by(|left, right| {
            right.all.findings.cmp(&left.all.findings).then(left.rule.cmp(&right.rule))
        });
        let (articles, mut quality) = scores(outcome);
        let locales = locales.into_iter().map(|(locale, shares)| LocaleRow {
            locale: locale.to_string(),
            quality: quality.remove(locale).unwrap_or_default(),
            all: shares.all.rated(),
            machine: shares.machine.rated(),
            human: shares.human.rated(),
        });
        let suppressed = outcome.suppressed.rows().into_iter().map(|(rule, reason, findings)| {
            SuppressedRow { rule: rule.into(), reason: reason.map(Into::into), findings }
        });
        let suppressed = suppressed.collect();
        Self { rules, locales: locales.collect(), stale: stale(outcome), articles, suppressed }
    }
}

/// Sums up the work in every document that a finding about a moved source has a place in.
fn stale(outcome: &Outcome) -> Vec<StaleRow> {
    let reported = Reported::of(outcome);
    let mut rows: BTreeMap<&str, StaleRow> = BTreeMap::new();
    for finding in &outcome.findings {
        let Some(work) = finding.work else { continue };
        for document in reported.with_places_of(finding) {
            let row = rows.entry(&document.locale).or_default();
            row.documents += 1;
            row.units += work.units;
            row.valid_units += work.valid;
            row.words += work.words;
        }
    }
    rows.into_iter().map(|(locale, row)| StaleRow { locale: locale.to_string(), ..row }).collect()
}

fn rule_row(rule: &str, found: &[&LocatedFinding], shares: &Shares) -> RuleRow {
    RuleRow {
        rule: rule.to_string(),
        severity: found.iter().map(|finding| finding.severity).max().map_or("", |severity| severity.as_str()),
        fixable: found.iter().filter(|finding| finding.fix.is_some()).count(),
        all: shares.all.rated(),
        machine: shares.machine.rated(),
        human: shares.human.rated(),
    }
}

/// Tables: a line a rule, a line a locale, a line a locale that is behind. MT and HT are findings per 1,000 units of documents
/// translated by machines and by people.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let statistics = Statistics::of(report.outcome);
    let width = statistics.rules.iter().map(|row| row.rule.len()).max().unwrap_or(0).max("locale".len());
    if !statistics.rules.is_empty() {
        writeln!(out, "{:width$}  severity  findings  fixable  per 1,000 units       MT       HT", "rule")?;
        for row in &statistics.rules {
            let (all, machine, human) = (rate(row.all), rate(row.machine), rate(row.human));
            let (rule, severity, findings, fixable) =
                (&row.rule, row.severity, row.all.findings, row.fixable);
            writeln!(
                out,
                "{rule:width$}  {severity:8}  {findings:8}  {fixable:7}  {all:>15}  {machine:>7}  {human:>7}"
            )?;
        }
        writeln!(out)?;
    }
    writeln!(
        out,
        "{:width$}  documents    units  findings  per 1,000 units       MT       HT   score",
        "locale"
    )?;
    for row in &statistics.locales {
        let (all, machine, human) = (rate(row.all), rate(row.machine), rate(row.human));
        let Share { documents, units, findings, .. } = row.all;
        let locale = &row.locale;
        writeln!(
            out,
            "{locale:width$}  {documents:9}  {units:7}  {findings:8}  {all:>15}  {machine:>7}  {human:>7}  {:>6}",
            score(&row.quality)
        )?;
    }
    write_worst(&statistics.articles, out)?;
    if !statistics.stale.is_empty() {
        writeln!(out, "\n{:width$}  documents behind    units  still valid  words to translate", "locale")?;
        for row in &statistics.stale {
            let StaleRow { locale, documents, units, valid_units, words } = row;
            writeln!(out, "{locale:width$}  {documents:16}  {units:7}  {valid_units:11}  {words:18}")?;
        }
    }
    write_suppressed(&statistics.suppressed, out)
}

/// What was suppressed, and why.
fn write_suppressed(rows: &[SuppressedRow], out: &mut dyn Write) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let width = rows.iter().map(|row| row.rule.len()).max().unwrap_or(0);
    writeln!(out, "\n{:width$}  suppressed  reason", "rule")?;
    for SuppressedRow { rule, reason, findings } in rows {
        writeln!(out, "{rule:width$}  {findings:10}  {}", visible(reason.as_deref().unwrap_or("-")))?;
    }
    Ok(())
}

/// The articles with the lowest scores.
fn write_worst(articles: &[ArticleQuality], out: &mut dyn Write) -> io::Result<()> {
    const SHOWN: usize = 10;
    if articles.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n  words  penalty   score  worst articles, and their worst locale")?;
    for article in articles.iter().take(SHOWN) {
        let Quality { words, penalty, .. } = article.score;
        let (name, score_of_all) = (visible(&article.article), score(&article.score));
        write!(out, "{words:7}  {penalty:7}  {score_of_all:>6}  {name}")?;
        match article.worst() {
            Some((locale, quality)) => writeln!(out, ", {locale} {}", score(quality))?,
            None => writeln!(out)?,
        }
    }
    Ok(())
}

fn score(quality: &Quality) -> String {
    quality.score.map_or_else(|| "-".into(), |score| format!("{score:.2}"))
}

fn rate(share: Share) -> String {
    share.per_1000_units.map_or_else(|| "-".into(), |rate| format!("{rate:.2}"))
}
