//! Fixes, and glossaries and packs that were made to take long to read.

use std::fs;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use loclint::Linter;
use loclint::glossary::{read_csv, read_tbx};
use loclint::rules::Glossary;
use loclint::rules::declarative;
use loclint::rules::glossary::{GlossaryError, Term, read_yaml};

use super::{Make, assert_in_proportion_by, czech, filled, numbered, pair};

/// The time of a run with fixes, of one article in two locales.
fn time_of_fixes(text: &str) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    for tag in ["cs-cz", "de-de"] {
        fs::create_dir(folder.path().join(tag)).unwrap();
        fs::write(folder.path().join(tag).join("a.md"), text).unwrap();
    }
    let started = Instant::now();
    Linter::new().threads(NonZeroUsize::MIN).fix(true).check([folder.path()]).unwrap();
    started.elapsed()
}

#[test]
fn fixes_without_end() {
    let texts = [
        "Slovo  slovo ",
        "`a`b ",
        "<b>a ",
        "[a] (b) ",
        "[a](b)slovo ",
        "**a ** ",
        "( a )",
        "slovo -slovo ",
        "\u{200b}a",
        "a , ",
    ];
    assert_in_proportion_by(
        &time_of_fixes,
        texts.into_iter().flat_map(|text| {
            let one = move |size: usize| czech(&pair(103, &filled(text, size), &filled("word ", size)));
            let many = move |size: usize| {
                czech(&numbered(size, |number| pair(101 + number as u32, text, "A word.") + "\n"))
            };
            [(text, Box::new(one) as Make), (text, Box::new(many))]
        }),
    );
}

#[test]
fn glossaries_without_end() {
    type Read = fn(&str, &str) -> Result<Vec<Term>, GlossaryError>;
    let time = |read: Read| {
        move |text: &str| {
            let started = Instant::now();
            let _ = read(text, "terms").map(Glossary::new);
            started.elapsed()
        }
    };
    let filled_with = |start: &'static str, text: &'static str| {
        (text, Box::new(move |size: usize| start.to_string() + &filled(text, size)) as Make)
    };
    let tables = [
        filled_with("term,cs\n", "a,b\n"),
        filled_with("term,cs\n", "\"a\"\"\",b\n"),
        filled_with("term,cs\n", "\""),
        filled_with("term", ",cs"),
        (
            "terms",
            Box::new(|size| {
                format!("term,cs\n{}", numbered(size, |number| format!("a {number},b {number}\n")))
            }),
        ),
        (
            "translations",
            Box::new(|size| {
                let rows = numbered(16 * size, |number| format!("a,cs,b {number}\n"));
                format!("term,locale,translation\n{rows}")
            }),
        ),
    ];
    assert_in_proportion_by(&time(read_csv), tables);
    let lists = [
        filled_with("terms:\n", "- term: a\n"),
        filled_with("terms:\n- term: a\n  translations:\n    cs:\n", "    - b\n"),
        filled_with("terms: ", "["),
        (
            "terms",
            Box::new(|size| {
                format!("terms:\n{}", numbered(size, |number| format!("- term: a {number} b\n")))
            }),
        ),
    ];
    assert_in_proportion_by(&time(read_yaml), lists);
    let trees = [
        filled_with("<tbx>", "<a>"),
        filled_with(
            "<tbx>",
            "<conceptEntry><langSec xml:lang=\"en\"><termSec><term>a</term></termSec></langSec></conceptEntry>",
        ),
        filled_with(
            "<tbx><conceptEntry>",
            "<langSec xml:lang=\"en\"><termSec><term>a</term></termSec></langSec>",
        ),
        filled_with("<!DOCTYPE tbx [", "<!ENTITY a \"b\">"),
        filled_with("<tbx a=\"", "&amp;"),
    ];
    assert_in_proportion_by(&time(read_tbx), trees);
}

#[test]
fn packs_without_end() {
    let time = |text: &str| {
        let started = Instant::now();
        let _ = declarative::read(text, "house.yml", &[], &|_| Ok(Vec::new()));
        started.elapsed()
    };
    let rules = |rule: &'static str| {
        let make = move |size: usize| {
            let rules = numbered(size, |number| format!("- name: a{number}\n  description: b\n  {rule}\n"));
            format!("category: house\nrules:\n{rules}")
        };
        (rule, Box::new(make) as Make)
    };
    let one = |key: &'static str, text: &'static str| {
        let make = move |size: usize| {
            let text = filled(text, size);
            format!("category: house\nrules:\n- name: a\n  description: b\n  forbid: a\n  {key}: '{text}'\n")
        };
        (key, Box::new(make) as Make)
    };
    let cases = [
        rules("forbid: a"),
        rules("keep: '[a-c]x'"),
        rules("terms: [{term: a}]"),
        one("message", "{0}"),
        one("message", "{"),
        one("unless", "(a|b)"),
        one("unless", "("),
        one("help", "a"),
    ];
    assert_in_proportion_by(&time, cases);
}
