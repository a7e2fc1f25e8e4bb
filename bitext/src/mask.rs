//! Texts with what is no prose hidden, byte for byte.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3};

use crate::{ByteSet, Unit};

/// Stands in masked text for every byte of what is not prose.
pub const MASK: char = '\u{1}';

/// Many of them.
const MASKS: &str = "\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\
\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}";

/// Code and HTML have one of these bytes.
const SIGNS: ByteSet = ByteSet::of(b"`<");

/// `text` with code, link targets, bare URLs and raw HTML as [`MASK`]s, byte for byte, so that places stay. A scan
/// and no parse: what matters is that nothing of code or an address is taken for prose.
pub fn masked(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    mask(text, 0..text.len(), true, &mut out);
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[out.len()..]);
    Cow::Owned(out)
}

/// Whether a text with these bytes may have something that is no prose.
#[inline]
pub(crate) fn may_hide(bytes: &ByteSet) -> bool {
    bytes.has_any(SIGNS) || (bytes.has(b']') && bytes.has(b'(')) || (bytes.has(b':') && bytes.has(b'/'))
}

/// The text of a document with both sides of all units masked, each by itself. All places stay.
pub(crate) fn units(text: &str, units: &[Unit]) -> String {
    let mut out = String::with_capacity(text.len());
    for side in
        units.iter().flat_map(|unit| [&unit.target, &unit.source]).filter(|side| side.print.may_hide())
    {
        let range = side.text.range();
        // Sides that overlap, in a document with faults, are masked once.
        if out.len() <= range.start && text.get(range.clone()).is_some() {
            // An address has both.
            let may_have_address = side.print.has(b':') && side.print.has(b'/');
            mask(text, range, may_have_address, &mut out);
        }
    }
    out.push_str(&text[out.len()..]);
    out
}

/// Writes `text` up to the last thing of `range` that is no prose into `out`, which holds the text up to somewhere
/// before the range, and hides there what is no prose. Addresses are looked for only where one may be.
fn mask(text: &str, range: std::ops::Range<usize>, may_have_address: bool, out: &mut String) {
    let whole = text;
    let (start, text) = (range.start, &text[range]);
    let source = text.as_bytes();
    let (mut at, mut colon) = (0, if may_have_address { address(source, 0) } else { None });
    while let Some(next) = next_sign(source, at, &mut colon) {
        at = next;
        let hidden = match source[at] {
            // A run that nothing closes is text, all of it.
            b'`' => match code_end(source, at) {
                Ok(end) => Some((at, end)),
                Err(end) => {
                    at = end;
                    continue;
                }
            },
            b'<' => tag_end(source, at).map(|end| (at, end)),
            b']' if source.get(at + 1) == Some(&b'(') => target_end(source, at).map(|end| (at, end)),
            b':' => {
                let scheme = source[..at].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric());
                Some((at - scheme.count(), url_end(text, at)))
            }
            _ => None,
        };
        if let Some((from, end)) = hidden {
            // An address may begin with letters of what is hidden already.
            let from = out.len().max(start + from);
            out.push_str(&whole[out.len()..from]);
            hide(start + end - from, out);
        }
        at = hidden.map_or(at + 1, |(_, end)| end);
    }
}

fn hide(mut len: usize, out: &mut String) {
    while len > 0 {
        let now = len.min(MASKS.len());
        out.push_str(&MASKS[..now]);
        len -= now;
    }
}

/// Where the next byte from `at` on is that may begin something to hide; `colon` is that of the next address.
fn next_sign(bytes: &[u8], at: usize, colon: &mut Option<usize>) -> Option<usize> {
    if colon.is_some_and(|colon| colon < at) {
        *colon = address(bytes, at);
    }
    let sign = memchr3(b'`', b'<', b']', bytes.get(at..)?).map(|len| at + len);
    match (sign, *colon) {
        (Some(sign), Some(colon)) => Some(sign.min(colon)),
        (sign, colon) => sign.or(colon),
    }
}

/// Where the next `://` is from `at` on.
fn address(bytes: &[u8], at: usize) -> Option<usize> {
    memchr::memchr_iter(b':', bytes.get(at..)?)
        .map(|len| at + len)
        .find(|at| bytes[*at..].starts_with(b"://"))
}

/// Where the code ends that starts with the run of backticks at `at`: after the next run of the same length; if
/// there is none, where the run itself ends.
fn code_end(text: &[u8], at: usize) -> Result<usize, usize> {
    let run = |from: usize| text[from..].iter().take_while(|byte| **byte == b'`').count();
    let len = run(at);
    let mut next = at + len;
    while let Some(found) = memchr(b'`', &text[next..]).map(|found| next + found) {
        let other = run(found);
        if other == len {
            return Ok(found + other);
        }
        next = found + other;
    }
    Err(at + len)
}

/// Where an HTML tag or an autolink ends; `a < b` is none.
fn tag_end(text: &[u8], at: usize) -> Option<usize> {
    let rest = &text[at + 1..];
    let starts = rest.first().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!'));
    let escaped = text[..at].last() == Some(&b'\\');
    if !starts || escaped {
        return None;
    }
    let end = memchr2(b'<', b'>', rest).filter(|end| rest[*end] == b'>')?;
    Some(at + 1 + end + 1)
}

/// Where the address of a link ends, whose text ends at `at`; parentheses in it come in pairs.
fn target_end(text: &[u8], at: usize) -> Option<usize> {
    /// As many as the Markdown parser takes.
    const MOST_NESTED: i32 = 32;
    let mut depth = 0;
    for (offset, byte) in text[at + 1..].iter().enumerate() {
        match byte {
            b'(' if depth > MOST_NESTED => return None,
            b'(' => depth += 1,
            b')' => depth -= 1,
            b'\n' => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1 + offset + 1);
        }
    }
    None
}

/// Where a bare address ends whose `://` is at `at`.
fn url_end(text: &str, at: usize) -> usize {
    let end = text[at..].find(|c: char| !c.is_ascii() || c.is_whitespace() || ")]>\"<`|".contains(c));
    end.map_or(text.len(), |len| at + len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_prose_is_hidden() {
        for (text, wanted) in [
            ("Viz `harbor pack` zde", "Viz ************* zde"),
            ("Viz ``a ` b`` a `c", "Viz ********* a `c"),
            ("[poznámky](a(b).md) <b>ne</b>", "[poznámky********** ***ne****"),
            (r"2 < 3 a \<b> <c", r"2 < 3 a \<b> <c"),
            ("Na https://a.example/b, ale", "Na ******************** ale"),
            ("Na ftp://a（说明）", "Na *******（说明）"),
        ] {
            assert_eq!(masked(text).replace(MASK, "*"), wanted);
            assert_eq!(masked(text).len(), text.len());
        }
    }
}
