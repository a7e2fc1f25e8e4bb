//! Addresses that stand in a text as they are, `https://…`.

use std::ops::Range;

use super::inline;

/// Those that are shown as text, linked by `<…>` or in an attribute: not the targets of links and images, and none in code.
pub(crate) fn bare(text: &str) -> Vec<Range<usize>> {
    let mut found = find(text, false);
    if !found.is_empty() && text.contains("](") {
        let links = inline::links(text);
        let in_target = |at: usize| {
            let next = links.partition_point(|link| link.range.end <= at);
            links.get(next).is_some_and(|link| link.text.end <= at)
        };
        found.retain(|at| !in_target(at.start));
    }
    if !found.is_empty() && text.contains('`') {
        let codes = inline::code(text);
        found.retain(|at| !inline::is_in_code(&codes, at.start));
    }
    found
}

/// All of them.
pub(crate) fn all(text: &str) -> Vec<Range<usize>> {
    find(text, true)
}

/// Those of a text; perhaps without those that start the target of a link or an image, which are most.
fn find(text: &str, with_targets: bool) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut found, mut from): (Vec<Range<usize>>, usize) = (Vec::new(), 0);
    for colon in memchr::memchr_iter(b':', bytes) {
        let Some(after) = text[colon..].strip_prefix("://") else { continue };
        let is_scheme = |scheme: &&&str| {
            let start = colon.checked_sub(scheme.len());
            let is = |start: usize| bytes[start..colon].eq_ignore_ascii_case(scheme.as_bytes());
            start.is_some_and(|start| is(start) && !ends_with_letter(&bytes[..start]))
        };
        let Some(scheme) = ["https", "http"].iter().find(is_scheme) else { continue };
        let start = colon - scheme.len();
        // One may be the parameter of another.
        if start < from {
            continue;
        }
        let is_target = text[..start].trim_end_matches('<').ends_with("](");
        if is_target && !with_targets {
            from = colon + memchr::memchr2(b')', b' ', after.as_bytes()).unwrap_or_default();
            continue;
        }
        let len = len(after);
        if len > 0 {
            from = colon + "://".len() + len;
            found.push(start..from);
        }
    }
    found
}

fn ends_with_letter(bytes: &[u8]) -> bool {
    bytes.last().is_some_and(u8::is_ascii_alphanumeric)
}

/// How much of a text still belongs to the address that it goes on with: ASCII without blanks, quotation marks and the
/// like, brackets that are opened in it with letters of any script, and escaped signs.
fn len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut open) = (0, Vec::new());
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if bytes.get(at + 1).is_some_and(|next| b"<>[](){}_~-.#".contains(next)) => {
                at += 1;
                match bytes[at] {
                    b'<' => open.push(b'<'),
                    b'>' if open.last() == Some(&b'<') => drop(open.pop()),
                    _ => {}
                }
            }
            b'(' | b'[' | b'{' => open.push(*byte),
            b')' | b']' | b'}' => {
                let opening = if *byte == b')' { b'(' } else { *byte - 2 };
                if open.pop() != Some(opening) {
                    break;
                }
            }
            b'<' | b'>' | b'"' | b'\'' | b'`' | b'|' | b'*' | b'\\' | b'^' => break,
            b'&' if ["&lt;", "&gt;", "&quot;", "&nbsp;"]
                .iter()
                .any(|entity| text[at..].starts_with(entity)) =>
            {
                break;
            }
            byte if byte.is_ascii_graphic() || (!byte.is_ascii() && !open.is_empty()) => {}
            _ => break,
        }
        at += 1;
    }
    // What opens and is not closed is none of it.
    let end = if open.is_empty() { at } else { text[..at].find(['(', '[', '{', '<']).unwrap_or(at) };
    text[..end].trim_end_matches(|c: char| ".,;:!?&_~\\".contains(c)).len()
}

/// What two addresses share that lead to the same page: a locale is the reader's own, also one of two letters, and so are the
/// words that stand for what readers put in.
pub(crate) fn page(address: &str) -> String {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let (mut bare, mut depth) = (String::new(), 0_usize);
    for c in address.chars().filter(|c| *c != '\\') {
        if matches!(c, ']' | '}' | '>') {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            bare.push(c);
        }
        if matches!(c, '[' | '{' | '<') {
            depth += 1;
        }
    }
    let parts = bare.split(['/', '?', '&', '#']).filter(|part| {
        let value = part.split_once('=').map_or(*part, |(_, value)| value);
        !part.is_empty() && !is_locale(value) && !part.starts_with("clcid=")
    });
    let parts: Vec<&str> = parts.collect();
    // `en.` before the name of the site.
    let parts: Vec<&str> = parts
        .iter()
        .enumerate()
        .map(|(at, part)| match part.split_once('.') {
            Some((first, rest)) if at == 0 && is_locale(first) => rest,
            _ => part,
        })
        .collect();
    parts.join("/").to_ascii_lowercase()
}

/// `en`, `en-us` or `zh-hans-cn`.
fn is_locale(part: &str) -> bool {
    let mut tags = part.split('-');
    tags.next()
        .is_some_and(|tag| (2..=3).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphabetic()))
        && tags.clone().count() <= 2
        && tags.all(|tag| (2..=4).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_the_text_goes_on() {
        let found = |text| bare(text).into_iter().map(|at| &text[at]).collect::<Vec<_>>().join(" ");
        assert_eq!(found("See https://a.example/b."), "https://a.example/b");
        assert_eq!(
            found("(http://a.example/b_(c)), **https://a.example**"),
            "http://a.example/b_(c) https://a.example"
        );
        assert_eq!(
            found("<https://a.example/?x=https://b.example&y=1> "),
            "https://a.example/?x=https://b.example&y=1"
        );
        assert_eq!(found("詳細はhttps://a.example/bを"), "https://a.example/b");
        assert_eq!(found("https://a.example/[name]/c [d](https://e.example)"), "https://a.example/[name]/c");
        assert_eq!(
            found("https://a.example/\\<name\\>/c `https://e.example`"),
            "https://a.example/\\<name\\>/c"
        );
        assert_eq!(found("См. https://a.example/{клиент}/b, далее"), "https://a.example/{клиент}/b");
        assert_eq!(found("https://{ihre-domäne}/b"), "https://{ihre-domäne}/b");
        assert_eq!(found("https://a.example/(клиент b"), "https://a.example/");
        assert_eq!(found("https://a.example/\\<клиент\\>/b, клиент"), "https://a.example/\\<клиент\\>/b");
        assert_eq!(found("https:// ![d](http://e.example) xhttp://f"), "");
    }

    #[test]
    fn pages_have_no_locale() {
        for (one, other) in [
            ("https://a.example/en-us/b", "http://a.example/de-DE/b/"),
            ("https://en.a.example/b", "https://de.a.example/b"),
            ("https://a.example/b", "https://a.example/zh-hans-cn/b"),
            ("https://a.example/?id=1&clcid=0x409", "https://a.example/?id=1&clcid=0x407"),
            ("https://a.example/\\<name\\>/b", "https://a.example/\\<jméno\\>/b"),
        ] {
            assert_eq!(page(one), page(other));
        }
        assert_ne!(page("https://a.example/b"), page("https://a.example/c"));
    }
}
