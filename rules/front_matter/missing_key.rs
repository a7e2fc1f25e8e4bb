use bitext::{Document, FrontMatter, Localized, PROVENANCE_KEYS, Span};

use crate::options;
use crate::prelude::*;

/// Its page is `missing_key.md`.
pub(crate) struct MissingKey {
    /// Keys that are wanted besides the provenance.
    required: Vec<String>,
}

const ID: &str = "front-matter/missing-key";

const OPTIONS: &[OptionInfo] = &[OptionInfo {
    name: "require",
    summary: "Keys that every translated document must have besides the provenance keys.",
    default: DefaultValue::List(&[]),
}];

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        options: OPTIONS,
        ..RuleInfo::new(ID, include_str!("missing_key.md"), Severity::Error, Scope::Document, "other")
    }
}

impl MissingKey {
    pub(crate) fn new(given: &Options) -> Self {
        Self { required: options::list(given, ID, OPTIONS, "require") }
    }
}

impl DocumentRule for MissingKey {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        let has_provenance = PROVENANCE_KEYS.iter().any(|key| has(document, key));
        let unreadable = document.front_matter.as_ref().is_some_and(|front| front.error.is_some());
        if unreadable || !(document.is_bilingual() || has_provenance) {
            return;
        }
        let wanted = self.required.iter().map(String::as_str).chain(PROVENANCE_KEYS);
        let missing: Vec<&str> = wanted.filter(|key| !has(document, key)).collect();
        if missing.is_empty() {
            return;
        }
        let Some(front) = &document.front_matter else {
            let message =
                "the document has no front matter, so nothing tells which source it was translated from";
            sink.report(localized, first_line(document), message)
                .identity("no front matter")
                .help(format!("put it back with these keys: {}", missing.join(", ")));
            return;
        };
        let names = words::list(&missing.iter().map(|key| quote(key)).collect::<Vec<_>>());
        let noun = if missing.len() == 1 { "key" } else { "keys" };
        sink.report(localized, place(document, front, missing[0]), format!("front matter lacks the {noun} {names}"))
            .identity(missing.join(" "))
            .help("restore from the version control history, or hand the article off again; the values differ per locale");
    }
}

fn has(document: &Document, key: &str) -> bool {
    let text = document.file.text();
    let entry = document.front_matter.as_ref().and_then(|front| front.entry(text, key));
    // A key without a value tells as little as no key.
    entry.is_some_and(|entry| entry.value.scalar().is_none_or(|scalar| !scalar.text(text).is_empty()))
}

/// Where the key is, if only its value is missing; else where it belongs: at the next provenance key that
/// is there, or at the closing fence.
fn place(document: &Document, front: &FrontMatter, missing: &str) -> Span {
    let text = document.file.text();
    let mut later = PROVENANCE_KEYS.iter().skip_while(|key| **key != missing);
    let next = front.entry(text, missing).or_else(|| later.find_map(|key| front.entry(text, key)));
    next.map_or(Span::new(front.yaml.end as usize, front.yaml.end as usize + 3), |entry| entry.key.span)
}

fn first_line(document: &Document) -> Span {
    document.file.lines().line_span(document.file.text(), 1)
}
