use crate::prelude::*;
use crate::support::{inline, script};

/// Its page is `switch.md`.
pub(crate) struct Switch;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
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
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        if !source.contains('-') || source == target || target.trim().is_empty() {
            return;
        }
        let masked = inline::masked(source);
        let found = switches(&masked);
        if found.is_empty() || !speaks_of_commands(source, found.len()) {
            return;
        }
        let lower = target.to_lowercase();
        for (at, switch) in found {
            // A bullet, or a compound that English cuts short, is none.
            let bullet = at == 0 && target.starts_with(['-', '–', '—']) && !switch.starts_with("--");
            let compound = !switch.starts_with("--")
                && switch.chars().all(|c| !c.is_uppercase())
                && source.contains("- and");
            if bullet || compound || target.replace("\\-", "-").contains(switch) && target.contains("\\-") {
                continue;
            }
            let wanted = switch.to_lowercase();
            let stands = |at: usize| !target[..at].chars().next_back().is_some_and(glues);
            if target.match_indices(switch).any(|(at, _)| stands(at)) {
                continue;
            }
            // Switches with one hyphen are known in any case.
            let any_case = !switch.starts_with("--")
                && lower
                    .match_indices(&wanted)
                    .any(|(at, _)| !lower[..at].chars().next_back().is_some_and(glues));
            if any_case {
                continue;
            }
            // Lower case can have another length in bytes; then nothing is shown but that it is missing.
            let same_bytes = lower.len() == target.len();
            let place = |text: &str| lower.find(text).filter(|_| same_bytes);
            let name = switch.trim_start_matches('-');
            let found = place(&wanted).or_else(|| place(&name.to_lowercase()));
            let (place, message) = match found {
                Some(from) => {
                    let start = target[..from].rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
                    let end = target[from..].find(char::is_whitespace).map_or(target.len(), |len| from + len);
                    let start = (start..=from).find(|at| target.is_char_boundary(*at)).unwrap_or(from);
                    let here = quote(&target[start..end]);
                    (
                        unit.in_target(start, end - start),
                        format!("the switch {} is {here} here", quote(switch)),
                    )
                }
                None => (unit.unit().target.text, format!("the switch {} is missing", quote(switch))),
            };
            sink.report_unit(unit, place, message)
                .identity(switch)
                .keeps(switch)
                .source_part(unit.in_source(at, switch.len()))
                .help("write the switch as the program knows it");
        }
    }
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

/// Whether a switch right after this character is stuck to a word.
fn glues(c: char) -> bool {
    c.is_alphanumeric() && !script::is_spaceless_char(c)
}

/// Command-line switches: one or two hyphens and a name, after a blank or a bracket.
fn switches(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('-') {
        let before = text[..at].chars().next_back();
        let starts = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '"' | '/' | '|'));
        let name = text[at..].trim_start_matches('-');
        let dashes = text[at..].len() - name.len();
        let len = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
        let name = name[..len].trim_end_matches('-');
        let is_name = name.len() >= 4 && name.starts_with(|c: char| c.is_ascii_alphabetic());
        if starts && (1..=2).contains(&dashes) && is_name {
            found.push((at, &text[at..at + dashes + name.len()]));
        }
    }
    found
}
