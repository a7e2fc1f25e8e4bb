//! Names of several words in texts.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::script::is_spaceless_char;
use super::words::has_inner_capital;

/// Capitalised words in a row, joined by a blank or a small word.
static RUNS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b[A-Z][A-Za-z0-9]*(?: (?:(?:for|of|and) )?[A-Z][A-Za-z0-9]*)+").ok());

/// Words that have a capital where they start a sentence, and are no part of a name.
const STARTERS: [&str; 24] = [
    "A", "After", "All", "An", "And", "As", "At", "Before", "By", "For", "From", "If", "In", "On", "Open",
    "Or", "See", "The", "This", "To", "Use", "When", "With", "Your",
];

/// Runs of capitalised words in prose, in order.
pub(crate) fn runs(source: &str) -> impl Iterator<Item = &str> {
    let found = RUNS.iter().filter(|_| has_two_in_a_row(source)).flat_map(|runs| runs.find_iter(source));
    let runs = found.map(|found| {
        // The stop of `.NET`.
        let stop = source[..found.start()].ends_with('.') && starts_word(source, found.start() - 1);
        let run = &source[found.start() - usize::from(stop)..found.end()];
        match run.split_once(' ') {
            Some((first, rest)) if STARTERS.contains(&first) => rest,
            _ => run,
        }
    });
    runs.filter(|run| run.contains(' '))
}

/// A scan for a capital letter after a word that has one too, or joins two that have.
fn has_two_in_a_row(source: &str) -> bool {
    let bytes = source.as_bytes();
    memchr::memchr_iter(b' ', bytes).any(|at| {
        let len = bytes[..at].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let word = &bytes[at - len..at];
        bytes.get(at + 1).is_some_and(u8::is_ascii_uppercase)
            && (word.iter().any(u8::is_ascii_uppercase) || matches!(word, b"for" | b"of" | b"and"))
    })
}

/// Where the text has the name; endings may stand on it.
pub(crate) fn places(text: &str, name: &str) -> Vec<Range<usize>> {
    let found = text.match_indices(name).map(|(at, _)| at).filter(|at| starts_word(text, *at));
    found.map(|at| at..at + name.len()).collect()
}

/// Where the text has the name in another case, or with its words joined. The case of words with a capital inside is the
/// matter of another rule, and other blanks make no other name of it.
pub(crate) fn written_otherwise(text: &str, name: &str) -> Vec<Range<usize>> {
    let Some(first) = name.bytes().next() else { return Vec::new() };
    let (small, capital) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    let starts = memchr::memchr2_iter(small, capital, text.as_bytes());
    let found = starts.filter(|at| starts_word(text, *at));
    found.filter_map(|at| Some(at..at + written_here(&text[at..], name)?)).collect()
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
    !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_names_of_several_words() {
        let found: Vec<&str> =
            runs("In Harbor Center, run the .NET Core tools of Harbor for Schools. The End").collect();
        assert_eq!(found, ["Harbor Center", ".NET Core", "Harbor for Schools"]);
    }

    #[test]
    fn other_spellings_are_found_and_other_blanks_are_none() {
        let found = |text| written_otherwise(text, "Harbor Center").first().map(|range| &text[range.clone()]);
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
        assert_eq!(written_otherwise("v .Net core", ".NET Core"), [2..11]);
        assert_eq!(written_otherwise("harborClient api", "HarborClient API").len(), 1);
        assert_eq!(written_otherwise("harborClient API", "HarborClient API").len(), 0);
    }
}
