use std::ops::Range;

use crate::prelude::*;
use crate::support::territories::{self, Named, Territory};
use crate::support::{inline, script};

/// Its page is `territory.md`.
pub(crate) struct TerritoryName;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "accuracy/territory",
        include_str!("territory.md"),
        Severity::Warning,
        Scope::Unit,
        "mistranslation",
    )
}

impl UnitRule for TerritoryName {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let named = territories::of_source(unit);
        if named.is_empty() || unit.untouched() || unit.target().trim().is_empty() {
            return;
        }
        let masked = unit.masked_source();
        let local = territories::of(unit.locale());
        let text = unit.masked_target();
        let mut unsure = named.to_vec();
        unsure.retain(|(territory, _)| local.exact(*territory, text).is_empty());
        if unsure.is_empty() || !local.is_known() {
            return;
        }
        let others = local.others(text, &without(masked, named), &territories(named));
        let rest = local.without(&others, text);
        unsure.retain(|(territory, _)| !local.maybe(*territory, &rest, masked));
        let lone = script::is_spaceless(unit.locale()) && is_lone(masked, &named[0].1);
        if !unsure.is_empty() && (!lone || starts_with_other(text, &others)) {
            report(unit, &unsure, &others, sink);
        }
    }
}

fn territories(named: &[Named]) -> Vec<Territory> {
    named.iter().map(|(territory, _)| *territory).collect()
}

/// The source without the names in it.
fn without(source: &str, named: &[Named]) -> String {
    let mut rest = source.to_string();
    for (_, range) in named.iter().rev() {
        rest.replace_range(range.clone(), " ");
    }
    rest
}

/// Whether the text is an entry of a list of territories: nothing but one name, or that and a colon. The name may be
/// spelt in a way that CLDR does not know, where names are written by their sound.
fn is_lone(source: &str, name: &Range<usize>) -> bool {
    let frame = ['*', '[', ']', inline::MASK, ' '];
    let (before, after) = (&source[..name.start], &source[name.end..]);
    let after = after.trim_matches(frame);
    before.trim_matches(frame).is_empty() && (after.is_empty() || after.starts_with(':'))
}

fn starts_with_other(target: &str, others: &[(Territory, Vec<Range<usize>>)]) -> bool {
    others
        .iter()
        .flat_map(|(_, places)| places)
        .any(|range| !target[..range.start].contains(char::is_alphanumeric))
}

fn report(
    unit: UnitView<'_>,
    lost: &[Named],
    others: &[(Territory, Vec<Range<usize>>)],
    sink: &mut Sink<'_>,
) {
    let (source, target) = (unit.source(), unit.target());
    let names: Vec<&str> = lost.iter().map(|(_, range)| &source[range.clone()]).collect();
    let mut places: Vec<&Range<usize>> = others.iter().filter_map(|(_, places)| places.first()).collect();
    places.sort_by_key(|range| range.start);
    let quoted: Vec<String> = names.iter().map(|name| quote(name)).collect();
    let instead: Vec<String> = places.iter().map(|range| quote(&target[(*range).clone()])).collect();
    let missing = match &quoted[..] {
        [one] => format!("country or region {one} is missing"),
        _ => format!("countries or regions {} are missing", words::list(&quoted)),
    };
    let message = if instead.is_empty() {
        missing
    } else {
        format!("{missing}, the target has {}", words::list(&instead))
    };
    let span = match places[..] {
        [range, ..] => unit.in_target(range.start, range.len()),
        [] => unit.unit().target.text,
    };
    let finding = sink.report_unit(unit, span, message);
    finding.identity(names.join(", ")).help("name the countries and regions that the source names");
    if let [(_, range), ..] = lost {
        finding.source_part(unit.in_source(range.start, range.len()));
    }
}
