//! A finding as SARIF tells it.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use ::rules::{Applicability, Role};
use bitext::Span;
use serde::Serialize;

use super::{Message, ROOT, level};
use crate::engine::{LocatedFinding, LocatedFix, LocatedRelated, Range};
use crate::files::Files;
use crate::report::root::Root;

/// Related places in a result; viewers show few, and a finding may have thousands. The JSON report has all.
const MOST_RELATED: usize = 100;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Shown<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    locations: [Place; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
    partial_fingerprints: Fingerprints<'a>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "loclint/v1")]
    own: &'a str,
    /// The only one that GitHub goes by. It would be made of the line, which can hold many units and is another after each hand-off.
    #[serde(rename = "primaryLocationLineHash")]
    github: String,
}

impl<'a> Fingerprints<'a> {
    fn new(own: &'a str) -> Self {
        // In the shape that GitHub's own have: "39fa2ee980eb94b0:1".
        let (print, number) = own.split_once('-').unwrap_or((own, "1"));
        Self { own, github: format!("{print}:{number}") }
    }
}

#[derive(Serialize)]
struct Properties<'a> {
    confidence: &'static str,
    locale: &'a str,
    article: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    mqm: &'a str,
}

/// A location of SARIF.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
    /// For what is no file on disk.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Snippet>,
}

#[derive(Serialize)]
struct Snippet {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    description: Message,
    artifact_changes: [Change<'a>; 1],
    properties: FixProperties,
}

#[derive(Serialize)]
struct FixProperties {
    applicability: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Content<'a>,
}

#[derive(Serialize)]
struct Content<'a> {
    text: &'a str,
}

impl<'a> Shown<'a> {
    pub(super) fn new(
        finding: &'a LocatedFinding,
        rule_index: Option<usize>,
        root: &Root,
        excerpts: &Excerpts<'_>,
    ) -> Self {
        let (path, files) = (&finding.path, excerpts.files);
        let message = match &finding.help {
            Some(help) => format!("{}\n{help}", finding.message),
            None => finding.message.clone(),
        };
        let mut region = Region::new(&finding.range);
        region.snippet = excerpts.of(path, finding.range.span).map(|text| Snippet { text });
        let related = finding.related.iter().take(MOST_RELATED).enumerate();
        Self {
            rule_id: &finding.rule,
            rule_index,
            level: level(finding.severity),
            message: Message::new(&message),
            locations: [Place {
                id: None,
                physical_location: Physical {
                    artifact_location: Artifact::new(path, root, files),
                    region: Some(region),
                },
                message: None,
            }],
            related_locations: related
                .map(|(at, place)| Place::related(at + 1, place, root, files))
                .collect(),
            fixes: finding.fix.iter().map(|fix| Fix::new(fix, path, root, files)).collect(),
            partial_fingerprints: Fingerprints::new(&finding.fingerprint),
            properties: Properties {
                confidence: finding.confidence.as_str(),
                locale: &finding.locale,
                article: &finding.article,
                unit: finding.unit.as_deref(),
                mqm: &finding.mqm,
            },
        }
    }
}

impl Place {
    /// A whole file on disk.
    pub(super) fn of_file(path: &Path, root: &Root) -> Self {
        let artifact_location = Artifact::on_disk(path, root);
        Self { id: None, physical_location: Physical { artifact_location, region: None }, message: None }
    }

    fn related(id: usize, related: &LocatedRelated, root: &Root, files: &Files) -> Self {
        // English texts have no locale.
        let own = related.role == Role::Source
            || related.locale.is_empty()
            || related.label.contains(&related.locale);
        let label =
            if own { related.label.clone() } else { format!("{}: {}", related.locale, related.label) };
        Self {
            id: Some(id),
            physical_location: Physical {
                artifact_location: Artifact::new(&related.path, root, files),
                region: Some(Region::new(&related.range)),
            },
            message: Some(Message::new(&label)),
        }
    }
}

impl Artifact {
    fn new(path: &Path, root: &Root, files: &Files) -> Self {
        let mut artifact = Self::on_disk(path, root);
        if !files.is_on_disk(path) {
            let text = "a file of a git repository, at the commit after the \"@\"";
            artifact.description = Some(Message::new(text));
        }
        artifact
    }

    fn on_disk(path: &Path, root: &Root) -> Self {
        let (uri, relative) = root.uri_of(path);
        Self { uri, uri_base_id: relative.then_some(ROOT), description: None }
    }
}

impl Region {
    fn new(range: &Range) -> Self {
        Self {
            start_line: range.start.line,
            start_column: range.start.utf16_column,
            end_line: range.end.line,
            end_column: range.end.utf16_column,
            snippet: None,
        }
    }
}

impl<'a> Fix<'a> {
    fn new(fix: &'a LocatedFix, path: &Path, root: &Root, files: &Files) -> Self {
        let replacements = fix.edits.iter().map(|edit| Replacement {
            deleted_region: Region::new(&edit.range),
            inserted_content: Content { text: &edit.replacement },
        });
        Self {
            description: Message::new(&fix.title),
            artifact_changes: [Change {
                artifact_location: Artifact::new(path, root, files),
                replacements: replacements.collect(),
            }],
            properties: FixProperties {
                applicability: match fix.applicability {
                    Applicability::Safe => "safe",
                    Applicability::Unsafe => "unsafe",
                },
            },
        }
    }
}

/// Reads what findings are about. They come ordered by path, so each file is read once.
pub(super) struct Excerpts<'a> {
    files: &'a Files,
    last: RefCell<(PathBuf, Vec<u8>)>,
}

impl<'a> Excerpts<'a> {
    pub(super) fn new(files: &'a Files) -> Self {
        Self { files, last: RefCell::default() }
    }

    /// The text of a span, if it is short enough to be shown.
    fn of(&self, path: &Path, span: Span) -> Option<String> {
        const LONGEST: usize = 1024;
        if span.is_empty() || span.len() > LONGEST {
            return None;
        }
        let mut last = self.last.borrow_mut();
        if last.0 != path {
            *last = (path.to_path_buf(), self.files.bytes(path).unwrap_or_default());
        }
        let bytes = last.1.get(span.start as usize..span.end as usize)?;
        Some(String::from_utf8_lossy(bytes).into_owned())
    }
}
