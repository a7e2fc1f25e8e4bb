use bitext::{Article, SourceText, SourceView};

use crate::prelude::*;

/// Its page is `hash.md`.
pub(crate) struct Hash;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("provenance/hash", include_str!("hash.md"), Severity::Error, Scope::Article, "other")
}

impl ArticleRule for Hash {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        let Some(source) = &article.source else { return };
        for (at, localized) in article.documents.iter().enumerate() {
            let document = &localized.document;
            let (Some(span), Some(text)) = (document.provenance.source_hash, source.recorded(at)) else {
                continue;
            };
            let own = document.slice(span);
            // What is no hash is the finding of `front-matter/format`.
            if own == text.hash || !ids::is_hash(own) {
                continue;
            }
            let commit =
                document.provenance.source_commit.map_or("", |span| words::short(document.slice(span)));
            let message = match ids::one_digit(own, &text.hash) {
                Some(digit) => {
                    format!("source hash differs from that of the English file at commit {commit} in {digit}")
                }
                None => format!(
                    "source hash {} is not that of the English file at commit {commit}, which is {}{}",
                    words::short(own),
                    words::short(&text.hash),
                    what_it_is(own, text, source),
                ),
            };
            sink.report(localized, span, message).identity("hash").help(format!(
                "restore hash and commit from the version control history of the file; the file at that commit has {}",
                text.hash
            ));
        }
    }
}

/// What else the hash is the hash of, if that can be told.
fn what_it_is(own: &str, text: &SourceText, source: &SourceView) -> String {
    if source.newest().is_some_and(|newest| newest.hash == own) {
        return format!(": it is that of the file in {}", source.name);
    }
    let lines = text.document.file.text();
    if ids::sha1(&lines.replace("\r\n", "\n")) == own {
        return ": it is that of the file with LF line endings".into();
    }
    if ids::sha1(&lines.replace("\r\n", "\n").replace('\n', "\r\n")) == own {
        return ": it is that of the file with CRLF line endings".into();
    }
    if ids::sha1(&format!("blob {}\0{lines}", lines.len())) == own {
        return ": it is the id that git has for the file, not the SHA-1 of its bytes".into();
    }
    let other = source.texts.iter().find(|other| other.hash == own);
    other.map_or(String::new(), |_| ": it is that of another version that a sibling records".into())
}
