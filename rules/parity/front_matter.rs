use std::collections::BTreeSet;

use bitext::{
    Article, Date, Document, Entry, FrontMatter as Block, Localized, PROVENANCE_KEYS, Span, Value, parse_date,
};

use crate::front_matter::translated;
use crate::prelude::*;
use crate::support::siblings::{Dissent, dissents, is_verified, same_source};
use crate::support::yaml::{LOCALIZED, shown};

/// Its page is `front_matter.md`.
pub(crate) struct FrontMatter {
    /// A hand-off after this day is the finding of `front-matter/dates`.
    pub(crate) today: Date,
}

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "parity/front-matter",
        include_str!("front_matter.md"),
        Severity::Error,
        Scope::Article,
        "inconsistency",
    )
}

/// The one provenance key that is the same wherever hash and commit are.
const HAND_OFF: &str = "ms.lasthandoff";

impl ArticleRule for FrontMatter {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        for mut siblings in same_source(article) {
            // A hash that others contradict, or a block that cannot be read, is another rule's finding.
            siblings.retain(|sibling| {
                sibling.document.front_matter.as_ref().is_some_and(|front| front.error.is_none())
            });
            self.values(article, &siblings, sink);
            order(article, &siblings, sink);
        }
    }
}

impl FrontMatter {
    fn values(&self, article: &Article, siblings: &[&Localized], sink: &mut Sink<'_>) {
        let keys: BTreeSet<&str> = siblings.iter().flat_map(|sibling| keys(&sibling.document)).collect();
        for key in keys.into_iter().chain([HAND_OFF]) {
            let mut who = siblings.to_vec();
            if key == HAND_OFF {
                let first = ids::source_version(&siblings[0].document);
                who.retain(|sibling| ids::source_version(&sibling.document) == first);
            } else {
                who.retain(|sibling| !is_verified(article, sibling));
            }
            let value = |sibling: &&Localized| match sibling.document.provenance.hand_off_date {
                // How a date is padded is the business of `front-matter/format`.
                Some(date) if key == HAND_OFF => Some(date.strftime("%m/%d/%Y").to_string()),
                _ => entry(&sibling.document, key)
                    .map(|entry| shown(&entry.value, sibling.document.file.text())),
            };
            let values: Vec<Option<String>> = who.iter().map(value).collect();
            for dissent in dissents(&values) {
                if !self.is_other_rules(&who[dissent.odd].document, &who[dissent.model].document, key) {
                    report(&who, &dissent, key, &values, sink);
                }
            }
        }
    }

    /// Whether the value, or the lack of the key, is reported anyway: a key or value that was translated, a date
    /// that is none, or one that cannot be.
    fn is_other_rules(&self, own: &Document, model: &Document, key: &str) -> bool {
        let text = own.file.text();
        let date = |key| {
            let scalar = entry(own, key).and_then(|entry| entry.value.scalar());
            scalar.map(|scalar| parse_date(scalar.text(text)))
        };
        let impossible = match (key, date(key)) {
            (_, None) => key == HAND_OFF,
            ("ms.date", Some(date)) => {
                date.is_none_or(|date| own.provenance.hand_off_date.is_some_and(|hand_off| date > hand_off))
            }
            (HAND_OFF, Some(date)) => date.is_none_or(|hand_off| {
                let written = Self::written(own);
                hand_off > self.today || written.is_some_and(|written| written > hand_off)
            }),
            _ => false,
        };
        impossible
            || translated::concerns(own, key)
            || (entry(own, key).is_none() && {
                let foreign = |key: &&str| entry(model, key).is_none();
                keys(own).into_iter().filter(foreign).any(|own_key| translated::concerns(own, own_key))
            })
    }

    fn written(document: &Document) -> Option<Date> {
        let scalar = entry(document, "ms.date")?.value.scalar()?;
        parse_date(scalar.text(document.file.text()))
    }
}

/// The keys whose values are the same in every locale.
fn keys(document: &Document) -> Vec<&str> {
    let text = document.file.text();
    let keys =
        document.front_matter.iter().flat_map(|front| &front.entries).map(|entry| entry.key.text(text));
    keys.filter(|key| !PROVENANCE_KEYS.contains(key) && !LOCALIZED.contains(key)).collect()
}

fn entry<'a>(document: &'a Document, key: &str) -> Option<&'a Entry> {
    document.front_matter.as_ref()?.entry(document.file.text(), key)
}

fn report(
    siblings: &[&Localized],
    dissent: &Dissent,
    key: &str,
    values: &[Option<String>],
    sink: &mut Sink<'_>,
) {
    let (odd, model) = (siblings[dissent.odd], siblings[dissent.model]);
    let (others, doubt) = dissent.others_have(siblings);
    let own = values[dissent.odd].as_ref();
    let message = match (own, &values[dissent.model]) {
        (Some(own), Some(other)) => {
            format!("{} is {} where {others} {}{doubt}", quote(key), quote(own), quote(other))
        }
        (Some(_), None) => format!("{} is a key that {others} not{doubt}", quote(key)),
        (None, other) => {
            let other = other.as_deref().unwrap_or_default();
            format!("{} is missing, where {others} {}{doubt}", quote(key), quote(other))
        }
    };
    let role = if dissent.has_majority { Role::Evidence } else { Role::Place };
    sink.report(odd, place(&odd.document, key), message)
        .identity(key)
        .help("only title, description and keywords are translated: restore the English value")
        .related(
            role,
            format!("{} has this", model.locale),
            Place { document: model.id, span: place(&model.document, key) },
            None,
        );
}

/// The value of the key, or the first line of the block where the key is absent.
fn place(document: &Document, key: &str) -> Span {
    let value = |entry: &Entry| match &entry.value {
        value if value.span().is_empty() => entry.key.span,
        Value::Scalar(scalar) => scalar.content(),
        value => value.span(),
    };
    let fence = |front: &Block| Span { start: front.block.start, end: front.yaml.start };
    let absent = || document.front_matter.as_ref().map_or(Span::at(0), fence);
    entry(document, key).map_or_else(absent, value)
}

/// Compares the order of the keys that all siblings have.
fn order(article: &Article, siblings: &[&Localized], sink: &mut Sink<'_>) {
    let mut siblings = siblings.to_vec();
    siblings.retain(|sibling| !is_verified(article, sibling));
    let Some((first, rest)) = siblings.split_first() else { return };
    let mut shared: BTreeSet<&str> = keys(&first.document).into_iter().collect();
    for sibling in rest {
        let own: BTreeSet<&str> = keys(&sibling.document).into_iter().collect();
        shared.retain(|key| own.contains(key));
    }
    let order = |sibling: &&Localized| -> Vec<String> {
        let mut seen = BTreeSet::new();
        let keys = keys(&sibling.document).into_iter();
        keys.filter(|key| shared.contains(key) && seen.insert(*key)).map(String::from).collect()
    };
    let orders: Vec<Vec<String>> = siblings.iter().map(order).collect();
    for dissent in dissents(&orders) {
        let (own, other) = (&orders[dissent.odd], &orders[dissent.model]);
        let Some(at) = own.iter().zip(other).position(|(own, other)| own != other) else { continue };
        let (odd, model) = (siblings[dissent.odd], siblings[dissent.model]);
        let (others, doubt) = dissent.others_have(&siblings);
        let message = format!("key {} stands where {others} {}{doubt}", quote(&own[at]), quote(&other[at]));
        let key = |localized: &Localized, key: &str| {
            entry(&localized.document, key).map_or(Span::at(0), |entry| entry.key.span)
        };
        let role = if dissent.has_majority { Role::Evidence } else { Role::Place };
        sink.report(odd, key(odd, &own[at]), message)
            .identity("order")
            .help("the keys stand in the order of the English file: restore it")
            .related(
                role,
                format!("{} has this order", model.locale),
                Place { document: model.id, span: key(model, &other[at]) },
                None,
            );
    }
}
