//! One unit of very many names, codes or links, and what became of them: rules that look for each of one side in the other.

use std::time::Duration;

use super::{Make, assert_in_proportion_by, document, filled, numbered, pair, time_in};

/// A text of so many bytes.
type Fill = Box<dyn Fn(usize) -> String>;

/// How much larger these documents are than the others: what is out of proportion by a small factor shows only then.
const LARGER: usize = 4;

fn same(text: &'static str) -> Fill {
    Box::new(move |size| filled(text, size))
}

fn each(line: fn(usize) -> String) -> Fill {
    Box::new(move |size| numbered(size, line))
}

/// A word of letters alone for a number.
fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

fn guid(number: usize) -> String {
    format!("{number:08x}-4f89-11d3-9a0c-0305e82c3301")
}

/// The letters from `a` on, of which the bits of a number make capitals.
fn in_case(number: usize) -> String {
    let recased = |at: u8| char::from(if number >> at & 1 == 1 { b'A' + at } else { b'a' + at });
    (0..14).map(recased).collect()
}

/// Each of these as one unit of a document in a locale.
fn assert_units<const N: usize>(tag: &'static str, cases: [(&'static str, Fill, Fill); N]) {
    let cases = cases.map(|(name, target, source)| {
        let make = move |size: usize| {
            let side = |fill: &Fill| fill(LARGER * size / 2);
            document(tag, "", &pair(103, &side(&target), &format!("Use the command. {}", side(&source))))
        };
        (name, Box::new(make) as Make)
    });
    assert_in_proportion_by(&|text| time_in(tag, text), cases);
}

#[test]
fn sentences_that_differ() {
    assert_units(
        "cs-cz",
        [
            ("recased", same("Nuget "), same("NuGet ")),
            ("blanks", same("`a` , "), same("`a`, ")),
            ("other blanks", same("a , "), same("a . ")),
            ("glued code", each(|n| format!("`a{n}`x ")), each(|n| format!("`a{n}`x "))),
            ("nouns after code", each(|n| format!("`c{n}` soubor, ")), each(|n| format!("`d{n}` file, "))),
            ("glued links", each(|n| format!("x[a](b{n})a ")), each(|n| format!("x[a](b{n})a "))),
            ("links and endings", each(|n| format!("[a](b{n})a ")), each(|n| format!("[a](c{n}) "))),
            ("emptied parentheses", each(|n| format!("() ({n} ) ")), each(|n| format!("({n}) "))),
            ("words of links", same("aaaaa[a](b) "), each(|n| format!("[aaaaa](a{n}.md) "))),
            (
                "moved links",
                each(|n| format!("[b](a{n}) [aaaaa c](d{n}) ")),
                each(|n| format!("[aaaaa](a{n}) ")),
            ),
        ],
    );
}

#[test]
fn codes_that_differ() {
    assert_units(
        "cs-cz",
        [
            ("other", each(|n| format!("`b{n}` ")), each(|n| format!("`a{n}` "))),
            ("growing", each(|n| format!("`{}` ", "b".repeat(n))), each(|n| format!("`{}` ", "a".repeat(n)))),
            ("bare", each(|n| format!("a{n} ")), each(|n| format!("`a{n}` "))),
            ("one lost often", same("slovo a `b` "), same("`a` ")),
            ("in a row", each(|n| format!("`a{n}` `b{n}` ")), each(|n| format!("`a{n}` and `b{n}` "))),
            ("in one", each(|n| format!("`a{n}``b{n}` ")), each(|n| format!("`a{n}` and `b{n}` "))),
        ],
    );
}

#[test]
fn identifiers_that_differ() {
    assert_units(
        "cs-cz",
        [
            ("switches", each(|n| format!("-bb{n} ")), each(|n| format!("-aa{n} "))),
            ("split switches", each(|n| format!("- aa{n} ")), each(|n| format!("-aa{n} "))),
            ("files", each(|n| format!("g{n}.xml ")), each(|n| format!("f{n}.xml "))),
            ("split files", each(|n| format!("f{n}. xml ")), each(|n| format!("f{n}.xml "))),
            ("cut files", each(|n| format!("f{n}.xm ")), each(|n| format!("f{n}.xml "))),
            ("dotted files", each(|n| format!("f. {n}.a.xml ")), each(|n| format!("f.{n}.a.xml "))),
            ("issues", each(|n| format!("# {} ", n + 100)), each(|n| format!("#{} ", n + 100))),
            ("GUIDs", each(|n| guid(n) + "0 "), each(|n| guid(n) + " ")),
            ("hosts", each(|n| format!("h{n}.co ")), each(|n| format!("h{n}.com "))),
            ("e-mail addresses", each(|n| format!("a @ h{n}. com. ")), each(|n| format!("a@h{n}.com "))),
            ("one host", same("a.com.b "), each(|n| format!("a.com.{n} a.comb "))),
            ("parts of a host", same("a. com"), same("a.com.")),
            (
                "headers",
                each(|n| format!("X -A{}- Key ", letters(n))),
                each(|n| format!("X-A{}-Key ", letters(n))),
            ),
            ("columns", each(|n| format!("a_ b{n} ")), each(|n| format!("a_b{n} "))),
            ("column in others", same("a_ b "), each(|n| format!("a_b a_b_{n} "))),
            ("camels", each(|n| format!("Nuget{} ", letters(n))), each(|n| format!("NuGet{} ", letters(n)))),
            ("camels in any case", each(|n| in_case(!n) + " "), each(|n| in_case(n) + " ")),
            ("files in any case", each(|n| in_case(!n) + ". xml "), each(|n| in_case(n) + ".xml ")),
            ("paths", each(|n| format!("/a/d{n}/e ")), each(|n| format!("/a/b{n}/e "))),
            ("growing paths", same("/aaa/b "), each(|n| "/aaa".repeat(n + 2) + " ")),
            ("placeholders", each(|n| format!("{{ a{n} }} ")), each(|n| format!("{{a{n}}} "))),
        ],
    );
    assert_units(
        "ru-ru",
        [("spelt names", each(|n| format!("Пакажбд{n} ")), each(|n| format!("PackageBd{} ", letters(n))))],
    );
}

#[test]
fn numbers_that_differ() {
    assert_units(
        "cs-cz",
        [
            ("other", each(|n| format!("9{n}7 ")), each(|n| format!("{} ", n + 13))),
            ("one number", same("a "), same("133 ")),
            ("amounts", each(|n| format!("{n}.7 ")), each(|n| format!("{n}.5 "))),
            ("days", each(|n| format!("{}. 12. ", n % 28)), each(|n| format!("December {}, ", n % 28 + 1))),
            (
                "years",
                each(|n| format!("{}. {} ", n % 28, 2000 + n % 90)),
                each(|n| format!("March {}, {} ", n % 28 + 1, 1900 + n % 90)),
            ),
            ("versions", each(|n| format!("Harbor {n},{n} ")), each(|n| format!("Harbor {n}.{n} "))),
        ],
    );
}

#[test]
fn names_and_words_that_differ() {
    assert_units(
        "cs-cz",
        [
            (
                "recased names",
                each(|n| format!("Harbor center{}, ", letters(n))),
                each(|n| format!("Harbor Center{}, ", letters(n))),
            ),
            (
                "names kept once",
                each(|n| format!("Harbor A{0}, Harbor a{0}, ", letters(n))),
                each(|n| format!("Harbor A{0}, Harbor A{0}, ", letters(n))),
            ),
            ("growing names", each(|n| "Aa ".repeat(n) + ". "), each(|n| "Aa ".repeat(n) + ". ")),
            ("bold words", each(|n| format!("a{n} word **b{n}** ")), each(|n| format!("**a{n} word** "))),
            (
                "words in another order",
                each(|n| ["the key ", "of ", "a lid ", "is in ", "that "][n * n / 7 % 5].into()),
                each(|n| ["the key ", "of ", "a lid ", "is in ", "that "][n * n / 11 % 5].into()),
            ),
            ("doubled words", each(|n| format!("slovo{0} slovo{0} ", letters(n))), same("word ")),
        ],
    );
}

#[test]
fn signs_that_differ() {
    assert_units(
        "cs-cz",
        [
            ("tags", same("</i><b>"), same("<b></i>")),
            ("pluses", each(|n| format!("{n}.0 + ")), each(|n| format!("{n}.0+ "))),
            ("images", same("! [a "), same("![a ")),
            ("brackets", same(":)"), same("a ")),
            ("parentheses behind a link", same("[a](b) ) . "), same("a ")),
            ("bars", same("a-| "), same("a | ")),
            ("wide links", each(|n| format!("[a]（b{n}） ")), each(|n| format!("[a](b{n}) "))),
            ("invisible", same("a\u{200b} "), same("a ")),
        ],
    );
    assert_units("tr-tr", [("endings", same("Harbor ’e Harbor ’nin "), same("a "))]);
    assert_units("ko-kr", [("particles", same("단어 은 "), same("a "))]);
    assert_units("ja-jp", [("codes behind sentences", same("選択します。`c` "), same("`c` a. "))]);
}

/// What is in proportion can take long all the same, if each is compared with many.
#[test]
fn large_units_end() {
    let code = |letter: &str| numbered(320_000, |n| format!("`{}` ", letter.repeat(n)));
    let took = time_in("cs-cz", &document("cs-cz", "", &pair(103, &code("b"), &code("a"))));
    assert!(took < Duration::from_secs(10), "{took:?}");
}
