//! The English tree: what it says about each article, as a value for the rules.

mod error;
mod lookup;

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bitext::{Behind, Date, Document, FrontMatter, Localized, Provenance, SourceFile, SourceView, is_hash};
use rayon::prelude::*;
use sha1::{Digest, Sha1};

pub use error::SourceError;
use lookup::Lookup;

use crate::discover::{Plan, PlannedArticle, PlannedDocument};
use crate::files::{Files, slashes};
use crate::git::{self, History, Repository, hex};

/// The English tree.
#[derive(Debug)]
pub struct Source {
    /// The tree as messages call it.
    pub name: String,
    tree: Tree,
    /// The path of the tree's top inside the folder or the repository, with `/` at its end, or empty.
    prefix: String,
    max_bytes: u64,
}

#[derive(Debug)]
enum Tree {
    /// A folder without history.
    Folder(PathBuf),
    /// A repository, and what happened in it since the oldest source version of the plan.
    Git {
        repository: Arc<Repository>,
        /// The recorded commits that it has, with their days.
        commits: BTreeMap<String, Date>,
        /// That it lacks those of most documents, and the document at which that is told.
        behind: Option<(Behind, PathBuf)>,
        history: Box<History>,
    },
}

/// Where the English tree is.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// A folder, a work tree, a folder in one, or a bare repository.
    pub path: &'a Path,
    /// The folder in it that holds the articles.
    pub inside: Option<&'a str>,
    /// The ref that counts as the newest version.
    pub reference: Option<&'a str>,
}

impl Source {
    /// Opens the English tree, and looks up what happened to it since the source versions that the documents of
    /// `plan` record.
    ///
    /// # Errors
    /// [`SourceError`] if the tree cannot be read, has not what was asked for, or does not fit the plan.
    pub fn open(place: Place<'_>, plan: &Plan, files: &Files) -> Result<Self, SourceError> {
        let path =
            dunce::canonicalize(place.path).map_err(|error| SourceError::not_there(place.path, &error))?;
        if !path.is_dir() {
            return Err(SourceError::NotAFolder(place.path.into()));
        }
        let inside = place.inside.map_or(String::new(), |inside| {
            let inside = inside.trim_matches('/');
            if inside.is_empty() { String::new() } else { format!("{inside}/") }
        });
        let max_bytes = files.limits.max_bytes;
        let source = match open_repository(&path, place.reference)? {
            None => {
                let name = shown(place.path);
                Self { name, tree: Tree::Folder(path), prefix: inside, max_bytes }
            }
            Some(repository) => {
                let prefix = format!("{}{inside}", repository.prefix);
                let name = format!("{} of {}", repository.reference, shown(place.path));
                let recorded = recorded_commits(plan, files);
                let commits = known_commits(&repository, &recorded, place.path)?;
                let behind = behind(&recorded, &commits);
                let history = Box::new(repository.history(&commits.keys().cloned().collect::<Vec<_>>())?);
                let tree = Tree::Git { repository: Arc::new(repository), commits, behind, history };
                Self { name, tree, prefix, max_bytes }
            }
        };
        if !source.has_top() {
            return Err(SourceError::NoSuchFolder { tree: source.name, inside: source.prefix });
        }
        Ok(source)
    }

    /// The repository, for reading its files by the paths that findings name.
    pub fn repository(&self) -> Option<Arc<Repository>> {
        match &self.tree {
            Tree::Folder(_) => None,
            Tree::Git { repository, .. } => Some(repository.clone()),
        }
    }

    /// Whether the tree has commits to look up.
    pub fn has_history(&self) -> bool {
        matches!(self.tree, Tree::Git { .. })
    }

    /// What the tree says about an article, and the paths by which the files in it are known, in the order of
    /// the view's texts. `None` if the documents' paths do not tell which article it is.
    ///
    /// # Errors
    /// [`SourceError`] if the tree cannot be read.
    pub fn view(
        &self,
        planned: &PlannedArticle,
        documents: &[Localized],
    ) -> Result<Option<(SourceView, Vec<PathBuf>)>, SourceError> {
        let candidates = candidates(planned);
        if candidates.is_empty() {
            return Ok(None);
        }
        let (mut view, paths) = Lookup::new(self).article(&candidates, documents)?;
        view.behind = self.behind().map(|(behind, path)| {
            let document = planned.documents.iter().find(|document| document.path == *path);
            let is_it =
                |localized: &Localized| document.is_some_and(|document| document.locale == localized.locale);
            Behind { told_at: documents.iter().position(is_it), ..*behind }
        });
        Ok(Some((view, paths)))
    }

    /// That the tree lacks the commits that most documents record, if it does.
    fn behind(&self) -> Option<&(Behind, PathBuf)> {
        match &self.tree {
            Tree::Folder(_) => None,
            Tree::Git { behind, .. } => behind.as_ref(),
        }
    }

    /// Whether it is new enough to say what is missing in the translations.
    pub fn is_up_to_date(&self) -> bool {
        self.behind().is_none()
    }

    /// The Markdown files of the tree, without the folder that is its top.
    ///
    /// # Errors
    /// [`SourceError`] if the tree cannot be read.
    pub fn articles(&self) -> Result<Vec<String>, SourceError> {
        let paths = match &self.tree {
            Tree::Git { repository, .. } => repository.files(&self.prefix)?,
            Tree::Folder(root) => {
                let top = root.join(&self.prefix);
                let walk = ignore::WalkBuilder::new(&top).build().flatten();
                let files = walk.filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
                let below = |path: &Path| path.strip_prefix(root).ok().map(slashes);
                files.filter_map(|entry| below(entry.path())).collect()
            }
        };
        let own = paths.iter().filter_map(|path| path.strip_prefix(&self.prefix));
        let mut articles: Vec<String> = own
            .filter(|path| Path::new(path).extension().is_some_and(|ext| ext == "md"))
            .map(String::from)
            .collect();
        articles.sort();
        Ok(articles)
    }

    /// The error for a plan of which the tree has no article.
    pub fn nothing_in_common(&self, plan: &Plan) -> SourceError {
        let example = plan.articles.iter().find_map(|article| candidates(article).pop()).unwrap_or_default();
        SourceError::NothingInCommon { tree: self.name.clone(), example: format!("{}{example}", self.prefix) }
    }

    fn has_top(&self) -> bool {
        match &self.tree {
            Tree::Folder(root) => root.join(&self.prefix).is_dir(),
            Tree::Git { repository, .. } => {
                let top = self.prefix.trim_end_matches('/');
                top.is_empty() || repository.has_folder(top).unwrap_or(false)
            }
        }
    }
}

/// The paths that an article may have in the English tree, likeliest first.
pub fn candidates(planned: &PlannedArticle) -> Vec<String> {
    let mut candidates: Vec<String> =
        planned.documents.iter().filter_map(|document| document.tree_path.clone()).collect();
    if !candidates.is_empty() {
        // Docsets side by side: their folder may be in the English tree too.
        candidates.insert(0, planned.key.clone());
    }
    let mut seen = BTreeSet::new();
    candidates.retain(|path| seen.insert(path.clone()));
    candidates
}

/// The repository that holds `path`; `None` for a folder that none knows.
fn open_repository(path: &Path, reference: Option<&str>) -> Result<Option<Repository>, SourceError> {
    use crate::git::GitError;
    // A broken repository is not taken for a folder.
    let is_top = path.join(".git").exists();
    match Repository::open(path, reference.unwrap_or("HEAD")) {
        // A folder in a work tree that was never committed, such as an export that git ignores.
        Ok(repository)
            if reference.is_none()
                && !repository.prefix.is_empty()
                && !repository.has_folder(repository.prefix.trim_end_matches('/'))? =>
        {
            Ok(None)
        }
        Ok(repository) => Ok(Some(repository)),
        Err(GitError::NotARepository(_)) if reference.is_none() && !is_top => Ok(None),
        // Without git, a folder that no repository is in sight of is a folder still.
        Err(GitError::NotRun(error))
            if error.kind() == ErrorKind::NotFound && reference.is_none() && !has_repository(path) =>
        {
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether a folder lies in a repository, be it a bare one.
fn has_repository(path: &Path) -> bool {
    git::top(path).is_some() || path.ancestors().any(git::is_bare)
}

/// The commits that documents record, each with these documents.
fn recorded_commits<'p>(plan: &'p Plan, files: &Files) -> BTreeMap<String, Vec<&'p PlannedDocument>> {
    let documents: Vec<&PlannedDocument> = plan.documents().collect();
    let commits: Vec<Option<String>> = documents
        .par_iter()
        .map(|document| {
            let text = files.front_matter_text(&document.path)?;
            let provenance = Provenance::read(&text, &FrontMatter::parse(&text)?);
            let commit = provenance.source_commit?.slice(&text);
            is_hash(commit).then(|| commit.to_string())
        })
        .collect();
    let mut by_commit: BTreeMap<String, Vec<&PlannedDocument>> = BTreeMap::new();
    for (commit, document) in commits.into_iter().zip(documents) {
        if let Some(commit) = commit {
            by_commit.entry(commit).or_default().push(document);
        }
    }
    by_commit
}

/// So many articles at least have to be concerned before the repository is at fault.
const FEWEST_ARTICLES: usize = 3;

/// That a repository lacks the commits that most documents record, and the document at which that is told.
fn behind(
    recorded: &BTreeMap<String, Vec<&PlannedDocument>>,
    known: &BTreeMap<String, Date>,
) -> Option<(Behind, PathBuf)> {
    let unknown = recorded.iter().filter(|(commit, _)| !known.contains_key(*commit));
    let lacking: Vec<&PlannedDocument> = unknown.flat_map(|(_, documents)| documents).copied().collect();
    let all = recorded.values().map(Vec::len).sum();
    let articles: BTreeSet<&str> = lacking.iter().map(|document| document.stable_key.as_str()).collect();
    if articles.len() < FEWEST_ARTICLES || lacking.len() * 2 <= all {
        return None;
    }
    let reported = lacking.iter().filter(|document| document.reported);
    let first = reported.map(|document| &document.path).min()?;
    Some((Behind { lacking: lacking.len(), recorded: all, told_at: None }, first.clone()))
}

/// The recorded commits that the repository has. A clone that is cut off and lacks one cannot tell whether it
/// exists.
fn known_commits(
    repository: &Repository,
    recorded: &BTreeMap<String, Vec<&PlannedDocument>>,
    path: &Path,
) -> Result<BTreeMap<String, Date>, SourceError> {
    let mut known = BTreeMap::new();
    let (mut lacking, mut documents) = (None, 0);
    for (commit, with) in recorded {
        if let Some(day) = repository.day_of(commit)? {
            known.insert(commit.clone(), day);
        } else {
            lacking.get_or_insert(commit);
            documents += with.len();
        }
    }
    match lacking {
        Some(commit) if repository.shallow => {
            Err(SourceError::Shallow { path: path.into(), commit: commit.clone(), documents })
        }
        _ => Ok(known),
    }
}

/// An English file that was read.
struct Read {
    hash: String,
    document: Document,
    legible: bool,
}

impl Read {
    /// A file of an old version that is no text cannot be mended any more: its hash counts, its text does not.
    fn new(bytes: Vec<u8>) -> Self {
        let hash = sha1_hex(&bytes);
        let file = SourceFile::from_bytes(bytes);
        let legible = file.as_ref().is_ok_and(|file| file.first_invalid().is_none());
        let text = |text: &str| SourceFile::from_bytes(text.as_bytes().to_vec());
        let document = file.or_else(|_| text("")).map(Document::parse);
        Self {
            hash,
            legible,
            document: document.unwrap_or_else(|_| unreachable!("an empty file is legible")),
        }
    }
}

/// SHA-1 as git and the documents write it: 40 hex digits.
pub fn sha1_hex(bytes: &[u8]) -> String {
    hex(&Sha1::digest(bytes))
}

fn shown(path: &Path) -> String {
    format!("\"{}\"", path.display())
}
