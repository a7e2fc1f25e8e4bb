//! Articles whose locales differ in very many places: rules that compare siblings, and what findings of such trees are
//! located, suppressed and told apart by.

use std::fs;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use loclint::Linter;

use super::{Make, assert_in_proportion_by, document, pair};

const TAGS: [&str; 3] = ["cs-cz", "de-de", "pl-pl"];

/// What stands between the documents of an article.
const NEXT: char = '\u{c}';

/// The size of each document, compared to those of other cases.
const LARGER: usize = 40;

/// The time of a check of an article in all locales.
fn time_of_article(texts: &str) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    for (tag, text) in TAGS.iter().zip(texts.split(NEXT)) {
        fs::create_dir(folder.path().join(tag)).unwrap();
        fs::write(folder.path().join(tag).join("a.md"), text).unwrap();
    }
    let started = Instant::now();
    Linter::new().threads(NonZeroUsize::MIN).check([folder.path()]).unwrap();
    started.elapsed()
}

/// Sentences of the same number, in Czech, German, Polish and English.
fn plain(number: u32) -> String {
    pair(number, &format!("Text {number}."), &format!("Sentence {number}."))
}

/// How many lines of some hundred bytes come to a size.
fn lines(size: usize) -> std::ops::Range<u32> {
    101..101 + (LARGER * size / 150) as u32
}

/// A case: a line of the Czech document, and one of each of the others, for a number.
fn body(
    name: &'static str,
    own: impl Fn(u32, u32) -> String + 'static,
    others: fn(u32) -> String,
) -> (&'static str, Make) {
    let make = move |size: usize| {
        let last = lines(size).end;
        let czech = lines(size).map(|number| own(number, last) + "\n\n").collect::<String>();
        let other = lines(size).map(|number| others(number) + "\n\n").collect::<String>();
        let text = |tag: &&str| document(tag, "", if **tag == *"cs-cz" { &czech } else { &other });
        TAGS.iter().map(text).collect::<Vec<_>>().join(&NEXT.to_string())
    };
    (name, Box::new(make))
}

/// The same of the lines of front matter.
fn keys(
    name: &'static str,
    own: fn(u32, u32) -> String,
    others: fn(u32, u32) -> String,
) -> (&'static str, Make) {
    let make = move |size: usize| {
        let line = |number: u32, tag: &str| {
            if tag == "cs-cz" { own(number, lines(size).end) } else { others(number, lines(size).end) }
        };
        let text = |tag: &&str| {
            let keys = lines(size).map(|number| line(number, tag)).collect::<String>();
            document(tag, &keys, &plain(103))
        };
        TAGS.iter().map(text).collect::<Vec<_>>().join(&NEXT.to_string())
    };
    (name, Box::new(make))
}

#[test]
fn units_that_differ() {
    let renumbered =
        |number: u32| pair(number + 500_000, &format!("Text {number}."), &format!("Sentence {number}."));
    let cases = [
        body("missing", |number, _| if number % 2 == 0 { String::new() } else { plain(number) }, plain),
        body("renumbered", move |number, _| renumbered(number), plain),
        body(
            "one number",
            |number, _| pair(103, &format!("Text {number}."), &format!("Sentence {number}.")),
            plain,
        ),
        body("reversed", |number, last| plain(last + 101 - number), plain),
        body("swapped", |number, _| plain(number ^ 1), plain),
        body("twice", |number, _| plain(number) + " " + &plain(number), plain),
        body(
            "altered",
            |number, _| pair(number, &format!("Text {number}."), &format!("Senence {number}.")),
            plain,
        ),
        body("damaged", |number, _| plain(number).replace("</span></span>", "</span>"), plain),
        body(
            "translated in two ways",
            |number, _| pair(number, &format!("Text {}.", number / 2 * 3 + number % 2), "Two sentences."),
            |number| pair(number, "Dvě věty.", "Two sentences."),
        ),
    ];
    assert_in_proportion_by(&time_of_article, cases);
}

#[test]
fn what_stands_outside_differs() {
    fn heading(name: u32, number: u32) -> String {
        format!("## <a name=\"sentence-{name}\"></a>{}", plain(number))
    }
    fn of(number: u32) -> String {
        heading(number, number)
    }
    let cases = [
        body("no anchors", |number, _| format!("## {}", plain(number)), of),
        body("other anchors", |number, _| heading(number + 1, number), of),
        body("one anchor", |number, _| heading(7, number), of),
        body("anchors reversed", |number, last| heading(last + 101 - number, number), of),
        body(
            "anchors of broken pairs",
            |number, _| heading(7, number).replace("</span></span>", "</span>"),
            of,
        ),
        body("links", |number, _| format!("- [{}](a{number}.md)", plain(number)), plain),
        body("code", |number, _| format!("{}\n\n```console\nrun {number}\n```", plain(number)), plain),
        body("prose", |number, _| plain(number) + " a ještě něco dalšího", plain),
        body("images", |number, _| format!("{} ![obraz](a{number}.png)", plain(number)), plain),
    ];
    assert_in_proportion_by(&time_of_article, cases);
}

#[test]
fn front_matter_that_differs() {
    let same = |number: u32, _: u32| format!("key{number}: value\n");
    let cases = [
        keys(
            "missing",
            |number, _| if number % 2 == 0 { String::new() } else { format!("key{number}: value\n") },
            same,
        ),
        keys("other keys", |number, _| format!("klíč{number}: value\n"), same),
        keys("near keys", |number, _| format!("ms.dat{number}: value\n"), same),
        keys("other values", |number, _| format!("key{number}: hodnota\n"), same),
        keys("reversed", |number, last| format!("key{}: value\n", last + 101 - number), same),
        keys("twice", |number, _| format!("key{}: value\n", number / 2), same),
    ];
    assert_in_proportion_by(&time_of_article, cases);
}

#[test]
fn findings_that_are_suppressed() {
    let doubled = |number: u32| pair(number, &format!("Text  {number}."), &format!("Sentence {number}."));
    let first = |number: u32, comment: &str| if number == 101 { comment.to_string() } else { String::new() };
    let next_unit = move |number: u32| {
        format!("<!-- loclint-disable-next-unit text/double-space -->\n{}", doubled(number))
    };
    let cases = [
        body(
            "next unit, and the whole file",
            move |number, _| {
                first(number, "<!-- loclint-disable-file text/spacing -->\n") + &next_unit(number)
            },
            plain,
        ),
        body(
            "next unit, and the rest",
            move |number, _| first(number, "<!-- loclint-disable text -->\n") + &next_unit(number),
            plain,
        ),
        body(
            "never enabled",
            move |number, _| format!("<!-- loclint-disable text/double-space -->\n{}", doubled(number)),
            plain,
        ),
        body(
            "another enabled",
            move |number, _| {
                format!(
                    "<!-- loclint-disable text/spacing -->\n{}\n<!-- loclint-enable text -->",
                    doubled(number)
                )
            },
            plain,
        ),
        body(
            "next unit",
            move |number, _| "<!-- loclint-disable-next-unit -->\n".to_string() + &doubled(number),
            plain,
        ),
        body(
            "some lines",
            move |number, _| {
                format!("<!-- loclint-disable text -->\n{}\n<!-- loclint-enable text -->", doubled(number))
            },
            plain,
        ),
        body(
            "another rule",
            move |number, _| {
                "<!-- loclint-disable-next-line text/brackets -->\n".to_string() + &doubled(number)
            },
            plain,
        ),
    ];
    assert_in_proportion_by(&time_of_article, cases);
}
