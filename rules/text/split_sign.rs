use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::inline;

/// Its page is `split_sign.md`.
pub(crate) struct SplitSign;

/// A number, a blank too many and a plus sign.
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"v?\d+(?:\.[\dx]+)*([ \u{a0}])\+(?:[^\w+]|$)").expect("it is a pattern"));

/// Signs of several characters, with what they become.
static SIGNS: LazyLock<[(&'static str, Option<Regex>); 6]> = LazyLock::new(|| {
    let dash = r"[-–—‑−]";
    let gap = r"[ \u{a0}]";
    [
        ("-->", format!(r"{dash}{{1,2}}{gap}>|[–—‑−]{dash}?>")),
        ("->", format!(r"{dash}{gap}>|[–—‑−]>")),
        ("=>", format!("={gap}>")),
        (">=", format!(">{gap}=")),
        ("<=", format!("<{gap}=")),
        ("<-", format!(r"<{gap}{dash}|<[–—‑−]")),
    ]
    .map(|(sign, pattern)| (sign, Regex::new(&pattern).ok()))
});

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
        let (source, target) = (unit.source(), unit.target());
        if !source.contains(['+', '>', '<']) || source == target {
            return;
        }
        let (of_source, masked) = (inline::masked(source), inline::masked(target));
        for found in NUMBER.captures_iter(&masked) {
            let Some(blank) = found.get(1) else { continue };
            let start = found.get(0).map_or(0, |whole| whole.start());
            let joined = format!("{}+", &masked[start..blank.start()]);
            if of_source.contains(&joined)
                && !masked[..start].ends_with(|c: char| c.is_alphanumeric() || c == '.')
            {
                report(unit, start..blank.end() + 1, &joined, sink);
            }
        }
        if let Some((sign, range)) = broken_sign(&of_source, &masked) {
            report(unit, range, sign, sink);
        }
    }
}

/// The first sign of the source that is broken in the target and stands nowhere whole.
fn broken_sign(source: &str, target: &str) -> Option<(&'static str, Range<usize>)> {
    SIGNS.iter().find_map(|(sign, broken)| {
        let broken = broken.as_ref().filter(|_| source.contains(sign) && !target.contains(sign))?;
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
