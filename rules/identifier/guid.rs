use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;

/// Its page is `guid.md`.
pub(crate) struct Guid;

/// A GUID (RFC 9562).
static GUID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
        .expect("it is a pattern")
});

/// What can be left of one: five groups of letters and digits, perhaps of wrong length.
static REST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)[0-9a-z]{3,12}(?:[-–—][0-9a-z]{0,12}){4}").expect("it is a pattern"));

/// The same with blanks between.
static SPACED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[0-9a-z]{3,12}(?: ?[-–—] ?[0-9a-z]{1,12}){4}").expect("it is a pattern")
});

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "identifier/guid",
            include_str!("guid.md"),
            Severity::Error,
            Scope::Unit,
            "do-not-translate",
        )
    }
}

impl UnitRule for Guid {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        if !unit.source_print().has(b'-')
            || source.matches('-').count() < 4
            || unit.untouched()
            || target.trim().is_empty()
        {
            return;
        }
        let lower = target.to_lowercase();
        for guid in GUID.find_iter(source).filter(|guid| !lower.contains(&guid.as_str().to_lowercase())) {
            let alike = |rest: &regex::Match<'_>| equal_groups(rest.as_str(), guid.as_str()) >= 2;
            let known = source.to_lowercase();
            let rests = |pattern: &'static Regex| {
                let rests = pattern.find_iter(target).filter(|rest| alike(rest));
                rests.filter(|rest| !known.contains(&rest.as_str().to_lowercase())).collect::<Vec<_>>()
            };
            let found =
                Some(rests(&REST)).filter(|found| !found.is_empty()).unwrap_or_else(|| rests(&SPACED));
            // All of the run: a group can have grown, or another one be stuck to it.
            let run = |rest: &regex::Match<'_>| {
                let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '–' | '—');
                let more = target[rest.end()..].find(|c| !part(c)).unwrap_or(target.len() - rest.end());
                rest.start()..rest.end() + more
            };
            let (rest, alone) = (found.first().map(run), found.len() == 1);
            let in_source = unit.in_source(guid.start(), guid.len());
            let finding = match rest {
                Some(Range { start, end }) => {
                    let at = unit.in_target(start, end - start);
                    let finding = sink.report_unit(
                        unit,
                        at,
                        format!("the GUID {} is {} here", quote(guid.as_str()), quote(&target[start..end])),
                    );
                    if alone {
                        finding.fix(Applicability::Safe, "restore the GUID", at, guid.as_str());
                    }
                    finding
                }
                None => {
                    let message = format!("the GUID {} is missing", quote(guid.as_str()));
                    sink.report_unit(unit, unit.unit().target.text, message)
                }
            };
            finding
                .identity(guid.as_str())
                .keeps(guid.as_str())
                .source_part(in_source)
                .help("put it back as the source has it");
        }
    }
}

/// How many groups two such numbers share, each in its place.
fn equal_groups(own: &str, other: &str) -> usize {
    let own = own.split(['-', '–', '—']).map(str::trim);
    own.zip(other.split('-')).filter(|(own, other)| own.eq_ignore_ascii_case(other)).count()
}
