//! Placeholders that a program fills in, found without patterns, which take longer to compile than a document to check.

use std::ops::Range;

use super::letters::{is_digit, is_word};

/// `{name}`, `$(Name)`, `${name}`, `%name%`, `%s`, `{0}`.
pub(crate) fn exact(text: &str) -> impl Iterator<Item = Range<usize>> {
    each(text, |rest| match rest.as_bytes()[0] {
        b'{' => name(rest, "{", "}", true).or_else(|| digit(rest)),
        b'$' => name(rest, "$(", ")", false).or_else(|| name(rest, "${", "}", false)),
        _ => between_percents(rest, |rest| rest).or_else(|| letter(rest)),
    })
}

/// What such a placeholder can have become, with blanks in it and any words for its name.
pub(crate) fn altered(text: &str) -> impl Iterator<Item = Range<usize>> {
    each(text, |rest| match rest.as_bytes()[0] {
        b'{' => within(&rest[1..], '{', '}').map(|len| 1 + len),
        b'$' if rest[1..].starts_with('{') => within(&rest[2..], '{', '}').map(|len| 2 + len),
        b'$' => {
            let inner = after_blank(&rest[1..]).strip_prefix('(')?;
            let len = inner.find(['(', ')', '\n']).filter(|len| inner[*len..].starts_with(')'))?;
            is_short(inner[..len].chars().count()).then(|| rest.len() - inner.len() + len + 1)
        }
        _ => between_percents(rest, after_blank),
    })
}

/// Where a placeholder begins with one of its signs, by its length from there on.
fn each<'t>(
    text: &'t str,
    len: impl Fn(&'t str) -> Option<usize> + 't,
) -> impl Iterator<Item = Range<usize>> + 't {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + memchr::memchr3(b'{', b'$', b'%', &text.as_bytes()[from..])?;
            from = at + 1;
            if let Some(len) = len(&text[at..]) {
                from = at + len;
                return Some(at..from);
            }
        }
    })
}

/// The length of a name in signs, with dots and hyphens in it or not.
fn name(rest: &str, open: &str, close: &str, dotted: bool) -> Option<usize> {
    let name = rest.strip_prefix(open)?;
    let end = word_end(name, |c| dotted && matches!(c, '.' | '-'))?;
    name[end..].starts_with(close).then(|| open.len() + end + close.len())
}

fn digit(rest: &str) -> Option<usize> {
    let c = rest[1..].chars().next().filter(|c| is_digit(*c))?;
    let end = 1 + c.len_utf8();
    rest[end..].starts_with('}').then_some(end + 1)
}

/// `%s` and `%d`.
fn letter(rest: &str) -> Option<usize> {
    let after = rest[1..].strip_prefix(['s', 'd'])?;
    (!after.starts_with(is_word)).then_some(2)
}

/// A name of three letters or more between two percent signs.
fn between_percents<'t>(rest: &'t str, gap: impl Fn(&'t str) -> &'t str) -> Option<usize> {
    let name = gap(&rest[1..]);
    let end = word_end(name, |_| false)?;
    let after = gap(&name[end..]).strip_prefix('%')?;
    (name[..end].chars().count() >= 3).then(|| rest.len() - after.len())
}

/// Where a word ends that begins with a letter of ASCII, or an underscore.
fn word_end(text: &str, also: impl Fn(char) -> bool) -> Option<usize> {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_').then_some(())?;
    Some(text.find(|c| !is_word(c) && !also(c)).unwrap_or(text.len()))
}

/// The length of some words up to the sign that closes them.
fn within(inner: &str, open: char, close: char) -> Option<usize> {
    let len = inner.find([open, close, '\n']).filter(|len| inner[*len..].starts_with(close))?;
    let chars = inner[..len].chars().count();
    (is_short(chars) || inner.starts_with(' ') && is_short(chars.saturating_sub(1))).then_some(len + 1)
}

fn is_short(chars: usize) -> bool {
    (1..=40).contains(&chars)
}

fn after_blank(text: &str) -> &str {
    text.strip_prefix(' ').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;
    use crate::support::words::assert_found_by;

    /// Texts with all that matters in them, in many orders.
    fn texts() -> impl Iterator<Item = String> {
        const PIECES: [&str; 16] =
            ["{", "}", "$", "(", ")", "%", "a", "s", "_b", " ", "0", ".", "-", "é", "’", "\u{300}"];
        let mut state = 1_u64;
        (0..200_000).map(move |_| {
            let mut next = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) as usize
            };
            (0..2 + next() % 9).map(|_| PIECES[next() % PIECES.len()]).collect()
        })
    }

    #[test]
    fn the_same_is_found_as_by_patterns() {
        let of_exact = Regex::new(
            r"\{[A-Za-z_][\w.\-]*\}|\{\d\}|\$\([A-Za-z_]\w*\)|\$\{[A-Za-z_]\w*\}|%[A-Za-z_]\w{2,}%|%[sd]\b",
        )
        .unwrap();
        let of_altered =
            Regex::new(r"\$?\{ ?[^{}\n]{1,40}\}|\$ ?\([^()\n]{1,40}\)|% ?[A-Za-z_]\w{2,} ?%").unwrap();
        let long = ["{", &"a".repeat(40), "} {", &"é".repeat(41), "} { ", &"é".repeat(40), "}"].concat();
        for text in texts().chain([long]) {
            assert_found_by(&of_exact, &text, &exact(&text).collect::<Vec<_>>());
            assert_found_by(&of_altered, &text, &altered(&text).collect::<Vec<_>>());
        }
    }
}
