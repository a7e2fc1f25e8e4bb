//! How messages put things: quotation and lists, in one house style.

use bitext::Locale;

use super::script;

/// Longest quotation in a message, in characters.
const QUOTE_LIMIT: usize = 60;

/// Longest quotation in a label that stands beside the text itself, in characters.
const SHORT_LIMIT: usize = 24;

/// `text` in double quotes, on one line, cut to a readable length.
pub fn quote(text: &str) -> String {
    quote_within(text, QUOTE_LIMIT)
}

/// The same, just long enough to tell which text is meant.
pub(crate) fn quote_short(text: &str) -> String {
    quote_within(text, SHORT_LIMIT)
}

fn quote_within(text: &str, limit: usize) -> String {
    if text.len() <= limit && has_single_blanks(text) {
        return ["\"", text, "\""].concat();
    }
    let (mut line, mut blank, mut count) = (String::new(), false, 0);
    for c in text.chars() {
        if c.is_whitespace() {
            blank = count > 0;
            continue;
        }
        if blank {
            line.push(' ');
        }
        line.push(c);
        count += 1 + usize::from(blank);
        blank = false;
        // Enough to be cut: words can be as long as a document.
        if count > limit {
            break;
        }
    }
    match line.char_indices().nth(limit) {
        Some((end, _)) => format!("\"{}…\"", line[..end].trim_end()),
        None => format!("\"{line}\""),
    }
}

/// So many characters of a text, or all.
pub(crate) fn first_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

/// So many bytes of the end of a text, or a few less, or all.
pub(crate) fn last_bytes(text: &str, count: usize) -> &str {
    let from = text.len().saturating_sub(count);
    (from..text.len()).find_map(|from| text.get(from..)).unwrap_or_default()
}

/// How many bytes two texts have in common at their start.
pub(crate) fn common_start(left: &str, right: &str) -> usize {
    left.chars().zip(right.chars()).take_while(|(left, right)| left == right).map(|(c, _)| c.len_utf8()).sum()
}

/// Whether all white space of a text is single blanks between words; by the first bytes of other white space.
fn has_single_blanks(text: &str) -> bool {
    let mut after_blank = true;
    for byte in text.bytes() {
        let is_blank = byte == b' ';
        if byte < b' ' || is_blank && after_blank || matches!(byte, 0xc2 | 0xe1..=0xe3) {
            return false;
        }
        after_blank = is_blank;
    }
    !after_blank
}

/// `text` in double quotes, on one line, cut to a readable length round the byte `at`.
pub(crate) fn quote_near(text: &str, at: usize) -> String {
    /// Characters before `at` that are shown.
    const LEAD: usize = 24;
    if text.chars().nth(QUOTE_LIMIT).is_none() {
        return quote(text);
    }
    let lead = text[..at.min(text.len())].char_indices().rev().nth(LEAD);
    let from =
        lead.map_or(0, |(from, _)| text[from..].find(char::is_whitespace).map_or(from, |blank| from + blank));
    let quoted = quote(&text[from..]);
    if from == 0 { quoted } else { quoted.replacen('"', "\"…", 1) }
}

/// `a`, `a and b`, `a, b and c`; after four, the rest is counted.
pub(crate) fn list(items: &[String]) -> String {
    const SHOWN: usize = 4;
    match items {
        [] => String::new(),
        [one] => one.clone(),
        _ if items.len() > SHOWN + 1 => {
            format!("{} and {} more", items[..SHOWN].join(", "), items.len() - SHOWN)
        }
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Locales as a list.
pub(crate) fn locales<'a>(locales: impl IntoIterator<Item = &'a Locale>) -> String {
    list(&locales.into_iter().map(|locale| locale.as_str().to_string()).collect::<Vec<_>>())
}

/// `1 unit`, `2 units`.
pub(crate) fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// ` in 2 places`; nothing of one.
pub(crate) fn in_places(n: usize) -> String {
    if n == 1 { String::new() } else { format!(" in {n} places") }
}

/// The first eight digits of a hash, as git shows it.
pub(crate) fn short(hash: &str) -> &str {
    hash.get(..8).unwrap_or(hash)
}

/// The longest pieces of `text` that consist of such characters, each with the byte that it starts at.
pub(crate) fn runs(text: &str, part: impl Fn(char) -> bool) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split(move |c| !part(c)).filter_map(move |run| {
        let at = from;
        from += run.len();
        from += text[from..].chars().next().map_or(0, char::len_utf8);
        (!run.is_empty()).then_some((at, run))
    })
}

/// Where `part` stands in `text`, in bytes; of places that overlap the first. Looks for its first byte, which should be a
/// rare one: setting up a search of its own takes longer than to go through the text of a unit.
pub(crate) fn places_of(text: &str, part: &str) -> impl Iterator<Item = usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let mut from = 0;
    std::iter::from_fn(move || {
        let first = *part.first()?;
        loop {
            let at = from + memchr::memchr(first, &text[from..])?;
            if text[at..].starts_with(part) {
                from = at + part.len();
                return Some(at);
            }
            from = at + 1;
        }
    })
}

/// Whether `part` stands in `text`; see [`places_of`].
pub(crate) fn stands_in(text: &str, part: &str) -> bool {
    part.is_empty() || places_of(text, part).next().is_some()
}

/// The runs of letters and digits, both of ASCII, that are `word` in any case, each with the byte that it starts at.
pub(crate) fn in_any_case<'t>(text: &'t str, word: &str) -> impl Iterator<Item = (usize, &'t str)> {
    let first = word.bytes().next().unwrap_or_default();
    let starts =
        memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text.as_bytes());
    starts.filter_map(move |at| {
        let here = text.get(at..at + word.len()).filter(|here| here.eq_ignore_ascii_case(word))?;
        is_ascii_word(text, at, here.len()).then_some((at, here))
    })
}

/// Whether neither letters nor digits, both of ASCII, stand beside a part of a text.
pub(crate) fn is_ascii_word(text: &str, at: usize, len: usize) -> bool {
    let bytes = text.as_bytes();
    let is_part = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    !is_part(bytes.get(at + len)) && !is_part(at.checked_sub(1).and_then(|before| bytes.get(before)))
}

/// Whether a word has a capital after a small letter, both of ASCII.
pub(crate) fn has_inner_capital(word: &str) -> bool {
    script::count_bytes(word, |byte, next| byte.is_ascii_lowercase() & next.is_ascii_uppercase()) > 0
}

/// Texts made of these characters by chance, the same in each run, for tests that hold a scanner to a pattern.
#[cfg(test)]
pub(crate) fn each_random_text(letters: &str, mut each: impl FnMut(&str)) {
    let letters: Vec<char> = letters.chars().collect();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..200_000 {
        let mut text = String::new();
        for _ in 0..state % 24 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.push(letters[(state >> 33) as usize % letters.len()]);
        }
        state = state.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17) | 1;
        each(&text);
    }
}

/// The same as documents, in which letters stand for more: `P` for a pair, `L` for one that goes over lines, `F` at the
/// start for front matter, both with what rules look for at the starts of lines; other capitals for words and for Markdown.
#[cfg(test)]
pub(crate) fn each_random_document(letters: &str, mut each: impl FnMut(&bitext::Document)) {
    const FRONT: &str = "---\ntitle: |\n  > [!W]\n  ```\n  :::image a=\" ::: W\n---\n";
    each_random_text(letters, |text| {
        let mut file = String::new();
        for c in text.chars() {
            match c {
                'P' => file.push_str(&pair(101 + file.len(), "Přístav")),
                'L' => file.push_str(&pair(101 + file.len(), "Přístav\n> [!W]\n> ```\nna jihu")),
                'F' if file.is_empty() => file.push_str(FRONT),
                'F' => {}
                'W' => file.push_str("Lodě"),
                'A' => file.push_str("> [!"),
                'S' => file.push_str("</span>"),
                'C' => file.push_str(":::"),
                'I' => file.push_str(":::image "),
                'N' => file.push_str("[!INCLUDE"),
                _ => file.push(c),
            }
        }
        if let Ok(file) = bitext::SourceFile::from_bytes(file.into_bytes()) {
            each(&bitext::Document::parse(file));
        }
    });
}

/// A pair of a number.
#[cfg(test)]
pub(crate) fn pair(number: usize, target: &str) -> String {
    format!(
        "<span data-ttu-id=\"1a2b3-{number}\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"1a2b3-{number}\">Harbor</span></span>"
    )
}

/// Asserts that a scanner found in `text` what `pattern` does.
#[cfg(test)]
pub(crate) fn assert_found_by(pattern: &regex::Regex, text: &str, found: &[std::ops::Range<usize>]) {
    let wanted: Vec<_> = pattern.find_iter(text).map(|found| found.range()).collect();
    assert_eq!(found, wanted, "{text:?}");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The runs of ASCII letters and digits of `text`, each with the byte that it starts at.
    fn ascii_runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
        let bytes = text.as_bytes();
        let mut at = 0;
        std::iter::from_fn(move || {
            let start = at + bytes[at..].iter().position(u8::is_ascii_alphanumeric)?;
            let len = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            at = start + len;
            Some((start, &text[start..at]))
        })
    }

    #[test]
    fn parts_are_found_as_the_library_finds_them() {
        each_random_text("aAb1 é", |text| {
            for part in ["a", "ab", "aa", "b1", "é"] {
                let wanted: Vec<usize> = text.match_indices(part).map(|(at, _)| at).collect();
                assert_eq!(places_of(text, part).collect::<Vec<_>>(), wanted, "{part} in {text}");
                let runs = ascii_runs(text).filter(|(_, run)| run.eq_ignore_ascii_case(part));
                assert!(!part.is_ascii() || in_any_case(text, part).eq(runs), "{part} in {text}");
            }
        });
    }

    #[test]
    fn single_blanks_need_no_work() {
        each_random_text("aé  \n\u{85}\u{a0}\u{1680}\u{2003}\u{2028}\u{3000}中", |text| {
            let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(!has_single_blanks(text) || joined == text, "{text:?}");
            assert_eq!(quote(text), format!("\"{joined}\""), "{text:?}");
        });
        for c in ('\0'..=char::MAX).filter(|c| c.is_whitespace() && *c != ' ') {
            assert!(!has_single_blanks(&format!("a{c}a")), "{c:?}");
        }
        assert!(has_single_blanks("a é a"));
    }

    #[test]
    fn documents_are_of_all_kinds() {
        let (mut plain, mut broken, mut faulty, mut fronted) = (0, 0, 0, 0);
        each_random_document("PLSFW \n", |document| {
            let is_plain = document.gaps.are_plain();
            plain += usize::from(is_plain && document.units.len() > 1);
            broken += usize::from(!is_plain && document.faults.is_empty() && document.units.len() > 1);
            faulty += usize::from(!is_plain && !document.faults.is_empty());
            fronted += usize::from(document.body() > 0 && !document.units.is_empty());
        });
        let least = [plain, broken, faulty, fronted].into_iter().min();
        assert!(least > Some(1000), "{plain} {broken} {faulty} {fronted}");
    }

    #[test]
    fn lists_and_quotations() {
        let items: Vec<String> = ["a", "b", "c", "d", "e", "f"].map(String::from).to_vec();
        assert_eq!(list(&items[..1]), "a");
        assert_eq!(list(&items[..2]), "a and b");
        assert_eq!(list(&items[..5]), "a, b, c, d and e");
        assert_eq!(list(&items), "a, b, c, d and 2 more");
        assert_eq!(quote("two\n lines"), "\"two lines\"");
        let long = "The server keeps a copy of every package, and it never deletes one that is in use.";
        assert_eq!(
            quote_near(long, long.find("never").unwrap()),
            "\"…every package, and it never deletes one that is in use.\""
        );
        assert_eq!(quote_near(long, 4), quote(long));
        assert_eq!(quote(&"ž".repeat(70)), format!("\"{}…\"", "ž".repeat(60)));
    }
}
