//! How a path tells article and locale.
//!
//! The general rule: a path component that is a locale tag (`pl-pl`), a folder name that ends in one
//! (`docs.pl-pl`), or a file name with one before its extension (`guide.pl-pl.md`). The path without it
//! is the key of the article.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf, is_separator};

use bitext::Locale;

/// Where in a path the locale stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// `{locale}/…`
    Folder,
    /// `{docset}.{locale}/…`
    DocsetFolder,
    /// `{article}.{locale}.md`
    FileName,
}

/// A path component that may be a locale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The locale that it would be.
    pub locale: Locale,
    /// Where it stands.
    pub form: Form,
    /// Index of the component in the path.
    index: usize,
}

/// The place that candidates share when only their locale differs: the path before the component, and
/// for a docset folder the docset's name.
type Slot = (PathBuf, String, Form);

impl Candidate {
    /// Every component of `path`, an absolute path, that may be a locale; from left to right.
    pub fn all(path: &Path) -> Vec<Self> {
        let mut candidates = path.parent().map(Self::of_folder).unwrap_or_default();
        candidates.extend(Self::of_file(path));
        candidates
    }

    /// Every component of a folder that may be a locale.
    fn of_folder(folder: &Path) -> Vec<Self> {
        let candidate = |(index, component): (usize, Component<'_>)| {
            let Component::Normal(name) = component else { return None };
            Self::of_name(name, index, false)
        };
        folder.components().enumerate().filter_map(candidate).collect()
    }

    /// The name of a file, if it may hold a locale.
    fn of_file(path: &Path) -> Option<Self> {
        // Most names have no place for one, and to take a path apart takes longer than seeing that.
        name_of(path).iter().filter(|byte| **byte == b'.').nth(1)?;
        let name = path.file_name()?;
        parts(name, true)?;
        Self::of_name(name, path.components().count() - 1, true)
    }

    fn of_name(name: &OsStr, index: usize, is_file: bool) -> Option<Self> {
        let (form, _, tag) = parts(name, is_file)?;
        Some(Self { locale: Locale::parse(tag)?, form, index })
    }

    /// Whether it is the component with this index.
    pub fn stands_at(&self, index: usize) -> bool {
        self.index == index
    }

    /// `path` without the locale: the key of its article.
    pub fn key(&self, path: &Path) -> PathBuf {
        self.rebuild(path, |_, stem| (!stem.is_empty()).then(|| stem.to_string()))
    }

    /// `path` with another locale tag in the same place.
    pub fn with_tag(&self, path: &Path, tag: &str) -> PathBuf {
        self.rebuild(path, |form, stem| {
            Some(if form == Form::Folder { tag.to_string() } else { format!("{stem}.{tag}") })
        })
    }

    /// What of the key of a path comes after the locale: the same wherever the tree lies.
    pub fn remainder(&self, key: &Path) -> PathBuf {
        let mut components = key.components();
        for _ in 0..self.index {
            components.next();
        }
        components.as_path().to_path_buf()
    }

    /// The folder that holds the component.
    pub fn parent(&self, path: &Path) -> PathBuf {
        path.components().take(self.index).collect()
    }

    /// The tag in `sibling`, a name in the same folder, if it has one in the place where this one is.
    pub fn tag_of(&self, path: &Path, sibling: &OsStr) -> Option<String> {
        let (_, own, _) = self.slot(path);
        let (form, stem, tag) = parts(sibling, self.form == Form::FileName)?;
        (form == self.form && stem == own && Locale::parse(tag).is_some()).then(|| tag.to_string())
    }

    fn slot(&self, path: &Path) -> Slot {
        let name = path.components().nth(self.index).map(|component| component.as_os_str().to_os_string());
        let stem = name
            .as_deref()
            .and_then(|name| parts(name, self.form == Form::FileName))
            .map(|(_, stem, _)| stem.to_string());
        let stem = if self.form == Form::Folder { None } else { stem };
        (self.parent(path), stem.unwrap_or_default(), self.form)
    }

    fn rebuild(&self, path: &Path, name: impl Fn(Form, &str) -> Option<String>) -> PathBuf {
        let mut built = PathBuf::new();
        for (index, component) in path.components().enumerate() {
            if index != self.index {
                built.push(component);
                continue;
            }
            let Some((form, stem, _)) = parts(component.as_os_str(), self.form == Form::FileName) else {
                continue;
            };
            let stem = if form == Form::Folder { "" } else { stem };
            if let Some(new) = name(form, stem) {
                let extension =
                    Path::new(component.as_os_str()).extension().filter(|_| form == Form::FileName);
                built.push(extension.map_or(new.clone(), |ext| format!("{new}.{}", ext.to_string_lossy())));
            }
        }
        built
    }
}

/// Splits a name into form, what stands before the tag, and the tag; `None` if it has no place for one.
fn parts(name: &OsStr, is_file: bool) -> Option<(Form, &str, &str)> {
    let name = name.to_str()?;
    // A repository that is read at a commit, perhaps a bare one: `docs.pl-pl.git@89b4f6ac2fe9`.
    let name =
        name.split_once('@').filter(|_| !is_file).map_or(name, |(name, _)| name.trim_end_matches(".git"));
    let dotted = |text: &str| text.rfind('.').filter(|at| *at > 0);
    if is_file {
        let stem = &name[..dotted(name)?];
        let at = dotted(stem)?;
        return Some((Form::FileName, &stem[..at], &stem[at + 1..]));
    }
    match dotted(name) {
        Some(at) => Some((Form::DocsetFolder, &name[..at], &name[at + 1..])),
        None => Some((Form::Folder, "", name)),
    }
}

/// Which candidates of a set of paths are really locales.
pub struct Layout {
    credible: BTreeSet<Slot>,
}

/// What is known about a slot.
#[derive(Default)]
struct Evidence<'a> {
    locales: BTreeSet<Locale>,
    paths: Vec<&'a Path>,
}

/// How many documents of a doubtful slot are asked for the locale in their front matter.
const ASKED: usize = 5;

impl Layout {
    /// Decides for `paths`, absolute paths that lie below `root`. `front_matter_locale` tells the locale in
    /// the front matter of a file, and is asked only where paths leave a doubt.
    pub fn decide(
        root: &Path,
        paths: &[PathBuf],
        front_matter_locale: &dyn Fn(&Path) -> Option<Locale>,
    ) -> Self {
        let depth = root.components().count();
        let mut slots: BTreeMap<Slot, Evidence<'_>> = BTreeMap::new();
        for folder in by_folder(paths) {
            for candidate in folder[0].parent().map(Candidate::of_folder).unwrap_or_default() {
                let evidence = slots.entry(candidate.slot(&folder[0])).or_default();
                evidence.locales.insert(candidate.locale);
                evidence.paths.extend(folder.iter().map(PathBuf::as_path));
            }
            for (path, candidate) in folder.iter().filter_map(|path| Some((path, Candidate::of_file(path)?)))
            {
                let evidence = slots.entry(candidate.slot(path)).or_default();
                evidence.locales.insert(candidate.locale);
                evidence.paths.push(path);
            }
        }
        let siblings = LazyCell::new(|| folder_names(paths));
        let several = |slot: &Slot, evidence: &Evidence<'_>| {
            let qualified = evidence.locales.iter().filter(|locale| locale.is_qualified()).count();
            let below_root = slot.0.components().count() >= depth;
            below_root && (qualified > 1 || (evidence.locales.len() > 1 && mostly_locales(slot, &siblings)))
        };
        let stands = |(slot, evidence): &(&Slot, &Evidence<'_>)| {
            several(slot, evidence) && !contradicted(slot, evidence, front_matter_locale)
        };
        let mut credible: BTreeSet<Slot> =
            slots.iter().filter(stands).map(|(slot, _)| slot.clone()).collect();
        let known: BTreeSet<Locale> =
            credible.iter().flat_map(|slot| slots[slot].locales.iter().cloned()).collect();
        for (slot, evidence) in &slots {
            let Some(locale) = evidence.locales.first() else { continue };
            let doubtful = !credible.contains(slot) && (locale.is_qualified() || slot.2 == Form::FileName);
            if doubtful && believe(locale, evidence, paths.len(), &known, front_matter_locale) {
                credible.insert(slot.clone());
            }
        }
        Self { credible }
    }

    /// The component of each path that is its locale. The leftmost one below `root` wins; of those above it,
    /// the nearest.
    pub fn locales_of(&self, root: &Path, paths: &[PathBuf]) -> Vec<Option<Candidate>> {
        let depth = root.components().count();
        let mut found = Vec::with_capacity(paths.len());
        for folder in by_folder(paths) {
            let is_credible = |candidate: &Candidate, path| self.credible.contains(&candidate.slot(path));
            let mut of_folder = folder[0].parent().map(Candidate::of_folder).unwrap_or_default();
            of_folder.retain(|candidate| is_credible(candidate, &folder[0]));
            let below = of_folder.iter().find(|candidate| candidate.index >= depth);
            found.extend(folder.iter().map(|path| {
                let own = || Candidate::of_file(path).filter(|candidate| is_credible(candidate, path));
                below.cloned().or_else(own).or_else(|| of_folder.last().cloned())
            }));
        }
        found
    }
}

/// Paths of one folder that stand together.
fn by_folder(paths: &[PathBuf]) -> impl Iterator<Item = &[PathBuf]> {
    paths.chunk_by(|left, right| folder_of(left) == folder_of(right))
}

/// The folder of a path, as bytes: quicker than to take the path apart.
fn folder_of(path: &Path) -> &[u8] {
    &path.as_os_str().as_encoded_bytes()[..last_separator(path).unwrap_or(0)]
}

/// The name of a path that does not end in a separator, as bytes.
fn name_of(path: &Path) -> &[u8] {
    &path.as_os_str().as_encoded_bytes()[last_separator(path).map_or(0, |at| at + 1)..]
}

fn last_separator(path: &Path) -> Option<usize> {
    path.as_os_str().as_encoded_bytes().iter().rposition(|byte| is_separator(char::from(*byte)))
}

/// Whether a lone tag is a locale: its documents say so; where they say nothing, the same tag is one
/// elsewhere in the tree or covers most of it.
fn believe(
    locale: &Locale,
    evidence: &Evidence<'_>,
    total: usize,
    known: &BTreeSet<Locale>,
    front_matter_locale: &dyn Fn(&Path) -> Option<Locale>,
) -> bool {
    let mut said = evidence.paths.iter().filter_map(|path| front_matter_locale(path)).take(ASKED).peekable();
    if said.peek().is_some() {
        return said.any(|said| said == *locale);
    }
    known.contains(locale) || (locale.is_qualified() && evidence.paths.len() * 2 > total)
}

/// Whether the documents of a slot say that it is none: some have a locale in their front matter, and not one
/// has that of its path.
fn contradicted(
    slot: &Slot,
    evidence: &Evidence<'_>,
    front_matter_locale: &dyn Fn(&Path) -> Option<Locale>,
) -> bool {
    let own = |path: &Path| Candidate::all(path).into_iter().find(|candidate| candidate.slot(path) == *slot);
    let asked = evidence.paths.iter().take(ASKED);
    let told: Vec<bool> =
        asked.filter_map(|path| Some(own(path)?.locale == front_matter_locale(path)?)).collect();
    !told.is_empty() && !told.contains(&true)
}

/// Folder names by the folder they lie in.
fn folder_names(paths: &[PathBuf]) -> BTreeMap<PathBuf, BTreeSet<String>> {
    let folders = by_folder(paths).flat_map(|paths| paths[0].ancestors().skip(1));
    let folders: BTreeSet<&Path> = folders.collect();
    let mut names: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    for folder in folders {
        if let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) {
            names.entry(parent.to_path_buf()).or_default().insert(name.to_string_lossy().into_owned());
        }
    }
    names
}

/// Bare language tags (`de`, `it`) are locales only where most of the folders beside them are.
fn mostly_locales(slot: &Slot, names: &BTreeMap<PathBuf, BTreeSet<String>>) -> bool {
    if slot.2 != Form::Folder {
        return true;
    }
    let Some(names) = names.get(&slot.0) else { return false };
    let locales = names.iter().filter(|name| Locale::parse(name).is_some()).count();
    locales * 2 > names.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::slashes;

    fn decide(root: &str, paths: &[&str], front: &[(&str, &str)]) -> Vec<String> {
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        let told = |path: &Path| {
            let tag = front.iter().find(|(end, _)| path.ends_with(end)).map(|(_, tag)| *tag);
            tag.and_then(Locale::parse)
        };
        let layout = Layout::decide(Path::new(root), &paths, &told);
        let show = |(path, found): (&PathBuf, Option<Candidate>)| match found {
            Some(found) => format!("{} {}", found.locale, slashes(&found.key(path))),
            None => "-".into(),
        };
        paths.iter().zip(layout.locales_of(Path::new(root), &paths)).map(show).collect()
    }

    #[test]
    fn locale_folders_with_nested_articles() {
        let got = decide("/w", &["/w/pl-pl/docs/a.md", "/w/cs-cz/docs/a.md", "/w/README.md"], &[]);
        assert_eq!(got, ["pl-PL /w/docs/a.md", "cs-CZ /w/docs/a.md", "-"]);
    }

    #[test]
    fn docsets_side_by_side() {
        let paths = ["/w/one/pl-pl/a.md", "/w/one/cs-cz/a.md", "/w/two/content/pl-pl/a.md"];
        let got = decide("/w", &paths, &[]);
        assert_eq!(got, ["pl-PL /w/one/a.md", "cs-CZ /w/one/a.md", "pl-PL /w/two/content/a.md"]);
    }

    #[test]
    fn docset_and_file_name_carry_the_locale() {
        let got = decide("/w", &["/w/docs.pl-pl/a.md", "/w/docs.sr-latn-rs/a.md"], &[]);
        assert_eq!(got, ["pl-PL /w/docs/a.md", "sr-Latn-RS /w/docs/a.md"]);
        let got = decide("/w", &["/w/a.pl-PL.md", "/w/a.ja-JP.md", "/w/b.notes.md"], &[]);
        assert_eq!(got, ["pl-PL /w/a.md", "ja-JP /w/a.md", "-"]);
    }

    #[test]
    fn one_locale_repository_is_known_by_its_own_name() {
        let got = decide("/w/docs.pl-pl/articles", &["/w/docs.pl-pl/articles/a.md"], &[("a.md", "pl-PL")]);
        assert_eq!(got, ["pl-PL /w/docs/articles/a.md"]);
        let got = decide(
            "/w/de-de/export",
            &["/w/de-de/export/a.txt", "/w/de-de/export/b.txt"],
            &[("a.txt", "cs-CZ")],
        );
        assert_eq!(got, ["-", "-"], "a folder somewhere above does not overrule what the documents say");
    }

    #[test]
    fn short_folder_names_are_locales_only_among_locales() {
        assert_eq!(decide("/w", &["/w/de/a.md", "/w/it/a.md"], &[]), ["de /w/a.md", "it /w/a.md"]);
        assert_eq!(
            decide("/w", &["/w/it/a.md", "/w/api/a.md", "/w/src/a.md", "/w/as/a.md"], &[]),
            ["-", "-", "-", "-"]
        );
        let got =
            decide("/w", &["/w/articles/to-do/a.md", "/w/articles/b.md", "/w/c.md"], &[("a.md", "pl-PL")]);
        assert_eq!(got, ["-", "-", "-"], "\"to-do\" reads as Tongan of the Dominican Republic");
        let got = decide("/w", &["/w/to-do/a.md", "/w/as-is/b.md"], &[("a.md", "pl-PL"), ("b.md", "pl-PL")]);
        assert_eq!(got, ["-", "-"], "and \"as-is\" as Assamese of Iceland");
    }

    #[test]
    fn the_rest_of_the_path_is_the_same_wherever_the_tree_lies() {
        for path in ["/w/pl-pl/docs/a.md", "/else/where/ja-jp/docs/a.md"] {
            let path = Path::new(path);
            let candidate = Candidate::all(path).pop().unwrap();
            assert_eq!(candidate.remainder(&candidate.key(path)), Path::new("docs/a.md"));
        }
        let path = Path::new("/w/docs/a.pl-pl.md");
        let candidate = Candidate::all(path).pop().unwrap();
        assert_eq!(candidate.remainder(&candidate.key(path)), Path::new("a.md"));
        assert_eq!(candidate.with_tag(path, "cs-cz"), Path::new("/w/docs/a.cs-cz.md"));
        assert_eq!(candidate.tag_of(path, OsStr::new("a.ja-jp.md")).as_deref(), Some("ja-jp"));
        assert_eq!(candidate.tag_of(path, OsStr::new("b.ja-jp.md")), None);
    }
}
