use std::borrow::Cow;
use std::cell::{LazyCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;

use crate::markup::{code_displaced, code_fused};
use crate::prelude::*;
use crate::support::locale_data::LocaleData;
use crate::support::{beside, bits, inline, letters, locale_data, sources};

/// Its page is `code_noun_order.md`.
pub(crate) struct CodeNounOrder;

/// The nouns of the languages' data, as the source has them after the code.
const NOUNS: [&str; 17] = [
    "argument",
    "attribute",
    "class",
    "command",
    "director",
    "element",
    "file",
    "flag",
    "folder",
    "method",
    "option",
    "package",
    "parameter",
    "propert",
    "setting",
    "switch",
    "value",
];

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        ..RuleInfo::new(
            "markup/code-noun-order",
            include_str!("code_noun_order.md"),
            Severity::Warning,
            Scope::Unit,
            "grammar",
        )
    }
}

impl UnitRule for CodeNounOrder {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.target_print().has(b'`') || !unit.source_print().has(b'`') {
            return;
        }
        let data = locale_data::of(unit.locale());
        if data.articles.is_empty() && data.code_nouns.is_empty() {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        // Most targets have no noun there.
        let may_have_noun = || beside::of(unit).code.word && has_noun_after_code(target, data);
        if !data.code_nouns.is_empty() && !may_have_noun() {
            return;
        }
        let after = sources::of(unit).after_code.get_or_init(|| after_code(source));
        let mut words = after.iter().map(|at| &source[*at..]);
        if !words.any(|word| {
            NOUNS.iter().any(|noun| starts_with(word, noun))
                || data.code_nouns.iter().any(|(noun, _)| starts_with(word, noun))
        }) {
            return;
        }
        let codes = LazyCell::new(|| Codes::of(source));
        let mut places;
        if data.code_nouns.is_empty() {
            // Without such a noun in the source, the word belongs to what follows: "le `Sorter` classe les fichiers".
            places = with_article(target, &data.articles, &data.nouns);
            places.retain(|(code, _)| {
                NOUNS.iter().any(|english| codes.follows(&target[code.clone()], english))
            });
        } else {
            places = without_article(unit, data, &codes);
        }
        for (code, noun) in places {
            let at = unit.in_target(code.start, noun.end - code.start);
            let message =
                format!("{} stands after {}, as in English", quote(&target[noun]), quote(&target[code]));
            let help = match unit.locale().language() {
                "de" => "join them with a hyphen, or put the noun before the code",
                _ => "put the noun before the code",
            };
            sink.report_unit(unit, at, message).help(help);
        }
    }
}

/// Code and noun behind an article, which tells that they belong together.
fn with_article(target: &str, articles: &[String], nouns: &[String]) -> Vec<(Range<usize>, Range<usize>)> {
    let next_tick = |from: usize| memchr::memchr(b'`', &target.as_bytes()[from..]).map(|len| from + len);
    let (mut places, mut from) = (Vec::new(), 0);
    while let Some(open) = next_tick(from) {
        from = open + 1;
        let Some(close) = next_tick(from).filter(|close| *close > from) else { continue };
        let (before, after) = (target[..open].strip_suffix(' '), target[close + 1..].strip_prefix(' '));
        let (Some(before), Some(after)) = (before, after) else { continue };
        let article = before.rsplit([' ', '(']).next().unwrap_or_default();
        let noun = after.split(|c| !letters::is_word(c)).next().unwrap_or_default();
        if is_one_of(article, articles) && is_one_of(noun, nouns) {
            let start = close + "` ".len();
            from = start + noun.len();
            places.push((open..close + 1, start..from));
        }
    }
    places
}

/// Whether a word is one of these, in any case.
fn is_one_of(word: &str, these: &[String]) -> bool {
    these.iter().any(|one| one.chars().eq(word.chars().flat_map(letters::lower)))
}

/// Code and noun, in languages that need no article to tell that they belong together: the noun is the one that the
/// source has after the same code.
fn without_article<'s>(
    unit: UnitView<'s>,
    data: &LocaleData,
    codes: &LazyCell<Codes<'s>, impl FnOnce() -> Codes<'s>>,
) -> Vec<(Range<usize>, Range<usize>)> {
    let (source, target) = (unit.source(), unit.target());
    let mut places = Vec::new();
    let rows = LazyCell::new(|| code_fused::side_by_side(source, target));
    for code in inline::code(target) {
        let Some(rest) = target[code.range.end..].strip_prefix([' ', '\u{a0}']) else { continue };
        let (start, len) = (target.len() - rest.len(), word_len(rest));
        let Some(word) = noun(&rest[..len], data) else { continue };
        // "with `ref`, the folder `lib`": the noun belongs to the code that follows it. What a hyphen was left
        // before is another fault.
        let next = rest[len..].trim_start().starts_with('`') || rest[len..].starts_with('-');
        let before = target[..code.range.start].trim_end();
        if next || before.ends_with('-') {
            continue;
        }
        let code_text = &target[code.range.clone()];
        // "in the file `x` of the file y" has the noun in its place.
        let before = before.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let is_its = |(english, forms): &(String, Vec<String>)| {
            let has = |word: &str| forms.iter().any(|form| form == word);
            has(&word) && !has(&before) && codes.follows(code_text, english)
        };
        let in_row = || code_displaced::is_in(&rows, code.range.start);
        if data.code_nouns.iter().any(is_its) && !in_row() {
            places.push((code.range, start..start + len));
        }
    }
    places
}

/// Whether a noun stands after code or before it, in any case.
fn has_noun_after_code(target: &str, data: &LocaleData) -> bool {
    let mut found = false;
    bits::each_place(target.as_bytes(), b'`', |at| {
        let rest = target[at + 1..].strip_prefix([' ', '\u{a0}']);
        found |= rest.is_some_and(|rest| noun(&rest[..word_len(rest)], data).is_some());
    });
    found
}

/// A word in small letters, if it is a form of a noun that stands beside code.
fn noun<'w>(word: &'w str, data: &LocaleData) -> Option<Cow<'w, str>> {
    let may_start = |first: u8| !first.is_ascii() || data.code_noun_starts.has(first.to_ascii_lowercase());
    if word.len() < locale_data::SHORTEST_NOUN || !may_start(word.as_bytes()[0]) {
        return None;
    }
    // Most are small letters of ASCII.
    let is_small = word.bytes().all(|byte| byte.is_ascii_lowercase());
    let small = if is_small { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
    let is_form = data.code_noun_forms.binary_search_by(|other| other.as_str().cmp(&small)).is_ok();
    is_form.then_some(small)
}

/// The length of the word that a text begins with.
fn word_len(text: &str) -> usize {
    let len = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = &text[len..];
    match rest.as_bytes().first() {
        Some(0x80..) => len + rest.find(|c| !letters::is_letter(c)).unwrap_or(rest.len()),
        _ => len,
    }
}

/// Where words stand after code or before it.
fn after_code(source: &str) -> Vec<usize> {
    let ends = memchr::memchr_iter(b'`', source.as_bytes());
    ends.filter(|at| source.as_bytes().get(at + 1) == Some(&b' ')).map(|at| at + "` ".len()).collect()
}

/// Whether a text starts with a noun, in any case.
fn starts_with(text: &str, noun: &str) -> bool {
    !noun.is_empty()
        && text.as_bytes().get(..noun.len()).is_some_and(|start| start.eq_ignore_ascii_case(noun.as_bytes()))
}

/// Code of a source text, with what stands after it.
struct Codes<'s> {
    source: &'s str,
    /// What stands from one backtick to the next, both included, where a blank follows; in order, with where it ends.
    followed: Vec<(&'s str, usize)>,
    /// What was answered: the same code may stand there very often, and be asked for as often.
    answered: RefCell<BTreeMap<(String, String), bool>>,
}

impl<'s> Codes<'s> {
    fn of(source: &'s str) -> Self {
        let mut followed = Vec::new();
        let (mut open, mut before) = (None, None);
        bits::each_place(source.as_bytes(), b'`', |at| {
            let code = open.replace(at).map(|open| &source[open..=at]);
            // Of the same that overlap the first counts.
            before = code.filter(|code| before != Some(*code));
            if let Some(code) = before.filter(|_| source.as_bytes().get(at + 1) == Some(&b' ')) {
                followed.push((code, at + 1));
            }
        });
        followed.sort_unstable();
        Self { source, followed, answered: RefCell::default() }
    }

    /// Whether an English noun, given by its start, stands right after this code.
    fn follows(&self, code: &str, noun: &str) -> bool {
        /// So few are gone through for each question.
        const FEW: usize = 64;
        if self.followed.len() <= FEW {
            return self.is_followed(code, noun);
        }
        let mut answered = self.answered.borrow_mut();
        *answered.entry((code.into(), noun.into())).or_insert_with(|| self.is_followed(code, noun))
    }

    fn is_followed(&self, code: &str, noun: &str) -> bool {
        let is_before = |end: usize| {
            let Some(next) = self.source[end..].strip_prefix(' ') else { return false };
            let mut small = next.chars().flat_map(letters::lower);
            noun.chars().all(|c| small.next() == Some(c))
        };
        // Runs of several backticks are rare.
        if code.bytes().filter(|byte| *byte == b'`').count() != 2 {
            return words::places_of(self.source, code).any(|at| is_before(at + code.len()));
        }
        let from = self.followed.partition_point(|(other, _)| *other < code);
        self.followed[from..].iter().take_while(|(other, _)| *other == code).any(|(_, end)| is_before(*end))
    }
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn the_scanner_finds_what_the_pattern_says() {
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_string()).collect::<Vec<_>>();
        let (articles, nouns) = (list(&["la", "l", "le"]), list(&["élan", "a", "aa"]));
        let pattern = Regex::new(r"(?i)(?:^|[ (])(?:la|l|le) (`[^`]+`) (élan|a|aa)\b").unwrap();
        words::each_random_text("LlaA`` (é|", |text| {
            let text = text.replace('|', "la `a` ").replace('é', "Élan");
            let groups =
                |found: regex::Captures<'_>| (found.get(1).unwrap().range(), found.get(2).unwrap().range());
            let wanted: Vec<_> = pattern.captures_iter(&text).map(groups).collect();
            assert_eq!(with_article(&text, &articles, &nouns), wanted, "{text:?}");
        });
    }

    #[test]
    fn codes_are_found_as_they_are_in_the_text() {
        words::each_random_text("aaffFF``` ", |text| {
            let codes = Codes::of(text);
            for code in ["`a`", "`f`", "``", "`` a``", "` `", "`a f`"] {
                let mut ends = words::places_of(text, code).map(|at| &text[at + code.len()..]);
                let wanted = ends.any(|rest| starts_with(rest, " f"));
                assert_eq!(codes.follows(code, "f"), wanted, "{code} in {text}");
            }
        });
    }
}
