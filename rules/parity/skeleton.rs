use std::cell::OnceCell;
use std::collections::BTreeMap;

use bitext::{Article, Document, Localized, Span, Unit};

use crate::id::gap;
use crate::markup::merge_conflict;
use crate::prelude::*;
use crate::span::{in_code, uncovered_text};
use crate::support::difference::{self, Difference, Zone};
use crate::support::english::English;
use crate::support::rebuilt::Rebuilt;
use crate::support::siblings::{Dissent, dissents, is_verified, same_source};
use crate::support::sources;

/// Its page is `skeleton.md`.
pub(crate) struct Skeleton;

/// Differences that are reported in one document.
const MOST: usize = 10;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "parity/skeleton",
        include_str!("skeleton.md"),
        Severity::Error,
        Scope::Article,
        "inconsistency",
    )
}

impl ArticleRule for Skeleton {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        for mut siblings in same_source(article) {
            // Damaged pairs leave their text outside; `provenance/source-text` compares with the truth.
            siblings.retain(|sibling| sibling.document.faults.is_empty() && !is_verified(article, sibling));
            if first_alike(&siblings).iter().any(|first| *first != 0) {
                siblings.retain(|sibling| !is_other_rules(&sibling.document));
                for siblings in with_same_pairs(siblings) {
                    check(article, &siblings, sink);
                }
            }
        }
    }
}

/// Whether what stands outside the pairs is a finding of `span/in-code` or `markup/merge-conflict`.
fn is_other_rules(document: &Document) -> bool {
    in_code::any(document) || merge_conflict::any(document)
}

/// Those that can be compared: where a document has fewer or more pairs than most others of its version, only those that have as
/// many. Pairs that came or went are findings of `parity/unit-ids` and `id/duplicate`.
fn with_same_pairs<'d>(siblings: Vec<&'d Localized>) -> Vec<Vec<&'d Localized>> {
    let key = |sibling: &'d Localized| (ids::source_version(&sibling.document), sibling.document.units.len());
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for sibling in siblings.iter().copied() {
        *counts.entry(key(sibling)).or_default() += 1;
    }
    let mut usual: BTreeMap<_, (usize, usize)> = BTreeMap::new();
    for ((version, units), count) in counts {
        // A pair is likelier lost than invented.
        let most = usual.entry(version).or_default();
        *most = (count, units).max(*most);
    }
    let is_usual = |(version, units)| usual.get(&version).is_some_and(|(_, most)| *most == units);
    let mut same: BTreeMap<_, Vec<&Localized>> = BTreeMap::new();
    for sibling in siblings {
        same.entry(Some(key(sibling)).filter(|key| !is_usual(*key))).or_default().push(sibling);
    }
    same.into_values().collect()
}

fn check(article: &Article, siblings: &[&Localized], sink: &mut Sink<'_>) {
    let first = first_alike(siblings);
    if first.iter().all(|first| *first == 0) {
        return;
    }
    let texts: Vec<OnceCell<English>> = siblings.iter().map(|_| OnceCell::new()).collect();
    let english = |at: usize| texts[at].get_or_init(|| English::of(&siblings[at].document));
    let folded: Vec<&[u8]> = first.iter().map(|at| &*english(*at).folded).collect();
    for dissent in dissents(siblings, &folded) {
        compare((article, siblings), &dissent, [english(dissent.odd), english(dissent.model)], sink);
    }
}

/// Of each document, the first that is the same but for ids, targets and alt texts: most are.
fn first_alike(siblings: &[&Localized]) -> Vec<usize> {
    let texts: Vec<OnceCell<Rebuilt>> = siblings.iter().map(|_| OnceCell::new()).collect();
    let text = |at: usize| texts[at].get_or_init(|| Rebuilt::of(&siblings[at].document));
    let is_alike = |at: usize, other: usize| {
        is_equal(&siblings[at].document, &siblings[other].document) || text(at).is_surely_like(text(other))
    };
    let mut first: Vec<usize> = Vec::with_capacity(siblings.len());
    for at in 0..siblings.len() {
        let alike = (0..at).find(|other| first[*other] == *other && is_alike(at, *other));
        first.push(alike.unwrap_or(at));
    }
    first
}

/// Whether two documents are the same byte for byte but for ids and targets.
fn is_equal(own: &Document, other: &Document) -> bool {
    let (text, other_text) = (own.file.text(), other.file.text());
    let (mut at, mut there) = (own.body(), other.body());
    let same_between = |(a, b): (&Unit, &Unit)| {
        let (lead, lead_there) = (at..a.span.start as usize, there..b.span.start as usize);
        (at, there) = (a.span.end as usize, b.span.end as usize);
        text.get(lead) == other_text.get(lead_there)
    };
    sources::are_same(own, other)
        && own.units.iter().zip(&other.units).all(same_between)
        && text.get(at..) == other_text.get(there..)
}

fn compare(
    (article, siblings): (&Article, &[&Localized]),
    dissent: &Dissent,
    english: [&English; 2],
    sink: &mut Sink<'_>,
) {
    let (odd, model) = (siblings[dissent.odd], siblings[dissent.model]);
    if has_other_pairs(&odd.document, &model.document) {
        return;
    }
    let own = (&odd.document, english[0]);
    let other = (&model.document, english[1]);
    let differences = difference::between(own, other, MOST);
    // Prose outside the pairs is a finding of `span/uncovered-text`; each locale translates it as it likes.
    let is_prose = |one: &Difference| {
        let there = !one.own.is_empty() && uncovered_text::tells_of(&model.document, one.other);
        there || uncovered_text::tells_of(&odd.document, one.own)
    };
    if differences.iter().any(is_prose) {
        return;
    }
    for one in differences {
        // In a source side it is a finding of `parity/source-text` or `parity/unit-ids`.
        let is_ours = match one.zone {
            Zone::Outside => true,
            Zone::Image => {
                let tells = |localized, place: Span| gap::tells_of(localized, article, place.start);
                !tells(odd, one.own) && !tells(model, one.other)
            }
            Zone::Unit(_) | Zone::Anchor => false,
        };
        if is_ours && is_outside(&model.document, one.other) {
            report(siblings, dissent, one, sink);
        }
    }
}

/// Whether the pairs differ: pairs that came, went or moved are findings of `parity/unit-ids`, `id/order` and
/// `id/duplicate`.
fn has_other_pairs(own: &Document, other: &Document) -> bool {
    let numbers =
        |document: &Document| -> Vec<Option<u32>> { document.units.iter().map(|unit| unit.number).collect() };
    ids::source_version(own) == ids::source_version(other) && numbers(own) != numbers(other)
}

fn report(siblings: &[&Localized], dissent: &Dissent, one: Difference, sink: &mut Sink<'_>) {
    let (odd, model) = (siblings[dissent.odd], siblings[dissent.model]);
    let Difference { own, other, .. } = one;
    let quoted = |document: &Document, span: Span| quote(document.slice(span));
    let message = match (own.is_empty(), other.is_empty()) {
        (true, _) => {
            let missing = quoted(&model.document, other);
            format!("{missing} is missing outside the pairs{}", dissent.but_have(siblings, "it"))
        }
        (false, true) => {
            let extra = quoted(&odd.document, own);
            format!("{extra} stands outside the pairs{}", dissent.but_have_not(siblings, "it"))
        }
        (false, false) => format!(
            "{} stands outside the pairs{}",
            quoted(&odd.document, own),
            dissent.but_have(siblings, &quoted(&model.document, other)),
        ),
    };
    let finding = sink.report(odd, own, message);
    dissent
        .settle(finding, odd.document.slice(own), model.document.slice(other))
        .help("code, link targets and directives are the same in every locale: restore them")
        .related(
            dissent.role(),
            format!("{} has this", model.locale),
            Place { document: model.id, span: other },
            None,
        )
        .marks(vec![other]);
}

/// Whether a place lies between two pairs, the markup of neither touched.
fn is_outside(document: &Document, span: Span) -> bool {
    document.units.iter().all(|unit| span.end <= unit.span.start || unit.span.end <= span.start)
}
