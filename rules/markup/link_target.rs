use std::ops::Range;

use crate::prelude::*;
use crate::support::crossed_out::crossed_out;
use crate::support::inline::{self, Link, MASK};
use crate::support::places::Places;

/// Its page is `link_target.md`.
pub(crate) struct LinkTarget;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "markup/link-target",
            include_str!("link_target.md"),
            Severity::Error,
            Scope::Unit,
            "do-not-translate",
        )
    }
}

impl UnitRule for LinkTarget {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has(b']') {
            return;
        }
        references(unit, sink);
        if unit.source_print().same_links(unit.target_print()) {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        if target.trim().is_empty() {
            return;
        }
        let page = |link: &Link| page(&link.url);
        let (lost, mut added) = crossed_out(inline::links(source), inline::links(target), page);
        // Where one link is broken, `markup/link-syntax` sees its pieces.
        let broken = target.contains("] (");
        let (one_to_one, one) = (lost.len() == added.len(), lost.len() == 1);
        added.reverse();
        let places = Places::of(target);
        for link in lost.iter().filter(|_| !broken) {
            let in_source = unit.in_source(link.range.start, link.range.len());
            // The address stands there as text.
            if added.is_empty() && places.has(&link.url) {
                continue;
            }
            let finding = match added.pop().filter(|_| one_to_one) {
                Some(other) => {
                    // An empty address stands everywhere.
                    let from = target[..other.range.end].rfind(&other.url).filter(|_| !other.url.is_empty());
                    let at = from.map_or(unit.in_target(other.range.start, other.range.len()), |from| {
                        unit.in_target(from, other.url.len())
                    });
                    let message = format!(
                        "the link leads to {}, but in the source to {}",
                        quote(&other.url),
                        quote(&link.url)
                    );
                    let finding = sink.report_unit(unit, at, message);
                    if from.is_some() && one {
                        finding.fix(Applicability::Safe, "restore the address", at, &link.url);
                    }
                    finding
                }
                None => sink.report_unit(
                    unit,
                    unit.unit().target.text,
                    format!("the link to {} is lost", quote(&link.url)),
                ),
            };
            finding.identity(&*link.url).source_part(in_source).help("restore the link as the source has it");
        }
    }
}

/// Links by reference, `[text][label]`, whose label is another than in the source, and has no definition.
fn references(unit: UnitView<'_>, sink: &mut Sink<'_>) {
    /// More than any sentence has: each costs a look at the document.
    const MOST: usize = 8;
    let source = unit.source().as_bytes();
    if !memchr::memchr_iter(b']', source).any(|at| source.get(at + 1) == Some(&b'[')) {
        return;
    }
    let (source, target) = (unit.masked_source(), unit.masked_target());
    let text = |at: &Range<usize>, text: &str| text[at.clone()].to_lowercase();
    let key = |(side, at): &(&str, Range<usize>)| text(at, side);
    let of = |side| labels(side).map(|at| (side, at)).collect::<Vec<_>>();
    let (lost, added) = crossed_out(of(source), of(target), key);
    // One that is left over is the finding of another rule, or of nobody: a sentence can do without it.
    if lost.len() != added.len() {
        return;
    }
    let whole = unit.document().file.text();
    for ((_, wanted), (_, other)) in lost.iter().zip(&added).take(MOST) {
        if is_defined(whole, &source[wanted.clone()]) && !is_defined(whole, &target[other.clone()]) {
            let at = unit.in_target(other.start, other.len());
            let (wanted_label, label) = (&source[wanted.clone()], &target[other.clone()]);
            let message =
                format!("the link refers to {}, but in the source to {}", quote(label), quote(wanted_label));
            let finding = sink.report_unit(unit, at, message);
            finding.identity(wanted_label).source_part(unit.in_source(wanted.start, wanted.len()));
            finding.help("restore the label as the source has it: the link has no address otherwise");
            if lost.len() == 1 {
                finding.fix(Applicability::Safe, "restore the label", at, wanted_label);
            }
        }
    }
}

/// The labels of what may be links by reference.
fn labels(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("][").filter_map(|(at, _)| {
        let start = at + "][".len();
        let len = text[start..].find([']', '[', MASK])?;
        (len > 0 && text[start + len..].starts_with(']')).then_some(start..start + len)
    })
}

/// Whether a label has a definition, `[label]: address`, on a line of its own.
fn is_defined(text: &str, label: &str) -> bool {
    let definition = format!("[{}]:", label.to_lowercase());
    text.lines()
        .any(|line| line.starts_with(['[', ' ']) && line.trim_start().to_lowercase().starts_with(&definition))
}

/// The page that an address leads to: a locale in the path is the reader's own, and blanks can be written in two ways.
fn page(url: &str) -> Vec<String> {
    let is_locale = |part: &&str| {
        let mut tags = part.split('-');
        let sized = tags
            .clone()
            .all(|tag| (2..=4).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphabetic()));
        sized && tags.nth(1).is_some() && tags.next().is_none()
    };
    let url = url.replace("%20", " ");
    url.split('/').filter(|part| !is_locale(part)).map(String::from).collect()
}
