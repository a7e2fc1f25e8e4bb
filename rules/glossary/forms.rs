//! Words of a translation in a target text, in whatever form the language gives them.

use std::borrow::Cow;
use std::ops::Range;

use bitext::Locale;

use crate::support::letters;
use crate::support::locale_data::{self, LocaleData};

/// How exactly a text is looked for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct How {
    /// Endings make another word of it.
    pub(crate) exact: bool,
    /// So does another case.
    pub(crate) case_sensitive: bool,
    /// Compounds with it and hyphens for its blanks will do.
    pub(crate) loose: bool,
}

/// A text cut into words. Scripts are cut apart too: `NuGetを` has two.
#[derive(Debug)]
pub(crate) struct Words<'t> {
    pub(crate) text: &'t str,
    pub(crate) words: Vec<(usize, &'t str)>,
}

/// A text that is looked for in targets.
#[derive(Debug)]
pub(crate) struct Wanted<'w> {
    text: Words<'w>,
    language: Language,
    how: How,
}

/// What is known about the words of a language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Language {
    data: &'static LocaleData,
    /// `I` is the capital of `ı`.
    is_turkic: bool,
    /// Words never change.
    is_isolating: bool,
    /// Accents come and go with endings: versión, versiones.
    moves_accents: bool,
    /// Words that are written on the word after them: the article, "and", "in".
    joined: &'static [&'static str],
}

/// The article, conjunctions and prepositions of Arabic, as they stand on a noun.
const JOINED_IN_ARABIC: [&str; 21] = [
    "ال", "و", "ف", "ب", "ك", "ل", "لل", "بال", "كال", "وال", "فال", "وب", "ول", "وك", "وبال", "ولل", "وكال",
    "فب", "فل", "فلل", "فبال",
];

/// Those of Hebrew.
const JOINED_IN_HEBREW: [&str; 26] = [
    "ה", "ו", "ב", "ל", "מ", "ש", "כ", "וה", "וב", "ול", "ומ", "וש", "וכ", "שה", "שב", "של", "שמ", "מה",
    "כש", "כשה", "ושה", "ומה", "לכש", "וכש", "וכשה", "בה",
];

/// Which words a letter can be in one word with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// Latin letters, digits.
    Latin,
    /// Scripts that put no blanks between words.
    Unspaced,
    /// All others.
    Other,
}

fn class(c: char) -> Class {
    match c {
        '\u{0}'..='\u{24f}' | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}' => Class::Latin,
        '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Class::Unspaced,
        _ => Class::Other,
    }
}

impl<'t> Words<'t> {
    /// Cuts a text into words.
    pub(crate) fn new(text: &'t str) -> Self {
        let mut words = Vec::new();
        let mut open: Option<(usize, Class)> = None;
        for (at, c) in text.char_indices() {
            let is_mark = matches!(c, '\u{300}'..='\u{36f}');
            let class = (letters::is_letter_or_digit(c) || is_mark && open.is_some()).then(|| class(c));
            if let Some((start, own)) = open
                && class != Some(own)
            {
                words.push((start, &text[start..at]));
                open = None;
            }
            if let (None, Some(class)) = (open, class) {
                open = Some((at, class));
            }
        }
        words.extend(open.map(|(start, _)| (start, &text[start..])));
        Self { text, words }
    }

    /// What stands between a word and the next.
    fn between(&self, at: usize) -> &'t str {
        match (self.words.get(at), self.words.get(at + 1)) {
            (Some((start, word)), Some((next, _))) => &self.text[start + word.len()..*next],
            _ => "",
        }
    }
}

impl<'w> Wanted<'w> {
    /// Looks for `text` in targets of a locale.
    pub(crate) fn new(text: &'w str, locale: &Locale, how: How) -> Self {
        Self { text: Words::new(text), language: Language::of(locale), how }
    }

    /// Where the text stands.
    pub(crate) fn find_in(&self, target: &Words<'_>) -> Vec<Range<usize>> {
        let found = self.find_words(target);
        // Japanese puts blanks between words of katakana or does not.
        let is_unspaced = |(_, word): &(usize, &str)| first_class(word) == Class::Unspaced;
        if found.is_empty()
            && self.how.loose
            && self.text.words.len() > 1
            && self.text.words.iter().all(is_unspaced)
            && signs(self.text.text).chars().all(char::is_alphanumeric)
        {
            let joined = signs(self.text.text);
            return Wanted { text: Words::new(&joined), language: self.language, how: self.how }
                .find_words(target);
        }
        found
    }

    fn find_words(&self, target: &Words<'_>) -> Vec<Range<usize>> {
        let count = self.text.words.len();
        if count == 0 {
            return target.text.match_indices(self.text.text).map(|(at, text)| at..at + text.len()).collect();
        }
        let starts = 0..(target.words.len() + 1).saturating_sub(count);
        starts.filter_map(|first| self.at(target, first)).collect()
    }

    /// Whether the text stands somewhere.
    pub(crate) fn is_in(&self, target: &Words<'_>) -> bool {
        !self.find_in(target).is_empty()
    }

    fn at(&self, target: &Words<'_>, first: usize) -> Option<Range<usize>> {
        let last = self.text.words.len() - 1;
        let mut range = 0..0;
        for (number, (_, wanted)) in self.text.words.iter().enumerate() {
            let (start, word) = target.words[first + number];
            let part = self.word(wanted, word, (number == 0, number == last))?;
            if number == 0 {
                range.start = start + part.start;
            }
            range.end = start + part.end;
            if number < last && !self.is_separated(target, number, first + number) {
                return None;
            }
        }
        let lead = &self.text.text[..self.text.words[0].0];
        let (tail_at, tail_word) = self.text.words[last];
        let tail = &self.text.text[tail_at + tail_word.len()..];
        let fits = target.text[..range.start].ends_with(lead)
            && target.text[range.end..].trim_start_matches('\\').starts_with(tail);
        range.start -= lead.len() * usize::from(fits);
        fits.then_some(range)
    }

    /// The part of `word` that is a form of `wanted`, the first or the last of the wanted words.
    fn word(&self, wanted: &str, word: &str, (is_first, is_last): (bool, bool)) -> Option<Range<usize>> {
        let (own, other) = (first_class(wanted), first_class(word));
        if own != other {
            return None;
        }
        if own == Class::Unspaced {
            return contained(wanted, word, is_first, is_last, self.how.loose);
        }
        // Korean joins particles, verbs and other nouns to a noun.
        if self.how.loose && is_hangul(wanted) && wanted.chars().nth(1).is_some() {
            return word.find(wanted).map(|at| at..at + wanted.len());
        }
        // Strict with what is forbidden: other accents make another word of that.
        let is_generous = self.how.loose && !self.how.exact;
        let fold = |c: char| {
            let c = if self.how.case_sensitive { c } else { self.language.fold(c) };
            if is_generous { self.language.without_accent(c) } else { c }
        };
        // Only compounds, and words with others written on them, start with other letters.
        let starts_otherwise =
            self.how.loose && self.language.data.compounds || is_generous && !self.language.joined.is_empty();
        if !starts_otherwise && wanted.chars().next().map(fold) != word.chars().next().map(fold) {
            return None;
        }
        let fold = |text: &str| -> Vec<char> { text.chars().map(fold).collect() };
        let (wanted, folded) = (fold(wanted), fold(word));
        let is_form = wanted == folded
            || !self.how.exact
                && (self.language.is_form(&wanted, &folded)
                    || self.how.loose && self.language.is_compound(&wanted, &folded, is_first, is_last)
                    || is_generous && self.language.is_joined(&wanted, &folded));
        is_form.then_some(0..word.len())
    }

    /// Whether what stands between two words of the target can stand for what stands between two wanted ones.
    fn is_separated(&self, target: &Words<'_>, wanted_at: usize, target_at: usize) -> bool {
        let wanted = self.text.between(wanted_at);
        // Markup round a part of the term does not matter.
        let found: Cow<'_, str> = target.between(target_at).replace(['*', '[', ']', '\\'], "").into();
        let (blank, found_blank) =
            (wanted.contains(char::is_whitespace), found.contains(char::is_whitespace));
        let (wanted_sign, found_sign) = (signs(wanted), signs(&found));
        if !wanted_sign.is_empty() {
            return wanted_sign == found_sign && (blank || !found_blank);
        }
        let script_changes = self.text.words.get(wanted_at..wanted_at + 2).is_some_and(|pair| {
            let classes = [first_class(pair[0].1), first_class(pair[1].1)];
            classes[0] != classes[1] && classes.contains(&Class::Unspaced)
        });
        let hyphen = self.how.loose && blank && found_sign == "-";
        hyphen || found_sign.is_empty() && (blank == found_blank || script_changes)
    }
}

/// The signs of what stands between words, without blanks; all hyphens are one.
fn signs(between: &str) -> String {
    let plain = |c: char| if matches!(c, '\u{2010}'..='\u{2013}') { '-' } else { c };
    between.chars().filter(|c| !c.is_whitespace()).map(plain).collect()
}

fn first_class(word: &str) -> Class {
    word.chars().next().map_or(Class::Other, class)
}

fn is_hangul(word: &str) -> bool {
    word.chars().all(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'))
}

/// Where `wanted` stands in a run of a script without blanks. Katakana is read in whole words, ユーザー is no part of
/// ユーザーズ; where compounds will do, in whole syllables, フォルダ is no part of フォルダー.
fn contained(wanted: &str, run: &str, is_first: bool, is_last: bool, loose: bool) -> Option<Range<usize>> {
    let is_katakana = |c: char| matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}');
    let lengthens =
        |c: char| matches!(c, 'ー' | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ン');
    let goes_on = |a: Option<char>, b: Option<char>| {
        a.is_some_and(is_katakana) && b.is_some_and(|b| if loose { lengthens(b) } else { is_katakana(b) })
    };
    let (first, last) = (wanted.chars().next(), wanted.chars().next_back());
    let fits = |at: &usize| {
        let (before, after) = (&run[..*at], &run[at + wanted.len()..]);
        (is_first || before.is_empty())
            && (is_last || after.is_empty())
            && !goes_on(before.chars().next_back(), first)
            && !goes_on(last, after.chars().next())
    };
    let at = run.match_indices(wanted).map(|(at, _)| at).find(fits)?;
    Some(at..at + wanted.len())
}

impl Language {
    pub(crate) fn of(locale: &Locale) -> Self {
        let language = locale.language();
        let is_turkic = matches!(language, "tr" | "az");
        let is_isolating = matches!(language, "ja" | "km" | "lo" | "my" | "th" | "vi" | "zh");
        let moves_accents = matches!(language, "ca" | "el" | "es" | "gl");
        let joined: &[&str] = match language {
            "ar" => &JOINED_IN_ARABIC,
            "he" | "iw" => &JOINED_IN_HEBREW,
            _ => &[],
        };
        Self { data: locale_data::of(locale), is_turkic, is_isolating, moves_accents, joined }
    }

    /// A letter without its case.
    fn fold(self, c: char) -> char {
        match c {
            'I' if self.is_turkic => 'ı',
            'İ' => 'i',
            c => letters::lower(c).next().unwrap_or(c),
        }
    }

    /// A letter without an accent that may come and go.
    fn without_accent(self, c: char) -> char {
        const ACCENTS: [(char, char); 14] = [
            ('á', 'a'),
            ('é', 'e'),
            ('í', 'i'),
            ('ó', 'o'),
            ('ú', 'u'),
            ('à', 'a'),
            ('ò', 'o'),
            ('ά', 'α'),
            ('έ', 'ε'),
            ('ή', 'η'),
            ('ί', 'ι'),
            ('ό', 'ο'),
            ('ύ', 'υ'),
            ('ώ', 'ω'),
        ];
        let found = || ACCENTS.iter().find(|(marked, _)| *marked == c);
        if self.moves_accents { found().map_or(c, |(_, plain)| *plain) } else { c }
    }

    /// Whether `word` is a form of `base` with others written on it: الحزمة, בחבילה.
    fn is_joined(self, base: &[char], word: &[char]) -> bool {
        /// Shorter words stand in others by chance.
        const SHORTEST: usize = 3;
        let starts = |joined: &str| {
            let letters: Vec<char> = joined.chars().collect();
            word.strip_prefix(&letters[..]).is_some_and(|rest| rest == base || self.is_form(base, rest))
        };
        base.len() >= SHORTEST && self.joined.iter().any(|joined| starts(joined))
    }

    /// Whether `word` is a form of `base`, both in small letters: what follows the letters that they share are endings
    /// of the language.
    pub(crate) fn is_form(self, base: &[char], word: &[char]) -> bool {
        /// Shorter stems have too many neighbours, unless it is told how they change.
        const SHORTEST_STEM: usize = 3;
        const SHORTEST_CHANGED: usize = 2;
        const LONG_CHANGE: usize = 3;
        if base.iter().all(char::is_ascii_digit) {
            return base == word;
        }
        let common = base.iter().zip(word).take_while(|(a, b)| a == b).count();
        let shortest =
            if self.data.endings.is_there() { base.len().div_ceil(2) } else { base.len().saturating_sub(2) };
        let from = shortest.max(SHORTEST_CHANGED).min(base.len());
        (1.min(common)..=common).rev().any(|stem| {
            let long_enough = stem >= from.max(SHORTEST_STEM.min(base.len()));
            let (base, word) = (&base[stem..], &word[stem..]);
            let both_end = |base: &[char], word: &[char]| self.is_ending(base) && self.is_ending(word);
            long_enough && both_end(base, word)
                || self.data.stem_changes.iter().any(|(one, other)| {
                    // A change of many letters is told by those: Buch, Bücher.
                    if stem < from && (stem == 0 || one.len().max(other.len()) < LONG_CHANGE) {
                        return false;
                    }
                    let changed = |a: &[char], b: &[char]| {
                        base.strip_prefix(a).zip(word.strip_prefix(b)).is_some_and(|(a, b)| both_end(a, b))
                    };
                    changed(one, other) || changed(other, one)
                })
        })
    }

    /// Whether nothing but an ending of the language is left of a word.
    fn is_ending(self, rest: &[char]) -> bool {
        /// Where nothing is known of a language, so many letters may be an ending.
        const LONGEST_UNKNOWN: usize = 3;
        if rest.is_empty() {
            return true;
        }
        match self.data.endings.get() {
            Some(endings) => endings.is_match(&rest.iter().collect::<String>()),
            None if self.is_isolating => false,
            None => rest.len() <= LONGEST_UNKNOWN && rest.iter().all(|c| c.is_alphabetic()),
        }
    }

    /// Whether `word` is a compound with `base`, where something can stand before it and after it.
    fn is_compound(self, base: &[char], word: &[char], before: bool, after: bool) -> bool {
        /// Shorter words stand in others by chance.
        const SHORTEST: usize = 4;
        if !self.data.compounds || base.len() < SHORTEST {
            return false;
        }
        // The first part loses its last vowel: återförsäljare, återförsäljarstatus.
        let head = base
            .strip_suffix(&['e'])
            .or_else(|| base.strip_suffix(&['a']))
            .filter(|head| head.len() > SHORTEST);
        let head = head.unwrap_or(base);
        (0..word.len()).filter(|cut| *cut == 0 || before).any(|cut| {
            let rest = &word[cut..];
            after && rest.starts_with(head)
                || cut > 0 && rest.first() == base.first() && self.is_form(base, rest)
        })
    }
}
