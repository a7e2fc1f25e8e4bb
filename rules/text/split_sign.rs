use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;

/// Its page is `split_sign.md`.
pub(crate) struct SplitSign;

/// A number, a blank too many and a plus sign.
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"v?\d+(?:\.[\dx]+)*([ \u{a0}])\+(?:[^\w+]|$)").expect("it is a pattern"));

/// A sign of several characters, with what it becomes.
struct Sign {
    sign: &'static str,
    broken: LazyLock<Regex>,
}

macro_rules! sign {
    ($sign:literal, $broken:literal) => {
        Sign { sign: $sign, broken: LazyLock::new(|| Regex::new($broken).expect("it is a pattern")) }
    };
}

/// Each is compiled when a text needs it.
static SIGNS: [Sign; 6] = [
    sign!("-->", r"[-–—‑−]{1,2}[ \u{a0}]>|[–—‑−][-–—‑−]?>"),
    sign!("->", r"[-–—‑−][ \u{a0}]>|[–—‑−]>"),
    sign!("=>", r"=[ \u{a0}]>"),
    sign!(">=", r">[ \u{a0}]="),
    sign!("<=", r"<[ \u{a0}]="),
    sign!("<-", r"<[ \u{a0}][-–—‑−]|<[–—‑−]"),
];

/// Sources that matter have one of these.
const ANY: ByteSet = ByteSet::of(b"+<>");

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "text/split-sign",
            include_str!("split_sign.md"),
            Severity::Warning,
            Scope::Unit,
            "whitespace",
        )
    }
}

impl UnitRule for SplitSign {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has_any(ANY) || unit.untouched() {
            return;
        }
        let (of_source, masked) = (unit.masked_source(), unit.masked_target());
        let has_plus = unit.source_print().has(b'+') && unit.target_print().has(b'+');
        let numbers = if has_plus && has_split_plus(masked) { masked } else { "" };
        for found in NUMBER.captures_iter(numbers) {
            let Some(blank) = found.get(1) else { continue };
            let start = found.get(0).map_or(0, |whole| whole.start());
            let joined = format!("{}+", &masked[start..blank.start()]);
            if of_source.contains(&joined)
                && !masked[..start].ends_with(|c: char| c.is_alphanumeric() || c == '.')
            {
                report(unit, start..blank.end() + 1, &joined, sink);
            }
        }
        if let Some((sign, range)) = broken_sign(of_source, masked) {
            report(unit, range, sign, sink);
        }
    }
}

/// A scan for what [`NUMBER`] ends with.
fn has_split_plus(text: &str) -> bool {
    memchr::memchr_iter(b'+', text.as_bytes()).any(|at| {
        let before = text[..at].strip_suffix([' ', '\u{a0}']);
        before.is_some_and(|number| number.ends_with(|c: char| c == 'x' || c.is_numeric()))
    })
}

/// The first sign of the source that is broken in the target and stands nowhere whole.
fn broken_sign(source: &str, target: &str) -> Option<(&'static str, Range<usize>)> {
    SIGNS.iter().find_map(|Sign { sign, broken }| {
        let of_source = memchr::memmem::find(source.as_bytes(), sign.as_bytes());
        if of_source.is_none() || target.contains(sign) {
            return None;
        }
        let found = broken.find(target).filter(|_| !broken.is_match(source))?;
        Some((*sign, found.range()))
    })
}

fn report(unit: UnitView<'_>, range: Range<usize>, wanted: &str, sink: &mut Sink<'_>) {
    let at = unit.in_target(range.start, range.len());
    let message = format!("{} is split into {}", quote(wanted), quote(&unit.target()[range]));
    sink.report_unit(unit, at, message).identity(wanted).help("close the gap").fix(
        Applicability::Safe,
        "write it as the source does",
        at,
        wanted,
    );
}
