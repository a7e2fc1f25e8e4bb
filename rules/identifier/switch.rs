use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::prelude::*;
use crate::support::places::Places;
use crate::support::{script, sources};

/// Its page is `switch.md`.
pub(crate) struct Switch;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        fix: FixKind::Safe,
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "identifier/switch",
            include_str!("switch.md"),
            Severity::Warning,
            Scope::Unit,
            "do-not-translate",
        )
    }
}

impl UnitRule for Switch {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has(b'-') {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        let found = sources::of(unit).switches.get_or_init(|| {
            let found = switches(unit.masked_source());
            let speaks = !found.is_empty() && speaks_of_commands(source, found.len());
            if speaks { found } else { Vec::new() }
        });
        if found.is_empty() || unit.untouched() || target.trim().is_empty() {
            return;
        }
        let sides = Sides::of(source, target);
        // Of the same switch only the place in the source differs.
        let mut seen: BTreeMap<&str, Option<Option<Standing>>> = BTreeMap::new();
        for range in found {
            let (at, switch) = (range.start, &source[range.clone()]);
            // A bullet is none.
            if at == 0 && target.starts_with(['-', '–', '—']) && !switch.starts_with("--") {
                continue;
            }
            let lost = || (!sides.have(switch)).then(|| sides.place(switch));
            let Some(found) = seen.entry(switch).or_insert_with(lost) else { continue };
            let (place, message) = match &found {
                Some(Standing { range, .. }) => (
                    unit.in_target(range.start, range.len()),
                    format!("the switch {} is {} here", quote(switch), quote(&target[range.clone()])),
                ),
                None => (unit.unit().target.text, format!("the switch {} is missing", quote(switch))),
            };
            let finding = sink.report_unit(unit, place, message);
            finding
                .identity(switch)
                .keeps(switch)
                .source_part(unit.in_source(at, switch.len()))
                .help("write the switch as the program knows it");
            // Where the switch is whole but glued to a word, there is nothing to put back.
            let dashed = found.as_ref().and_then(|place| place.dashed.as_ref());
            if let Some(dashed) = dashed.filter(|range| target[(*range).clone()] != *switch) {
                let at = unit.in_target(dashed.start, dashed.len());
                finding.fix(Applicability::Safe, "write the switch as the source has it", at, switch);
            }
        }
    }
}

/// Where a switch seems to stand in the target.
struct Standing {
    /// The words to show.
    range: Range<usize>,
    /// The dash, a blank after it and the whole name, if that is what stands there.
    dashed: Option<Range<usize>>,
}

/// Signs that hyphens become.
const DASHES: [char; 5] = ['-', '–', '—', '‑', '−'];

/// Both sides of a unit, with what is looked for in them.
struct Sides<'t> {
    source: &'t str,
    target: Places<'t>,
    lower: Places<'t>,
    /// The target without escapes, if it has some.
    unescaped: Option<Places<'t>>,
    /// Whether the source has a compound that English cuts short.
    cuts_short: bool,
    /// The characters of the target that end words.
    gaps: OnceCell<Vec<Range<usize>>>,
    /// What the target has in place of the only switch of the source.
    other: OnceCell<Option<Range<usize>>>,
}

impl<'t> Sides<'t> {
    fn of(source: &'t str, target: &'t str) -> Self {
        let unescaped = || Places::of(target.replace("\\-", "-"));
        Self {
            source,
            target: Places::of(target),
            // Names of switches are ASCII; other letters can have another length in lower case.
            lower: Places::of(target.to_ascii_lowercase()),
            unescaped: target.contains("\\-").then(unescaped),
            cuts_short: source.contains("- and"),
            gaps: OnceCell::new(),
            other: OnceCell::new(),
        }
    }

    /// Whether the target has the switch, stuck to no word, or it is a compound that English cuts short.
    fn have(&self, switch: &str) -> bool {
        let is_long = switch.starts_with("--");
        let is_compound = || self.cuts_short && switch.chars().all(|c| !c.is_uppercase());
        let is_whole_in = |places: &Places<'_>, switch: &str| {
            places.any(switch, |at| is_whole(places.text(), at, switch.len()))
        };
        !is_long && is_compound()
            || self.unescaped.as_ref().is_some_and(|text| text.has(switch))
            || is_whole_in(&self.target, switch)
            // Switches with one hyphen are known in any case.
            || !is_long && is_whole_in(&self.lower, &switch.to_ascii_lowercase())
    }

    /// Looks for the name after a dash, for the name, and for another name after a hyphen that the source does not have.
    fn place(&self, switch: &str) -> Option<Standing> {
        let (target, lower) = (self.target.text(), self.lower.text());
        let name = switch.trim_start_matches('-').to_ascii_lowercase();
        for from in self.lower.all(&name) {
            let before = target[..from].trim_end_matches([' ', '\u{a0}']);
            let bare = before.trim_end_matches(DASHES);
            let dashes = before[bare.len()..].chars().count();
            let to = from + name.len();
            if (1..=2).contains(&dashes) && from - before.len() <= 2 {
                let free = bare.chars().next_back().is_none_or(|c| ends_word(c) || c == '(');
                let ends = !lower[to..].starts_with(glues) && !lower[to..].starts_with(['-', '_']);
                let is_dashed = free && ends && is_dashed(&before[bare.len()..], switch);
                let dashed = is_dashed.then_some(bare.len()..to);
                return Some(Standing { range: self.word_at(bare.len(), to), dashed });
            }
        }
        // A placeholder such as `<name>` is no switch that lost its hyphen, and no part of a word is.
        let stands = |from: &usize| {
            let before = lower[..*from].chars().next_back();
            before.is_none_or(|c| !glues(c) && c != '<') && !lower[from + name.len()..].starts_with(glues)
        };
        if let Some(from) = self.lower.all(&name).find(stands) {
            return Some(Standing { range: self.word_at(from, from + name.len()), dashed: None });
        }
        let range = self.other.get_or_init(|| other(self.source, target)).clone()?;
        Some(Standing { range, dashed: None })
    }

    /// The word of the target that a part of it stands in.
    fn word_at(&self, from: usize, to: usize) -> Range<usize> {
        let target = self.target.text();
        let ends = || target.char_indices().filter(|(_, c)| ends_word(*c));
        let gaps = self.gaps.get_or_init(|| ends().map(|(at, c)| at..at + c.len_utf8()).collect());
        let before = gaps.partition_point(|gap| gap.start < from).checked_sub(1);
        let after = gaps.partition_point(|gap| gap.start < to);
        let (start, end) =
            (before.map_or(0, |at| gaps[at].end), gaps.get(after).map_or(target.len(), |gap| gap.start));
        // What ends the clause and quotes it is no part of the word.
        let lead = target[start..from].trim_start_matches(['(', '"', '«', '„', '“', '”']);
        let start = from - lead.len();
        let word =
            target[start..end].trim_end_matches([',', '.', ';', ':', '!', '?', ')', '"', '»', '”', '“']);
        start..(start + word.len()).max(to)
    }
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || script::is_spaceless_char(c)
}

/// The only name after a dash of a target that its source, of one switch, does not have.
fn other(source: &str, target: &str) -> Option<Range<usize>> {
    let mut others = target.match_indices(DASHES).filter(|(at, dash)| {
        let starts = target[..*at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
        starts && target[at + dash.len()..].starts_with(|c: char| c.is_alphabetic() || c == '-')
    });
    let (from, _) = others.next().filter(|_| switches(source).len() == 1)?;
    let range = from..target[from..].find(char::is_whitespace).map_or(target.len(), |len| from + len);
    let other = target[range.clone()].trim_start_matches(DASHES);
    // A link, a clause, or a word of the source that is no switch there, is not what this one became.
    let is_name = !other.is_empty() && !other.contains(['[', ']', '<', '>', '。', '，', '、']);
    (is_name && !source.contains(other) && others.next().is_none()).then_some(range)
}

/// Whether dashes stand for the hyphens of a switch: as many hyphens, or one dash for two.
fn is_dashed(dashes: &str, switch: &str) -> bool {
    let hyphens = switch.len() - switch.trim_start_matches('-').len();
    let count = dashes.chars().count();
    count == hyphens || (count == 1 && !dashes.starts_with('-'))
}

/// Whether a source is about a program: a single capital after a hyphen can be a bullet or a compound.
fn speaks_of_commands(source: &str, switches: usize) -> bool {
    const SIGNS: [&str; 14] = [
        "parameter",
        "option",
        "switch",
        "flag",
        "argument",
        "command",
        ".exe",
        " cli",
        "nuget",
        "dotnet",
        "msbuild",
        "-package",
        "powershell",
        "harbor",
    ];
    let lower = source.to_lowercase();
    switches > 1 || SIGNS.iter().any(|sign| lower.contains(sign))
}

/// Whether a switch beside this character is stuck to a word.
fn glues(c: char) -> bool {
    c.is_alphanumeric() && !script::is_spaceless_char(c)
}

/// Whether a switch is stuck to no word, before it or after it.
fn is_whole(text: &str, at: usize, len: usize) -> bool {
    // Arabic and Hebrew write little words together with the next one.
    let joins = |c: char| matches!(c, '\u{590}'..='\u{5ff}' | '\u{600}'..='\u{6ff}');
    !text[..at].chars().next_back().is_some_and(|c| glues(c) && !joins(c))
        && !text[at + len..].starts_with(glues)
}

/// Command-line switches: one or two hyphens and a name, after a blank or a bracket.
fn switches(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for at in memchr::memchr_iter(b'-', text.as_bytes()) {
        let before = text[..at].chars().next_back();
        let starts = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '"' | '/' | '|'));
        // Nothing else is looked at: a long row of dashes is looked at once.
        if !starts {
            continue;
        }
        let name = text[at..].trim_start_matches('-');
        let dashes = text[at..].len() - name.len();
        let len = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
        let name = name[..len].trim_end_matches('-');
        let is_name = name.len() >= 4 && name.starts_with(|c: char| c.is_ascii_alphabetic());
        if (1..=2).contains(&dashes) && is_name {
            found.push(at..at + dashes + name.len());
        }
    }
    found
}
