//! The English tree of an example, from its fences:
//!
//! - `english at COMMIT`: the article at that commit; `english without COMMIT`: a commit that does not hold it
//! - `english now`, `english now at PATH`, `english now, N commits since DATE`: the article as it is now
//! - `english gone COMMIT DATE`: it was deleted; `english never`: it was never there
//! - `english folder`: a folder without history that has the article so
//! - `english list`: the paths of the tree, a line each

use bitext::{DocumentId, Localized, Newest, Recorded, Since, SourceOrigin, SourceText, SourceView, Span};

use super::{Failed, page, parse};
use crate::source::sha1_hex;

/// How messages call the tree.
pub(super) const NAME: &str = "HEAD of \"docs\"";

/// What the tree says about the article; `None` for examples without one.
pub(super) fn view(
    fences: &[(String, String)],
    documents: &[Localized],
) -> Result<Option<SourceView>, Failed> {
    if fences.iter().all(|(kind, _)| kind == "list") {
        return Ok(None);
    }
    let mut view = SourceView {
        name: NAME.into(),
        has_history: fences.iter().all(|(kind, _)| kind != "folder"),
        path: page::ARTICLE.into(),
        texts: Vec::new(),
        newest: Newest::Never,
        origins: Vec::new(),
        behind: None,
    };
    let (mut commits, mut since) = (Vec::new(), None);
    for (kind, content) in fences {
        let words: Vec<&str> = kind.split([' ', ',']).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            ["never" | "list"] => {}
            ["gone", commit, date] => {
                view.newest = Newest::Gone { commit: (*commit).into(), date: date.parse()? };
            }
            ["at", commit] => commits.push(((*commit).to_string(), Some(add(&mut view, content)?))),
            ["without", commit] => commits.push(((*commit).to_string(), None)),
            ["now" | "folder", rest @ ..] => {
                let text = add(&mut view, content)?;
                let renamed = rest.strip_prefix(&["at"]).and_then(|rest| rest.first());
                view.newest = Newest::There { text, renamed: renamed.map(ToString::to_string) };
                if let [commits, _, "since", first] = rest {
                    since = Some(Since { commits: commits.parse()?, first: first.parse()? });
                }
            }
            _ => return Err(format!("\"english {kind}\" is no fence of an example").into()),
        }
    }
    for localized in documents {
        let document = &localized.document;
        let slice = |span: Option<Span>| span.map(|span| document.slice(span));
        let (hash, commit) =
            (slice(document.provenance.source_hash), slice(document.provenance.source_commit));
        let recorded = match commit.filter(|_| view.has_history) {
            Some(commit) => match commits.iter().find(|(known, _)| known == commit) {
                Some((_, Some(text))) => Recorded::There { text: *text, path: None },
                Some((_, None)) => Recorded::NoFile,
                None => Recorded::NoCommit,
            },
            None => match &view.newest {
                Newest::There { text, .. } if hash == Some(&view.texts[*text].hash) => {
                    Recorded::There { text: *text, path: None }
                }
                _ => Recorded::Unknown,
            },
        };
        view.origins.push(SourceOrigin { since, ..SourceOrigin::new(recorded) });
    }
    Ok(Some(view))
}

fn add(view: &mut SourceView, content: &str) -> Result<usize, Failed> {
    let id = DocumentId(1 << 31 | view.texts.len() as u32);
    let document = parse(content.to_string())?;
    view.texts.push(SourceText { id, hash: sha1_hex(content.as_bytes()), document, legible: true });
    Ok(view.texts.len() - 1)
}
