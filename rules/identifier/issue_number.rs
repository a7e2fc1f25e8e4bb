use std::collections::BTreeMap;
use std::ops::Range;

use crate::prelude::*;
use crate::support::places::Places;

/// Its page is `issue_number.md`.
pub(crate) struct IssueNumber;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "identifier/issue-number",
            include_str!("issue_number.md"),
            Severity::Warning,
            Scope::Unit,
            "whitespace",
        )
    }
}

impl UnitRule for IssueNumber {
    #[inline]
    fn concerns(&self, _: &Localized, bytes: &Bytes) -> bool {
        bytes.target.has(b'#')
    }

    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.target_print().has(b'#') {
            return;
        }
        let source = unit.source();
        let target = unit.masked_target();
        let places = Places::of(source);
        let whole_number = |number: &str| {
            let mut found = places.all(number);
            found.find(|at| !source[at + number.len()..].starts_with(|c: char| c.is_ascii_digit()))
        };
        let mut seen: BTreeMap<&str, Option<usize>> = BTreeMap::new();
        for Split { whole, blank } in splits(target) {
            let (written, digits) = (&target[whole.clone()], &target[blank.end..whole.end]);
            if places.has(written) {
                continue;
            }
            let number = format!("#{digits}");
            let Some(at) = *seen.entry(digits).or_insert_with(|| whole_number(&number)) else { continue };
            sink.report_unit(
                unit,
                unit.in_target(whole.start, whole.len()),
                format!("issue number {} is written {}", quote(&number), quote(written)),
            )
            .source_part(unit.in_source(at, number.len()))
            .help("remove the blank")
            .keeps(&number)
            .fix_each(
                Applicability::Safe,
                "remove the blank",
                before_sign(&source[..at], &target[..whole.start])
                    .into_iter()
                    .chain([blank])
                    .map(|blank| unit.in_target(blank.start, blank.len())),
                "",
            );
        }
    }
}

const BLANKS: [char; 2] = [' ', '\u{a0}'];

/// A number sign, blanks, and a number.
struct Split {
    whole: Range<usize>,
    blank: Range<usize>,
}

/// The blanks between the name of a repository and its issue in the target, where the source has none: `Harbor/Home #42`.
fn before_sign(source: &str, target: &str) -> Option<Range<usize>> {
    let name = target.trim_end_matches(BLANKS);
    let last = source.chars().next_back().filter(|c| c.is_alphanumeric())?;
    (name.len() < target.len() && name.ends_with(last)).then_some(name.len()..target.len())
}

fn splits(text: &str) -> impl Iterator<Item = Split> {
    memchr::memchr_iter(b'#', text.as_bytes()).filter_map(|start| {
        let rest = &text[start + 1..];
        let number = rest.trim_start_matches(BLANKS);
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        let from = text.len() - number.len();
        let is_split = number.len() < rest.len() && digits > 1;
        is_split.then_some(Split { whole: start..from + digits, blank: start + 1..from })
    })
}
