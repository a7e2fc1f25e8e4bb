//! Texts without what does not make another translation of them: case, blanks, quotation marks, punctuation.

use super::{inline, letters};

/// Goes through a source without its case, blanks, quotation marks, emphasis and end punctuation. Signs inside it stay:
/// `C#` is not `C`.
pub(crate) fn source(text: &str, each: impl FnMut(char)) {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || ".,:;!?*_".contains(c));
    lowered(text, |c| !is_ornament(c), each);
}

/// Goes through the letters and digits of a masked target, in lower case; code and addresses are the matter of other
/// rules.
pub(crate) fn target(masked: &str, each: impl FnMut(char)) {
    lowered(masked, letters::is_letter_or_digit, each);
}

/// The characters that are kept, in lower case.
fn lowered(text: &str, keep: impl Fn(char) -> bool, mut each: impl FnMut(char)) {
    for c in text.chars().filter(|c| keep(*c)) {
        match c {
            '\0'..='\u{7f}' => each(c.to_ascii_lowercase()),
            _ => letters::lower(c).for_each(&mut each),
        }
    }
}

fn is_ornament(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '*' | '\\' | '‘' | '’' | '“' | '”' | '«' | '»')
}

/// Whether a masked English text has something to translate that is neither code nor a name nor a number nor an address: two
/// words, one of them in small letters.
pub(crate) fn is_prose(masked: &str) -> bool {
    let words = masked
        .split(|c: char| c.is_whitespace() || c == inline::MASK)
        .map(|word| word.trim_matches(|c: char| !letters::is_letter_or_digit(c)))
        .filter(|word| {
            word.len() > 1 && word.chars().all(|c| letters::is_letter(c) || matches!(c, '-' | '\'' | '’'))
        });
    let (mut count, mut small) = (0, false);
    for word in words {
        count += 1;
        small |= word.chars().all(|c| !c.is_uppercase()) && !word.contains('-');
        if count > 1 && small {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_other_translation_is_folded() {
        let source = |text: &str| {
            let mut folded = String::new();
            source(text, |c| folded.push(c));
            folded
        };
        let target = |text: &str| {
            let mut folded = String::new();
            target(&inline::masked(text), |c| folded.push(c));
            folded
        };
        assert_eq!(source("**Next**  steps:"), source("Next steps"));
        assert_ne!(source("Use C# here"), source("Use C here"));
        assert_eq!(target("Další\u{a0}kroky."), target("další kroky"));
        assert_ne!(target("Další kroky"), target("Další postup"));
        assert_eq!(target("Viz `a` a [b](c.md)"), target("Viz a [b](d.md)"));
    }

    #[test]
    fn prose_is_more_than_names_and_code() {
        for text in ["Next steps", "**Applies to**: Harbor Center", "Run `harbor pack` first"] {
            assert!(is_prose(&inline::masked(text)), "{text}");
        }
        for text in [
            "Harbor Center",
            "`harbor pack now`",
            "string",
            "12.5 MB",
            "[](see also.md)",
            "harbor-client-index",
        ] {
            assert!(!is_prose(&inline::masked(text)), "{text}");
        }
    }
}
