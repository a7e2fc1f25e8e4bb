//! The error types that rules of packs can have.

/// MQM error types, each with the issue type of ITS 2.0 that it is.
const TYPES: [(&str, &str); 27] = [
    ("addition", "addition"),
    ("capitalization", "misspelling"),
    ("characters", "characters"),
    ("date-format", "locale-violation"),
    ("do-not-translate", "mistranslation"),
    ("duplication", "duplication"),
    ("grammar", "grammar"),
    ("inconsistency", "inconsistency"),
    ("length", "length"),
    ("locale-convention", "locale-violation"),
    ("markup", "markup"),
    ("misspelling", "misspelling"),
    ("mistranslation", "mistranslation"),
    ("number-format", "locale-violation"),
    ("numbers", "numbers"),
    ("omission", "omission"),
    ("organizational-style", "style"),
    ("other", "other"),
    ("punctuation", "typographical"),
    ("register", "register"),
    ("spelling", "misspelling"),
    ("terminology", "terminology"),
    ("third-party-style", "style"),
    ("typographical", "typographical"),
    ("unidiomatic", "style"),
    ("untranslated", "untranslated"),
    ("whitespace", "whitespace"),
];

/// The MQM type of rules that do not say.
pub const DEFAULT: &str = "organizational-style";

/// The MQM types.
pub fn mqm() -> [&'static str; TYPES.len()] {
    TYPES.map(|(mqm, _)| mqm)
}

/// The ITS type of an MQM type.
pub(super) fn its(mqm: &str) -> &'static str {
    TYPES.iter().find(|(known, _)| *known == mqm).map_or("other", |(_, its)| its)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_packs_can_have_every_type_that_rules_of_loclint_have() {
        let infos = crate::builtin(&crate::Settings::default()).unwrap();
        for info in infos.iter().map(|rule| &rule.info) {
            assert!(mqm().contains(&&*info.mqm), "{}: {}", info.id, info.mqm);
            assert!(
                TYPES.iter().any(|(_, its)| *its == info.its),
                "{}: {} is none of ITS",
                info.id,
                info.its
            );
        }
        assert!(mqm().is_sorted());
    }
}
