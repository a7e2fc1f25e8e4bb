use crate::prelude::*;
use crate::support::{beside, inline, script};

/// Its page is `double_space.md`.
pub(crate) struct DoubleSpace;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "text/double-space",
            include_str!("double_space.md"),
            Severity::Warning,
            Scope::Unit,
            "whitespace",
        )
    }
}

impl UnitRule for DoubleSpace {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !beside::of(unit).blanks.two || unit.source().contains("  ") {
            return;
        }
        let target = unit.target();
        let code = inline::code(target);
        let mut places: Vec<(usize, usize)> = Vec::new();
        // Whether a tag begins in what was seen and does not end: those of a broken pair are text.
        let (mut at, mut seen, mut in_tag) = (0, 0, false);
        while let Some(found) = target[at..].find("  ").map(|found| at + found) {
            let len = target[found..].len() - target[found..].trim_start_matches(' ').len();
            at = found + len;
            // At the start of a line they are its indent, which keeps it in a list.
            let is_indent = target[..found].trim_end_matches('\t').ends_with('\n');
            let inside = found > 0 && at < target.len() && !is_indent;
            // "A  >  B" is a way through menus, and its blanks are often doubled on purpose.
            let menu = target[..found].ends_with('>') || target[at..].starts_with('>');
            // Beside a bar nobody sees them; before a full-width sign they are the finding of `text/spacing`.
            let around = [target[..found].chars().next_back(), target[at..].chars().next()];
            let unseen = around.iter().flatten().any(|c| *c == '|' || is_full_width_sign(*c));
            if let Some(sign) = target[seen..found].rfind(['<', '>']) {
                in_tag = starts_tag(&target[seen + sign..]);
            }
            seen = found;
            if inside && !menu && !unseen && !in_tag && !inline::is_in_code(&code, found) {
                places.push((found, len));
            }
        }
        report(unit, &places, sink);
    }
}

/// One finding a unit, with all its places.
fn report(unit: UnitView<'_>, places: &[(usize, usize)], sink: &mut Sink<'_>) {
    let Some((first, len)) = places.first() else { return };
    let before = unit.target()[..*first].split_whitespace().next_back().unwrap_or_default();
    let message = match places.len() - 1 {
        0 => format!("{len} blanks after {}", quote(before)),
        n => format!(
            "{len} blanks after {}, and doubled blanks in {}",
            quote(before),
            words::count(n, "other place")
        ),
    };
    let spans: Vec<_> = places.iter().map(|(at, len)| unit.in_target(*at, *len)).collect();
    let finding = sink.report_unit(unit, spans[0], message);
    // Human translators of Chinese and Japanese leave as many as machines, and readers see one.
    if script::is_spaceless(unit.locale()) {
        finding.as_info();
    }
    finding.identity("blanks").help("leave one blank").here_too(&spans[1..]).fix_each(
        Applicability::Safe,
        "leave one blank",
        spans,
        " ",
    );
}

/// Whether a text begins with a tag of HTML.
fn starts_tag(text: &str) -> bool {
    text.strip_prefix('<').is_some_and(|tag| tag.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()))
}

fn is_full_width_sign(c: char) -> bool {
    matches!(
        c,
        '。' | '、'
            | '，'
            | '；'
            | '：'
            | '！'
            | '？'
            | '）'
            | '】'
            | '」'
            | '』'
            | '（'
            | '【'
            | '「'
            | '『'
    )
}
