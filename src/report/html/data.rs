//! What the script of the page reads.

use std::collections::{BTreeSet, HashMap};
use std::ffi::OsStr;
use std::path::Path;

use ::rules::{Applicability, Role};
use bitext::Locale;
use serde::Serialize;

use super::HtmlOptions;
use super::link::link;
use super::sides::{Kind, Shown, Side, is_own_source};
use crate::engine::{LocatedFinding, Range};
use crate::report::reported::Reported;
use crate::report::{Report, pieces};

/// Related places that are listed with a finding; the rest are counted.
const MAX_RELATED: usize = 12;

/// Digits of a fingerprint that tell findings of a page apart.
const DIGITS: usize = 12;

/// Everything, with lists that findings point into by number.
#[derive(Debug, Serialize)]
pub(super) struct Data<'a> {
    version: u32,
    rules: Vec<Rule<'a>>,
    locales: Vec<LocaleEntry<'a>>,
    files: Vec<File>,
    findings: Vec<Finding<'a>>,
}

#[derive(Debug, Serialize)]
struct Rule<'a> {
    id: &'a str,
    summary: &'a str,
}

#[derive(Debug, Serialize)]
struct LocaleEntry<'a> {
    tag: &'a str,
    rtl: bool,
}

#[derive(Debug, Serialize)]
struct File {
    path: String,
    /// With `{line}` and `{column}` to be filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

#[derive(Debug, Serialize)]
struct Finding<'a> {
    id: String,
    rule: usize,
    severity: &'static str,
    confidence: &'static str,
    locale: usize,
    /// The other locales that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<usize>,
    file: usize,
    line: u32,
    column: u32,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    article: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(flatten)]
    shown: Shown,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
    /// Related places that are not listed.
    #[serde(skip_serializing_if = "is_zero")]
    more: usize,
}

#[derive(Debug, Serialize)]
struct Fix<'a> {
    title: &'a str,
    safe: bool,
}

#[derive(Debug, Serialize)]
struct Related<'a> {
    role: &'static str,
    label: &'a str,
    locale: usize,
    file: usize,
    line: u32,
    column: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Side>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
}

/// A finding, or its related place: the number in the page, and in the finding.
type Wanted = (usize, Option<(usize, usize)>);

/// What is shown of a document for a finding, or for a related place of it, with its number in the page.
enum Text {
    Own(Shown),
    Related(usize, Side, Kind),
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

impl<'a> Data<'a> {
    pub(super) fn of(report: &'a Report<'_>, options: &'a HtmlOptions) -> Self {
        let findings = &report.outcome.findings;
        let (rules, locales, paths) = lists(findings);
        let mut data = Self {
            version: 1,
            rules: rules.iter().map(|id| rule(id, options)).collect(),
            locales: locales.iter().map(|tag| locale(tag)).collect(),
            files: paths.iter().map(|path| file(path, report, options)).collect(),
            findings: Vec::with_capacity(findings.len()),
        };
        let number = |list: &[&str], name: &str| list.binary_search(&name).unwrap_or_default();
        let file = |path: &Path| {
            paths.binary_search_by_key(&path.as_os_str(), |path| path.as_os_str()).unwrap_or_default()
        };
        let reported = Reported::of(report.outcome);
        for one in findings {
            let also = reported.locales_of(one).into_iter().filter(|locale| *locale != one.locale);
            let listed = listed(one).take(MAX_RELATED).map(|(_, related)| Related {
                role: related.role.as_str(),
                label: &related.label,
                locale: number(&locales, &related.locale),
                file: file(&related.path),
                line: related.range.start.line,
                column: related.range.start.column,
                text: None,
                kind: None,
            });
            let Range { start, .. } = one.range;
            // The fix is shown with its title.
            let title = one.fix.as_ref().map(|fix| fix.title.as_str());
            data.findings.push(Finding {
                id: id(&one.fingerprint),
                rule: number(&rules, &one.rule),
                severity: one.severity.as_str(),
                confidence: one.confidence.as_str(),
                locale: number(&locales, &one.locale),
                also: also.map(|locale| number(&locales, locale)).collect(),
                file: file(&one.path),
                line: start.line,
                column: start.column,
                message: &one.message,
                help: one.help.as_deref().filter(|help| title != Some(*help)),
                article: &one.article,
                unit: one.unit.as_deref(),
                shown: Shown::default(),
                fix: one
                    .fix
                    .as_ref()
                    .map(|fix| Fix { title: &fix.title, safe: fix.applicability == Applicability::Safe }),
                related: listed.collect(),
                more: listed_count(one).saturating_sub(MAX_RELATED),
            });
        }
        data.read_texts(report);
        data
    }

    /// Reads every document with a place once, and puts in what is shown of it.
    fn read_texts(&mut self, report: &Report<'_>) {
        let findings = &report.outcome.findings;
        // By paths as they are spelt: part by part they take long to compare.
        let mut wanted: HashMap<&OsStr, Vec<Wanted>> = HashMap::new();
        for (index, one) in findings.iter().enumerate() {
            wanted.entry(one.path.as_os_str()).or_default().push((index, None));
            for (nth, (at, related)) in listed(one).take(MAX_RELATED).enumerate() {
                wanted.entry(related.path.as_os_str()).or_default().push((index, Some((nth, at))));
            }
        }
        let wanted: Vec<(&OsStr, Vec<Wanted>)> = wanted.into_iter().collect();
        let read = pieces::all(&wanted, |(path, places)| texts(report, path, places));
        for ((index, _), text) in read.into_iter().flatten() {
            let finding = &mut self.findings[index];
            match text {
                Text::Own(shown) => finding.shown = shown,
                Text::Related(nth, side, kind) => {
                    (finding.related[nth].text, finding.related[nth].kind) = (Some(side), Some(kind));
                }
            }
        }
    }
}

/// What is shown of a document, for each of the places.
fn texts(report: &Report<'_>, path: &OsStr, places: &[Wanted]) -> Vec<(Wanted, Text)> {
    // One that is gone by now has no text to show.
    let Ok(document) = report.files.document(Path::new(path)) else { return Vec::new() };
    let text = |wanted: &Wanted| {
        let one = &report.outcome.findings[wanted.0];
        let text = match wanted.1 {
            None => Text::Own(Shown::of(&document, one)),
            Some((nth, at)) => {
                let (side, kind) = Shown::related(&document, &one.related[at]);
                Text::Related(nth, side, kind)
            }
        };
        (*wanted, text)
    };
    places.iter().map(text).collect()
}

/// The related places that are listed, with their numbers: not the source beside the target, which is shown anyway.
fn listed(finding: &LocatedFinding) -> impl Iterator<Item = (usize, &crate::engine::LocatedRelated)> {
    let all = finding.related.iter().enumerate();
    // The same key of the front matter in other locales, which the message names.
    all.filter(|(_, one)| {
        !(is_own_source(finding, one) || (finding.whole_article && one.role == Role::Place))
    })
}

fn listed_count(finding: &LocatedFinding) -> usize {
    listed(finding).count()
}

/// The rules, locales and files that findings name, each sorted.
fn lists(findings: &[LocatedFinding]) -> (Vec<&str>, Vec<&str>, Vec<&Path>) {
    let (mut rules, mut locales, mut paths) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for one in findings {
        rules.insert(one.rule.as_ref());
        locales.insert(one.locale.as_str());
        paths.insert(one.path.as_os_str());
        for related in &one.related {
            locales.insert(related.locale.as_str());
            paths.insert(related.path.as_os_str());
        }
    }
    let paths = paths.into_iter().map(Path::new).collect();
    (rules.into_iter().collect(), locales.into_iter().collect(), paths)
}

fn rule<'a>(id: &'a str, options: &'a HtmlOptions) -> Rule<'a> {
    Rule { id, summary: options.summaries.get(id).map_or("", String::as_str) }
}

fn locale(tag: &str) -> LocaleEntry<'_> {
    // A text of the English tree has no locale.
    let rtl = Locale::parse(tag).is_some_and(|locale| locale.is_right_to_left());
    LocaleEntry { tag: if tag.is_empty() { "en" } else { tag }, rtl }
}

fn file(path: &Path, report: &Report<'_>, options: &HtmlOptions) -> File {
    let link = || link(options.template.as_ref(), path, &report.current, &options.folder);
    // What is in git has no place on disk.
    File { path: report.path(path), link: report.files.is_on_disk(path).then(link).flatten() }
}

/// The start of a fingerprint, with the number that tells equal ones apart.
fn id(fingerprint: &str) -> String {
    let (print, number) = fingerprint.split_once('-').unwrap_or((fingerprint, ""));
    let short = print.get(..DIGITS).unwrap_or(print);
    if number.is_empty() { short.into() } else { format!("{short}-{number}") }
}
