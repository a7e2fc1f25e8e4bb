//! The page of a rule of a pack, made from its definition.

use std::fmt::Write;

use super::{Definition, Form, Locales, Where};
use crate::support::words;

/// The page, in Markdown.
pub(super) fn page(rule: &Definition) -> String {
    let mut page = format!("# {}\n\n{}\n\n## What it looks for\n\n", rule.id, rule.description);
    let mut line = |text: String| page.push_str(&format!("- {text}\n"));
    line(form(rule));
    if let Some(locales) = locales(&rule.locales) {
        line(locales);
    }
    for (pattern, what) in [
        (&rule.if_source, "only where the source matches"),
        (&rule.unless_source, "not where the source matches"),
        (&rule.unless, "not within what matches"),
    ] {
        if let Some(pattern) = pattern {
            line(format!("{what} {}", code(pattern.as_str())));
        }
    }
    let is_prose = !rule.raw && !matches!(rule.form, Form::Terms(_)) && rule.place != Where::Code;
    if is_prose {
        line("code, addresses and HTML are not looked at".into());
    }
    if let Some(help) = &rule.help {
        let _ = write!(page, "\n## What to do\n\n{}\n", escaped(&help.written));
    }
    if let Some(fix) = &rule.fix {
        let how = if fix.safe { "safe" } else { "to be looked at" };
        let what = match &*fix.replacement.written {
            "" => "takes it out".into(),
            text => format!("puts in its place: {}", code(text)),
        };
        let _ = write!(page, "\nThe fix ({how}) {what}\n");
    }
    examples(rule, &mut page);
    let _ = write!(page, "\n## Where it comes from\n\n{}:{}\n", escaped(&rule.origin.file), rule.origin.line);
    page
}

fn form(rule: &Definition) -> String {
    let place = match &rule.place {
        Where::Target => "the target".into(),
        Where::Source => "the source".into(),
        Where::Pair => "source and target".into(),
        Where::Heading => "the target of headings".into(),
        Where::LinkText => "the text of links in the target".into(),
        Where::Code => "inline code in the target".into(),
        Where::FrontMatter(key) => format!("the front matter, key {}", code(key)),
    };
    match &rule.form {
        Form::Forbid(pattern) => format!("nothing in {place} matches {}", code(pattern.as_str())),
        Form::Require(pattern) => format!("{place} matches {}", code(pattern.as_str())),
        Form::RequirePair(pattern, wanted) => {
            let (pattern, wanted) = (code(pattern.as_str()), code(&wanted.written));
            format!("where the source has {pattern}, {place} has {wanted}")
        }
        Form::Keep(pattern) => {
            format!("what matches {} in the source stands in {place} as it is", code(pattern.as_str()))
        }
        Form::Terms(glossary) => {
            format!("{} with their translations", words::count(glossary.terms().len(), "term"))
        }
    }
}

fn locales(locales: &Locales) -> Option<String> {
    let (only, except) = (words::locales(&locales.only), words::locales(&locales.except));
    match (&*only, &*except) {
        ("", "") => None,
        ("", except) => Some(format!("in all locales but {except}")),
        (only, "") => Some(format!("in {only}")),
        (only, except) => Some(format!("in {only}, but not in {except}")),
    }
}

fn examples(rule: &Definition, page: &mut String) {
    if rule.examples.is_empty() {
        return;
    }
    page.push_str("\n## Examples\n");
    for example in &rule.examples {
        let verdict = match (example.good, example.count) {
            (true, _) => "Not reported:".to_string(),
            (false, Some(count)) if count != 1 => format!("Reported {count} times:"),
            (false, _) => "Reported:".to_string(),
        };
        let _ = write!(page, "\n{verdict}\n\n");
        let mut block = |fence: &str, text: &str| {
            // Longer than what may stand inside.
            let _ = write!(page, "````{fence}\n{}\n````\n", text.trim_end_matches('\n'));
        };
        if example.source != "…" {
            block("source", &example.source);
        }
        if example.target != "…" {
            block(&format!("target {}", example.locale), &example.target);
        }
        if let Some(fixed) = &example.fixed {
            block(&format!("fixed {}", example.locale), fixed);
        }
    }
}

/// A text in code marks that are longer than those in it.
fn code(text: &str) -> String {
    let mut marks = String::from("`");
    while text.contains(&*marks) {
        marks.push('`');
    }
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{marks}{pad}{text}{pad}{marks}")
}

/// A text that is no Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\*_[]<>`#".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
