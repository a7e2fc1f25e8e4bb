//! Whether a text has a name in some form: inflected, shortened to its beginning, spelt otherwise.

use std::ops::Range;

use crate::support::script;

/// The name without what stands in parentheses.
pub(crate) fn bare(name: &str) -> &str {
    let end = name.find(['(', '（']).filter(|end| *end > 0).unwrap_or(name.len());
    name[..end].trim()
}

/// The words of more than three letters, or all if there are none.
pub(crate) fn long_words(name: &str) -> Vec<&str> {
    let words = || name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let long: Vec<&str> = words().filter(|word| word.chars().count() > 3).collect();
    if long.is_empty() { words().collect() } else { long }
}

/// The places where the name stands as a word, without its last vowel and with an ending of up to four letters.
pub(crate) fn inflected(text: &str, name: &str) -> Vec<Range<usize>> {
    const ENDING: usize = 4;
    let last = name.chars().next_back().filter(|c| name.chars().count() > 4 && is_vowel(*c));
    let stem = &name[..name.len() - last.map_or(0, char::len_utf8)];
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let places = text.match_indices(stem).filter_map(|(at, _)| {
        let rest = &text[at + stem.len()..];
        let ending = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let short =
            rest[..ending].chars().count() <= ENDING && rest[..ending].chars().all(char::is_alphabetic);
        (short && !letter(text[..at].chars().next_back())).then(|| at..at + stem.len() + ending)
    });
    places.collect()
}

fn is_vowel(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    }
    let plain = fold(&c.to_string());
    matches!(plain.as_str(), "a" | "e" | "i" | "o" | "u" | "y") || "аеёиоуыэюяйь".contains(c)
}

/// Words for a republic, which adjectives go without: jihoafrický, Czech.
const REPUBLICS: [&str; 8] =
    ["republi", "respubli", "rzeczpospol", "koztarsasag", "tasavalta", "cumhuriyet", "республик", "δημοκρατ"];

/// Whether each word of the name has its beginning in the text: half of it, without the word for a country.
pub(crate) fn has_stems(folded: &str, text: &str, name: &str) -> bool {
    // The beginning of an adjective, which goes by other letters than the name.
    if let Some(start) = name.strip_suffix('-') {
        return has_word_start(folded, &fold(start));
    }
    if !name.contains(char::is_lowercase) && name.contains(char::is_uppercase) {
        return count(text, name) > 0;
    }
    let words: Vec<String> = long_words(name).into_iter().map(fold).collect();
    let is_republic = |word: &&String| REPUBLICS.iter().any(|republic| word.starts_with(republic));
    let all_are = words.iter().all(|word| is_republic(&word));
    words.iter().filter(|word| all_are || !is_republic(word)).all(|word| {
        let root = ["orszag", "land"].iter().find_map(|land| word.strip_suffix(land)).unwrap_or(word);
        let half = root.chars().count().div_ceil(2).max(3);
        // The article of Arabic melts into prepositions.
        let root = word.strip_prefix("ال").unwrap_or(word);
        let stem: String = root.chars().take(half).collect();
        // Words begin with conjunctions and prepositions where these are written together.
        let joined = stem.chars().next().is_some_and(|c| c as u32 >= 0x0590);
        if joined { folded.contains(&stem) } else { has_word_start(folded, &stem) }
    })
}

/// Whether each word of the English name that tells something is in the text.
pub(crate) fn has_english(folded: &str, text: &str, name: &str) -> bool {
    const GENERIC: [&str; 7] = ["and", "island", "islands", "of", "republic", "territory", "the"];
    if name.chars().count() <= 3 {
        return count(text, name) > 0;
    }
    let own = fold(name);
    let words =
        own.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2 && !GENERIC.contains(word));
    let words: Vec<&str> = words.collect();
    // An abbreviation with points has none.
    if words.is_empty() {
        return text.contains(name);
    }
    words.iter().all(|word| folded.contains(word))
}

/// Whether a stretch of the text has half of the characters of the name, but for words such as state and island.
pub(crate) fn resembles(text: &str, name: &str) -> bool {
    const GENERIC: &str = "國国島岛群共和제도국령州 -・·";
    let mut own: Vec<char> = name.chars().filter(|c| !GENERIC.contains(*c)).collect();
    if own.is_empty() {
        own = name.chars().collect();
    }
    own.sort_unstable();
    own.dedup();
    let (need, width) = (own.len().div_ceil(2), name.chars().count() + 1);
    let text: Vec<char> = text.chars().collect();
    (0..text.len()).filter(|at| own.contains(&text[*at])).any(|at| {
        let stretch = &text[at..text.len().min(at + width)];
        own.iter().filter(|c| stretch.contains(c)).count() >= need
    })
}

/// Whether a word of the text starts so.
pub(crate) fn has_word_start(text: &str, start: &str) -> bool {
    text.match_indices(start)
        .any(|(at, _)| !text[..at].chars().next_back().is_some_and(char::is_alphanumeric))
}

/// How often a short name or code stands in a text as a word.
pub(crate) fn count(text: &str, code: &str) -> usize {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !script::is_spaceless_char(c));
    let places = text.match_indices(code);
    places
        .filter(|(at, _)| {
            !letter(text[..*at].chars().next_back()) && !letter(text[at + code.len()..].chars().next())
        })
        .count()
}

/// In lower case, letters of Latin, Cyrillic, Greek and Arabic script without their marks.
pub(crate) fn fold(text: &str) -> String {
    const PLAIN: [(char, &str); 30] = [
        ('a', "àáâãäåāăąǎ"),
        ('c', "çćĉċč"),
        ('d', "ďđð"),
        ('e', "èéêëēĕėęě"),
        ('g', "ĝğġģ"),
        ('h', "ĥħ"),
        ('i', "ìíîïĩīĭįı"),
        ('j', "ĵ"),
        ('k', "ķ"),
        ('l', "ĺļľł"),
        ('n', "ñńņňŋ"),
        ('o', "òóôõöøōŏőơ"),
        ('r', "ŕŗř"),
        ('s', "śŝşšș"),
        ('t', "ţťŧț"),
        ('u', "ùúûüũūŭůűųư"),
        ('w', "ŵ"),
        ('y', "ýÿŷ"),
        ('z', "źżž"),
        ('е', "ё"),
        ('α', "ά"),
        ('ε', "έ"),
        ('η', "ή"),
        ('ι', "ίϊΐ"),
        ('ο', "ό"),
        ('υ', "ύϋΰ"),
        ('ω', "ώ"),
        // Many write these without the hamza and the dots.
        ('ا', "أإآ"),
        ('ي', "ى"),
        ('ه', "ة"),
    ];
    let plain = |c: char| {
        let marked = (c as u32 >= 0xC0) && (c as u32) < 0x650;
        PLAIN.iter().find(|(_, letters)| marked && letters.contains(c)).map_or(c, |(plain, _)| *plain)
    };
    text.chars().flat_map(char::to_lowercase).filter(|c| *c != '\u{307}').map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_name() {
        assert!(inflected("v Portugalsku.", "Portugalsko").len() == 1);
        assert!(inflected("Nigerianern", "Niger").is_empty());
        assert!(has_stems(&fold("Jihoafričtí partneři"), "", "Jihoafrická republika"));
        assert!(!has_stems(&fold("Jižní Amerika"), "", "Jižní Afrika"));
        assert!(has_stems(&fold("Dänische Kunden"), "", "dänisch-"));
        assert!(!has_stems(&fold("auf Dänemark"), "", "dänisch-"));
        assert!(
            has_english("cocos islands", "", "Cocos (Keeling) Islands")
                || bare("Cocos (Keeling) Islands") == "Cocos"
        );
        assert!(resembles("澳大利亚的", "澳大利亞") && !resembles("立陶宛", "拉脫維亞"));
        assert_eq!((count("SE, SEK", "SE"), fold("ŁÓDŹ İ")), (1, "lodz i".into()));
    }
}
