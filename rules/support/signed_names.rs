//! Names with a sign inside, in masked English texts: cmdlets and headers (`Get-Item`, `X-Api-Key`), columns
//! (`first_name`), variables (`$name`), packages and sites (`Harbor.Core`).
//!
//! Scanners and no pattern: with its word characters of all scripts that one took longer to compile than to check a
//! document. A test holds them to it.

use std::ops::Range;

use super::{bits, letters};

/// The names of a text, each once, where it stands first.
pub(crate) fn signed_names(text: &str) -> Vec<Range<usize>> {
    let mut names: Vec<Range<usize>> = Vec::new();
    all(text, &mut |name| names.push(name));
    if names.len() > 1 {
        names.sort_by_key(|name| &text[name.clone()]);
        names.dedup_by_key(|name| &text[name.clone()]);
        names.sort_unstable_by_key(|name| name.start);
    }
    names
}

/// All names, from left to right: a sign stands at their start, or after their first letters and digits.
fn all(text: &str, each: &mut impl FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let mut from = 0;
    bits::each_place_of(bytes, *b"-_.$", |sign| {
        if sign < from || !bytes.get(sign + 1).is_some_and(u8::is_ascii_alphanumeric) {
            return;
        }
        let is_part = |byte: &&u8| byte.is_ascii_alphanumeric();
        let (start, end) = if bytes[sign] == b'$' {
            (sign, variable(text, sign))
        } else {
            let start = sign - bytes[from..sign].iter().rev().take_while(is_part).count();
            let may_start = bytes[start].is_ascii_alphabetic() && !letters::is_word_before(text, start);
            let find = || [cmdlet, header, column, package].into_iter().find_map(|kind| kind(text, start));
            (start, may_start.then(find).flatten())
        };
        if let Some(end) = end {
            each(start..end);
            from = end;
        }
    });
}

/// Where the bytes of a kind end that go on from `at`.
fn run(text: &str, at: usize, is_part: impl Fn(&u8) -> bool) -> usize {
    at + text.as_bytes()[at..].iter().take_while(|byte| is_part(byte)).count()
}

fn is(text: &str, at: usize, kind: impl Fn(&u8) -> bool) -> bool {
    text.as_bytes().get(at).is_some_and(kind)
}

/// `Get-Item`
fn cmdlet(text: &str, at: usize) -> Option<usize> {
    let verb = run(text, at + 1, u8::is_ascii_lowercase);
    let noun = verb + 1;
    let starts = is(text, at, u8::is_ascii_uppercase)
        && verb > at + 1
        && is(text, verb, |byte| *byte == b'-')
        && is(text, noun, u8::is_ascii_uppercase);
    let end = run(text, noun.min(text.len()), u8::is_ascii_alphabetic);
    (starts && end >= noun + 3 && !letters::is_word_at(text, end)).then_some(end)
}

/// `X-Api-Key`
fn header(text: &str, at: usize) -> Option<usize> {
    if !is(text, at, |byte| *byte == b'X') {
        return None;
    }
    let part = |from: usize| {
        let end = run(text, (from + 1).min(text.len()), u8::is_ascii_alphabetic);
        let is_part = is(text, from, |byte| *byte == b'-') && is(text, from + 1, u8::is_ascii_uppercase);
        (is_part && end > from + 2).then_some(end)
    };
    let parts = std::iter::successors(part(at + 1), |end| part(*end));
    parts.skip(1).filter(|end| !letters::is_word_at(text, *end)).last()
}

/// `first_name`
fn column(text: &str, at: usize) -> Option<usize> {
    let part = |from: usize| {
        let end = run(text, (from + 1).min(text.len()), u8::is_ascii_alphanumeric);
        (is(text, from, |byte| *byte == b'_') && end > from + 1).then_some(end)
    };
    let first = run(text, at, u8::is_ascii_alphanumeric);
    let end = std::iter::successors(part(first), |end| part(*end)).last()?;
    (!letters::is_word_at(text, end)).then_some(end)
}

/// `$name`
fn variable(text: &str, at: usize) -> Option<usize> {
    let name = &text[at + 1..];
    let len = name.find(|c| !letters::is_word(c)).unwrap_or(name.len());
    let long = name[..len].chars().nth(1).is_some();
    (long && name.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(at + 1 + len)
}

/// `Harbor.Core`
fn package(text: &str, at: usize) -> Option<usize> {
    let word = |from: usize| {
        let end = run(text, from.min(text.len()), u8::is_ascii_alphanumeric);
        (is(text, from, u8::is_ascii_alphabetic) && end > from + 1).then_some(end)
    };
    let part = |from: usize| if is(text, from, |byte| *byte == b'.') { word(from + 1) } else { None };
    let parts = std::iter::successors(part(word(at)?), |end| part(*end));
    parts.filter(|end| !letters::is_word_at(text, *end)).last()
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;
    use crate::support::words::{assert_found_by, each_random_text};

    #[test]
    fn scanners_find_what_the_pattern_says() {
        let pattern = Regex::new(r"\b[A-Z][a-z]+-[A-Z][A-Za-z]{2,}\b|\bX(?:-[A-Z][A-Za-z]+){2,}\b|\b[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+\b|\$[A-Za-z]\w+\b|\b[A-Za-z][A-Za-z0-9]+(?:\.[A-Za-z][A-Za-z0-9]+)+\b").unwrap();
        each_random_text("abXAb1-_.$ é", |text| {
            let mut found = Vec::new();
            all(text, &mut |name| found.push(name));
            assert_found_by(&pattern, text, &found);
        });
    }

    #[test]
    fn each_name_is_found_once() {
        let text = "Run Get-Item with X-Api-Key and first_name, $path or Harbor.Core; Get-Item, e.g. re-use.";
        let found: Vec<&str> = signed_names(text).into_iter().map(|name| &text[name]).collect();
        assert_eq!(found, ["Get-Item", "X-Api-Key", "first_name", "$path", "Harbor.Core"]);
    }
}
