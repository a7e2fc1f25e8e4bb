//! What may be a name in an English text, and whether a target keeps it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::support::inline;

/// Names have up to this many words.
const WORDS: usize = 4;

/// Letters that an ending may put on a name.
const ENDING: usize = 4;

/// A word of a text that may be a name or part of one.
struct Token {
    range: Range<usize>,
    /// It can be nothing but a name: `NuGet`, `packages.config`, `API`, `.NET`, `C#`.
    sure: bool,
}

/// The names in `source`, prose with the rest masked: each run of name-like words, and each part of a run. What only
/// starts a sentence is none. Each comes with whether it stands alone: is no part of a longer run.
pub(super) fn names(source: &str) -> BTreeMap<&str, bool> {
    let tokens = tokens(source);
    let mut found = BTreeMap::new();
    let joined = |pair: &[Token]| source[pair[0].range.end..pair[1].range.start] == *" ";
    let mut from = 0;
    while from < tokens.len() {
        let joints = tokens[from..].windows(2).take_while(|pair| joined(pair)).count();
        let run = &tokens[from..=from + joints];
        // The capital may be that of the sentence.
        let starts = !run[0].sure && starts_sentence(&source[..run[0].range.start]);
        for (at, first) in run.iter().enumerate() {
            let is_first = at == 0 || at == 1 && starts;
            for (end, last) in run.iter().enumerate().skip(at).take(WORDS) {
                if !(starts && end == 0) {
                    let name = &source[first.range.start..last.range.end];
                    *found.entry(name).or_default() |= is_first && end + 1 == run.len();
                }
            }
        }
        from += joints + 1;
    }
    found
}

/// Whether it is one word that can be nothing but a name.
pub(super) fn is_sure_word(name: &str) -> bool {
    !name.contains(' ') && is_sure(name)
}

/// Whether the target has the name as a word; a short ending may stand on it.
pub(super) fn keeps(target: &str, name: &str) -> bool {
    target.match_indices(name).any(|(at, _)| {
        let before = target[..at].chars().next_back();
        let rest = &target[at + name.len()..];
        let ending = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let is_ending = rest[..ending].bytes().all(|byte| byte.is_ascii_lowercase());
        !before.is_some_and(|c| c.is_ascii_alphanumeric()) && ending <= ENDING && is_ending
    })
}

fn starts_sentence(before: &str) -> bool {
    let lead = before.trim_end_matches(|c: char| c.is_whitespace() || "*_\"'([“‘".contains(c));
    lead.is_empty() || lead.ends_with(['.', ':', '!', '?', ')', '|', inline::MASK])
}

/// The words that are names or start with a capital.
fn tokens(source: &str) -> Vec<Token> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '+' | '#');
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(start) = source[at..].find(is_part).map(|found| at + found) {
        let end = source[start..].find(|c| !is_part(c)).map_or(source.len(), |len| start + len);
        at = end;
        let before = source[..start].chars().next_back();
        let after = source[end..].chars().next();
        // Parts of paths, placeholders, addresses and words with other letters are no words of their own.
        let foreign = |c: Option<char>| c.is_some_and(|c| "/\\@$%{}=<>~&".contains(c) || is_letter(c));
        let hangs_on = before.is_some_and(|c| matches!(c, '-' | ':'));
        if foreign(before) || foreign(after) || hangs_on {
            continue;
        }
        let range = trimmed(&source[start..end], start);
        let word = &source[range.clone()];
        if is_sure(word) {
            tokens.push(Token { range, sure: true });
        } else if is_capitalised(word) {
            tokens.push(Token { range, sure: false });
        }
    }
    tokens
}

fn is_letter(c: char) -> bool {
    !c.is_ascii() && c.is_alphabetic()
}

/// Without stops and underscores round it; a stop before a letter stays: `.NET`.
fn trimmed(word: &str, start: usize) -> Range<usize> {
    let end = start + word.trim_end_matches(['.', '_']).len();
    let bare = word.trim_start_matches(['.', '_', '+', '#']);
    let lead = word.len() - bare.len();
    let keeps_stop = word[..lead].ends_with('.') && bare.starts_with(|c: char| c.is_ascii_alphabetic());
    let from = start + lead - usize::from(keeps_stop);
    from..end.max(from)
}

fn is_sure(word: &str) -> bool {
    let bytes = word.as_bytes();
    let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    if letters == 0 || bytes.len() < 2 {
        return false;
    }
    let small = bytes.iter().any(u8::is_ascii_lowercase);
    let humps = bytes.windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    // Four digits make a code of it, of an error or a model.
    let code = bytes.iter().filter(|byte| byte.is_ascii_digit()).count() >= 4;
    let acronym = !small && letters >= 2 && !word.contains('.') && !code;
    // A file, a host or a class: what stands after the stop is no version number and no lost blank.
    let dotted = word.rsplit_once('.').is_some_and(|(head, tail)| {
        let tail_is_word = tail.len() >= 2 && tail.bytes().all(|byte| byte.is_ascii_alphabetic());
        tail_is_word
            && (head.is_empty() || head.len() >= 2 && head.starts_with(|c: char| c.is_ascii_alphabetic()))
    });
    humps || acronym || dotted || word.contains('_') || word.ends_with('#') || word.ends_with("++")
}

fn is_capitalised(word: &str) -> bool {
    let mut bytes = word.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_uppercase())
        && word.len() >= 2
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}
