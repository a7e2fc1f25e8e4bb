use std::collections::{BTreeMap, BTreeSet};

use bitext::{Article, Date, Document, DocumentId, Localized, Span};

use crate::prelude::*;
use crate::support::siblings::{Dissent, dissents, groups, is_verified, same_source};
use crate::support::yaml;

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
            siblings.retain(|sibling| yaml::is_readable(&sibling.document) && !is_verified(article, sibling));
            if siblings.windows(2).all(|two| is_alike(&two[0].document, &two[1].document)) {
                continue;
            }
            let keys: BTreeSet<&str> =
                siblings.iter().flat_map(|sibling| yaml::source_keys(&sibling.document)).collect();
            let mut besides = Besides::new();
            for key in keys {
                self.compare(&siblings, key, &mut besides, sink);
            }
            order(&siblings, sink);
        }
        for mut siblings in groups(article, |localized| ids::source_version(&localized.document)) {
            siblings.retain(|sibling| yaml::is_readable(&sibling.document));
            self.compare(&siblings, HAND_OFF, &mut Besides::new(), sink);
        }
    }
}

/// One document beside another, for each two that are compared: what that tells is the same for all keys.
type Besides<'d> = BTreeMap<(DocumentId, DocumentId), yaml::Beside<'d>>;

/// Whether two documents have the same keys in the same order, with the same texts: most have.
fn is_alike(own: &Document, other: &Document) -> bool {
    let (text, other_text) = (own.file.text(), other.file.text());
    let mut there = yaml::source_entries(other);
    yaml::source_entries(own).all(|entry| {
        there.next().is_some_and(|other| {
            entry.key.text(text) == other.key.text(other_text)
                && yaml::has_same_texts(&entry.value, text, &other.value, other_text)
        })
    }) && there.next().is_none()
}

impl FrontMatter {
    fn compare<'d>(
        &self,
        siblings: &[&'d Localized],
        key: &str,
        besides: &mut Besides<'d>,
        sink: &mut Sink<'_>,
    ) {
        let value = |sibling: &&Localized| match sibling.document.provenance.hand_off_date {
            // How a date is padded is the business of `front-matter/format`.
            Some(date) if key == HAND_OFF => Some(date.strftime("%m/%d/%Y").to_string()),
            _ => yaml::entry(&sibling.document, key)
                .map(|entry| yaml::shown(&entry.value, sibling.document.file.text())),
        };
        let values: Vec<Option<String>> = siblings.iter().map(value).collect();
        for dissent in dissents(siblings, &values) {
            let (odd, model) = (siblings[dissent.odd], siblings[dissent.model]);
            let mut is_other_rules = |own: &'d Localized, model: &'d Localized| match key {
                HAND_OFF => self.is_hand_off_of_other_rules(&own.document),
                _ => besides
                    .entry((own.id, model.id))
                    .or_insert_with(|| yaml::Beside::new(&own.document, &model.document))
                    .is_other_rules(key),
            };
            // In a tie, either side may be the one that another rule reports.
            let other_side = !dissent.has_majority && is_other_rules(model, odd);
            if !other_side && !is_other_rules(odd, model) {
                report(siblings, &dissent, key, &values, sink);
            }
        }
    }

    /// Whether a hand-off that differs is reported anyway, by `front-matter/dates`.
    fn is_hand_off_of_other_rules(&self, own: &Document) -> bool {
        let Some(hand_off) = own.provenance.hand_off_date else { return true };
        let written = yaml::date(own, "ms.date");
        hand_off > self.today || written.is_some_and(|written| written > hand_off)
    }
}

fn report(
    siblings: &[&Localized],
    dissent: &Dissent,
    key: &str,
    values: &[Option<String>],
    sink: &mut Sink<'_>,
) {
    let (odd, model) = (siblings[dissent.odd], siblings[dissent.model]);
    let shown = |value: &str| if value.is_empty() { "an empty value".into() } else { quote(value) };
    let message = match (&values[dissent.odd], &values[dissent.model]) {
        (Some(own), Some(other)) => {
            format!("{} is {}{}", quote(key), shown(own), dissent.but_have(siblings, &shown(other)))
        }
        (Some(_), None) => format!("the key {} is there{}", quote(key), dissent.but_have_not(siblings, "it")),
        (None, other) => {
            let other = shown(other.as_deref().unwrap_or_default());
            format!("{} is missing{}", quote(key), dissent.but_have(siblings, &other))
        }
    };
    let help = match key {
        HAND_OFF => {
            "restore the date from the version control history of the file; nothing but a hand-off changes it"
        }
        _ => "only title, description and keywords are translated: restore the English value",
    };
    let finding = sink.report(odd, yaml::place(&odd.document, key), message);
    dissent.settle(finding, key, key).help(help).related(
        dissent.role(),
        format!("{} has this", model.locale),
        Place { document: model.id, span: yaml::place(&model.document, key) },
        None,
    );
}

/// Compares the order of the keys that siblings share.
fn order(siblings: &[&Localized], sink: &mut Sink<'_>) {
    let orders: Vec<Vec<&str>> =
        siblings.iter().map(|sibling| yaml::source_keys(&sibling.document)).collect();
    for dissent in dissents(siblings, &orders) {
        let (odd, model) = (siblings[dissent.odd], siblings[dissent.model]);
        // A key that one of them lacks is a finding of its own.
        let Some((own, other)) = yaml::out_of_order(&odd.document, &model.document) else { continue };
        let message = format!(
            "the keys are in another order: {} comes here{}",
            quote(own),
            dissent.but_have(siblings, &quote(other)),
        );
        let key = |localized: &Localized, key: &str| {
            yaml::entry(&localized.document, key).map_or(Span::at(0), |entry| entry.key.span)
        };
        let finding = sink.report(odd, key(odd, own), message);
        dissent
            .settle(finding, "order", "order")
            .help("the keys stand in the order of the English file: restore it")
            .related(
                dissent.role(),
                format!("{} has this order", model.locale),
                Place { document: model.id, span: key(model, other) },
                None,
            );
    }
}
