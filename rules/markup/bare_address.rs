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
            None => match broken(target, address) {
                Some(here) => {
                    let place = unit.in_target(here.start, here.len());
                    let message = format!("the address {} is {} here", quote(address), quote(&target[here]));
                    let finding = sink.report_unit(unit, place, message);
                    finding.fix(Applicability::Safe, "restore the address", place, address)
                }
                None => {
                    let message = format!("the address {} is lost", quote(address));
                    sink.report_unit(unit, unit.unit().target.text, message)
                }
            },
        };
        finding.identity(address).source_part(in_source).help("restore the address as the source has it");
    }
}

/// Whether an address stands in a text to its end, anywhere and with any scheme.
fn stands_in(text: &str, address: &str) -> bool {
    names_in(text, name(address)).any(|at| !is_broken(&text[..at]))
}

/// Where the rest of an address stands behind what is left of its scheme.
fn broken(text: &str, address: &str) -> Option<Range<usize>> {
    let name = name(address);
    let at = names_in(text, name).find(|at| is_broken(&text[..*at]))?;
    let scheme =
        text[..at].trim_end_matches([' ', '/', ':']).trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let end = at + name.len();
    let has_stroke = address.ends_with('/') && text[end..].starts_with('/');
    Some(scheme.len()..end + usize::from(has_stroke))
}

/// An address without its scheme and the stroke at its end.
fn name(address: &str) -> &str {
    address.split_once("://").map_or(address, |(_, name)| name).trim_end_matches('/')
}

/// Where the name stands to its end.
fn names_in<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = usize> + 't {
    let goes_on = |at: usize| text[at + name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
    text.match_indices(name).map(|(at, _)| at).filter(move |at| !goes_on(*at))
}

/// Whether what stands before the name of an address is a scheme that none knows: with blanks, a stroke less or other letters.
fn is_broken(before: &str) -> bool {
    const SCHEMES: [&str; 7] = ["http", "https", "ftp", "git", "ssh", "ws", "wss"];
    let bare = before.trim_end_matches([' ', '/', ':']);
    let signs = &before[bare.len()..];
    if !signs.contains(':') || !signs.contains('/') {
        return false;
    }
    let scheme = &bare[bare.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len()..];
    signs != "://" || !SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme))
}
