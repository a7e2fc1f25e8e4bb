//! Runs the examples of rules.

use std::fmt;

use bitext::{Document, DocumentId, Locale, Localized, SourceFile, Span};

use super::front_matter::single_quoted;
use super::{Definition, Example, Where, check};
use crate::reader::Origin;
use crate::support::words::quote;
use crate::support::yaml;
use crate::{Check, FIX_ROUNDS, Finding, RuleInfo, Seen, Severity, Sink};

/// An example that does not do what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The rule.
    pub rule: String,
    /// The place of the example.
    pub origin: Origin,
    /// Its locale.
    pub locale: Locale,
    /// Its source.
    pub source: String,
    /// Its target, or the value of the key.
    pub target: String,
    /// What should be.
    pub expected: String,
    /// What is.
    pub found: String,
}

/// Runs the examples of a rule; gives those that fail.
pub fn run(rule: &std::sync::Arc<Definition>) -> Vec<Failure> {
    let (info, check) = (rule.info(), check::of(rule.clone()));
    rule.examples.iter().filter_map(|example| one(rule, &info, &check, example)).collect()
}

fn one(rule: &Definition, info: &RuleInfo, check: &Check, example: &Example) -> Option<Failure> {
    let failure = |expected: String, found: String| {
        let (target, source) = (example.target.clone(), example.source.clone());
        let (origin, locale) = (example.origin.clone(), example.locale.clone());
        Some(Failure { rule: rule.id.clone(), origin, locale, source, target, expected, found })
    };
    let Some(localized) = document(rule, example) else {
        return failure("a text that can stand in a document".into(), "the markup of pairs in it".into());
    };
    let findings = findings(info, check, &localized);
    let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    let said = if messages.is_empty() { "no finding".into() } else { messages.join("; ") };
    if example.good {
        return if findings.is_empty() { None } else { failure("no finding".into(), said) };
    }
    match example.count {
        Some(count) if count != findings.len() => {
            return failure(crate::support::words::count(count, "finding"), said);
        }
        None if findings.is_empty() => return failure("a finding".into(), said),
        _ => {}
    }
    if let Some(message) = &example.message
        && messages.first() != Some(&message.as_str())
    {
        return failure(format!("the message: {message}"), said);
    }
    let is_fixed = findings.iter().any(|finding| finding.fix.is_some());
    let after = match fixed(info, check, localized, findings) {
        Ok(localized) => localized.and_then(|localized| shown(rule, &localized.document)),
        Err(localized) => {
            let after = shown(rule, &localized.document).unwrap_or_default();
            let found = format!("fixes that call for fixes again, without end: {}", quote(&after));
            return failure("a text that needs no more fixes after its fixes".into(), found);
        }
    };
    match (&example.fixed, after) {
        (Some(wanted), Some(after)) if is_fixed && after == *wanted => None,
        (Some(wanted), after) => {
            let after = after.filter(|_| is_fixed);
            failure(format!("after the fix: {wanted}"), after.unwrap_or_else(|| "no fix that fits".into()))
        }
        (None, _) => None,
    }
}

fn findings(info: &RuleInfo, check: &Check, localized: &Localized) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut sink = Sink::new(info, info.severity.unwrap_or(Severity::Info), &mut findings);
    match check {
        Check::Unit(check) => {
            let units: Vec<_> = Seen::all(localized).collect();
            check.check_all(&units, &mut sink);
        }
        Check::Document(check) => check.check(localized, &mut sink),
        Check::Article(_) | Check::Corpus(_) => {}
    }
    findings
}

/// A document with the example in it; `None` if it does not come out of it as it went in.
fn document(rule: &Definition, example: &Example) -> Option<Localized> {
    let text = match &rule.place {
        Where::FrontMatter(key) => format!("---\n{key}: {}\n---\n", single_quoted(&example.target)),
        place => {
            let lead = if *place == Where::Heading { "# " } else { "" };
            format!(
                "{lead}<span data-ttu-id=\"e0e0e-101\">{}</span><span class=\"sxs-lookup\"><span data-stu-id=\"e0e0e-101\">{}</span></span>\n",
                example.target, example.source
            )
        }
    };
    let document = parse(text)?;
    let is_whole = document.faults.is_empty() && shown(rule, &document).as_ref() == Some(&example.target);
    let localized = Localized { id: DocumentId(0), locale: example.locale.clone(), document, reported: true };
    is_whole.then_some(localized)
}

/// The target, or the value of the key.
fn shown(rule: &Definition, document: &Document) -> Option<String> {
    Some(match &rule.place {
        Where::FrontMatter(key) => {
            yaml::entry(document, key)?.value.scalar()?.text(document.file.text()).to_string()
        }
        _ => document.target(document.units.first()?).to_string(),
    })
}

/// The document after all fixes, also those that the fixes of a round call for; `None` if one does not fit.
///
/// # Errors
/// What they have made of it, if there is no end to them.
fn fixed(
    info: &RuleInfo,
    check: &Check,
    mut localized: Localized,
    mut findings: Vec<Finding>,
) -> Result<Option<Localized>, Box<Localized>> {
    let mut rounds = 0;
    while findings.iter().any(|finding| finding.fix.is_some()) {
        if rounds == FIX_ROUNDS {
            return Err(Box::new(localized));
        }
        rounds += 1;
        let text = one_round(localized.document.file.text(), &findings);
        let Some(document) = text.and_then(parse) else { return Ok(None) };
        localized = Localized { document, ..localized };
        findings = self::findings(info, check, &localized);
    }
    Ok(Some(localized))
}

/// The text with the fixes that do not get in each other's way; later ones first, so that the earlier spans stay right.
fn one_round(text: &str, findings: &[Finding]) -> Option<String> {
    let span = |fix: &crate::Fix| fix.edits.first().map_or(Span::at(0), |edit| edit.span);
    let mut fixes: Vec<_> = findings.iter().filter_map(|finding| finding.fix.as_ref()).collect();
    fixes.sort_by_key(|fix| span(fix));
    let mut taken = None;
    fixes.retain(|fix| {
        let is_free = taken.is_none_or(|end| end < span(fix).start);
        taken = if is_free { Some(span(fix).end) } else { taken };
        is_free
    });
    fixes.iter().rev().try_fold(text.to_string(), |text, fix| fix.apply(&text))
}

/// Reads a text that was made here.
fn parse(text: String) -> Option<Document> {
    SourceFile::from_bytes(text.into_bytes()).ok().map(Document::parse)
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, origin, locale, source, target, expected, found } = self;
        writeln!(f, "{}:{}: {rule}", origin.file, origin.line)?;
        writeln!(f, "  source    {source}")?;
        writeln!(f, "  {:8}  {target}", locale.as_str())?;
        writeln!(f, "  expected  {expected}")?;
        write!(f, "  found     {found}")
    }
}
