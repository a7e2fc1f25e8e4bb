use crate::{Date, Document, DocumentId};

/// What the English tree says about an article.
#[derive(Debug)]
pub struct SourceView {
    /// How messages call the version that counts as the newest: a ref such as `HEAD`, or a folder.
    pub name: String,
    /// Whether the tree has a history: without one, commits cannot be looked up.
    pub has_history: bool,
    /// The path of the article in the tree, with `/`.
    pub path: String,
    /// English files that the fields below point at by index.
    pub texts: Vec<SourceText>,
    /// The article as the source has it now.
    pub newest: Newest,
    /// What is known about the version that each document was translated from; in the order of the
    /// article's documents.
    pub origins: Vec<SourceOrigin>,
    /// That the tree lacks the commits that most documents of the run record, if it does: it was probably not fetched for
    /// long, and one commit more or less tells nothing.
    pub behind: Option<Behind>,
}

/// How much a tree lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behind {
    /// How many documents record a commit that it lacks.
    pub lacking: usize,
    /// How many record one.
    pub recorded: usize,
    /// The index of the document at which to say so, if it is one of this article.
    pub told_at: Option<usize>,
}

/// An English file.
#[derive(Debug)]
pub struct SourceText {
    /// Its number, by which findings point at it; unlike that of any document of the article.
    pub id: DocumentId,
    /// SHA-1 of its bytes, 40 hex digits.
    pub hash: String,
    /// Its content; empty if it is no text.
    pub document: Document,
    /// Whether it is text, so that it can be compared.
    pub legible: bool,
}

/// The article as the source has it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Newest {
    /// It is there.
    There {
        /// Index of its text.
        text: usize,
        /// Its path now, if it was renamed.
        renamed: Option<String>,
    },
    /// It was deleted.
    Gone {
        /// The commit that did it.
        commit: String,
        /// When.
        date: Date,
    },
    /// It is not there, and no known commit ever had it.
    Never,
}

/// The source version that a document was translated from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceOrigin {
    /// The English file at the recorded commit.
    pub recorded: Recorded,
    /// What happened to the article since that commit; `None` if nothing did, or if it is not known, as on another branch.
    pub since: Option<Since>,
    /// Whether that commit comes after the version that counts as the newest: then the document is not behind.
    pub later: bool,
}

/// The English file at the commit that a document records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// The document records no commit, or the tree has no history and its file has another hash.
    Unknown,
    /// The repository has no such commit.
    NoCommit,
    /// The commit does not hold the article.
    NoFile,
    /// It is there.
    There {
        /// Index of its text.
        text: usize,
        /// Its path at that commit, if it was another.
        path: Option<String>,
    },
}

/// Commits that touched an article since a document's source version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Since {
    /// How many.
    pub commits: usize,
    /// The day of the first one.
    pub first: Date,
}

impl SourceOrigin {
    /// One of which nothing more is known.
    pub fn new(recorded: Recorded) -> Self {
        Self { recorded, since: None, later: false }
    }
}

impl SourceView {
    /// The text at the commit that a document records; `None` if there is none. `at` is the document's index.
    pub fn recorded(&self, at: usize) -> Option<&SourceText> {
        match self.origins.get(at)?.recorded {
            Recorded::There { text, .. } => self.texts.get(text),
            _ => None,
        }
    }

    /// Whether a document was translated from a later version than the newest here. `at` is the document's index.
    pub fn is_later(&self, at: usize) -> bool {
        self.origins.get(at).is_some_and(|origin| origin.later)
    }

    /// Whether any document was.
    pub fn has_later(&self) -> bool {
        self.origins.iter().any(|origin| origin.later)
    }

    /// Whether documents record commits, and the tree has none of them: then it cannot tell what became of the article.
    pub fn knows_none(&self) -> bool {
        let any = |is: fn(&Recorded) -> bool| self.origins.iter().any(|origin| is(&origin.recorded));
        any(|recorded| *recorded == Recorded::NoCommit)
            && !any(|recorded| matches!(recorded, Recorded::NoFile | Recorded::There { .. }))
    }

    /// The text as it is now.
    pub fn newest(&self) -> Option<&SourceText> {
        match self.newest {
            Newest::There { text, .. } => self.texts.get(text),
            _ => None,
        }
    }
}
