//! The suppressions of one document that name one rule, and the places of it that they cover.

use bitext::{Span, Suppression};

/// Looks suppressions up by place, in time that goes by the logarithm of their number: what a document says to loclint can
/// be as long as the document.
#[derive(Debug)]
pub(super) struct Covering<'a> {
    /// By what they cover from, then as they stand in the file: index and suppression.
    list: Vec<(usize, &'a Suppression)>,
    /// Over `list`, a tree of the ends of what they cover: node `n` has the highest of nodes `2n` and `2n + 1`, and the
    /// leaves are the last half.
    ends: Vec<u32>,
    /// Where the places start that were covered: those of some bytes, and those of none.
    covered: [Vec<u32>; 2],
}

impl<'a> Covering<'a> {
    /// Those of `list` that name a rule.
    pub(super) fn new(list: &'a [Suppression], rule: &str) -> Self {
        let mut list: Vec<_> = list.iter().enumerate().filter(|(_, one)| one.names(rule)).collect();
        list.sort_by_key(|(_, one)| one.covers.start);
        // One more than there are, so that what stands before all of them is no other tree.
        let leaves = (list.len() + 1).next_power_of_two();
        let mut ends = vec![0; 2 * leaves];
        for (leaf, (_, one)) in ends[leaves..].iter_mut().zip(&list) {
            *leaf = one.covers.end;
        }
        for node in (1..leaves).rev() {
            ends[node] = ends[2 * node].max(ends[2 * node + 1]);
        }
        Self { list, ends, covered: [Vec::new(), Vec::new()] }
    }

    /// The closest one that covers a place, given in bytes of the file as it is written: that which begins last.
    pub(super) fn closest(&mut self, place: Span) -> Option<&'a Suppression> {
        let begun = self.list.partition_point(|(_, one)| one.covers.start <= place.start);
        // What has no bytes may stand at the end.
        let least = place.start + u32::from(!place.is_empty());
        let (_, found) = self.list[self.last_that_ends(begun, least)?];
        self.covered[usize::from(place.is_empty())].push(place.start);
        Some(found)
    }

    /// Of the first so many, the last that ends at `least` or later.
    fn last_that_ends(&self, first: usize, least: u32) -> Option<usize> {
        let leaves = self.ends.len() / 2;
        let mut node = leaves + first;
        // Up, while what stands before has none; then down to the last that has.
        loop {
            while node > 1 && node.is_multiple_of(2) {
                node /= 2;
            }
            if node <= 1 {
                return None;
            }
            node -= 1;
            if self.ends[node] >= least {
                break;
            }
        }
        while node < leaves {
            node = 2 * node + usize::from(self.ends[2 * node + 1] >= least);
        }
        Some(node - leaves)
    }

    /// The indexes of those that covered a place.
    pub(super) fn used(mut self) -> impl Iterator<Item = usize> {
        self.covered.iter_mut().for_each(|starts| starts.sort_unstable());
        let [some, none] = self.covered;
        let first = |starts: &[u32], from: u32| starts.get(starts.partition_point(|at| *at < from)).copied();
        let is_used = move |covers: Span| {
            first(&some, covers.start).is_some_and(|at| at < covers.end)
                || first(&none, covers.start).is_some_and(|at| at <= covers.end)
        };
        self.list.into_iter().filter(move |(_, one)| is_used(one.covers)).map(|(index, _)| index)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn suppression(start: u32, end: u32) -> Suppression {
        let covers = Span { start, end };
        Suppression { rule: None, reason: None, span: Span::at(0), covers, whole_file: false }
    }

    proptest! {
        #[test]
        fn it_is_found_as_by_looking_at_each(
            spans in prop::collection::vec((0u32..20, 0u32..20), 0..12),
            places in prop::collection::vec((0u32..25, 0u32..2), 1..8),
        ) {
            let list: Vec<_> = spans.into_iter().map(|(start, len)| suppression(start, start + len)).collect();
            let mut covering = Covering::new(&list, "text/spacing");
            let places: Vec<_> = places.into_iter().map(|(start, len)| Span { start, end: start + len }).collect();
            for place in &places {
                let closest = list.iter().filter(|one| one.covers(*place)).max_by_key(|one| one.covers.start);
                prop_assert_eq!(covering.closest(*place).map(|one| one.covers.start), closest.map(|one| one.covers.start));
            }
            let mut used: Vec<usize> = covering.used().collect();
            used.sort_unstable();
            let is_used = |one: &Suppression| places.iter().any(|place| one.covers(*place));
            let expected: Vec<usize> = (0..list.len()).filter(|at| is_used(&list[*at])).collect();
            prop_assert_eq!(used, expected);
        }
    }
}
