//! What tells English prose from names, codes, slugs and labels: its words, and which of them are function words.

use std::ops::Range;
use std::sync::LazyLock;

use super::inline::{self, MASK};

/// The commonest function words of English that are not words of content as well (a noun, a button: `need`, `use`), in
/// alphabetical order. Quirk et al., A Comprehensive Grammar of the English Language, 2.34, closed classes.
const FUNCTION_WORDS: [&str; 93] = [
    "a", "about", "after", "all", "also", "although", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "being", "between", "but", "by", "can", "cannot", "could", "did", "do", "does",
    "during", "each", "for", "from", "had", "has", "have", "he", "how", "if", "in", "into", "is", "it",
    "its", "may", "more", "must", "no", "not", "of", "on", "only", "or", "other", "our", "out", "should",
    "since", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they",
    "this", "those", "through", "to", "too", "under", "until", "was", "we", "were", "what", "when", "where",
    "whether", "which", "while", "who", "whose", "why", "will", "with", "within", "without", "would", "you",
    "your",
];

/// Names of data types that are words as well, one or many, without the `s`: lists of them are no prose.
const TYPES: [&str; 10] =
    ["array", "boolean", "byte", "enum", "float", "integer", "object", "string", "timestamp", "url"];

/// A word of a text, which may be a name with dots or digits, or a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its bytes.
    pub(crate) range: Range<usize>,
    /// What it looks like.
    pub(crate) kind: Kind,
}

/// What a word looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Digits and no letter.
    Number,
    /// A function word in lower case.
    Function,
    /// Any other word in lower-case Latin letters of English.
    Lower,
    /// All others: capitals, digits, dots, letters that English does not have, parts of paths.
    Name,
}

/// Whether the word is a function word of English, in any case.
pub(crate) fn is_function_word(word: &str) -> bool {
    packed(word).is_some_and(|packed| PACKED.binary_search(&packed).is_ok())
}

/// The function words as numbers, which compare as the words do and faster.
static PACKED: LazyLock<[u64; FUNCTION_WORDS.len()]> =
    LazyLock::new(|| FUNCTION_WORDS.map(|word| packed(word).unwrap_or_default()));

/// The bytes of a word in lower case, if they are eight at most: no function word is longer.
fn packed(word: &str) -> Option<u64> {
    let byte = |packed, byte: u8| packed << 8 | u64::from(byte.to_ascii_lowercase());
    let space = 8_usize.checked_sub(word.len())?;
    let packed = word.bytes().fold(0, byte);
    Some(if word.is_empty() { 0 } else { packed << (8 * space) })
}

/// What the bytes of a word are, each a bit.
mod class {
    /// Small letters.
    pub(super) const SMALL: u8 = 1;
    pub(super) const CAPITAL: u8 = 2;
    /// Digits, underscores and full stops.
    pub(super) const DIGIT: u8 = 4;
    /// A letter that English does not have.
    pub(super) const FOREIGN: u8 = 8;
    /// A hyphen or an apostrophe.
    pub(super) const JOINT: u8 = 16;
    /// A typographic apostrophe.
    pub(super) const APOSTROPHE: u8 = 32;
}

/// The words of `text` in Latin letters, in order; all other letters stand between them. By bytes: every unit is read.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let bytes = text.as_bytes();
    let mut words = Vec::with_capacity(text.len() / 8);
    let mut at = 0;
    while at < bytes.len() {
        if word_char(bytes, at).is_none() {
            at += 1;
            continue;
        }
        let (mut end, mut last, mut seen, mut is) = (at, at, 0, 0);
        loop {
            if let Some((len, class)) = word_char(bytes, end) {
                end += len;
                seen |= class;
                (last, is) = (end, seen);
            } else if let Some((len, class)) = inner_char(&bytes[end..]) {
                end += len;
                seen |= class;
            } else {
                break;
            }
        }
        let is_path = at > 0 && matches!(bytes[at - 1], b'/' | b'\\');
        let kind = kind(&text[at..last], is);
        let kind = if is_path && kind != Kind::Number { Kind::Name } else { kind };
        words.push(Word { range: at..last, kind });
        at = end;
    }
    words
}

/// The length and the class of the letter, digit or underscore at `at`, if there is one; as [`is_latin`] has it.
fn word_char(bytes: &[u8], at: usize) -> Option<(usize, u8)> {
    let next = |offset: usize| bytes.get(at + offset).copied().unwrap_or_default();
    let foreign = |len: usize, is_letter: bool| is_letter.then_some((len, class::FOREIGN));
    match *bytes.get(at)? {
        b'a'..=b'z' => Some((1, class::SMALL)),
        b'A'..=b'Z' => Some((1, class::CAPITAL)),
        b'0'..=b'9' | b'_' => Some((1, class::DIGIT)),
        0xC3 => foreign(2, !matches!(next(1), 0x97 | 0xB7)),
        0xC4..=0xC8 => foreign(2, true),
        0xC9 => foreign(2, next(1) <= 0x8F),
        0xE1 => foreign(3, matches!(next(1), 0xB8..=0xBB)),
        _ => None,
    }
}

/// The length and the class of a sign inside of a word that the bytes start with.
fn inner_char(bytes: &[u8]) -> Option<(usize, u8)> {
    match bytes {
        [b'.', ..] => Some((1, class::DIGIT)),
        [b'-' | b'\'', ..] => Some((1, class::JOINT)),
        _ => bytes.starts_with("’".as_bytes()).then_some((3, class::APOSTROPHE)),
    }
}

/// Whether `c` is a letter of an alphabet made from the Latin one.
pub(crate) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{c0}'..='\u{24f}' if c != '×' && c != '÷')
        || matches!(c, '\u{1e00}'..='\u{1eff}')
}

/// What a word looks like whose bytes are of these classes.
fn kind(word: &str, is: u8) -> Kind {
    use class::{APOSTROPHE, DIGIT, JOINT, SMALL};
    if is & !(SMALL | JOINT | APOSTROPHE) == 0 {
        if is_function_word(word) { Kind::Function } else { Kind::Lower }
    } else if is & !(DIGIT | JOINT) == 0 {
        Kind::Number
    } else {
        Kind::Name
    }
}

/// Whether `text` has too many letters that English does not have to be nearly all English. By the first bytes of
/// letters, and quick: most units are so.
pub(crate) fn is_hardly_english(text: &str) -> bool {
    let (mut latin, mut other) = (0, 0);
    for byte in text.bytes() {
        latin += usize::from(matches!(byte, 0xC3..=0xC9));
        other += usize::from(matches!(byte, 0xCA..=0xE1 | 0xE3..=0xEF));
    }
    latin * 25 > text.len() || other * 7 > text.len()
}

/// How much in a text speaks for English prose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// Words, numbers apart.
    pub(crate) words: usize,
    /// Of these, words in lower case, function words too.
    pub(crate) lower: usize,
    /// Function words, in any case.
    pub(crate) function: usize,
}

/// What speaks for English prose in `text`, code and addresses apart.
pub(crate) fn evidence(text: &str) -> Evidence {
    let masked = inline::masked(text);
    evidence_of(&masked, &words(&masked))
}

/// What speaks for English prose in a masked text of these words.
pub(crate) fn evidence_of(masked: &str, words: &[Word]) -> Evidence {
    let mut evidence = Evidence::default();
    for Word { range, kind } in words.iter().cloned() {
        evidence.words += usize::from(kind != Kind::Number);
        let is_type = || TYPES.contains(&masked[range.clone()].trim_end_matches('s'));
        evidence.lower += usize::from(matches!(kind, Kind::Lower | Kind::Function) && !is_type());
        evidence.function += usize::from(kind == Kind::Function || is_function_word(&masked[range]));
    }
    evidence
}

impl Evidence {
    /// Whether it is a sentence that wants translation, not a name, a code, a slug or a list of such: long enough, more
    /// small words than names, and with function words, one or more by how many words are small. Long lists of names
    /// may follow a sentence.
    pub(crate) fn is_prose(self) -> bool {
        /// Fewer words are names and labels more often than prose.
        const MIN_WORDS: usize = 5;
        let Self { words, lower, function } = self;
        let mostly = lower * 2 >= words && function >= 2;
        let nearly_all = lower * 4 >= words * 3 && function >= 1;
        words >= MIN_WORDS && (mostly || nearly_all || (lower >= 8 && function >= 4))
    }

    /// Whether a text of these words is one beyond doubt.
    pub(crate) fn is_plain_prose(self) -> bool {
        self.is_prose() && self.lower * 2 >= self.words && self.function >= 3
    }
}

/// Whether nothing that is no prose stands between two words: they belong to one phrase.
pub(crate) fn are_joined(gap: &str) -> bool {
    !gap.contains(MASK) && gap.chars().all(|c| c.is_whitespace() || ",;:./&'’–-".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(FUNCTION_WORDS.is_sorted() && FUNCTION_WORDS.iter().all(|word| word.len() <= 8));
        assert!(is_function_word("The") && is_function_word("your") && !is_function_word("harbor"));
    }

    #[test]
    fn words_have_their_kinds() {
        let text = "Use the nuget.org feed 4.8 (v2): sign-in, 港 abc /tmp.";
        let found: Vec<_> = words(text).into_iter().map(|word| (&text[word.range], word.kind)).collect();
        let name = |word| (word, Kind::Name);
        let lower = |word| (word, Kind::Lower);
        assert_eq!(
            found,
            [
                name("Use"),
                ("the", Kind::Function),
                name("nuget.org"),
                lower("feed"),
                ("4.8", Kind::Number),
                name("v2"),
                lower("sign-in"),
                lower("abc"),
                name("tmp")
            ]
        );
    }

    #[test]
    fn words_have_the_letters_of_latin_alphabets() {
        let text = "naïve × Łódź ÷ tiếng’s ɐx Ɏa don't- Ж";
        let found: Vec<_> = words(text).into_iter().map(|word| &text[word.range]).collect();
        assert_eq!(found, ["naïve", "Łódź", "tiếng’s", "x", "Ɏa", "don't"]);
        let is_word = |c: &char| word_char(c.to_string().as_bytes(), 0).is_some();
        assert!(('a'..='\u{ffff}').all(|c| is_word(&c) == is_latin(c)));
    }

    #[test]
    fn prose_is_told_from_names() {
        for prose in [
            "Wait for the server to answer before you go on.",
            "Different harbors offer various berths and services.",
            "Pro-rata calculation uses the following formula:",
        ] {
            assert!(evidence(prose).is_prose(), "{prose}");
        }
        for name in [
            "Harbor Cloud for the US Government of America",
            "Harbor 365 A5 Discovery and Audit for students | 6c6e2e9c-2156-4f7c-9c78-f94393b750fe",
            "get-started-with-the-command-line-of-harbor",
            "array of objects, string, int32, boolean",
            "`if the server does not answer` and",
        ] {
            assert!(!evidence(name).is_prose(), "{name}");
        }
    }
}
