//! Looks one article up in the English tree.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bitext::{
    Date, Document, DocumentId, Localized, Newest, Recorded, Since, SourceOrigin, SourceText, SourceView,
    is_hash,
};

use super::{Read, Source, SourceError, Tree};
use crate::files::Files;
use crate::git::{History, Repository};

/// English files are numbered from here on in each article, past all documents of a run.
const FIRST_TEXT: u32 = 1 << 31;

/// What was read of the tree for one article.
pub(super) struct Lookup<'a> {
    source: &'a Source,
    texts: Vec<SourceText>,
    paths: Vec<PathBuf>,
    /// Indexes of texts by commit and path; `None` where there is no such file.
    seen: BTreeMap<(String, String), Option<usize>>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self { source, texts: Vec::new(), paths: Vec::new(), seen: BTreeMap::new() }
    }

    /// The view of an article that may be at one of the `candidates`.
    pub(super) fn article(
        mut self,
        candidates: &[String],
        documents: &[Localized],
    ) -> Result<(SourceView, Vec<PathBuf>), SourceError> {
        let source = self.source;
        let candidates: Vec<String> =
            candidates.iter().map(|path| format!("{}{path}", source.prefix)).collect();
        let (path, newest, origins) = match &source.tree {
            Tree::Folder(root) => {
                let there = candidates.iter().find(|path| root.join(path).is_file());
                let path = there.or(candidates.last()).cloned().unwrap_or_default();
                let newest = self.in_folder(root, &path)?;
                let origins =
                    documents.iter().map(|localized| self.without_history(&localized.document, newest));
                let origins = origins.collect();
                let newest = newest.map_or(Newest::Never, |text| Newest::There { text, renamed: None });
                (path, newest, origins)
            }
            Tree::Git { repository, commits, history, .. } => {
                let mut git = Git { lookup: &mut self, repository, history };
                let recorded: Vec<Option<String>> =
                    documents.iter().map(|localized| commit_of(&localized.document)).collect();
                let path = git.path(&candidates, &recorded, |commit| commits.contains_key(commit))?;
                let mut origins = Vec::with_capacity(documents.len());
                for commit in &recorded {
                    origins.push(match commit {
                        None => SourceOrigin::new(Recorded::Unknown),
                        Some(commit) if !commits.contains_key(commit) => {
                            SourceOrigin::new(Recorded::NoCommit)
                        }
                        Some(commit) => git.origin((commit, commits[commit]), &path)?,
                    });
                }
                let known: Vec<&String> =
                    recorded.iter().flatten().filter(|commit| commits.contains_key(*commit)).collect();
                let newest = git.newest(&path, &known)?;
                (path, newest, origins)
            }
        };
        let view = SourceView {
            name: source.name.clone(),
            has_history: source.has_history(),
            path,
            texts: self.texts,
            newest,
            origins,
            behind: None,
        };
        Ok((view, self.paths))
    }

    fn in_folder(&mut self, root: &Path, path: &str) -> Result<Option<usize>, SourceError> {
        let file = root.join(path);
        if !file.is_file() {
            return Ok(None);
        }
        let cannot = |error: std::io::Error| SourceError::CannotOpen(file.clone(), error.to_string());
        let bytes = std::fs::read(&file).map_err(cannot)?;
        Ok(Some(self.add(bytes, file)))
    }

    /// Without a history, the newest file is known to be the source of a document if it has the recorded hash.
    fn without_history(&self, document: &Document, newest: Option<usize>) -> SourceOrigin {
        let hash = document.provenance.source_hash.map(|span| document.slice(span));
        let same = newest.filter(|text| hash == Some(self.texts[*text].hash.as_str()));
        let recorded = same.map_or(Recorded::Unknown, |text| Recorded::There { text, path: None });
        SourceOrigin::new(recorded)
    }

    fn add(&mut self, bytes: Vec<u8>, path: PathBuf) -> usize {
        let Read { hash, document, legible } = Read::new(bytes);
        let id = DocumentId(FIRST_TEXT + self.texts.len() as u32);
        self.texts.push(SourceText { id, hash, document, legible });
        self.paths.push(path);
        self.texts.len() - 1
    }
}

fn commit_of(document: &Document) -> Option<String> {
    let commit = document.slice(document.provenance.source_commit?);
    is_hash(commit).then(|| commit.to_string())
}

/// A lookup in a repository.
struct Git<'l, 'a> {
    lookup: &'l mut Lookup<'a>,
    repository: &'a Repository,
    history: &'a History,
}

impl Git<'_, '_> {
    /// The text of a file at a commit.
    fn text(&mut self, commit: &str, path: &str) -> Result<Option<usize>, SourceError> {
        let key = (commit.to_string(), path.to_string());
        if let Some(seen) = self.lookup.seen.get(&key) {
            return Ok(*seen);
        }
        let text = match self.repository.read(commit, path)? {
            Some(bytes) if bytes.len() as u64 <= self.lookup.source.max_bytes => {
                Some(self.lookup.add(bytes, Files::at(self.repository, commit, path)))
            }
            _ => None,
        };
        self.lookup.seen.insert(key, text);
        Ok(text)
    }

    /// The first candidate that a recorded commit or the newest has; the last one if none does.
    fn path(
        &mut self,
        candidates: &[String],
        recorded: &[Option<String>],
        known: impl Fn(&str) -> bool,
    ) -> Result<String, SourceError> {
        let newest = self.repository.commit.clone();
        for path in candidates {
            let commits = recorded.iter().flatten().filter(|commit| known(commit)).chain([&newest]);
            for commit in commits {
                if self.text(commit, path)?.is_some() {
                    return Ok(path.clone());
                }
            }
        }
        Ok(candidates.last().cloned().unwrap_or_default())
    }

    fn origin(&mut self, (commit, day): (&str, Date), path: &str) -> Result<SourceOrigin, SourceError> {
        let mut recorded = Recorded::NoFile;
        let mut then = path.to_string();
        if let Some(text) = self.text(commit, path)? {
            recorded = Recorded::There { text, path: None };
        } else {
            // Translated before the article got its present path.
            for earlier in self.history.earlier_paths(commit, path) {
                if let Some(text) = self.text(commit, &earlier)? {
                    recorded = Recorded::There { text, path: Some(earlier.clone()) };
                    then = earlier;
                    break;
                }
            }
        }
        let fate = self.history.since(commit, &then);
        // A commit of a side branch can be older than the one that it was merged after.
        let first = fate.first.filter(|_| self.history.follows_on(commit));
        let since = first.map(|first| Since { commits: fate.commits, first: first.max(day) });
        Ok(SourceOrigin { recorded, since, later: self.history.is_later(commit) })
    }

    fn newest(&mut self, path: &str, recorded: &[&String]) -> Result<Newest, SourceError> {
        let commit = self.repository.commit.clone();
        if let Some(text) = self.text(&commit, path)? {
            return Ok(Newest::There { text, renamed: None });
        }
        for since in recorded {
            let fate = self.history.since(since, path);
            if fate.path != path
                && let Some(text) = self.text(&commit, &fate.path)?
            {
                return Ok(Newest::There { text, renamed: Some(fate.path) });
            }
            if let Some((commit, date)) = fate.deleted {
                return Ok(Newest::Gone { commit, date });
            }
        }
        let deleted = self.history.deletion(path);
        Ok(deleted.map_or(Newest::Never, |(commit, date)| Newest::Gone { commit: commit.into(), date }))
    }
}
