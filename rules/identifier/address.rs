use std::ops::Range;

use crate::prelude::*;
use crate::support::network::{self, Kind};
use crate::support::places::Places;
use crate::support::{addresses, sources};

/// Its page is `address.md`.
pub(crate) struct Address;

/// More than any sentence has: each costs a search.
const MOST: usize = 64;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "identifier/address",
            include_str!("address.md"),
            Severity::Warning,
            Scope::Unit,
            "do-not-translate",
        )
    }
}

impl UnitRule for Address {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, known) = (unit.source(), sources::of(unit));
        if !known.has_inner_stop(source) && !unit.source_print().has(b':') {
            return;
        }
        let wanted = known.network.get_or_init(|| network::all(unit.masked_source()));
        if !wanted.is_empty() && !unit.untouched() && !unit.target().trim().is_empty() {
            report(unit, wanted, sink);
        }
    }
}

fn report(unit: UnitView<'_>, wanted: &[(Range<usize>, Kind)], sink: &mut Sink<'_>) {
    let (source, target) = (unit.source(), unit.target());
    let lower = Places::of(target.to_ascii_lowercase());
    let mut lost: Vec<(&Range<usize>, Kind)> = Vec::new();
    for (at, kind) in wanted.iter().take(MOST) {
        let is_new = |(other, _): &(&Range<usize>, Kind)| {
            !source[(*other).clone()].eq_ignore_ascii_case(&source[at.clone()])
        };
        if !stands_in(&lower, &source[at.clone()]) && lost.iter().all(is_new) {
            lost.push((at, *kind));
        }
    }
    if lost.is_empty() {
        return;
    }
    let in_source = Places::of(source.to_ascii_lowercase());
    // Among many none stands for another.
    let mut others = Some(network::all(target)).filter(|others| others.len() <= MOST).unwrap_or_default();
    others.retain(|(at, _)| !stands_in(&in_source, &target[at.clone()]));
    for (at, kind) in &lost {
        let address = &source[(*at).clone()];
        let other = only(&lost, *kind).and_then(|_| only(&others, *kind)).cloned();
        let spaced = spaced(&lower, address);
        // `identifier/altered` tells where the name of a host is split.
        if *kind == Kind::Host
            && (spaced.is_some() || is_same_page(address, other.as_ref().map(|at| &target[at.clone()])))
        {
            continue;
        }
        let finding = match spaced.clone().or(other) {
            Some(here) => {
                let place = unit.in_target(here.start, here.len());
                let message = format!("the address {} is {} here", quote(address), quote(&target[here]));
                // One that is another may be meant so, such as an example.
                let fit = if spaced.is_some() { Applicability::Safe } else { Applicability::Unsafe };
                sink.report_unit(unit, place, message).fix(fit, "restore the address", place, address)
            }
            None => {
                let message = format!("the address {} is missing", quote(address));
                sink.report_unit(unit, unit.unit().target.text, message)
            }
        };
        finding
            .identity(address)
            .keeps(address)
            .source_part(unit.in_source(at.start, at.len()))
            .help("addresses are not translated: write it as the source does");
    }
}

/// Where the only address of a kind stands.
fn only<T>(list: &[(T, Kind)], kind: Kind) -> Option<&T> {
    let mut of_kind = list.iter().filter(|(_, own)| *own == kind);
    let (first, more) = (of_kind.next()?, of_kind.next());
    more.is_none().then_some(&first.0)
}

/// Whether a text in small letters has the address, and not only as a part of a longer name or number.
fn stands_in(text: &Places<'_>, address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    let goes_on = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = text.text().as_bytes();
    let is_whole = |at: usize| !goes_on(bytes[..at].last()) && !goes_on(bytes.get(at + address.len()));
    text.any(&address, is_whole)
}

/// Where the address stands with blanks or full-width signs in it.
fn spaced(target: &Places<'_>, address: &str) -> Option<Range<usize>> {
    let first =
        address.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
    let at = |start: usize| Some(start..network::spaced_at(target.text(), start, address)?);
    target.all(&first).filter(|_| !first.is_empty()).take(MOST).find_map(at)
}

/// Whether two names of hosts with paths lead to the same page, perhaps in another language.
fn is_same_page(address: &str, other: Option<&str>) -> bool {
    other.is_some_and(|other| addresses::page(address) == addresses::page(other))
}
