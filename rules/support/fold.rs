//! Texts without what does not make another translation of them: case, blanks, quotation marks, punctuation.

use super::inline;

/// A source without its case, blanks, quotation marks, emphasis and end punctuation. Signs inside it stay: `C#` is not `C`.
pub(crate) fn source(text: &str) -> String {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || ".,:;!?*_".contains(c));
    text.chars().filter(|c| !is_ornament(*c)).flat_map(char::to_lowercase).collect()
}

/// The letters and digits of a target, in lower case; code and addresses apart, which are the matter of other rules.
pub(crate) fn target(text: &str) -> String {
    inline::masked(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_ornament(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '*' | '\\' | '‘' | '’' | '“' | '”' | '«' | '»')
}

/// Whether an English text has something to translate that is neither code nor a name nor a number nor an address: two
/// words, one of them in small letters.
pub(crate) fn is_prose(text: &str) -> bool {
    let masked = inline::masked(text);
    let words = masked
        .split(|c: char| c.is_whitespace() || c == inline::MASK)
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| {
            word.len() > 1 && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
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
        assert_eq!(source("**Next**  steps:"), source("Next steps"));
        assert_ne!(source("Use C# here"), source("Use C here"));
        assert_eq!(target("Další\u{a0}kroky."), target("další kroky"));
        assert_ne!(target("Další kroky"), target("Další postup"));
        assert_eq!(target("Viz `a` a [b](c.md)"), target("Viz a [b](d.md)"));
    }

    #[test]
    fn prose_is_more_than_names_and_code() {
        for text in ["Next steps", "**Applies to**: Harbor Center", "Run `harbor pack` first"] {
            assert!(is_prose(text), "{text}");
        }
        for text in [
            "Harbor Center",
            "`harbor pack now`",
            "string",
            "12.5 MB",
            "[](see also.md)",
            "harbor-client-index",
        ] {
            assert!(!is_prose(text), "{text}");
        }
    }
}
