//! What an editor can do about findings.

use std::collections::HashMap;

use ::rules::{Applicability, Edit, Fix};
use bitext::{Document, SourceFile, Span};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, WorkspaceEdit,
};
use similar::{DiffOp, TextDiff};

use super::client::Client;
use super::diagnostics::{diagnostic, edits};
use super::documents::OpenDocument;
use super::position::Lines;
use super::suppress::{self, Insertion};
use crate::engine::{LocatedFinding, LocatedFix};
use crate::fix::{apply, harm, refusal};

/// All safe fixes of the file.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.loclint");

/// What can be done about the findings at a range. `fixed` gives the text after all safe fixes.
pub(super) fn at(
    document: &OpenDocument,
    params: &CodeActionParams,
    client: &Client,
    fixed: Option<&str>,
) -> Vec<CodeActionOrCommand> {
    let lines = Lines::new(&document.text, client.encoding);
    let is_wanted = |kind: &CodeActionKind| match &params.context.only {
        None => true,
        Some(only) => only.iter().any(|wanted| {
            kind.as_str()
                .strip_prefix(wanted.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }),
    };
    let mut actions = Vec::new();
    if is_wanted(&CodeActionKind::QUICKFIX) {
        let asked = lines.span(params.range);
        let here: Vec<&LocatedFinding> =
            document.findings.iter().filter(|finding| touches(finding.range.span, asked)).collect();
        let making = Making { document, client, lines: &lines };
        actions.extend(here.iter().filter_map(|finding| making.fix(finding)));
        // One action suppresses all findings of a rule in a unit.
        let mut seen = Vec::new();
        for finding in here.iter().filter(|finding| suppress::is_possible(&finding.rule)) {
            if !seen.contains(&(&finding.rule, &finding.unit)) {
                seen.push((&finding.rule, &finding.unit));
                actions.extend(making.suppress(finding));
            }
        }
    }
    if is_wanted(&FIX_ALL)
        && let Some(fixed) = fixed
    {
        let action = CodeAction {
            title: "Fix all that is safe to fix in this file".into(),
            kind: Some(FIX_ALL),
            edit: Some(edit(document, client, changes(&document.text, fixed, &lines))),
            ..CodeAction::default()
        };
        actions.push(action);
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Whether all safe fixes may be asked for.
pub(super) fn may_fix_all(document: &OpenDocument) -> bool {
    let safe = |fix: &LocatedFix| fix.applicability == Applicability::Safe;
    document.findings.iter().any(|finding| finding.fix.as_ref().is_some_and(safe))
}

fn touches(place: Span, asked: Span) -> bool {
    place.start <= asked.end && asked.start <= place.end
}

struct Making<'a> {
    document: &'a OpenDocument,
    client: &'a Client,
    lines: &'a Lines<'a>,
}

impl Making<'_> {
    fn fix(&self, finding: &LocatedFinding) -> Option<CodeAction> {
        let fix = finding.fix.as_ref().filter(|fix| is_harmless(&self.document.text, fix))?;
        let safe = fix.applicability == Applicability::Safe;
        let doubt = if safe { "" } else { " (unsafe: look at the result)" };
        let edits = edits(&self.document.text, fix, self.lines);
        Some(CodeAction {
            is_preferred: safe.then_some(true),
            ..self.quick_fix(finding, format!("{}{doubt}", fix.title), edits)
        })
    }

    /// For the unit, and for the file.
    fn suppress(&self, finding: &LocatedFinding) -> Vec<CodeAction> {
        let (text, rule) = (&self.document.text, &finding.rule);
        let unit =
            suppress::in_unit(text, finding).map(|put| (format!("Suppress {rule} for this unit"), put));
        let file = suppress::in_file(text, finding).map(|put| (format!("Suppress {rule} in this file"), put));
        let action = |(title, put): (String, Insertion)| {
            let edits = vec![TextEdit::new(self.lines.range(Span::at(put.at)), put.text)];
            self.quick_fix(finding, title, edits)
        };
        unit.into_iter().chain(file).map(action).collect()
    }

    fn quick_fix(&self, finding: &LocatedFinding, title: String, edits: Vec<TextEdit>) -> CodeAction {
        CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic(self.document, finding, self.lines)]),
            edit: Some(edit(self.document, self.client, edits)),
            ..CodeAction::default()
        }
    }
}

/// Whether a fix does what fixes may do, as `--fix` asks.
fn is_harmless(text: &str, fix: &LocatedFix) -> bool {
    let read = |text: &str| SourceFile::from_bytes(text.as_bytes().to_vec()).ok().map(Document::parse);
    let Some(before) = read(text) else { return false };
    let edits: Vec<Edit> = fix
        .edits
        .iter()
        .map(|edit| Edit { span: edit.range.span, replacement: edit.replacement.clone() })
        .collect();
    let inside = |edit: &Edit| Edit { span: before.file.read_span(edit.span), ..edit.clone() };
    let as_read = Fix {
        title: fix.title.clone(),
        applicability: fix.applicability,
        edits: edits.iter().map(inside).collect(),
    };
    let after = apply(text, &edits.iter().collect::<Vec<_>>()).and_then(|text| read(&text));
    refusal(&before, &as_read).is_none() && after.is_some_and(|after| harm(&before, &after).is_none())
}

/// The lines that differ, each stretch of them as one edit.
fn changes(old: &str, new: &str, lines: &Lines<'_>) -> Vec<TextEdit> {
    let split = |text: &str| text.split_inclusive('\n').map(str::len).collect::<Vec<usize>>();
    let (old_lens, new_lens) = (split(old), split(new));
    let olds: Vec<&str> = old.split_inclusive('\n').collect();
    let news: Vec<&str> = new.split_inclusive('\n').collect();
    let diff = TextDiff::configure().diff_slices(&olds, &news);
    let at = |lens: &[usize], line: usize| lens[..line].iter().sum::<usize>();
    let edit = |op: &DiffOp| {
        let (_, from, to) = op.as_tag_tuple();
        let span = Span::new(at(&old_lens, from.start), at(&old_lens, from.end));
        let put = &new[at(&new_lens, to.start)..at(&new_lens, to.end)];
        TextEdit::new(lines.range(span), put.to_string())
    };
    diff.ops().iter().filter(|op| !matches!(op, DiffOp::Equal { .. })).map(edit).collect()
}

/// An edit of one document, for the version of it that was looked at if the editor can hold to that.
#[allow(clippy::mutable_key_type, reason = "the type of the protocol's crate; nothing in it changes")]
fn edit(document: &OpenDocument, client: &Client, edits: Vec<TextEdit>) -> WorkspaceEdit {
    if !client.versioned_edits {
        let changes = HashMap::from([(document.uri.clone(), edits)]);
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let text_document = OptionalVersionedTextDocumentIdentifier {
        uri: document.uri.clone(),
        version: Some(document.version),
    };
    let edits = edits.into_iter().map(OneOf::Left).collect();
    let one = TextDocumentEdit { text_document, edits };
    let document_changes = Some(DocumentChanges::Edits(vec![one]));
    WorkspaceEdit { document_changes, ..WorkspaceEdit::default() }
}
