//! What a document calls a thing, learnt from its units.

use std::ops::Range;

use super::script::is_spaceless_char;

/// Units that have to bear it out.
const WITNESSES: usize = 2;

/// The words of `text` that the document has for a name: more than half of the units whose source has the name and whose
/// target does not have them, and no unit without the name. `units` are sources and targets.
pub(crate) fn called(units: &[(&str, &str)], text: &str, name: &str) -> Option<Range<usize>> {
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for (source, target) in units {
        if !source.contains(name) {
            without.push(target.to_lowercase());
        } else if !target.contains(name) {
            with.push(target.to_lowercase());
        }
    }
    if with.len() < WITNESSES {
        return None;
    }
    let usual = |term: &Range<usize>| {
        let term = text[term.clone()].to_lowercase();
        let seen = with.iter().filter(|target| target.contains(&term)).count();
        // Words that come with the name by chance do so now and then.
        seen >= WITNESSES && 2 * seen > with.len()
    };
    let other = |term: &Range<usize>| {
        let term = text[term.clone()].to_lowercase();
        without.iter().any(|target| target.contains(&term))
    };
    // A word of the name itself is no other name for it.
    let own = |term: &Range<usize>| name.to_lowercase().contains(&text[term.clone()].to_lowercase());
    let found = terms(text).into_iter().find(|term| !own(term) && usual(term) && !other(term))?;
    Some(whole(text, found, usual))
}

/// A term grown by the characters round it as long as it stays usual; in scripts with blanks it is whole words already.
fn whole(text: &str, mut term: Range<usize>, usual: impl Fn(&Range<usize>) -> bool) -> Range<usize> {
    let grows = |c: &char| is_spaceless_char(*c);
    while let Some(c) = text[..term.start].chars().next_back().filter(grows) {
        let grown = term.start - c.len_utf8()..term.end;
        if !usual(&grown) {
            break;
        }
        term = grown;
    }
    while let Some(c) = text[term.end..].chars().next().filter(grows) {
        let grown = term.start..term.end + c.len_utf8();
        if !usual(&grown) {
            break;
        }
        term = grown;
    }
    term
}

/// What may be a name in a target: words from five letters on, pairs of words, and four characters in a row of a script
/// without blanks.
fn terms(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (from, c.is_alphanumeric()) {
            (None, true) => from = Some(at),
            (Some(start), false) => {
                words.push(start..at);
                from = None;
            }
            _ => {}
        }
    }
    let mut terms: Vec<Range<usize>> = words
        .windows(2)
        .filter(|pair| text[pair[0].end..pair[1].start] == *" ")
        .map(|pair| pair[0].start..pair[1].end)
        .collect();
    for word in words {
        let piece = &text[word.clone()];
        if piece.starts_with(is_spaceless_char) && !piece.is_ascii() {
            let at: Vec<usize> = piece.char_indices().map(|(at, _)| at).chain([piece.len()]).collect();
            terms.extend(at.windows(5).map(|span| word.start + span[0]..word.start + span[4]));
        } else if piece.chars().count() >= 5 {
            terms.push(word);
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rendering_is_what_comes_with_the_name_and_not_without_it() {
        let units = [
            ("Sign in to Harbor Center.", "登入港口作業中心。"),
            ("See Harbor Center.", "請參閱港口作業中心。"),
            ("Use the harbor.", "使用港口。"),
        ];
        let text = "在港口作業中心註冊";
        let found = called(&units, text, "Harbor Center").map(|range| &text[range]);
        assert_eq!(found, Some("港口作業中心"));
        assert_eq!(called(&units[1..], text, "Harbor Center"), None, "one witness");
        let everywhere = [units[0], units[1], ("Go on.", "港口作業中心。")];
        assert_eq!(called(&everywhere, text, "Harbor Center"), None);
        let halves =
            [("Run Harbor Studio.", "Запустите Harbor."), ("Stop Harbor Studio.", "Закройте Harbor.")];
        assert_eq!(called(&halves, "версия Harbor", "Harbor Studio"), None, "a part of the name");
    }
}
