use crate::prelude::*;

/// Its page is `emptied_list.md`.
pub(crate) struct EmptiedList;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "markup/emptied-list",
        include_str!("emptied_list.md"),
        Severity::Error,
        Scope::Unit,
        "omission",
    )
}

impl UnitRule for EmptiedList {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        let Some(range) = orphans(target).filter(|_| orphans(source).is_none()) else { return };
        let at = unit.in_target(range.start, range.len());
        sink.report_unit(
            unit,
            at,
            format!("commas without anything between them: {}", quote(&target[range])),
        )
        .identity("commas")
        .help("put back, between the commas, what the source lists");
    }
}

/// Commas with nothing but blanks between them.
fn orphans(text: &str) -> Option<std::ops::Range<usize>> {
    let is_comma = |c: char| matches!(c, ',' | '、' | '，' | '،');
    let mut start = None;
    let mut last = 0;
    for (at, c) in text.char_indices() {
        if is_comma(c) {
            match start {
                Some(_) => last = at + c.len_utf8(),
                None => (start, last) = (Some(at), 0),
            }
        } else if !matches!(c, ' ' | '\u{a0}') {
            if let Some(from) = start.take().filter(|_| last > 0) {
                // `{,,}` and code such as `[,,]` are notation.
                let code = text[..from].ends_with(['`', '[', '{', '(', '<', '"', '\''])
                    || matches!(c, '`' | ']' | '}' | '>' | '"' | '\'');
                if !code {
                    return Some(from..last);
                }
            }
            last = 0;
        }
    }
    start.filter(|_| last > 0).map(|from| from..last)
}
