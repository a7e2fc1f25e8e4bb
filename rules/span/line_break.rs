use bitext::Block;

use crate::prelude::*;

/// Its page is `line_break.md`.
pub(crate) struct LineBreak;

const BREAKS: ByteSet = ByteSet::of(b"\n\r");

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Unsafe,
        ..RuleInfo::new(
            "span/line-break",
            include_str!("line_break.md"),
            Severity::Error,
            Scope::Unit,
            "markup",
        )
    }
}

impl UnitRule for LineBreak {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let pair = unit.unit();
        if ![pair.target, pair.source].iter().any(|side| side.print.has_any(BREAKS)) {
            return;
        }
        let sides =
            [(pair.target.text, unit.target(), "target"), (pair.source.text, unit.source(), "source")];
        let Some((side, text, name)) = sides.into_iter().find(|(_, text, _)| text.contains(['\n', '\r']))
        else {
            return;
        };
        let block = match unit.block() {
            Block::Heading(_) => "heading",
            Block::TableCell => "table cell",
            _ => return,
        };
        let at = text.find(['\n', '\r']).unwrap_or(0);
        let len = text[at..].len() - text[at..].trim_start_matches(['\n', '\r', ' ']).len();
        let place = side.part(at, len);
        let finding = sink.report_unit(unit, place, format!("a line break in the {name} ends the {block}"));
        finding.identity(name).help("write it on one line");
        if name == "target" {
            finding.fix(Applicability::Unsafe, "join the lines", place, " ");
        }
    }
}
