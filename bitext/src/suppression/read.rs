//! Finds comments and front-matter keys that speak to loclint, and says what to cut out of the text for them.

use std::sync::LazyLock;

use memchr::memmem;

use super::SuppressionFault;
use crate::span::holding;
use crate::{FrontMatter, SourceFile, Span, Value, block};

/// What they all start with. A document without it costs one scan.
const MARK: &str = "loclint-";

/// The front-matter key.
const KEY: &str = "loclint-disable";

/// A comment or a front-matter key. Spans are in bytes of the file as it is written.
#[derive(Debug)]
pub(crate) struct Directive {
    /// The comment, or the key with its value.
    pub(super) span: Span,
    /// What is cut out for it: its line, or also the blank that it brought; `None` if it stays.
    pub(super) cut: Option<Span>,
    /// Whether it is alone on its line.
    pub(super) own_line: bool,
    pub(super) command: Command,
    /// Never empty but for faults: all rules are one name without a rule.
    pub(super) names: Vec<Name>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    NextUnit,
    NextLine,
    Disable,
    Enable,
    File,
    Faulty(SuppressionFault),
}

/// A rule, or all rules, with a reason.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) rule: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) span: Span,
}

/// The file without the directives, and the directives in the order of the file.
pub(crate) fn cut_out(file: SourceFile) -> (SourceFile, Vec<Directive>) {
    /// Made once.
    static FINDER: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(MARK));
    let text = file.text();
    if FINDER.find(text.as_bytes()).is_none() {
        return (file, Vec::new());
    }
    let front = FrontMatter::parse(text);
    let body = front.as_ref().map_or(0, |front| front.block.end as usize);
    let mut directives = front.as_ref().map_or_else(Vec::new, |front| keys(text, front));
    directives.extend(comments(text, body));
    let mut cuts: Vec<Span> = directives.iter().filter_map(|directive| directive.cut).collect();
    // Comments side by side are cut out together, and so is front matter that holds nothing else.
    cuts.dedup();
    (file.without(&cuts), directives)
}

/// The comments of a document that start with the mark and are not code.
fn comments(text: &str, body: usize) -> Vec<Directive> {
    let code = block::Outline::of(text, Span::new(body, text.len()), &[]).code;
    let (mut found, mut at): (Vec<Directive>, usize) = (Vec::new(), body);
    while let Some(start) = memmem::find(&text.as_bytes()[at..], b"<!--").map(|start| at + start) {
        if let Some(code) = holding(&code, start) {
            at = (code.end as usize).max(start + 4);
            continue;
        }
        let inner = start + 4;
        let to_us = text[inner..].trim_start().starts_with(MARK);
        let Some(len) = memmem::find(&text.as_bytes()[inner..], b"-->") else {
            if to_us {
                let len = text[start..].find(['\n', '\r']).unwrap_or(text.len() - start);
                found.push(faulty(SuppressionFault::Unclosed, Span::new(start, start + len), None));
            }
            break;
        };
        at = inner + len + 3;
        if to_us {
            found.push(comment(text, Span::new(start, at)));
        }
    }
    cut_comments(text, body, &mut found);
    found
}

/// Reads `<!-- loclint-COMMAND RULE, RULE: reason -->`.
fn comment(text: &str, span: Span) -> Directive {
    let inner = &text[span.start as usize + 4..span.end as usize - 3];
    let start = span.start as usize + 4 + inner.len() - inner.trim_start().len();
    let inner = inner.trim();
    let len = inner.find(|c: char| c.is_whitespace() || is_colon(c)).unwrap_or(inner.len());
    let (keyword, rest) = inner.split_at(len);
    let command = match keyword {
        "loclint-disable-next-unit" => Command::NextUnit,
        "loclint-disable-next-line" => Command::NextLine,
        "loclint-disable-file" => Command::File,
        "loclint-disable" => Command::Disable,
        "loclint-enable" => Command::Enable,
        other => return faulty(SuppressionFault::UnknownCommand(other.into()), span, None),
    };
    let (rules, reason) = match rest.split_once(is_colon) {
        Some((rules, reason)) => (rules, words(reason)),
        None => (rest, None),
    };
    let mut names = names(rules, start + len, reason.as_deref());
    if names.is_empty() {
        if !rules.trim().is_empty() {
            return faulty(SuppressionFault::NoRules, span, None);
        }
        names.push(Name { rule: None, reason, span });
    }
    Directive { span, cut: None, own_line: false, command, names }
}

/// Signs are also read as East Asian keyboards write them.
fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

/// The names of a list with commas; `at` is where it starts in the file.
fn names(list: &str, at: usize, reason: Option<&str>) -> Vec<Name> {
    let mut names = Vec::new();
    for name in list.split([',', '，', '、']) {
        let trimmed = name.trim();
        if !trimmed.is_empty() {
            let start = at + (trimmed.as_ptr() as usize - list.as_ptr() as usize);
            let span = Span::new(start, start + trimmed.len());
            names.push(Name { rule: Some(trimmed.into()), reason: reason.map(Into::into), span });
        }
    }
    names
}

/// A reason on one line; `None` if it is blank.
fn words(reason: &str) -> Option<String> {
    let words: Vec<&str> = reason.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn faulty(fault: SuppressionFault, span: Span, cut: Option<Span>) -> Directive {
    Directive { span, cut, own_line: false, command: Command::Faulty(fault), names: Vec::new() }
}

/// Says what to cut out for each comment; those side by side on a line are cut out together.
fn cut_comments(text: &str, body: usize, found: &mut [Directive]) {
    let closed = |directive: &Directive| directive.command != Command::Faulty(SuppressionFault::Unclosed);
    let mut from = 0;
    while from < found.len() {
        if !closed(&found[from]) {
            return;
        }
        let blank = |left: &Directive, right: &Directive| {
            let between = &text[left.span.end as usize..right.span.start as usize];
            between.trim_matches([' ', '\t']).is_empty()
        };
        let mut to = from + 1;
        while to < found.len() && closed(&found[to]) && blank(&found[to - 1], &found[to]) {
            to += 1;
        }
        let (start, end) = (found[from].span.start as usize, found[to - 1].span.end as usize);
        let (cut, own_line) = what_to_cut(text, body, start, end);
        for directive in &mut found[from..to] {
            (directive.cut, directive.own_line) = (Some(cut), own_line);
        }
        from = to;
    }
}

/// What to cut out for the comments from `start` to `end`, and whether they stand on a line of their own: then the
/// line goes too. Elsewhere the blank that came with the comment goes, so that text has the blanks that it had.
fn what_to_cut(text: &str, body: usize, start: usize, end: usize) -> (Span, bool) {
    const BLANK: [char; 2] = [' ', '\t'];
    const BREAK: [char; 2] = ['\n', '\r'];
    // Nothing here reads to the ends of the line, which may be long and full of comments.
    let (before, after) = (&text[body..start], &text[end..]);
    let rest = after.trim_start_matches(BLANK);
    let prefix = before.trim_end_matches([' ', '\t', '>']);
    let ends_line = rest.is_empty() || rest.starts_with(BREAK);
    if ends_line && (prefix.is_empty() || prefix.ends_with(BREAK)) {
        let ending = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
        let line_end = text.len() - rest.len() + ending;
        return (Span::new(body + prefix.len(), line_end), true);
    }
    if ends_line || after.starts_with("</span>") {
        return (Span::new(start - usize::from(before.ends_with(BLANK)), end), false);
    }
    let starts_line = before.is_empty() || before.ends_with(BREAK);
    if starts_line || before.ends_with(BLANK) || opens_side(before) {
        return (Span::new(start, end + usize::from(after.starts_with(BLANK))), false);
    }
    (Span::new(start, end), false)
}

/// Whether a text ends with the opening tag of a side of a pair.
fn opens_side(before: &str) -> bool {
    /// Longer than any such tag.
    const TAG: usize = 64;
    let bytes = before.as_bytes();
    let near = &bytes[bytes.len().saturating_sub(TAG)..];
    near.ends_with(b"\">")
        && memchr::memrchr(b'<', near).is_some_and(|tag| near[tag..].starts_with(b"<span data-"))
}

/// The front-matter keys that start with the mark, with their lines.
fn keys(text: &str, front: &FrontMatter) -> Vec<Directive> {
    let (mut found, mut rest): (Vec<Directive>, bool) = (Vec::new(), false);
    let mut at = front.yaml.start as usize;
    for line in front.yaml.slice(text).split_inclusive('\n') {
        let span = Span::new(at, at + line.len());
        at += line.len();
        let goes_on = line.starts_with([' ', '\t', '-']) || line.trim().is_empty();
        match found.last_mut() {
            Some(last) if goes_on && last.cut.is_some_and(|cut| cut.end == span.start) => {
                let end = if line.trim().is_empty() { last.span.end } else { span.end };
                (last.span.end, last.cut) = (end, last.cut.map(|cut| Span { end: span.end, ..cut }));
            }
            _ if line.starts_with(MARK) && line.contains(':') => {
                found.push(faulty(SuppressionFault::NoRules, span, Some(span)));
            }
            _ => rest |= !line.trim().is_empty(),
        }
    }
    for directive in &mut found {
        let end = directive.span.start as usize + directive.span.slice(text).trim_end().len();
        directive.span = Span::new(directive.span.start as usize, end);
        match key(text, directive.span) {
            Ok(names) => (directive.command, directive.names) = (Command::File, names),
            Err(fault) => directive.command = Command::Faulty(fault),
        }
        if !rest {
            directive.cut = Some(front.block);
        }
    }
    found
}

/// Reads the value of a key: a rule, a list of rules, or a mapping of rules to reasons.
fn key(text: &str, span: Span) -> Result<Vec<Name>, SuppressionFault> {
    let lines = span.slice(text);
    let key = lines.split(':').next().unwrap_or_default().trim_end();
    if key != KEY {
        return Err(SuppressionFault::UnknownKey(key.into()));
    }
    let block = format!("---\n{lines}\n---\n");
    let front = FrontMatter::parse(&block).ok_or(SuppressionFault::NoRules)?;
    if let Some(error) = front.error {
        return Err(SuppressionFault::Value(error.message));
    }
    let [entry] = front.entries.as_slice() else { return Err(SuppressionFault::NoRules) };
    let at = |inner: Span| span.part((inner.start as usize).saturating_sub(4), inner.len());
    let mut names = Vec::new();
    values(&block, &entry.value, &at, &mut names).ok_or(SuppressionFault::NoRules)?;
    if names.is_empty() {
        names.push(Name { rule: None, reason: None, span });
    }
    Ok(names)
}

/// Collects the names in a value; `at` leads from the block to the file.
fn values(block: &str, value: &Value, at: &dyn Fn(Span) -> Span, out: &mut Vec<Name>) -> Option<()> {
    match value {
        // Yes, all of them.
        Value::Scalar(scalar) if scalar.text(block) == "true" => {}
        Value::Scalar(scalar) => {
            let place = at(scalar.content());
            out.extend(
                names(scalar.text(block), 0, None).into_iter().map(|name| Name { span: place, ..name }),
            );
        }
        Value::Sequence(_, items) => {
            for item in items {
                values(block, item, at, out)?;
            }
        }
        Value::Mapping(_, entries) => {
            for entry in entries {
                let rule = Some(entry.key.text(block).to_string());
                let reason = words(entry.value.scalar()?.text(block));
                out.push(Name { rule, reason, span: at(entry.key.content()) });
            }
        }
        Value::Alias(_) => return None,
    }
    Some(())
}
