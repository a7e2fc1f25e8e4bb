//! Names of several words in texts.

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use super::capitals::Capitals;
use super::closed::Closed;
use super::letters;
use super::places::Places;
use super::script::is_spaceless_char;
use super::words::has_inner_capital;

/// Words that have a capital where they start a sentence, and are no part of a name.
const STARTERS: [&str; 24] = [
    "A", "After", "All", "An", "And", "As", "At", "Before", "By", "For", "From", "If", "In", "On", "Open",
    "Or", "See", "The", "This", "To", "Use", "When", "With", "Your",
];

/// Runs of capitalised words in prose, in order.
pub(crate) fn runs(source: &str, capitals: &Capitals) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    // Most texts have but one capital, that of the sentence.
    if capitals.starts().nth(1).is_none() {
        return runs;
    }
    capitalised(source, capitals, |found| {
        // The stop of `.NET`.
        let stop = source[..found.start].ends_with('.') && starts_word(source, found.start - 1);
        let start = found.start - usize::from(stop);
        let run = &source[start..found.end];
        let first = run.split(' ').next().filter(|first| STARTERS.contains(first));
        let start = start + first.map_or(0, |first| first.len() + 1);
        if source[start..found.end].contains(' ') {
            runs.push(start..found.end);
        }
    });
    runs
}

/// Capitalised words in a row, joined by a blank or a small word: `\b[A-Z][A-Za-z0-9]*(?: (?:(?:for|of|and) )?[A-Z][A-Za-z0-9]*)+`.
fn capitalised(text: &str, capitals: &Capitals, mut each: impl FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Only the first byte of a run can start a word.
    for start in capitals.starts() {
        if start >= at
            && let Some(mut end) = next_word(bytes, word_end(bytes, start))
            && !letters::is_word_before(text, start)
        {
            while let Some(next) = next_word(bytes, end) {
                end = next;
            }
            each(start..end);
            at = end;
        }
    }
}

fn word_end(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// Where the capitalised word ends that goes on with a run of them after the word that ends there.
fn next_word(bytes: &[u8], end: usize) -> Option<usize> {
    let at = match bytes.get(end..)? {
        [b' ', b'A'..=b'Z', ..] => end + 1,
        [b' ', b'f', b'o', b'r', b' ', ..] | [b' ', b'a', b'n', b'd', b' ', ..] => end + 5,
        [b' ', b'o', b'f', b' ', ..] => end + 4,
        _ => return None,
    };
    bytes.get(at).is_some_and(u8::is_ascii_uppercase).then(|| word_end(bytes, at))
}

/// A text in which names are looked for.
pub(crate) struct Named<'t> {
    text: &'t str,
    places: Places<'t>,
    /// Without blanks, and what makes words bold.
    joined: OnceCell<Closed>,
    asked: Cell<usize>,
}

impl<'t> Named<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        Self { text, places: Places::of(text), joined: OnceCell::new(), asked: Cell::new(0) }
    }

    /// Whether the text has the name; endings may stand on it.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.places.any(name, |at| starts_word(self.text, at))
    }

    /// Whether the text has just this, wherever words begin.
    pub(crate) fn contains(&self, part: &str) -> bool {
        self.places.has(part)
    }

    /// Where the text has the name; endings may stand on it.
    pub(crate) fn places(&self, name: &str) -> Vec<Range<usize>> {
        let found = self.places.all(name).filter(|at| starts_word(self.text, *at));
        found.map(|at| at..at + name.len()).collect()
    }

    /// Where the text has the name in another case, or with its words joined. The case of words with a capital inside is the
    /// matter of another rule, and other blanks make no other name of it.
    pub(crate) fn written_otherwise(&self, name: &str) -> Vec<Range<usize>> {
        /// For so many names the text is gone through.
        const FEW: usize = 32;
        let (text, first) = (self.text, name.bytes().next().unwrap_or_default());
        self.asked.set(self.asked.get() + 1);
        let written = |at: usize| {
            let len = starts_word(text, at).then(|| written_here(&text[at..], name))??;
            Some(at..at + len)
        };
        if self.asked.get() > FEW {
            let is_gap = |c: char| c.is_whitespace() || matches!(c, '*' | '_');
            let joined = self.joined.get_or_init(|| Closed::without(text, is_gap));
            let small = name.replace(' ', "").to_ascii_lowercase();
            return joined.starts(&small).filter_map(written).collect();
        }
        let (small, capital) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
        memchr::memchr2_iter(small, capital, text.as_bytes()).filter_map(written).collect()
    }
}

/// How long the name is at the start of `text`, if it is written otherwise there.
fn written_here(text: &str, name: &str) -> Option<usize> {
    let (mut at, mut otherwise) = (0, false);
    for (index, word) in name.split(' ').enumerate() {
        let gap = text[at..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
        if index > 0 {
            otherwise |= gap.len() == text[at..].len();
            at = text.len() - gap.len();
        }
        let here = text.get(at..at + word.len()).filter(|here| here.eq_ignore_ascii_case(word))?;
        otherwise |= here != word && !has_inner_capital(word);
        at += word.len();
    }
    // With letters behind it, a word in small letters may be another word, such as an adjective made of it.
    let last = name.rsplit(' ').next().unwrap_or_default();
    let more = text[at..].chars().take_while(|c| c.is_alphabetic() && !is_spaceless_char(*c)).count();
    let recased = !text[..at].ends_with(last);
    (otherwise && (more < 2 || !recased)).then_some(at)
}

fn starts_word(text: &str, at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| text.as_bytes()[before]);
    !before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;
    use crate::support::words::{assert_found_by, each_random_text};

    #[test]
    fn the_scanner_finds_what_the_pattern_says() {
        let pattern = r"\b[A-Z][A-Za-z0-9]*(?: (?:(?:for|of|and) )?[A-Z][A-Za-z0-9]*)+";
        let pattern = Regex::new(pattern).unwrap();
        each_random_text("ABa1   _.é|", |text| {
            let text = text.replace('|', " of ");
            let mut found = Vec::new();
            capitalised(&text, &Capitals::of(&text), |run| found.push(run));
            assert_found_by(&pattern, &text, &found);
        });
    }

    #[test]
    fn runs_are_names_of_several_words() {
        let text = "In Harbor Center, run the .NET Core tools of Harbor for Schools. The End";
        let found: Vec<&str> = runs(text, &Capitals::of(text)).into_iter().map(|run| &text[run]).collect();
        assert_eq!(found, ["Harbor Center", ".NET Core", "Harbor for Schools"]);
    }

    #[test]
    fn other_spellings_are_found_and_other_blanks_are_none() {
        let found = |text| {
            Named::of(text).written_otherwise("Harbor Center").first().map(|range| &text[range.clone()])
        };
        for (text, other) in [
            ("i Harborcenter.", "Harborcenter"),
            ("dans Harbor center", "Harbor center"),
            ("HARBOR CENTERを開く", "HARBOR CENTER"),
            ("港のharbor Center", "harbor Center"),
        ] {
            assert_eq!(found(text), Some(other));
        }
        for text in
            ["Harbor Center", "Harbor\u{a0}Center", "**Harbor** Center", "Harbor-Center", "MyHarborcenter"]
        {
            assert_eq!(found(text), None, "{text}");
        }
        assert_eq!(found("do centra harbor centernického"), None);
        assert_eq!(Named::of("v .Net core").written_otherwise(".NET Core"), [2..11]);
        assert_eq!(Named::of("harborClient api").written_otherwise("HarborClient API").len(), 1);
        assert_eq!(Named::of("harborClient API").written_otherwise("HarborClient API").len(), 0);
    }
}
