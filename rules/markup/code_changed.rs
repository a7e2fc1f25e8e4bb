use std::collections::VecDeque;

use crate::prelude::*;
use crate::support::crossed_out::crossed_out;
use crate::support::inline::{self, Code};

/// Its page is `code_changed.md`.
pub(crate) struct CodeChanged;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "markup/code-changed",
            include_str!("code_changed.md"),
            Severity::Error,
            Scope::Unit,
            "do-not-translate",
        )
    }
}

impl UnitRule for CodeChanged {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has(b'`') || unit.source_print().same_code(unit.target_print()) {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        if target.trim().is_empty() {
            return;
        }
        let content = |code: &Code| code.content.clone();
        let (lost, added) = crossed_out(inline::code(source), inline::code(target), content);
        let mut added = VecDeque::from(added);
        // As many lost as added: each was altered. Otherwise the likest of those added, if any is like it.
        let altered_only = lost.len() == added.len();
        for code in lost {
            match likest(&code, &added, altered_only).and_then(|at| added.remove(at)) {
                Some(other) => report_altered(unit, &code, &other, sink),
                None => report_missing(unit, &code, sink),
            }
        }
    }
}

/// Code that shares at least this much with the lost one is that code, altered.
const ALIKE: f32 = 0.5;

/// So many are compared with a lost one: no sentence has more.
const MOST: usize = 64;

fn likest(lost: &Code, added: &VecDeque<Code>, any: bool) -> Option<usize> {
    let likeness =
        |code: &Code| similar::TextDiff::from_chars(lost.content.as_str(), code.content.as_str()).ratio();
    let likenesses = added.iter().take(MOST).map(likeness).enumerate();
    let best = likenesses.max_by(|left, right| left.1.total_cmp(&right.1))?;
    (any || best.1 >= ALIKE).then_some(best.0)
}

fn report_altered(unit: UnitView<'_>, lost: &Code, altered: &Code, sink: &mut Sink<'_>) {
    let at = unit.in_target(altered.range.start, altered.range.len());
    let message = format!("code {} of the source is {} here", quote(&lost.content), quote(&altered.content));
    let code = &unit.source()[lost.range.clone()];
    let finding = sink.report_unit(unit, at, message);
    finding
        .source_part(unit.in_source(lost.range.start, lost.range.len()))
        .keeps(code)
        .help("put back the code of the source; code is not translated");
    if let Some(code) = to_put_back(code) {
        finding.fix(Applicability::Safe, "put back the code", at, &code);
    }
}

/// Code as it can stand in the target: what goes on over a line break means the same with a blank there. What has tags of pairs
/// in it would be pairs there.
fn to_put_back(code: &str) -> Option<String> {
    let has_tag = ["data-ttu-id", "data-stu-id", "sxs-lookup"].iter().any(|name| code.contains(name));
    (!has_tag).then(|| code.replace("\r\n", " ").replace(['\n', '\r'], " "))
}

fn report_missing(unit: UnitView<'_>, lost: &Code, sink: &mut Sink<'_>) {
    let target = unit.target();
    let whole = unit.unit().target.text;
    let code = &unit.source()[lost.range.clone()];
    let bare = bare(target, &lost.content);
    let span = bare.map_or(whole, |at| unit.in_target(at, lost.content.len()));
    let message = match bare {
        Some(_) => format!("code {} of the source stands without backticks", quote(&lost.content)),
        None => format!("code {} of the source is missing", quote(&lost.content)),
    };
    let finding = sink.report_unit(unit, span, message);
    finding.source_part(unit.in_source(lost.range.start, lost.range.len())).keeps(code);
    match bare {
        // The words may stand there for another reason, so the place is a guess.
        Some(_) => {
            finding.help("put the backticks back");
            if let Some(code) = to_put_back(code) {
                finding.fix(Applicability::Unsafe, "put the backticks back", span, &code);
            }
        }
        None => {
            finding.help(format!("say {code} where the source says it"));
        }
    }
}

/// Where the lost code stands as plain text, as a word of its own and only once.
fn bare(target: &str, content: &str) -> Option<usize> {
    let mut places = target.match_indices(content);
    let (at, _) = places.next().filter(|_| !content.is_empty())?;
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '`' | '_'));
    let own_word =
        edge(target[..at].chars().next_back()) && edge(target[at + content.len()..].chars().next());
    (places.next().is_none() && own_word).then_some(at)
}
