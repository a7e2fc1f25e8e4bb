//! What tells English prose from names, codes, slugs and labels: its words, and which of them are function words.

use std::ops::Range;

use super::inline::{self, MASK};

/// The commonest function words of English that are not words of content as well (a noun, a button: `need`, `use`), in
/// alphabetical order. Quirk et al., A Comprehensive Grammar of the English Language, 2.34, closed classes.
pub(crate) const FUNCTION_WORDS: [&str; 93] = [
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
    /// Whether it has a letter that English does not have.
    pub(crate) is_foreign: bool,
    /// A number that all words have that are the same but for the case of ASCII letters.
    pub(crate) sum: u32,
}

impl Word {
    /// Whether both are the same but for the case of ASCII letters; each with its text.
    #[inline]
    pub(crate) fn is_same(&self, text: &str, other: &Self, of: &str) -> bool {
        self.sum == other.sum && text[self.range.clone()].eq_ignore_ascii_case(&of[other.range.clone()])
    }
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
    may_be_function(word.as_bytes()) && is_function(packed(word.as_bytes()))
}

/// Whether a function word begins and ends with the same letters, in any case, and is as long: most others are told by
/// that.
#[inline]
pub(crate) fn may_be_function(word: &[u8]) -> bool {
    let ([first, ..], [.., last]) = (word, word) else { return false };
    word.len() <= LONGEST && LASTS[usize::from(first & 0x1F)][word.len()] & (1 << (last & 0x1F)) != 0
}

/// Whether a word is a function word; as [`packed`] has it.
pub(crate) fn is_function(packed: u64) -> bool {
    PACKED.binary_search(&packed).is_ok()
}

/// No function word is longer.
pub(crate) const LONGEST: usize = 8;

/// The function words as numbers, which compare as the words do and faster.
static PACKED: [u64; FUNCTION_WORDS.len()] = {
    let mut words = [0; FUNCTION_WORDS.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = packed(FUNCTION_WORDS[at].as_bytes());
        at += 1;
    }
    words
};

/// The last letters of the function words with a first letter and a length, a bit for each.
static LASTS: [[u32; LONGEST + 1]; 32] = {
    let mut lasts = [[0; LONGEST + 1]; 32];
    let mut at = 0;
    while at < FUNCTION_WORDS.len() {
        let word = FUNCTION_WORDS[at].as_bytes();
        lasts[(word[0] & 0x1F) as usize][word.len()] |= 1 << (word[word.len() - 1] & 0x1F);
        at += 1;
    }
    lasts
};

/// The bytes of a word of [`LONGEST`] at most, in lower case, from the highest one on.
pub(crate) const fn packed(word: &[u8]) -> u64 {
    let (mut packed, mut at) = (0, 0);
    while at < LONGEST {
        let byte = if at < word.len() { word[at].to_ascii_lowercase() } else { 0 };
        packed = packed << 8 | byte as u64;
        at += 1;
    }
    packed
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
    /// The first byte of letters, some of which are Latin.
    pub(super) const LEAD: u8 = 64;
    /// What begins a word, besides letters: a full stop has the class of a digit and does not.
    pub(super) const START: u8 = 128;
    pub(super) const WORD: u8 = SMALL | CAPITAL | START;

    /// The class of each byte by itself.
    pub(super) static OF: [u8; 256] = {
        let mut of = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            of[byte] = match byte as u8 {
                b'a'..=b'z' => SMALL,
                b'A'..=b'Z' => CAPITAL,
                b'0'..=b'9' | b'_' => DIGIT | START,
                0xC3..=0xC9 | 0xE1 => LEAD,
                _ => 0,
            };
            byte += 1;
        }
        of
    };
}

/// The words of `text` in Latin letters, in order; all other letters stand between them.
pub(crate) fn words(text: &str) -> Vec<Word> {
    /// Bytes for a word and the blank after it.
    const BYTES: usize = 6;
    let mut words = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(gap) = bytes[at..].iter().position(|byte| class::OF[usize::from(*byte)] != 0) {
        at += gap;
        if word_char(bytes, at).is_none() {
            at += 1;
            continue;
        }
        let (word, end) = word_at(text, at);
        if words.is_empty() {
            // Room for most texts, and none for those without a word.
            words.reserve((bytes.len() - at) / BYTES + 1);
        }
        words.push(word);
        at = end;
    }
    words
}

/// The word that begins at `at`, and where to go on.
fn word_at(text: &str, at: usize) -> (Word, usize) {
    let bytes = text.as_bytes();
    let (mut end, mut seen, mut sum) = (at, 0, 0_u32);
    // As of its last letter or digit; other signs are part of the word between two of those.
    let (mut last, mut is, mut sum_then) = (at, 0, 0);
    loop {
        // Nearly all of it is letters and digits of ASCII.
        for byte in &bytes[end..] {
            let class = class::OF[usize::from(*byte)];
            if class & class::WORD == 0 {
                break;
            }
            sum = summed(sum, *byte);
            seen |= class;
            end += 1;
            (last, is, sum_then) = (end, seen, sum);
        }
        if end == bytes.len() {
            break;
        }
        let Some((len, class)) = word_char(bytes, end).or_else(|| inner_char(&bytes[end..])) else { break };
        for byte in &bytes[end..end + len] {
            sum = summed(sum, *byte);
        }
        end += len;
        seen |= class;
        if class == class::FOREIGN {
            (last, is, sum_then) = (end, seen, sum);
        }
    }
    let is = is & !class::START;
    let is_path = at > 0 && matches!(bytes[at - 1], b'/' | b'\\');
    let kind = kind(&text[at..last], is);
    let kind = if is_path && kind != Kind::Number { Kind::Name } else { kind };
    let word = Word { range: at..last, kind, is_foreign: is & class::FOREIGN != 0, sum: sum_then };
    (word, end)
}

/// The sum of a word with one more byte; capitals and small letters are one.
fn summed(sum: u32, byte: u8) -> u32 {
    const PRIME: u32 = 0x0100_0193;
    (sum ^ u32::from(byte | 0x20)).wrapping_mul(PRIME)
}

/// The length and the class of the letter, digit or underscore at `at`, if there is one.
#[inline]
fn word_char(bytes: &[u8], at: usize) -> Option<(usize, u8)> {
    match class::OF[usize::from(bytes[at])] {
        0 => None,
        class::LEAD => foreign_char(bytes, at),
        class => Some((1, class)),
    }
}

/// The length and the class of the letter at `at` that English does not have, if there is one; as [`is_latin`] has it.
fn foreign_char(bytes: &[u8], at: usize) -> Option<(usize, u8)> {
    let next = bytes.get(at + 1).copied().unwrap_or_default();
    let foreign = |len: usize, is_letter: bool| is_letter.then_some((len, class::FOREIGN));
    match bytes[at] {
        0xC3 => foreign(2, !matches!(next, 0x97 | 0xB7)),
        0xC4..=0xC8 => foreign(2, true),
        0xC9 => foreign(2, next <= 0x8F),
        0xE1 => foreign(3, matches!(next, 0xB8..=0xBB)),
        _ => None,
    }
}

/// The length and the class of a sign inside of a word that the bytes start with.
fn inner_char(bytes: &[u8]) -> Option<(usize, u8)> {
    match bytes {
        [b'.', ..] => Some((1, class::DIGIT)),
        [b'-' | b'\'', ..] => Some((1, class::JOINT)),
        [0xE2, 0x80, 0x99, ..] => Some((3, class::APOSTROPHE)),
        _ => None,
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
    /// So many bytes are counted before it is asked whether that is enough.
    const PIECE: usize = 128;
    let (mut latin, mut other) = (0, 0);
    for piece in text.as_bytes().chunks(PIECE) {
        // A piece has fewer than 256 of each.
        let (mut latin_here, mut other_here) = (0_u8, 0_u8);
        for byte in piece {
            latin_here += u8::from(matches!(byte, 0xC3..=0xC9));
            other_here += u8::from(matches!(byte, 0xCA..=0xE1 | 0xE3..=0xEF));
        }
        latin += usize::from(latin_here);
        other += usize::from(other_here);
        if latin * 25 > text.len() || other * 7 > text.len() {
            return true;
        }
    }
    false
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
    for Word { range, kind, .. } in words {
        let text = || &masked[range.clone()];
        let is_type = || TYPES.contains(&text().trim_end_matches('s'));
        evidence.words += usize::from(*kind != Kind::Number);
        evidence.lower += usize::from(match kind {
            Kind::Function => true,
            Kind::Lower => !is_type(),
            Kind::Number | Kind::Name => false,
        });
        // Words in small letters are told already.
        evidence.function += usize::from(match kind {
            Kind::Function => true,
            Kind::Name => is_function_word(text()),
            Kind::Number | Kind::Lower => false,
        });
    }
    evidence
}

/// Fewer words are names and labels more often than prose.
const MIN_WORDS: usize = 5;

impl Evidence {
    /// Whether it is a sentence that wants translation, not a name, a code, a slug or a list of such: long enough, more
    /// small words than names, and with function words, one or more by how many words are small. Long lists of names
    /// may follow a sentence.
    pub(crate) fn is_prose(self) -> bool {
        let Self { words, lower, function } = self;
        let mostly = lower * 2 >= words && function >= 2;
        let nearly_all = lower * 4 >= words * 3 && function >= 1;
        words >= MIN_WORDS && (mostly || nearly_all || (lower >= 8 && function >= 4))
    }

    /// Whether neither this is one nor a part of it.
    pub(crate) fn is_surely_no_prose(self) -> bool {
        self.words < MIN_WORDS || self.function == 0
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
mod tests;
