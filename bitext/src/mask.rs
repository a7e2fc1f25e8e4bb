//! Texts with what is no prose hidden, byte for byte.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

use crate::{ByteSet, Unit};

/// Stands in masked text for every byte of what is not prose.
pub const MASK: char = '\u{1}';

/// What is not prose has one of these bytes.
const SIGNS: ByteSet = ByteSet::of(b"`<]:");

/// `text` with code, link targets, bare URLs and raw HTML as [`MASK`]s, byte for byte, so that places stay. A scan
/// and no parse: what matters is that nothing of code or an address is taken for prose.
pub fn masked(text: &str) -> Cow<'_, str> {
    if next_sign(text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    mask(text, &mut bytes);
    // Whole characters were hidden; if not, nothing is.
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The text of a document with both sides of all units masked, each by itself. All places stay.
pub(crate) fn units(text: &str, units: &[Unit]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for side in units.iter().flat_map(|unit| [&unit.target, &unit.source]) {
        let span = side.text.start as usize..side.text.end as usize;
        if side.print.has_any(SIGNS)
            && let Some(out) = bytes.get_mut(span)
        {
            mask(side.text.slice(text), out);
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_string())
}

/// Hides what of `text` is no prose in `out`, a copy of it.
fn mask(text: &str, out: &mut [u8]) {
    let source = text.as_bytes();
    let mut at = 0;
    while let Some(next) = next_sign(&source[at..]) {
        at += next;
        let end = match source[at] {
            // A run that nothing closes is text, all of it.
            b'`' => match code_end(source, at) {
                Ok(end) => Some(end),
                Err(end) => {
                    at = end;
                    continue;
                }
            },
            b'<' => tag_end(source, at),
            b']' if source.get(at + 1) == Some(&b'(') => target_end(source, at),
            b':' if source[at..].starts_with(b"://") => {
                let scheme =
                    source[..at].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                out[at - scheme..at].fill(MASK as u8);
                Some(url_end(text, at))
            }
            _ => None,
        };
        if let Some(end) = end {
            out[at..end].fill(MASK as u8);
        }
        at = end.unwrap_or(at + 1);
    }
}

/// Where the next byte is that may begin something to hide.
fn next_sign(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| matches!(byte, b'`' | b'<' | b']' | b':'))
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
    let mut depth = 0;
    for (offset, byte) in text[at + 1..].iter().enumerate() {
        match byte {
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
