//! Rules that are written in YAML: packs.
//!
//! A [`Pack`] is a file of [`Definition`]s, values that become [`Rule`]s like any other. The files are read by
//! the program, except those that come with loclint, see [`shipped`].

mod check;
mod definition;
mod examples;
mod front_matter;
mod issue;
pub mod keys;
mod page;
mod read;
mod regions;
mod template;

use std::sync::Arc;

pub use definition::{Definition, Example, Fix, Form, Locales, Where};
pub use examples::{Failure, run as run_examples};
pub use issue::{DEFAULT as DEFAULT_MQM, mqm as mqm_types};
pub use read::{LEVELS, OpenGlossary, read};
pub(crate) use template::compile;
pub use template::{Template, Wanted};

use crate::{Rule, RuleInfo};

/// The packs that come with loclint, by name.
pub const SHIPPED: [(&str, &str); 2] = [
    ("bilingual-markdown", include_str!("../packs/bilingual-markdown.yml")),
    ("microsoft-style", include_str!("../packs/microsoft-style.yml")),
];

/// The text of the pack that comes with loclint under this name.
pub fn shipped(name: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// A file of rules.
#[derive(Clone, Debug)]
pub struct Pack {
    /// What messages call it: the path, or its name if it comes with loclint.
    pub name: String,
    /// The part of the ids before the slash.
    pub category: String,
    /// Its rules, in the order of the file.
    pub rules: Vec<Arc<Definition>>,
    /// What is known about them, in the same order.
    pub infos: Vec<RuleInfo>,
}

impl Pack {
    /// The rules, ready to run.
    pub fn rules(&self) -> impl Iterator<Item = Rule> {
        self.rules
            .iter()
            .zip(&self.infos)
            .map(|(definition, info)| Rule { info: info.clone(), check: check::of(definition.clone()) })
    }
}
