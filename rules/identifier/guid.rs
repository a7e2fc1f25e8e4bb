use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::places::Places;
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
        let lower = Places::of(target.to_lowercase());
        let known = OnceCell::new();
        let rests = |pattern| {
            let known = known.get_or_init(|| Places::of(source.to_lowercase()));
            Rests::of(target, pattern, |rest| !known.has(&rest.to_lowercase()))
        };
        let [whole, spaced] = [OnceCell::new(), OnceCell::new()];
        for range in guids {
            let guid = &source[range.clone()];
            if lower.has(&guid.to_lowercase()) {
                continue;
            }
            let found = whole.get_or_init(|| rests(&REST)).like(guid);
            let found = found.or_else(|| spaced.get_or_init(|| rests(&SPACED)).like(guid));
            let in_source = unit.in_source(range.start, range.len());
            let finding = match found {
                Some((Range { start, end }, alone)) => {
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

/// Two groups in small letters, each after its place in the number.
type Groups = (usize, String, usize, String);

/// What may be left of GUIDs in a target.
struct Rests {
    /// In order, each with what is stuck to it: a group can have grown, or another one.
    ranges: Vec<Range<usize>>,
    /// By two of their groups, the first and the second that have them.
    by_groups: BTreeMap<Groups, (usize, Option<usize>)>,
}

impl Rests {
    fn of(target: &str, pattern: &Regex, is_new: impl Fn(&str) -> bool) -> Self {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '–' | '—');
        let mut rests = Self { ranges: Vec::new(), by_groups: BTreeMap::new() };
        // Where the run of such characters ends that was last looked at.
        let mut end = 0;
        for rest in pattern.find_iter(target).filter(|rest| is_new(rest.as_str())) {
            if end < rest.end() {
                let more = target[rest.end()..].find(|c| !is_part(c));
                end = more.map_or(target.len(), |len| rest.end() + len);
            }
            let index = rests.ranges.len();
            rests.ranges.push(rest.start()..end);
            for key in pairs_of_groups(rest.as_str(), &['-', '–', '—']) {
                let have = rests.by_groups.entry(key).or_insert((index, None));
                have.1 = have.1.or((have.0 != index).then_some(index));
            }
        }
        rests
    }

    /// The first that shares two groups with a GUID, each in its place, and whether there is no other.
    fn like(&self, guid: &str) -> Option<(Range<usize>, bool)> {
        let pairs = pairs_of_groups(guid, &['-']);
        let alike = pairs.iter().filter_map(|key| self.by_groups.get(key));
        let alike: Vec<usize> = alike.flat_map(|(one, other)| [Some(*one), *other]).flatten().collect();
        let first = *alike.iter().min()?;
        Some((self.ranges[first].clone(), alike.iter().all(|at| *at == first)))
    }
}

/// Each two of the groups of such a number.
fn pairs_of_groups(number: &str, dashes: &[char]) -> Vec<Groups> {
    let groups = number.split(dashes).map(|group| group.trim().to_ascii_lowercase());
    let groups: Vec<(usize, String)> = groups.enumerate().collect();
    let pairs = groups.iter().flat_map(|one| groups[one.0 + 1..].iter().map(move |other| (one, other)));
    pairs.map(|(one, other)| (one.0, one.1.clone(), other.0, other.1.clone())).collect()
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
