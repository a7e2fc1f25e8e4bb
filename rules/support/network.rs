//! What stands for a place in a network: e-mail addresses, IP addresses and names of hosts.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

/// What an address is one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `info@harbor.example`
    Email,
    /// `10.0.0.1`, perhaps with its port or the length of its prefix, and `fe80::1`.
    Ip,
    /// `docs.harbor.com`, perhaps with a path.
    Host,
}

/// The last part of names of hosts that nothing else ends with. Of two parts, what ends with `.net` is mostly a product.
const TOP: [&str; 6] = ["com", "org", "edu", "gov", "net", "io"];

/// The addresses of a text, in order, but for those with a scheme (`https://…`).
pub(crate) fn all(text: &str) -> Vec<(Range<usize>, Kind)> {
    let bytes = text.as_bytes();
    let is_other = |byte: &u8| !is_part(*byte);
    let (mut found, mut end) = (Vec::new(), 0);
    for sign in memchr::memchr3_iter(b'.', b'@', b':', bytes).filter(|at| may_be_inside(bytes, *at)) {
        if sign < end {
            continue;
        }
        let start = bytes[end..sign].iter().rposition(is_other).map_or(end, |last| end + last + 1);
        end = bytes[sign..].iter().position(is_other).map_or(bytes.len(), |len| sign + len);
        let run = &text[start..end];
        let lead = run.len() - run.trim_start_matches(['.', '-', '+', '%', '~']).len();
        let word = run[lead..].trim_end_matches(['.', '-', ':', '/', '_', '%', '+', '@', '~']);
        let goes_on =
            text[..start].ends_with(char::is_alphabetic) && word.starts_with(|c: char| c.is_ascii_digit());
        if let Some(kind) = kind(word).filter(|kind| *kind != Kind::Ip || (lead == 0 && !goes_on)) {
            found.push((start + lead..start + lead + word.len(), kind));
        }
    }
    found
}

/// Whether a byte may be of an address.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._%+-@:/~".contains(&byte)
}

/// Whether a sign may be inside an address: most stops and colons are not.
fn may_be_inside(bytes: &[u8], sign: usize) -> bool {
    let (before, after) = (&bytes[..sign], &bytes[sign + 1..]);
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    match bytes[sign] {
        b'.' if is_digit(after.first()) => is_digit(before.last()),
        b'.' => TOP.iter().any(|top| after.starts_with(top.as_bytes())),
        b':' => after.first() == Some(&b':'),
        _ => true,
    }
}

/// What a word between blanks is, without the stop behind it.
fn kind(word: &str) -> Option<Kind> {
    if is_ip(word) {
        return Some(Kind::Ip);
    }
    if word.contains("//") || word.contains(':') {
        return None;
    }
    let (name, path) = word.split_once('/').map_or((word, None), |(name, path)| (name, Some(path)));
    if let Some((own, domain)) = name.split_once('@') {
        let is_last = |label: &str| label.len() >= 2 && label.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_domain =
            labels(domain).is_some_and(|labels| labels.len() > 1 && is_last(labels[labels.len() - 1]));
        return (is_domain && path.is_none() && !own.is_empty()).then_some(Kind::Email);
    }
    let labels = labels(name)?;
    let (last, rest) = labels.split_last()?;
    let parts = if *last == "net" { 2 } else { 1 };
    (TOP.contains(last) && rest.len() >= parts).then_some(Kind::Host)
}

/// The parts of the name of a host.
fn labels(name: &str) -> Option<Vec<&str>> {
    let labels: Vec<&str> = name.split('.').collect();
    let is_label = |label: &&str| {
        let is_inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !label.is_empty() && label.bytes().all(is_inside) && !label.starts_with('-') && !label.ends_with('-')
    };
    labels.iter().all(is_label).then_some(labels)
}

/// `10.0.0.1`, `10.0.0.0/8`, `10.0.0.1:8080` and `fe80::1`, not `::`, which stands between names too.
fn is_ip(word: &str) -> bool {
    let is_number =
        |text: &str| (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let (name, _) = word.split_once('/').filter(|(_, prefix)| is_number(prefix)).unwrap_or((word, ""));
    let (host, _) = name.split_once(':').filter(|(_, port)| is_number(port)).unwrap_or((name, ""));
    let is_long = |name: &str| name.len() > 4 && name.bytes().any(|byte| byte.is_ascii_digit());
    host.parse::<Ipv4Addr>().is_ok() || (is_long(name) && name.parse::<Ipv6Addr>().is_ok())
}

/// Where `address` stands in `text` from byte `from` on, in any case, with single blanks beside its signs or with full-width ones
/// in their place: the end of it.
pub(crate) fn spaced_at(text: &str, from: usize, address: &str) -> Option<usize> {
    let mut rest = text[from..].chars();
    let mut before_sign = true;
    for wanted in address.chars() {
        let is_sign = !wanted.is_ascii_alphanumeric();
        let mut next = rest.next()?;
        if next == ' ' && (is_sign || !before_sign) {
            next = rest.next()?;
        }
        before_sign = !is_sign;
        let folded = match next {
            '＠' => '@',
            '．' | '。' => '.',
            '：' => ':',
            '／' => '/',
            next => next,
        };
        if !folded.eq_ignore_ascii_case(&wanted) {
            return None;
        }
    }
    Some(text.len() - rest.as_str().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_names() {
        let found = |text| {
            all(text)
                .into_iter()
                .map(|(at, kind)| format!("{kind:?} {}", &text[at]))
                .collect::<Vec<_>>()
                .join(", ")
        };
        assert_eq!(found("Write to Info@Harbor.example."), "Email Info@Harbor.example");
        assert_eq!(
            found("10.0.0.1, 10.1.0.0/16 and 127.0.0.1:8080."),
            "Ip 10.0.0.1, Ip 10.1.0.0/16, Ip 127.0.0.1:8080"
        );
        assert_eq!(found("fe80::1ff:fe23 on ::1, std::net and 10:30:00"), "Ip fe80::1ff:fe23");
        assert_eq!(found("詳細はdocs.harbor.com/startを参照"), "Host docs.harbor.com/start");
        assert_eq!(
            found("Harbor.com, ASP.net, a.harbor.net, System.IO, package.json"),
            "Host Harbor.com, Host a.harbor.net"
        );
        assert_eq!(found("https://harbor.com/a v10.0.0.1 1.2.3 1.2.3.4.5 300.1.1.1 a@b @harbor.com"), "");
    }

    #[test]
    fn spaced_addresses_are_found() {
        let end = |text: &str, address| spaced_at(text, 0, address).map(|end| text[..end].to_string());
        assert_eq!(end("Info @ harbor. com. So", "info@harbor.com").as_deref(), Some("Info @ harbor. com"));
        assert_eq!(end("info＠harbor．com", "info@harbor.com").as_deref(), Some("info＠harbor．com"));
        assert_eq!(end("10. 0. 0.1", "10.0.0.1").as_deref(), Some("10. 0. 0.1"));
        assert_eq!(end("in fo@harbor.com", "info@harbor.com"), None);
        assert_eq!(end("info@harbor", "info@harbor.com"), None);
    }
}
