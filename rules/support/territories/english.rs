//! Which countries and regions an English text names.

use std::sync::LazyLock;

use bitext::ByteSet;

use super::{Named, Names, Territory, read};
use crate::UnitView;
use crate::support::{bits, letters, sources};

/// Names that mean something else as often: people, American states, birds, editors, fonts.
const AMBIGUOUS: [&str; 13] = [
    "Chad",
    "Dominica",
    "Georgia",
    "Guinea",
    "Israel",
    "Jersey",
    "Jordan",
    "Mali",
    "Monaco",
    "Montserrat",
    "Niger",
    "Reunion",
    "Turkey",
];

/// Words that make another name of the one after them: New Mexico, Latin America, Northern Ireland.
const BEFORE: [&str; 12] = [
    "Central", "Eastern", "Greater", "Latin", "New", "North", "Northern", "South", "Southern", "West",
    "Western", "East",
];

/// Names that with these words after them are things.
const THINGS: [(&str, &[&str]); 3] = [
    ("Brazil", &["nut", "nuts"]),
    ("China", &["cabinet", "cabinets", "cup", "cups", "plate", "plates", "shop", "shops", "doll", "dolls"]),
    ("India", &["ink", "rubber"]),
];

pub(super) struct English {
    pub(super) names: Names,
    /// In every spelling, in the order of their first three bytes: most words are told from names by these.
    spellings: Vec<(Start, String, Territory)>,
    /// A bit for each first three bytes, by their sum: so most places of a text are told.
    starts: [u64; 64],
}

impl English {
    /// Whether a word starts there that may be a name.
    #[inline]
    fn may_start(&self, bytes: &[u8], at: usize) -> bool {
        let is_part = |byte: u8| byte >= 0x80 || byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        bytes.get(at..).and_then(start).map(slot).is_some_and(|(word, bit)| self.starts[word] & bit != 0)
            && !at.checked_sub(1).is_some_and(|before| is_part(bytes[before]))
    }

    /// The territory whose name stands at `at`, and the length of that.
    fn name_at(&self, text: &str, at: usize) -> Option<(Territory, usize)> {
        let rest = text.get(at..)?;
        let first = start(rest.as_bytes())?;
        let from = self.spellings.partition_point(|(start, ..)| *start < first);
        let alike = self.spellings[from..].iter().take_while(|(start, ..)| *start == first);
        let ends = |name: &str| {
            !rest[name.len()..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'))
        };
        let found = alike.filter(|(_, name, _)| rest.starts_with(name.as_str()) && ends(name));
        // The longest, and the first of those that are the same.
        let (_, name, territory) =
            found.reduce(|best, next| if next.1.len() > best.1.len() { next } else { best })?;
        Some((*territory, name.len()))
    }
}

/// The first three bytes of a name, as one number.
type Start = u32;

fn start(name: &[u8]) -> Option<Start> {
    let [first, second, third] = *name.first_chunk()?;
    Some(u32::from_be_bytes([0, first, second, third]))
}

/// The word and the bit of a start in [`English::starts`].
fn slot(start: Start) -> (usize, u64) {
    let sum = start.wrapping_mul(0x9e37_79b1) >> 20;
    (sum as usize / 64, 1 << (sum % 64))
}

pub(super) static ENGLISH: LazyLock<English> = LazyLock::new(|| {
    let names = read(|row| row == "en");
    let mut spellings: Vec<(String, Territory)> = Vec::new();
    for (territory, names) in &names {
        // Those of two or three letters are a part of too many other names.
        for name in names.iter().filter(|name| name.chars().filter(|c| c.is_alphabetic()).count() > 3) {
            spellings.push((name.clone(), *territory));
            let straight = name.replace('’', "'");
            if let Some(rest) = straight.strip_prefix("St. ") {
                let saint = format!("Saint {rest}");
                spellings.push((saint.replace('&', "and"), *territory));
                spellings.push((saint, *territory));
            }
            if name.contains('&') {
                spellings.push((name.replace('&', "and"), *territory));
            }
            if straight != *name {
                spellings.push((straight, *territory));
            }
        }
    }
    let with_start =
        |(name, territory): (String, Territory)| Some((start(name.as_bytes())?, name, territory));
    let mut spellings: Vec<_> = spellings.into_iter().filter_map(with_start).collect();
    // In a stable way: the first of names that are the same counts.
    spellings.sort_by_key(|(start, ..)| *start);
    let mut starts = [0; 64];
    for (word, bit) in spellings.iter().map(|(start, ..)| slot(*start)) {
        starts[word] |= bit;
    }
    English { names, spellings, starts }
});

/// Bytes of other characters than those of ASCII.
const OTHERS: ByteSet = ByteSet::of(&[]).with_range(0x80, 0xff);

/// The territories that the masked source of a unit names, none if its source is thought to name none as a whole.
#[inline]
pub(crate) fn of_source(unit: UnitView<'_>) -> &[Named] {
    let facts = sources::of(unit);
    facts.territories.get_or_init(|| {
        let masked = unit.masked_source();
        let capitals = || facts.capitals(unit.document(), unit.unit()).starts();
        let is_ascii = !unit.source_print().has_any(OTHERS);
        let mut named = if is_ascii { named_at(masked, capitals()) } else { named(masked) };
        if !named.is_empty() && self::named(unit.source()).is_empty() {
            named.clear();
        }
        named
    })
}

/// The territories that an English text names, each once, in order.
pub(super) fn named(text: &str) -> Vec<Named> {
    named_at(text, bits::capitals_and_others(text.as_bytes()).map(|run| run.start))
}

/// The same, of a text in which runs of capitals and of other than ASCII start there: only there words do.
fn named_at(text: &str, starts: impl Iterator<Item = usize>) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    let (english, mut end) = (&*ENGLISH, 0);
    for at in starts.filter(|at| english.may_start(text.as_bytes(), *at)) {
        // Names have others in them.
        let Some((territory, len)) = (at >= end).then(|| english.name_at(text, at)).flatten() else {
            continue;
        };
        let known = found.iter().any(|(other, _)| *other == territory);
        if !known
            && !BEFORE.contains(&last_word(&text[..at]))
            && !is_thing(&text[at..at + len], &text[at + len..])
        {
            found.push((territory, at..at + len));
        }
        end = at + len;
    }
    if found.iter().all(|(_, range)| AMBIGUOUS.contains(&&text[range.clone()])) {
        found.clear();
    }
    found
}

fn last_word(text: &str) -> &str {
    letters::last_word(text.trim_end_matches([' ', '-']))
}

fn is_thing(name: &str, after: &str) -> bool {
    let next = after.trim_start_matches(' ').split(|c: char| !c.is_alphabetic()).next();
    THINGS.iter().any(|(own, nouns)| *own == name && next.is_some_and(|word| nouns.contains(&word)))
}

#[cfg(test)]
mod tests {
    use super::super::CODES;
    use super::*;

    fn codes(text: &str) -> Vec<&'static str> {
        named(text).into_iter().map(|(territory, _)| CODES[territory]).collect()
    }

    #[test]
    fn territories_in_english() {
        assert_eq!(codes("in Ukraine, South Africa, and Trinidad and Tobago."), ["UA", "ZA", "TT"]);
        assert_eq!(codes("Congo (DRC), Saint Lucia and Côte d'Ivoire"), ["CD", "LC", "CI"]);
        assert_eq!(codes("Guinea-Bissau, Papua New Guinea; Georgia"), ["GW", "PG", "GE"]);
        for none in [
            "New Mexico",
            "Georgia",
            "an Indian file",
            "Northern Ireland",
            "Chinas",
            "US and UK",
            "U.S. and U.K. law",
            "x-China",
            "the China cabinet",
        ] {
            assert_eq!(codes(none), Vec::<&str>::new(), "{none}");
        }
    }
}
