use std::collections::BTreeSet;

use bitext::{Localized, Unit};

use crate::prelude::*;

/// Its page is `order.md`.
pub(crate) struct Order;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("id/order", include_str!("order.md"), Severity::Error, Scope::Document, "markup")
}

impl DocumentRule for Order {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        if document.units.is_sorted_by(|one, next| one.number.is_some() && one.number < next.number) {
            return;
        }
        let mut seen = BTreeSet::new();
        // Numbers used twice and ids that differ are the findings of other rules.
        let sound = |unit: &&Unit| !unit.damaged && !unit.ids_differ;
        let numbered: Vec<(u32, &Unit)> = document
            .units
            .iter()
            .filter(sound)
            .filter_map(|unit| Some((unit.number?, unit)))
            .filter(|(number, _)| seen.insert(*number))
            .collect();
        if numbered.is_sorted_by_key(|(number, _)| *number) {
            return;
        }
        let in_place = longest_increasing(&numbered.iter().map(|(number, _)| *number).collect::<Vec<_>>());
        for (at, (number, unit)) in numbered.iter().enumerate().filter(|(at, _)| !in_place.contains(at)) {
            let after = at.checked_sub(1).map(|before| numbered[before].0);
            let place = after.map_or_else(|| "first".into(), |after| format!("after unit {after}"));
            sink.report(localized, unit.target.id, format!("unit {number} stands {place}, out of order"))
                .unit(unit.target.id)
                .identity("moved")
                .help("move the pair back to where its number belongs");
        }
    }
}

/// The indexes of a longest increasing subsequence: what can stay, so that the fewest are called moved.
/// (Patience sorting with back links.)
fn longest_increasing(numbers: &[u32]) -> BTreeSet<usize> {
    let (mut tails, mut previous): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (at, number) in numbers.iter().enumerate() {
        let pile = tails.partition_point(|tail| numbers[*tail] < *number);
        previous.push(pile.checked_sub(1).map(|before| tails[before]));
        if pile == tails.len() {
            tails.push(at);
        } else {
            tails[pile] = at;
        }
    }
    let mut chain = BTreeSet::new();
    let mut next = tails.last().copied();
    while let Some(at) = next {
        chain.insert(at);
        next = previous[at];
    }
    chain
}
