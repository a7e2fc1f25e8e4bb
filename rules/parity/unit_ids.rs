use std::collections::{BTreeMap, BTreeSet};

use bitext::{Article, Document, Localized, Span, Unit, unit_number};

use crate::prelude::*;

/// Its page is `unit_ids.md`.
pub(crate) struct UnitIds;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        id: "parity/unit-ids".into(),
        page: include_str!("unit_ids.md").into(),
        severity: Some(Severity::Error),
        confidence: Confidence::High,
        scope: Scope::Article,
        fix: FixKind::None,
        mqm: "omission".into(),
        its: "omission".into(),
        since: "0.1.0".into(),
        options: &[],
    }
}

impl ArticleRule for UnitIds {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        let mut versions: BTreeMap<(&str, &str), Vec<&Localized>> = BTreeMap::new();
        for localized in article.documents.iter().filter(|localized| localized.document.is_bilingual()) {
            let (document, provenance) = (&localized.document, &localized.document.provenance);
            if let (Some(hash), Some(commit)) = (provenance.source_hash, provenance.source_commit) {
                versions.entry((document.slice(hash), document.slice(commit))).or_default().push(localized);
            }
        }
        for siblings in versions.values().filter(|siblings| siblings.len() > 1) {
            compare(siblings, sink);
        }
    }
}

/// Compares documents that were translated from the same source version.
fn compare(siblings: &[&Localized], sink: &mut Sink<'_>) {
    let numbers: Vec<BTreeSet<u32>> = siblings.iter().map(|sibling| numbers(&sibling.document)).collect();
    if numbers.windows(2).all(|two| two[0] == two[1]) {
        return;
    }
    let all: BTreeSet<u32> = numbers.iter().flatten().copied().collect();
    for (own, localized) in numbers.iter().zip(siblings) {
        let holders = |number: &u32| numbers.iter().filter(|set| set.contains(number)).count();
        // With as many for as against, a lost unit is likelier than an invented one.
        let missing: Vec<u32> =
            all.difference(own).copied().filter(|number| holders(number) * 2 >= siblings.len()).collect();
        let extra: Vec<u32> =
            own.iter().copied().filter(|number| holders(number) * 2 < siblings.len()).collect();
        report_missing(localized, siblings, &missing, sink);
        report_extra(localized, siblings, &extra, sink);
    }
}

/// Every number that the document mentions. A damaged pair or one with two ids is another rule's
/// finding, not a lost unit.
fn numbers(document: &Document) -> BTreeSet<u32> {
    let of_units = document.units.iter().flat_map(|unit| [unit.target.id, unit.source.id]);
    let of_faults = document.faults.iter().filter_map(|fault| fault.id);
    of_units.chain(of_faults).filter_map(|id| unit_number(document.slice(id))).collect()
}

fn report_missing(localized: &Localized, siblings: &[&Localized], missing: &[u32], sink: &mut Sink<'_>) {
    let Some((&first, document)) = missing.first().zip(Some(&localized.document)) else { return };
    let holders: Vec<_> =
        siblings.iter().copied().filter(|sibling| unit(&sibling.document, first).is_some()).collect();
    let majority =
        if holders.len() * 2 > siblings.len() { "" } else { ", where no majority tells who is right" };
    let lost = holders.first().and_then(|holder| Some((holder, unit(&holder.document, first)?)));
    let text =
        lost.map_or(String::new(), |(holder, unit)| format!(": {}", quote(holder.document.source(unit))));
    let message = format!(
        "{} missing that {} {} from the same source{majority}{text}",
        named(missing, "is", "are"),
        words::locales(holders.iter().map(|holder| &holder.locale)),
        if holders.len() == 1 { "has" } else { "have" },
    );
    let finding = sink.report(localized, gap(document, first), message);
    finding.help("restore the pair from the version control history, or hand the article off again");
    if let Some((holder, unit)) = lost {
        let place = Place { document: holder.id, span: unit.span };
        finding.related(Role::Evidence, format!("{} has it", holder.locale), place, Some(unit.target.id));
    }
}

fn report_extra(localized: &Localized, siblings: &[&Localized], extra: &[u32], sink: &mut Sink<'_>) {
    let Some(unit) = extra.first().and_then(|first| unit(&localized.document, *first)) else { return };
    let others = siblings.iter().map(|sibling| &sibling.locale).filter(|locale| **locale != localized.locale);
    let message = format!(
        "{} not in {}, from the same source: {}",
        named(extra, "is", "are"),
        words::locales(others),
        quote(localized.document.source(unit)),
    );
    sink.report(localized, unit.target.tag, message)
        .unit(unit.target.id)
        .help("remove the pair, or hand the article off again");
}

/// `unit 105 is`, `units 105 and 106 are`.
fn named(numbers: &[u32], one: &str, many: &str) -> String {
    let list = words::list(&numbers.iter().map(ToString::to_string).collect::<Vec<_>>());
    if numbers.len() == 1 { format!("unit {list} {one}") } else { format!("units {list} {many}") }
}

fn unit(document: &Document, number: u32) -> Option<&Unit> {
    document.units.iter().find(|unit| document.unit_number(unit) == Some(number))
}

/// Where the unit with this number would stand: at the next one, or at the document's end.
fn gap(document: &Document, number: u32) -> Span {
    let next =
        document.units.iter().find(|unit| document.unit_number(unit).is_some_and(|other| other > number));
    next.map_or_else(|| Span::at(document.file.text().trim_end().len()), |unit| unit.target.tag)
}
