use std::sync::Arc;

use bitext::{Locale, Span};
use regex::Regex;

use super::template::{Template, Wanted};
use super::{issue, page};
use crate::glossary::Glossary;
use crate::reader::Origin;
use crate::{Confidence, FixKind, RuleInfo, RuleSource, Scope, Severity};

/// A rule of a pack.
#[derive(Clone, Debug)]
pub struct Definition {
    /// `category/name`.
    pub id: String,
    /// What it reports, in one sentence.
    pub description: String,
    /// Its severity; `None` for off.
    pub severity: Option<Severity>,
    /// The MQM error type.
    pub mqm: &'static str,
    /// What it looks for.
    pub form: Form,
    /// Where it looks.
    pub place: Where,
    /// In which locales.
    pub locales: Locales,
    /// Whether it sees code, addresses and HTML too.
    pub raw: bool,
    /// Holds only where the source matches.
    pub if_source: Option<Regex>,
    /// Holds only where the source does not match.
    pub unless_source: Option<Regex>,
    /// What lies in a match of this is meant.
    pub unless: Option<Regex>,
    /// What findings say.
    pub message: Option<Template>,
    /// What is to be done.
    pub help: Option<Template>,
    /// What to put in the place of what is found.
    pub fix: Option<Fix>,
    /// Its tests.
    pub examples: Vec<Example>,
    /// Where it was read.
    pub origin: Origin,
    /// The same, for messages about the file.
    pub span: Span,
}

/// What a rule looks for.
#[derive(Clone, Debug)]
pub enum Form {
    /// What must not stand there.
    Forbid(Regex),
    /// What must stand there.
    Require(Regex),
    /// Where the source has the one, the target must have the other.
    RequirePair(Regex, Wanted),
    /// What the source has of this, the target must have as it is.
    Keep(Regex),
    /// Terms with their translations.
    Terms(Arc<Glossary>),
}

/// Where a rule looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// In targets.
    Target,
    /// In sources.
    Source,
    /// In both.
    Pair,
    /// In targets in headings.
    Heading,
    /// In the texts of links in targets.
    LinkText,
    /// In inline code in targets.
    Code,
    /// In the value of a key.
    FrontMatter(String),
}

/// Which locales a rule is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locales {
    /// These; all if there is none.
    pub only: Vec<Locale>,
    /// Not these.
    pub except: Vec<Locale>,
}

/// What to put in the place of what is found.
#[derive(Clone, Debug)]
pub struct Fix {
    /// The text.
    pub replacement: Template,
    /// Whether it can be applied without looking.
    pub safe: bool,
}

/// An example, which is a test of its rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Whether nothing is to be found.
    pub good: bool,
    /// The target, or the value of the key.
    pub target: String,
    /// The source.
    pub source: String,
    /// The locale.
    pub locale: Locale,
    /// How many findings there are; at least one if it is not said.
    pub count: Option<usize>,
    /// The target after all fixes.
    pub fixed: Option<String>,
    /// What the first finding says.
    pub message: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}

impl Definition {
    /// What is known about the rule without running it.
    pub fn info(&self) -> RuleInfo {
        let is_document = matches!(self.form, Form::Terms(_)) || matches!(self.place, Where::FrontMatter(_));
        RuleInfo {
            id: self.id.clone().into(),
            page: page::page(self).into(),
            severity: self.severity,
            confidence: Confidence::High,
            scope: if is_document { Scope::Document } else { Scope::Unit },
            fix: match &self.fix {
                None => FixKind::None,
                Some(fix) if fix.safe => FixKind::Safe,
                Some(_) => FixKind::Unsafe,
            },
            mqm: self.mqm.into(),
            its: issue::its(self.mqm).into(),
            since: super::shipped(&self.origin.file).map(|_| "0.1.0".into()),
            options: &[],
            source: RuleSource::Pack(self.origin.file.clone()),
        }
    }
}

impl Where {
    /// The words that a pack uses, but for keys of the front matter.
    pub const WORDS: [&str; 6] = ["target", "source", "pair", "heading", "link-text", "code"];

    /// What one of the words stands for.
    pub(super) fn of_word(word: &str) -> Self {
        match word {
            "source" => Self::Source,
            "pair" => Self::Pair,
            "heading" => Self::Heading,
            "link-text" => Self::LinkText,
            "code" => Self::Code,
            _ => Self::Target,
        }
    }

    /// Whether the source side is looked at for its own sake.
    pub(super) fn is_about_sources(&self) -> bool {
        matches!(self, Self::Source | Self::Pair)
    }
}

impl Locales {
    /// Whether a locale is one of them.
    pub fn cover(&self, locale: &Locale) -> bool {
        let any = |list: &[Locale]| list.iter().any(|named| named.means(locale));
        (self.only.is_empty() || any(&self.only)) && !any(&self.except)
    }
}
