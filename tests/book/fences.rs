//! Pages of rules as pages of the book: what a fence is stands above it, and names of rules are links.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// Pages of the book, named in text.
static PATHS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(^|[^\[/\w`])docs/([\w-]+\.md)\b").unwrap());

/// What may be the name of a rule, in code.
static NAMES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(^|[^\[`])`([a-z][a-z0-9-]*/[a-z][a-z0-9-]*)`").unwrap());

/// Turns a page, or a part of one, into a part of the book. `own` is the rule that it is about, whose name is no link; `to_rules` leads to
/// the folder of all rules, `to_docs` to the start of the book.
pub(crate) struct Turn<'a> {
    pub(crate) known: &'a BTreeSet<String>,
    pub(crate) own: &'a str,
    pub(crate) to_rules: &'a str,
    pub(crate) to_docs: &'a str,
    /// Whether headings are set in bold, where the page is a part of another.
    pub(crate) flat: bool,
}

impl Turn<'_> {
    pub(crate) fn page(&self, text: &str) -> String {
        let (mut out, mut lines) = (String::new(), text.lines());
        while let Some(line) = lines.next() {
            let Some(fence) = Fence::of(line) else {
                out += &format!("{}\n", self.prose(line));
                continue;
            };
            let inside = lines.by_ref().take_while(|line| !fence.is_closed_by(line));
            let inside: String = inside.map(|line| format!("{line}\n")).collect();
            // The label has a paragraph of its own.
            out.truncate(out.trim_end_matches('\n').len());
            out += &format!("{}{}\n", if out.is_empty() { "" } else { "\n\n" }, fence.labelled(&inside));
        }
        out
    }

    /// A line outside of fences.
    pub(crate) fn prose(&self, line: &str) -> String {
        if line.starts_with('#') {
            let heading = line.strip_prefix("## ").filter(|_| self.flat);
            return heading.map_or_else(|| line.to_string(), |heading| format!("**{heading}**"));
        }
        let line = line.replace("](../../docs/", &format!("]({}", self.to_docs));
        let line = PATHS.replace_all(&line, format!("${{1}}[docs/${{2}}]({}${{2}})", self.to_docs));
        let link = |found: &Captures<'_>| {
            let (before, name) = (&found[1], &found[2]);
            if name == self.own || !self.known.contains(name) {
                return found[0].to_string();
            }
            format!("{before}[`{name}`]({}{name}.md)", self.to_rules)
        };
        NAMES.replace_all(&line, link).into_owned()
    }
}

/// The line that opens a code block.
struct Fence<'l> {
    marks: &'l str,
    info: &'l str,
}

impl<'l> Fence<'l> {
    fn of(line: &'l str) -> Option<Self> {
        let mark = line.chars().next().filter(|mark| "`~".contains(*mark))?;
        let info = line.trim_start_matches(mark);
        let marks = &line[..line.len() - info.len()];
        (marks.len() >= 3 && !info.contains('`')).then(|| Self { marks, info: info.trim() })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        Fence::of(line).is_some_and(|end| end.info.is_empty() && end.marks.starts_with(self.marks))
    }

    /// The block, with what it is above it.
    fn labelled(&self, inside: &str) -> String {
        let (kind, rest) = self.info.split_once(' ').unwrap_or((self.info, ""));
        let (label, language) = match kind {
            "source" => ("English:".to_string(), "text"),
            "target" => (format!("{rest}:"), "text"),
            "document" => (format!("{}:", rest.replacen(' ', ", ", 1)), "text"),
            "english" => (format!("{}:", english(rest)), "text"),
            "fixed" => (format!("Fixed, {rest}:"), "text"),
            "options" => ("Options:".to_string(), "yaml"),
            "glossary" => ("Glossary:".to_string(), "yaml"),
            "findings" if inside == "none\n" => return "**Not reported.**".into(),
            "findings" => ("**Reported:**".to_string(), "text"),
            _ => (String::new(), self.info),
        };
        let gap = if label.is_empty() { "" } else { "\n\n" };
        format!("{label}{gap}{0}{language}\n{inside}{0}", self.marks)
    }
}

/// What a fence of an English file is: `at COMMIT`, `now`, `list` and so on.
fn english(rest: &str) -> String {
    match rest.split_once(' ').unwrap_or((rest, "")) {
        ("at", commit) => format!("English at commit `{commit}`"),
        ("gone", more) => format!("English, gone since commit `{}`", more.replacen(' ', "` of `", 1)),
        ("folder", _) => "English, a folder without history".into(),
        ("list", _) => "The English articles".into(),
        ("never", _) => "English: never there".into(),
        _ => format!("English {rest}"),
    }
}
