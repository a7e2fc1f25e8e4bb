//! Folders whose paths tell nothing: which exported files are one article is found by what they share.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use bitext::{Document, Locale};

/// A file with what makes it comparable across locales.
pub(super) struct Exported {
    /// Its path.
    pub(super) path: PathBuf,
    /// Its locale, from the front matter.
    pub(super) locale: Locale,
    source_hash: Option<String>,
    /// Hashes of heading anchors and of the texts of the source side.
    marks: BTreeSet<u64>,
}

/// Two files are one article if at least this share of the smaller one's marks is in the other.
/// Stale pairs of published trees share 0.64 of their source units in the lowest decile; different
/// articles share boilerplate headings only.
const SAME_ARTICLE: f64 = 0.5;

/// Marks in more files than this are boilerplate and bring no two files together.
const BOILERPLATE: usize = 64;

impl Exported {
    /// Takes what identifies the article from a document.
    pub(super) fn new(path: PathBuf, locale: Locale, document: &Document) -> Self {
        let anchors = document.anchors.iter().map(|anchor| mark(document.slice(anchor.name)));
        let sources = document.units.iter().map(|unit| mark(document.source(unit)));
        let marks = anchors.chain(sources).collect();
        let source_hash = document.provenance.source_hash.map(|span| document.slice(span).to_string());
        Self { path, locale, source_hash, marks }
    }
}

fn mark(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.split_whitespace().for_each(|word| word.hash(&mut hasher));
    hasher.finish()
}

/// Groups files into articles: lists of indexes into `files`, no locale twice in one. Equal source hashes
/// belong together; after that, whatever shares most.
pub(super) fn group(files: &[Exported]) -> Vec<Vec<usize>> {
    let mut groups = Groups {
        of: (0..files.len()).collect(),
        members: (0..files.len()).map(|i| vec![i]).collect(),
        files,
    };
    let mut by_hash: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, file) in files.iter().enumerate() {
        if let Some(hash) = &file.source_hash {
            match by_hash.get(hash.as_str()) {
                Some(first) => groups.join(*first, index),
                None => drop(by_hash.insert(hash, index)),
            }
        }
    }
    for (left, right) in likely_pairs(files) {
        groups.join(left, right);
    }
    groups.members.into_iter().filter(|members| !members.is_empty()).collect()
}

/// Pairs that share enough to be one article, the most alike first.
fn likely_pairs(files: &[Exported]) -> Vec<(usize, usize)> {
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (index, file) in files.iter().enumerate() {
        for mark in &file.marks {
            holders.entry(*mark).or_default().push(index);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for holders in holders.values().filter(|holders| holders.len() <= BOILERPLATE) {
        for (at, left) in holders.iter().enumerate() {
            for right in &holders[at + 1..] {
                *shared.entry((*left, *right)).or_default() += 1;
            }
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "counts of units are small")]
    let share = |(left, right): (usize, usize), shared: usize| {
        shared as f64 / files[left].marks.len().min(files[right].marks.len()).max(1) as f64
    };
    let mut pairs: Vec<_> = shared.into_iter().map(|(pair, n)| (share(pair, n), pair)).collect();
    pairs.retain(|(share, _)| *share >= SAME_ARTICLE);
    pairs.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
    pairs.into_iter().map(|(_, pair)| pair).collect()
}

struct Groups<'a> {
    /// The group of every file.
    of: Vec<usize>,
    /// The files of every group; empty once the group has been joined to another.
    members: Vec<Vec<usize>>,
    files: &'a [Exported],
}

impl Groups<'_> {
    /// Joins the groups of two files, unless that would put a locale into an article twice.
    fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.of[left].min(self.of[right]), self.of[left].max(self.of[right]));
        let locales = |group: usize| self.members[group].iter().map(|at| &self.files[*at].locale);
        if left == right || locales(left).any(|locale| locales(right).any(|other| other == locale)) {
            return;
        }
        let moved = std::mem::take(&mut self.members[right]);
        for index in &moved {
            self.of[*index] = left;
        }
        self.members[left].extend(moved);
    }
}

#[cfg(test)]
mod tests {
    use bitext::SourceFile;

    use super::*;

    fn exported(name: &str, locale: &str, hash: &str, sources: &[&str]) -> Exported {
        let unit = |(i, source): (usize, &&str)| {
            let id = format!("0a0a0-{}", 103 + i);
            format!(
                "<span data-ttu-id=\"{id}\">x</span><span class=\"sxs-lookup\"><span data-stu-id=\"{id}\">{source}</span></span>\n"
            )
        };
        let body: String = sources.iter().enumerate().map(unit).collect();
        let text = format!("---\nms.openlocfilehash: {hash}\n---\n{body}");
        let document = Document::parse(SourceFile::from_bytes(text.into_bytes()).unwrap());
        Exported::new(name.into(), Locale::parse(locale).unwrap(), &document)
    }

    #[test]
    fn equal_hash_or_shared_source_make_an_article() {
        let files = [
            exported("0.txt", "pl-pl", "aaa", &["Sign a package", "Next steps", "Push it"]),
            exported("1.txt", "cs-cz", "bbb", &["Cache folders", "Next steps", "Empty it"]),
            exported("2.txt", "cs-cz", "aaa", &["Sign a package", "Next steps", "Push it"]),
            exported("3.txt", "hu-hu", "ccc", &["Sign a package", "Next steps", "Older words"]),
            exported("4.txt", "pl-pl", "bbb", &["Cache folders", "Next steps", "Empty it"]),
        ];
        assert_eq!(group(&files), [vec![0, 2, 3], vec![1, 4]]);
    }

    #[test]
    fn a_locale_is_never_twice_in_an_article() {
        let files = [
            exported("0.txt", "pl-pl", "aaa", &["Sign a package", "Push it"]),
            exported("1.txt", "pl-pl", "aaa", &["Sign a package", "Push it"]),
        ];
        assert_eq!(group(&files), [vec![0], vec![1]]);
    }
}
