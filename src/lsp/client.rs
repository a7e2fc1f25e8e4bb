//! What the editor can do, and where it works.

use std::path::{Path, PathBuf};

use lsp_types::{InitializeParams, MarkupKind, WorkspaceFolder};

use super::position::Encoding;
use super::uri::path_of;
use crate::discover::place;

/// The editor, as it introduced itself.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is an ability of its own")]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// Whether diagnostics can point at other places.
    pub(super) related: bool,
    /// Whether edits can say which version of a document they are for.
    pub(super) versioned_edits: bool,
    /// Whether hovers can be Markdown.
    pub(super) markdown: bool,
    /// Whether it watches files if it is asked to.
    pub(super) watches: bool,
    folders: Vec<PathBuf>,
}

impl Client {
    #[allow(deprecated, reason = "older editors name one folder, as the root")]
    pub(super) fn new(params: &InitializeParams) -> Self {
        let all = &params.capabilities;
        let (text, workspace) = (all.text_document.as_ref(), all.workspace.as_ref());
        let encodings = all.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let diagnostics = text.and_then(|text| text.publish_diagnostics.as_ref());
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let hover = text.and_then(|text| text.hover.as_ref());
        let formats = hover.and_then(|hover| hover.content_format.as_deref());
        let watching = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let mut client = Self {
            encoding: Encoding::negotiate(encodings),
            related: diagnostics.and_then(|one| one.related_information).unwrap_or(false),
            versioned_edits: edits.and_then(|edits| edits.document_changes).unwrap_or(false),
            markdown: formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            watches: watching.and_then(|watching| watching.dynamic_registration).unwrap_or(false),
            folders: Vec::new(),
        };
        match &params.workspace_folders {
            Some(folders) => client.add(folders),
            None => client
                .folders
                .extend(params.root_uri.as_ref().and_then(path_of).and_then(|path| place(&path).ok())),
        }
        client
    }

    /// Takes folders of the workspace in.
    pub(super) fn add(&mut self, folders: &[WorkspaceFolder]) {
        self.folders.extend(placed(folders));
    }

    /// Lets go of folders of the workspace.
    pub(super) fn remove(&mut self, folders: &[WorkspaceFolder]) {
        let gone: Vec<PathBuf> = placed(folders).collect();
        self.folders.retain(|folder| !gone.contains(folder));
    }

    /// The folder that a file belongs to: the innermost of the workspace, or its own.
    pub(super) fn folder_of(&self, path: &Path) -> PathBuf {
        let holding = self.folders.iter().filter(|folder| path.starts_with(folder));
        let innermost = holding.max_by_key(|folder| folder.components().count()).cloned();
        innermost.unwrap_or_else(|| path.parent().unwrap_or(path).to_path_buf())
    }
}

fn placed(folders: &[WorkspaceFolder]) -> impl Iterator<Item = PathBuf> {
    folders.iter().filter_map(|folder| place(&path_of(&folder.uri)?).ok())
}
