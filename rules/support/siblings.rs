//! Documents of one article that were translated from the same source, and who is right where they disagree.

use std::collections::BTreeMap;

use bitext::{Article, Localized, Span};

use super::{ids, words};
use crate::{Finding, Place, Role, Sink};

/// The bilingual documents of an article by `key`, in their order; only groups of two and more.
pub(crate) fn groups<'a, K: Ord>(
    article: &'a Article,
    key: impl Fn(&'a Localized) -> Option<K>,
) -> Vec<Vec<&'a Localized>> {
    if article.documents.len() < 2 {
        return Vec::new();
    }
    let mut groups: BTreeMap<K, Vec<&Localized>> = BTreeMap::new();
    for localized in article.documents.iter().filter(|localized| localized.document.is_bilingual()) {
        if let Some(key) = key(localized) {
            groups.entry(key).or_default().push(localized);
        }
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// The bilingual documents with equal source hash.
pub(crate) fn same_source(article: &Article) -> Vec<Vec<&Localized>> {
    groups(article, |localized| ids::source_hash(&localized.document))
}

/// Whether the English file that a document was translated from is at hand: then the provenance rules compare
/// it with that.
pub(crate) fn is_verified(article: &Article, localized: &Localized) -> bool {
    let at = article.documents.iter().position(|other| other.id == localized.id);
    at.is_some_and(|at| article.verified_source(at).is_some())
}

/// A sibling that disagrees with others.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Dissent {
    /// Index of the one that disagrees.
    pub(crate) odd: usize,
    /// Index of one of those that it disagrees with.
    pub(crate) model: usize,
    /// Indexes of those that it disagrees with.
    pub(crate) others: Vec<usize>,
    /// Whether more siblings are on the other side than on any; if not, nobody knows who is right, and there is
    /// one dissent only.
    pub(crate) has_majority: bool,
}

/// Which of the `siblings` that are reported on disagree with most others about `keys`, one of each sibling.
pub(crate) fn dissents<K: Ord>(siblings: &[&Localized], keys: &[K]) -> Vec<Dissent> {
    let reported: Vec<bool> = siblings.iter().map(|sibling| sibling.reported).collect();
    among(&reported, keys)
}

/// The same, whether they are reported on or not.
pub(crate) fn all_dissents<K: Ord>(keys: &[K]) -> Vec<Dissent> {
    among(&vec![true; keys.len()], keys)
}

fn among<K: Ord>(reported: &[bool], keys: &[K]) -> Vec<Dissent> {
    let mut camps: BTreeMap<&K, Vec<usize>> = BTreeMap::new();
    for (index, key) in keys.iter().enumerate() {
        camps.entry(key).or_default().push(index);
    }
    let mut camps: Vec<Vec<usize>> = camps.into_values().collect();
    camps.sort_by_key(|camp| (std::cmp::Reverse(camp.len()), camp[0]));
    let [first, second, ..] = camps.as_slice() else { return Vec::new() };
    if first.len() == second.len() {
        let tie = [(first, second), (second, first)].into_iter().find_map(|(own, others)| {
            let odd = own.iter().copied().find(|index| reported[*index])?;
            Some(Dissent { odd, model: others[0], others: others.clone(), has_majority: false })
        });
        return tie.into_iter().collect();
    }
    let mut odd: Vec<usize> = camps[1..].concat();
    odd.retain(|index| reported[*index]);
    odd.sort_unstable();
    let dissent = |odd| Dissent { odd, model: first[0], others: first.clone(), has_majority: true };
    odd.into_iter().map(dissent).collect()
}

impl Dissent {
    /// `, but cs-CZ and de-DE, from the same source, have WHAT`, and whether that tells who is right.
    pub(crate) fn but_have(&self, siblings: &[&Localized], what: &str) -> String {
        let have = if self.others.len() == 1 { "has" } else { "have" };
        format!(", but {}, from the same source, {have} {what}{}", self.who(siblings), self.doubt())
    }

    /// `, but cs-CZ and de-DE, from the same source, do not have it`.
    pub(crate) fn but_have_not(&self, siblings: &[&Localized], what: &str) -> String {
        let have = if self.others.len() == 1 { "does not have" } else { "do not have" };
        format!(", but {}, from the same source, {have} {what}{}", self.who(siblings), self.doubt())
    }

    /// The locales on the other side.
    pub(crate) fn who(&self, siblings: &[&Localized]) -> String {
        words::locales(self.others.iter().map(|index| &siblings[*index].locale))
    }

    /// What a finding about the two texts is about. In a tie it can be told from either side, and is the same.
    pub(crate) fn settle<'f>(&self, finding: &'f mut Finding, own: &str, other: &str) -> &'f mut Finding {
        let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut texts = [folded(own), folded(other)];
        finding.tie = !self.has_majority;
        if finding.tie {
            texts.sort_unstable();
        }
        finding.identity(texts.join("\n"))
    }

    /// What to add where no majority exists.
    pub(crate) fn doubt(&self) -> &'static str {
        if self.has_majority { "" } else { "; no majority tells who is right" }
    }

    /// What the place on the other side is: evidence, or just as likely the fault.
    pub(crate) fn role(&self) -> Role {
        if self.has_majority { Role::Evidence } else { Role::Place }
    }
}

/// Reports a finding about the article at the source hashes of some of its documents, given by index: one
/// finding, whatever the number of locales. `None` if there is no document.
pub(crate) fn report_article<'s>(
    article: &Article,
    documents: &[usize],
    message: String,
    sink: &'s mut Sink<'_>,
) -> Option<&'s mut Finding> {
    let place = |at: &usize| {
        let localized = &article.documents[*at];
        let provenance = &localized.document.provenance;
        let span = provenance.source_hash.or(provenance.source_commit).unwrap_or(Span::at(0));
        (Place { document: localized.id, span }, &localized.locale)
    };
    let (first, rest) = documents.split_first()?;
    let finding = sink.report_at(place(first).0, message).whole_article();
    for (place, locale) in rest.iter().map(place) {
        finding.related(Role::Place, format!("{locale} too"), place, None);
    }
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minority_dissents() {
        let dissents = |keys: &[&str]| all_dissents(keys);
        assert_eq!(dissents(&["a", "a"]), []);
        let one = Dissent { odd: 1, model: 0, others: vec![0, 2], has_majority: true };
        assert_eq!(dissents(&["a", "b", "a"]), [one]);
        let odd: Vec<usize> = dissents(&["a", "b", "a", "c"]).iter().map(|dissent| dissent.odd).collect();
        assert_eq!(odd, [1, 3]);
    }

    #[test]
    fn two_never_tell_who_is_right() {
        let tie = Dissent { odd: 0, model: 1, others: vec![1], has_majority: false };
        assert_eq!(among(&[true, true], &["b", "a"]), [tie]);
        let other = Dissent { odd: 1, model: 0, others: vec![0], has_majority: false };
        assert_eq!(among(&[false, true], &["b", "a"]), [other], "the one that is reported on is named");
        assert_eq!(among(&[true, false, true], &["a", "b", "a"]), [], "the odd one is there for comparison");
    }
}
