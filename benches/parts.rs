//! How long parts of a run take, on generated articles of a common size.
#![allow(clippy::unwrap_used, reason = "generated documents are sound")]

use std::sync::LazyLock;

use bitext::{
    Article, Date, Document, DocumentId, Fingerprint, FrontMatter, LineIndex, Locale, Localized, SourceFile,
};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use loclint::engine::{RuleSet, check_article};
use loclint::rules::{Facts, Settings, builtin};
use loclint_generate::{Options, articles, locales};

fn main() {
    divan::main();
}

/// Texts of one article in all locales, by locale.
static ARTICLE: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| texts(0));
/// The same with faults, as many as translated trees have.
static FAULTY: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| texts(140));
static RULES: LazyLock<RuleSet> = LazyLock::new(|| {
    let settings = Settings { today: Date::constant(2026, 11, 21), ..Settings::default() };
    RuleSet::with_defaults(builtin(&settings).unwrap())
});

fn texts(faults: usize) -> Vec<(&'static str, String)> {
    let options = Options { documents: locales(), size: Some(12_000), faults, seed: 7, ..Options::default() };
    let article = articles(options).next().unwrap();
    article.documents.into_iter().map(|document| (document.locale, document.text)).collect()
}

fn text(locale: &str) -> &'static str {
    ARTICLE.iter().find(|(own, _)| *own == locale).map(|(_, text)| text.as_str()).unwrap()
}

fn parsed(text: &str) -> Document {
    Document::parse(SourceFile::from_bytes(text.as_bytes().to_vec()).unwrap())
}

fn article(texts: &[(&'static str, String)]) -> Article {
    let localized = |(number, (locale, text)): (usize, &(&'static str, String))| Localized {
        id: DocumentId(number as u32),
        locale: Locale::parse(locale).unwrap(),
        document: parsed(text),
        reported: true,
    };
    let documents = texts.iter().enumerate().map(localized).collect();
    Article { key: "article.md".into(), documents, source: None }
}

/// Front matter, pairs, anchors.
#[divan::bench(args = ["cs-cz", "ja-jp", "ru-ru", "ar-sa", "th-th"])]
fn parse_a_document(bencher: Bencher<'_, '_>, locale: &str) {
    let text = text(locale);
    bencher
        .counter(BytesCount::of_str(text))
        .with_inputs(|| SourceFile::from_bytes(text.as_bytes().to_vec()).unwrap())
        .bench_values(Document::parse);
}

/// The same where a tag is broken, so that it is read twice.
#[divan::bench]
fn parse_a_damaged_document(bencher: Bencher<'_, '_>) {
    let text = text("cs-cz").replacen("</span><span class", "<span class", 1);
    bencher
        .counter(BytesCount::of_str(&text))
        .with_inputs(|| SourceFile::from_bytes(text.as_bytes().to_vec()).unwrap())
        .bench_values(Document::parse);
}

/// The Markdown parser over the body.
#[divan::bench]
fn markdown_of_the_body(bencher: Bencher<'_, '_>) {
    let text = text("cs-cz");
    // Read once a document, so each time it is another.
    bencher
        .counter(BytesCount::of_str(&text))
        .with_inputs(|| parsed(text))
        .bench_local_values(|document| document.code().count());
}

/// What is asked before anything is scanned or parsed.
#[divan::bench]
fn fingerprints_of_all_units(bencher: Bencher<'_, '_>) {
    let document = parsed(text("cs-cz"));
    let both = document.units.iter().flat_map(|unit| [document.source(unit), document.target(unit)]);
    let sides: Vec<String> = both.map(ToString::to_string).collect();
    let bytes: usize = sides.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| sides.iter().filter(|side| Fingerprint::of(side).has(b'`')).count());
}

/// Blocks of `key: value`, which need no YAML library.
#[divan::bench]
fn flat_front_matter(bencher: Bencher<'_, '_>) {
    let text = text("cs-cz");
    bencher.bench(|| FrontMatter::parse(black_box(text)));
}

/// Blocks with a list, which the YAML library reads.
#[divan::bench]
fn front_matter_with_a_list(bencher: Bencher<'_, '_>) {
    let text = text("cs-cz").replacen("---\n", "---\nms.reviewer:\n- anna\n- karel\n", 1);
    bencher.bench(|| FrontMatter::parse(black_box(&text)));
}

/// Lines and columns of a hundred places.
#[divan::bench]
fn lines_and_columns(bencher: Bencher<'_, '_>) {
    let text = text("ru-ru");
    let offsets: Vec<u32> =
        text.char_indices().step_by(text.chars().count() / 100).map(|(at, _)| at as u32).collect();
    bencher.bench(|| {
        let lines = LineIndex::new(text);
        offsets.iter().map(|at| lines.position(text, *at).column).sum::<u32>()
    });
}

/// What corpus rules see of a document.
#[divan::bench]
fn facts_of_a_document(bencher: Bencher<'_, '_>) {
    let article = article(&ARTICLE[..1]);
    bencher.bench_local(|| Facts::of(0, &article.documents[0]));
}

/// All rules but those of the whole tree, on parsed documents without a fault.
#[divan::bench(args = [1, 6, 13])]
fn check_an_article(bencher: Bencher<'_, '_>, locales: usize) {
    check(bencher, &ARTICLE[..locales]);
}

/// The same on documents with faults.
#[divan::bench(args = [6])]
fn check_a_faulty_article(bencher: Bencher<'_, '_>, locales: usize) {
    check(bencher, &FAULTY[..locales]);
}

fn check(bencher: Bencher<'_, '_>, texts: &[(&'static str, String)]) {
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    LazyLock::force(&RULES);
    bencher
        .counter(BytesCount::new(bytes))
        // Parsed anew, since documents keep what they were asked once.
        .with_inputs(|| article(texts))
        .bench_local_values(|article| check_article(&article, &RULES));
}
