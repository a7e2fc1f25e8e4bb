//! What a document says to loclint: comments and a front-matter key that suppress findings.
//!
//! They are cut out of the text before anything else reads it, so that a document means the same with them and
//! without them. [`read`] finds them, and here they get the part of the document that they cover.

mod read;

use std::collections::BTreeMap;

use crate::{SourceFile, Span, Unit};
use read::{Command, Name};
pub(crate) use read::{Directive, cut_out};

/// What a document suppresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suppressions {
    /// One for each rule that is named, in the order of the file.
    pub list: Vec<Suppression>,
    /// What loclint does not understand.
    pub faults: Vec<(SuppressionFault, Span)>,
}

/// Findings of a rule in a part of a document that are not to be reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// A rule or a category; `None` for all rules.
    pub rule: Option<String>,
    /// Why, in the words of whoever wrote it.
    pub reason: Option<String>,
    /// Where it says so: the name of the rule, or the comment.
    pub span: Span,
    /// What it covers, in bytes of the file as it is written.
    pub covers: Span,
    /// Whether it covers the whole file, front matter included.
    pub whole_file: bool,
}

/// What is wrong with a comment or a front-matter key that speaks to loclint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SuppressionFault {
    /// There is no such command.
    UnknownCommand(String),
    /// There is no such front-matter key.
    UnknownKey(String),
    /// No `-->` closes the comment; it is not heeded.
    Unclosed,
    /// Where the rules should stand is something else.
    NoRules,
    /// The value of the front-matter key is not a list of rules or a mapping of rules to reasons.
    Value(String),
    /// `loclint-enable` where nothing is disabled; the rule, if it names one.
    NothingDisabled(Option<String>),
    /// `loclint-disable` that no `loclint-enable` ends: it covers the rest of the document.
    NeverEnabled,
    /// `loclint-disable-next-unit` that no unit follows.
    NoUnit,
    /// `loclint-disable-next-line` that no line follows.
    NoLine,
}

impl Suppression {
    /// Whether it names this rule, its category, or all rules.
    pub fn names(&self, rule: &str) -> bool {
        self.rule.as_deref().is_none_or(|name| {
            rule.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// Whether it covers a place, given in bytes of the file as it is written.
    pub fn covers(&self, written: Span) -> bool {
        let (start, covers) = (written.start, self.covers);
        let at_end = written.is_empty() && start == covers.end;
        covers.start <= start && (start < covers.end || at_end)
    }
}

impl Suppressions {
    /// Gives each directive the part of the document that it covers.
    pub(crate) fn of(file: &SourceFile, directives: Vec<Directive>, units: &[Unit]) -> Self {
        if directives.is_empty() {
            return Self::default();
        }
        let end = file.text().len();
        let mut reading = Reading { file, units, out: Self::default(), open: BTreeMap::new(), line: (1, 0) };
        for directive in directives {
            reading.directive(directive);
        }
        let mut never: Vec<Open> = std::mem::take(&mut reading.open).into_values().flatten().collect();
        never.sort_by_key(|open| open.index);
        for open in &never {
            reading.out.list[open.index].covers = file.written_span(Span::new(open.from, end));
        }
        // One fault a comment, however many rules it names.
        never.dedup_by_key(|open| open.comment);
        let faults = never.into_iter().map(|open| (SuppressionFault::NeverEnabled, open.comment));
        reading.out.faults.extend(faults);
        reading.out.faults.sort_by_key(|(_, span)| *span);
        reading.out
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty() && self.faults.is_empty()
    }
}

struct Reading<'a> {
    file: &'a SourceFile,
    units: &'a [Unit],
    out: Suppressions,
    /// What `loclint-disable` has begun, by rule; `None` is all rules.
    open: BTreeMap<Option<String>, Vec<Open>>,
    /// The line that was looked at last, from where on: a long line full of comments is not read for each.
    line: (usize, usize),
}

struct Open {
    index: usize,
    from: usize,
    comment: Span,
}

impl Reading<'_> {
    fn directive(&mut self, directive: Directive) {
        let span = self.file.read_span(directive.span);
        // Where the text goes on after the comment.
        let cut_to = directive.cut.map_or(0, |cut| cut.end as usize);
        let at = self.file.read_span(Span::at(cut_to)).start as usize;
        let whole = Span::new(0, self.file.written().len());
        let covers = match directive.command {
            Command::Faulty(fault) => return self.out.faults.push((fault, span)),
            Command::Enable => return self.enable(&directive.names, at, span),
            Command::File => Ok(whole),
            Command::Disable => Ok(Span::at(at)),
            Command::NextUnit => self.next_unit(at).ok_or(SuppressionFault::NoUnit),
            Command::NextLine => self.next_line(at, directive.own_line).ok_or(SuppressionFault::NoLine),
        };
        let covers = match covers {
            Ok(covers) => covers,
            Err(fault) => return self.out.faults.push((fault, span)),
        };
        let whole_file = directive.command == Command::File;
        for name in directive.names {
            if directive.command == Command::Disable {
                let open = Open { index: self.out.list.len(), from: at, comment: span };
                self.open.entry(name.rule.clone()).or_default().push(open);
            }
            self.out.list.push(Suppression {
                rule: name.rule,
                reason: name.reason,
                span: self.file.read_span(name.span),
                covers: if whole_file { covers } else { self.file.written_span(covers) },
                whole_file,
            });
        }
    }

    /// Ends what is open for the rules that are named, or for all.
    fn enable(&mut self, names: &[Name], at: usize, comment: Span) {
        for name in names {
            let ended: Vec<Open> = match &name.rule {
                None => std::mem::take(&mut self.open).into_values().flatten().collect(),
                Some(_) => self.open.remove(&name.rule).unwrap_or_default(),
            };
            for open in &ended {
                self.out.list[open.index].covers =
                    self.file.written_span(Span::new(open.from, at.max(open.from)));
            }
            if ended.is_empty() {
                let span = if name.rule.is_some() { self.file.read_span(name.span) } else { comment };
                self.out.faults.push((SuppressionFault::NothingDisabled(name.rule.clone()), span));
            }
        }
    }

    /// From `at` to the end of the next unit, with the link target after it; the unit that holds `at`, if one does.
    fn next_unit(&self, at: usize) -> Option<Span> {
        let next = self.units.partition_point(|unit| unit.span.end as usize <= at);
        let unit = self.units.get(next)?;
        let end = unit.span.end as usize;
        let rest = &self.file.text()[end..];
        let close = if rest.starts_with("](") { rest.find([')', '\n', '\r']) } else { None };
        let target = close.filter(|close| rest[*close..].starts_with(')')).map_or(0, |close| close + 1);
        Some(Span::new(at.min(unit.span.start as usize), end + target))
    }

    /// The first line after the comment that is not blank.
    fn next_line(&mut self, at: usize, own_line: bool) -> Option<Span> {
        let text = self.file.text();
        let mut start = if own_line { at } else { self.line_end(at) };
        while start < text.len() {
            let end = self.line_end(start);
            if !text[start..end].trim_start_matches([' ', '\t', '>']).is_empty() {
                return Some(Span::new(start, end));
            }
            start = (end + 1).min(text.len());
        }
        None
    }

    /// Where the line ends that holds `at`.
    fn line_end(&mut self, at: usize) -> usize {
        let (from, end) = self.line;
        if at < from || at > end {
            let rest = &self.file.text().as_bytes()[at..];
            self.line = (at, memchr::memchr2(b'\n', b'\r', rest).map_or(at + rest.len(), |len| at + len));
        }
        self.line.1
    }
}

#[cfg(test)]
mod tests;
