use std::sync::Arc;

use bitext::Date;

use crate::declarative::Pack;
use crate::{Glossary, Options};

/// What the rules of a run are made with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The options given for rules.
    pub options: Options,
    /// What rules take for the current date. By default there is no later one, so that no date lies in the future.
    pub today: Date,
    /// The terms and the names that rules about words go by; by default the names that come with loclint.
    pub glossary: Arc<Glossary>,
    /// Rules of the user's own.
    pub packs: Vec<Arc<Pack>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            options: Options::new(),
            today: Date::MAX,
            glossary: Arc::new(Glossary::shipped().clone()),
            packs: Vec::new(),
        }
    }
}
