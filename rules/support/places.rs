//! Where parts stand in a text, for whoever may ask for very many.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};

use super::words;

/// So many parts are looked for one by one: no sentence has more, and to sort a text takes as long as to read it a hundred
/// times and more.
const FEW: usize = 128;

/// A text in which parts are looked for: the first ones by reading it, all others in its sorted ends, in time that does not
/// grow with the text.
pub(crate) struct Places<'t> {
    text: Cow<'t, str>,
    asked: Cell<usize>,
    sorted: OnceCell<Vec<u32>>,
}

impl<'t> Places<'t> {
    #[inline]
    pub(crate) fn of(text: impl Into<Cow<'t, str>>) -> Self {
        Self { text: text.into(), asked: Cell::new(0), sorted: OnceCell::new() }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether the part stands in the text.
    pub(crate) fn has(&self, part: &str) -> bool {
        match self.sorted() {
            Some(sorted) => part.is_empty() || !self.range(sorted, part).is_empty(),
            None => words::stands_in(&self.text, part),
        }
    }

    /// Whether one of all places of the part is such a one.
    pub(crate) fn any(&self, part: &str, is_such: impl FnMut(usize) -> bool) -> bool {
        match self.sorted() {
            Some(sorted) => in_order(self.range(sorted, part)).into_iter().filter(apart(part)).any(is_such),
            None => words::places_of(&self.text, part).any(is_such),
        }
    }

    /// Where the part stands, in order; of places that overlap the first. Nowhere if it is empty. With many places this takes
    /// long: of the same part it should be asked once.
    pub(crate) fn all<'s>(&'s self, part: &'s str) -> impl Iterator<Item = usize> + 's {
        let sorted = self.sorted();
        let listed = sorted.map(|sorted| in_order(self.range(sorted, part)).into_iter().filter(apart(part)));
        let read = sorted.is_none().then(|| words::places_of(&self.text, part));
        listed.into_iter().flatten().chain(read.into_iter().flatten())
    }

    /// The same, with places that overlap.
    pub(crate) fn overlapping<'s>(&'s self, part: &'s str) -> impl Iterator<Item = usize> + 's {
        let sorted = self.sorted();
        let listed = sorted.map(|sorted| in_order(self.range(sorted, part)).into_iter());
        let text = self.text.as_bytes();
        let starts = || {
            let first = part.bytes().next().unwrap_or_default();
            let starts = memchr::memchr_iter(first, if part.is_empty() { &[] } else { text });
            starts.filter(move |at| text[*at..].starts_with(part.as_bytes()))
        };
        let read = sorted.is_none().then(starts);
        listed.into_iter().flatten().chain(read.into_iter().flatten())
    }

    /// The sorted ends of the text, if it was asked for many parts.
    #[inline]
    fn sorted(&self) -> Option<&[u32]> {
        self.asked.set(self.asked.get() + 1);
        (self.asked.get() > FEW).then(|| &**self.sorted.get_or_init(|| sorted_ends(self.text.as_bytes())))
    }

    /// Of the sorted ends those that start with the part; none if it is empty.
    fn range<'s>(&self, sorted: &'s [u32], part: &str) -> &'s [u32] {
        let (text, part) = (self.text.as_bytes(), part.as_bytes());
        let start = |at: u32| &text[at as usize..text.len().min(at as usize + part.len())];
        let from = sorted.partition_point(|at| start(*at) < part);
        let len = sorted[from..].partition_point(|at| !part.is_empty() && start(*at) == part);
        &sorted[from..from + len]
    }
}

/// Whether each place in order of the part does not overlap the one before.
fn apart(part: &str) -> impl FnMut(&usize) -> bool + use<> {
    let (mut end, len) = (0, part.len());
    move |at| {
        let is_apart = *at >= end;
        end = if is_apart { at + len } else { end };
        is_apart
    }
}

fn in_order(places: &[u32]) -> Vec<usize> {
    let mut places: Vec<usize> = places.iter().map(|at| *at as usize).collect();
    places.sort_unstable();
    places
}

/// Where the ends of a text start, which is shorter than 4 GB, sorted by what they are: by their first bytes, then by twice as
/// many each time, as the ranks of their second halves are known by then.
fn sorted_ends(text: &[u8]) -> Vec<u32> {
    const FIRST: usize = 7;
    // The first bytes, and how many there are.
    let first = |at: usize| {
        let bytes = &text[at..text.len().min(at + FIRST)];
        let number = bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
        (number << (8 * (FIRST - bytes.len())) << 8) | bytes.len() as u64
    };
    let mut keyed: Vec<(u64, u32)> = (0..text.len()).map(|at| (first(at), at as u32)).collect();
    let mut ranks = vec![0_u32; text.len()];
    let mut known = FIRST;
    loop {
        keyed.sort_unstable();
        let mut rank = 0;
        for at in 0..keyed.len() {
            rank += u32::from(at == 0 || keyed[at].0 != keyed[at - 1].0);
            ranks[keyed[at].1 as usize] = rank;
        }
        if rank as usize == keyed.len() || known >= text.len() {
            return keyed.into_iter().map(|(_, at)| at).collect();
        }
        for (key, at) in &mut keyed {
            let at = *at as usize;
            *key = u64::from(ranks[at]) << 32 | u64::from(ranks.get(at + known).copied().unwrap_or(0));
        }
        known *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_sorted() {
        words::each_random_text("aaaab\0", |text| {
            let text = text.repeat(1 + text.len() % 5);
            let mut wanted: Vec<u32> = (0..text.len() as u32).collect();
            wanted.sort_by_key(|at| &text.as_bytes()[*at as usize..]);
            assert_eq!(sorted_ends(text.as_bytes()), wanted, "{text:?}");
        });
    }

    #[test]
    fn many_parts_stand_where_each_does() {
        let parts = ["", "a", "aa", "aba", "é", "bé", "ééa", "abababab", "c"];
        words::each_random_text("aaabbé", |text| {
            let places = Places::of(text);
            for _ in 0..=FEW / parts.len() / 2 + 1 {
                for part in parts {
                    let wanted: Vec<usize> = words::places_of(text, part).collect();
                    assert_eq!(places.all(part).collect::<Vec<_>>(), wanted, "{part} in {text}");
                    assert_eq!(places.has(part), text.contains(part), "{part} in {text}");
                    let is_place = |at: &usize| !part.is_empty() && text[*at..].starts_with(part);
                    let all: Vec<usize> = text.char_indices().map(|(at, _)| at).filter(is_place).collect();
                    assert_eq!(places.overlapping(part).collect::<Vec<_>>(), all, "{part} in {text}");
                }
            }
            assert!(places.sorted.get().is_some());
        });
    }
}
