use std::cell::LazyCell;
use std::collections::BTreeSet;

use crate::prelude::*;
use crate::support::inline::{self, Code};
use crate::support::{beside, locale_data, script};

/// Its page is `code_glued.md`.
pub(crate) struct CodeGlued;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "markup/code-glued",
            include_str!("code_glued.md"),
            Severity::Warning,
            Scope::Unit,
            "whitespace",
        )
    }
}

impl UnitRule for CodeGlued {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let may_be_glued = unit.target_print().has(b'`') && beside::of(unit).code.letter;
        if !may_be_glued || script::is_spaceless(unit.locale()) {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        let endings = &locale_data::of(unit.locale()).endings_after_names;
        let word = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !script::is_spaceless_char(c));
        let is_glued = |text: &str, code: &Code| {
            let before = word(text[..code.range.start].chars().next_back());
            (before, word(text[code.range.end..].chars().next()))
        };
        // Endings after code (`dll`s, `URL`-ben) are glued in the source too, or have a hyphen.
        let glued_in_source = LazyCell::new(|| {
            let glued =
                inline::code(source).into_iter().filter(|code| is_glued(source, code) != (false, false));
            glued.map(|code| code.content).collect::<BTreeSet<String>>()
        });
        for code in inline::code(target) {
            let (before, after) = is_glued(target, &code);
            let before =
                before && !is_prefix(unit.locale().language(), last_word(&target[..code.range.start]));
            let is_new = before || after && is_new_word(&target[code.range.end..], endings);
            if !is_new || glued_in_source.contains(&code.content) {
                continue;
            }
            let place = if before { code.range.start } else { code.range.end };
            let text = &code.content;
            let neighbour = if before { last_word(&target[..place]) } else { first_word(&target[place..]) };
            let at = unit.in_target(code.range.start, code.range.len());
            let finding =
                sink.report_unit(unit, at, format!("code {} is glued to {}", quote(text), quote(neighbour)));
            finding.help("put a blank between them").fix(
                Applicability::Safe,
                "put a blank between them",
                unit.in_target(place, 0),
                " ",
            );
            if let Some(fix) = finding.fix.as_mut().filter(|_| before && after) {
                let span = unit.in_target(code.range.end, 0);
                fix.edits.push(crate::Edit { span, replacement: " ".into() });
            }
        }
    }
}

/// Whether a word may be what Arabic and Hebrew write together with the word after it: and, in, to, the.
pub(crate) fn is_prefix(language: &str, word: &str) -> bool {
    const LONGEST_PREFIX: usize = 3;
    matches!(language, "ar" | "fa" | "he" | "ur") && word.chars().count() <= LONGEST_PREFIX
}

/// Whether what follows the code is a word and not an ending that inflects it: endings are those of the language, or
/// short and in lower case where they are not known.
pub(crate) fn is_new_word(after: &str, endings: &[String]) -> bool {
    const LONGEST_ENDING: usize = 4;
    let word = first_word(after);
    if !endings.is_empty() {
        return !endings.iter().any(|ending| ending == word);
    }
    word.chars().next().is_some_and(char::is_uppercase) || word.chars().count() > LONGEST_ENDING
}

pub(crate) fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

pub(crate) fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}
