//! Layouts that a configuration names, where finding out is not wanted.

use std::path::{Component, Path, PathBuf};

use super::layout::{Candidate, Form};

/// How paths below a folder tell article and locale, as in `{docset}.{locale}/{article}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// As it is written.
    pub written: String,
    /// The folder that it is relative to.
    folder: PathBuf,
    /// The folders before the locale.
    lead: Vec<Folder>,
    form: Form,
    /// The name before the locale in a docset's folder.
    docset: Option<Folder>,
}

/// The name of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Folder {
    Any,
    Named(String),
}

const HELP: &str = "write it like \"{locale}/{article}\", \"content/{locale}/{article}\", \
                    \"{docset}.{locale}/{article}\" or \"{article}.{locale}.md\"";

impl Pattern {
    /// Reads a layout that is relative to `folder`, an absolute path.
    ///
    /// # Errors
    /// What is wrong with it, and what it should look like.
    pub fn parse(folder: &Path, text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.trim_matches('/').split('/').collect();
        let wrong = |why: &str| Err(format!("{why}; {HELP}"));
        if text.matches("{locale}").count() != 1 {
            return wrong("a layout has \"{locale}\" once");
        }
        let Some(at) = parts.iter().position(|part| part.contains("{locale}")) else {
            return wrong("a layout has \"{locale}\" once");
        };
        let mut lead = Vec::new();
        for part in &parts[..at] {
            lead.push(Folder::parse(part).ok_or_else(|| format!("\"{part}\" is no folder; {HELP}"))?);
        }
        let rest = &parts[at + 1..];
        let (form, docset) = match parts[at].split_once("{locale}") {
            Some(("", "")) if rest == ["{article}"] => (Form::Folder, None),
            Some(("{article}.", ending)) if rest.is_empty() && is_ending(ending) => (Form::FileName, None),
            Some((before, "")) if rest == ["{article}"] && before.len() > 1 && before.ends_with('.') => {
                match Folder::parse(&before[..before.len() - 1]) {
                    Some(docset) => (Form::DocsetFolder, Some(docset)),
                    None => return wrong("before \"{locale}\" comes \"{docset}.\" or a name with a point"),
                }
            }
            _ => return wrong("a layout ends in \"{article}\", in all of a path below the locale"),
        };
        Ok(Self { written: text.into(), folder: folder.into(), lead, form, docset })
    }

    /// The component of `path`, an absolute path, that the layout says is its locale.
    pub fn candidate(&self, path: &Path) -> Option<Candidate> {
        let below = path.strip_prefix(&self.folder).ok()?;
        let names: Vec<&str> = below.components().map(name).collect::<Option<_>>()?;
        let leads = names.len() > self.lead.len()
            && self.lead.iter().zip(&names).all(|(folder, name)| folder.fits(name));
        let depth = self.folder.components().count();
        let index = match self.form {
            Form::FileName => depth + names.len() - 1,
            _ => depth + self.lead.len(),
        };
        let candidate = Candidate::all(path).into_iter().find(|candidate| candidate.stands_at(index));
        let candidate = candidate.filter(|candidate| leads && candidate.form == self.form)?;
        let own = names.get(self.lead.len()).and_then(|name| name.rsplit_once('.'));
        let fits = self.docset.as_ref().is_none_or(|docset| own.is_some_and(|(name, _)| docset.fits(name)));
        fits.then_some(candidate)
    }
}

impl Folder {
    fn parse(part: &str) -> Option<Self> {
        match part {
            "*" | "{docset}" => Some(Self::Any),
            name if name.is_empty() || name.contains(['{', '}', '*']) => None,
            name => Some(Self::Named(name.into())),
        }
    }

    fn fits(&self, name: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Named(own) => own == name,
        }
    }
}

fn is_ending(text: &str) -> bool {
    text.is_empty()
        || text.strip_prefix('.').is_some_and(|ending| !ending.is_empty() && !ending.contains(['{', '.']))
}

fn name(component: Component<'_>) -> Option<&str> {
    component.as_os_str().to_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::slashes;

    fn told(layout: &str, path: &str) -> String {
        let path = Path::new(path);
        match Pattern::parse(Path::new("/w"), layout).unwrap().candidate(path) {
            Some(found) => format!("{} {}", found.locale, slashes(&found.key(path))),
            None => "-".into(),
        }
    }

    #[test]
    fn the_locale_stands_where_the_layout_says() {
        assert_eq!(told("{locale}/{article}", "/w/pl-pl/docs/a.md"), "pl-PL /w/docs/a.md");
        assert_eq!(told("content/{locale}/{article}", "/w/content/pl-pl/a.md"), "pl-PL /w/content/a.md");
        assert_eq!(told("content/{locale}/{article}", "/w/old/pl-pl/a.md"), "-");
        assert_eq!(told("*/{locale}/{article}", "/w/de-de/pl-pl/a.md"), "pl-PL /w/de-de/a.md");
        assert_eq!(told("{docset}.{locale}/{article}", "/w/docs.pl-pl/a.md"), "pl-PL /w/docs/a.md");
        assert_eq!(told("docs.{locale}/{article}", "/w/api.pl-pl/a.md"), "-");
        assert_eq!(told("{article}.{locale}.md", "/w/en-us/guide/a.pl-pl.md"), "pl-PL /w/en-us/guide/a.md");
        assert_eq!(told("{locale}/{article}", "/else/pl-pl/a.md"), "-");
    }

    #[test]
    fn a_layout_that_is_none_says_what_one_looks_like() {
        for (layout, why) in [
            ("docs/{article}", "a layout has \"{locale}\" once"),
            ("{locale}/{locale}/{article}", "a layout has \"{locale}\" once"),
            ("{locale}", "a layout ends in \"{article}\", in all of a path below the locale"),
            ("{lang}/{locale}/{article}", "\"{lang}\" is no folder"),
        ] {
            let error = Pattern::parse(Path::new("/w"), layout).unwrap_err();
            assert_eq!(error, format!("{why}; {HELP}"));
        }
    }
}
