use std::cmp::Reverse;
use std::collections::BTreeMap;

use bitext::{Document, Span};
use rules::{Applicability, Edit, Finding, Fix};

use super::guard::refusal;

/// The fixes that are applied to a document in one round.
#[derive(Debug, Default)]
pub struct Choice<'a> {
    /// Their edits, which neither overlap nor touch those of another fix.
    pub edits: Vec<&'a Edit>,
    /// Their findings.
    pub findings: Vec<&'a Finding>,
    /// Findings whose fixes touch what no fix may touch, and why they must not be applied.
    pub refused: Vec<(&'a Finding, &'static str)>,
}

/// Chooses among the fixes of a document's findings.
///
/// A fix is applied whole or not at all. Where two overlap or touch, the one of the more severe finding goes first, then the one that stands
/// first, then the one whose rule's id comes first; the other waits for the next round, in which it is found again if it is still needed.
pub fn choose<'a>(
    document: &Document,
    findings: impl Iterator<Item = &'a Finding>,
    unsafe_too: bool,
) -> Choice<'a> {
    let wanted = |fix: &Fix| unsafe_too || fix.applicability == Applicability::Safe;
    let mut fixes: Vec<(&Finding, &Fix)> = findings
        .filter_map(|finding| Some((finding, finding.fix.as_ref()?)))
        .filter(|(_, fix)| wanted(fix) && !fix.edits.is_empty())
        .collect();
    fixes.sort_by_cached_key(|(finding, fix)| {
        let mut edits: Vec<(Span, &str)> =
            fix.edits.iter().map(|edit| (edit.span, &*edit.replacement)).collect();
        edits.sort_unstable();
        (Reverse(finding.severity), edits[0].0.start, finding.rule.as_ref(), edits)
    });
    let (mut choice, mut taken) = (Choice::default(), Taken::default());
    for (finding, fix) in fixes {
        if let Some(why) = refusal(document, fix) {
            choice.refused.push((finding, why));
        } else if fix.edits.iter().all(|edit| taken.is_free(edit.span)) {
            fix.edits.iter().for_each(|edit| taken.take(edit.span));
            choice.edits.extend(&fix.edits);
            choice.findings.push(finding);
        }
    }
    choice
}

/// The bytes that chosen fixes edit, by where they start.
#[derive(Default)]
struct Taken(BTreeMap<u32, u32>);

impl Taken {
    /// Whether nothing that is taken overlaps or touches `span`.
    fn is_free(&self, span: Span) -> bool {
        self.0.range(..=span.end).next_back().is_none_or(|(_, end)| *end < span.start)
    }

    fn take(&mut self, span: Span) {
        let end = self.0.entry(span.start).or_default();
        *end = span.end.max(*end);
    }
}

#[cfg(test)]
mod tests {
    use bitext::{DocumentId, SourceFile};
    use proptest::prelude::*;
    use rules::{Place, Severity};

    use super::*;
    use crate::fix::apply;

    fn document(text: &str) -> Document {
        Document::parse(SourceFile::from_bytes(text.into()).unwrap())
    }

    fn finding(rule: &'static str, severity: Severity, edits: &[(usize, usize, &str)]) -> Finding {
        let edit = |(start, end, text): &(usize, usize, &str)| Edit {
            span: Span::new(*start, *end),
            replacement: (*text).into(),
        };
        let edits: Vec<Edit> = edits.iter().map(edit).collect();
        let place = Place { document: DocumentId(0), span: Span::at(0) };
        let mut finding = Finding::internal(rule, place, String::new());
        finding.severity = severity;
        finding.fix = Some(Fix { title: String::new(), applicability: Applicability::Safe, edits });
        finding
    }

    fn chosen(findings: &[Finding]) -> Vec<&str> {
        choose(&document("0123456789"), findings.iter(), false).findings.iter().map(|f| &*f.rule).collect()
    }

    #[test]
    fn the_more_severe_goes_first_then_the_earlier_then_the_rule() {
        use Severity::{Error, Info, Warning};
        let of = |rule, severity, start, end| finding(rule, severity, &[(start, end, "")]);
        assert_eq!(chosen(&[of("a", Warning, 0, 4), of("b", Error, 3, 6)]), ["b"]);
        assert_eq!(
            chosen(&[of("a", Warning, 3, 6), of("b", Warning, 0, 4), of("c", Info, 8, 9)]),
            ["b", "c"]
        );
        assert_eq!(chosen(&[of("b", Warning, 3, 6), of("a", Warning, 3, 6)]), ["a"]);
    }

    #[test]
    fn fixes_that_touch_wait_for_each_other() {
        let of = |rule, start, end| finding(rule, Severity::Error, &[(start, end, "x")]);
        assert_eq!(chosen(&[of("a", 2, 4), of("b", 4, 5), of("c", 6, 7)]), ["a", "c"]);
        assert_eq!(chosen(&[of("a", 4, 4), of("b", 4, 4)]), ["a"]);
        assert_eq!(chosen(&[of("a", 4, 4), of("b", 3, 4)]), ["b"]);
    }

    #[test]
    fn a_fix_is_whole_or_not_at_all() {
        let pair = finding("a", Severity::Warning, &[(0, 1, ""), (5, 6, "")]);
        let one = finding("b", Severity::Error, &[(5, 7, "")]);
        assert_eq!(chosen(&[pair.clone(), one]), ["b"]);
        assert_eq!(chosen(&[pair, finding("c", Severity::Info, &[(2, 3, "")])]), ["a", "c"]);
    }

    #[test]
    fn unsafe_fixes_are_asked_for() {
        let mut guess = finding("a", Severity::Error, &[(0, 1, "")]);
        guess.fix.as_mut().unwrap().applicability = Applicability::Unsafe;
        assert_eq!(chosen(&[guess.clone()]), [""; 0]);
        assert_eq!(choose(&document("01"), [&guess].into_iter(), true).findings.len(), 1);
    }

    proptest! {
        #[test]
        fn what_is_chosen_always_applies(spans in prop::collection::vec((0..60usize, 0..6usize, "[a-z]{0,3}"), 0..20)) {
            let text = "ab cd éf 漢字 gh ".repeat(3);
            let findings: Vec<Finding> = spans
                .iter()
                .map(|(start, len, put)| finding("a", Severity::Error, &[(*start, start + len, put)]))
                .collect();
            let choice = choose(&document(&text), findings.iter(), false);
            prop_assert!(apply(&text, &choice.edits).is_some());
            // The same whatever the order in which findings come.
            let mut back = findings.clone();
            back.reverse();
            let again = choose(&document(&text), back.iter(), false);
            let spans = |choice: &Choice<'_>| choice.edits.iter().map(|edit| edit.span).collect::<Vec<_>>();
            prop_assert_eq!(spans(&choice), spans(&again));
        }
    }
}
