use std::sync::{Arc, LazyLock};

use loclint::bitext::{
    Article, Document, DocumentId, Newest, Recorded, SourceOrigin, SourceText, SourceView,
};
use loclint::engine::{Active, RuleSet};
use loclint::rules::declarative::{self, Pack};
use loclint::rules::{Confidence, Finding, Place, Rule, Settings, Severity, all};

use super::{TODAY, assert_in, assert_in_file};

/// All rules that come with loclint, also those that are off and those of its packs.
pub(super) static RULES: LazyLock<RuleSet> = LazyLock::new(|| {
    let shipped = declarative::SHIPPED.map(|(name, text)| {
        let none = |_: &str| Err(String::new());
        Arc::new(declarative::read(text, name, &[], &none).expect("what comes with loclint can be read"))
    });
    set(all(&with(shipped.to_vec())).expect("the rules fit together"))
});

pub(super) fn with(packs: Vec<Arc<Pack>>) -> Settings {
    Settings { today: TODAY, packs, ..Settings::default() }
}

/// These rules, all of them on.
pub(super) fn set(rules: Vec<Rule>) -> RuleSet {
    let active = |rule: Rule| {
        let severity = rule.info.severity.unwrap_or(Severity::Info);
        Active::new(rule, severity)
    };
    let rules = rules.into_iter().map(active).collect();
    RuleSet { rules, min_confidence: Confidence::Low, left_out: Vec::new(), suppress: Vec::new() }
}

/// All that a finding says of places is true of the documents, and it is none about loclint itself.
pub(super) fn assert_findings<'f>(article: &Article, findings: impl IntoIterator<Item = &'f Finding>) {
    for finding in findings {
        assert!(!finding.rule.starts_with("internal/"), "{}: {}", finding.rule, finding.message);
        assert_place(article, finding.place, finding);
        for related in &finding.related {
            assert_place(article, related.place, finding);
            let inside = related.marks.iter().chain(&related.unit);
            inside.for_each(|span| assert_place(article, Place { span: *span, ..related.place }, finding));
        }
        for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
            assert_place(article, Place { span: edit.span, ..finding.place }, finding);
        }
    }
}

fn assert_place(article: &Article, place: Place, finding: &Finding) {
    let own = article.documents.iter().map(|localized| (localized.id, &localized.document));
    let english =
        article.source.iter().flat_map(|source| &source.texts).map(|text| (text.id, &text.document));
    let document = own.chain(english).find(|(id, _)| *id == place.document).map(|(_, document)| document);
    let document =
        document.unwrap_or_else(|| panic!("{}: there is no document {:?}", finding.rule, place.document));
    assert_in_file(&document.file, place.span, &finding.rule);
}

/// A fix of a finding changes nothing but what its edits cover.
pub(super) fn assert_fix(document: &Document, finding: &Finding) {
    let Some(fix) = &finding.fix else { return };
    let text = document.file.text();
    assert!(!fix.edits.is_empty(), "{}: a fix without an edit", finding.rule);
    let fixed = fix.apply(text).unwrap_or_else(|| panic!("{}: its fix does not fit: {fix:?}", finding.rule));
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    // What stands between the edits, in order, is still there.
    let (mut at, mut rest) = (0, fixed.as_str());
    for edit in edits {
        assert_in(text, edit.span, &finding.rule);
        let kept = &text[at..edit.span.start as usize];
        rest = rest.strip_prefix(kept).unwrap_or_else(|| panic!("{}: {kept:?} is lost", finding.rule));
        rest = rest.get(edit.replacement.len()..).expect("the replacement is there");
        at = edit.span.end as usize;
    }
    assert_eq!(rest, &text[at..], "{}: what follows the last edit", finding.rule);
}

/// The English tree as rules see it: a text that all documents were translated from, and the one of now.
pub(super) fn source(recorded: Option<Document>, newest: Option<Document>, documents: usize) -> SourceView {
    let mut texts = Vec::new();
    let mut add = |document: Document| {
        let (index, hash) = (texts.len(), "0".repeat(39) + ["1", "2"][texts.len()]);
        let id = DocumentId(1 << 31 | index as u32);
        texts.push(SourceText { id, hash, document, legible: true });
        index
    };
    let recorded = recorded.map_or(Recorded::NoFile, |text| Recorded::There { text: add(text), path: None });
    let newest = newest.map_or(Newest::Never, |text| Newest::There { text: add(text), renamed: None });
    let origins = (0..documents).map(|_| SourceOrigin::new(recorded.clone())).collect();
    SourceView {
        name: "HEAD".into(),
        has_history: true,
        path: "a.md".into(),
        texts,
        newest,
        origins,
        behind: None,
    }
}
