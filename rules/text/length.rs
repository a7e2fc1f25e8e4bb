use crate::prelude::*;
use crate::support::{inline, script};

/// Its page is `length.md`.
pub(crate) struct Length;

/// Shorter sources say nothing about length, in characters.
const MIN_SOURCE: usize = 40;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        // Glosses of titles make good translations long; there is no signal in published trees.
        severity: None,
        confidence: crate::Confidence::Medium,
        ..RuleInfo::new("text/length", include_str!("length.md"), Severity::Info, Scope::Unit, "length")
    }
}

impl UnitRule for Length {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        if source.len() < MIN_SOURCE {
            return;
        }
        let prose = |text: &str| inline::masked(text).chars().filter(|c| *c != inline::MASK).count();
        let (own, other) = (prose(target), prose(source));
        if other < MIN_SOURCE {
            return;
        }
        // Bands measured on published trees: beyond them lies one unit in some thousands.
        let (least, most) = if script::is_spaceless(unit.locale()) { (12, 160) } else { (45, 220) };
        let percent = own * 100 / other;
        if percent < least || percent > most {
            let how = if percent < least { "short" } else { "long" };
            sink.report_unit(
                unit,
                unit.unit().target.text,
                format!("the target is very {how}: {own} characters for {other} of the source"),
            )
            .identity(how)
            .help("look whether a part is missing, or stands there twice");
        }
    }
}
