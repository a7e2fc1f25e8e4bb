//! Words and signs after a number that multiply it: 万, тыс., करोड़.

/// Each with the zeros that it adds. They stand in texts of any language: none means two things, but for `mil`, which is a
/// million with a stop in some.
const SIGNS: [(char, usize); 9] =
    [('千', 3), ('천', 3), ('万', 4), ('萬', 4), ('만', 4), ('億', 8), ('亿', 8), ('억', 8), ('兆', 12)];

/// Whole words.
const WORDS: [(&str, usize); 30] = [
    ("тыс", 3),
    ("тис", 3),
    ("млн", 6),
    ("млрд", 9),
    ("tys", 3),
    ("tis", 3),
    ("mln", 6),
    ("mld", 9),
    ("mlrd", 9),
    ("mil", 3),
    ("mil", 6),
    ("mille", 3),
    ("mila", 3),
    ("mii", 3),
    ("mio", 6),
    ("mrd", 9),
    ("tsd", 3),
    ("bin", 3),
    ("ezer", 3),
    ("ribu", 3),
    ("juta", 6),
    ("nghìn", 3),
    ("ngàn", 3),
    ("triệu", 6),
    ("tỷ", 9),
    ("mn", 6),
    ("mljn", 6),
    ("tuhatta", 3),
    ("hiljadu", 3),
    ("tisoč", 3),
];

/// Beginnings of words that have many endings, or have no blank after them.
const STARTS: [(&str, usize); 37] = [
    ("тысяч", 3),
    ("тисяч", 3),
    ("хиляд", 3),
    ("миллион", 6),
    ("мільйон", 6),
    ("милион", 6),
    ("миллиард", 9),
    ("мільярд", 9),
    ("tysi", 3),
    ("tisíc", 3),
    ("tausend", 3),
    ("tusen", 3),
    ("tusind", 3),
    ("duizend", 3),
    ("millia", 9),
    ("millió", 6),
    ("million", 6),
    ("miljon", 6),
    ("miljoen", 6),
    ("milion", 6),
    ("milión", 6),
    ("milyon", 6),
    ("millón", 6),
    ("millones", 6),
    ("milhões", 6),
    ("लाख", 5),
    ("करो", 7),
    ("हज", 3),
    ("พัน", 3),
    ("หมื่น", 4),
    ("แสน", 5),
    ("ล้าน", 6),
    ("ألف", 3),
    ("آلاف", 3),
    ("مليون", 6),
    ("هزار", 3),
    ("میلیون", 6),
];

/// The zeros that the word after a number adds, in each way that it can be read.
pub(crate) fn of_word(after: &str) -> Vec<usize> {
    let after = after.strip_prefix([' ', '\u{a0}', '\u{202f}']).unwrap_or(after);
    if !after.starts_with(char::is_alphabetic) {
        return Vec::new();
    }
    // The tones of Thai are no letters.
    let is_part = |c: char| c.is_alphabetic() || ('\u{e47}'..='\u{e4e}').contains(&c);
    let end = after.find(|c| !is_part(c)).unwrap_or(after.len());
    let word = after[..end].to_lowercase();
    let whole = WORDS.iter().filter(|(own, _)| *own == word);
    let started = STARTS.iter().filter(|(start, _)| word.starts_with(start));
    whole.chain(started).map(|(_, zeros)| *zeros).collect()
}

/// The zeros that the signs after a number add, 3 and 4 in `2千万`, and what stands behind them.
pub(crate) fn of_signs(after: &str) -> Option<(usize, &str)> {
    let after = after.strip_prefix([' ', '\u{a0}']).unwrap_or(after);
    let sign = |text: &str| {
        let first = text.chars().next()?;
        let (_, zeros) = SIGNS.iter().find(|(sign, _)| *sign == first)?;
        Some((*zeros, first.len_utf8()))
    };
    let (mut zeros, mut at) = sign(after)?;
    if let Some((more, len)) = sign(&after[at..]).filter(|(more, _)| zeros == 3 && *more > 3) {
        (zeros, at) = (zeros + more, at + len);
    }
    Some((zeros, &after[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs() {
        assert_eq!(of_word(" тыс. человек"), [3]);
        assert_eq!(of_word(" millones"), [6]);
        assert_eq!(of_word("\u{a0}करोड़"), [7]);
        assert_eq!((of_word(" หมื่นไฟล์"), of_word("ล้านคน")), (vec![4], vec![6]));
        assert_eq!((of_word(" GB"), of_word(", mil")), (vec![], vec![]));
        assert_eq!(of_signs(" 万 5,000"), Some((4, " 5,000")));
        assert_eq!(of_signs("천만 명"), Some((7, " 명")));
        assert_eq!(of_signs("年"), None);
    }
}
