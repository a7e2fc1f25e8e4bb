use std::collections::BTreeMap;

use bitext::{Article, Date, Localized, Newest, Since, SourceText, SourceView};

use crate::prelude::*;
use crate::support::drift::differing_words;
use crate::support::moved::{self, Change, Moved};
use crate::support::siblings::report_article;
use crate::{OptionInfo, options};

/// Its page is `stale.md`.
pub(crate) struct Stale {
    today: Date,
    /// Days that a translation may be behind.
    after: i64,
}

const ID: &str = "provenance/stale";

const OPTIONS: &[OptionInfo] = &[OptionInfo {
    name: "stale-after",
    summary: "Report a translation only when it has been behind for more than this many days.",
    default: DefaultValue::Number(0),
}];

/// How many changes a finding shows; the message counts what they come to.
const SHOWN_CHANGES: usize = 5;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        options: OPTIONS,
        ..RuleInfo::new(ID, include_str!("stale.md"), Severity::Warning, Scope::Article, "other")
    }
}

impl Stale {
    pub(crate) fn new(options: &Options, today: Date) -> Self {
        Self { today, after: options::number(options, ID, OPTIONS, "stale-after") }
    }
}

impl ArticleRule for Stale {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        let Some(source) = &article.source else { return };
        let Some(newest) = source.newest().filter(|newest| newest.legible) else { return };
        // Documents of one source version are one finding.
        let mut versions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, localized) in article.documents.iter().enumerate() {
            let is_asked = localized.reported && !source.is_later(at);
            let hash = ids::source_hash(&localized.document).filter(|_| is_asked);
            let Some(hash) = hash else { continue };
            let known = !source.has_history || article.verified_source(at).is_some();
            if known && hash != newest.hash {
                versions.entry(hash).or_default().push(at);
            }
        }
        for documents in versions.values() {
            self.report(article, source, newest, documents, sink);
        }
    }
}

impl Stale {
    fn report(
        &self,
        article: &Article,
        source: &SourceView,
        newest: &SourceText,
        documents: &[usize],
        sink: &mut Sink<'_>,
    ) {
        let first = &article.documents[documents[0]];
        let since = source.origins[documents[0]].since;
        let days = since.map_or(0, |since| days_between(since.first, self.today));
        let moved_away = matches!(source.newest, Newest::There { renamed: Some(_), .. });
        if days <= self.after && since.is_some() && self.after > 0 && !moved_away {
            return;
        }
        let moved = match article.verified_source(documents[0]).filter(|then| then.legible) {
            Some(then) => moved::between(&first.document, &then.document, &newest.document),
            None => moved::without_then(&first.document, &newest.document),
        };
        let locales = words::locales(documents.iter().map(|at| &article.documents[*at].locale));
        let are = if documents.len() == 1 { "is" } else { "are" };
        let behind = behind(since, days, source);
        let message = format!("{locales} {are} {behind}: {}", effect(&moved, &first.document));
        let Some(finding) = report_article(article, documents, message, sink) else { return };
        finding.identity("stale").work(moved.work);
        if moved.work.valid == moved.work.units && moved.work.words == 0 {
            finding
                .as_info()
                .identity("stale, nothing to translate")
                .help("nothing to translate; the next hand-off brings the rest");
        } else {
            let locales = words::locales(documents.iter().map(|at| &article.documents[*at].locale));
            finding.help(format!("hand the article off again for {locales}"));
        }
        for change in moved.changes.iter().filter(|change| is_text(change, newest)).take(SHOWN_CHANGES) {
            relate(finding, change, first, newest);
        }
    }
}

fn behind(since: Option<Since>, days: i64, source: &SourceView) -> String {
    let renamed = match &source.newest {
        Newest::There { renamed: Some(path), .. } => format!(", which is {} now,", quote(path)),
        _ => String::new(),
    };
    match since {
        Some(since) => {
            let commits = words::count(since.commits, "commit");
            let age = if days == 0 {
                "today".into()
            } else {
                words::count(usize::try_from(days).unwrap_or(0), "day")
            };
            format!("{commits} behind the source{renamed} since {} ({age})", since.first)
        }
        None if renamed.is_empty() => "behind the source, whose file is another by now".into(),
        None => format!("behind the source{}", renamed.trim_end_matches(',')),
    }
}

/// What of the translation still holds, and what there is to do.
fn effect(moved: &Moved, document: &bitext::Document) -> String {
    let work = moved.work;
    if !document.is_bilingual() {
        return "the text of the source changed".into();
    }
    if work.valid == work.units && work.words == 0 {
        return format!(
            "all {} still valid, only code or metadata changed",
            words::count(work.units, "unit")
        );
    }
    let words = match work.words {
        0 => "nothing new to translate".into(),
        words => format!("{} to translate", words::count(words, "word")),
    };
    format!("{} of {} still valid, {words}", work.valid, words::count(work.units, "unit"))
}

/// Whether a change can be shown: of units, or in the body of the English file.
fn is_text(change: &Change, newest: &SourceText) -> bool {
    let in_body = |span: bitext::Span| span.start as usize >= newest.document.body();
    !change.units.is_empty() || change.now.is_some_and(in_body)
}

/// Shows one change: the source side then, and the English file now.
fn relate(finding: &mut Finding, change: &Change, localized: &Localized, newest: &SourceText) {
    let units = &localized.document.units[change.units.clone()];
    let then = |finding: &mut Finding, label: String, marks| {
        let Some(unit) = units.first() else { return };
        let place = Place { document: localized.id, span: unit.source.text };
        finding.related(Role::Evidence, label, place, Some(unit.target.id)).marks(marks);
    };
    let more = match units.len() {
        0 | 1 => String::new(),
        n => format!(", and {} after it", words::count(n - 1, "unit")),
    };
    let Some(now) = change.now else {
        return then(
            finding,
            format!("{} has what the source no longer has{more}", localized.locale),
            Vec::new(),
        );
    };
    let place = Place { document: newest.id, span: now };
    if let [unit] = units {
        let (gone, added) = differing_words(localized.document.source(unit), newest.document.slice(now));
        let part = |base: bitext::Span, ranges: Vec<std::ops::Range<usize>>| {
            ranges.into_iter().map(|range| base.part(range.start, range.len())).collect::<Vec<_>>()
        };
        then(finding, format!("{} has the older words", localized.locale), part(unit.source.text, gone));
        finding.related(Role::Evidence, "the source has these now", place, None).marks(part(now, added));
    } else if units.is_empty() {
        finding.related(Role::Evidence, "new in the source", place, None).marks(change.marks.clone());
    } else {
        then(finding, format!("{} has the older text{more}", localized.locale), Vec::new());
        finding.related(Role::Evidence, "the source has this now", place, None);
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days())).max(0)
}
