//! What stands in quotation marks or brackets in a text, hidden byte for byte. Scanners and no patterns: those took longer
//! to compile than to check some documents. A test holds them to the patterns.

use super::inline::MASK;
use super::letters;

/// The text with what stands in bold, in italics, in quotation marks as masks: a label, a message, a title, which often
/// stays English.
pub(crate) fn without_quoted(text: &str) -> String {
    hidden(text, quoted_end)
}

/// The text with what stands in brackets as masks: the text of a link, a gloss.
pub(crate) fn without_bracketed(text: &str) -> String {
    hidden(text, bracketed_end)
}

/// Signs of which none is left in a text: of many that begin something, only the first is searched for its end.
type Missing = Vec<&'static [char]>;

/// The text with masks from where something begins to where it ends.
fn hidden(text: &str, end: impl Fn(&str, usize, &mut Missing) -> Option<usize>) -> String {
    let (mut out, mut from, mut at) = (String::with_capacity(text.len()), 0, 0);
    let mut missing = Missing::new();
    while let Some(c) = text[at..].chars().next() {
        match end(text, at, &mut missing) {
            Some(end) => {
                out.push_str(&text[from..at]);
                out.extend((at..end).map(|_| MASK));
                (from, at) = (end, end);
            }
            None => at += c.len_utf8(),
        }
    }
    out.push_str(&text[from..]);
    out
}

/// Where ends what is quoted from `at` on.
fn quoted_end(text: &str, at: usize, missing: &mut Missing) -> Option<usize> {
    let begins = text[at..].chars().next()?;
    let start = at + begins.len_utf8();
    let inner = &text[start..];
    let mut until = |closes: &'static [char]| end_of(text, start, closes, missing);
    match begins {
        '*' if inner.starts_with('*') => {
            let end = start + 1 + inner[1..].find('*').filter(|len| *len > 0)?;
            text[end..].starts_with("**").then_some(end + 2)
        }
        '*' if inner.starts_with(char::is_whitespace) => None,
        '*' => until(&['*']),
        '"' => until(&['"']),
        '“' | '”' => until(&['”']),
        '„' => until(&['“', '”']),
        '«' => until(&['»']),
        '‘' => until(&['’']),
        '「' => until(&['」']),
        '『' => until(&['』']),
        '\'' if at == 0 => until(&['\'']),
        c if inner.starts_with('\'') && (c == '(' || c.is_whitespace()) => {
            end_of(text, start + 1, &['\''], missing)
        }
        '_' if !letters::is_word_before(text, at) => {
            let end = until(&['_']).filter(|end| *end > start + 1)?;
            (!letters::is_word_at(text, end)).then_some(end)
        }
        _ => None,
    }
}

/// Where ends what stands in brackets from `at` on.
fn bracketed_end(text: &str, at: usize, missing: &mut Missing) -> Option<usize> {
    let begins = text[at..].chars().next()?;
    let start = at + begins.len_utf8();
    match begins {
        '[' => end_of(text, start, &[']'], missing),
        '(' => end_of(text, start, &['(', ')'], missing).filter(|end| text[..*end].ends_with(')')),
        '（' => end_of(text, start, &['（', '）'], missing).filter(|end| text[..*end].ends_with('）')),
        _ => None,
    }
}

/// The end of the first of these signs from `start` on.
fn end_of(text: &str, start: usize, signs: &'static [char], missing: &mut Missing) -> Option<usize> {
    if missing.contains(&signs) {
        return None;
    }
    let Some(len) = text[start..].find(signs) else {
        missing.push(signs);
        return None;
    };
    let at = start + len;
    text[at..].chars().next().map(|sign| at + sign.len_utf8())
}

#[cfg(test)]
mod tests {
    use regex::{Captures, Regex};

    use super::*;
    use crate::support::words::each_random_text;

    #[test]
    fn scanners_hide_what_the_patterns_say() {
        let quoted = Regex::new(
            r#"\*\*[^*]+\*\*|\*[^*\s][^*]*\*|"[^"]*"|“[^”]*”|„[^“”]*[“”]|”[^”]*”|«[^»]*»|‘[^’]*’|「[^」]*」|『[^』]*』|(?:^|[\s(])'[^']*'|\b_[^_]+_\b"#,
        )
        .unwrap();
        let bracketed = Regex::new(r"\[[^\]]*\]|\([^()]*\)|（[^（）]*）").unwrap();
        let wanted = |pattern: &Regex, text: &str| {
            let masks = |found: &Captures<'_>| MASK.to_string().repeat(found[0].len());
            pattern.replace_all(text, masks).into_owned()
        };
        for signs in ["***_a é", "\"“”„“«»a ", "‘’「」『』'a (", "__*'( a", "[]()（）a"]
        {
            each_random_text(signs, |text| {
                assert_eq!(without_quoted(text), wanted(&quoted, text), "{text:?}");
                assert_eq!(without_bracketed(text), wanted(&bracketed, text), "{text:?}");
            });
        }
    }
}
