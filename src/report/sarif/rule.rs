//! What a SARIF report says about rules.

use std::borrow::Cow;
use std::collections::BTreeMap;

use ::rules::{Confidence, RuleInfo, Severity};
use serde::Serialize;

use super::level;
use crate::engine::{LocatedFinding, RuleSet};
use crate::report::rule_page;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Descriptor<'a> {
    pub(super) id: &'a str,
    #[serde(flatten)]
    page: Option<Page<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page<'a> {
    short_description: Text<'a>,
    full_description: Text<'a>,
    help: Help<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    default_configuration: Configuration,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Text<'a> {
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct Help<'a> {
    text: &'a str,
    markdown: &'a str,
}

#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

#[derive(Serialize)]
struct Properties<'a> {
    category: &'a str,
    mqm: &'a str,
    its: &'a str,
    scope: &'static str,
    fix: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'a str>,
    tags: [&'a str; 2],
    /// GitHub filters by this and the next.
    precision: &'static str,
    #[serde(rename = "problem.severity")]
    problem_severity: &'static str,
}

/// The rules of some findings, sorted by id.
pub(super) fn of<'a>(findings: &[&'a LocatedFinding], rules: &'a RuleSet) -> Vec<Descriptor<'a>> {
    let infos: BTreeMap<&str, &RuleInfo> =
        rules.rules.iter().map(|active| (&*active.rule.info.id, &active.rule.info)).collect();
    let mut ids: Vec<&str> = findings.iter().map(|finding| &*finding.rule).collect();
    ids.sort_unstable();
    ids.dedup();
    // A fault of loclint itself has no rule.
    ids.into_iter().map(|id| Descriptor { id, page: infos.get(id).map(|info| page(info)) }).collect()
}

fn page(info: &RuleInfo) -> Page<'_> {
    let help = prose(&info.page);
    Page {
        short_description: Text { text: info.summary().into() },
        full_description: Text { text: full_description(info) },
        help: Help { text: help, markdown: help },
        help_uri: help_uri(info),
        default_configuration: Configuration {
            enabled: info.severity.is_some(),
            level: level(info.severity.unwrap_or(Severity::Info)),
        },
        properties: Properties {
            category: info.category(),
            mqm: &info.mqm,
            its: &info.its,
            scope: info.scope.as_str(),
            fix: info.fix.as_str(),
            since: info.since.as_deref(),
            tags: ["localization", info.category()],
            precision: match info.confidence {
                Confidence::Low => "low",
                Confidence::Medium => "medium",
                Confidence::High => "high",
            },
            problem_severity: match info.severity {
                Some(Severity::Error) => "error",
                Some(Severity::Warning) => "warning",
                Some(Severity::Info) | None => "recommendation",
            },
        },
    }
}

/// A page without its title and its examples, which are long and bilingual.
fn prose(page: &str) -> &str {
    let body = page.split_once('\n').map_or("", |(_, body)| body);
    body.split("\n## Examples").next().unwrap_or_default().trim()
}

/// The summary, and why it matters.
fn full_description(info: &RuleInfo) -> Cow<'_, str> {
    let section = info.page.split("\n## Why it matters\n").nth(1);
    let why = section.and_then(|rest| rest.split("\n## ").next()).map(str::trim);
    match why {
        Some(why) => format!("{} {}", info.summary(), why.replace('\n', " ").replace("  ", " ")).into(),
        None => info.summary().into(),
    }
}

/// Where the page of a rule can be read, if it comes with loclint.
fn help_uri(info: &RuleInfo) -> Option<String> {
    // The pages of packs are made while they are read.
    let Cow::Borrowed(_) = info.page else { return None };
    Some(rule_page(&info.id))
}
