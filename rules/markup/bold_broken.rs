use crate::prelude::*;
use crate::support::{inline, sources};

/// Its page is `bold_broken.md`.
pub(crate) struct BoldBroken;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "markup/bold-broken",
        include_str!("bold_broken.md"),
        Severity::Error,
        Scope::Unit,
        "markup",
    )
}

impl UnitRule for BoldBroken {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if unit.source_print().has(b'*')
            && unit.target_print().has(b'*')
            && unit.source().contains("**")
            && !inline::is_plainly_whole(unit.target())
        {
            report(unit, sink);
        }
    }
}

fn report(unit: UnitView<'_>, sink: &mut Sink<'_>) {
    let (source, target) = (unit.source(), unit.target());
    // Escaped twice, they are the finding of `markup/escape-residue`.
    if target.contains("\\*\\*") {
        return;
    }
    let shown = inline::shown_stars(target);
    let of_source = sources::of(unit).bold.get_or_init(|| inline::bold(source));
    // One alone may be the translator's own, as in "Benutzer*innen".
    let is_broken = |at: &&std::ops::Range<usize>| at.len() > 1 || target[..at.start].ends_with("*\\");
    let Some(at) = shown.iter().position(|run| is_broken(&run)) else { return };
    // Where the source shows some, its bold may begin or end in another unit.
    if of_source.is_empty() || !inline::shown_stars(source).is_empty() {
        return;
    }
    // With the words up to the other asterisks, if readers see those too.
    let start = target[..shown[at].end].trim_end_matches(['*', '\\']).len();
    let end = shown.get(at + 1).map_or(target.len(), |other| other.end);
    let place = unit.in_target(start, shown[at].end - start);
    let text = quote(&target[start..end]);
    let message = format!("{text} makes nothing bold, readers see the asterisks");
    let finding = sink.report_unit(unit, place, message);
    finding
        .identity("asterisks")
        .source_part(unit.in_source(of_source[0].start, of_source[0].len()))
        .help("close the bold, and put no blank inside it and none between it and a sign that stands there");
}
