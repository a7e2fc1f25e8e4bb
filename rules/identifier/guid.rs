use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::{letters, sources};

/// Its page is `guid.md`.
pub(crate) struct Guid;

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
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has(b'-') {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        let guids = sources::of(unit).guids.get_or_init(|| guids(source));
        if guids.is_empty() || unit.untouched() || target.trim().is_empty() {
            return;
        }
        let lower = target.to_lowercase();
        for range in guids {
            let guid = &source[range.clone()];
            if lower.contains(&guid.to_lowercase()) {
                continue;
            }
            let alike = |rest: &regex::Match<'_>| equal_groups(rest.as_str(), guid) >= 2;
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
            let in_source = unit.in_source(range.start, range.len());
            let finding = match rest {
                Some(Range { start, end }) => {
                    let at = unit.in_target(start, end - start);
                    let finding = sink.report_unit(
                        unit,
                        at,
                        format!("the GUID {} is {} here", quote(guid), quote(&target[start..end])),
                    );
                    if alone {
                        finding.fix(Applicability::Safe, "restore the GUID", at, guid);
                    }
                    finding
                }
                None => {
                    let message = format!("the GUID {} is missing", quote(guid));
                    sink.report_unit(unit, unit.unit().target.text, message)
                }
            };
            finding
                .identity(guid)
                .keeps(guid)
                .source_part(in_source)
                .help("put it back as the source has it");
        }
    }
}

/// The GUIDs of a text (RFC 9562).
fn guids(text: &str) -> Vec<Range<usize>> {
    const LEN: usize = 36;
    const DASHES: [usize; 4] = [8, 13, 18, 23];
    let bytes = text.as_bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    for dash in memchr::memchr_iter(b'-', bytes) {
        let Some(start) = dash.checked_sub(DASHES[0]) else { continue };
        let Some(guid) = bytes.get(start..start + LEN) else { continue };
        let is_sound = |(at, byte): (usize, &u8)| {
            if DASHES.contains(&at) { *byte == b'-' } else { byte.is_ascii_hexdigit() }
        };
        let alone = || !letters::is_word_before(text, start) && !letters::is_word_at(text, start + LEN);
        if guid.iter().enumerate().all(is_sound) && alone() {
            found.push(start..start + LEN);
        }
    }
    found
}

/// How many groups two such numbers share, each in its place.
fn equal_groups(own: &str, other: &str) -> usize {
    let own = own.split(['-', '–', '—']).map(str::trim);
    own.zip(other.split('-')).filter(|(own, other)| own.eq_ignore_ascii_case(other)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guids_stand_alone() {
        let guid = "3F2504E0-4f89-11d3-9a0c-0305e82c3301";
        for (text, count) in [
            (format!("Set it to {guid}."), 1),
            (format!("{guid},{guid}"), 2),
            (format!("-{guid}-"), 1),
            (format!("x{guid}"), 0),
            (format!("{guid}é"), 0),
            (guid.replace('E', "G"), 0),
            (guid.replace("-11", "1-1"), 0),
        ] {
            assert_eq!(guids(&text).len(), count, "{text}");
        }
    }
}
