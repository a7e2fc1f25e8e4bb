//! The error types that rules of packs can have.

/// MQM error types, each with the issue type of ITS 2.0 that it is.
const TYPES: [(&str, &str); 22] = [
    ("addition", "addition"),
    ("date-format", "locale-violation"),
    ("do-not-translate", "mistranslation"),
    ("grammar", "grammar"),
    ("inconsistency", "inconsistency"),
    ("length", "length"),
    ("locale-convention", "locale-violation"),
    ("markup", "markup"),
    ("mistranslation", "mistranslation"),
    ("number-format", "locale-violation"),
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
