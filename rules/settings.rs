use std::sync::Arc;

use bitext::Date;

use crate::declarative::Pack;
use crate::{Glossary, OptionValue, Options, OwnRules, RuleInfo, options};

/// What the rules of a run are made with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The options given for rules.
    pub options: Options,
    /// What rules take for the current date. By default there is no later one, so that no date lies in the future.
    pub today: Date,
    /// The terms and the names that rules about words go by; by default the names that come with loclint.
    pub glossary: Arc<Glossary>,
    /// Rules of the user's own, in YAML.
    pub packs: Vec<Arc<Pack>>,
    /// Rules of the program that uses loclint as a library.
    pub own: OwnRules,
}

impl Settings {
    /// The value of an option that is a list: the one given, or the default. Empty if the rule has no such list.
    pub fn list(&self, rule: &RuleInfo, name: &str) -> Vec<String> {
        options::list(&self.options, &rule.id, rule.options, name)
    }

    /// The value of an option that is a number. 0 if the rule has no such number.
    pub fn number(&self, rule: &RuleInfo, name: &str) -> i64 {
        options::number(&self.options, &rule.id, rule.options, name)
    }

    /// The value of an option that is yes or no. No if the rule has no such option.
    pub fn flag(&self, rule: &RuleInfo, name: &str) -> bool {
        match self.options.get(&*rule.id).and_then(|values| values.get(name)) {
            Some(OptionValue::Flag(value)) => *value,
            _ => rule.options.iter().any(|info| info.name == name && info.default.is_yes()),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            options: Options::new(),
            today: Date::MAX,
            glossary: Arc::new(Glossary::shipped().clone()),
            packs: Vec::new(),
            own: OwnRules::default(),
        }
    }
}
