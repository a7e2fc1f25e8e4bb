//! Ids of units and hashes of sources.

pub(crate) use bitext::is_hash;
use bitext::{Document, Fault};
use sha1::{Digest, Sha1};

/// ` of unit 8c032-104`, or nothing if the fault names no unit.
pub(crate) fn of_unit(document: &Document, fault: &Fault) -> String {
    fault.id.map_or(String::new(), |id| format!(" of unit {}", document.slice(id)))
}

/// What tells a fault from others of its kind in any version of the document: the text behind the tag with the id,
/// which changes.
pub(crate) fn identity(document: &Document, fault: &Fault, kind: &str) -> String {
    let rest = fault.id.and_then(|id| document.file.text().get(id.end as usize..));
    let text = rest.and_then(|rest| rest.split_once('>')).and_then(|(_, text)| text.split('<').next());
    format!("{kind} {}", text.unwrap_or_default().trim())
}

/// SHA-1 of the bytes of a text, as the documents write it: 40 hex digits.
pub(crate) fn sha1(text: &str) -> String {
    Sha1::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `digit 40: "1" against "0"`, if two hashes differ in one digit only.
pub(crate) fn one_digit(own: &str, other: &str) -> Option<String> {
    let mut differing = own.chars().zip(other.chars()).enumerate().filter(|(_, (own, other))| own != other);
    let (at, (own, other)) = differing.next()?;
    differing.next().is_none().then(|| format!("digit {}: \"{own}\" against \"{other}\"", at + 1))
}

/// The source hash of a document, if it is one. Another value is the finding of `front-matter/format`, not
/// another source version.
pub(crate) fn source_hash(document: &Document) -> Option<&str> {
    document.provenance.source_hash.map(|span| document.slice(span)).filter(|hash| is_hash(hash))
}

/// The source version of a document: hash and commit. Documents that share it have the same units.
pub(crate) fn source_version(document: &Document) -> Option<(&str, &str)> {
    Some((source_hash(document)?, document.slice(document.provenance.source_commit?)))
}
