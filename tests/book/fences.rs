//! Pages of rules as pages of the book: what a fence is stands above it, and names of rules are links.

use std::collections::BTreeSet;

use regex::{Captures, Regex};

/// Turns a page, or a part of one, into a part of the book. `own` is the rule that it is about, whose name is no link; `to_rules` leads to
/// the folder of all rules, `to_docs` to the start of the book.
pub(crate) struct Turn<'a> {
    pub(crate) known: &'a BTreeSet<String>,
    pub(crate) own: &'a str,
    pub(crate) to_rules: &'a str,
    pub(crate) to_docs: &'a str,
}

impl Turn<'_> {
    pub(crate) fn page(&self, text: &str) -> String {
        let (mut out, mut open) = (String::new(), None::<Fence>);
        for line in text.lines() {
            let fence = Fence::of(line);
            match (&mut open, fence) {
                (None, Some(fence)) => {
                    out += &fence.opened();
                    open = Some(fence);
                }
                (Some(fence), Some(end)) if end.closes(fence) => {
                    out += &fence.closed();
                    open = None;
                }
                (Some(fence), _) if fence.is_findings() => fence.lines.push(line.to_string()),
                (Some(_), _) => out += &format!("{line}\n"),
                (None, None) => out += &format!("{}\n", self.prose(line)),
            }
        }
        // Labels have a line of their own.
        Regex::new(r"\n{3,}").unwrap().replace_all(&out, "\n\n").into_owned()
    }

    /// A line outside of fences.
    pub(crate) fn prose(&self, line: &str) -> String {
        if line.starts_with('#') {
            return line.to_string();
        }
        let line = line.replace("](../../docs/", &format!("]({}", self.to_docs));
        let paths = Regex::new(r"(^|[^\[/\w])docs/([\w-]+\.md)\b").unwrap();
        let line = paths.replace_all(&line, format!("${{1}}[docs/${{2}}]({}${{2}})", self.to_docs));
        let names = Regex::new(r"(^|[^\[`])`([a-z][a-z0-9-]*/[a-z][a-z0-9-]*)`").unwrap();
        let link = |found: &Captures<'_>| {
            let (before, name) = (&found[1], &found[2]);
            if name == self.own || !self.known.contains(name) {
                return found[0].to_string();
            }
            format!("{before}[`{name}`]({}{name}.md)", self.to_rules)
        };
        names.replace_all(&line, link).into_owned()
    }
}

/// A fence of a code block.
struct Fence {
    marks: String,
    info: String,
    /// Lines that are kept back until all are there.
    lines: Vec<String>,
}

impl Fence {
    fn of(line: &str) -> Option<Self> {
        let mark = line.chars().next().filter(|mark| "`~".contains(*mark))?;
        let info = line.trim_start_matches(mark);
        let marks = &line[..line.len() - info.len()];
        let is_fence = marks.len() >= 3 && !info.contains('`');
        is_fence.then(|| Self { marks: marks.into(), info: info.trim().into(), lines: Vec::new() })
    }

    fn closes(&self, other: &Self) -> bool {
        self.info.is_empty() && self.marks.starts_with(&other.marks)
    }

    fn is_findings(&self) -> bool {
        self.info == "findings"
    }

    fn opened(&self) -> String {
        let (kind, rest) = self.info.split_once(' ').unwrap_or((&self.info, ""));
        let (label, language) = match kind {
            "source" => ("English".to_string(), "text"),
            "target" => (rest.to_string(), "text"),
            "document" => (rest.replacen(' ', ", ", 1), "text"),
            "english" => (english(rest), "text"),
            "fixed" => (format!("Fixed, {rest}"), "text"),
            "options" => ("Options".to_string(), "yaml"),
            "glossary" => ("Glossary".to_string(), "yaml"),
            "findings" => return String::new(),
            _ => return format!("{}{}\n", self.marks, self.info),
        };
        format!("\n{label}:\n\n{}{language}\n", self.marks)
    }

    fn closed(&self) -> String {
        if !self.is_findings() {
            return format!("{}\n", self.marks);
        }
        if self.lines == ["none"] {
            return "\n**Not reported.**\n".into();
        }
        let lines = self.lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        format!("\n**Reported:**\n\n{}text\n{lines}{}\n", self.marks, self.marks)
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
