use crate::prelude::*;

/// Its page is `bold_label.md`.
pub(crate) struct BoldLabel;

/// A label is short; what is longer, in characters, is a sentence that happens to start bold.
const LONGEST_LABEL: usize = 80;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "markup/bold-label",
        include_str!("bold_label.md"),
        Severity::Warning,
        Scope::Unit,
        "markup",
    )
}

impl UnitRule for BoldLabel {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has(b'*') {
            return;
        }
        let Some(label) = label(unit.source()) else { return };
        let target = unit.target();
        // With fewer colons than the source has, the first one need not be the label's.
        let colons = |text: &str| text.chars().filter(|c| is_colon(*c)).count();
        let all_there = colons(target) >= colons(unit.source());
        let Some((len, what)) = fault(target).filter(|_| all_there) else { return };
        let bold = label.len() + "****".len();
        sink.report_unit(
            unit,
            unit.in_target(0, len),
            format!("the bold of the label {} {what} {}", quote(label), quote(&target[..len])),
        )
        .source_part(unit.in_source(0, bold))
        .bold()
        .help("make the whole label bold, up to the colon");
    }
}

/// The bold label that a source starts with: `**Applies to**: …` or `**Applies to:** …`.
fn label(source: &str) -> Option<&str> {
    let (bold, rest) = leading_bold(source)?;
    let is_label = bold.ends_with(':') || rest.starts_with(':');
    (is_label && bold.chars().count() <= LONGEST_LABEL).then_some(bold)
}

/// The text of the bold run at the start, and what follows it.
fn leading_bold(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("**")?.split_once("**").filter(|(bold, _)| !bold.is_empty())
}

/// What is wrong with the target's label, as its length in bytes and a few words.
fn fault(target: &str) -> Option<(usize, &'static str)> {
    match leading_bold(target) {
        Some((bold, _)) if bold.ends_with(is_colon) => None,
        Some((bold, rest)) => {
            let len = bold.len() + "****".len();
            let gap = label_rest(rest)?;
            Some((len + gap, "covers only a part of"))
        }
        None => moved(target).map(|len| (len, "stands on other words in")),
    }
}

/// The length of the plain words between the bold and the colon, where they continue the label.
fn label_rest(rest: &str) -> Option<usize> {
    let colon = rest.find(is_colon)?;
    let words = &rest[..colon];
    let continues = words.trim().chars().next()?.is_alphanumeric()
        && words.chars().count() <= LONGEST_LABEL / 2
        && !words.contains(['.', '!', '?', '。', '`', '*', '[', '|', ',', '、', '，']);
    continues.then_some(colon)
}

/// The length of a label that starts plain and turns bold before its colon.
fn moved(target: &str) -> Option<usize> {
    let (plain, rest) = target.split_once("**")?;
    let (bold, after) = rest.split_once("**")?;
    let colon_inside = bold.ends_with(is_colon);
    let label_ends = colon_inside || after.trim_start().starts_with(is_colon);
    let short = plain.chars().count() + bold.chars().count() <= LONGEST_LABEL;
    let within_label = short && label_ends && !plain.contains(is_colon);
    within_label.then_some(plain.len() + bold.len() + "****".len())
}

/// Colons of the Latin, CJK and Armenian scripts.
fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：' | '︰' | '։')
}
