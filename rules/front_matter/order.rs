use bitext::{Document, FrontMatter, Localized, PROVENANCE_KEYS};

use crate::prelude::*;

/// Its page is `order.md`.
pub(crate) struct Order;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "front-matter/order",
            include_str!("order.md"),
            Severity::Info,
            Scope::Document,
            "other",
        )
    }
}

impl DocumentRule for Order {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        let Some(front) = document.front_matter.as_ref().filter(|front| front.error.is_none()) else {
            return;
        };
        let text = document.file.text();
        let keys: Vec<&str> = front.entries.iter().map(|entry| entry.key.text(text)).collect();
        // The other keys come before the provenance; what is out of order is the first that falls back.
        let ranks: Vec<usize> = keys.iter().map(|key| rank(key)).collect();
        let Some(at) = ranks.windows(2).position(|two| two[1] < two[0]) else { return };
        let message = match ranks[at + 1] {
            0 => {
                format!("{} stands after {}, which belongs at the end", quote(keys[at + 1]), quote(keys[at]))
            }
            _ => format!("{} stands after {}, and belongs before it", quote(keys[at + 1]), quote(keys[at])),
        };
        let finding = sink.report(localized, front.entries[at + 1].key.span, message);
        finding.identity("order").help("put the provenance keys last, in the system's order");
        if let Some(sorted) = sorted(document, front, &ranks) {
            finding.fix(Applicability::Safe, "sort the keys", front.yaml, &sorted);
        }
    }
}

/// 0 for keys of the source, then the provenance keys in their order.
fn rank(key: &str) -> usize {
    PROVENANCE_KEYS.iter().position(|known| *known == key).map_or(0, |at| at + 1)
}

/// The block with its lines in order; `None` if an entry is not just one line.
fn sorted(document: &Document, front: &FrontMatter, ranks: &[usize]) -> Option<String> {
    let lines: Vec<&str> = document.slice(front.yaml).split_inclusive('\n').collect();
    let whole = lines.len() == front.entries.len() && lines.last().is_none_or(|line| line.ends_with('\n'));
    let mut order: Vec<usize> = (0..ranks.len()).collect();
    order.sort_by_key(|at| ranks[*at]);
    whole.then(|| order.into_iter().map(|at| lines[at]).collect())
}
