use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::markup::code_glued::{self, first_word, is_prefix, last_word};
use crate::prelude::*;
use crate::support::inline::{self, Link};
use crate::support::locale_data::{self, LocaleData};
use crate::support::script;

/// Its page is `link_glued.md`.
pub(crate) struct LinkGlued;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "markup/link-glued",
            include_str!("link_glued.md"),
            Severity::Warning,
            Scope::Unit,
            "whitespace",
        )
    }
}

/// A link and the sides on which a word touches it.
struct Glued<'l> {
    link: &'l Link,
    before: bool,
    after: bool,
}

impl UnitRule for LinkGlued {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if inline::may_link(unit.target_print())
            && !script::is_spaceless(unit.locale())
            && may_be_glued(unit.target())
        {
            report(unit, sink);
        }
    }
}

/// A scan for a letter, or the start or end of one, before `[` or after `)`.
fn may_be_glued(target: &str) -> bool {
    let bytes = target.as_bytes();
    let is_letter = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80);
    memchr::memchr2_iter(b'[', b')', bytes).any(|at| match bytes[at] {
        b'[' => at > 0 && is_letter(bytes.get(at - 1)),
        _ => is_letter(bytes.get(at + 1)),
    })
}

fn report(unit: UnitView<'_>, sink: &mut Sink<'_>) {
    let (target, links) = (unit.target(), inline::links(unit.target()));
    let glued = all_glued(unit, &links);
    let Some((first, others)) = glued.split_first() else { return };
    let more = match others.len() {
        0 => String::new(),
        n => format!(", and {}", words::count(n, "more link")),
    };
    let Range { start, end } = first.link.range;
    let word = if first.before { last_word(&target[..start]) } else { first_word(&target[end..]) };
    let text = quote(target[first.link.text.clone()].trim());
    let message = format!("the link {text} is glued to {}{more}", quote(word));
    let finding = sink.report_unit(unit, unit.in_target(start, end - start), message);
    let span = |glued: &Glued<'_>| unit.in_target(glued.link.range.start, glued.link.range.len());
    finding.here_too(&others.iter().map(span).collect::<Vec<_>>());
    if glued.iter().any(|glued| glued.after && is_compound(unit, glued.link)) {
        finding.help("put a blank between them, or link the whole word");
        return;
    }
    let sides = glued
        .iter()
        .flat_map(|Glued { link, before, after }| [(*before, link.range.start), (*after, link.range.end)]);
    let places = sides.filter(|(is_glued, _)| *is_glued).map(|(_, at)| unit.in_target(at, 0));
    let title = "put a blank between them";
    let is_sure = glued.iter().all(|glued| is_sure(unit, glued));
    let applicability = if is_sure { Applicability::Safe } else { Applicability::Unsafe };
    finding.help(title).fix_each(applicability, title, places, " ");
}

/// Whether nothing but a blank can be missing: no apostrophe as in "l[article](a.md)", and nothing that goes on with the word
/// as "[Paket](a.md)verwaltung" and chains of endings do.
fn is_sure(unit: UnitView<'_>, Glued { link, before, after }: &Glued<'_>) -> bool {
    let target = unit.target();
    let goes_on = locale_data::of(unit.locale()).compounds || matches!(unit.locale().language(), "az" | "tr");
    let small = target[link.range.end..].starts_with(char::is_lowercase);
    !(*after && goes_on && small
        || *before && last_word(&target[..link.range.start]).chars().nth(1).is_none())
}

/// The links that words touch, other than in the source.
fn all_glued<'l>(unit: UnitView<'_>, links: &'l [Link]) -> Vec<Glued<'l>> {
    let source = unit.source();
    let joins = LazyCell::new(|| {
        let has = |word: &&str| words::in_any_case(source, word).next().is_some();
        ["and", "or"].iter().any(has)
    });
    let mut glued: Vec<_> = links.iter().filter_map(|link| glued(unit, link, || *joins)).collect();
    if !glued.is_empty() {
        // What touches a link in the source too is meant to.
        let of_source = inline::links(source).into_iter();
        let in_source: BTreeSet<String> =
            of_source.filter(|link| touches(source, link) != (false, false)).map(|link| link.url).collect();
        glued.retain(|glued| !in_source.contains(&glued.link.url));
    }
    glued
}

/// Whether a link may end within a compound, as "[Versions](a.md)Verwaltung" for "Versionsverwaltung" does.
fn is_compound(unit: UnitView<'_>, link: &Link) -> bool {
    let target = unit.target();
    locale_data::of(unit.locale()).compounds
        && target[link.text.clone()].ends_with('s')
        && target[link.range.end..].starts_with(char::is_uppercase)
}

/// Whether a word touches a link that has a text, and is no ending of it; `joins` says whether the source has words for
/// "and" or "or".
fn glued<'l>(unit: UnitView<'_>, link: &'l Link, joins: impl Fn() -> bool) -> Option<Glued<'l>> {
    let target = unit.target();
    let text = &target[link.text.clone()];
    let (before, after) = touches(target, link);
    if !(before || after) || !text.contains(char::is_alphanumeric) {
        // A link without words is a finding of its own.
        return None;
    }
    let before = before
        && !text.starts_with(char::is_whitespace)
        && !is_prefix(unit.locale().language(), last_word(&target[..link.range.start]));
    let after = after
        && !text.ends_with(char::is_whitespace)
        && is_new_word(&target[link.range.end..], locale_data::of(unit.locale()), joins);
    (before || after).then_some(Glued { link, before, after })
}

/// Whether a letter stands right before a link, and right after it.
fn touches(text: &str, link: &Link) -> (bool, bool) {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !script::is_spaceless_char(c));
    (
        is_letter(text[..link.range.start].chars().next_back()),
        is_letter(text[link.range.end..].chars().next()),
    )
}

/// Whether what follows a link is a word and not an ending of its text: a long one, one that the language has no ending
/// like, or one for "and" where the source has such a word.
fn is_new_word(after: &str, data: &LocaleData, joins: impl Fn() -> bool) -> bool {
    if code_glued::is_new_word(after, &data.endings_after_names) {
        return true;
    }
    let word = first_word(after);
    data.endings_after_names.is_empty()
        && (data.endings.get().is_some_and(|endings| !endings.is_match(word))
            || data.joining_words.iter().any(|joining| joining == word) && joins())
}
