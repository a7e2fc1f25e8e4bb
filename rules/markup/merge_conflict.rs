use std::collections::{BTreeMap, BTreeSet};

use bitext::{Article, Document, DocumentId, Localized, Signs, Span};

use crate::prelude::*;

/// Its page is `merge_conflict.md`.
pub(crate) struct MergeConflict;

/// What a conflict begins with.
const BEGIN: &str = "<<<<<<<";

/// What it ends with.
const END: &str = ">>>>>>>";

/// What stands before the version that both were made from, and before the other one.
const BETWEEN: [&str; 2] = ["|||||||", "======="];

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "markup/merge-conflict",
        include_str!("merge_conflict.md"),
        Severity::Error,
        Scope::Article,
        "markup",
    )
}

impl ArticleRule for MergeConflict {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        let all: Vec<Vec<Conflict>> =
            article.documents.iter().map(|localized| conflicts(&localized.document)).collect();
        if all.iter().all(Vec::is_empty) {
            return;
        }
        let shared = shared(article, &all);
        for (at, (localized, conflicts)) in article.documents.iter().zip(&all).enumerate() {
            let english = english_marks(article, at);
            let document = &localized.document;
            let is_of_source = |conflict: &&Conflict| match &english {
                Some(english) => conflict.marks.iter().all(|mark| english.contains(document.slice(*mark))),
                None => {
                    conflict.key(document).and_then(|key| shared.get(&key)).is_some_and(|have| have.len() > 1)
                }
            };
            for conflict in conflicts.iter().filter(|conflict| !is_of_source(conflict)) {
                report(localized, conflict, sink);
            }
        }
    }
}

/// The marks in the English file of a document, if that is at hand: an article about conflicts has some.
fn english_marks(article: &Article, at: usize) -> Option<BTreeSet<&str>> {
    let source = article.source.as_ref()?.recorded(at).filter(|source| source.legible)?;
    let lines = source.document.file.text().lines().map(str::trim_end);
    let is_any = |line: &&str| [BEGIN, END].iter().chain(&BETWEEN).any(|mark| is_mark(line, mark));
    Some(lines.filter(is_any).collect())
}

/// Source hash and text of a conflict.
type Key<'a> = (&'a str, &'a str);

/// Which documents have a conflict byte for byte.
fn shared<'a>(article: &'a Article, all: &[Vec<Conflict>]) -> BTreeMap<Key<'a>, BTreeSet<DocumentId>> {
    let mut shared: BTreeMap<Key<'_>, BTreeSet<DocumentId>> = BTreeMap::new();
    for (localized, conflicts) in article.documents.iter().zip(all) {
        for key in conflicts.iter().filter_map(|conflict| conflict.key(&localized.document)) {
            shared.entry(key).or_default().insert(localized.id);
        }
    }
    shared
}

/// A conflict: the lines that mark it, without their ends, in order.
struct Conflict {
    marks: Vec<Span>,
}

/// Whether a document has conflicts: what else is wrong with it may follow from that.
pub(crate) fn any(document: &Document) -> bool {
    !conflicts(document).is_empty()
}

/// The conflicts of a document that do not stand in code.
fn conflicts(document: &Document) -> Vec<Conflict> {
    if !may_have_any(document) {
        return Vec::new();
    }
    let (text, mut at) = (document.file.text(), 0);
    let (mut found, mut open) = (Vec::<Conflict>::new(), false);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        let span = Span::new(at, at + bare.len());
        at += line.len();
        match found.last_mut().filter(|_| open) {
            _ if is_mark(bare, BEGIN) => {
                found.push(Conflict { marks: vec![span] });
                open = true;
            }
            Some(conflict) if is_mark(bare, END) => {
                conflict.marks.push(span);
                open = false;
            }
            Some(conflict) if BETWEEN.iter().any(|mark| is_mark(bare, mark)) => conflict.marks.push(span),
            None if is_mark(bare, END) => found.push(Conflict { marks: vec![span] }),
            _ => {}
        }
    }
    found.retain(|conflict| conflict.is_sure(text) && !is_code(document, conflict.marks[0]));
    found
}

/// A scan that spares nearly all documents more: names stand behind the marks, which start their lines.
fn may_have_any(document: &Document) -> bool {
    let front = Span::new(0, document.body());
    let text = document.file.text().as_bytes();
    let mut spans = document.gaps.at_line_starts(Signs::LETTER).chain([front]);
    spans.any(|span| has_run(&text[span.range()]))
}

/// Whether a text has as many `<` or `>` in a row as a mark: one of them stands at a multiple of that.
fn has_run(text: &[u8]) -> bool {
    const LEN: usize = BEGIN.len();
    (LEN - 1..text.len()).step_by(LEN).any(|at| {
        let is_same = |byte: &&u8| **byte == text[at];
        matches!(text[at], b'<' | b'>') && {
            let before = text[..at].iter().rev().take(LEN).take_while(is_same).count();
            before + text[at..].iter().take(LEN).take_while(is_same).count() >= LEN
        }
    })
}

/// Whether a line is such a mark, with a name or without.
fn is_mark(line: &str, mark: &str) -> bool {
    line.strip_prefix(mark).is_some_and(|name| name.is_empty() || name.starts_with(' '))
}

fn is_code(document: &Document, mark: Span) -> bool {
    let at = mark.start as usize;
    at >= document.body() && document.code_at(at).is_some()
}

impl Conflict {
    /// Whether it can be nothing else: a mark that was left over alone has at least a name behind it, and no pair.
    fn is_sure(&self, text: &str) -> bool {
        let name = self.marks[0].slice(text)[BEGIN.len()..].trim();
        self.marks.len() > 1 || (!name.is_empty() && !name.contains('<'))
    }

    /// What tells that locales have it from the English: no two of them have the same pairs, but perhaps the same conflict of
    /// front matter, or the same mark left over.
    fn key<'a>(&self, document: &'a Document) -> Option<Key<'a>> {
        let (first, last) = (self.marks[0], self.marks[self.marks.len() - 1]);
        let is_closed = self.marks.len() > 2 && document.slice(last).starts_with(END);
        let is_whole = is_closed && first.start as usize >= document.body();
        let span = Span { start: first.start, end: last.end };
        Some((ids::source_hash(document).filter(|_| is_whole)?, document.slice(span)))
    }
}

fn report(localized: &Localized, conflict: &Conflict, sink: &mut Sink<'_>) {
    let document = &localized.document;
    let (first, others) = (conflict.marks[0], &conflict.marks[1..]);
    let mark = quote(document.slice(first));
    let message = match others {
        [] => format!("{mark} is left over from a merge conflict"),
        _ => format!("{mark} begins a merge conflict that nobody resolved"),
    };
    let finding = sink.report(localized, first, message);
    finding.help("keep one version, or what is right of each, and remove the lines with the marks");
    for mark in others {
        let what = match document.slice(*mark) {
            line if line.starts_with(END) => "it ends here",
            line if line.starts_with(BETWEEN[0]) => "what both versions were made from",
            _ => "the other version",
        };
        finding.related(Role::Place, what, Place { document: localized.id, span: *mark }, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_run_is_missed() {
        let mut found = 0;
        words::each_random_text("<<<<>>>>a ", |text| {
            for text in [text.to_string(), format!("{text}<<<<<<"), format!(">>>>>>{text}")] {
                let wanted = text.contains(BEGIN) || text.contains(END);
                found += usize::from(wanted);
                assert_eq!(has_run(text.as_bytes()), wanted, "{text:?}");
            }
        });
        assert!(found > 100, "{found}");
    }

    #[test]
    fn no_conflict_is_missed() {
        let (mut found, mut in_code) = (0, 0);
        words::each_random_document("PLSFWW`\n\n①①②③", |document| {
            let marks = [("①", "\n<<<<<<< a\n"), ("②", "\n=======\n"), ("③", "\n>>>>>>> a\n")];
            let text = document.file.text().to_string();
            let text = marks.iter().fold(text, |text, (letter, mark)| text.replace(letter, mark));
            let file = bitext::SourceFile::from_bytes(text.into_bytes()).unwrap();
            let document = Document::parse(file);
            let text = document.file.text();
            let begins = text.match_indices("\n<<<<<<< a\n").map(|(at, _)| Span::new(at + 1, at + 10));
            let (code, begins): (Vec<Span>, Vec<Span>) = begins.partition(|mark| is_code(&document, *mark));
            let all = conflicts(&document);
            let first = all.iter().map(|conflict| conflict.marks[0]);
            let found_here: Vec<Span> = first.filter(|mark| is_mark(document.slice(*mark), BEGIN)).collect();
            (found, in_code) = (found + begins.len(), in_code + code.len());
            assert_eq!(found_here, begins, "{text:?}");
        });
        assert!(found > 100 && in_code > 10, "{found} {in_code}");
    }
}
