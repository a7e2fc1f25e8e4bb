//! `loclint init`: a first configuration, made after a look at the tree.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bitext::Locale;

use crate::discover::{Origin, Plan};

/// The text of a first configuration for the tree in `folder`. `english` is a folder with the English articles,
/// relative to it, where there is one. It changes nothing but what it says.
pub fn draft(plan: &Plan, folder: &Path, english: Option<&str>) -> String {
    let locales: BTreeSet<&Locale> = plan.documents().map(|document| &document.locale).collect();
    let tags: Vec<&str> = locales.iter().map(|locale| locale.as_str()).collect();
    let documents = plan.documents().count();
    let mut text = format!(
        "# What loclint checks here. \"loclint config\" shows all values that count, with where they come from.\n\
         # yaml-language-server: $schema=https://raw.githubusercontent.com/loclint/loclint/main/schema/loclint.schema.json\n\
         #\n\
         # Found: {} in {} ({documents} documents).\n\n",
        count(plan.articles.len(), "article"),
        tags.join(", "),
    );
    text += &layout(plan, folder);
    text += "# Left out, besides what .gitignore and .loclintignore leave out. Patterns as in .gitignore.\n\
             # exclude:\n#   - \"archive/**\"\n\n";
    text += &source(english);
    text += "# Trees that hold the same articles in other locales, read for comparison.\n\
             # siblings:\n#   - ../docs.de-de\n\n\
             # Terms and names: YAML, CSV or TBX. \"loclint terms\" drafts one from this tree.\n\
             # glossary:\n#   - terms.yml\n\n\
             # What makes the exit code 1.\n\
             gate:\n  fail-on: error\n  # max-warnings: 100\n  # min-score: 95\n\n\
             # Rules and categories: off, info, warning or error, and options. \"loclint rules\" lists them.\n\
             # rules:\n#   text/doubled-word: off\n#   markup: error\n\n\
             # Other settings for some paths or locales; the last that fits wins.\n\
             # overrides:\n#   - locales: [";
    text += tags.first().copied().unwrap_or("ja-JP");
    text += "]\n#     rules:\n#       text/length: info\n\n\
             # Findings that are accepted, where the documents should have no comment that says so.\n\
             # suppress:\n#   - rule: text/doubled-word\n#     paths: guide.md\n#     units: [103]\n\
             #     reason: so in the product\n";
    text
}

/// The layout, named so that everybody sees it; as a comment where the tree has several.
fn layout(plan: &Plan, folder: &Path) -> String {
    let mut layouts: BTreeMap<String, usize> = BTreeMap::new();
    for document in plan.documents().filter(|document| document.path.starts_with(folder)) {
        if let Some(layout) = layout_of(document, folder) {
            *layouts.entry(layout).or_default() += 1;
        }
    }
    let about = "# How paths tell article and locale. Without it, loclint finds out by itself.\n";
    let mut lines: Vec<(usize, String)> =
        layouts.into_iter().map(|(layout, count)| (count, layout)).collect();
    lines.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    // So that what is written here changes nothing.
    let comment = if lines.len() == 1 { "" } else { "# " };
    if lines.is_empty() {
        return String::new();
    }
    let lines = lines.iter().take(5).map(|(_, layout)| format!("{comment}  - \"{layout}\"\n"));
    format!("{about}{comment}layout:\n{}\n", lines.collect::<String>())
}

/// The layout that a document's path follows: the folders before the locale by name.
fn layout_of(document: &crate::discover::PlannedDocument, folder: &Path) -> Option<String> {
    let below = document.path.strip_prefix(folder).ok()?;
    let names: Vec<&str> = below.iter().map(|name| name.to_str()).collect::<Option<_>>()?;
    let is_locale = |text: &str| Locale::parse(text).as_ref() == Some(&document.locale);
    let at = |found: &dyn Fn(&str) -> bool| names.iter().position(|name| found(name));
    let lead = |at: usize| names[..at].iter().map(|name| format!("{name}/")).collect::<String>();
    match document.origin {
        Origin::Folder => at(&|name| is_locale(name)).map(|at| format!("{}{{locale}}/{{article}}", lead(at))),
        Origin::DocsetFolder => {
            let found = at(&|name| name.rsplit_once('.').is_some_and(|(_, tag)| is_locale(tag)))?;
            Some(format!("{}{{docset}}.{{locale}}/{{article}}", lead(found)))
        }
        Origin::FileName => Some("{article}.{locale}.md".into()),
        Origin::FrontMatter => None,
    }
}

fn source(english: Option<&str>) -> String {
    let about = "# The English articles, against which hashes, commits and texts are verified.\n";
    match english {
        Some(path) => format!("{about}source:\n  path: {path}\n  # ref: main\n\n"),
        None => format!("{about}# source:\n#   path: ../docs\n#   folder: articles\n#   ref: main\n\n"),
    }
}

fn count(number: usize, name: &str) -> String {
    format!("{number} {name}{}", if number == 1 { "" } else { "s" })
}
