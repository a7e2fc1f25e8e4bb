//! Reads packs: files of rules, and those that come with loclint.

mod schema;

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rules::declarative::{self, Pack};
use rules::reader::Refusal;
use rules::{RuleInfo, Settings};

pub use schema::schema;

use crate::files::{Files, is_yaml, shown_path};
use crate::glossary;

/// Why a pack cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackError {
    /// It cannot be read.
    Unreadable {
        /// The pack, as messages show it.
        name: String,
        /// Why, as the system puts it.
        reason: String,
    },
    /// Something in it is wrong.
    Refused(Refusal),
    /// A rule is in another pack too.
    Twice {
        /// The rule.
        id: String,
        /// The packs.
        packs: [String; 2],
    },
}

/// Reads the pack that `name` names: one that comes with loclint, or a file relative to `folder`. Messages show paths
/// relative to `current`.
///
/// # Errors
/// [`PackError`] if it cannot be used.
pub fn load(name: &str, folder: &Path, current: &Path) -> Result<Arc<Pack>, PackError> {
    let taken = taken();
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    if let Some(text) = declarative::shipped(name) {
        let none = |_: &str| Err("packs that come with loclint have no files beside them".to_string());
        return Ok(Arc::new(declarative::read(text, name, &taken, &none)?));
    }
    let path = folder.join(name);
    let path = dunce::canonicalize(&path).unwrap_or(path);
    let shown = shown_path(&path, current);
    let unreadable = |reason: String| PackError::Unreadable { name: shown.clone(), reason };
    // The mistakes in a file are shown, so that a configuration must not lead to just any.
    if !is_yaml(&path) {
        return Err(unreadable("it is not called .yml".into()));
    }
    let bytes = Files::default().bytes(&path).map_err(unreadable)?;
    let text = String::from_utf8(bytes)
        .map_err(|error| unreadable(format!("{}; save it as UTF-8", error.utf8_error())))?;
    let beside = path.parent().unwrap_or(Path::new(""));
    let open = |file: &str| {
        let terms = glossary::read(&[beside.join(file)], &Files::default(), current);
        terms.map_err(|error| error.to_string())
    };
    Ok(Arc::new(declarative::read(&text, &shown, &taken, &open)?))
}

/// What to say of the name of a rule or a category that is in a pack that comes with loclint but is not on, as the categories of all rules tell;
/// `None` if it is in none.
pub fn not_on<'r>(name: &str, mut categories: impl Iterator<Item = &'r str>) -> Option<String> {
    let (pack, rule) = name.split_once('/').map_or((name, None), |(pack, rule)| (pack, Some(rule)));
    if categories.any(|category| category == pack) {
        return None;
    }
    let text = declarative::shipped(pack)?;
    let read = declarative::read(text, pack, &[], &|_| Err(String::new())).ok()?;
    if rule.is_some() && !read.rules.iter().any(|rule| rule.id == name) {
        return None;
    }
    let what =
        if rule.is_some() { format!("is in the pack \"{pack}\", which") } else { "is a pack that".into() };
    Some(format!(
        "\"{name}\" {what} comes with loclint and is not on; name it with \"--pack {pack}\", or with \"packs: [{pack}]\" in \
         the configuration"
    ))
}

/// The categories that no pack can have.
fn taken() -> BTreeSet<String> {
    let builtin = rules::builtin(&Settings::default()).unwrap_or_default();
    let categories = builtin.iter().map(|rule| rule.info.category().to_string());
    categories.chain(["internal".to_string()]).collect()
}

/// Adds packs that are not there yet.
///
/// # Errors
/// If two packs have a rule in common.
pub fn add(packs: &mut Vec<Arc<Pack>>, more: impl IntoIterator<Item = Arc<Pack>>) -> Result<(), PackError> {
    for pack in more {
        if packs.iter().any(|there| there.name == pack.name) {
            continue;
        }
        for there in &*packs {
            let same = pack.rules.iter().find(|rule| there.rules.iter().any(|other| other.id == rule.id));
            if let Some(rule) = same {
                let packs = [there.name.clone(), pack.name.clone()];
                return Err(PackError::Twice { id: rule.id.clone(), packs });
            }
        }
        packs.push(pack);
    }
    Ok(())
}

/// What is known about the rules of packs.
pub fn infos<'p>(packs: impl IntoIterator<Item = &'p Arc<Pack>>) -> Vec<&'p RuleInfo> {
    packs.into_iter().flat_map(|pack| &pack.infos).collect()
}

/// The packs of arguments.
///
/// # Errors
/// [`PackError`] for the first that cannot be used.
pub fn load_all(names: &[PathBuf], current: &Path) -> Result<Vec<Arc<Pack>>, PackError> {
    names.iter().map(|name| load(&name.to_string_lossy(), Path::new(""), current)).collect()
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { name, reason } => {
                let shipped: Vec<&str> = declarative::SHIPPED.iter().map(|(name, _)| *name).collect();
                write!(
                    f,
                    "cannot read the pack \"{name}\": {reason}; packs that come with loclint are {}",
                    shipped.join(" and ")
                )
            }
            Self::Refused(refused) => write!(f, "{refused}"),
            Self::Twice { id, packs: [first, second] } => {
                write!(f, "the rule \"{id}\" is both in \"{first}\" and in \"{second}\"; rename one")
            }
        }
    }
}

impl std::error::Error for PackError {}

impl From<Refusal> for PackError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

#[cfg(test)]
mod tests {
    use std::iter;

    use super::*;

    #[test]
    fn packs_that_are_not_on_are_named() {
        assert_eq!(
            not_on("microsoft-style", iter::empty()).as_deref(),
            Some(
                "\"microsoft-style\" is a pack that comes with loclint and is not on; name it with \"--pack \
                 microsoft-style\", or with \"packs: [microsoft-style]\" in the configuration"
            )
        );
        let rule = not_on("microsoft-style/german-du", iter::empty()).unwrap_or_default();
        assert!(rule.contains("is in the pack \"microsoft-style\", which comes with loclint"), "{rule}");
        assert_eq!(not_on("microsoft-style/german-dux", iter::empty()), None);
        assert_eq!(not_on("house", iter::empty()), None);
        assert_eq!(not_on("microsoft-style/german-du", iter::once("microsoft-style")), None, "it is on");
    }
}
