//! The keys of a configuration, in one place: the reader, the schema, and `loclint config` go by them.

/// A key: its name, what it takes, and what it does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) about: &'static str,
}

/// The names of keys.
pub(super) fn names(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// A text.
    Text,
    /// A text or several.
    Texts,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A whole number, from 0 on.
    Number,
    /// A number with decimals, from 0 to 100.
    Score,
    /// Yes or no.
    Flag,
    /// A path, or a mapping with these keys.
    Source(&'static [Key]),
    /// A mapping with these keys.
    Mapping(&'static [Key]),
    /// A list of mappings with these keys, of which at least one of the second kind is there.
    Mappings(&'static [Key], &'static [&'static str]),
    /// Rules and categories with their severities and options.
    Rules,
    /// A rule or a category.
    RuleName,
    /// Ids of units or their numbers: one or several.
    Units,
}

/// The words for how severe a finding is, and for no finding at all.
pub(super) const LEVELS: [&str; 4] = ["off", "info", "warning", "error"];

pub(super) const FAIL_ON: [&str; 4] = ["error", "warning", "info", "never"];

pub(super) const CONFIDENCES: [&str; 3] = ["low", "medium", "high"];

const fn key(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, about }
}

pub(super) const SOURCE: &[Key] = &[
    key("path", Kind::Text, "A folder, a git work tree or a bare repository, relative to this file."),
    key("folder", Kind::Text, "The folder in it that holds the articles."),
    key("ref", Kind::Text, "The branch, tag or commit that counts as its newest version."),
];

pub(super) const GATE: &[Key] = &[
    key("fail-on", Kind::Word(&FAIL_ON), "The lowest severity of a finding that makes the exit code 1."),
    key("max-warnings", Kind::Number, "More warnings than this make the exit code 1."),
    key("min-score", Kind::Score, "A quality score of a locale below this makes the exit code 1."),
];

pub(super) const OVERRIDE: &[Key] = &[
    key("paths", Kind::Texts, "Patterns as in .gitignore, relative to this file; without them, all paths."),
    key(
        "locales",
        Kind::Texts,
        "Locales: \"de\" stands for de-DE and de-AT too, \"zh-Hant\" for zh-TW. Without them, all locales.",
    ),
    key("rules", Kind::Rules, "Rules and categories with their severities and options, for these documents."),
];

/// At least one of these says what an override is about.
pub(super) const OVERRIDE_NEEDS: &[&str] = &["paths", "locales"];

pub(super) const SUPPRESS: &[Key] = &[
    key("rule", Kind::RuleName, "A rule or a category; without it, all rules."),
    key("paths", Kind::Texts, "Patterns as in .gitignore, relative to this file; without them, all paths."),
    key(
        "units",
        Kind::Units,
        "Ids of units, such as \"8c032-103\", or their numbers, 103, which stay the same with every hand-off.",
    ),
    key("message", Kind::Text, "A regular expression that the message of the finding matches somewhere."),
    key("reason", Kind::Text, "Why the findings are accepted; \"--statistics\" shows it."),
];

/// At least one of these says what is suppressed.
pub(super) const SUPPRESS_NEEDS: &[&str] = &["rule", "paths", "units", "message"];

/// The keys at the top.
pub(super) const TOP: &[Key] = &[
    key(
        "extends",
        Kind::Texts,
        "Configurations that this one builds on, relative to this file. What stands here wins.",
    ),
    key(
        "include",
        Kind::Texts,
        "Check only what one of these patterns names. As in .gitignore, relative to this file.",
    ),
    key(
        "exclude",
        Kind::Texts,
        "Leave out what one of these patterns names. As in .gitignore, relative to this file.",
    ),
    key(
        "layout",
        Kind::Texts,
        "How paths tell article and locale, such as \"{locale}/{article}\", \"{docset}.{locale}/{article}\" or \
         \"{article}.{locale}.md\". Without it, loclint finds out by itself.",
    ),
    key("source", Kind::Source(SOURCE), "The English source, against which hashes and texts are verified."),
    key("siblings", Kind::Texts, "Trees that hold the same articles in other locales: PATH or PATH@REF."),
    key("glossary", Kind::Texts, "Glossaries: YAML, CSV or TBX files, relative to this file."),
    key(
        "default-glossary",
        Kind::Flag,
        "Whether the names that come with loclint are used; they are by default.",
    ),
    key(
        "baseline",
        Kind::Text,
        "The file of known findings, relative to this file: only new ones are reported.",
    ),
    key(
        "packs",
        Kind::Texts,
        "Rules of your own: YAML files, relative to this file, or packs that come with loclint, by name.",
    ),
    key("min-confidence", Kind::Word(&CONFIDENCES), "Report only findings that are at least this sure."),
    key("gate", Kind::Mapping(GATE), "What makes the exit code 1."),
    key("rules", Kind::Rules, "Rules and categories with their severities and options."),
    key(
        "overrides",
        Kind::Mappings(OVERRIDE, OVERRIDE_NEEDS),
        "Other settings of rules for some paths or locales; the last that fits wins.",
    ),
    key(
        "suppress",
        Kind::Mappings(SUPPRESS, SUPPRESS_NEEDS),
        "Findings that are accepted: where all that an entry says is true of a finding, it is only counted.",
    ),
];
