use crate::random::Random;
use crate::text::{ENGLISH, Language, Section};

const SERVICES: &[&str] =
    &["Harbor Relay", "Harbor Vault", "Harbor Mirror", "Harbor Gate", "Harbor Index", "Harbor Signer"];
const VERBS: &[&str] = &[
    "pack", "push", "install", "restore", "list", "verify", "sign", "search", "remove", "update", "cache",
    "config",
];
const OPTIONS: &[&str] = &[
    "--output",
    "--server",
    "--project",
    "--log-file",
    "--config",
    "--source",
    "--jobs",
    "--timeout",
    "--profile",
    "--target",
];
const VALUES: &[&str] =
    &["dist", "https://packages.example.com", "build/out", "release", "./settings.yml", "main"];
const FILES: &[&str] = &[
    "harbor.json",
    "harbor.lock.json",
    "settings.yml",
    "server.toml",
    "build/project.xml",
    "access.log",
    "package.manifest",
];
const KEYS: &[&str] =
    &["maxDownloads", "retryCount", "cacheDays", "server.timeout", "logLevel", "HARBOR_JOBS", "keepVersions"];
/// Numbers after which nouns stand in one form in every language.
const NUMBERS: &[usize] = &[15, 20, 25, 30, 40, 45, 50, 60, 90];
const SLUGS: &[&str] = &["package-versions", "manifest", "access-control", "signing", "cache", "proxy"];

/// The service that an article is about.
pub(crate) fn service(random: &mut Random) -> &'static str {
    random.pick(SERVICES)
}

/// A command line, such as code fences show.
pub(crate) fn command(random: &mut Random) -> String {
    format!("harbor {} {} {}", random.pick(VERBS), random.pick(OPTIONS), random.pick(VALUES))
}

/// An option, as tables list them.
pub(crate) fn option(random: &mut Random) -> &'static str {
    random.pick(OPTIONS)
}

/// A value of an option.
pub(crate) fn value(random: &mut Random) -> &'static str {
    random.pick(VALUES)
}

/// What stands in the slots, alike in all languages.
#[derive(Clone, Debug)]
struct Slots {
    command: String,
    file: &'static str,
    option: &'static str,
    key: &'static str,
    number: usize,
    version: String,
    service: &'static str,
    slug: &'static str,
}

/// A sentence that can be said in every language.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    section: Section,
    line: usize,
    condition: Option<usize>,
    slots: Slots,
}

impl Sentence {
    /// A sentence of a section.
    pub(crate) fn new(section: Section, service: &'static str, random: &mut Random) -> Self {
        let line = random.below(ENGLISH.lines(section).len());
        Self::at(section, line, service, random)
    }

    /// The sentence with this number.
    pub(crate) fn at(section: Section, line: usize, service: &'static str, random: &mut Random) -> Self {
        let slots = Slots {
            command: command(random),
            file: random.pick(FILES),
            option: random.pick(OPTIONS),
            key: random.pick(KEYS),
            number: random.pick(NUMBERS),
            version: format!("{}.{}", random.between(3, 6), random.between(1, 9)),
            service,
            slug: random.pick(SLUGS),
        };
        Self { section, line, condition: None, slots }
    }

    /// A sentence of prose: a fact, or what to do, sometimes after a condition.
    pub(crate) fn prose(service: &'static str, random: &mut Random) -> Self {
        if random.percent(50) {
            return Self::new(Section::Fact, service, random);
        }
        let mut action = Self::new(Section::Action, service, random);
        if random.percent(60) {
            action.condition = Some(random.below(ENGLISH.lines(Section::Condition).len()));
        }
        action
    }

    /// What it says in a language.
    pub(crate) fn say(&self, language: &Language) -> String {
        let template = language.lines(self.section)[self.line];
        if self.section != Section::Action {
            return self.fill(template);
        }
        let patterns = language.lines(Section::Sentence);
        match self.condition {
            None => capitalized(&self.fill(&patterns[0].replace("{action}", template))),
            Some(condition) => {
                let condition = language.lines(Section::Condition)[condition];
                let sentence = patterns[1].replace("{condition}", condition).replace("{action}", template);
                self.fill(&sentence)
            }
        }
    }

    /// The template with its slots filled.
    fn fill(&self, template: &str) -> String {
        let slots = &self.slots;
        let mut text = String::with_capacity(template.len() + 32);
        let mut parts = template.split('{');
        text += parts.next().unwrap_or_default();
        for part in parts {
            let (slot, rest) = part.split_once('}').unwrap_or((part, ""));
            match slot {
                "c" => text += &slots.command,
                "f" => text += slots.file,
                "o" => text += slots.option,
                "k" => text += slots.key,
                "n" => text += &slots.number.to_string(),
                "v" => text += &slots.version,
                "s" => text += slots.service,
                _ => text += slots.slug,
            }
            text += rest;
        }
        text
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
