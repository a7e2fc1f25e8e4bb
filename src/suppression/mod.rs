//! Findings that are not reported because somebody said so: in the document, or in the
//! configuration ([`ConfigSuppression`]).
//!
//! Both work on located findings, when all rules of an article have spoken: no rule knows of suppressions, so none
//! finds anything else because of them. What is suppressed is counted.

mod config;
mod covering;
mod document;
mod fixes;

use std::collections::BTreeMap;
use std::path::Path;

use ::rules::Role;
use bitext::Span;

pub(crate) use config::is_entry_judged;
pub use config::{ConfigSuppression, suppress_by_config};
pub(crate) use document::{InDocuments, is_judged};
pub use fixes::allowed_fix;

use crate::engine::LocatedFinding;

/// The category of findings about suppressions, which no document can suppress.
pub(crate) const OWN: &str = "suppression";

/// How many findings were suppressed, by rule and reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suppressed(BTreeMap<(String, Option<String>), usize>);

impl Suppressed {
    /// Counts one finding.
    pub(crate) fn count(&mut self, rule: &str, reason: Option<&str>) {
        *self.0.entry((rule.into(), reason.map(Into::into))).or_default() += 1;
    }

    /// Counts what another one has.
    pub(crate) fn add(&mut self, other: Self) {
        for (key, count) in other.0 {
            *self.0.entry(key).or_default() += count;
        }
    }

    /// All of them.
    pub fn total(&self) -> usize {
        self.0.values().sum()
    }

    /// Rule, reason and how many, the most frequent first.
    pub fn rows(&self) -> Vec<(&str, Option<&str>, usize)> {
        let mut rows: Vec<_> =
            self.0.iter().map(|((rule, reason), count)| (rule.as_str(), reason.as_deref(), *count)).collect();
        // Stable: equal counts stay in the order of rules and reasons.
        rows.sort_by_key(|(.., count)| std::cmp::Reverse(*count));
        rows
    }
}

/// A place of a finding.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot<'a> {
    pub(crate) path: &'a Path,
    pub(crate) span: Span,
    pub(crate) unit: Option<&'a str>,
}

/// Takes the places out of a finding for which `is_suppressed` holds, and the edits in them. Gives whether none is
/// left, so that the finding is suppressed as a whole.
///
/// A finding that says the same of several places, of one document or of the article in several locales, stays
/// as long as one place is left that `is_reported`. One that sets two documents against each other goes with either.
pub(crate) fn take_out(
    finding: &mut LocatedFinding,
    is_suppressed: &mut dyn FnMut(Spot<'_>) -> bool,
    is_reported: &dyn Fn(&Path) -> bool,
) -> bool {
    let own = Spot { path: &finding.path, span: finding.range.span, unit: finding.unit.as_deref() };
    let home_is_suppressed = is_suppressed(own);
    let mut suppressed = vec![false; finding.related.len()];
    for (related, suppressed) in finding.related.iter().zip(&mut suppressed) {
        if related.role == Role::Place {
            let unit = related.unit.as_deref();
            *suppressed = is_suppressed(Spot { path: &related.path, span: related.range.span, unit });
        }
    }
    let repeats = finding.whole_article
        || finding.related.iter().all(|related| related.role != Role::Place || related.path == finding.path);
    let taken = usize::from(home_is_suppressed) + suppressed.iter().filter(|is| **is).count();
    if taken == 0 {
        return false;
    }
    if !repeats {
        return true;
    }
    drop_edits(finding, home_is_suppressed, &suppressed);
    let mut suppressed = suppressed.into_iter();
    finding.related.retain(|_| !suppressed.next().unwrap_or_default());
    if home_is_suppressed {
        let next = finding
            .related
            .iter()
            .position(|related| related.role == Role::Place && is_reported(&related.path));
        let Some(next) = next else { return true };
        let next = finding.related.remove(next);
        if next.path != finding.path {
            // It would edit the other document.
            finding.fix = None;
        }
        (finding.path, finding.locale) = (next.path, next.locale);
        (finding.range, finding.unit) = (next.range, next.unit);
    }
    let are = if taken == 1 { "1 of these places is".into() } else { format!("{taken} of these places are") };
    finding.message.push_str(&format!(" ({are} suppressed)"));
    false
}

/// Leaves the edits out of the fix that touch places that are suppressed.
fn drop_edits(finding: &mut LocatedFinding, home: bool, related: &[bool]) {
    let Some(fix) = &mut finding.fix else { return };
    let others = finding
        .related
        .iter()
        .zip(related)
        .filter(|(related, suppressed)| **suppressed && related.path == finding.path);
    let mut places: Vec<Span> = others.map(|(related, _)| related.range.span).collect();
    places.extend(home.then_some(finding.range.span));
    let touches = |edit: Span| places.iter().any(|place| edit.start <= place.end && place.start <= edit.end);
    fix.edits.retain(|edit| !touches(edit.range.span));
    if fix.edits.is_empty() {
        finding.fix = None;
    }
}
