//! What has to hold for any input. A function for each fuzz target: it panics where something does not hold.
//!
//! Inputs are text, so that they can be read, written by hand and mended with a dictionary. Where a target takes several
//! texts, a line `%%` stands between them; where it takes choices, they are the letters of a first line.

mod article;
mod document;
mod fixes;
mod front_matter;
mod glossary;
mod rules;
mod settings;

use loclint::bitext::{Date, Document, DocumentId, Locale, Localized, SourceFile, Span};

pub use article::article;
pub use document::document;
pub use fixes::fixes;
pub use front_matter::front_matter;
pub use glossary::glossary;
pub use settings::settings;

/// What rules take for today.
const TODAY: Date = Date::constant(2026, 11, 22);

/// Pairs of locales, in many scripts.
const LOCALES: [[&str; 2]; 8] = [
    ["cs-CZ", "de-DE"],
    ["ja-JP", "ko-KR"],
    ["ru-RU", "tr-TR"],
    ["zh-TW", "hu-HU"],
    ["ar-SA", "th-TH"],
    ["sr-Latn-RS", "pl-PL"],
    ["fr-FR", "fi-FI"],
    ["en-US", "sv-SE"],
];

/// An input that starts with a line of choices.
struct Input<'a> {
    choices: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Input<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
        Self { choices: &bytes[..end], rest: bytes.get(end + 1..).unwrap_or_default() }
    }

    /// The letter at a place, as a number below `below`; `a` is 0.
    fn choice(&self, at: usize, below: usize) -> usize {
        usize::from(self.choices.get(at).copied().unwrap_or(b'a').wrapping_sub(b'a')) % below
    }

    fn locales(&self) -> [Locale; 2] {
        LOCALES[self.choice(0, LOCALES.len())].map(locale)
    }
}

/// The texts of an input, which a line `%%` parts; at least `least` of them.
fn parts(bytes: &[u8], least: usize) -> Vec<&[u8]> {
    const SEPARATOR: &[u8] = b"\n%%\n";
    let (mut parts, mut rest) = (Vec::new(), bytes);
    while let Some(at) = rest.windows(SEPARATOR.len()).position(|window| window == SEPARATOR) {
        parts.push(&rest[..=at]);
        rest = &rest[at + SEPARATOR.len()..];
    }
    parts.push(rest);
    parts.resize(parts.len().max(least), &[]);
    parts
}

fn locale(tag: &str) -> Locale {
    Locale::parse(tag).expect("the tag is a locale")
}

/// The document, if the bytes are one.
fn parsed(bytes: &[u8]) -> Option<Document> {
    SourceFile::from_bytes(bytes.to_vec()).ok().map(Document::parse)
}

fn localized(number: u32, locale: &Locale, document: Document) -> Localized {
    Localized { id: DocumentId(number), locale: locale.clone(), document, reported: true }
}

/// The span lies in the text, on character boundaries.
#[track_caller]
fn assert_in(text: &str, span: Span, what: &str) {
    assert!(text.get(span.range()).is_some(), "{what}: {span:?} in {} bytes", text.len());
}

/// The same for what can also be an address of a comment that was cut out of the document.
#[track_caller]
fn assert_in_file(file: &SourceFile, span: Span, what: &str) {
    if !file.is_cut_out(span) {
        assert_in(file.text(), span, what);
    }
    assert_in(file.written(), file.written_span(span), what);
}
