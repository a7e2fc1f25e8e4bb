//! The keys of a pack, in one place: the reader and the schema go by them.

/// A key and what it does.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it does, for editors.
    pub about: &'static str,
}

const fn key(name: &'static str, about: &'static str) -> Key {
    Key { name, about }
}

/// The names of keys.
pub fn names(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}

/// The keys of the file.
pub const TOP: &[Key] = &[
    key(
        "category",
        "The first part of the ids, as in \"house/no-du\"; not a category that comes with loclint.",
    ),
    key("rules", "The rules."),
];

/// What a rule looks for: it has one of these.
pub const FORMS: &[Key] = &[
    key("forbid", "A pattern that must not match."),
    key("require", "A pattern that must match."),
    key("require-pair", "Where the source matches one pattern, the target must match the other."),
    key("keep", "A pattern: what it finds in the source must stand in the target as it is."),
    key(
        "terms",
        "Terms with their translations: the name of a glossary beside the pack, or a list of terms.",
    ),
];

/// What every rule can have.
pub const COMMON: &[Key] = &[
    key("name", "The second part of its id: small letters, digits and hyphens."),
    key("description", "What it reports, in one sentence."),
    key("locales", "For which locales: \"de\" stands for de-DE and de-AT too, \"zh-Hant\" for zh-TW."),
    key("except-locales", "For which locales it is not."),
    key("severity", "How severe its findings are; \"off\" for none. A warning if nothing is said."),
    key("mqm", "The MQM error type; organizational-style if nothing is said."),
    key("good", "Examples in which nothing is found. They are tests: \"loclint rules test\"."),
    key("bad", "Examples in which something is found. They are tests: \"loclint rules test\"."),
];

/// What rules other than `terms` can have.
pub const PATTERN: &[Key] = &[
    key("in", "Where it looks; in the target if nothing is said."),
    key("raw", "Whether it sees code, addresses and HTML too."),
    key("if-source", "A pattern: the rule holds only where the source matches."),
    key("unless-source", "A pattern: the rule holds only where the source does not match."),
    key("unless", "A pattern: what lies within a match of it is not reported."),
    key(
        "message",
        "What findings say. {0} is the whole match, {1} and {name} are groups of the pattern, {{ is a brace.",
    ),
    key("help", "What is to be done, with {0}, {1} and {name} as in the message."),
    key(
        "fix",
        "What to put in the place of what \"forbid\" found, with {0}, {1} and {name} as in the message.",
    ),
];

/// The keys of `require-pair`.
pub const PAIR: &[Key] = &[
    key("source", "The pattern for the source."),
    key(
        "target",
        "The pattern for the target. {1} and {name} are what groups of the first matched, letter by letter.",
    ),
];

/// The keys of `fix`.
pub const FIX: &[Key] = &[
    key("replace", "What to put in the place of what was found; nothing to take it out."),
    key("safe", "Whether that can be done without looking."),
];

/// The key of `in`, where it is no word.
pub const IN: &[Key] = &[key("front-matter", "The key of the front matter in whose value it looks.")];

/// The keys of an example.
pub const EXAMPLE: &[Key] = &[
    key("target", "The target, or the value of the key of the front matter."),
    key("source", "The source."),
    key("locale", "The locale: the first of \"locales\" if nothing is said, else de-DE."),
    key("count", "Of a bad example: how many findings there are; at least one if nothing is said."),
    key("fixed", "Of a bad example: the target after all fixes."),
    key("message", "Of a bad example: what the first finding says."),
];

/// Keys of patterns that mean nothing for a form.
pub fn idle(form: &str) -> Vec<&'static str> {
    match form {
        "terms" => names(PATTERN),
        "forbid" => Vec::new(),
        "require" => vec!["fix", "unless"],
        _ => vec!["fix"],
    }
}
