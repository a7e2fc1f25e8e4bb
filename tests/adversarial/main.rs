//! Input made to take long: the time grows with the size, not with its square.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

#[path = "../common/mod.rs"]
mod common;
mod read;
mod siblings;
mod units;

use std::fmt::Write as _;
use std::fs;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use common::documents::{document, pair};
use loclint::Linter;

/// Makes a document of a size.
type Make = Box<dyn Fn(usize) -> String>;

/// The size of the smaller document of each case, about, in bytes; the larger has four times as much.
const SIZE: usize = 10_000;
/// Four times as much may take so many times as long: twice what is in proportion.
const MOST: u32 = 8;
/// What less than this is measured as: what is out of proportion takes a second and more for the larger document.
const FLOOR: Duration = Duration::from_millis(50);

/// The time of a check of one document.
fn time(text: &str) -> Duration {
    time_in("cs-cz", text)
}

/// The same of a document in a locale.
fn time_in(tag: &str, text: &str) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(tag)).unwrap();
    fs::write(folder.path().join(tag).join("a.md"), text).unwrap();
    let started = Instant::now();
    Linter::new().threads(NonZeroUsize::MIN).check([folder.path()]).unwrap();
    started.elapsed()
}

/// Why the time of a case is out of proportion. What is measured once too slow is measured again: others use the machine.
fn out_of_proportion(
    name: &str,
    make: &dyn Fn(usize) -> String,
    time: &dyn Fn(&str) -> Duration,
) -> Option<String> {
    let (small, large) = (make(SIZE), make(4 * SIZE));
    let (mut few, mut many) = (Duration::MAX, Duration::MAX);
    for _ in 0..4 {
        few = few.min(time(&small));
        many = many.min(time(&large));
        if many < few.max(FLOOR) * MOST {
            return None;
        }
    }
    Some(format!("{name}: {few:?} for {} bytes, {many:?} for {}", small.len(), large.len()))
}

fn assert_in_proportion<'n>(cases: impl IntoIterator<Item = (&'n str, Make)>) {
    assert_in_proportion_by(&time, cases);
}

fn assert_in_proportion_by<'n>(
    time: &dyn Fn(&str) -> Duration,
    cases: impl IntoIterator<Item = (&'n str, Make)>,
) {
    let slow: Vec<String> =
        cases.into_iter().filter_map(|(name, make)| out_of_proportion(name, &make, time)).collect();
    assert!(slow.is_empty(), "{slow:#?}");
}

/// So many repetitions of a text that they have so many bytes.
fn filled(text: &str, bytes: usize) -> String {
    text.repeat(bytes / text.len())
}

/// Numbered lines of so many bytes.
fn numbered(bytes: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0.. {
        if text.len() >= bytes {
            break;
        }
        let _ = write!(text, "{}", line(number));
    }
    text
}

fn czech(body: &str) -> String {
    document("cs-cz", "", body)
}

/// Openings that nothing closes, and closings of nothing.
const REPEATED: [&str; 30] = [
    "<span",
    "<span>",
    "<span\n",
    "</span>",
    "<span data-ttu-id=\"3f9a2-103\">",
    "<span class=\"sxs-lookup\"><span data-stu-id=\"3f9a2-103\">",
    "<a name=\"",
    "<!-- ",
    "<!-- loclint-disable ",
    "<![CDATA[",
    "<?",
    "<",
    "&",
    "\\",
    "[",
    "![",
    "[a](",
    "[a][b]",
    "](",
    "`",
    "` ",
    "``` ",
    "```\n",
    "*",
    "*a ",
    "*a_ ",
    "_",
    "~~a ",
    "> ",
    "---\n",
];

/// Texts of one sentence that is as long as the document.
const SENTENCES: [&str; 41] = [
    "*",
    "[",
    "(",
    "`",
    "` ",
    "\"",
    "»«",
    "<",
    "{0} ",
    "1 ",
    "1.",
    "http://a ",
    "http://",
    "a@",
    "word ",
    "a",
    "中",
    ".",
    "-",
    "- ",
    "&amp;",
    "%s ",
    "[a](b) ",
    "**a** ",
    "/a",
    "\u{202e}",
    "$(a)",
    "a, b; ",
    "`a` ",
    "`a`b ",
    "NuGet ",
    "](",
    "[a](",
    "![",
    "`a` ] ",
    "`a` [b](c) ",
    "[a](b.md) ](",
    "()",
    "（ ",
    "a () (a) ",
    "a[b](c)d ",
];

#[test]
fn openings_without_end() {
    assert_in_proportion(
        REPEATED.map(|text| (text, Box::new(move |size: usize| czech(&filled(text, size))) as Make)),
    );
}

#[test]
fn sentences_without_end() {
    assert_in_proportion(SENTENCES.into_iter().flat_map(|text| {
        let both = move |size: usize| czech(&pair(103, &filled(text, size), &filled(text, size)));
        let target = move |size: usize| czech(&pair(103, &filled(text, size), "A word."));
        let source = move |size: usize| czech(&pair(103, "Jedno slovo.", &filled(text, size)));
        [(text, Box::new(both) as Make), (text, Box::new(target)), (text, Box::new(source))]
    }));
}

#[test]
fn nesting_and_numbers() {
    let root = |size: usize| size.isqrt();
    let cases: [(&str, Make); 12] = [
        ("brackets", Box::new(|size| czech(&format!("{}{}", "[".repeat(size / 2), "]".repeat(size / 2))))),
        (
            "runs of backticks",
            Box::new(|size| czech(&numbered(size, |number| "`".repeat(1 + number % 300) + " "))),
        ),
        (
            "quotes",
            Box::new(|size| czech(&numbered(size, |number| format!("{}a\n", "> ".repeat(number % 100))))),
        ),
        (
            "lists",
            Box::new(move |size| {
                czech(
                    &(0..root(size)).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect::<String>(),
                )
            }),
        ),
        (
            "tables",
            Box::new(|size| czech(&format!("{}|\n{}|\n", filled("|a", size / 2), filled("|-", size / 2)))),
        ),
        ("link definitions", Box::new(|size| czech(&numbered(size, |number| format!("[r{number}]: x\n"))))),
        (
            "front matter",
            Box::new(|size| document("cs-cz", &numbered(size, |number| format!("k{number}: v\n")), "")),
        ),
        ("one key", Box::new(|size| document("cs-cz", &filled("key: v\n", size), ""))),
        ("flow", Box::new(|size| document("cs-cz", &format!("a: {}\n", "[".repeat(size)), ""))),
        (
            "mappings",
            Box::new(move |size| {
                document(
                    "cs-cz",
                    &(0..root(size)).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>(),
                    "",
                )
            }),
        ),
        ("unclosed front matter", Box::new(|size| format!("---\n{}", filled("a: b\n", size)))),
        ("equal units", Box::new(|size| czech(&filled(&pair(103, "Slovo", "Word"), size * 4)))),
    ];
    assert_in_proportion(cases);
}

#[test]
fn large_documents_end() {
    for text in [
        czech(&"<span".repeat(1_000_000)),
        czech(&"*".repeat(1_000_000)),
        czech(&"word ".repeat(1_000_000)),
        document("cs-cz", &numbered(1_000_000, |number| format!("key{number}: v\n")), ""),
        // One line: whether the backtick opens code, each unit may ask.
        czech(&format!(
            "` {}",
            (101..60_101).map(|number| pair(number, "Slovo", "Word")).collect::<String>()
        )),
        // Text outside the pairs in many pieces, each of which asks what stands before it on its line.
        czech(&(pair(101, "Slovo", "Word") + &" slovo za slovem<br>".repeat(100_000))),
        czech(&(pair(101, "Slovo", "Word") + &" slovo za slovem *x*".repeat(100_000))),
        czech(
            &(101..20_101)
                .map(|number| pair(number, "Slovo", "Word") + " slovo za slovem a dál ")
                .collect::<String>(),
        ),
    ] {
        let took = time(&text);
        assert!(took < Duration::from_secs(10), "{:?}... took {took:?}", &text[300..320]);
    }
}

#[test]
fn suppressions_without_end() {
    let commands = ["disable", "enable", "disable-file", "disable-next-line", "disable-next-unit"];
    let comments = commands.into_iter().flat_map(|command| {
        let all = move |size: usize| czech(&filled(&format!("<!-- loclint-{command} -->a "), size));
        let named = move |size: usize| {
            czech(&numbered(size, |number| format!("<!-- loclint-{command} text/a{number}: b -->\n\n")))
        };
        let names = move |size: usize| {
            czech(&format!(
                "<!-- loclint-{command} {}a -->\n",
                numbered(size, |number| format!("a{number}, "))
            ))
        };
        [(command, Box::new(all) as Make), (command, Box::new(named)), (command, Box::new(names))]
    });
    let key = |size: usize| {
        let rules = numbered(size, |number| format!("  text/a{number}: b\n"));
        document("cs-cz", &format!("loclint-disable:\n{rules}"), "")
    };
    assert_in_proportion(comments.chain([("key", Box::new(key) as Make)]));
}
