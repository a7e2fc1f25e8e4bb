use std::collections::BTreeSet;
use std::ops::Range;

use crate::prelude::*;
use crate::support::{addresses, sources};

/// Its page is `bare_address.md`.
pub(crate) struct BareAddress;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "markup/bare-address",
            include_str!("bare_address.md"),
            Severity::Error,
            Scope::Unit,
            "do-not-translate",
        )
    }
}

impl UnitRule for BareAddress {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if unit.source_print().has(b':') && unit.source_print().has(b'/') {
            let wanted = sources::of(unit).addresses.get_or_init(|| addresses::bare(unit.source()));
            if !wanted.is_empty() && !unit.target().trim().is_empty() {
                report(unit, wanted, sink);
            }
        }
    }
}

fn report(unit: UnitView<'_>, wanted: &[Range<usize>], sink: &mut Sink<'_>) {
    /// More than any sentence has: each costs a search.
    const MOST: usize = 16;
    let (source, target) = (unit.source(), unit.target());
    let mut lost = wanted.get(..MOST).unwrap_or(wanted).to_vec();
    lost.retain(|at| !stands_in(target, &source[at.clone()]));
    if lost.is_empty() {
        return;
    }
    let pages = |text: &str| -> BTreeSet<String> {
        addresses::all(text).into_iter().map(|at| addresses::page(&text[at])).collect()
    };
    let of_target = pages(target);
    lost.retain(|at| !of_target.contains(&addresses::page(&source[at.clone()])));
    let of_source = pages(source);
    let mut others = addresses::bare(target);
    others.retain(|at| !of_source.contains(&addresses::page(&target[at.clone()])));
    others.reverse();
    let one_to_one = lost.len() == others.len();
    for at in &lost {
        let address = &source[at.clone()];
        let in_source = unit.in_source(at.start, at.len());
        let finding = match others.pop().filter(|_| one_to_one) {
            Some(other) => {
                let (written, place) = (&target[other.clone()], unit.in_target(other.start, other.len()));
                let is_cut = address.starts_with(written);
                let message = if is_cut {
                    format!("the address {} breaks off after {}", quote(address), quote(written))
                } else {
                    format!("the address is {}, but in the source {}", quote(written), quote(address))
                };
                let finding = sink.report_unit(unit, place, message);
                // Where nothing closes it, pieces of it may follow.
                let rest = &target[other.end..];
                let is_closed = rest.is_empty() || rest.starts_with(['>', '<', '"', '\'', ')', '*']);
                if !is_cut && is_closed && lost.len() == 1 {
                    finding.fix(Applicability::Safe, "restore the address", place, address);
                }
                finding
            }
            None => {
                let message = format!("the address {} is lost", quote(address));
                sink.report_unit(unit, unit.unit().target.text, message)
            }
        };
        finding.identity(address).source_part(in_source).help("restore the address as the source has it");
    }
}

/// Whether an address stands in a text to its end, anywhere and with any scheme.
fn stands_in(text: &str, address: &str) -> bool {
    let name = address.split_once("://").map_or(address, |(_, name)| name).trim_end_matches('/');
    let ends =
        |(at, _): (usize, &str)| !text[at + name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
    text.match_indices(name).any(ends)
}
