use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use bitext::{Article, Document, Localized, Span, Unit, unit_number};

use crate::prelude::*;
use crate::support::source_text;

/// Its page is `unit_ids.md`.
pub(crate) struct UnitIds;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("parity/unit-ids", include_str!("unit_ids.md"), Severity::Error, Scope::Article, "omission")
}

impl ArticleRule for UnitIds {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        let mut versions: BTreeMap<(&str, &str), Vec<&Localized>> = BTreeMap::new();
        for localized in article.documents.iter().filter(|localized| localized.document.is_bilingual()) {
            if let Some(version) = ids::source_version(&localized.document) {
                versions.entry(version).or_default().push(localized);
            }
        }
        for siblings in versions.values().filter(|siblings| siblings.len() > 1) {
            compare(siblings, sink);
        }
    }
}

/// Compares documents that were translated from the same source version.
fn compare(siblings: &[&Localized], sink: &mut Sink<'_>) {
    if siblings.windows(2).all(|two| has_same(&two[0].document, &two[1].document)) {
        return;
    }
    let numbers = Numbers::of_all(siblings);
    if numbers.windows(2).all(|two| two[0] == two[1]) {
        return;
    }
    let counts = counts(&numbers);
    let count = |number: u32| {
        let at = counts.binary_search_by_key(&number, |(number, _)| *number);
        at.map_or(0, |at| counts[at].1)
    };
    let units: Vec<Units> = siblings.iter().map(|sibling| Units::of(sibling)).collect();
    let holders = |number: u32| -> Vec<&Units> {
        let holds = units.iter().zip(&numbers).filter(|(_, own)| own.held.binary_search(&number).is_ok());
        holds.map(|(sibling, _)| sibling).collect()
    };
    for (own, units) in numbers.iter().zip(&units) {
        let localized = units.localized;
        // With as many for as against, a lost unit is likelier than an invented one.
        let most_have = counts.iter().filter(|(_, count)| count * 2 >= siblings.len());
        let mut missing: Vec<u32> = most_have.map(|(number, _)| *number).collect();
        missing.retain(|number| own.mentioned.binary_search(number).is_err());
        let mut extra: Vec<&Unit> = extra(&localized.document, &|number| count(number) * 2 < siblings.len());
        renumbered(units, &holders, &mut missing, &mut extra, sink);
        if let [first, ..] = missing.as_slice() {
            report_missing(localized, &holders(*first), siblings.len(), &missing, sink);
        }
        report_extra(localized, siblings, &extra, sink);
    }
}

/// All numbers, and how many documents hold each.
fn counts(numbers: &[Rc<Numbers>]) -> Vec<(u32, usize)> {
    let mut all: Vec<u32> = numbers.iter().flat_map(|numbers| &numbers.held).copied().collect();
    all.sort_unstable();
    all.chunk_by(|one, next| one == next).map(|same| (same[0], same.len())).collect()
}

/// Whether two documents are sound and have the same numbers in the same order: most are and have.
fn has_same(own: &Document, other: &Document) -> bool {
    let is_sound = |document: &Document| {
        document.faults.is_empty() && !document.units.iter().any(|unit| unit.ids_differ)
    };
    let numbers = own.units.iter().map(|unit| unit.number);
    is_sound(own) && is_sound(other) && numbers.eq(other.units.iter().map(|unit| unit.number))
}

/// The units of a document, to be found by their numbers.
struct Units<'a> {
    localized: &'a Localized,
    /// The first unit of each number.
    by_number: BTreeMap<u32, &'a Unit>,
}

impl<'a> Units<'a> {
    fn of(localized: &'a Localized) -> Self {
        let units = localized.document.units.iter().rev();
        Self { localized, by_number: units.filter_map(|unit| Some((unit.number?, unit))).collect() }
    }

    /// The unit of a number, and the document that has it.
    fn get(&self, number: u32) -> Option<(&'a Localized, &'a Unit)> {
        Some((self.localized, self.by_number.get(&number)?))
    }
}

/// The unit numbers of a document, in order, each once.
#[derive(PartialEq, Eq)]
struct Numbers {
    /// Those that the document surely has: of its sound pairs, and of damaged ones, which are another
    /// rule's finding and no lost units.
    held: Vec<u32>,
    /// Also both numbers of pairs whose ids differ: neither of them is lost, but one is wrong.
    mentioned: Vec<u32>,
}

impl Numbers {
    /// Those of each document; most have the same.
    fn of_all(siblings: &[&Localized]) -> Vec<Rc<Self>> {
        let mut all: Vec<Rc<Self>> = Vec::with_capacity(siblings.len());
        for sibling in siblings {
            let same =
                siblings.iter().zip(&all).find(|(other, _)| has_same(&sibling.document, &other.document));
            let same = same.map(|(_, numbers)| Rc::clone(numbers));
            all.push(same.unwrap_or_else(|| Rc::new(Self::of(&sibling.document))));
        }
        all
    }

    fn of(document: &Document) -> Self {
        let number = |id: Span| unit_number(document.slice(id));
        let faulty = || document.faults.iter().filter_map(|fault| fault.id);
        let sound = document.units.iter().filter(|unit| !unit.ids_differ).map(|unit| unit.target.id);
        let both = document.units.iter().flat_map(|unit| [unit.target.id, unit.source.id]);
        Self {
            held: each_once(sound.chain(faulty()).filter_map(number)),
            mentioned: each_once(both.chain(faulty()).filter_map(number)),
        }
    }
}

fn each_once(numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The sound units whose number hardly any sibling has, or that share their number with another unit.
fn extra<'a>(document: &'a Document, rare: &dyn Fn(u32) -> bool) -> Vec<&'a Unit> {
    let doubled = doubled(document);
    let odd = |number: u32| doubled.contains(&number) || rare(number);
    let sound = document.units.iter().filter(|unit| !unit.ids_differ);
    sound.filter(|unit| unit.number.is_none_or(odd)).collect()
}

/// The numbers that are used more than once: the findings of `id/duplicate`.
fn doubled(document: &Document) -> BTreeSet<u32> {
    let numbers = document.units.iter().filter_map(|unit| unit.number);
    if numbers.is_sorted_by(|one, next| one < next) {
        return BTreeSet::new();
    }
    let mut seen = BTreeSet::new();
    document.units.iter().filter_map(|unit| unit.number).filter(|number| !seen.insert(*number)).collect()
}

/// A unit that is missing under its number and there under another was renumbered: one finding, not two.
fn renumbered<'a>(
    units: &Units<'a>,
    holders: &dyn Fn(u32) -> Vec<&'a Units<'a>>,
    missing: &mut Vec<u32>,
    extra: &mut Vec<&'a Unit>,
    sink: &mut Sink<'_>,
) {
    let (localized, document) = (units.localized, &units.localized.document);
    if missing.is_empty() || extra.is_empty() {
        return;
    }
    let is_other_rules = other_rules(document);
    let mut by_text: BTreeMap<String, Vec<&Unit>> = BTreeMap::new();
    for unit in extra.iter().rev() {
        by_text.entry(source_text::fold(document.source(unit))).or_default().push(unit);
    }
    missing.retain(|number| {
        let lost = holders(*number).into_iter().find_map(|holder| holder.get(*number));
        let Some((holder, lost)) = lost else { return true };
        let alike = by_text.get_mut(&source_text::fold(holder.document.source(lost)));
        let Some(unit) = alike.and_then(Vec::pop) else { return true };
        if !is_other_rules(unit) {
            let message = format!(
                "unit {} is unit {number} in the other locales",
                quote(document.slice(unit.target.id))
            );
            let place = Place { document: holder.id, span: lost.target.id };
            sink.report(localized, unit.target.id, message)
                .unit(unit.target.id)
                .identity("renumbered")
                .help(format!("give both sides the number {number} again"))
                .related(
                    Role::Evidence,
                    format!("{} has the number", holder.locale),
                    place,
                    Some(lost.target.id),
                );
        }
        false
    });
    let left: BTreeSet<Span> = by_text.values().flatten().map(|unit| unit.span).collect();
    extra.retain(|unit| left.contains(&unit.span));
}

/// Tells of a renumbered unit whether it is another rule's finding: its number is used twice, is below 101, is none, or is
/// out of order.
fn other_rules(document: &Document) -> impl Fn(&Unit) -> bool {
    let doubled = doubled(document);
    // The highest number up to each unit.
    let highest = document.units.iter().scan(None, |highest, unit| {
        *highest = unit.number.max(*highest);
        Some(*highest)
    });
    let highest: Vec<Option<u32>> = highest.collect();
    move |unit| {
        let Some(number) = unit.number else { return true };
        let at = document.units.partition_point(|other| other.span.start < unit.span.start);
        let before = at.checked_sub(1).and_then(|before| highest[before]);
        let after = document.units.get(at + 1).and_then(|unit| unit.number);
        let in_order =
            before.is_none_or(|before| before < number) && after.is_none_or(|after| number < after);
        number < 101 || !in_order || doubled.contains(&number)
    }
}

fn report_missing(
    localized: &Localized,
    holders: &[&Units<'_>],
    of: usize,
    missing: &[u32],
    sink: &mut Sink<'_>,
) {
    let document = &localized.document;
    let majority = if holders.len() * 2 > of { "" } else { ", where no majority tells who is right" };
    let text_of = |number: u32| holders.iter().find_map(|holder| holder.get(number));
    let lost = text_of(missing[0]);
    let text =
        lost.map_or(String::new(), |(holder, unit)| format!(": {}", quote(holder.document.source(unit))));
    let message = format!(
        "{} missing that {} {} from the same source{majority}{text}",
        named(missing, "is", "are"),
        words::locales(holders.iter().map(|holder| &holder.localized.locale)),
        if holders.len() == 1 { "has" } else { "have" },
    );
    let texts: Vec<&str> = missing
        .iter()
        .filter_map(|number| text_of(*number))
        .map(|(holder, unit)| holder.document.source(unit))
        .collect();
    let finding = sink.report(localized, gap(document, missing[0]), message);
    finding
        .identity(texts.join("\n"))
        .help("restore the pair from the version control history, or hand the article off again");
    if let Some((holder, unit)) = lost {
        let place = Place { document: holder.id, span: unit.source.text };
        finding.related(Role::Evidence, format!("{} has it", holder.locale), place, Some(unit.target.id));
    }
}

fn report_extra(localized: &Localized, siblings: &[&Localized], extra: &[&Unit], sink: &mut Sink<'_>) {
    let document = &localized.document;
    let doubled = doubled(document);
    let is_doubled = |unit: &Unit| unit.number.is_some_and(|number| doubled.contains(&number));
    let extra: Vec<&Unit> = extra.iter().copied().filter(|unit| !is_doubled(unit)).collect();
    let Some(first) = extra.first() else { return };
    let numbers: Vec<u32> = extra.iter().filter_map(|unit| unit.number).collect();
    let others = siblings.iter().map(|sibling| &sibling.locale).filter(|locale| **locale != localized.locale);
    let message = format!(
        "{} not in {}, from the same source: {}",
        named(&numbers, "is", "are"),
        words::locales(others),
        quote(document.source(first)),
    );
    sink.report(localized, first.target.tag, message)
        .unit(first.target.id)
        .identity("extra")
        .help("remove the pair, or hand the article off again");
}

/// `unit 105 is`, `units 105 and 106 are`.
fn named(numbers: &[u32], one: &str, many: &str) -> String {
    let list = words::list(&numbers.iter().map(ToString::to_string).collect::<Vec<_>>());
    if numbers.len() == 1 { format!("unit {list} {one}") } else { format!("units {list} {many}") }
}

/// Where the unit with this number would stand: at the next one, or at the document's end.
fn gap(document: &Document, number: u32) -> Span {
    let next = document.units.iter().find(|unit| unit.number.is_some_and(|other| other > number));
    next.map_or_else(|| Span::at(document.file.text().trim_end().len()), |unit| unit.target.tag)
}
