use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use crate::{OptionError, Rule, RuleSource, Settings};

/// Makes a rule with the settings of a run.
type Make = Arc<dyn Fn(&Settings) -> Rule + Send + Sync>;

/// Rules in Rust that do not come with loclint, but with a program that uses it as a library.
///
/// A rule is made anew for each set of options that a configuration gives it, so what is kept is how to make it.
///
/// ```
/// use loclint_rules::{OwnRules, Rule, RuleInfo, Scope, Settings, Severity, Sink, UnitRule, UnitView};
///
/// struct Shouting;
///
/// impl UnitRule for Shouting {
///     fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
///         if unit.target().ends_with('!') && !unit.source().ends_with('!') {
///             sink.report_unit(unit, unit.unit().target.text, "the target shouts");
///         }
///     }
/// }
///
/// fn shouting(_: &Settings) -> Rule {
///     let page = "# house/shouting\n\nThe target ends with an exclamation mark and the source does not.\n";
///     let info = RuleInfo::new("house/shouting", page, Severity::Warning, Scope::Unit, "register");
///     Rule::unit(info, Shouting)
/// }
///
/// let settings = Settings { own: OwnRules::default().with(shouting), ..Settings::default() };
/// let rules = loclint_rules::all(&settings).expect("the id is free");
/// assert!(rules.iter().any(|rule| rule.info.id == "house/shouting"));
/// ```
#[derive(Clone, Default)]
pub struct OwnRules(Vec<Make>);

impl OwnRules {
    /// These rules and one more.
    pub fn with(mut self, make: impl Fn(&Settings) -> Rule + Send + Sync + 'static) -> Self {
        self.0.push(Arc::new(make));
        self
    }

    /// The rules, ready to run, beside those that come with loclint and those of packs.
    pub(crate) fn make(
        &self,
        settings: &Settings,
        builtin: &[Rule],
        packs: &[Rule],
    ) -> Result<Vec<Rule>, OptionError> {
        let mut categories: BTreeSet<&str> = builtin.iter().map(|rule| rule.info.category()).collect();
        categories.insert("internal");
        let mut taken: BTreeSet<String> = packs.iter().map(|rule| rule.info.id.to_string()).collect();
        let mut rules = Vec::with_capacity(self.0.len());
        for make in &self.0 {
            let mut rule = make(settings);
            let id = rule.info.id.to_string();
            let refuse = |why: &str| Err(OptionError::Id(id.clone(), why.into()));
            if !id.split_once('/').is_some_and(|(category, name)| is_word(category) && is_word(name)) {
                return refuse(
                    "an id is \"category/name\", of small letters, digits and hyphens, such as \"house/no-du\"",
                );
            }
            if categories.contains(rule.info.category()) {
                return refuse(
                    "its category is one that comes with loclint; take another, such as \"house\"",
                );
            }
            if !taken.insert(id.clone()) {
                return refuse("another rule has this id; rename one");
            }
            rule.info.source = RuleSource::Program;
            rules.push(rule);
        }
        Ok(rules)
    }
}

/// Whether a word is one such as ids are made of.
fn is_word(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

impl fmt::Debug for OwnRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OwnRules").field(&self.0.len()).finish()
    }
}
