use crate::prelude::*;
use crate::support::{inline, script};

/// Its page is `bold_lost.md`.
pub(crate) struct BoldLost;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("markup/bold-lost", include_str!("bold_lost.md"), Severity::Warning, Scope::Unit, "markup")
}

impl UnitRule for BoldLost {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has(b'*') {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        // Chinese, Japanese and Korean put names of the interface in brackets or quotation marks instead.
        if !source.contains("**") || target.contains("**") || script::is_spaceless(unit.locale()) {
            return;
        }
        let bold = inline::bold(source);
        // What is not Markdown in the source, `a ** b`, is nothing to keep.
        let Some(first) = bold.first() else { return };
        if inline::bold(target).is_empty()
            && !target.contains("<strong")
            && !target.contains("<b>")
            && !target.contains("\\*\\*")
            && !target.trim().is_empty()
            && !target.contains("__")
        {
            let text = source[first.clone()].trim_matches('*');
            let more = match bold.len() {
                1 => String::new(),
                n => format!(" and {} more", n - 1),
            };
            sink.report_unit(
                unit,
                unit.unit().target.text,
                format!("the bold of {}{more} is lost", quote(text)),
            )
            .identity(text)
            .bold()
            .source_part(unit.in_source(first.start, first.len()))
            .help("make the same words bold");
        }
    }
}
