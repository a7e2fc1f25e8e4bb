use std::collections::{BTreeMap, VecDeque};

use crate::prelude::*;
use crate::support::crossed_out::crossed_out;
use crate::support::inline::{self, Code};
use crate::support::places::Places;

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
        let (places, mut budget) = (Places::of(target), BUDGET);
        let mut bare: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for code in lost {
            match likest(&code, &added, altered_only, &mut budget).and_then(|at| added.remove(at)) {
                Some(other) => report_altered(unit, &code, &other, sink),
                None => {
                    let at =
                        bare.entry(code.content.clone()).or_insert_with_key(|code| bare_place(&places, code));
                    report_missing(unit, &code, *at, sink);
                }
            }
        }
    }
}

/// Code that shares at least this much with the lost one is that code, altered.
const ALIKE: f32 = 0.5;

/// So many are compared with a lost one: no sentence has more.
const MOST: usize = 64;

/// The comparisons of a unit may take so many steps, which are about the product of the lengths that are compared. Those of
/// ten lost and ten added of fifty characters take a third; when they are spent, the first one added counts as the likest.
const BUDGET: usize = 1 << 20;

fn likest(lost: &Code, added: &VecDeque<Code>, any: bool, budget: &mut usize) -> Option<usize> {
    let likeness = |code: &Code| {
        *budget = budget.checked_sub((lost.content.len() + 8) * (code.content.len() + 8))?;
        Some(similar::TextDiff::from_chars(lost.content.as_str(), code.content.as_str()).ratio())
    };
    // With nothing else to take it for, it need not be like it.
    if any && added.len() == 1 {
        return Some(0);
    }
    let likenesses = added.iter().take(MOST).map_while(likeness).enumerate();
    let best = likenesses.max_by(|left, right| left.1.total_cmp(&right.1));
    match best {
        Some((at, likeness)) => (any || likeness >= ALIKE).then_some(at),
        None => (any && !added.is_empty()).then_some(0),
    }
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

/// `bare` is where it stands without backticks.
fn report_missing(unit: UnitView<'_>, lost: &Code, bare: Option<usize>, sink: &mut Sink<'_>) {
    let whole = unit.unit().target.text;
    let code = &unit.source()[lost.range.clone()];
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
fn bare_place(target: &Places<'_>, content: &str) -> Option<usize> {
    let mut places = target.all(content);
    let (at, text) = (places.next()?, target.text());
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '`' | '_'));
    let own_word = edge(text[..at].chars().next_back()) && edge(text[at + content.len()..].chars().next());
    (places.next().is_none() && own_word).then_some(at)
}
