//! How often each rule fires and how each locale does, machine and human translation apart.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::Report;
use crate::engine::{LocatedFinding, Outcome, Translator};

/// Findings of a run, by rule and by locale.
#[derive(Debug, Serialize)]
pub(super) struct Statistics {
    /// Most frequent first.
    rules: Vec<RuleRow>,
    /// In the order of their tags.
    locales: Vec<LocaleRow>,
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
    /// Findings per 1,000 units; null if there are no units.
    per_1000_units: Option<f64>,
}

impl Share {
    fn rated(mut self) -> Self {
        #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let rate = || (100_000.0 * self.findings as f64 / self.units as f64).round() / 100.0;
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
}

impl Statistics {
    pub(super) fn of(outcome: &Outcome) -> Self {
        let mut whole = Shares::default();
        let mut locales: BTreeMap<&str, Shares> = BTreeMap::new();
        let mut translators: BTreeMap<&Path, Translator> = BTreeMap::new();
        for document in &outcome.documents {
            translators.insert(&document.path, document.translator);
            for shares in [&mut whole, locales.entry(&document.locale).or_default()] {
                shares.each(document.translator, |share| {
                    share.documents += 1;
                    share.units += document.units;
                });
            }
        }
        let mut rules: BTreeMap<&str, (Vec<&LocatedFinding>, Shares)> = BTreeMap::new();
        for finding in &outcome.findings {
            let translator = translators.get(finding.path.as_path()).copied().unwrap_or(Translator::Unknown);
            let (found, shares) = rules.entry(&finding.rule).or_insert_with(|| (Vec::new(), whole));
            found.push(finding);
            for shares in [shares, locales.entry(&finding.locale).or_default()] {
                shares.each(translator, |share| share.findings += 1);
            }
        }
        let mut rules: Vec<RuleRow> =
            rules.into_iter().map(|(rule, (found, shares))| rule_row(rule, &found, &shares)).collect();
        rules.sort_by(|left, right| {
            right.all.findings.cmp(&left.all.findings).then(left.rule.cmp(&right.rule))
        });
        let locales = locales.into_iter().map(|(locale, shares)| LocaleRow {
            locale: locale.to_string(),
            all: shares.all.rated(),
            machine: shares.machine.rated(),
            human: shares.human.rated(),
        });
        Self { rules, locales: locales.collect() }
    }
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

/// Two tables: a line a rule, a line a locale. MT and HT are findings per 1,000 units of documents
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
    writeln!(out, "{:width$}  documents    units  findings  per 1,000 units       MT       HT", "locale")?;
    for row in &statistics.locales {
        let (all, machine, human) = (rate(row.all), rate(row.machine), rate(row.human));
        let Share { documents, units, findings, .. } = row.all;
        let locale = &row.locale;
        writeln!(
            out,
            "{locale:width$}  {documents:9}  {units:7}  {findings:8}  {all:>15}  {machine:>7}  {human:>7}"
        )?;
    }
    Ok(())
}

fn rate(share: Share) -> String {
    share.per_1000_units.map_or_else(|| "-".into(), |rate| format!("{rate:.2}"))
}
