//! The fast path: blocks of `key: scalar` lines and of lists of scalars only.

use super::{Entry, Scalar, Style, Value};
use crate::Span;

/// Reads the lines `yaml` of `file`, which start there, if every one is a comment, blank, or a key with a plain scalar
/// or a simply quoted one, or with a list of those, one a line and not indented. `None` asks for the YAML
/// library; it says nothing about validity.
pub(super) fn entries(file: &str, yaml: Span, starts: &[u32]) -> Option<Vec<Entry>> {
    if !is_printable(yaml.slice(file)) {
        return None;
    }
    let mut entries = Vec::with_capacity(24);
    for two in starts.windows(2) {
        let (at, end) = (two[0] as usize, two[1] as usize);
        let ending = match file.as_bytes()[at..end] {
            [.., b'\r', b'\n'] => 2,
            [.., b'\r' | b'\n'] => 1,
            _ => 0,
        };
        let line = &file[at..end - ending];
        match line.as_bytes() {
            // To the library, what follows a list is part of it.
            [] | [b'#', ..] if entries.last().is_some_and(|last: &Entry| last.value.scalar().is_none()) => {
                return None;
            }
            [] | [b'#', ..] => {}
            [b'-', b' ', ..] => item(entries.last_mut()?, at + "- ".len(), &line["- ".len()..])?,
            _ => entries.push(entry(at, line)?),
        }
    }
    Some(entries)
}

/// Reads an item of the last key's list.
fn item(last: &mut Entry, at: usize, content: &str) -> Option<()> {
    let from = at + content.len() - content.trim_start_matches(' ').len();
    let content = content.trim_matches(' ');
    let span = Span::new(from, from + content.len());
    // The library ends a list before white space of any kind.
    let style = style(content).filter(|_| !content.is_empty() && content.trim_end() == content)?;
    let item = Value::Scalar(Scalar { span, style, decoded: None });
    match &mut last.value {
        Value::Scalar(none) if none.span.is_empty() => {
            last.value = Value::Sequence(Span { start: at as u32 - 2, end: span.end }, vec![item]);
        }
        Value::Sequence(list, items) => {
            list.end = span.end;
            items.push(item);
        }
        _ => return None,
    }
    Some(())
}

/// Whether all characters are ends of lines and printable ones of YAML (1.2.2, 5.1), which the library asks of comments
/// too. Tabs and byte order marks, which it makes more of, are left to it.
fn is_printable(lines: &str) -> bool {
    // Without branches, so that many bytes are looked at at once.
    let is_odd =
        |b: u8| u8::from(b < b' ') & u8::from(b != b'\n') & u8::from(b != b'\r') | u8::from(b == 0x7f);
    lines.as_bytes().iter().fold(0, |odd, b| odd | is_odd(*b)) == 0
        // All of the odd characters beyond ASCII begin with one of these bytes.
        && (memchr::memchr2(0xc2, 0xef, lines.as_bytes()).is_none()
            || lines.chars().all(|c| {
                !matches!(c, '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
            }))
}

fn entry(at: usize, line: &str) -> Option<Entry> {
    let bytes = line.as_bytes();
    let of_key = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    let colon = bytes.iter().position(|b| !of_key(b))?;
    if !bytes[0].is_ascii_alphabetic() || !matches!(bytes[colon..], [b':'] | [b':', b' ', ..]) {
        return None;
    }
    let start = bytes[colon + 1..].iter().position(|b| *b != b' ');
    // YAML places an empty value just after the colon.
    let start = colon + 1 + start.unwrap_or_default();
    let from = at + start;
    let content = line[start..].trim_end_matches(' ');
    let style = style(content)?;
    let value = Scalar { span: Span::new(from, from + content.len()), style, decoded: None };
    let key = Scalar { span: Span::new(at, at + colon), style: Style::Plain, decoded: None };
    Some(Entry { key, value: Value::Scalar(value) })
}

/// The style of a scalar that ends with its line and needs no decoding; `None` if it may not be one.
fn style(content: &str) -> Option<Style> {
    let Some(&first) = content.as_bytes().first() else { return Some(Style::Plain) };
    match first {
        b'"' => quoted(content, |inner| !inner.contains(['"', '\\'])).then_some(Style::DoubleQuoted),
        b'\'' => quoted(content, |inner| !inner.contains('\'')).then_some(Style::SingleQuoted),
        // Indicators (YAML 1.2.2, 5.3) start something else than a plain scalar, or may.
        b'-' | b'?' | b':' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>'
        | b'%' | b'@' | b'`' => None,
        _ => (!may_be_more(content)).then_some(Style::Plain),
    }
}

/// Whether what starts like a plain scalar may be a mapping, or have a comment behind it.
fn may_be_more(content: &str) -> bool {
    memchr::memchr2(b':', b'#', content.as_bytes()).is_some()
        && (content.contains(": ") || content.ends_with(':') || content.contains(" #"))
}

fn quoted(content: &str, simple: impl Fn(&str) -> bool) -> bool {
    content.len() >= 2 && content.ends_with(&content[..1]) && simple(&content[1..content.len() - 1])
}
